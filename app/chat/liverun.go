package chat

import (
	"cmp"
	"context"
	"sync"
	"time"
)

// liveRun is a run that has not ended. It is at work, in one goroutine, or parked:
// nobody works on it until a person has decided something. The lock guards which of
// the two it is, and that decisions are made one after the other.
type liveRun struct {
	Run
	feed *feed
	rec  *recorder

	storing   sync.Mutex // held while events of the run are stored
	concluded bool       // its last events are being stored, or are; guarded by storing

	mu      sync.Mutex
	parked  bool
	stopped error                   // why it was stopped, if it was
	cancel  context.CancelCauseFunc // of the work at hand, if there is any
	clock   *stopwatch              // of that work
	left    time.Duration           // for work, when the run was parked last; 0 before
	asks    map[string]chan ElicitationAnswer
	late    map[string]lateAnswer              // by call: what its server will ask again
	calls   map[string]context.CancelCauseFunc // of those at work, and of those to be stopped when they begin
	caller  Caller                             // with the newest token
	tools   Tools                              // those that are open, if there are any
}

func newLiveRun(r Run, f *feed, answer Message) *liveRun {
	return &liveRun{
		Run: r, feed: f, rec: &recorder{feed: f, answer: answer},
		asks: map[string]chan ElicitationAnswer{}, late: map[string]lateAnswer{}, calls: map[string]context.CancelCauseFunc{},
	}
}

func (r *liveRun) atWork() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return !r.parked
}

func (r *liveRun) isStopped() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.stopped != nil
}

// stopFor is stop by a person, whose token the servers are told with.
func (r *liveRun) stopFor(c Caller) {
	r.mu.Lock()
	r.take(c)
	r.mu.Unlock()
	r.stop(errStopped)
}

// stop ends the work at hand, and any that begins later at once.
func (r *liveRun) stop(cause error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.stopped == nil {
		r.stopped = cause
	}
	if r.cancel != nil {
		r.cancel(cause)
	}
}

// work returns the context of a stretch of work, which ends when the run is stopped or the
// time for all of its stretches is up. It is nobody's request: who asked may leave, and what
// belongs to the request is not held for as long as the work takes. The stopwatch must be
// stopped.
func (r *liveRun) work(most time.Duration) (context.Context, *stopwatch) {
	r.mu.Lock()
	defer r.mu.Unlock()
	var ctx context.Context
	ctx, r.clock = startStopwatch(context.Background(), cmp.Or(r.left, most))
	if r.cancel = r.clock.cancel; r.stopped != nil {
		r.cancel(r.stopped)
	}
	return ctx, r.clock
}

// serve makes c the caller, unless the one before has a token and c has not.
func (r *liveRun) serve(c Caller) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !c.Token.IsZero() || r.caller.Token.IsZero() {
		r.caller = c
	}
}

// served returns the caller, with the newest token.
func (r *liveRun) served() Caller {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.caller
}

// park ends a stretch of work and leaves the run to a person's decision. It does not
// if there is more to do already, or the run was stopped meanwhile.
func (r *liveRun) park(more func() bool) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.stopped != nil || more() {
		return false
	}
	r.parked, r.left = true, max(r.clock.rest(), 1)
	r.cancel(nil)
	r.cancel, r.clock = nil, nil
	return true
}

// unpark takes a parked run out of its parking place; only one caller can.
func (r *liveRun) unpark() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	was := r.parked
	r.parked = false
	return was
}

func (r *liveRun) repark() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.parked = true
}
