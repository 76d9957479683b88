package chat

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"time"
)

// Decision is what a person decides about a call that waits for them.
type Decision struct {
	Approved bool
	// Scope is for how long an approval holds; empty means once.
	Scope Scope
	// Input is the arguments to call the tool with, an object; nil means those that
	// the model wrote.
	Input json.RawMessage
}

// Decide answers a call of the caller's run that waits for approval; the run goes on
// with the caller's token. Errors: KindNotFound (no such run or approval),
// KindConflict (it was answered already), KindInvalid, or why the run cannot go on now;
// then nothing was decided.
func (e *Engine) Decide(ctx context.Context, c Caller, runID, approvalID string, d Decision) error {
	run := e.find(c.Subject, runID)
	if run == nil {
		return e.tooLate(ctx, c.Subject, runID)
	}
	if d.Scope == "" {
		d.Scope = Once
	}
	var grant *Grant
	work, err := e.move(ctx, c, run, func() (events []Event, err error) {
		events, grant, err = run.decide(e, approvalID, d)
		return events, err
	})
	if err != nil {
		return err
	}
	if grant != nil {
		// The call goes on even if the approval cannot be kept for later ones.
		if err := e.Grants.AddGrant(ctx, c.Subject, *grant); err != nil {
			e.Log.Error("approval not kept", "error", err)
		}
	}
	work()
	return nil
}

// tooLate is the error for whatever a person brings for a run that waits for nothing.
func (e *Engine) tooLate(ctx context.Context, owner Subject, runID string) error {
	if _, err := e.Journal.Run(ctx, owner, runID); err != nil {
		return err
	}
	return &Error{Kind: KindConflict, Op: "decide", Message: "This answer has ended; nothing in it waits for you any more."}
}

// decide returns the answer to one call, and to all others that the same approval
// covers, and the grant to keep, if the approval is for more than this call. The caller
// holds the run's lock.
func (r *liveRun) decide(e *Engine, approvalID string, d Decision) ([]Event, *Grant, error) {
	waiting := r.rec.message().calls()
	i := slices.IndexFunc(waiting, func(p ToolPart) bool { return p.Approval != nil && p.Approval.ID == approvalID })
	if i < 0 {
		return nil, nil, &Error{Kind: KindNotFound, Op: "decide", Message: "Nothing waits for this approval."}
	}
	call := waiting[i]
	if call.State != CallAsked || r.stopped != nil {
		return nil, nil, &Error{Kind: KindConflict, Op: "decide", Message: "This call was decided already."}
	}
	if err := d.check(call, e.EngineConfig.Limits.MaxText); err != nil {
		return nil, nil, err
	}
	if d.Approved && d.Scope != Once && e.Approvals.demands(Tool{ToolRef: call.Tool, ServerURL: call.Approval.ServerURL}) {
		return nil, nil, &Error{Kind: KindInvalid, Op: "decide", Message: demanded + " Approve it once."}
	}
	if sameJSON(d.Input, call.Input) {
		d.Input = nil
	}
	events := answer(call, d, e.Now())
	if !d.Approved || d.Scope == Once {
		return events, nil, nil
	}
	grant := r.grant(e, call, d.Scope)
	d.Input = nil
	for _, other := range waiting {
		if other.State == CallAsked && other.CallID != call.CallID && grant.answers(other) && slices.Contains(other.Approval.Scopes, d.Scope) {
			events = append(events, answer(other, d, e.Now())...)
		}
	}
	return events, grant, nil
}

// check reports why a person cannot decide so about a call, whose arguments may have so many
// bytes if the person writes them.
func (d Decision) check(call ToolPart, most int) error {
	wrong := func(message string) error { return &Error{Kind: KindInvalid, Op: "decide", Message: message} }
	if len(d.Input) > most {
		return &Error{
			Kind: KindTooLarge, Op: "decide",
			Message: fmt.Sprintf("The arguments are too long: %d kB, and at most %d kB fit.", (len(d.Input)+1023)/1024, most/1024),
		}
	}
	switch {
	case d.Approved && !slices.Contains(call.Approval.Scopes, d.Scope):
		return wrong("This call cannot be approved for that long.")
	case d.Input != nil && !d.Approved:
		return wrong("A call that is forbidden needs no arguments.")
	case d.Input != nil && !isObject(d.Input):
		return wrong("The arguments must be a JSON object.")
	case d.Input != nil && call.Hosted:
		return wrong("The arguments of this call cannot be changed: the model's provider carries it out.")
	}
	return nil
}

// sameJSON reports whether both are the same JSON but for white space and the order of
// members.
func sameJSON(a, b json.RawMessage) bool {
	read := func(text json.RawMessage) (v any, err error) {
		d := json.NewDecoder(bytes.NewReader(text))
		d.UseNumber()
		err = d.Decode(&v)
		return v, err
	}
	x, errX := read(a)
	y, errY := read(b)
	return errX == nil && errY == nil && reflect.DeepEqual(x, y)
}

// answer returns the events of a decision about a call.
func answer(call ToolPart, d Decision, now time.Time) []Event {
	said := ToolApprovalResponse{ApprovalID: call.Approval.ID, CallID: call.CallID, Approved: d.Approved, Input: d.Input, At: now}
	if !d.Approved {
		return []Event{said, ToolOutputDenied{CallID: call.CallID}}
	}
	said.Scope = d.Scope
	return []Event{said}
}

func (r *liveRun) grant(e *Engine, call ToolPart, s Scope) *Grant {
	g := &Grant{
		ID: e.NewID("grt"), Scope: s, Server: call.Tool.Server, ServerName: call.Tool.ServerName,
		ServerURL: call.Approval.ServerURL, Tool: call.Tool.Tool, Fingerprint: call.Approval.Of, At: e.Now(),
	}
	if s == InThread {
		g.ThreadID = r.ThreadID
	}
	return g
}

// permission says whether the tool may be called in this thread now.
func (t *turn) permission(ctx context.Context, tool Tool) (permission, error) {
	grants, err := t.engine.Grants.Grants(ctx, t.caller.Subject)
	if err != nil {
		return permission{}, err
	}
	return t.engine.Approvals.permission(tool, t.run.ThreadID, grants), nil
}

// request puts a call before the person.
func (t *turn) request(callID string, tool Tool, p permission) ToolApprovalRequest {
	return ToolApprovalRequest{
		ApprovalID: t.engine.NewID("apr"), CallID: callID, Reason: p.reason, Scopes: p.scopes,
		Of: tool.Fingerprint(), ServerURL: tool.ServerURL, At: t.engine.Now(),
	}
}
