package chat

import (
	"context"
	"encoding/json"
	"iter"
)

// Provider offers models and streams their replies.
type Provider interface {
	// Models lists what can be used now, the provider's preferred model first.
	Models(ctx context.Context) ([]ModelInfo, error)

	// Reply streams one reply of the model p.Model: chunks, of which the last is
	// a ReplyDone, or else an error, after which the sequence ends. The error is
	// an *Error whose message may be shown. Leaving the loop, or the end of ctx,
	// cancels the work upstream.
	Reply(ctx context.Context, p Prompt) iter.Seq2[Chunk, error]
}

// ModelInfo describes a model to people.
type ModelInfo struct {
	ID       string `json:"id"`
	Label    string `json:"label"`
	Provider string `json:"provider"`
	Default  bool   `json:"default"`
	Note     string `json:"note,omitempty" doc:"What one should know before choosing it."`
}

// Prompt is everything a model is told for one reply.
type Prompt struct {
	Model        string
	Instructions string
	// Path is the thread from its root to the answer being written, whose parts
	// so far come last. A call without a result is told as interrupted.
	Path []Message
	// Tools are what the model may call.
	Tools []Tool
	// User is a stable pseudonym of the person, for a provider's abuse reports.
	User string
}

// Chunk is one piece of a reply. The set is sealed. Ids are unique in the reply,
// and ids of calls in the whole thread.
type Chunk interface{ chunk() }

// TextChunk adds to the text with that id.
type TextChunk struct{ ID, Delta string }

// ReasoningChunk adds to the reasoning summary with that id.
type ReasoningChunk struct{ ID, Delta string }

// CallStarted says that a call of the tool Name begins to arrive.
type CallStarted struct{ CallID, Name string }

// CallDelta adds to the arguments of a started call.
type CallDelta struct{ CallID, Delta string }

// CallReady is a complete call. Arguments is the text the model wrote, which may
// turn out not to be JSON. CallStarted need not have come before.
type CallReady struct{ CallID, Name, Arguments string }

// ItemDone hands over a finished output item as the provider sent it. PartID is
// the id of the text or reasoning, or the call id.
type ItemDone struct {
	PartID string
	Raw    json.RawMessage
}

// ReplyDone ends a reply. Reason is "stop", "length", "content-filter",
// "tool-calls" or "other".
type ReplyDone struct {
	Reason string
	Usage  *Usage // nil where the provider does not say
}

func (TextChunk) chunk()      {}
func (ReasoningChunk) chunk() {}
func (CallStarted) chunk()    {}
func (CallDelta) chunk()      {}
func (CallReady) chunk()      {}
func (ItemDone) chunk()       {}
func (ReplyDone) chunk()      {}
