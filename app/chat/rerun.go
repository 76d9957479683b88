package chat

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"time"
)

// Rerun is what came of a call that a person made again. It is no part of the thread: no
// model reads it, and no answer cites it.
type Rerun struct {
	Tool       ToolRef         `json:"tool"`
	Input      json.RawMessage `json:"input" doc:"The arguments, a JSON object."`
	Output     ToolResult      `json:"output"`
	StartedAt  time.Time       `json:"startedAt" doc:"When the server was called."`
	DurationMS int64           `json:"durationMs" doc:"How long the server took."`
}

// Rerun carries out a call of the caller's thread again, with other arguments, which are an
// object. Only what needs no approval can be run again: a tool that only reads, of a server
// that the administrator trusts. It is the one that was called then, as it is now. The call
// ends with ctx, and its result is kept as that of any call, with the thread; the thread
// stays as it is. It counts as a question against what one person may ask.
//
// A failing tool is a result. Errors: KindNotFound (no such thread or call), KindInvalid,
// KindForbidden (the tool may not be run again, or policy refused the call), KindConflict
// (the call has not ended, its tool is gone, or its server wants to be connected),
// KindLimit, KindInterrupted, and those of Tools.Call. KindUnauthenticated means that the
// caller's session has ended, and never a login at the server.
func (e *Engine) Rerun(ctx context.Context, c Caller, threadID, callID string, input json.RawMessage) (Rerun, error) {
	if !isObject(input) {
		return Rerun{}, &Error{Kind: KindInvalid, Op: "run again", Message: "The arguments must be a JSON object."}
	}
	call, err := e.callOf(ctx, c.Subject, threadID, callID)
	if err != nil {
		return Rerun{}, err
	}
	ctx, leave, err := e.admitRerun(ctx, c.Subject)
	if err != nil {
		return Rerun{}, err
	}
	defer leave()
	began := e.Now()
	again := Rerun{Tool: call.Tool, Input: input, StartedAt: began}
	again.Output, err = e.runAgain(ctx, c, call.Tool, input)
	took := e.Now().Sub(began)
	again.DurationMS = took.Milliseconds()
	said := []slog.Attr{
		slog.String("thread", threadID), slog.String("call", callID),
		slog.String("server", call.Tool.Server), slog.String("tool", call.Tool.Tool), slog.Duration("took", took),
	}
	if err != nil {
		err = rerunFailure(ctx, err, e.EngineConfig.Limits.MaxTime)
		e.Log.LogAttrs(ctx, slog.LevelInfo, "call not run again", append(said, slog.String("kind", string(KindOf(err))))...)
		return Rerun{}, err
	}
	e.Log.LogAttrs(ctx, slog.LevelInfo, "call run again", said...)
	again.Output = e.keep(ctx, c.Subject, Result{ThreadID: threadID, Tool: call.Tool, Output: again.Output}, false)
	return again, nil
}

// callOf returns a call of the owner's thread that has ended, that of a run that goes on
// included. What cannot be run again whatever its tool is now is an error.
func (e *Engine) callOf(ctx context.Context, owner Subject, threadID, callID string) (ToolPart, error) {
	thread, err := e.Threads.Thread(ctx, owner, threadID)
	if err != nil {
		return ToolPart{}, err
	}
	messages, err := e.Threads.Messages(ctx, owner, threadID)
	if err != nil {
		return ToolPart{}, err
	}
	if run := e.find(owner, thread.ActiveRun); run != nil {
		messages = append(messages, run.rec.message())
	}
	refuse := func(kind Kind, message string) (ToolPart, error) {
		return ToolPart{}, &Error{Kind: kind, Op: "run again", Message: message}
	}
	for _, m := range slices.Backward(messages) {
		calls := m.calls()
		i := slices.IndexFunc(calls, func(p ToolPart) bool { return p.CallID == callID })
		switch {
		case i < 0:
			continue
		case calls[i].Hosted:
			return refuse(KindForbidden, "The model's provider carried this call out, so it cannot be run again here.")
		case calls[i].Tool.Server == "":
			return refuse(KindForbidden, "This was a tool of the chat itself. Only tools of servers can be run again.")
		case !calls[i].State.Done():
			return refuse(KindConflict, "This call has not ended yet.")
		}
		return calls[i], nil
	}
	return refuse(KindNotFound, "There is no such call in this thread.")
}

