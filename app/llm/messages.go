package llm

import (
	"encoding/json"
	"strings"

	"github.com/pomerium/pomchat/app/chat"
)

// message is a message of Chat Completions.
//
// Source: https://platform.openai.com/docs/api-reference/chat/create
type message struct {
	Role      string            `json:"role"`
	Content   *string           `json:"content"` // null beside calls, if there are no words
	Calls     []messageCall     `json:"tool_calls,omitempty"`
	CallID    string            `json:"tool_call_id,omitempty"`
	Reasoning map[string]string `json:"-"`
}

type messageCall struct {
	ID       string `json:"id"`
	Type     string `json:"type"`
	Function struct {
		Name      string `json:"name"`
		Arguments string `json:"arguments"`
	} `json:"function"`
}

// keptReasoning is the item by which a thread keeps reasoning that a server sent in
// a field of its own.
type keptReasoning struct {
	Type  string `json:"type"`
	Field string `json:"field"`
	Text  string `json:"text"`
}

// brokenOff stands for the answer that did not come after the results of calls:
// Mistral's server refuses a question there.
const brokenOff = "(My answer was cut off here.)"

// keptType is none of the Responses API, where such an item is passed over.
const keptType = "chat.reasoning"

// dialogue collects messages. Whatever befell a thread, they are a valid request:
// the results of a message's calls follow it, one for each, before anything else;
// no message is empty; and people and models take turns, as the chat templates of
// many models demand.
type dialogue struct {
	provider, model string
	keepThoughts    bool                // the server may get its own reasoning back
	callID          func(string) string // how ids of calls are written
	messages        []message
}

// tell adds the path of a thread.
func (d *dialogue) tell(path []chat.Message) {
	lastQuestion := 0
	for i, m := range path {
		if m.Role == chat.RoleUser {
			lastQuestion = i
		}
	}
	for i, m := range path {
		switch {
		case m.Role == chat.RoleUser:
			d.say("user", question(m))
		case m.Role == chat.RoleAssistant:
			if wasCutOff(path, i) && d.answered() {
				d.say("user", goOn)
			}
			d.answer(m, i > lastQuestion)
		}
	}
	if n := len(d.messages); n > 0 && d.messages[n-1].Role == "assistant" {
		d.say("user", goOn)
	}
}

// answered reports whether there is something that could go on.
func (d *dialogue) answered() bool {
	n := len(d.messages)
	return n > 0 && (d.messages[n-1].Role == "assistant" || d.messages[n-1].Role == "tool")
}

// answer adds an assistant's message, step by step.
func (d *dialogue) answer(m chat.Message, current bool) {
	for parts := range steps(m.Parts) {
		said := message{Role: "assistant"}
		var results []message
		var words []string
		for _, p := range parts {
			switch p := p.(type) {
			case chat.TextPart:
				if strings.TrimSpace(p.Text) != "" {
					words = append(words, p.Text)
				}
			case chat.ReasoningPart:
				if current && d.keepThoughts {
					said.recall(m.Native, p.ID, d.provider, d.model)
				}
			case chat.ToolPart:
				if dropped(p) {
					continue
				}
				call := messageCall{ID: d.callID(p.CallID), Type: "function"}
				call.Function.Name, call.Function.Arguments = soundName(p.Tool.Name), arguments(p)
				said.Calls = append(said.Calls, call)
				text := outputText(p)
				results = append(results, message{Role: "tool", Content: &text, CallID: call.ID})
			}
		}
		if len(words) > 0 {
			text := strings.Join(words, blankLine)
			said.Content = &text
		}
		d.add(said)
		d.messages = append(d.messages, results...)
	}
}

// recall puts reasoning back where the server that sent it expects it.
func (m *message) recall(natives []chat.Native, partID, provider, model string) {
	for _, n := range natives {
		var kept keptReasoning
		if n.Provider != provider || n.Model != model || !names(partID, n.PartID) ||
			json.Unmarshal(n.Raw, &kept) != nil || kept.Type != keptType {
			continue
		}
		m.Reasoning = map[string]string{kept.Field: kept.Text}
	}
}

func (d *dialogue) say(role, text string) {
	if strings.TrimSpace(text) != "" {
		d.add(message{Role: role, Content: &text})
	}
}

// add adds a message, or its words to the message before it if both are the same
// one's.
func (d *dialogue) add(m message) {
	if m.Content == nil && len(m.Calls) == 0 {
		return
	}
	if n := len(d.messages); n > 0 {
		last := &d.messages[n-1]
		if last.Role == "tool" && m.Role == "user" {
			text := brokenOff
			d.messages = append(d.messages, message{Role: "assistant", Content: &text}, m)
			return
		}
		if last.Role == m.Role && last.Content != nil && len(last.Calls) == 0 && m.Content != nil {
			text := *last.Content + blankLine + *m.Content
			m.Content = &text
			d.messages[n-1] = m
			return
		}
	}
	d.messages = append(d.messages, m)
}

// MarshalJSON implements json.Marshaler: reasoning stands among the members.
func (m message) MarshalJSON() ([]byte, error) {
	type members message
	body, err := json.Marshal(members(m))
	if err != nil || len(m.Reasoning) == 0 {
		return body, err
	}
	more, err := json.Marshal(m.Reasoning)
	if err != nil {
		return nil, err
	}
	return append(append(body[:len(body)-1], ','), more[1:]...), nil
}
