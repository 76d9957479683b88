package chat

import (
	"context"
	"fmt"
)

// Subscribe follows a run of the owner, live or ended, from the event after that
// number on. KindNotFound: there is no such run, or its events are not kept any more.
func (e *Engine) Subscribe(ctx context.Context, owner Subject, runID string, after int) (*Subscription, error) {
	if r := e.find(owner, runID); r != nil {
		return subscribe(r.feed, min(after, r.feed.last())), nil
	}
	if err := e.closeOrphan(ctx, owner, runID); err != nil {
		return nil, err
	}
	events, err := e.Journal.Events(ctx, owner, runID, 0)
	if err != nil {
		return nil, err
	}
	if len(events) == 0 {
		return nil, &Error{Kind: KindNotFound, Op: "follow run", Message: "The events of this answer are not kept any more; the answer itself is in its thread."}
	}
	if last := lastOf(events); after > last {
		after = last - 1 // who has seen more than there was learns of the end all the same
	}
	return subscribe(endedFeed(events), after), nil
}

// Stop cancels the caller's run, the model's stream and the calls of tools with
// it, and waits until it has ended and is stored. Servers are told with the caller's token, as
// that of the run may be out of date. A run that has ended stays as it is. KindNotFound: there
// is no such run. See ErrUnreadable, too.
func (e *Engine) Stop(ctx context.Context, c Caller, runID string) error {
	r := e.find(c.Subject, runID)
	if r == nil {
		return e.closeOrphan(ctx, c.Subject, runID)
	}
	r.stopFor(c)
	if err := e.wake(ctx, c, r); err != nil {
		return err
	}
	sub := subscribe(r.feed, 0)
	for {
		events, err := sub.Next(ctx)
		if err != nil {
			return fmt.Errorf("wait for the run to stop: %w", err)
		}
		if len(events) == 0 {
			return nil
		}
	}
}

// Waits reports whether a run of the owner waits for a person: for the approval of a
// call, or for the answer to what a server asks. It is safe for concurrent use.
func (e *Engine) Waits(owner Subject, runID string) bool {
	r := e.find(owner, runID)
	if r == nil {
		return false
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.asks) > 0 || r.rec.message().awaits()
}

// Close ends all runs that are at work, and re-runs, as interrupted and waits until they
// are stored, or until ctx ends. Parked ones stay so, for the next start. No run starts
// afterwards.
func (e *Engine) Close(ctx context.Context) error {
	e.mu.Lock()
	e.closed = true
	for _, r := range e.live {
		if r.atWork() {
			r.stop(errShutdown)
		}
	}
	for clock := range e.reruns {
		clock.cancel(errShutdown)
	}
	e.mu.Unlock()
	all := make(chan struct{})
	go func() { e.done.Wait(); close(all) }()
	select {
	case <-all:
		return nil
	case <-ctx.Done():
		return fmt.Errorf("wait for runs to end: %w", context.Cause(ctx))
	}
}

// Load is how many runs there are.
type Load struct {
	Working int // at work
	Parked  int // waiting for a person
}

// Load counts the runs that have not ended. It is safe for concurrent use.
func (e *Engine) Load() Load {
	e.mu.Lock()
	defer e.mu.Unlock()
	var l Load
	for _, r := range e.live {
		if r.atWork() {
			l.Working++
		} else {
			l.Parked++
		}
	}
	return l
}
