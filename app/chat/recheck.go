package chat

import "context"

// due returns the calls that are to be carried out now. Days may have passed since they
// were let through: what has changed since then is put before the person anew.
func (t *turn) due(ctx context.Context) []ToolPart {
	answer := t.rec.message()
	var due []ToolPart
	for _, p := range answer.calls() {
		// A call that the provider knew to be approved in an earlier step is its business.
		if !p.released() || p.Hosted && p.Step != answer.Steps {
			continue
		}
		if t.confirm(ctx, p) && !p.Hosted {
			due = append(due, p)
		}
	}
	return due
}

// confirm reports whether a released call may be carried out. If not, the person is asked
// for it, or it is closed.
func (t *turn) confirm(ctx context.Context, p ToolPart) bool {
	refuse := func(text string) bool {
		t.rec.emit(ToolOutputError{CallID: p.CallID, Dynamic: true, ErrorText: text})
		return false
	}
	tool, known := t.toolOf(p)
	if tool.Server == "" || !known && !p.Hosted {
		return true // the engine's own; or its call will say what is wrong
	}
	if tool.Server != p.Tool.Server || tool.Tool != p.Tool.Tool {
		return refuse("Another tool has that name now, so the call was not made.")
	}
	asked := p.Approval != nil && p.Approval.Of != "" // about this very call
	same := asked && p.Approval.Of == tool.Fingerprint() && p.Approval.ServerURL == tool.ServerURL
	if same && (p.Approval.Scope == Once || !t.engine.Approvals.demands(tool)) {
		return true
	}
	may, err := t.permission(ctx, tool)
	switch {
	case err != nil:
		return refuse(MessageOf(err))
	case !asked && !may.ask:
		return true
	case !known:
		return refuse("The tool is not there any more, so the call was not made.")
	}
	if asked && !same {
		may.reason = changedTool
	}
	if !may.ask {
		may.scopes = anyScope()
	}
	if err := t.engine.ask(ctx, t.run, t.request(p.CallID, tool, may), t.engine.save); err != nil {
		t.run.stop(err)
	}
	return false
}

// toolOf returns the tool of a call as it is now.
func (t *turn) toolOf(p ToolPart) (tool Tool, known bool) {
	if p.Hosted {
		return t.remoteTool(p.Tool)
	}
	return t.belt.find(p.Tool.Name)
}
