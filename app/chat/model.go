package chat

import (
	"context"
	"encoding/json"
	"io"
	"iter"
	"slices"
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
	// Hosted are the tools that the provider itself can run for this model.
	Hosted []HostedTool `json:"hosted,omitempty" enum:"web_search,code_interpreter" nullable:"false" doc:"Tools that the provider itself can run for this model."`
	// Scripted says that it is no language model: it gets all tools, and results as
	// they are.
	Scripted bool `json:"-"`
	// ContextTokens is how much the model can read at once; 0 if that is not known.
	ContextTokens int64 `json:"contextTokens,omitempty" doc:"How many tokens the model can read at once, if that is known."`
	// Price is what the model costs; nil if that is not known.
	Price *Price `json:"price,omitempty" doc:"What the model costs, if that is known."`
}

// HostedTool names a tool that a model's provider runs itself.
type HostedTool string

// The hosted tools.
const (
	WebSearch       HostedTool = "web_search"
	CodeInterpreter HostedTool = "code_interpreter"
)

// runs returns those of the tools that the model's provider can run for it: a person
// may change the model of a thread and leave a switch on.
func (m ModelInfo) runs(wanted []HostedTool) []HostedTool {
	return slices.DeleteFunc(slices.Clone(wanted), func(h HostedTool) bool { return !slices.Contains(m.Hosted, h) })
}

// Prompt is everything a model is told for one reply.
type Prompt struct {
	Model        string
	Instructions string
	// Path is the thread from its root to the answer being written, whose parts
	// so far come last. A call without a result is told as interrupted. If the
	// message before the answer is an answer too, it was cut off, and the model is
	// asked to go on where it ended.
	Path []Message
	// Tools are what the model may call and the engine runs.
	Tools []Tool
	// Hosted are the tools that the provider shall run, of those in ModelInfo.Hosted.
	Hosted []HostedTool
	// Remote are the MCP servers that the provider shall call itself.
	Remote []RemoteServer
	// MaxOutput is the most tokens that the reply may have; 0 is no limit.
	MaxOutput int64
	// User is a stable pseudonym of the person, for a provider's abuse reports.
	User string
}

// RemoteServer is an MCP server that the provider calls, and not the engine. Its
// token is sent with each request, and is in no item that is kept.
type RemoteServer struct {
	ID, Name string // as in ToolRef
	URL      string // of its MCP endpoint, reachable for the provider
	Token    Token
	Tools    []Tool   // those that the model may use
	Ask      []string // own names of the tools that wait for the person's approval
}

// Chunk is one piece of a reply. The set is sealed. Ids are unique in the reply,
// and ids of calls in the whole thread.
type Chunk interface{ chunk() }

// TextChunk adds to the text with that id.
type TextChunk struct {
	ID, Delta string
	Kind      TextKind // the same in all chunks of a text
}

// TextKind says what a text is. Empty means that it is the answer.
type TextKind string

// The kinds of text besides the answer.
const (
	Commentary TextKind = "commentary" // what the model says while it works
	Refusal    TextKind = "refusal"    // the model declines to answer
)

// SourceChunk names a page on which the text with that id rests. Start and End are
// where in that text, in UTF-16 code units as JavaScript counts; both 0 if that is
// not known.
type SourceChunk struct {
	TextID     string
	URL, Title string
	Start, End int
}

// ReasoningChunk adds to the reasoning summary with that id.
type ReasoningChunk struct{ ID, Delta string }

// CallStarted says that a call of the tool Name begins to arrive.
type CallStarted struct{ CallID, Name string }

// CallDelta adds to the arguments of a started call.
type CallDelta struct{ CallID, Delta string }

// CallReady is a complete call. Arguments is the text the model wrote, which may
// turn out not to be JSON. CallStarted need not have come before.
type CallReady struct{ CallID, Name, Arguments string }

// HostedCall is a complete call that the provider carries out itself: of a hosted
// tool, whose ToolRef has no server, or of a tool of a remote server. CallStarted
// need not have come before; CallDelta may.
type HostedCall struct {
	CallID    string
	Tool      ToolRef
	Arguments string
}

// HostedResult is what came of a HostedCall. With a Failure there is no Result.
type HostedResult struct {
	CallID  string
	Result  ToolResult
	Failure string // one sentence
	Kind    Kind   // of the failure, if that is known
}

// HostedApproval says that the provider waits for the person's approval before it
// carries out a call of a remote server. The answer is in the part of that call
// when the provider is asked again (see ToolPart.Approval).
type HostedApproval struct {
	CallID    string
	Tool      ToolRef
	Arguments string
}

// RemoteFailed says that the provider could not read the tools of a remote server.
type RemoteFailed struct {
	Server string // its id
	Reason string // one sentence
}

// FileChunk is a file that a hosted tool made. Open is called at once or never, since
// providers delete such files after minutes.
type FileChunk struct {
	CallID    string
	Name      string
	MediaType string
	Open      func(ctx context.Context) (io.ReadCloser, error)
}

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
func (SourceChunk) chunk()    {}
func (HostedCall) chunk()     {}
func (HostedResult) chunk()   {}
func (HostedApproval) chunk() {}
func (RemoteFailed) chunk()   {}
func (FileChunk) chunk()      {}
func (ItemDone) chunk()       {}
func (ReplyDone) chunk()      {}
