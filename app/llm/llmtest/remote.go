package llmtest

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

const remoteTimeout = 20 * time.Second

// remote is an MCP server of a request. The fake really calls it.
type remote struct {
	tool
	session *mcp.ClientSession
	names   []string // of the tools that may be called
	status  atomic.Int64
}

// bearer adds a token to each request, and notes the newest status that is an error.
type bearer struct {
	token  string
	status *atomic.Int64
}

func (b bearer) RoundTrip(r *http.Request) (*http.Response, error) {
	if b.token != "" {
		r = r.Clone(r.Context())
		r.Header.Set("Authorization", "Bearer "+b.token)
	}
	resp, err := http.DefaultTransport.RoundTrip(r)
	if err == nil && resp.StatusCode >= 400 {
		b.status.Store(int64(resp.StatusCode))
	}
	return resp, err
}

// connect opens a session with the server, unless there is one.
func (r *remote) connect(ctx context.Context) error {
	if r.session != nil {
		return nil
	}
	client := mcp.NewClient(&mcp.Implementation{Name: "llmtest", Version: "1"}, nil)
	session, err := client.Connect(ctx, &mcp.StreamableClientTransport{
		Endpoint: r.URL, HTTPClient: &http.Client{Transport: bearer{token: r.Authorization, status: &r.status}}, DisableStandaloneSSE: true, MaxRetries: -1,
	}, nil)
	if err != nil {
		return err
	}
	r.session = session
	return nil
}

// failure is what an item says of an error in dealing with the server.
func (r *remote) failure(err error) map[string]any {
	if status := r.status.Load(); status != 0 {
		return map[string]any{"type": "http_error", "code": status, "message": http.StatusText(int(status))}
	}
	return map[string]any{"type": "mcp_protocol_error", "code": -32603, "message": strings.ReplaceAll(err.Error(), r.URL, "the server")}
}

// listRemotes begins the answer with the tools of each server whose list is not in
// the input. A list that cannot be read is the end of the response, as at OpenAI.
func (x *exchange) listRemotes() {
	for _, t := range x.p.Tools {
		if t.Type != "mcp" {
			continue
		}
		r := &remote{tool: t}
		x.remotes = append(x.remotes, r)
		if known := x.listedBefore(t.Label); known != nil {
			r.names = known
			continue
		}
		if !x.list(r) {
			return
		}
	}
}

func (x *exchange) listedBefore(label string) []string {
	for _, it := range x.p.items {
		if it.Type == "mcp_list_tools" && it.Label == label {
			return namesIn(it.raw)
		}
	}
	return nil
}

func (x *exchange) list(r *remote) bool {
	ctx, cancel := context.WithTimeout(x.r.Context(), remoteTimeout)
	defer cancel()
	s := x.stream
	id := s.id("mcpl")
	item := func(tools []any, problem any) map[string]any {
		return map[string]any{"id": id, "type": "mcp_list_tools", "server_label": r.Label, "tools": tools, "error": problem}
	}
	of := s.open(item([]any{}, nil))
	s.event("response.mcp_list_tools.in_progress", of(map[string]any{}))
	tools, err := r.list(ctx)
	if err != nil {
		s.event("response.mcp_list_tools.failed", of(map[string]any{}))
		s.done(item([]any{}, r.failure(err)))
		if !strings.HasPrefix(x.p.question(), "fake:lenient") {
			s.end("failed", map[string]any{"error": map[string]any{
				"code": "server_error", "message": fmt.Sprintf("Error retrieving tool list from MCP server: '%s'. Http status code: 424 (Failed Dependency)", r.Label),
			}})
			return false
		}
		return true
	}
	s.event("response.mcp_list_tools.completed", of(map[string]any{}))
	s.done(item(tools, nil))
	return true
}

func (r *remote) list(ctx context.Context) ([]any, error) {
	if err := r.connect(ctx); err != nil {
		return nil, err
	}
	tools := []any{}
	for t, err := range r.session.Tools(ctx, nil) {
		if err != nil {
			return nil, err
		}
		if r.Allowed == nil || slices.Contains(r.Allowed, t.Name) {
			r.names = append(r.names, t.Name)
			tools = append(tools, map[string]any{"name": t.Name, "description": t.Description, "input_schema": t.InputSchema, "annotations": nil})
		}
	}
	return tools, nil
}

