package chat

import (
	"context"
	"encoding/json"
	"errors"
	"time"
)

// Toolbox knows the MCP servers that a caller may use.
type Toolbox interface {
	// Servers tells each server's status, found out by listing its tools with the
	// caller's own token. With fresh set it asks anew, else it may remember, and does not
	// wait for slow ones: see Server.CheckedAt.
	Servers(ctx context.Context, c Caller, fresh bool) ([]Server, error)

	// Server asks one server anew. KindNotFound says that the caller has no such server.
	Server(ctx context.Context, c Caller, id string) (Server, error)

	// Open connects to the servers with these ids, or to all where ids is nil. One
	// bad server is no error: it is told by Tools.Unavailable.
	Open(ctx context.Context, c Caller, ids []string) (Tools, error)
}

// Tools is a set of opened tools, for one run. It is safe for concurrent use.
type Tools interface {
	// List returns the tools in a stable order.
	List() []Tool
	// Call runs the tool with that name (see Tool.Name), and tells w what happens
	// meanwhile. A failing tool is a result with IsError; an error means that the
	// server could not be asked, or that ctx ended, which cancels the call on the
	// server.
	Call(ctx context.Context, name string, arguments json.RawMessage, w Watcher) (ToolResult, error)
	// Remote tells the chosen servers that the model's provider calls itself, with the
	// caller's token and the tools that they have. Their tools are not in List.
	Remote() []RemoteServer
	// Unavailable tells the chosen servers that could not be opened.
	Unavailable() []ServerNotice
	// Renew makes whatever is sent from now on carry the caller's new token, calls that
	// are going on included. Another subject's token counts for nothing, nor does none,
	// nor one that came before the one in use.
	Renew(c Caller)
	// Close hangs up.
	Close() error
}

// Watcher is told what a server says about a call that is going on. Its methods may
// be called side by side, and not after the call has returned.
type Watcher interface {
	// Progress tells how far the call has come.
	Progress(ToolProgress)
	// Log passes on what the server logs.
	Log(ToolLog)
	// Elicit asks the person something on the server's behalf, and waits for the
	// answer as long as ctx lasts. What was filled in is as the form wants it. If ctx
	// ends by ErrVisited, the answer is "accept"; else an error means that nobody answers.
	Elicit(ctx context.Context, e Elicitation) (ElicitationAnswer, error)
}

// ErrVisited ends the context of an elicitation: the server knows by itself that the
// person has visited its page.
var ErrVisited = errors.New("the server says that the visit is complete")

// ToolProgress is how far a call has come, as its server says.
type ToolProgress struct {
	Done    float64 `json:"done" doc:"How much is done, in the server's own unit."`
	Total   float64 `json:"total,omitempty" doc:"How much there is to do; 0 if that is not known."`
	Message string  `json:"message,omitempty"`
}

// ToolLog is one line of a server's log.
type ToolLog struct {
	Level string `json:"level" enum:"debug,info,notice,warning,error,critical,alert,emergency"`
	Text  string `json:"text"`
}

// Elicitation is what a server wants to know from the person: a form, or a visit to
// a page of its own.
//
// Source: https://modelcontextprotocol.io/specification/2025-11-25/client/elicitation
type Elicitation struct {
	Message string          `json:"message"`
	Schema  json.RawMessage `json:"schema,omitempty" doc:"JSON Schema of a flat object: the form. Absent for a visit to URL."`
	URL     string          `json:"url,omitempty" doc:"The page to visit, http or https."`
	Lasts   bool            `json:"lasts,omitempty" doc:"The server waits for nothing meanwhile: with the answer, the call is made again. So the question outlives a restart."`
}

// ElicitationAnswer is what the person said.
type ElicitationAnswer struct {
	Action  string          `json:"action" enum:"accept,decline,cancel"`
	Content json.RawMessage `json:"content,omitempty" doc:"The filled-in form, an object, if it was accepted."`
}

// Tool is one tool of one server.
type Tool struct {
	ToolRef
	Description string
	Schema      json.RawMessage // JSON Schema of the arguments, an object
	ServerURL   string          // empty for a server inside this process
	Seal        string          // stands for what ServerURL leaves out of the server's address, if it does
	ReadOnly    bool            // the server says that it changes nothing
	AddsOnly    bool            // the server says that it destroys nothing
	Trusted     bool            // the administrator believes what the server says of its tools
}

// ToolResult is what a tool gave back.
type ToolResult struct {
	Text       string          `json:"text" doc:"The result as text, as the model reads it."`
	Structured json.RawMessage `json:"structured,omitempty" doc:"The result as data, if the tool gave any."`
	IsError    bool            `json:"isError" doc:"The tool itself says that it failed."`
	RowCount   *int            `json:"rowCount,omitempty" doc:"Number of rows of the whole result, as far as the tool says, for one that is a table."`
	ResultID   string          `json:"resultId,omitempty" doc:"Where the whole result is kept; see /api/results."`
	Truncated  bool            `json:"truncated,omitempty" doc:"This is only the beginning; the whole result is kept."`
}

// ServerStatus is the outcome of listing a server's tools.
type ServerStatus string

// The statuses of a server.
const (
	ServerReady        ServerStatus = "ready"
	ServerNeedsConnect ServerStatus = "needs_connect"
	ServerNoAccess     ServerStatus = "no_access"
	ServerDown         ServerStatus = "down"
)

// Server is an MCP server as one caller sees it.
type Server struct {
	ID          string
	Name        string
	Description string
	URL         string // empty for the one inside this process
	Logo        string // URL of its picture, which only the server may fetch
	Connected   bool   // the gateway keeps an upstream token for the caller; a hint
	NeedsOAuth  bool   // the gateway says that it wants one; a hint
	Status      ServerStatus
	Tools       []Tool
	Changes     *ToolChanges // nil if the tools are as they were first seen
	CheckedAt   time.Time    // zero while it is being asked for the first time
	Error       string       // why it is not ready, in one sentence
	Since       time.Time    // since when it has been in its status, as far as that was seen; zero while it is ready
	Trace       *Trace       // where the reason can be looked up; nil where nothing can
	Remote      bool         // the model's provider calls it, and not the engine
	Trusted     bool         // see Tool.Trusted
	Prompts     bool         // it offers prompts
}

// ToolChanges is how a server's tools differ from those that this caller saw before
// the newest change. The names are the tools' own.
type ToolChanges struct {
	Added   []string  `json:"added" nullable:"false"`
	Removed []string  `json:"removed" nullable:"false"`
	Changed []string  `json:"changed" nullable:"false" doc:"Tools whose description, arguments or promises are others than before."`
	At      time.Time `json:"at"`
}

// Tokens returns what the tool's definition costs in each request to a model, about:
// at four characters to a token.
func (t Tool) Tokens() int { return (len(t.Name) + len(t.Description) + len(t.Schema) + 3) / 4 }
