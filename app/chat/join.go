package chat

import "strings"

// applyAll folds events into m. Deltas of one part that follow each other are
// joined first, so that a long text costs its length and not its square.
func applyAll(m Message, events []Numbered) Message {
	for i := 0; i < len(events); {
		e := events[i].Event
		i++
		if part, text, ok := delta(e); ok {
			var all strings.Builder
			all.WriteString(text)
			for ; i < len(events); i++ {
				same, more, ok := delta(events[i].Event)
				if !ok || same != part {
					break
				}
				all.WriteString(more)
			}
			e = withText(e, all.String())
		}
		m = Apply(m, e)
	}
	return m
}

// deltaOf names a part and what of it grows.
type deltaOf struct{ event, id string }

// delta returns what e adds to which part, if it is a delta.
func delta(e Event) (part deltaOf, text string, ok bool) {
	switch e := e.(type) {
	case TextDelta:
		return deltaOf{e.event(), e.ID}, e.Delta, true
	case ReasoningDelta:
		return deltaOf{e.event(), e.ID}, e.Delta, true
	case ToolInputDelta:
		return deltaOf{e.event(), e.CallID}, e.Delta, true
	default:
		return deltaOf{}, "", false
	}
}

// withText returns the delta e with another text.
func withText(e Event, text string) Event {
	switch e := e.(type) {
	case TextDelta:
		e.Delta = text
		return e
	case ReasoningDelta:
		e.Delta = text
		return e
	case ToolInputDelta:
		e.Delta = text
		return e
	default:
		return e
	}
}
