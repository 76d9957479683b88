package northwind

import (
	"context"
	"encoding/json"
	"time"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// tool is one tool: how it is listed, and what it does with arguments of type In. A failed run is told to the model
// as a tool error, never as an error of the protocol.
type tool[In any] struct {
	name, title, description string
	input, output            string // JSON Schemas, 2020-12
	run                      func(context.Context, In) (reply, error)
	lasts                    bool // the same arguments have the same reply for ever, for everybody
	writes                   bool // the tool is announced as one that changes data
}

// reply is the result of a tool: text for the model, and the same as JSON by the output schema, already encoded.
type reply struct {
	text       string
	structured json.RawMessage
	rows       int
	cached     bool // it was made for an earlier call
	lasts      bool // every later call will have the same
}

// toolset is where tools are added.
type toolset struct {
	server *mcp.Server
	rights Rights
	audit  audit
}

// add registers a tool, unless the rights leave it out. Results go out as they were encoded: that they keep to the
// output schema is proved by the tests instead of at each call, which would cost more than the query.
func add[In any](set toolset, t tool[In]) {
	if !set.rights.offers(t.name) {
		return
	}
	no := false
	set.server.AddTool(&mcp.Tool{
		Name:         t.name,
		Title:        t.title,
		Description:  t.description,
		InputSchema:  json.RawMessage(t.input),
		OutputSchema: json.RawMessage(t.output),
		Annotations: &mcp.ToolAnnotations{
			ReadOnlyHint:    !t.writes,
			IdempotentHint:  !t.writes,
			DestructiveHint: &t.writes,
			OpenWorldHint:   &no,
		},
	}, func(ctx context.Context, req *mcp.CallToolRequest) (*mcp.CallToolResult, error) {
		start := time.Now()
		in, err := arguments[In](t.name, req.Params.Arguments)
		var r reply
		if err == nil {
			r, err = t.run(ctx, in)
		}
		result := &mcp.CallToolResult{Content: []mcp.Content{&mcp.TextContent{Text: r.text}}, StructuredContent: r.structured}
		ended := done
		if err != nil {
			ended = ending(KindOf(err))
			result = &mcp.CallToolResult{Content: []mcp.Content{&mcp.TextContent{Text: err.Error()}}, IsError: true}
		}
		u := use{
			event: toolCalled, name: t.name, arguments: req.Params.Arguments,
			outcome: ended, rows: r.rows, bytes: len(r.text) + len(r.structured),
			took: time.Since(start), cached: r.cached,
		}
		set.audit.write(ctx, u)
		if err == nil && (t.lasts || r.lasts) {
			lasting(ctx, u)
		}
		return result, nil
	})
}
