package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/pomerium/pomchat/app/chat"
)

// threadColumns are what scanThread reads, of threads t and its active run r.
const (
	threadColumns = "t.seq, t.id, t.title, t.archived, t.settings, t.created_at, t.updated_at, coalesce(r.id, '')"
	threadTables  = "threads t LEFT JOIN runs r ON r.thread = t.seq AND r.status = 'running'"
)

// CreateThread implements chat.Threads. An id in use is KindConflict; ActiveRun
// does not count.
func (s *Store) CreateThread(ctx context.Context, owner chat.Subject, t chat.Thread) error {
	return s.write(ctx, "create thread", func(tx *sql.Tx) error {
		settings, err := json.Marshal(t.Settings)
		if err != nil {
			return fmt.Errorf("encode settings: %w", err)
		}
		var seq int64
		err = tx.QueryRowContext(ctx, `
			INSERT INTO threads (id, owner, title, archived, settings, created_at, updated_at)
			VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING seq`,
			t.ID, owner, t.Title, t.Archived, string(settings), micros(t.CreatedAt), micros(t.UpdatedAt),
		).Scan(&seq)
		if err != nil {
			return err
		}
		return indexTitle(ctx, tx, owner, seq, t.Title)
	})
}

// Thread implements chat.Threads.
func (s *Store) Thread(ctx context.Context, owner chat.Subject, id string) (t chat.Thread, err error) {
	err = s.read(ctx, "load thread", func(tx *sql.Tx) error {
		_, t, err = findThread(ctx, tx, owner, id)
		return err
	})
	return t, err
}

// UpdateThread implements chat.Threads. A title and the archive move UpdatedAt,
// settings do not; it never moves back.
func (s *Store) UpdateThread(ctx context.Context, owner chat.Subject, id string, p chat.ThreadPatch, now time.Time) (t chat.Thread, err error) {
	err = s.write(ctx, "update thread", func(tx *sql.Tx) error {
		var seq int64
		seq, t, err = findThread(ctx, tx, owner, id)
		if err != nil {
			return err
		}
		old := t.Title
		if p.Title != nil {
			t.Title = *p.Title
		}
		if p.Archived != nil {
			t.Archived = *p.Archived
		}
		if p.Settings != nil {
			t.Settings = p.Settings.Over(t.Settings)
		}
		if p.Title != nil || p.Archived != nil {
			t.UpdatedAt = moment(max(micros(t.UpdatedAt), micros(now)))
		}
		return saveThread(ctx, tx, owner, seq, t, old)
	})
	if err != nil {
		return chat.Thread{}, err
	}
	return t, nil
}

// DeleteThread implements chat.Threads.
func (s *Store) DeleteThread(ctx context.Context, owner chat.Subject, id string) error {
	return s.write(ctx, "delete thread", func(tx *sql.Tx) error {
		res, err := tx.ExecContext(ctx, "DELETE FROM threads WHERE id = ? AND owner = ?", id, owner)
		return only(res, err, "thread", id)
	})
}

func findThread(ctx context.Context, tx *sql.Tx, owner chat.Subject, id string) (int64, chat.Thread, error) {
	row := tx.QueryRowContext(ctx,
		"SELECT "+threadColumns+" FROM "+threadTables+" WHERE t.id = ? AND t.owner = ?", id, owner)
	seq, t, err := scanThread(row)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, chat.Thread{}, missing("thread", id)
	}
	return seq, t, err
}

// saveThread stores what may change of a thread, and its words if the title did.
func saveThread(ctx context.Context, tx *sql.Tx, owner chat.Subject, seq int64, t chat.Thread, oldTitle string) error {
	settings, err := json.Marshal(t.Settings)
	if err != nil {
		return fmt.Errorf("encode settings: %w", err)
	}
	_, err = tx.ExecContext(ctx,
		"UPDATE threads SET title = ?, archived = ?, settings = ?, updated_at = ? WHERE seq = ?",
		t.Title, t.Archived, string(settings), micros(t.UpdatedAt), seq)
	if err != nil || t.Title == oldTitle {
		return err
	}
	return indexTitle(ctx, tx, owner, seq, t.Title)
}

// row is a *sql.Row or the current one of *sql.Rows.
type row interface{ Scan(dest ...any) error }

func scanThread(r row) (seq int64, t chat.Thread, err error) {
	var settings []byte
	var created, updated int64
	err = r.Scan(&seq, &t.ID, &t.Title, &t.Archived, &settings, &created, &updated, &t.ActiveRun)
	if err != nil {
		return 0, chat.Thread{}, err
	}
	if err := json.Unmarshal(settings, &t.Settings); err != nil {
		return 0, chat.Thread{}, fmt.Errorf("decode settings of thread %s: %w", t.ID, err)
	}
	t.CreatedAt, t.UpdatedAt = moment(created), moment(updated)
	return seq, t, nil
}
