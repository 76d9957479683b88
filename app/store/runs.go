package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/pomerium/pomchat/app/chat"
)

// BeginRun implements chat.Journal. The thread's UpdatedAt becomes that of the
// run's creation.
func (s *Store) BeginRun(ctx context.Context, r chat.Run, messages []chat.Message, title string, chosen chat.Settings) error {
	return s.write(ctx, "begin run", func(tx *sql.Tx) error {
		seq, t, err := findThread(ctx, tx, r.Owner, r.ThreadID)
		if err != nil {
			return err
		}
		if r.Status != chat.StatusRunning {
			return invalid("A run begins as a running one.", fmt.Errorf("run %s is %q", r.ID, r.Status))
		}
		if t.ActiveRun != "" {
			return conflict("An answer is being written in this thread already.", fmt.Errorf("run %s", t.ActiveRun))
		}
		with, err := json.Marshal(r.Chosen)
		if err != nil {
			return fmt.Errorf("encode what run %s was started with: %w", r.ID, err)
		}
		_, err = tx.ExecContext(ctx, `
			INSERT INTO runs (id, owner, thread, message_id, status, chosen, created_at) VALUES (?, ?, ?, ?, ?, ?, ?)`,
			r.ID, r.Owner, seq, r.MessageID, r.Status, string(with), micros(r.CreatedAt))
		if err != nil {
			return fmt.Errorf("store run %s: %w", r.ID, err)
		}
		for _, m := range messages {
			if err := insertMessage(ctx, tx, r.Owner, seq, m); err != nil {
				return err
			}
		}
		old := t.Title
		if t.Title == "" {
			t.Title = title
		}
		t.Settings = t.Settings.With(chosen)
		t.UpdatedAt = moment(max(micros(t.UpdatedAt), micros(r.CreatedAt)))
		return saveThread(ctx, tx, r.Owner, seq, t, old)
	})
}

// SaveAnswer implements chat.Journal. A run that is over is KindConflict; an answer
// that is not the run's is KindInvalid.
func (s *Store) SaveAnswer(ctx context.Context, r chat.Run, answer chat.Message) error {
	return s.write(ctx, "save answer", func(tx *sql.Tx) error {
		_, thread, kept, err := findRun(ctx, tx, ownedRun, r.ID, r.Owner)
		if err != nil {
			return err
		}
		if kept.Status != chat.StatusRunning {
			return conflict("That answer is complete already.", fmt.Errorf("run %s is %s", r.ID, kept.Status))
		}
		if answer.ID != kept.MessageID {
			return invalid("The answer is not of this run.", fmt.Errorf("run %s with message %s", r.ID, answer.ID))
		}
		return updateMessage(ctx, tx, r.Owner, thread, answer)
	})
}

// EndRun implements chat.Journal. The thread's UpdatedAt becomes that of the
// answer's end. A run that is over already is KindConflict; a status that ends
// nothing and an answer that is not the run's are KindInvalid.
func (s *Store) EndRun(ctx context.Context, r chat.Run, events []chat.Numbered, answer chat.Message) error {
	return s.write(ctx, "end run", func(tx *sql.Tx) error {
		seq, thread, kept, err := findRun(ctx, tx, ownedRun, r.ID, r.Owner)
		if err != nil {
			return err
		}
		if r.Status == chat.StatusRunning || answer.ID != kept.MessageID {
			return invalid("The answer does not end this run.",
				fmt.Errorf("run %s as %q with message %s", r.ID, r.Status, answer.ID))
		}
		if err := appendEvents(ctx, tx, seq, kept, events); err != nil {
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
		_, err = tx.ExecContext(ctx,
			"UPDATE threads SET updated_at = max(updated_at, ?) WHERE seq = ?", micros(*answer.EndedAt), thread)
		return err
	})
}

// Run implements chat.Journal.
func (s *Store) Run(ctx context.Context, owner chat.Subject, id string) (r chat.Run, err error) {
	err = s.read(ctx, "load run", func(tx *sql.Tx) error {
		_, _, r, err = findRun(ctx, tx, ownedRun, id, owner)
		return err
	})
	return r, err
}

// ActiveRuns implements chat.Journal; the oldest run comes first.
func (s *Store) ActiveRuns(ctx context.Context) (active []chat.Run, err error) {
	err = s.read(ctx, "list active runs", func(tx *sql.Tx) error {
		rows, err := tx.QueryContext(ctx, selectRuns+" WHERE r.status = 'running' ORDER BY r.created_at, r.seq")
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			_, _, r, err := scanRun(rows)
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

const selectRuns = `
	SELECT r.seq, r.thread, r.id, r.owner, t.id, r.message_id, r.status, r.chosen, r.created_at
	FROM runs r JOIN threads t ON t.seq = r.thread`

// Which run: one by its id, or only if it is its owner's.
const (
	anyRun   = selectRuns + " WHERE r.id = ?"
	ownedRun = selectRuns + " WHERE r.id = ? AND r.owner = ?"
)

// findRun returns a run with its own seq and its thread's.
func findRun(ctx context.Context, tx *sql.Tx, query, id string, owner ...any) (seq, thread int64, r chat.Run, err error) {
	seq, thread, r, err = scanRun(tx.QueryRowContext(ctx, query, append([]any{id}, owner...)...))
	if errors.Is(err, sql.ErrNoRows) {
		return 0, 0, chat.Run{}, missing("run", id)
	}
	return seq, thread, r, err
}

func scanRun(r row) (seq, thread int64, out chat.Run, err error) {
	var created int64
	var chosen []byte
	err = r.Scan(&seq, &thread, &out.ID, &out.Owner, &out.ThreadID, &out.MessageID, &out.Status, &chosen, &created)
	if err != nil {
		return 0, 0, chat.Run{}, err
	}
	if err := json.Unmarshal(chosen, &out.Chosen); err != nil {
		return 0, 0, chat.Run{}, fmt.Errorf("decode what run %s was started with: %w", out.ID, err)
	}
	out.CreatedAt = moment(created)
	return seq, thread, out, nil
}

func conflict(message string, err error) error {
	return &chat.Error{Kind: chat.KindConflict, Message: message, Err: err}
}
