package store

import (
	"context"
	"database/sql"
	"errors"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/store/record"
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
	after, err := record.AskedFor(q)
	if err != nil {
		return chat.ThreadPage{}, err
	}
	found, matches, err := searchClause(owner, q.Search)
	if err != nil {
		return chat.ThreadPage{}, err
	}
	args := append([]any{owner, q.Archived, after.Updated, after.Seq}, matches...)
	rows, err := tx.QueryContext(ctx, `
		SELECT `+record.ThreadColumns+` FROM `+record.ThreadTables+`
		WHERE t.owner = ? AND t.archived = ? AND (t.updated_at, t.seq) < (?, ?)`+found+`
		ORDER BY t.updated_at DESC, t.seq DESC LIMIT ?`, append(args, int64(q.Limit)+1)...)
	if err != nil {
		return chat.ThreadPage{}, err
	}
	defer rows.Close()
	page, err := record.Page(q.Limit, rows.Next, rows.Scan)
	return page, errors.Join(err, rows.Err(), rows.Close())
}
