package chat

import "context"

// move emits what change says of a run; the returned work, to be called once, goes on with
// the run if it was parked. That this can be done is found out before: a question stays
// open as long as nobody could act upon its answer. Change is called with the run's lock
// held, perhaps twice, and says what to emit without doing anything.
func (e *Engine) move(ctx context.Context, c Caller, r *liveRun, change func() ([]Event, error)) (work func(), err error) {
	nothing := func() {}
	if parked, err := r.change(c, change, false); err != nil || !parked {
		return nothing, err
	}
	settled, err := e.readmit(r)
	if err != nil {
		return nil, err
	}
	defer settled()
	p, err := e.planAgain(ctx, c, r)
	if err != nil {
		e.done.Done()
		return nil, err
	}
	parked, err := r.change(c, change, true)
	if err != nil || !parked {
		e.done.Done()
		return nothing, err
	}
	return func() { e.goOn(c, r, p) }, nil
}

// change emits the events that what returns, those of a parked run only if that may be
// unparked now. It reports whether the run was parked and there are any.
func (r *liveRun) change(c Caller, what func() ([]Event, error), unpark bool) (parked bool, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	events, err := what()
	if err != nil || len(events) == 0 {
		return false, err
	}
	r.take(c)
	if r.parked && !unpark {
		return true, nil
	}
	parked, r.parked = r.parked, false
	r.rec.emitAll(events)
	return parked, nil
}

// wake goes on with a stopped run if it is parked.
func (e *Engine) wake(ctx context.Context, c Caller, r *liveRun) error {
	if !r.unpark() {
		return nil
	}
	settled, err := e.readmit(r)
	if err != nil {
		r.repark()
		return err
	}
	defer settled()
	p, err := e.planAgain(ctx, c, r)
	if err != nil {
		e.done.Done()
		r.repark()
		return err
	}
	e.goOn(c, r, p)
	return nil
}
