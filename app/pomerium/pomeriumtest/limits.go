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
		end := l.last.Add(d)
		l.done.Go(func() {
			if l.clock.wait(ctx, end) {
				cancel(errTimeout)
			}
		})
	}
	if d := orDefault(rt.IdleTimeout, defaultIdleTimeout); d > 0 {
		l.done.Go(func() {
			for l.clock.wait(ctx, l.active().Add(d)) {
				if !l.clock.now().Before(l.active().Add(d)) {
					cancel(errIdle)
					return
				}
			}
		})
	}
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

func (l *limits) active() time.Time {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.last
}

func (l *limits) act() {
	now := l.clock.now()
	l.mu.Lock()
	defer l.mu.Unlock()
	l.last = now
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
	n.limits.act()
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
	n.limits.act()
	return n.ResponseWriter.Write(p)
}

// Unwrap is for http.ResponseController.
func (n *noticing) Unwrap() http.ResponseWriter { return n.ResponseWriter }
