package postgres

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/store/record"
)

// CreateThread implements chat.Threads. An id in use is KindConflict; ActiveRun
// does not count.
func (s *Store) CreateThread(ctx context.Context, owner chat.Subject, t chat.Thread) error {
	return s.write(ctx, "create thread", func(ctx context.Context, tx tx) error {
		settings, err := record.Settings(t.Settings)
		if err != nil {
			return err
		}
		var seq int64
		err = tx.QueryRow(ctx, `
			INSERT INTO threads (id, owner, title, archived, settings, created_at, updated_at)
			VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING seq`,
			t.ID, owner, t.Title, t.Archived, settings, record.Micros(t.CreatedAt), record.Micros(t.UpdatedAt),
		).Scan(&seq)
		if err != nil {
			return err
		}
		return addWords(ctx, tx, owner, seq, record.InTitle, t.Title)
	})
}

// Thread implements chat.Threads.
func (s *Store) Thread(ctx context.Context, owner chat.Subject, id string) (t chat.Thread, err error) {
	err = s.read(ctx, "load thread", func(ctx context.Context, tx tx) error {
		_, t, err = findThread(ctx, tx, owner, id)
		return err
	})
	return t, err
}

// UpdateThread implements chat.Threads.
func (s *Store) UpdateThread(ctx context.Context, owner chat.Subject, id string, p chat.ThreadPatch) (t chat.Thread, err error) {
	err = s.write(ctx, "update thread", func(ctx context.Context, tx tx) error {
		seq, old, err := lockThread(ctx, tx, owner, id)
		if err != nil {
			return err
		}
		t = record.Patched(old, p)
		return saveThread(ctx, tx, owner, seq, t, old.Title)
	})
	if err != nil {
		return chat.Thread{}, err
	}
	return t, nil
}

// SeeThread implements chat.Threads.
func (s *Store) SeeThread(ctx context.Context, owner chat.Subject, id string, until time.Time) error {
	return s.write(ctx, "see thread", func(ctx context.Context, tx tx) error {
		tag, err := tx.Exec(ctx, "UPDATE threads SET seen_at = greatest(seen_at, least(answered_at, $1)) WHERE id = $2 AND owner = $3", record.Micros(until), id, owner)
		return only(tag, err, "thread", id)
	})
}

// DeleteThread implements chat.Threads.
func (s *Store) DeleteThread(ctx context.Context, owner chat.Subject, id string) error {
	return s.write(ctx, "delete thread", func(ctx context.Context, tx tx) error {
		tag, err := tx.Exec(ctx, "DELETE FROM threads WHERE id = $1 AND owner = $2", id, owner)
		return only(tag, err, "thread", id)
	})
}

// ListThreads implements chat.Threads. Each word of the search has to begin a word
// of the title or of some message's text, in any case and with any accents; of
// several threads changed at the same time, the one created last comes first. A
// cursor that is not from a page before, a limit below 1 and a search of more than
// 32 words are KindInvalid.
func (s *Store) ListThreads(ctx context.Context, owner chat.Subject, q chat.ThreadQuery) (page chat.ThreadPage, err error) {
	err = s.read(ctx, "list threads", func(ctx context.Context, tx tx) error {
		page, err = listThreads(ctx, tx, owner, q)
		return err
	})
	return page, err
}