// remoteTool returns the first tool of a server whose name ends in suffix.
func (x *exchange) remoteTool(suffix string) (*remote, string) {
	for _, r := range x.remotes {
		for _, name := range r.names {
			if strings.HasSuffix(name, suffix) {
				return r, name
			}
		}
	}
	return nil, ""
}

// use calls a tool, or asks whether it may: then there is no result.
func (r *remote) use(x *exchange, name, arguments string) []string {
	if !r.asks(name) {
		return []string{r.call(x, name, arguments, "")}
	}
	item := map[string]any{"id": x.stream.id("mcpr"), "type": "mcp_approval_request", "server_label": r.Label, "name": name, "arguments": arguments}
	x.stream.open(item)
	x.stream.done(item)
	return nil
}

// call makes a call and returns what came of it.
func (r *remote) call(x *exchange, name, arguments, approval string) string {
	s := x.stream
	id := s.id("mcp")
	item := func(status, arguments string, output, problem any) map[string]any {
		it := map[string]any{
			"id": id, "type": "mcp_call", "server_label": r.Label, "name": name, "arguments": arguments, "status": status,
			"output": output, "error": problem, "approval_request_id": nil,
		}
		if approval != "" {
			it["approval_request_id"] = approval
		}
		return it
	}
	of := s.open(item("in_progress", "", nil, nil))
	s.event("response.mcp_call.in_progress", of(map[string]any{}))
	for _, delta := range pieces(arguments) {
		s.event("response.mcp_call_arguments.delta", of(map[string]any{"delta": delta}))
	}
	s.event("response.mcp_call_arguments.done", of(map[string]any{"arguments": arguments}))
	output, problem := r.ask(x.r.Context(), name, arguments)
	if problem != nil {
		s.event("response.mcp_call.failed", of(map[string]any{}))
		s.done(item("failed", arguments, nil, problem))
		return "The call failed."
	}
	s.event("response.mcp_call.completed", of(map[string]any{}))
	s.done(item("completed", arguments, output, nil))
	return output
}

func (r *remote) ask(ctx context.Context, name, arguments string) (output string, problem map[string]any) {
	ctx, cancel := context.WithTimeout(ctx, remoteTimeout)
	defer cancel()
	if err := r.connect(ctx); err != nil {
		return "", r.failure(err)
	}
	result, err := r.session.CallTool(ctx, &mcp.CallToolParams{Name: name, Arguments: rawObject(arguments)})
	if err != nil {
		return "", r.failure(err)
	}
	var texts []string
	for _, c := range result.Content {
		if t, ok := c.(*mcp.TextContent); ok {
			texts = append(texts, t.Text)
		}
	}
	if result.IsError {
		return "", map[string]any{"type": "mcp_tool_execution_error", "content": []any{map[string]any{"type": "text", "text": strings.Join(texts, "\n")}}}
	}
	return strings.Join(texts, "\n"), nil
}

// resume makes the calls that have been approved since the last question and are
// not made yet, and returns what came of all that were decided.
func (x *exchange) resume() []string {
	items := x.p.items[x.p.lastUser()+1:]
	made, asked := map[string]bool{}, map[string]inputItem{}
	var out []string
	for _, it := range items {
		switch it.Type {
		case "mcp_call":
			made[it.Approval] = true
		case "mcp_approval_request":
			asked[it.ID] = it
		}
	}
	for _, it := range items {
		request, ok := asked[it.Approval]
		if it.Type != "mcp_approval_response" || !ok || made[it.Approval] {
			continue
		}
		if !it.Approve {
			out = append(out, request.Name+" was not allowed.")
			continue
		}
		for _, r := range x.remotes {
			if r.Label == request.Label {
				out = append(out, r.call(x, request.Name, request.Arguments, request.ID))
			}
		}
	}
	return out
}

func (x *exchange) closeRemotes() {
	for _, r := range x.remotes {
		if r.session != nil {
			_ = r.session.Close()
		}
	}
}
