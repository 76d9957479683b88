package chat

import "context"

// due returns the calls that are to be carried out now. Days may have passed since they
// were let through: what has changed since then is put before the person anew.
func (t *turn) due(ctx context.Context) []ToolPart {
	answer := t.rec.message()
	now := newest{turn: t, servers: map[string]Server{}}
	var due []ToolPart
	for _, p := range answer.calls() {
		// A call that the provider knew to be approved in an earlier step is its business.
		if !p.released() || p.Hosted && p.Step != answer.Steps {
			continue
		}
		if t.confirm(ctx, p, now) && !p.Hosted {
			due = append(due, p)
		}
	}
	return due
}

// notMade is the error of a call that never left: its arguments were not complete, or it
// waited for its turn.
const notMade = "The answer ended before that, so the call was not made."

// giveUp closes the calls that were not made, and of which nobody needs to say that they
// may have been.
func (t *turn) giveUp() {
	answer := t.rec.message()
	for _, p := range answer.calls() {
		_, begun := t.begun.Load(p.CallID)
		switch {
		case p.State == CallStreaming && p.Tool.Name != string(WebSearch): // a search is told when it is over
		case p.released() && !p.Hosted && !begun:
		case p.released() && p.Hosted && p.Step == answer.Steps: // the provider was not told that it may
		default:
			continue
		}
		t.rec.emit(ToolOutputError{CallID: p.CallID, Dynamic: true, ErrorText: notMade})
	}
}

// confirm reports whether a released call may be carried out. If not, the person is asked
// for it, or it is closed.
func (t *turn) confirm(ctx context.Context, p ToolPart, now newest) bool {
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
	if asked {
		tool, known = now.tool(ctx, tool, known)
	}
	same := asked && p.Approval.Of == tool.Fingerprint() && p.Approval.ServerURL == tool.ServerURL
	// What was approved for longer, and then had to wait, may have been taken back.
	if same && (p.Approval.Scope == Once || p.State == CallAnswered && !t.engine.Approvals.demands(tool)) {
		return true
	}
	may, err := t.permission(ctx, tool)
	switch {
	case err != nil:
		return refuse(MessageOf(err))
	case !may.ask && (same || !asked):
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

// newest is servers as they are at this moment, each asked once. What the turn has opened
// may be from before the person was asked, and from before the server was changed.
type newest struct {
	turn    *turn
	servers map[string]Server
}

// tool returns a tool as its server lists it now. Of a server that cannot be asked nothing
// newer is known, and the call itself will say what is wrong.
func (n newest) tool(ctx context.Context, t Tool, known bool) (Tool, bool) {
	s, asked := n.servers[t.Server]
	if !asked {
		var err error
		if s, err = n.turn.engine.Toolbox.Server(ctx, n.turn.run.served(), t.Server); err != nil {
			s = Server{} // not ready
		}
		n.servers[t.Server] = s
	}
	if s.Status != ServerReady {
		return t, known
	}
	for _, listed := range s.Tools {
		if listed.Tool == t.Tool {
			return listed, true
		}
	}
	return Tool{ToolRef: t.ToolRef}, false
}
