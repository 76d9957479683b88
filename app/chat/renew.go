package chat

import (
	"context"
	"errors"
	"slices"
	"time"
)

// staleAfter is the age from which on a token may have run out: Pomerium's lasts five
// minutes.
const staleAfter = 4 * time.Minute

// maxWaits is how often a call may wait for its server to be connected. A gateway says
// the same of what its policy forbids, and then no connecting helps. Nor does another
// token help where a fresh one was refused as often.
const maxWaits = 2

// ErrTokenRefused is in the chain of an error where the gateway was asked and does not
// take the caller's token any more, however young it is: the session has ended, or the
// gateway has begun anew. Then the call waits for another token, and no connecting of
// its server would help.
var ErrTokenRefused = errors.New("the gateway does not take the token any more")

// Renewal is what a person's browser brings for a run.
type Renewal struct {
	// Retry are the calls to be tried again whose servers the person has connected.
	Retry []string
	// Without are the calls that the person gives up.
	Without []string
}

// Renew hands a run of the caller the caller's token, which what it does from now on
// carries. Calls that wait for a token go on, and so do those that r names. Errors:
// KindNotFound (no such run), KindConflict (it has ended, or such a call does not wait),
// or why the run cannot go on now; then its calls wait as before.
func (e *Engine) Renew(ctx context.Context, c Caller, runID string, r Renewal) error {
	run := e.find(c.Subject, runID)
	if run == nil {
		return e.tooLate(ctx, c.Subject, runID)
	}
	if err := run.renew(c, r); err != nil {
		return err
	}
	work, err := e.move(ctx, c, run, func() ([]Event, error) { return run.resumed(e, c, r) })
	if err != nil {
		return err
	}
	work()
	return nil
}

// renew takes the token, if the calls that r names wait.
func (r *liveRun) renew(c Caller, with Renewal) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if _, err := r.waiting(with); err != nil {
		return err
	}
	r.take(c)
	return nil
}

// take makes whatever is sent from now on carry the caller's token, if it is newer than
// the one in use. Whatever a person brings for a run comes with one, and may come long
// after the last: their page was shut, or their machine asleep. The caller holds the lock.
func (r *liveRun) take(c Caller) {
	if c.Token.IsZero() || c.TokenAt.Before(r.caller.TokenAt) {
		return
	}
	r.caller = c
	if r.tools != nil {
		r.tools.Renew(c)
	}
}

// waiting returns the calls that wait for a token or a connection. Those that r names are
// among them. The caller holds the lock.
func (r *liveRun) waiting(with Renewal) ([]ToolPart, error) {
	calls := slices.DeleteFunc(r.rec.message().calls(), func(p ToolPart) bool { return p.State != CallWaiting })
	for _, id := range slices.Concat(with.Retry, with.Without) {
		if r.stopped != nil || !slices.ContainsFunc(calls, func(p ToolPart) bool { return p.CallID == id }) {
			return nil, &Error{Kind: KindConflict, Op: "renew run", Message: "This call does not wait any more."}
		}
	}
	return calls, nil
}

// resumed returns what becomes of the calls that wait. The caller holds the lock.
func (r *liveRun) resumed(e *Engine, c Caller, with Renewal) ([]Event, error) {
	calls, err := r.waiting(with)
	if err != nil || r.stopped != nil {
		return nil, err
	}
	var events []Event
	for _, p := range calls {
		switch {
		case slices.Contains(with.Without, p.CallID):
			events = append(append(events, p.putAway()...), p.givenUp())
		case p.Wait.For == ForToken && !c.Token.IsZero(), slices.Contains(with.Retry, p.CallID):
			events = append(events, ToolResumed{Data: ToolResumedData{CallID: p.CallID, At: e.Now()}})
		}
	}
	return events, nil
}

// givenUp is the end of a call that waited.
func (p ToolPart) givenUp() Event {
	end := ToolOutputError{CallID: p.CallID, Dynamic: true, Kind: KindUnauthenticated, ErrorText: "The person goes on without it; it was not carried out."}
	if p.Wait.For == ForAnswer {
		end.Kind = KindStopped
	}
	return end
}

// use says which tools the run has open, nil for none, and renews them if the caller
// has a newer token than they were opened with.
func (r *liveRun) use(opened Tools) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.tools = opened; opened != nil {
		opened.Renew(r.caller)
	}
}

// waits puts off a call whose server did not let the caller in, if there is something
// that the person can do about it: without a gateway in front there is not.
func (t *turn) waits(ctx context.Context, callID string, err error) bool {
	if KindOf(err) != KindUnauthenticated {
		return false
	}
	calls := t.rec.message().calls()
	i := slices.IndexFunc(calls, func(p ToolPart) bool { return p.CallID == callID })
	age, known := t.run.tokenAge(t.engine.Now())
	if i < 0 || !known {
		return false
	}
	wait := Wait{For: ForConnect, Times: 1}
	if age > staleAfter || errors.Is(err, ErrTokenRefused) {
		wait.For = ForToken
	}
	if before := calls[i].Wait; before != nil && before.For == wait.For {
		wait.Times += before.Times
	}
	if age <= staleAfter && wait.Times > maxWaits {
		return false
	}
	if err := t.engine.ask(ctx, t.run, ToolWaits{ID: callID, Data: ToolWaitsData{CallID: callID, Wait: wait, At: t.engine.Now()}}, t.engine.save); err != nil {
		t.run.stop(err)
	}
	return true
}

// tokenAge is how long ago the token came that the run uses, if it has one.
func (r *liveRun) tokenAge(now time.Time) (age time.Duration, known bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return now.Sub(r.caller.TokenAt), !r.caller.Token.IsZero()
}

// waited reports whether a call has waited for a token or a connection.
func (t *turn) waited(callID string) bool {
	return slices.ContainsFunc(t.rec.message().calls(), func(p ToolPart) bool { return p.CallID == callID && p.Wait != nil })
}

// stillOut is the error for a server that does not let the person in although it was
// connected, or although fresh tokens came.
func stillOut(ref ToolRef, err error) error {
	message := ref.ServerName + " still does not let you in. If it is connected, a policy may forbid it: ask whoever runs the gateway."
	if errors.Is(err, ErrTokenRefused) {
		message = ref.ServerName + " could not be asked: the gateway takes none of the tokens that it gives. Ask whoever runs it."
	}
	return &Error{Kind: KindForbidden, Op: "call tool", Trace: TraceOf(err), Err: err, Message: message}
}
