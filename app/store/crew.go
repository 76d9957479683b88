package store

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"sync"
)

// crew is a few goroutines on which transactions run. SQLite, translated to Go, needs a
// deep stack: on the goroutines of requests and runs, of which there may be thousands, each
// would grow one and hold it for as long as its stream is open.
type crew struct {
	tasks   chan task
	over    chan struct{} // closed when it is dismissed
	dismiss func()        // ends the crew: what has not begun never does; may be called twice
}

// errClosed is why nothing more is done.
var errClosed = errors.New("the data are closed")

type task struct {
	do   func() error
	done chan<- outcome
}

type outcome struct {
	err   error
	panic error // nil unless do panicked
}

// newCrew returns a crew of that size, which works until it is dismissed. Each of it does
// first what begin does.
func newCrew(size int, begin func()) *crew {
	c := &crew{tasks: make(chan task), over: make(chan struct{})}
	c.dismiss = sync.OnceFunc(func() { close(c.over) })
	for range size {
		go c.work(begin)
	}
	return c
}

// atOnce is what a crew does first on whose work somebody waits: nothing.
func atOnce() {}

func (c *crew) work(begin func()) {
	begin()
	for !c.isDismissed() {
		select {
		case t := <-c.tasks:
			t.done <- attempt(t.do)
		case <-c.over:
		}
	}
}

func attempt(do func() error) (o outcome) {
	defer func() {
		if v := recover(); v != nil {
			o.panic = fmt.Errorf("%v\n%s", v, debug.Stack())
		}
	}()
	return outcome{err: do()}
}

// run has the crew do something and waits until it is done, or until ctx ends, or the crew is
// dismissed, before anybody began. A panic goes on here.
func (c *crew) run(ctx context.Context, do func() error) error {
	if c.isDismissed() {
		return errClosed
	}
	done := make(chan outcome, 1)
	select {
	case <-c.over:
		return errClosed
	case c.tasks <- task{do, done}:
	case <-ctx.Done():
		return context.Cause(ctx)
	}
	o := <-done
	if o.panic != nil {
		panic(o.panic)
	}
	return o.err
}

func (c *crew) isDismissed() bool {
	select {
	case <-c.over:
		return true
	default:
		return false
	}
}
