package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/pomerium/pomchat/app/chat"
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

// Events implements chat.Journal.
func (s *Store) Events(ctx context.Context, owner chat.Subject, runID string, after int) (events []chat.Numbered, err error) {
	err = s.read(ctx, "load events", func(tx *sql.Tx) error {
		run, _, _, err := findRun(ctx, tx, ownedRun, runID, owner)
		if err != nil {
			return err
		}
		rows, err := tx.QueryContext(ctx, "SELECT seq, event FROM events WHERE run = ? AND seq > ? ORDER BY seq", run, after)
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
			e, err := chat.DecodeEvent(line)
			if err != nil {
				return fmt.Errorf("event %d of run %s: %w", seq, runID, err)
			}
			events = append(events, chat.Numbered{Seq: seq, Event: e})
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
	if r.Status != chat.StatusRunning {
		return conflict("That answer is complete already.", fmt.Errorf("run %s is %s", r.ID, r.Status))
	}
	if len(events) == 0 {
		return nil
	}
	var last int
	err := tx.QueryRowContext(ctx, "SELECT coalesce(max(seq), 0) FROM events WHERE run = ?", seq).Scan(&last)
	if err != nil {
		return fmt.Errorf("find the last event of run %s: %w", r.ID, err)
	}
	insert, err := tx.PrepareContext(ctx, "INSERT INTO events (run, seq, event) VALUES (?, ?, ?)")
	if err != nil {
		return fmt.Errorf("prepare to store events: %w", err)
	}
	defer insert.Close()
	for _, n := range events {
		if n.Seq != last+1 {
			return conflict("The answer is being written from two places.",
				fmt.Errorf("event %d does not follow %d of run %s", n.Seq, last, r.ID))
		}
		line, err := chat.EncodeEvent(n.Event)
		if err != nil {
			return err
		}
		if _, err := insert.ExecContext(ctx, seq, n.Seq, string(line)); err != nil {
			return fmt.Errorf("store event %d of run %s: %w", n.Seq, r.ID, err)
		}
		last = n.Seq
	}
	return nil
}
