package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/store/record"
)

// AppendEvents implements chat.Journal. A gap, a repeat and an event after the end
// are KindConflict, and nothing of the batch is stored.
func (s *Store) AppendEvents(ctx context.Context, runID string, events []chat.Numbered) error {
	if len(events) == 0 {
		return nil
	}
	return s.AppendAll(ctx, []chat.RunEvents{{RunID: runID, Events: events}})
}

// AppendAll implements chat.Journal. What is wrong with the events of one run is as
// AppendEvents says, and nothing is stored.
func (s *Store) AppendAll(ctx context.Context, runs []chat.RunEvents) error {
	return s.write(ctx, "append events", func(tx *sql.Tx) error {
		add, err := newAppender(ctx, tx)
		if err != nil {
			return err
		}
		defer add.close()
		for _, one := range runs {
			if err := add.append(ctx, one.RunID, one.Events); err != nil {
				return err
			}
		}
		return nil
	})
}

// Events implements chat.Journal.
func (s *Store) Events(ctx context.Context, owner chat.Subject, runID string, after int) (events []chat.Numbered, err error) {
	err = s.read(ctx, "load events", func(tx *sql.Tx) error {
		run, _, _, err := findRun(ctx, tx, owner, runID)
		if err != nil {
			return err
		}
		rows, err := tx.QueryContext(ctx, "SELECT seq, event FROM events WHERE run = ? AND coalesce(last, seq) > ? ORDER BY seq", run, after)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var seq int
			var line sql.RawBytes
			if err := rows.Scan(&seq, &line); err != nil {
				return err
			}
			some, err := record.Unpack(runID, seq, line, after)
			if err != nil {
				return err
			}
			events = append(events, some...)
		}
		return errors.Join(rows.Err(), rows.Close())
	})
	if err != nil {
		return nil, err
	}
	return events, nil
}

// appender adds events to runs, within one transaction. Its statements are read once:
// that takes longer than to carry them out.
type appender struct{ find, add *sql.Stmt }

func newAppender(ctx context.Context, tx *sql.Tx) (a appender, err error) {
	a.find, err = tx.PrepareContext(ctx, `
		SELECT seq, status, coalesce((SELECT coalesce(last, seq) FROM events WHERE run = r.seq ORDER BY seq DESC LIMIT 1), 0)
		FROM runs r WHERE id = ?`)
	if err != nil {
		return appender{}, err
	}
	if a.add, err = tx.PrepareContext(ctx, "INSERT INTO events (run, seq, last, event) VALUES (?, ?, ?, ?)"); err != nil {
		return appender{}, errors.Join(err, a.find.Close())
	}
	return a, nil
}

func (a appender) close() { _ = errors.Join(a.find.Close(), a.add.Close()) }

// append adds events to a run.
func (a appender) append(ctx context.Context, runID string, events []chat.Numbered) error {
	run := chat.Run{ID: runID}
	var seq int64
	var last int
	err := a.find.QueryRowContext(ctx, runID).Scan(&seq, &run.Status, &last)
	if errors.Is(err, sql.ErrNoRows) {
		return record.Missing("run", runID)
	}
	if err != nil {
		return fmt.Errorf("find run %s: %w", runID, err)
	}
	if err := record.GoesOn(run); err != nil || len(events) == 0 {
		return err
	}
	row, err := record.Follow(run, last, events)
	if err != nil {
		return err
	}
	if _, err := a.add.ExecContext(ctx, seq, row.First, row.Last, row.Events); err != nil {
		return fmt.Errorf("store events from %d of run %s: %w", row.First, runID, err)
	}
	return nil
}

// PruneEvents implements chat.Journal.
func (s *Store) PruneEvents(ctx context.Context, before time.Time) (runs int, err error) {
	err = s.write(ctx, "prune events", func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `
			DELETE FROM events WHERE run IN (
				SELECT r.seq FROM runs r JOIN messages m ON m.id = r.message_id
				WHERE r.status <> 'running' AND r.pruned = 0 AND m.ended_at < ?)`, record.Micros(before))
		if err != nil {
			return err
		}
		res, err := tx.ExecContext(ctx, `
			UPDATE runs SET pruned = 1 WHERE status <> 'running' AND pruned = 0
				AND message_id IN (SELECT id FROM messages WHERE ended_at < ?)`, record.Micros(before))
		if err != nil {
			return err
		}
		n, err := res.RowsAffected()
		runs = int(n)
		return err
	})
	return runs, err
}
