//go:build conformance

//lint:file-ignore SA1019 the suite tests logging too, which MCP has deprecated.

package northwind

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// fixtureOptions announces what production leaves out and the suite asks for: logging, lists that change, and
// subscriptions. All else is as in production.
func fixtureOptions(opts *mcp.ServerOptions) *mcp.ServerOptions {
	opts.Capabilities = &mcp.ServerCapabilities{
		Logging:   &mcp.LoggingCapabilities{},
		Tools:     &mcp.ToolCapabilities{ListChanged: true},
		Resources: &mcp.ResourceCapabilities{ListChanged: true, Subscribe: true},
		Prompts:   &mcp.PromptCapabilities{ListChanged: true},
	}
	opts.SubscribeHandler = func(context.Context, *mcp.SubscribeRequest) error { return nil }
	opts.UnsubscribeHandler = func(context.Context, *mcp.UnsubscribeRequest) error { return nil }
	return opts
}

// logs says whether the capability of logging is announced.
const logs = true

// addFixtures adds the tools, resources and prompts that the suite calls by name to those of production.
func addFixtures(server *mcp.Server) {
	addContentFixtures(server)
	addCallFixtures(server)
	addAskFixtures(server)
	addRoundFixtures(server, newSeal())
	addResourceFixtures(server)
	addPromptFixtures(server)
}

// fixtureText describes every fixture.
const fixtureText = "A fixture of the conformance suite."

// sessionTime is how long a session without requests lives.
const sessionTime = time.Minute

// transports serves the same server at three paths: as production does at /mcp; with answers that are event streams at
// /stream, for notifications within a call; and with sessions as well at /session, for requests of the server to the
// client, which revisions up to 2025-11-25 have.
func transports(production *mcp.StreamableHTTPOptions) map[string]*mcp.StreamableHTTPOptions {
	stream := *production
	stream.JSONResponse = false
	session := stream
	session.Stateless = false
	session.SessionTimeout = sessionTime
	session.EventStore = mcp.NewMemoryEventStore(nil)
	return map[string]*mcp.StreamableHTTPOptions{"/mcp": production, "/stream": &stream, "/session": &session}
}

// fixture adds one tool of the suite. Its schema takes any arguments if it is empty.
func fixture(server *mcp.Server, name, schema string, run mcp.ToolHandler) {
	server.AddTool(&mcp.Tool{
		Name:        name,
		Description: fixtureText,
		InputSchema: json.RawMessage(cmp.Or(schema, `{"type":"object"}`)),
	}, run)
}

// say is a result of one text.
func say(format string, args ...any) *mcp.CallToolResult {
	return &mcp.CallToolResult{Content: []mcp.Content{&mcp.TextContent{Text: fmt.Sprintf(format, args...)}}}
}
