package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/store/record"
)

// BeginRun implements chat.Journal. The thread's UpdatedAt becomes that of the
// run's creation.
func (s *Store) BeginRun(ctx context.Context, r chat.Run, messages []chat.Message, title string, chosen chat.Settings) error {
	return s.write(ctx, "begin run", func(tx *sql.Tx) error {
		seq, t, err := findThread(ctx, tx, r.Owner, r.ThreadID)
		if err != nil {
			return err
		}
		begun, err := record.Begun(t, r, title, chosen)
		if err != nil {
			return err
		}
		with, err := record.Settings(r.Chosen)
		if err != nil {
			return fmt.Errorf("run %s: %w", r.ID, err)
		}
		_, err = tx.ExecContext(ctx, `
			INSERT INTO runs (id, owner, thread, message_id, status, chosen, created_at) VALUES (?, ?, ?, ?, ?, ?, ?)`,
			r.ID, r.Owner, seq, r.MessageID, r.Status, with, record.Micros(r.CreatedAt))
		if err != nil {
			return fmt.Errorf("store run %s: %w", r.ID, err)
		}
		for _, m := range messages {
			if err := insertMessage(ctx, tx, r.Owner, seq, m); err != nil {
				return err
			}
		}
		return saveThread(ctx, tx, r.Owner, seq, begun, t.Title)
	})
}

// SaveAnswer implements chat.Journal. A run that is over is KindConflict; an answer
// that is not the run's is KindInvalid.
func (s *Store) SaveAnswer(ctx context.Context, r chat.Run, answer chat.Message) error {
	return s.write(ctx, "save answer", func(tx *sql.Tx) error {
		_, thread, kept, err := findRun(ctx, tx, r.Owner, r.ID)
		if err != nil {
			return err
		}
		if err := record.Saves(kept, answer); err != nil {
			return err
		}
		return updateMessage(ctx, tx, r.Owner, thread, answer)
	})
}

// EndRun implements chat.Journal. The thread's UpdatedAt becomes that of the
// answer's end. A run that is over already is KindConflict; a status that ends
// nothing and an answer that is not the run's are KindInvalid.
func (s *Store) EndRun(ctx context.Context, r chat.Run, events []chat.Numbered, answer chat.Message) error {
	return s.write(ctx, "end run", func(tx *sql.Tx) error {
		seq, thread, kept, err := findRun(ctx, tx, r.Owner, r.ID)
		if err != nil {
			return err
		}
		if err := record.Ends(kept, r.Status, answer); err != nil {
			return err
		}
		add, err := newAppender(ctx, tx)
		if err != nil {
			return err
		}
		defer add.close()
		if err := add.append(ctx, r.ID, events); err != nil {
			return err
		}
		if err := updateMessage(ctx, tx, r.Owner, thread, answer); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, "UPDATE runs SET status = ? WHERE seq = ?", r.Status, seq); err != nil {
			return fmt.Errorf("end run %s: %w", r.ID, err)
		}
		if answer.EndedAt == nil {
			return nil
		}
		ended := record.Micros(*answer.EndedAt)
		_, err = tx.ExecContext(ctx,
			"UPDATE threads SET updated_at = max(updated_at, ?), answered_at = max(answered_at, ?) WHERE seq = ?", ended, ended, thread)
		return err
	})
}

// Run implements chat.Journal.
func (s *Store) Run(ctx context.Context, owner chat.Subject, id string) (r chat.Run, err error) {
	err = s.read(ctx, "load run", func(tx *sql.Tx) error {
		_, _, r, err = findRun(ctx, tx, owner, id)
		return err
	})
	return r, err
}

// ActiveRuns implements chat.Journal; the oldest run comes first.
func (s *Store) ActiveRuns(ctx context.Context) (active []chat.Run, err error) {
	err = s.read(ctx, "list active runs", func(tx *sql.Tx) error {
		rows, err := tx.QueryContext(ctx, record.SelectRuns+" WHERE r.status = 'running' ORDER BY r.created_at, r.seq")
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			_, _, r, err := record.ScanRun(rows.Scan)
			if err != nil {
				return err
			}
			active = append(active, r)
		}
		return errors.Join(rows.Err(), rows.Close())
	})
	if err != nil {
		return nil, err
	}
	return active, nil
}

// findRun returns the owner's run with its own seq and its thread's.
func findRun(ctx context.Context, tx *sql.Tx, owner chat.Subject, id string) (seq, thread int64, r chat.Run, err error) {
	seq, thread, r, err = record.ScanRun(tx.QueryRowContext(ctx, record.SelectRuns+" WHERE r.id = ? AND r.owner = ?", id, owner).Scan)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, 0, chat.Run{}, record.Missing("run", id)
	}
	return seq, thread, r, err
}
