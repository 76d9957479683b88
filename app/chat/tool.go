package chat

import (
	"context"
	"encoding/json"
	"time"
)

// Toolbox knows the MCP servers that a caller may use.
type Toolbox interface {
	// Servers tells each server's status, found out by listing its tools with the
	// caller's own token. With fresh set it asks anew, else it may remember.
	Servers(ctx context.Context, c Caller, fresh bool) ([]Server, error)

	// Open connects to the servers with these ids, or to all where ids is nil. One
	// bad server is no error: it is told by Tools.Unavailable.
	Open(ctx context.Context, c Caller, ids []string) (Tools, error)
}

// Tools is a set of opened tools, for one run. It is safe for concurrent use.
type Tools interface {
	// List returns the tools in a stable order.
	List() []Tool
	// Call runs the tool with that name (see Tool.Name). A failing tool is a result
	// with IsError; an error means that the server could not be asked, or that ctx
	// ended, which cancels the call on the server.
	Call(ctx context.Context, name string, arguments json.RawMessage) (ToolResult, error)
	// Unavailable tells the chosen servers that could not be opened.
	Unavailable() []ServerNotice
	// Close hangs up.
	Close() error
}

// Tool is one tool of one server.
type Tool struct {
	ToolRef
	Description string
	Schema      json.RawMessage // JSON Schema of the arguments, an object
	ReadOnly    bool            // the server says that it changes nothing
}

// ToolResult is what a tool gave back.
type ToolResult struct {
	Text       string          `json:"text" doc:"The result as text, as the model reads it."`
	Structured json.RawMessage `json:"structured,omitempty" doc:"The result as data, if the tool gave any."`
	IsError    bool            `json:"isError" doc:"The tool itself says that it failed."`
	RowCount   *int            `json:"rowCount,omitempty" doc:"Number of rows, for a result that is a table."`
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
	Status      ServerStatus
	Tools       []Tool
	CheckedAt   time.Time
	Error       string // why it is not ready, in one sentence
}
