package chat

import (
	"fmt"
	"time"
)

// admit registers the run, within the limits, and counts it as at work.
func (e *Engine) admit(run *liveRun) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	if err := e.mayWait(run.Owner); err != nil {
		return err
	}
	if err := e.mayStart(run.Owner); err != nil {
		return err
	}
	e.live[run.ID] = run
	e.done.Add(1)
	return nil
}

// mayWait returns why the owner may not start a run that could come to wait for them, if so
// many do: each is held in memory, at the next start too. The caller holds the lock.
func (e *Engine) mayWait(owner Subject) error {
	waiting := 0
	for _, r := range e.live {
		if r.Owner == owner && !r.atWork() {
			waiting++
		}
	}
	if limit := e.EngineConfig.Limits.MaxWaiting; waiting >= limit {
		return &Error{
			Kind: KindLimit, Op: "start run",
			Message: fmt.Sprintf("%d answers wait for you already. Decide about one of them or stop it.", limit),
		}
	}
	return nil
}

// mayStart notes that the owner starts something, or returns why that may not be now. The
// caller holds the lock.
func (e *Engine) mayStart(owner Subject) error {
	if e.closed {
		return &Error{Kind: KindInterrupted, Op: "start run", Message: "The server is shutting down. Ask again in a moment.", Err: errShutdown}
	}
	if err := e.hasRoom(owner, nil); err != nil {
		return err
	}
	if wait := e.pace.take(owner, e.Now(), e.EngineConfig.Limits.PerMinute); wait > 0 {
		return &Error{
			Kind: KindLimit, Op: "start run", RetryAfter: wait,
			Message: fmt.Sprintf("You asked more than %s in a minute. Ask again in %s.",
				count(e.EngineConfig.Limits.PerMinute, "time"), inWords(wait.Round(time.Second)+time.Second)),
		}
	}
	return nil
}

// hasRoom returns why nothing more of the owner may be at work now, if so much is besides
// that run. The caller holds the lock.
func (e *Engine) hasRoom(owner Subject, besides *liveRun) error {
	mine := 0
	for _, r := range e.live {
		if r.Owner == owner && r != besides && (e.back[r] > 0 || r.atWork()) {
			mine++
		}
	}
	for _, whose := range e.reruns {
		if whose == owner {
			mine++
		}
	}
	limit := e.EngineConfig.Limits.MaxPerUser
	if mine < limit {
		return nil
	}
	message := fmt.Sprintf("%d answers or calls are going on for you already. Wait for one or stop it.", limit)
	if limit == 1 {
		message = "1 answer or call is going on for you already. Wait for it or stop it."
	}
	return &Error{Kind: KindLimit, Op: "start run", Message: message}
}

// readmit counts a parked run as at work again, within the limits; one that was stopped may
// end at any time. Settled must be called when it is at work, or stays parked.
func (e *Engine) readmit(r *liveRun) (settled func(), err error) {
	stopped := r.isStopped()
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.closed {
		return nil, &Error{Kind: KindInterrupted, Op: "resume run", Message: "The server is shutting down. Decide again in a moment.", Err: errShutdown}
	}
	if !stopped {
		if err := e.hasRoom(r.Owner, r); err != nil {
			return nil, err
		}
	}
	e.back[r]++
	e.done.Add(1)
	return func() {
		e.mu.Lock()
		defer e.mu.Unlock()
		if e.back[r]--; e.back[r] == 0 {
			delete(e.back, r)
		}
	}, nil
}

// dismiss takes back an admission.
func (e *Engine) dismiss(run *liveRun) {
	e.forget(run.ID)
	e.done.Done()
}
