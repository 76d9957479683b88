package chat

import (
	"encoding/json"
	"fmt"
	"time"
)

// Part is one piece of a message, in the order in which it happened. The set is
// sealed: TextPart, ReasoningPart, ToolPart.
type Part interface{ part() string }

// TextPart is prose in Markdown.
type TextPart struct {
	ID    string `json:"id"`
	Step  int    `json:"step" doc:"The model call that wrote it, counted from 1; 0 in a user's message."`
	Text  string `json:"text"`
	State string `json:"state" enum:"streaming,done"`
}

// ReasoningPart is a summary of the model's reasoning.
type ReasoningPart struct {
	ID    string `json:"id"`
	Step  int    `json:"step"`
	Text  string `json:"text"`
	State string `json:"state" enum:"streaming,done"`
}

// CallState is how far a call has come.
type CallState string

// The states of a call, in the vocabulary of the UI message stream.
const (
	CallStreaming CallState = "input-streaming"
	CallRunning   CallState = "input-available"
	CallAsked     CallState = "approval-requested"
	CallAnswered  CallState = "approval-responded"
	CallReturned  CallState = "output-available"
	CallFailed    CallState = "output-error"
	CallDenied    CallState = "output-denied"
)

// Approval is a person's decision about a call, or the wait for it.
type Approval struct {
	ID       string `json:"id"`
	Approved *bool  `json:"approved,omitempty" doc:"The decision; absent while it is awaited."`
	Scope    Scope  `json:"scope,omitempty" enum:"once,thread,always" doc:"For how long an approval holds."`
}

// Scope is for how long an approval holds.
type Scope string

// The scopes: this call, this thread, or every thread of the person.
const (
	Once       Scope = "once"
	InThread   Scope = "thread"
	Everywhere Scope = "always"
)

// ToolPart is a call and its result: always a pair. A call that was stopped or
// failed has an ErrorText in place of an output; one that the person forbade has
// neither.
type ToolPart struct {
	CallID     string          `json:"toolCallId"`
	Step       int             `json:"step"`
	Tool       ToolRef         `json:"tool"`
	State      CallState       `json:"state" enum:"input-streaming,input-available,approval-requested,approval-responded,output-available,output-error,output-denied"`
	Hosted     bool            `json:"providerExecuted,omitempty" doc:"The model's provider carries it out, and not pomchat."`
	Approval   *Approval       `json:"approval,omitempty" doc:"The person's decision, if one was asked for."`
	InputText  string          `json:"inputText,omitempty" doc:"The arguments as far as they have arrived, while they stream."`
	Input      json.RawMessage `json:"input,omitempty" doc:"The arguments, a JSON object."`
	Output     *ToolResult     `json:"output,omitempty"`
	ErrorText  string          `json:"errorText,omitempty"`
	StartedAt  *time.Time      `json:"startedAt,omitempty" doc:"When the server was called."`
	DurationMS int64           `json:"durationMs,omitempty" doc:"How long the server took."`
}

// ToolRef names a tool for people and for the model.
type ToolRef struct {
	Name       string `json:"name" doc:"The name that the model calls: server__tool."`
	Server     string `json:"server" doc:"Id of the server; empty if no such tool exists."`
	ServerName string `json:"serverName"`
	Tool       string `json:"tool" doc:"The tool's own name on its server."`
	Title      string `json:"title,omitempty"`
}

func (TextPart) part() string      { return "text" }
func (ReasoningPart) part() string { return "reasoning" }
func (ToolPart) part() string      { return "dynamic-tool" }

// PartTypes lists one zero value of each kind of part by its "type" on the wire.
func PartTypes() map[string]Part {
	types := map[string]Part{}
	for _, p := range []Part{TextPart{}, ReasoningPart{}, ToolPart{}} {
		types[p.part()] = p
	}
	return types
}

// Parts is a message's parts. In JSON each is an object with a "type".
type Parts []Part

// MarshalJSON implements json.Marshaler; a nil Parts is an empty list.
func (ps Parts) MarshalJSON() ([]byte, error) {
	out := []byte{'['}
	for i, p := range ps {
		if i > 0 {
			out = append(out, ',')
		}
		b, err := marshalTagged(p.part(), p)
		if err != nil {
			return nil, fmt.Errorf("encode part %d: %w", i, err)
		}
		out = append(out, b...)
	}
	return append(out, ']'), nil
}

// UnmarshalJSON implements json.Unmarshaler.
func (ps *Parts) UnmarshalJSON(data []byte) error {
	var raw []json.RawMessage
	if err := json.Unmarshal(data, &raw); err != nil {
		return fmt.Errorf("decode parts: %w", err)
	}
	out := make(Parts, 0, len(raw))
	for i, r := range raw {
		var tag struct{ Type string }
		if err := json.Unmarshal(r, &tag); err != nil {
			return fmt.Errorf("decode part %d: %w", i, err)
		}
		p, err := unmarshalPart(tag.Type, r)
		if err != nil {
			return fmt.Errorf("decode part %d: %w", i, err)
		}
		out = append(out, p)
	}
	*ps = out
	return nil
}

func unmarshalPart(kind string, data []byte) (Part, error) {
	switch kind {
	case "text":
		return unmarshalAs[TextPart](data)
	case "reasoning":
		return unmarshalAs[ReasoningPart](data)
	case "dynamic-tool":
		return unmarshalAs[ToolPart](data)
	default:
		return nil, fmt.Errorf("unknown part type %q", kind)
	}
}

func unmarshalAs[T any](data []byte) (T, error) {
	var v T
	err := json.Unmarshal(data, &v)
	return v, err
}

// marshalTagged encodes v, a struct, with a leading "type".
func marshalTagged(kind string, v any) ([]byte, error) {
	body, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	out := make([]byte, 0, len(body)+len(kind)+12)
	out = append(out, `{"type":"`...)
	out = append(out, kind...)
	out = append(out, '"')
	if len(body) > 2 {
		out = append(out, ',')
	}
	return append(out, body[1:]...), nil
}
