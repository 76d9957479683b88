package northwind

import (
	"context"
	"sync"
)

// flights lets callers who ask for the same at the same time share one run of it. The zero value is ready. It is safe
// for concurrent use.
type flights struct {
	mu      sync.Mutex
	running map[string]*flight
}

// flight is one run.
type flight struct {
	waiting int // callers who still want the outcome
	cancel  context.CancelFunc
	done    chan struct{} // closed when there is an outcome
	outcome result
}

// result is what a run gave.
type result struct {
	reply reply
	err   error
	// steady says that every later run would give the same.
	steady bool
}

// size returns the bytes of the texts of an outcome.
func (o result) size() int {
	n := len(o.reply.text) + cap(o.reply.structured)
	if o.err != nil {
		n += len(o.err.Error())
	}
	return n
}

// do returns the outcome of run, or that of a run under the same key which someone else has begun; shared says which.
//
// A caller whose ctx ends gets a Canceled error at once, except for the one whose run it is, who stays to the end. The
// run itself has the values of that caller's ctx and ends early only when no caller is left who waits for it.
func (g *flights) do(ctx context.Context, key string, run func(context.Context) result) (_ result, shared bool) {
	g.mu.Lock()
	if f, ok := g.running[key]; ok {
		f.waiting++
		g.mu.Unlock()
		select {
		case <-f.done:
			return f.outcome, true
		case <-ctx.Done():
			g.leave(key, f)
			return result{err: &Error{Kind: Canceled, Message: "the query was cancelled by the caller"}}, true
		}
	}
	running, cancel := context.WithCancel(context.WithoutCancel(ctx))
	f := &flight{waiting: 1, cancel: cancel, done: make(chan struct{})}
	f.outcome.err = &Error{Kind: Failed, Message: "the server failed to run the query"} // unless run returns
	if g.running == nil {
		g.running = map[string]*flight{}
	}
	g.running[key] = f
	g.mu.Unlock()

	stay := context.AfterFunc(ctx, func() { g.leave(key, f) })
	defer func() {
		stay()
		cancel()
		g.mu.Lock()
		g.forget(key, f)
		g.mu.Unlock()
		close(f.done)
	}()
	f.outcome = run(running)
	return f.outcome, false
}

// leave takes back one caller's wish for the outcome. A run that nobody wants is stopped, and no one can join it.
func (g *flights) leave(key string, f *flight) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if f.waiting--; f.waiting == 0 {
		g.forget(key, f)
		f.cancel()
	}
}

func (g *flights) forget(key string, f *flight) {
	if g.running[key] == f {
		delete(g.running, key)
	}
}
