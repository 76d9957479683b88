package chat

import "slices"

// maxLogs is how many lines of a server's log a call keeps.
const maxLogs = 50

// applyCall returns the parts of m with an event about a call folded in.
func applyCall(m Message, e Event) Parts {
	switch e := e.(type) {
	case ToolInputStart:
		return append(slices.Clip(m.Parts), ToolPart{CallID: e.CallID, Step: m.Steps, Tool: e.Metadata, State: CallStreaming, Hosted: e.Hosted})
	case ToolInputDelta:
		return replace(m.Parts, e.CallID, func(p ToolPart) Part { p.InputText += e.Delta; return p })
	case ToolInputAvailable:
		return inputAvailable(m, e)
	case ToolApprovalRequest:
		return replace(m.Parts, e.CallID, func(p ToolPart) Part {
			p.State, p.StartedAt = CallAsked, nil
			p.Approval = &Approval{ID: e.ApprovalID, Reason: e.Reason, Scopes: e.Scopes, Of: e.Of, ServerURL: e.ServerURL}
			return p.paused(e.At)
		})
	case ToolApprovalResponse:
		return replace(m.Parts, e.CallID, func(p ToolPart) Part { return answered(p, e) })
	case ToolWaits:
		return replace(m.Parts, e.Data.CallID, func(p ToolPart) Part {
			p.State, p.Wait, p.StartedAt, p.Progress = CallWaiting, &e.Data.Wait, nil, nil
			return p.paused(e.Data.At)
		})
	case ToolResumed:
		return replace(m.Parts, e.Data.CallID, func(p ToolPart) Part {
			p.State, p.StartedAt = CallResumed, &e.Data.At
			return p.unpaused(e.Data.At)
		})
	case ToolProgressed:
		return replace(m.Parts, e.Data.CallID, func(p ToolPart) Part { p.Progress = &e.Data.ToolProgress; return p })
	case ToolLogged:
		return replace(m.Parts, e.Data.CallID, func(p ToolPart) Part {
			p.Logs = append(slices.Clip(p.Logs[max(0, len(p.Logs)+1-maxLogs):]), e.Data.ToolLog)
			return p
		})
	case ElicitationAsked:
		return replace(m.Parts, e.Data.CallID, func(p ToolPart) Part {
			p.Asks = &Ask{ID: e.Data.ID, Elicitation: e.Data.Elicitation}
			return p.paused(e.Data.At)
		})
	case ElicitationAnswered:
		return replace(m.Parts, e.Data.CallID, func(p ToolPart) Part {
			if p.Asks != nil && p.Asks.ID == e.Data.ID {
				ask := *p.Asks
				ask.Action, p.Asks = e.Data.Action, &ask
				p = p.unpaused(e.Data.At)
			}
			return p
		})
	case ToolOutputAvailable:
		return replace(m.Parts, e.CallID, func(p ToolPart) Part {
			p.State, p.Output, p.DurationMS = CallReturned, &e.Output, e.DurationMS
			return p
		})
	case ToolOutputError:
		return replace(m.Parts, e.CallID, func(p ToolPart) Part {
			p.State, p.ErrorText, p.ErrorKind, p.Trace, p.DurationMS = CallFailed, e.ErrorText, e.Kind, e.Trace, e.DurationMS
			return p
		})
	case ToolOutputDenied:
		return replace(m.Parts, e.CallID, func(p ToolPart) Part { p.State = CallDenied; return p })
	}
	return m.Parts
}

func inputAvailable(m Message, e ToolInputAvailable) Parts {
	ready := func(p ToolPart) Part {
		p.Tool, p.State, p.Input, p.InputText, p.StartedAt = e.Metadata, CallRunning, e.Input, "", &e.At
		p.Hosted, p.As = e.Hosted, e.As
		if e.Approval != nil { // else the person may have been asked about this very call
			p.Approval = e.Approval
		}
		return p
	}
	if indexOf(m.Parts, e.CallID) >= 0 {
		return replace(m.Parts, e.CallID, ready)
	}
	return append(slices.Clip(m.Parts), ready(ToolPart{CallID: e.CallID, Step: m.Steps}))
}

// answered returns a call with the person's decision. An approved one begins now.
func answered(p ToolPart, e ToolApprovalResponse) Part {
	if p.Approval == nil || p.Approval.ID != e.ApprovalID {
		return p
	}
	decided := *p.Approval
	decided.Approved, decided.Scope = &e.Approved, e.Scope
	p.State, p.Approval = CallAnswered, &decided
	p = p.unpaused(e.At)
	if e.Approved {
		p.StartedAt = &e.At
	}
	if len(e.Input) > 0 {
		if p.ModelInput == nil {
			p.ModelInput = p.Input
		}
		p.Input = e.Input
	}
	return p
}
