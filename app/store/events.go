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
	return s.write(ctx, "append events", func(tx *sql.Tx) error {
		seq, _, r, err := findRun(ctx, tx, anyRun, runID)
		if err != nil {
			return err
		}
		return appendEvents(ctx, tx, seq, r, events)
	})
}

// AppendAll implements chat.Journal. What is wrong with the events of one run is as
// AppendEvents says, and nothing is stored.
func (s *Store) AppendAll(ctx context.Context, runs []chat.RunEvents) error {
	return s.write(ctx, "append events", func(tx *sql.Tx) error {
		for _, one := range runs {
			seq, _, r, err := findRun(ctx, tx, anyRun, one.RunID)
			if err != nil {
				return err
			}
			if err := appendEvents(ctx, tx, seq, r, one.Events); err != nil {
				return err
			}
		}
		return nil
	})
}

// Events implements chat.Journal.
func (s *Store) Events(ctx context.Context, owner chat.Subject, runID string, after int) (events []chat.Numbered, err error) {
	err = s.read(ctx, "load events", func(tx *sql.Tx) error {
		run, _, _, err := findRun(ctx, tx, ownedRun, runID, owner)
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

// appendEvents adds events to the run r, whose row is seq.
func appendEvents(ctx context.Context, tx *sql.Tx, seq int64, r chat.Run, events []chat.Numbered) error {
	if err := record.GoesOn(r); err != nil {
		return err
	}
	if len(events) == 0 {
		return nil
	}
	var last int
	err := tx.QueryRowContext(ctx, "SELECT coalesce(max(coalesce(last, seq)), 0) FROM events WHERE run = ?", seq).Scan(&last)
	if err != nil {
		return fmt.Errorf("find the last event of run %s: %w", r.ID, err)
	}
	row, err := record.Follow(r, last, events)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, "INSERT INTO events (run, seq, last, event) VALUES (?, ?, ?, ?)",
		seq, row.First, row.Last, row.Events)
	if err != nil {
		return fmt.Errorf("store events from %d of run %s: %w", row.First, r.ID, err)
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
