package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/store/record"
)

// CreateThread implements chat.Threads. An id in use is KindConflict; ActiveRun
// does not count.
func (s *Store) CreateThread(ctx context.Context, owner chat.Subject, t chat.Thread) error {
	return s.write(ctx, "create thread", func(tx *sql.Tx) error {
		settings, err := record.Settings(t.Settings)
		if err != nil {
			return err
		}
		var seq int64
		err = tx.QueryRowContext(ctx, `
			INSERT INTO threads (id, owner, title, archived, settings, created_at, updated_at)
			VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING seq`,
			t.ID, owner, t.Title, t.Archived, settings, record.Micros(t.CreatedAt), record.Micros(t.UpdatedAt),
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

// UpdateThread implements chat.Threads.
func (s *Store) UpdateThread(ctx context.Context, owner chat.Subject, id string, p chat.ThreadPatch) (t chat.Thread, err error) {
	err = s.write(ctx, "update thread", func(tx *sql.Tx) error {
		var seq int64
		seq, t, err = findThread(ctx, tx, owner, id)
		if err != nil {
			return err
		}
		old := t.Title
		t = record.Patched(t, p)
		return saveThread(ctx, tx, owner, seq, t, old)
	})
	if err != nil {
		return chat.Thread{}, err
	}
	return t, nil
}

// SeeThread implements chat.Threads.
func (s *Store) SeeThread(ctx context.Context, owner chat.Subject, id string, until time.Time) error {
	return s.write(ctx, "see thread", func(tx *sql.Tx) error {
		res, err := tx.ExecContext(ctx, "UPDATE threads SET seen_at = max(seen_at, min(answered_at, ?)) WHERE id = ? AND owner = ?", record.Micros(until), id, owner)
		return only(res, err, "thread", id)
	})
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
		"SELECT "+record.ThreadColumns+" FROM "+record.ThreadTables+" WHERE t.id = ? AND t.owner = ?", id, owner)
	seq, t, err := record.ScanThread(row.Scan)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, chat.Thread{}, record.Missing("thread", id)
	}
	return seq, t, err
}

// saveThread stores what may change of a thread, and its words if the title did.
func saveThread(ctx context.Context, tx *sql.Tx, owner chat.Subject, seq int64, t chat.Thread, oldTitle string) error {
	settings, err := record.Settings(t.Settings)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx,
		"UPDATE threads SET title = ?, archived = ?, settings = ?, updated_at = ? WHERE seq = ?",
		t.Title, t.Archived, settings, record.Micros(t.UpdatedAt), seq)
	if err != nil || t.Title == oldTitle {
		return err
	}
	return indexTitle(ctx, tx, owner, seq, t.Title)
}
