package postgres

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/store/record"
)

// BeginRun implements chat.Journal. The thread's UpdatedAt becomes that of the
// run's creation.
func (s *Store) BeginRun(ctx context.Context, r chat.Run, messages []chat.Message, title string, chosen chat.Settings) error {
	return s.write(ctx, "begin run", func(ctx context.Context, tx tx) error {
		seq, t, err := lockThread(ctx, tx, r.Owner, r.ThreadID)
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
		_, err = tx.Exec(ctx, `
			INSERT INTO runs (id, owner, thread, message_id, status, chosen, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
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
	return s.write(ctx, "save answer", func(ctx context.Context, tx tx) error {
		_, thread, kept, err := lockRun(ctx, tx, r.Owner, r.ID)
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
	return s.write(ctx, "end run", func(ctx context.Context, tx tx) error {
		seq, thread, kept, err := lockRun(ctx, tx, r.Owner, r.ID)
		if err != nil {
			return err
		}
		if err := record.Ends(kept, r.Status, answer); err != nil {
			return err
		}
		if err := appendEvents(ctx, tx, map[string]stored{r.ID: {seq, kept}}, []chat.RunEvents{{RunID: r.ID, Events: events}}); err != nil {
			return err
		}
		if err := updateMessage(ctx, tx, r.Owner, thread, answer); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, "UPDATE runs SET status = $1 WHERE seq = $2", r.Status, seq); err != nil {
			return fmt.Errorf("end run %s: %w", r.ID, err)
		}
		if answer.EndedAt == nil {
			return nil
		}
		_, err = tx.Exec(ctx, "UPDATE threads SET updated_at = greatest(updated_at, $1), answered_at = greatest(answered_at, $1) WHERE seq = $2", record.Micros(*answer.EndedAt), thread)
		return err
	})
}

// Run implements chat.Journal.
func (s *Store) Run(ctx context.Context, owner chat.Subject, id string) (r chat.Run, err error) {
	err = s.read(ctx, "load run", func(ctx context.Context, tx tx) error {
		_, _, r, err = findRun(ctx, tx, owner, id)
		return err
	})
	return r, err
}

// ActiveRuns implements chat.Journal; the oldest run comes first.
func (s *Store) ActiveRuns(ctx context.Context) (active []chat.Run, err error) {
	err = s.read(ctx, "list active runs", func(ctx context.Context, tx tx) error {
		active = nil
		rows, err := tx.Query(ctx, record.SelectRuns+" WHERE r.status = 'running' ORDER BY r.created_at, r.seq")
		return collect(rows, err, func(rows pgx.Rows) error {
			_, _, r, err := record.ScanRun(rows.Scan)
			active = append(active, r)
			return err
		})
	})
	if err != nil {
		return nil, err
	}
	return active, nil
}

// findRun returns the owner's run with its own seq and its thread's.
func findRun(ctx context.Context, tx tx, owner chat.Subject, id string) (seq, thread int64, r chat.Run, err error) {
	seq, thread, r, err = record.ScanRun(tx.QueryRow(ctx, record.SelectRuns+" WHERE r.id = $1 AND r.owner = $2", id, owner).Scan)
	return seq, thread, r, none(err, "run", id)
}

// lockRun is findRun for who is going to change the run and its answer. It locks the
// thread, and then the run: who deletes the thread does so in that order.
func lockRun(ctx context.Context, tx tx, owner chat.Subject, id string) (seq, thread int64, r chat.Run, err error) {
	for _, lock := range []string{
		"SELECT FROM threads WHERE seq = (SELECT thread FROM runs WHERE id = $1 AND owner = $2) FOR NO KEY UPDATE",
		"SELECT FROM runs WHERE id = $1 AND owner = $2 FOR NO KEY UPDATE",
	} {
		tag, err := tx.Exec(ctx, lock, id, owner)
		if err := only(tag, err, "run", id); err != nil {
			return 0, 0, chat.Run{}, err
		}
	}
	return findRun(ctx, tx, owner, id)
}
