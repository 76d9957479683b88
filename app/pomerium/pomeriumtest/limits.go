package pomeriumtest

import (
	"context"
	"errors"
	"io"
	"net/http"
	"sync"
	"time"
)

// The reasons for which Envoy gives up, in its words.
var (
	errTimeout = errors.New("upstream request timeout")
	errIdle    = errors.New("stream timeout")
)

// Envoy's defaults.
const (
	defaultTimeout     = 30 * time.Second
	defaultIdleTimeout = 5 * time.Minute
)

// limits ends a request that takes too long, by the clock of the gateway.
type limits struct {
	clock  *clock
	cancel context.CancelCauseFunc
	end    time.Time     // zero: never
	idle   time.Duration // 0: for ever
	done   sync.WaitGroup

	mu   sync.Mutex
	last time.Time // when something was read or written
}

// limit returns the context of a request to the upstream of the route. Stop must be
// called at its end.
func (g *Gateway) limit(rt *route, parent context.Context) (context.Context, *limits) {
	ctx, cancel := context.WithCancelCause(parent)
	l := &limits{clock: &g.clock, cancel: cancel, last: g.clock.now()}
	if rt.isServer() {
		return ctx, l
	}
	if d := orDefault(rt.Timeout, defaultTimeout); d > 0 {
		l.end = l.last.Add(d)
	}
	l.idle = orDefault(rt.IdleTimeout, defaultIdleTimeout)
	l.done.Go(func() {
		for next, err := l.check(); err == nil && !next.IsZero() && l.clock.wait(ctx, next); {
			next, err = l.check()
		}
	})
	return ctx, l
}

func orDefault(d *time.Duration, otherwise time.Duration) time.Duration {
	if d == nil {
		return otherwise
	}
	return *d
}

func (l *limits) stop() {
	l.cancel(nil)
	l.done.Wait()
}

// check ends the request if it is time to, and returns why; or else when to check
// again, zero for never.
func (l *limits) check() (next time.Time, why error) {
	now := l.clock.now()
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.checkAt(now)
}

func (l *limits) checkAt(now time.Time) (next time.Time, why error) {
	pause := l.last.Add(l.idle)
	switch {
	case !l.end.IsZero() && !now.Before(l.end):
		why = errTimeout
	case l.idle > 0 && !now.Before(pause):
		why = errIdle
	case l.idle > 0 && (l.end.IsZero() || pause.Before(l.end)):
		return pause, nil
	default:
		return l.end, nil
	}
	l.cancel(why)
	return time.Time{}, why
}

// act notes that something is read or written, unless it is too late for that.
func (l *limits) act() error {
	now := l.clock.now()
	l.mu.Lock()
	defer l.mu.Unlock()
	if _, why := l.checkAt(now); why != nil {
		return why
	}
	l.last = now
	return nil
}

// reader notices when something is read.
func (l *limits) reader(body io.ReadCloser) io.ReadCloser {
	if body == nil || body == http.NoBody {
		return body
	}
	return noticed{body, l}
}

type noticed struct {
	io.ReadCloser
	limits *limits
}

// Read implements io.Reader.
func (n noticed) Read(p []byte) (int, error) {
	read, err := n.ReadCloser.Read(p)
	if late := n.limits.act(); late != nil {
		return 0, late
	}
	return read, err
}

// writer notices when something is written.
func (l *limits) writer(w http.ResponseWriter) http.ResponseWriter { return &noticing{w, l} }

type noticing struct {
	http.ResponseWriter
	limits *limits
}

// Write implements io.Writer.
func (n *noticing) Write(p []byte) (int, error) {
	if late := n.limits.act(); late != nil {
		return 0, late
	}
	return n.ResponseWriter.Write(p)
}

// Unwrap is for http.ResponseController.
func (n *noticing) Unwrap() http.ResponseWriter { return n.ResponseWriter }
