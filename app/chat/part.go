package chat

import (
	"bytes"
	"encoding/json"
	"fmt"
	"sync"
)

// Part is one piece of a message, in the order in which it happened. The set is
// sealed: TextPart, ReasoningPart, ToolPart, SourcePart, FilePart, AttachmentPart.
type Part interface{ part() string }

// TextPart is prose in Markdown.
type TextPart struct {
	ID    string `json:"id"`
	Step  int    `json:"step" doc:"The model call that wrote it, counted from 1; 0 in a user's message."`
	Text  string `json:"text"`
	State string `json:"state" enum:"streaming,done"`
	// Kind is empty for the answer itself.
	Kind TextKind `json:"kind,omitempty" enum:"commentary,refusal" doc:"What the text is, if it is not the answer."`
	By   *Person  `json:"by,omitempty" doc:"Who asked, in a user's message."`
}

// Person is who somebody was when they asked something: what they are called may change.
type Person struct {
	Name  string `json:"name,omitempty"`
	Email string `json:"email,omitempty"`
}

// ReasoningPart is a summary of the model's reasoning.
type ReasoningPart struct {
	ID    string `json:"id"`
	Step  int    `json:"step"`
	Text  string `json:"text"`
	State string `json:"state" enum:"streaming,done"`
}

// SourcePart is a page on which a text rests.
type SourcePart struct {
	ID     string `json:"id"`
	Step   int    `json:"step"`
	URL    string `json:"url" doc:"http or https."`
	Title  string `json:"title,omitempty"`
	TextID string `json:"textId,omitempty" doc:"The text that cites it."`
	Start  int    `json:"start,omitempty" doc:"Where in that text, in UTF-16 code units; absent with end if that is not known."`
	End    int    `json:"end,omitempty"`
}

// FilePart is a file that a tool made and that is kept for its owner.
type FilePart struct {
	ID        string `json:"id"`
	Step      int    `json:"step"`
	URL       string `json:"url" doc:"Where its owner gets it, on this server."`
	MediaType string `json:"mediaType"`
	Name      string `json:"filename"`
	Size      int64  `json:"size"`
	CallID    string `json:"toolCallId,omitempty"`
}

// AttachmentPart is text that a person put beside the words of a question: a paste, a file,
// or a resource of a server, as it was when the question was asked. To a model it is
// material, never instructions.
type AttachmentPart struct {
	ID        string `json:"id"`
	Name      string `json:"filename"`
	MediaType string `json:"mediaType"`
	Text      string `json:"text"`

	Server     string `json:"server,omitempty" doc:"The id of the server whose resource it is; absent for what the person brought."`
	ServerName string `json:"serverName,omitempty"`
	URI        string `json:"uri,omitempty" doc:"By which that server knows the resource."`
}

func (TextPart) part() string       { return "text" }
func (ReasoningPart) part() string  { return "reasoning" }
func (ToolPart) part() string       { return "dynamic-tool" }
func (SourcePart) part() string     { return "source-url" }
func (FilePart) part() string       { return "file" }
func (AttachmentPart) part() string { return "attachment" }

// PartTypes lists one zero value of each kind of part by its "type" on the wire.
func PartTypes() map[string]Part {
	types := map[string]Part{}
	for _, p := range []Part{TextPart{}, ReasoningPart{}, ToolPart{}, SourcePart{}, FilePart{}, AttachmentPart{}} {
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
		b, err := appendTagged(nil, p.part(), p)
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
		kind, err := tagOf(r)
		if err != nil {
			return fmt.Errorf("decode part %d: %w", i, err)
		}
		p, err := unmarshalPart(kind, r)
		if err != nil {
			return fmt.Errorf("decode part %d: %w", i, err)
		}
		out = append(out, p)
	}
	*ps = out
	return nil
}

// tagOf returns the "type" of an object. Where that is written first, as appendTagged
// does, the rest is not read for it: threads are long, and each is read often.
func tagOf(data []byte) (string, error) {
	if rest, ok := bytes.CutPrefix(data, []byte(`{"type":"`)); ok {
		if tag, _, ok := bytes.Cut(rest, []byte{'"'}); ok && !bytes.ContainsRune(tag, '\\') {
			return string(tag), nil
		}
	}
	var tag struct{ Type string }
	err := json.Unmarshal(data, &tag)
	return tag.Type, err
}

func unmarshalPart(kind string, data []byte) (Part, error) {
	switch kind {
	case "text":
		return unmarshalAs[TextPart](data)
	case "reasoning":
		return unmarshalAs[ReasoningPart](data)
	case "dynamic-tool":
		return unmarshalAs[ToolPart](data)
	case "source-url":
		return unmarshalAs[SourcePart](data)
	case "file":
		return unmarshalAs[FilePart](data)
	case "attachment":
		return unmarshalAs[AttachmentPart](data)
	default:
		return nil, fmt.Errorf("unknown part type %q", kind)
	}
}

func unmarshalAs[T any](data []byte) (T, error) {
	var v T
	err := json.Unmarshal(data, &v)
	return v, err
}

// encoder is a JSON encoder whose memory is used again.
type encoder struct {
	out  bytes.Buffer
	json *json.Encoder
}

var encoders = sync.Pool{New: func() any {
	e := &encoder{}
	e.json = json.NewEncoder(&e.out)
	return e
}}

// appendTagged appends the JSON of v, a struct, with a leading "type".
func appendTagged(dst []byte, kind string, v any) ([]byte, error) {
	const keep = 64 << 10 // bytes; what is larger is rare
	e := encoders.Get().(*encoder)
	defer func() {
		if e.out.Cap() <= keep {
			encoders.Put(e)
		}
	}()
	e.out.Reset()
	if err := e.json.Encode(v); err != nil {
		return nil, err
	}
	body := e.out.Bytes()[1 : e.out.Len()-len("\n")]
	dst = append(dst, `{"type":"`...)
	dst = append(dst, kind...)
	dst = append(dst, '"')
	if len(body) > 1 {
		dst = append(dst, ',')
	}
	return append(dst, body...), nil
}
