package chat

import (
	"context"
	"time"
)

const (
	// flushEvery is how much of an answer a crash can cost.
	flushEvery = 250 * time.Millisecond
	// rounds is into how many the runs are divided that are stored in that time: to store
	// all at once would hold up what is written meanwhile.
	rounds = 16
)

// atWork counts a run as at work, and sees that somebody writes down what happens in
// it. The returned function ends that.
//
// One goroutine writes for all runs, all that is new of a round in one transaction: a
// thousand answers at a time cost the store as many transactions as sixteen.
func (e *Engine) atWork() (done func()) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.working++
	if e.working == 1 {
		e.quiet = make(chan struct{})
		e.done.Add(1)
		go e.scribe(e.quiet)
	}
	return func() {
		e.mu.Lock()
		defer e.mu.Unlock()
		e.working--
		if e.working == 0 {
			close(e.quiet)
		}
	}
}

// scribe stores what is new from time to time, until no run is at work.
func (e *Engine) scribe(quiet <-chan struct{}) {
	defer e.done.Done()
	tick := time.NewTicker(flushEvery / rounds)
	defer tick.Stop()
	var due []*liveRun
	for left := 0; ; left-- {
		select {
		case <-quiet:
			return
		case <-tick.C:
		}
		if left == 0 {
			due, left = e.liveRuns(), rounds
		}
		n := (len(due) + left - 1) / left
		e.writeDown(context.Background(), due[:n])
		due = due[n:]
	}
}

// writeDown stores what is new in those of the runs that are at work. A run whose events
// cannot be stored is stopped: an answer that cannot be kept is not worth its price.
func (e *Engine) writeDown(ctx context.Context, due []*liveRun) {
	var runs []*liveRun
	var batch []RunEvents
	for _, r := range due {
		if !r.storing.TryLock() {
			continue // it is being stored by its own goroutine
		}
		pending := r.rec.pending()
		if len(pending) == 0 || r.concluded {
			r.storing.Unlock()
			continue
		}
		defer r.storing.Unlock()
		runs, batch = append(runs, r), append(batch, RunEvents{RunID: r.ID, Events: pending})
	}
	if len(batch) == 0 {
		return
	}
	if err := e.Journal.AppendAll(ctx, batch); err == nil {
		for i, r := range runs {
			r.rec.stored(len(batch[i].Events))
		}
		return
	}
	// One of them may be in the way of all.
	for _, r := range runs {
		if err := e.write(ctx, r); err != nil {
			r.stop(err)
		}
	}
}

func (e *Engine) liveRuns() []*liveRun {
	e.mu.Lock()
	defer e.mu.Unlock()
	runs := make([]*liveRun, 0, len(e.live))
	for _, r := range e.live {
		runs = append(runs, r)
	}
	return runs
}

// flush stores the events of a run that are not stored yet.
func (e *Engine) flush(ctx context.Context, run *liveRun) error {
	run.storing.Lock()
	defer run.storing.Unlock()
	return e.write(ctx, run)
}

// save is flush with the answer as far as it has come: events do not hold the
// provider's own items, which it has to be sent again.
func (e *Engine) save(ctx context.Context, run *liveRun) error {
	run.storing.Lock()
	defer run.storing.Unlock()
	if err := e.write(ctx, run); err != nil {
		return err
	}
	if err := e.Journal.SaveAnswer(ctx, run.Run, run.rec.message()); err != nil {
		return &Error{Kind: KindInternal, Op: "store answer", Message: unsaved, Err: err}
	}
	return nil
}

// ask puts a question to the person, in an event that readers get once it is stored: what
// a person has seen outlives the process, however that ends. If it cannot be stored, its
// readers get it with the end of the run, which the caller has to bring about.
func (e *Engine) ask(ctx context.Context, run *liveRun, question Event, store func(context.Context, *liveRun) error) error {
	release := run.rec.hold(question)
	if err := store(context.WithoutCancel(ctx), run); err != nil {
		return err
	}
	release()
	return nil
}

const (
	unsaved = "The answer cannot be saved, so it was stopped."
	deleted = "The thread was deleted, so the answer was stopped."
)

// write is flush for who holds the run's lock.
func (e *Engine) write(ctx context.Context, run *liveRun) error {
	pending := run.rec.pending()
	if len(pending) == 0 {
		return nil
	}
	err := e.Journal.AppendEvents(ctx, run.ID, pending)
	if KindOf(err) == KindNotFound {
		return &Error{Kind: KindNotFound, Op: "store events", Message: deleted, Err: err}
	}
	if err != nil {
		return &Error{Kind: KindInternal, Op: "store events", Message: unsaved, Err: err}
	}
	run.rec.stored(len(pending))
	return nil
}
