package store

import (
	"context"
	"database/sql"
	"encoding/base64"
	"errors"
	"fmt"
	"math"
	"strings"

	"github.com/pomerium/pomchat/app/chat"
)

// ListThreads implements chat.Threads. Each word of the search has to begin a word
// of the title or of some message's text, in any case and with any accents; of
// several threads changed at the same time, the one created last comes first. A
// cursor that is not from a page before, a limit below 1 and a search of more than
// 32 words are KindInvalid.
func (s *Store) ListThreads(ctx context.Context, owner chat.Subject, q chat.ThreadQuery) (page chat.ThreadPage, err error) {
	err = s.read(ctx, "list threads", func(tx *sql.Tx) error {
		page, err = listThreads(ctx, tx, owner, q)
		return err
	})
	return page, err
}

func listThreads(ctx context.Context, tx *sql.Tx, owner chat.Subject, q chat.ThreadQuery) (chat.ThreadPage, error) {
	if q.Limit < 1 {
		return chat.ThreadPage{}, invalid("A page holds at least one thread.", fmt.Errorf("limit %d", q.Limit))
	}
	after, err := parsePlace(q.Cursor)
	if err != nil {
		return chat.ThreadPage{}, err
	}
	found, matches, err := searchClause(owner, q.Search)
	if err != nil {
		return chat.ThreadPage{}, err
	}
	args := append([]any{owner, q.Archived, after.updated, after.seq}, matches...)
	rows, err := tx.QueryContext(ctx, `
		SELECT `+threadColumns+` FROM `+threadTables+`
		WHERE t.owner = ? AND t.archived = ? AND (t.updated_at, t.seq) < (?, ?)`+found+`
		ORDER BY t.updated_at DESC, t.seq DESC LIMIT ?`, append(args, int64(q.Limit)+1)...)
	if err != nil {
		return chat.ThreadPage{}, err
	}
	defer rows.Close()
	return collectPage(rows, q.Limit)
}

// collectPage reads up to limit threads; one more says that there is a next page.
func collectPage(rows *sql.Rows, limit int) (chat.ThreadPage, error) {
	var page chat.ThreadPage
	var last place
	for rows.Next() {
		seq, t, err := scanThread(rows)
		if err != nil {
			return chat.ThreadPage{}, err
		}
		if len(page.Threads) == limit {
			page.Next = last.String()
			break
		}
		page.Threads = append(page.Threads, t)
		last = place{micros(t.UpdatedAt), seq}
	}
	return page, errors.Join(rows.Err(), rows.Close())
}

// place is where a page ended.
type place struct{ updated, seq int64 }

func (p place) String() string {
	return base64.RawURLEncoding.EncodeToString(fmt.Appendf(nil, "%d.%d", p.updated, p.seq))
}

// parsePlace is the inverse of String. The empty cursor is before everything.
func parsePlace(cursor string) (place, error) {
	if cursor == "" {
		return place{math.MaxInt64, math.MaxInt64}, nil
	}
	var p place
	text, err := base64.RawURLEncoding.DecodeString(cursor)
	if err == nil {
		_, err = fmt.Fscanf(strings.NewReader(string(text)), "%d.%d", &p.updated, &p.seq)
	}
	if err != nil || p.String() != cursor {
		return place{}, invalid("That page does not exist. Start again from the first.", errors.Join(fmt.Errorf("cursor %q", cursor), err))
	}
	return p, nil
}

func invalid(message string, err error) error {
	return &chat.Error{Kind: chat.KindInvalid, Message: message, Err: err}
}
