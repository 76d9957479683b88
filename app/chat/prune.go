package chat

import (
	"context"
	"log/slog"
	"time"
)

const (
	// keepEvents is how long the events of a run are kept after its end, for readers
	// that were away: a laptop that was closed over the weekend.
	keepEvents = 7 * 24 * time.Hour
	pruneEvery = time.Hour
)

// Prune gives up the events of old runs, now and from time to time, until ctx ends.
func (e *Engine) Prune(ctx context.Context) {
	for {
		runs, err := e.Journal.PruneEvents(ctx, e.Now().Add(-keepEvents))
		switch {
		case ctx.Err() != nil:
			return
		case err != nil:
			e.Log.LogAttrs(ctx, slog.LevelWarn, "old events not given up", slog.Any("error", err))
		case runs > 0:
			e.Log.LogAttrs(ctx, slog.LevelDebug, "old events given up", slog.Int("runs", runs))
		}
		select {
		case <-time.After(pruneEvery):
		case <-ctx.Done():
			return
		}
	}
}
