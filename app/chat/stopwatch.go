package chat

import (
	"context"
	"sync"
	"time"
)

// stopwatch ends a context with errTimedOut when so much time has passed. The time in
// which it is paused does not count. It is safe for concurrent use.
type stopwatch struct {
	cancel context.CancelCauseFunc

	mu     sync.Mutex
	timer  *time.Timer
	left   time.Duration // when it was last paused, or at the start
	since  time.Time     // when it last began to run
	paused int
}

// startStopwatch returns a context that ends when ctx does or the time is up. Stop
// must be called.
func startStopwatch(ctx context.Context, d time.Duration) (context.Context, *stopwatch) {
	ctx, cancel := context.WithCancelCause(ctx)
	w := &stopwatch{cancel: cancel, left: d, since: time.Now()}
	w.timer = time.AfterFunc(d, func() { cancel(errTimedOut) })
	return ctx, w
}

// pause stops the time until the returned function is called. Pauses may overlap.
func (w *stopwatch) pause() (resume func()) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.paused == 0 && w.timer.Stop() {
		w.left -= time.Since(w.since)
	}
	w.paused++
	return sync.OnceFunc(func() {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.paused--
		if w.paused == 0 {
			w.since = time.Now()
			w.timer.Reset(w.left)
		}
	})
}

// rest returns how much time is left.
func (w *stopwatch) rest() time.Duration {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.paused > 0 {
		return w.left
	}
	return w.left - time.Since(w.since)
}

func (w *stopwatch) stop() {
	w.timer.Stop()
	w.cancel(nil)
}
