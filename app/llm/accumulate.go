package llm

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/pomerium/pomchat/app/chat"
)

// accumulator turns the chunks of Chat Completions into chunks of ours. The SDK's
// own merges calls whose index is missing or repeated, and ends at a chunk with
// another id. One answer has one text, one reasoning and any number of calls.
type accumulator struct {
	out *emitter

	text, refusal, reasoning string // part ids, empty until there is one
	said                     strings.Builder
	tags                     thinking
	thought                  []byte // reasoning that came in a field of its own
	field                    string // and the name of the field

	calls  slots
	finish string
	usage  *chat.Usage
	known  bool // a chunk was recognised
}

func newAccumulator(out *emitter) *accumulator {
	return &accumulator{out: out, calls: slots{out: out}}
}

// take implements dialect.
func (a *accumulator) take(data []byte) (last bool, err error) {
	if string(data) == "[DONE]" {
		return a.known, a.end()
	}
	c, err := parseChunk(data)
	if err != nil {
		return false, err
	}
	if c.failed() {
		return false, reported(data)
	}
	a.known = a.known || c.recognised()
	if u := c.Usage.usage(); u != nil {
		a.usage = u
	}
	for _, choice := range c.Choices {
		if choice.Index.value != 0 {
			continue
		}
		if choice.Delta != nil {
			a.add(*choice.Delta)
		} else if choice.Message != nil && !a.out.spoke {
			a.add(*choice.Message)
		}
		if choice.Finish != "" {
			a.finish = string(choice.Finish)
		}
	}
	if a.finish == "error" {
		return false, reported(data)
	}
	return false, nil
}

func (a *accumulator) add(d completionDelta) {
	a.think("reasoning_content", string(d.Reasoning))
	if d.Reasoning == "" {
		a.think("reasoning", string(d.ReasoningToo))
	}
	a.reason(d.Content.thought)
	thought, answer := a.tags.split(d.Content.text)
	a.reason(thought)
	a.said.WriteString(answer)
	a.say(&a.text, "", answer)
	a.say(&a.refusal, chat.Refusal, string(d.Refusal))
	for _, call := range d.Calls {
		a.calls.take(call)
	}
	for _, note := range d.Notes {
		if note := parseAnnotation(note); note != nil && a.text != "" {
			if source, ok := note.source(a.text, a.said.String(), 0); ok {
				a.out.send(source)
			}
		}
	}
}

// think takes reasoning that came in a field of its own, which some servers want
// back together with the results of the calls that it led to.
func (a *accumulator) think(field, text string) {
	if text == "" {
		return
	}
	a.field = field
	a.thought = append(a.thought, text...)
	a.reason(text)
}

func (a *accumulator) reason(text string) {
	if text == "" {
		return
	}
	if a.reasoning == "" {
		a.reasoning = a.out.partID("", "part")
	}
	a.out.send(chat.ReasoningChunk{ID: a.reasoning, Delta: text})
}

func (a *accumulator) say(part *string, kind chat.TextKind, text string) {
	if text == "" {
		return
	}
	if *part == "" {
		*part = a.out.partID("", "part")
	}
	a.out.send(chat.TextChunk{ID: *part, Delta: text, Kind: kind})
}

// heard implements dialect.
func (a *accumulator) heard() bool { return a.known }

// ended implements dialect. A stream may end without [DONE], but not without
// saying why it does: then it broke off.
func (a *accumulator) ended() (complete bool, err error) {
	if a.finish == "" {
		return false, nil
	}
	return true, a.end()
}

// settled implements dialect: all that may follow is the usage.
func (a *accumulator) settled() bool { return a.finish != "" }

// whole implements dialect: a body of JSON is one chunk with everything in it.
func (a *accumulator) whole(body []byte) error {
	if _, err := a.take(body); err != nil {
		return err
	}
	return a.end()
}

// end emits what is left and the end of the reply.
func (a *accumulator) end() error {
	if !a.known {
		return errUnheard
	}
	thought, answer := a.tags.rest()
	a.reason(thought)
	a.say(&a.text, "", answer)
	if a.field != "" {
		raw, err := json.Marshal(keptReasoning{Type: keptType, Field: a.field, Text: string(a.thought)})
		if err != nil {
			return fmt.Errorf("keep reasoning: %w", err)
		}
		a.out.send(chat.ItemDone{PartID: a.reasoning, Raw: raw})
	}
	reason := finishReason(a.finish)
	if n := a.calls.ready(reason == "length" || reason == "content-filter"); n > 0 && reason == "stop" {
		reason = "tool-calls"
	}
	a.out.send(chat.ReplyDone{Reason: reason, Usage: a.usage})
	return nil
}

// finishReason translates a server's word. That calls were made shows in the
// calls: some servers say "stop" then, or "tool_calls" without any.
func finishReason(said string) string {
	switch said {
	case "length", "max_tokens", "model_length":
		return "length"
	case "content_filter":
		return "content-filter"
	case "abort", "cancelled":
		return "other"
	default:
		return "stop"
	}
}
