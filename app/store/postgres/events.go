package postgres

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

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
// AppendEvents says, and nothing is stored. It takes as many statements for a thousand
// runs as for one.
func (s *Store) AppendAll(ctx context.Context, runs []chat.RunEvents) error {
	if len(runs) == 0 {
		return nil
	}
	return s.write(ctx, "append events", func(ctx context.Context, tx tx) error {
		ids := make([]string, len(runs))
		for i, one := range runs {
			ids[i] = one.RunID
		}
		kept := map[string]stored{}
		rows, err := tx.Query(ctx, record.SelectRuns+" WHERE r.id = ANY($1) ORDER BY r.seq FOR NO KEY UPDATE OF r", ids)
		err = collect(rows, err, func(rows pgx.Rows) error {
			seq, _, r, err := record.ScanRun(rows.Scan)
			kept[r.ID] = stored{seq, r}
			return err
		})
		if err != nil {
			return fmt.Errorf("find runs: %w", err)
		}
		return appendEvents(ctx, tx, kept, runs)
	})
}

// stored is a run that is locked, with its seq.
type stored struct {
	seq int64
	run chat.Run
}

// appendEvents adds events to runs, which are found in kept by their ids.
func appendEvents(ctx context.Context, tx tx, kept map[string]stored, runs []chat.RunEvents) error {
	seqs := make([]int64, 0, len(kept))
	for _, k := range kept {
		seqs = append(seqs, k.seq)
	}
	last := map[int64]int{}
	rows, err := tx.Query(ctx, `
		SELECT run, coalesce((SELECT last FROM events e WHERE e.run = r.run ORDER BY seq DESC LIMIT 1), 0)
		FROM unnest($1::bigint[]) AS r (run)`, seqs)
	err = collect(rows, err, func(rows pgx.Rows) error {
		var seq int64
		var n int
		err := rows.Scan(&seq, &n)
		last[seq] = n
		return err
	})
	if err != nil {
		return fmt.Errorf("find the last events: %w", err)
	}
	var of, firsts, lasts []int64
	var lines []string
	for _, one := range runs {
		k, ok := kept[one.RunID]
		if !ok {
			return record.Missing("run", one.RunID)
		}
		if err := record.GoesOn(k.run); err != nil {
			return err
		}
		if len(one.Events) == 0 {
			continue
		}
		row, err := record.Follow(k.run, last[k.seq], one.Events)
		if err != nil {
			return err
		}
		last[k.seq] = row.Last
		of, firsts, lasts, lines = append(of, k.seq), append(firsts, int64(row.First)), append(lasts, int64(row.Last)), append(lines, row.Events)
	}
	if len(of) == 0 {
		return nil
	}
	_, err = tx.Exec(ctx, `
		INSERT INTO events (run, seq, last, event) SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::text[])`,
		of, firsts, lasts, lines)
	if err != nil {
		return fmt.Errorf("store events: %w", err)
	}
	return nil
}

// Events implements chat.Journal.
func (s *Store) Events(ctx context.Context, owner chat.Subject, runID string, after int) (events []chat.Numbered, err error) {
	err = s.read(ctx, "load events", func(ctx context.Context, tx tx) error {
		events = nil
		run, _, _, err := findRun(ctx, tx, owner, runID)
		if err != nil {
			return err
		}
		rows, err := tx.Query(ctx, "SELECT seq, event FROM events WHERE run = $1 AND last > $2 ORDER BY seq", run, after)
		return collect(rows, err, func(rows pgx.Rows) error {
			var seq int
			var line []byte
			if err := rows.Scan(&seq, &line); err != nil {
				return err
			}
			some, err := record.Unpack(runID, seq, line, after)
			events = append(events, some...)
			return err
		})
	})
	if err != nil {
		return nil, err
	}
	return events, nil
}

// PruneEvents implements chat.Journal.
func (s *Store) PruneEvents(ctx context.Context, before time.Time) (runs int, err error) {
	err = s.write(ctx, "prune events", func(ctx context.Context, tx tx) error {
		tag, err := tx.Exec(ctx, `
			WITH old AS (
				UPDATE runs r SET pruned = TRUE FROM messages m
				WHERE m.id = r.message_id AND m.ended_at < $1 AND r.status <> 'running' AND NOT r.pruned
				RETURNING r.seq),
			gone AS (DELETE FROM events WHERE run IN (SELECT seq FROM old))
			SELECT FROM old`, record.Micros(before))
		runs = int(tag.RowsAffected())
		return err
	})
	return runs, err
}
