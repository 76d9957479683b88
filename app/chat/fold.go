package chat

import "slices"

// Apply returns m with e folded in. It is a pure function: m is not changed. An
// event that does not fit (a delta without its start, a result for an unknown
// call) is ignored, so that a reader can join a stream anywhere.
func Apply(m Message, e Event) Message {
	switch e := e.(type) {
	case Start:
		m.ID, m.Role, m.Status = e.MessageID, RoleAssistant, StatusRunning
		m.RunID, m.ParentID, m.Model = e.Metadata.RunID, e.Metadata.ParentID, e.Metadata.Model
		m.CreatedAt, m.Parts = e.Metadata.At, Parts{}
	case StartStep:
		m.Steps++
	case TextStart:
		m.Parts = append(slices.Clip(m.Parts), TextPart{ID: e.ID, Step: m.Steps, State: "streaming"})
	case TextDelta:
		m.Parts = replace(m.Parts, e.ID, func(p TextPart) Part { p.Text += e.Delta; return p })
	case TextEnd:
		m.Parts = replace(m.Parts, e.ID, func(p TextPart) Part { p.State = "done"; return p })
	case ReasoningStart:
		m.Parts = append(slices.Clip(m.Parts), ReasoningPart{ID: e.ID, Step: m.Steps, State: "streaming"})
	case ReasoningDelta:
		m.Parts = replace(m.Parts, e.ID, func(p ReasoningPart) Part { p.Text += e.Delta; return p })
	case ReasoningEnd:
		m.Parts = replace(m.Parts, e.ID, func(p ReasoningPart) Part { p.State = "done"; return p })
	case ToolInputStart:
		m.Parts = append(slices.Clip(m.Parts), ToolPart{CallID: e.CallID, Step: m.Steps, Tool: e.Metadata, State: CallStreaming})
	case ToolInputDelta:
		m.Parts = replace(m.Parts, e.CallID, func(p ToolPart) Part { p.InputText += e.Delta; return p })
	case ToolInputAvailable:
		m.Parts = inputAvailable(m, e)
	case ToolOutputAvailable:
		m.Parts = replace(m.Parts, e.CallID, func(p ToolPart) Part {
			p.State, p.Output, p.DurationMS = CallReturned, &e.Output, e.DurationMS
			return p
		})
	case ToolOutputError:
		m.Parts = replace(m.Parts, e.CallID, func(p ToolPart) Part {
			p.State, p.ErrorText, p.DurationMS = CallFailed, e.ErrorText, e.DurationMS
			return p
		})
	case ServerNoticed:
		m.Notices = append(slices.Clip(m.Notices), e.Data)
	case Finish:
		m = ended(m, StatusFinished, e.Metadata)
		m.FinishReason = e.Reason
	case Failed:
		m = ended(m, StatusFailed, e.Metadata)
		m.Failure = &Failure{Kind: e.Kind, Message: e.ErrorText}
	case Aborted:
		m = ended(m, StatusStopped, e.Metadata)
	}
	return m
}

func inputAvailable(m Message, e ToolInputAvailable) Parts {
	ready := func(p ToolPart) Part {
		p.Tool, p.State, p.Input, p.InputText, p.StartedAt = e.Metadata, CallRunning, e.Input, "", &e.At
		return p
	}
	if indexOf(m.Parts, e.CallID) >= 0 {
		return replace(m.Parts, e.CallID, ready)
	}
	return append(slices.Clip(m.Parts), ready(ToolPart{CallID: e.CallID, Step: m.Steps}))
}

func ended(m Message, s Status, d EndDetails) Message {
	m.Status, m.Usage, m.EndedAt = s, d.Usage, &d.At
	return m
}

// Closing returns the events that close what m has left open, so that a call and
// its result stay a pair and every prefix of a thread is a valid next request.
// The reason becomes the error of each open call.
func Closing(m Message, reason string) []Event {
	var out []Event
	for _, p := range m.Parts {
		switch p := p.(type) {
		case TextPart:
			if p.State == "streaming" {
				out = append(out, TextEnd{ID: p.ID})
			}
		case ReasoningPart:
			if p.State == "streaming" {
				out = append(out, ReasoningEnd{ID: p.ID})
			}
		case ToolPart:
			if p.State == CallStreaming || p.State == CallRunning {
				out = append(out, ToolOutputError{CallID: p.CallID, Dynamic: true, ErrorText: reason})
			}
		}
	}
	return out
}

// replace returns parts with the part of that id and kind changed. Ids are
// unique in a message; the newest part is the likeliest, so it looks from the end.
func replace[P Part](parts Parts, id string, change func(P) Part) Parts {
	i := indexOf(parts, id)
	if i < 0 {
		return parts
	}
	p, ok := parts[i].(P)
	if !ok {
		return parts
	}
	out := slices.Clone(parts)
	out[i] = change(p)
	return out
}

func indexOf(parts Parts, id string) int {
	for i := len(parts) - 1; i >= 0; i-- {
		if partID(parts[i]) == id {
			return i
		}
	}
	return -1
}

func partID(p Part) string {
	switch p := p.(type) {
	case TextPart:
		return p.ID
	case ReasoningPart:
		return p.ID
	case ToolPart:
		return p.CallID
	default:
		return ""
	}
}