func listThreads(ctx context.Context, tx tx, owner chat.Subject, q chat.ThreadQuery) (chat.ThreadPage, error) {
	after, err := record.AskedFor(q)
	if err != nil {
		return chat.ThreadPage{}, err
	}
	words, findable, err := record.Searched(q.Search)
	if err != nil || !findable {
		return chat.ThreadPage{}, err
	}
	args := []any{owner, q.Archived, after.Updated, after.Seq, int64(q.Limit) + 1}
	archived := "t.archived = $2"
	if q.Any {
		archived += " OR TRUE"
	}
	from := "threads t"
	for i, word := range words {
		n := len(args)
		from = fmt.Sprintf("%sSELECT DISTINCT thread FROM words WHERE owner = $%d AND word >= $%d AND word < $%d",
			[]string{"", from + " INTERSECT "}[min(i, 1)], n+1, n+2, n+3)
		args = append(args, record.OwnerKey(owner), word, record.After(word))
	}
	if len(words) > 0 {
		// Each thread that is found is looked up. Left to itself, a planner without statistics
		// looks through all that is found for each thread.
		from = "(" + from + ") AS found CROSS JOIN LATERAL (SELECT * FROM threads WHERE seq = found.thread OFFSET 0) AS t"
	}
	rows, err := tx.Query(ctx, `
		SELECT `+record.ThreadColumns+` FROM `+from+record.WithRun+`
		WHERE t.owner = $1 AND (`+archived+`) AND (t.updated_at, t.seq) < ($3, $4)
		ORDER BY t.updated_at DESC, t.seq DESC LIMIT $5`, args...)
	if err != nil {
		return chat.ThreadPage{}, err
	}
	defer rows.Close()
	page, err := record.Page(q.Limit, rows.Next, rows.Scan)
	rows.Close()
	if err == nil {
		err = rows.Err()
	}
	if err != nil {
		return chat.ThreadPage{}, err
	}
	page.Matches, err = record.Matches(page.Threads, words, func(id string, one func(string, []byte) bool) error {
		return eachMessage(ctx, tx, id, one)
	})
	return page, err
}

// eachMessage reads record.MessageParts of a thread's messages until one returns false.
func eachMessage(ctx context.Context, tx tx, threadID string, one func(id string, parts []byte) bool) error {
	rows, err := tx.Query(ctx, "SELECT "+record.MessageParts+" FROM messages WHERE thread = (SELECT seq FROM threads WHERE id = $1) ORDER BY seq", threadID)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var id string
		var parts pgtype.DriverBytes
		if err := rows.Scan(&id, &parts); err != nil {
			return err
		}
		if !one(id, parts) {
			break
		}
	}
	rows.Close()
	return rows.Err()
}

func findThread(ctx context.Context, tx tx, owner chat.Subject, id string) (int64, chat.Thread, error) {
	row := tx.QueryRow(ctx, "SELECT "+record.ThreadColumns+" FROM "+record.ThreadTables+" WHERE t.id = $1 AND t.owner = $2", id, owner)
	seq, t, err := record.ScanThread(row.Scan)
	return seq, t, none(err, "thread", id)
}

// lockThread is findThread for who is going to change the thread or what hangs on it.
// The thread is looked at once the lock is held: who waits for it must not see what was
// there before. One that comes to be after there was none to lock is not there yet:
// nothing would keep it from going again.
func lockThread(ctx context.Context, tx tx, owner chat.Subject, id string) (int64, chat.Thread, error) {
	tag, err := tx.Exec(ctx, "SELECT FROM threads WHERE id = $1 AND owner = $2 FOR NO KEY UPDATE", id, owner)
	if err := only(tag, err, "thread", id); err != nil {
		return 0, chat.Thread{}, err
	}
	return findThread(ctx, tx, owner, id)
}

// saveThread stores what may change of a thread, and its words if the title did.
func saveThread(ctx context.Context, tx tx, owner chat.Subject, seq int64, t chat.Thread, oldTitle string) error {
	settings, err := record.Settings(t.Settings)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, "UPDATE threads SET title = $1, archived = $2, settings = $3, updated_at = $4 WHERE seq = $5",
		t.Title, t.Archived, settings, record.Micros(t.UpdatedAt), seq)
	if err != nil || t.Title == oldTitle {
		return err
	}
	if _, err := tx.Exec(ctx, "DELETE FROM words WHERE thread = $1 AND place = $2", seq, record.InTitle); err != nil {
		return fmt.Errorf("forget the old title's words: %w", err)
	}
	return addWords(ctx, tx, owner, seq, record.InTitle, t.Title)
}

// addWords adds the words of a text to those by which a thread is found.
func addWords(ctx context.Context, tx tx, owner chat.Subject, thread int64, place int, text string) error {
	words := record.Words(text)
	if len(words) == 0 {
		return nil
	}
	_, err := tx.Exec(ctx, `
		INSERT INTO words (owner, word, thread, place) SELECT $1, word, $2, $3 FROM unnest($4::text[]) AS word
		ON CONFLICT DO NOTHING`, record.OwnerKey(owner), thread, place, words)
	if err != nil {
		return fmt.Errorf("index words: %w", err)
	}
	return nil
}

// collect reads all rows by one.
func collect(rows pgx.Rows, err error, one func(rows pgx.Rows) error) error {
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := one(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}