// admitRerun counts a re-run of the owner, within the limits of runs. Its context ends with
// ctx, with the engine, or when its time is up; leave must be called.
func (e *Engine) admitRerun(ctx context.Context, owner Subject) (_ context.Context, leave func(), err error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if err := e.mayStart(owner); err != nil {
		return nil, nil, err
	}
	ctx, clock := startStopwatch(ctx, e.EngineConfig.Limits.MaxTime)
	e.reruns[clock] = owner
	e.done.Add(1)
	return ctx, func() {
		clock.stop()
		e.mu.Lock()
		defer e.mu.Unlock()
		delete(e.reruns, clock)
		e.done.Done()
	}, nil
}

// runAgain calls a tool if it may be called without asking anybody.
func (e *Engine) runAgain(ctx context.Context, c Caller, ref ToolRef, input json.RawMessage) (ToolResult, error) {
	tools, err := e.Toolbox.Open(ctx, c, []string{ref.Server})
	if err != nil {
		return ToolResult{}, err
	}
	defer e.hangUp(ctx, tools)
	all := tools.List()
	i := slices.IndexFunc(all, func(t Tool) bool { return t.Server == ref.Server && t.Tool == ref.Tool })
	if i < 0 {
		return ToolResult{}, notThere(ref, tools)
	}
	if why := e.Approvals.Reason(all[i]); why != "" {
		return ToolResult{}, &Error{Kind: KindForbidden, Op: "run again", Message: why + " Ask for it in the thread, where you can approve it."}
	}
	return e.guarded(ctx, ref, func() (ToolResult, error) {
		result, err := tools.Call(ctx, all[i].Name, input, unwatched{})
		if KindOf(err) == KindUnauthenticated && !errors.Is(err, ErrTokenRefused) {
			err = apart(ref, MessageOf(err), err)
		}
		return result, err
	})
}

// notThere is why an opened server has not the tool of a call.
func notThere(ref ToolRef, tools Tools) error {
	for _, n := range tools.Unavailable() {
		if n.Server != ref.Server {
			continue
		}
		if n.kind() == KindUnauthenticated {
			return apart(ref, n.Error, nil)
		}
		return n.failure()
	}
	message := "The tool is not there any more."
	if slices.ContainsFunc(tools.Remote(), func(s RemoteServer) bool { return s.ID == ref.Server }) {
		message = "The model's provider calls this server now, so nothing of it can be run again here."
	}
	return &Error{Kind: KindConflict, Op: "run again", Message: message}
}

// apart is the error for a server that wants a login of its own. Told as that, it would look
// like the end of the person's session.
func apart(ref ToolRef, why string, err error) error {
	return &Error{
		Kind: KindConflict, Op: "run again", Trace: TraceOf(err), Err: err,
		Message: fmt.Sprintf("%s has to be connected to your account first. (%s)", ref.ServerName, why),
	}
}

// rerunFailure is what a person is told of a re-run without a result.
func rerunFailure(ctx context.Context, err error, most time.Duration) error {
	switch cause := context.Cause(ctx); {
	case errors.Is(cause, errShutdown):
		return &Error{Kind: KindInterrupted, Op: "run again", Message: "The server is shutting down. Run it again in a moment.", Err: err}
	case errors.Is(cause, errTimedOut):
		return &Error{Kind: KindLimit, Op: "run again", Message: fmt.Sprintf("It was not done after %s, the longest that is allowed.", inWords(most)), Err: err}
	}
	return err
}

// unwatched passes over what a server says about a re-run, and answers none of its
// questions. It implements Watcher.
type unwatched struct{}

func (unwatched) Progress(ToolProgress) {}
func (unwatched) Log(ToolLog)           {}
func (unwatched) Elicit(context.Context, Elicitation) (ElicitationAnswer, error) {
	return ElicitationAnswer{Action: "cancel"}, nil
}
