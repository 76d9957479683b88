package chat

import (
	"context"
	"errors"
	"slices"
)

// errCallStopped is the cause that ends one call while its run goes on.
var errCallStopped = errors.New("the call was stopped by its owner")

// StopCall ends one call of the caller's run. The run goes on: the model is told, as the
// result, that the person stopped the call. A call that waits for a token or to be connected
// is given up, as Renew does it. It does not wait until the call has ended; a result that
// arrives at the same moment stays. Errors: KindNotFound (no such run or call), KindConflict
// (the call has ended, or is not for us to stop: it waits for approval, or its provider
// carries it out), and those of Renew.
func (e *Engine) StopCall(ctx context.Context, c Caller, runID, callID string) error {
	run := e.find(c.Subject, runID)
	if run == nil {
		return e.tooLate(ctx, c.Subject, runID)
	}
	waits, err := run.stopCall(c, callID)
	if waits {
		return e.Renew(ctx, c, runID, Renewal{Without: []string{callID}})
	}
	return err
}

// stopCall ends a call that is at work, or would be soon. It reports whether the call waits
// for its server instead.
func (r *liveRun) stopCall(c Caller, callID string) (waits bool, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.take(c)
	refuse := func(kind Kind, message string) (bool, error) {
		return false, &Error{Kind: kind, Op: "stop call", Message: message}
	}
	calls := r.rec.message().calls()
	i := slices.IndexFunc(calls, func(p ToolPart) bool { return p.CallID == callID })
	switch {
	case i < 0:
		return refuse(KindNotFound, "There is no such call in this answer.")
	case calls[i].State.Done() || r.stopped != nil:
		return refuse(KindConflict, "This call has ended already.")
	case calls[i].Hosted:
		return refuse(KindConflict, "The model's provider carries this call out. Stop the whole answer instead.")
	case calls[i].State == CallWaiting:
		return true, nil
	case calls[i].State != CallRunning && !calls[i].released():
		return refuse(KindConflict, "This call has not begun yet.")
	}
	if cancel := r.calls[callID]; cancel != nil {
		cancel(errCallStopped)
	} else {
		r.calls[callID] = func(error) {} // it ends when it begins
	}
	return false, nil
}

// during returns the context of one call, which stopCall ends. Done must be called when the
// call has ended, and its end was emitted.
func (r *liveRun) during(ctx context.Context, callID string) (call context.Context, done func()) {
	call, cancel := context.WithCancelCause(ctx)
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.calls[callID] != nil {
		cancel(errCallStopped)
	}
	r.calls[callID] = cancel
	return call, func() {
		cancel(nil)
		r.mu.Lock()
		defer r.mu.Unlock()
		delete(r.calls, callID)
	}
}

// unlessStopped carries out a call within its context, and tells whether it was the person
// who ended that.
func unlessStopped(call context.Context, carryOut func() (ToolResult, error)) (ToolResult, error) {
	stopped := func(message string, err error) (ToolResult, error) {
		return ToolResult{}, &Error{Kind: KindStopped, Op: "call tool", Message: message, Err: err}
	}
	if errors.Is(context.Cause(call), errCallStopped) {
		return stopped("Stopped by the person before it began; the call was not carried out.", nil)
	}
	result, err := carryOut()
	if err != nil && errors.Is(context.Cause(call), errCallStopped) {
		return stopped("Stopped by the person before the result arrived; the call may have been carried out.", err)
	}
	return result, err
}
