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
		m.CreatedAt, m.Parts, m.Steps, m.Usage, m.Notices = e.Metadata.At, Parts{}, 0, nil, nil
	case StartStep:
		m.Steps++
	case UsageTold:
		m.Usage = m.Usage.plus(e.Metadata.Usage)
	case TextStart:
		m.Parts = append(slices.Clip(m.Parts), TextPart{ID: e.ID, Step: m.Steps, State: "streaming", Kind: e.Kind})
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
	case SourceFound:
		m.Parts = append(slices.Clip(m.Parts), SourcePart{
			ID: e.ID, Step: m.Steps, URL: e.URL, Title: e.Title, TextID: e.TextID, Start: e.Start, End: e.End,
		})
	case FileMade:
		m.Parts = append(slices.Clip(m.Parts), FilePart{
			ID: e.ID, Step: m.Steps, URL: e.URL, MediaType: e.MediaType, Name: e.Name, Size: e.Size, CallID: e.CallID,
		})
	case ServerNoticed:
		m.Notices = append(slices.Clip(m.Notices), e.Data)
	case Grounded:
		m.Grounding = e.Data
	case Finish:
		m = ended(m, StatusFinished, e.Metadata)
		m.FinishReason = e.Reason
	case Failed:
		m = ended(m, StatusFailed, e.Metadata)
		m.Failure = &Failure{Kind: e.Kind, Message: e.ErrorText, Trace: e.Trace, RetryAfter: e.RetryAfter}
	case Aborted:
		m = ended(m, StatusStopped, e.Metadata)
	default:
		m.Parts = applyCall(m, e)
	}
	return m
}

func ended(m Message, s Status, d EndDetails) Message {
	m.Status, m.Usage, m.Cost, m.EndedAt = s, d.Usage, d.Cost, &d.At
	return m
}

// Closing returns the events that close what m has left open, so that a call and
// its result stay a pair and every prefix of a thread is a valid next request.
// The reason becomes the error of each open call.
func Closing(m Message, reason string) []Event {
	return closing(m, reason, func(ToolPart) bool { return false })
}

// closing is Closing but for the calls that shall stay open.
func closing(m Message, reason string, stays func(ToolPart) bool) []Event {
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
			if !p.State.Done() && !stays(p) {
				out = append(out, closingCall(p, reason)...)
			}
		}
	}
	return out
}

// closingCall closes a call, and what its server asks within it.
func closingCall(p ToolPart, reason string) []Event {
	out := p.putAway()
	if p.denied() {
		return append(out, ToolOutputDenied{CallID: p.CallID})
	}
	switch p.State {
	case CallAsked:
		reason = "It was not approved, so the call was not carried out."
	case CallWaiting:
		reason = "What it waited for did not come, so the call was not carried out."
	}
	return append(out, ToolOutputError{CallID: p.CallID, Dynamic: true, ErrorText: reason})
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
	case SourcePart:
		return p.ID
	case FilePart:
		return p.ID
	case AttachmentPart:
		return p.ID
	default:
		return ""
	}
}
