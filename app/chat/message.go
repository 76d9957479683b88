package chat

import (
	"encoding/json"
	"slices"
	"time"
)

// Role says who wrote a message.
type Role string

// The roles.
const (
	RoleUser      Role = "user"
	RoleAssistant Role = "assistant"
)

// Status is the state of a message and of the run that writes it. A run ends in
// exactly one of the three terminal states.
type Status string

// The statuses. A user's message is always finished.
const (
	StatusRunning  Status = "running"
	StatusFinished Status = "finished"
	StatusFailed   Status = "failed"
	StatusStopped  Status = "stopped"
)

// Message is one node of a thread's tree.
type Message struct {
	ID       string `json:"id"`
	ParentID string `json:"parentId" doc:"The message before this one; empty at the root of the thread."`
	Role     Role   `json:"role" enum:"user,assistant"`
	Parts    Parts  `json:"parts" nullable:"false"`
	Status   Status `json:"status" enum:"running,finished,failed,stopped"`

	// These belong to an assistant's message alone.
	RunID        string   `json:"runId,omitempty" doc:"The run that writes or wrote this answer."`
	Model        string   `json:"model,omitempty"`
	Steps        int      `json:"steps,omitempty" doc:"How often the model was called."`
	FinishReason string   `json:"finishReason,omitempty"`
	Usage        *Usage   `json:"usage,omitempty"`
	Cost         *Cost    `json:"cost,omitempty"`
	Failure      *Failure `json:"failure,omitempty"`
	// Notices are servers that could not be used in this turn.
	Notices []ServerNotice `json:"notices,omitempty" nullable:"false"`
	// Grounding says where the figures of the answer come from.
	Grounding []TextGrounding `json:"grounding,omitempty" nullable:"false" doc:"Where the figures of the answer come from; absent if it has none, or had neither rows nor tools."`

	CreatedAt time.Time  `json:"createdAt"`
	EndedAt   *time.Time `json:"endedAt,omitempty"`

	// Native holds the provider's own items, to be replayed verbatim to the
	// model that wrote them. It never leaves the server.
	Native []Native `json:"-"`
}

// Native is one output item exactly as a provider sent it.
type Native struct {
	Provider string          `json:"provider"`
	Model    string          `json:"model"`
	PartID   string          `json:"partId"` // the part or call that shows it; the provider's id if none does
	Raw      json.RawMessage `json:"raw"`
}

// Failure says why a run ended without an answer, or with half of one.
type Failure struct {
	Kind    Kind   `json:"kind"`
	Message string `json:"message" doc:"One sentence for the person who asked."`
	Trace   *Trace `json:"trace,omitempty" doc:"Where the failure can be looked up."`

	RetryAfter int64 `json:"retryAfter,omitempty" doc:"Seconds from the end on, before which another attempt is in vain, if that is known."`
}

// ServerNotice says that a chosen server could not be used in a turn, and why.
type ServerNotice struct {
	Server string       `json:"server"`
	Name   string       `json:"name"`
	Status ServerStatus `json:"status" enum:"ready,needs_connect,no_access,down"`
	Error  string       `json:"error,omitempty"`
}

// kind classifies the notice, as the failure of a call.
func (n ServerNotice) kind() Kind {
	switch n.Status {
	case ServerNeedsConnect:
		return KindUnauthenticated
	case ServerNoAccess:
		return KindForbidden
	default:
		return KindServerDown
	}
}

// failure returns the notice as the failure of a call.
func (n ServerNotice) failure() error {
	return &Error{Kind: n.kind(), Op: "call tool", Message: n.Name + " cannot be used: " + n.Error}
}

// calls returns the message's calls.
func (m Message) calls() []ToolPart {
	var calls []ToolPart
	for _, p := range m.Parts {
		if call, ok := p.(ToolPart); ok {
			calls = append(calls, call)
		}
	}
	return calls
}

// awaits reports whether calls wait for a person: for an approval, a token, or a
// connection.
func (m Message) awaits() bool { return slices.ContainsFunc(m.calls(), isAsked) }

func isAsked(p ToolPart) bool { return p.State == CallAsked || p.State == CallWaiting }

// CutOff reports whether m is an answer that ended before it was complete, so that it
// can be continued.
func (m Message) CutOff() bool {
	return m.Role == RoleAssistant && (m.Status == StatusFailed || m.Status == StatusStopped || m.FinishReason == "length")
}

// Text returns the message's text parts, joined by blank lines.
func (m Message) Text() string {
	var out []byte
	for _, p := range m.Parts {
		if t, ok := p.(TextPart); ok && t.Text != "" {
			if len(out) > 0 {
				out = append(out, "\n\n"...)
			}
			out = append(out, t.Text...)
		}
	}
	return string(out)
}

// indexed is how many bytes of an attachment a search looks at.
const indexed = 64 << 10

// Searchable returns the text by which a search finds the message: its words, and names and
// beginnings of what goes with it.
func (m Message) Searchable() string {
	text := m.Text()
	for _, a := range m.Attachments() {
		text += "\n\n" + a.Name + "\n\n" + headOf(a.Text, indexed)
	}
	return text
}

// Path returns the messages from the root of the tree to leaf, in order. It
// returns nil where leaf is not among messages or its line does not reach a root.
func Path(messages []Message, leaf string) []Message {
	byID := make(map[string]Message, len(messages))
	for _, m := range messages {
		byID[m.ID] = m
	}
	var reversed []Message
	for id := leaf; id != ""; {
		m, ok := byID[id]
		if !ok || len(reversed) > len(messages) {
			return nil
		}
		reversed = append(reversed, m)
		id = m.ParentID
	}
	path := make([]Message, 0, len(reversed))
	for i := len(reversed) - 1; i >= 0; i-- {
		path = append(path, reversed[i])
	}
	return path
}
