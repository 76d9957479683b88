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
	words, findable, err := record.Searched(q.Search)
	if err != nil || !findable {
		return chat.ThreadPage{}, err
	}
	found, args := searchClause(owner, words)
	args = append([]any{owner, after.Updated, after.Seq}, args...)
	if !q.Any {
		found += " AND t.archived = ?"
		args = append(args, q.Archived)
	}
	rows, err := tx.QueryContext(ctx, `
		SELECT `+record.ThreadColumns+` FROM `+record.ThreadTables+`
		WHERE t.owner = ? AND (t.updated_at, t.seq) < (?, ?)`+found+`
		ORDER BY t.updated_at DESC, t.seq DESC LIMIT ?`, append(args, int64(q.Limit)+1)...)
	if err != nil {
		return chat.ThreadPage{}, err
	}
	defer rows.Close()
	page, err := record.Page(q.Limit, rows.Next, rows.Scan)
	if err := errors.Join(err, rows.Err(), rows.Close()); err != nil {
		return chat.ThreadPage{}, err
	}
	page.Matches, err = record.Matches(page.Threads, words, func(id string, one func(string, []byte) bool) error {
		return eachMessage(ctx, tx, id, one)
	})
	return page, err
}

// eachMessage reads record.MessageParts of a thread's messages until one returns false.
func eachMessage(ctx context.Context, tx *sql.Tx, threadID string, one func(id string, parts []byte) bool) error {
	rows, err := tx.QueryContext(ctx, "SELECT "+record.MessageParts+" FROM messages WHERE thread = (SELECT seq FROM threads WHERE id = ?) ORDER BY seq", threadID)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var id string
		var parts sql.RawBytes
		if err := rows.Scan(&id, &parts); err != nil {
			return err
		}
		if !one(id, parts) {
			break
		}
	}
	return errors.Join(rows.Err(), rows.Close())
}
