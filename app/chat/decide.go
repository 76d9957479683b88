package chat

import (
	"context"
	"encoding/json"
	"slices"
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
// KindConflict (it was answered already), KindInvalid.
func (e *Engine) Decide(ctx context.Context, c Caller, runID, approvalID string, d Decision) error {
	run := e.find(c.Subject, runID)
	if run == nil {
		return e.tooLate(ctx, c.Subject, runID)
	}
	if d.Scope == "" {
		d.Scope = Once
	}
	grant, err := run.decide(e, approvalID, d)
	if err != nil {
		return err
	}
	if grant != nil {
		// The call goes on even if the approval cannot be kept for later ones.
		if err := e.Grants.AddGrant(ctx, c.Subject, *grant); err != nil {
			e.Log.Error("approval not kept", "error", err)
		}
	}
	return e.wake(ctx, c, run)
}

// tooLate is the error for a decision about a run that does not wait for any.
func (e *Engine) tooLate(ctx context.Context, owner Subject, runID string) error {
	if _, err := e.Journal.Run(ctx, owner, runID); err != nil {
		return err
	}
	return &Error{Kind: KindConflict, Op: "decide", Message: "This answer has ended; nothing waits for your approval any more."}
}

// decide emits the answer to one call, and to all others that the same approval
// covers. It returns the grant to keep, if the approval is for more than this call.
func (r *liveRun) decide(e *Engine, approvalID string, d Decision) (*Grant, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	waiting := r.rec.message().calls()
	i := slices.IndexFunc(waiting, func(p ToolPart) bool { return p.Approval != nil && p.Approval.ID == approvalID })
	if i < 0 {
		return nil, &Error{Kind: KindNotFound, Op: "decide", Message: "Nothing waits for this approval."}
	}
	call := waiting[i]
	if call.State != CallAsked || r.stopped != nil {
		return nil, &Error{Kind: KindConflict, Op: "decide", Message: "This call was decided already."}
	}
	if err := d.check(call); err != nil {
		return nil, err
	}
	r.answer(e, call, d)
	if !d.Approved || d.Scope == Once {
		return nil, nil
	}
	grant := r.grant(e, call, d.Scope)
	d.Input = nil
	for _, other := range waiting {
		if other.State == CallAsked && other.CallID != call.CallID && grant.answers(other) && slices.Contains(other.Approval.Scopes, d.Scope) {
			r.answer(e, other, d)
		}
	}
	return grant, nil
}

func (d Decision) check(call ToolPart) error {
	wrong := func(message string) error { return &Error{Kind: KindInvalid, Op: "decide", Message: message} }
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

func (r *liveRun) answer(e *Engine, call ToolPart, d Decision) {
	said := ToolApprovalResponse{ApprovalID: call.Approval.ID, CallID: call.CallID, Approved: d.Approved, Input: d.Input, At: e.Now()}
	if d.Approved {
		said.Scope = d.Scope
		r.rec.emit(said)
		return
	}
	// At once: no moment is left at which the call looks answered and not denied.
	r.rec.emitAll([]Event{said, ToolOutputDenied{CallID: call.CallID}})
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
	return t.engine.Approvals.permission(tool, t.plan.run.ThreadID, grants), nil
}

// request puts a call before the person.
func (t *turn) request(callID string, tool Tool, p permission) ToolApprovalRequest {
	return ToolApprovalRequest{
		ApprovalID: t.engine.NewID("apr"), CallID: callID, Reason: p.reason, Scopes: p.scopes,
		Of: tool.Fingerprint(), ServerURL: tool.ServerURL,
	}
}
