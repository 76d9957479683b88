package toolbox_test

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/toolbox"
)

// desk is an MCP server for tests.
type desk struct {
	*mcp.Server
	lists    atomic.Int64  // how often the tools were listed
	sessions atomic.Int64  // how often somebody connected
	began    chan struct{} // gets one value as "wait" begins
	ended    chan error    // gets why the context of "wait" ended
	over     chan struct{} // closed when "wait" shall end in any case
}

const object = `{"type":"object"}`

func newDesk() *desk {
	d := &desk{
		Server: mcp.NewServer(&mcp.Implementation{Name: "desk", Version: "1"}, nil),
		began:  make(chan struct{}, 9), ended: make(chan error, 9), over: make(chan struct{}),
	}
	d.AddReceivingMiddleware(func(next mcp.MethodHandler) mcp.MethodHandler {
		return func(ctx context.Context, method string, req mcp.Request) (mcp.Result, error) {
			switch method {
			case "tools/list":
				d.lists.Add(1)
			case "server/discover", "initialize":
				d.sessions.Add(1)
			}
			return next(ctx, method, req)
		}
	})
	d.add("echo", func(_ context.Context, arguments string) (*mcp.CallToolResult, error) { return said(arguments), nil })
	d.add("fail", func(context.Context, string) (*mcp.CallToolResult, error) {
		res := said("no such table: Orderz")
		res.IsError = true
		return res, nil
	})
	d.add("refuse", func(context.Context, string) (*mcp.CallToolResult, error) {
		return nil, &jsonrpc.Error{Code: jsonrpc.CodeInvalidParams, Message: "sql is missing"}
	})
	d.add("deny", func(context.Context, string) (*mcp.CallToolResult, error) {
		return nil, &jsonrpc.Error{
			Code: jsonrpc.CodeInvalidParams, Message: "access denied", Data: json.RawMessage(`{"request_id":"RID-7"}`),
		}
	})
	d.add("rows", func(context.Context, string) (*mcp.CallToolResult, error) {
		res := said("2 rows")
		res.StructuredContent = json.RawMessage(`{"columns":["n"],"rows":[[1],[2]]}`)
		return res, nil
	})
	d.add("huge", func(context.Context, string) (*mcp.CallToolResult, error) {
		return said(strings.Repeat("ö", 5000)), nil
	})
	d.add("wait", func(ctx context.Context, _ string) (*mcp.CallToolResult, error) {
		d.began <- struct{}{}
		select {
		case <-ctx.Done():
			d.ended <- ctx.Err()
			return nil, ctx.Err()
		case <-d.over:
			return said("It is over."), nil
		}
	})
	return d
}

func (d *desk) add(name string, do func(ctx context.Context, arguments string) (*mcp.CallToolResult, error)) {
	tool := &mcp.Tool{
		Name: name, Description: "A tool.", InputSchema: json.RawMessage(object),
		Annotations: &mcp.ToolAnnotations{Title: strings.ToUpper(name), ReadOnlyHint: name == "echo"},
	}
	d.AddTool(tool, func(ctx context.Context, req *mcp.CallToolRequest) (*mcp.CallToolResult, error) {
		return do(ctx, string(req.Params.Arguments))
	})
}

func said(text string) *mcp.CallToolResult {
	return &mcp.CallToolResult{Content: []mcp.Content{&mcp.TextContent{Text: text}}}
}

// tool is what the toolbox has to make of a tool of newDesk.
func tool(server, name string) chat.Tool {
	return chat.Tool{
		ToolRef: chat.ToolRef{
			Name: server + "__" + name, Server: server, ServerName: strings.ToUpper(server),
			Tool: name, Title: strings.ToUpper(name),
		},
		Description: "A tool.", Schema: json.RawMessage(object), ReadOnly: name == "echo",
	}
}

// whoseWord passes over whose word a tool is, which depends on how its server is reached.
var whoseWord = cmpopts.IgnoreFields(chat.Tool{}, "ServerURL", "Trusted")

func deskTools(server string) []chat.Tool {
	var out []chat.Tool
	for _, name := range []string{"deny", "echo", "fail", "huge", "refuse", "rows", "wait"} {
		out = append(out, tool(server, name))
	}
	return out
}

// serve serves the desk over HTTP: with sessions, as up to 2025-11-25, or without.
func (d *desk) serve(t *testing.T, stateless bool) *httptest.Server {
	t.Helper()
	h := mcp.NewStreamableHTTPHandler(func(*http.Request) *mcp.Server { return d.Server },
		&mcp.StreamableHTTPOptions{Stateless: stateless, PropagateRequestCancellation: true})
	srv := serve(t, h)
	t.Cleanup(func() { close(d.over) })
	return srv
}

func serve(t *testing.T, h http.Handler) *httptest.Server {
	t.Helper()
	srv := httptest.NewServer(h)
	t.Cleanup(func() {
		srv.CloseClientConnections()
		srv.Close()
	})
	return srv
}

func builtin(id string, d *desk) toolbox.Builtin {
	return toolbox.Builtin{ID: id, Name: strings.ToUpper(id), Description: "Inside.", Server: d.Server}
}

func remote(id, url string) toolbox.Remote {
	return toolbox.Remote{ID: id, Name: strings.ToUpper(id), URL: url}
}

// newBox returns a toolbox that ends with the test and leaves no goroutine behind.
func newBox(t *testing.T, cfg toolbox.Config) *toolbox.Toolbox {
	t.Helper()
	cfg.Version, cfg.Log = "1.2.3", slog.New(slog.DiscardHandler)
	box, err := toolbox.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := box.Close(); err != nil {
			t.Error(err)
		}
	})
	return box
}

// watchLeaks fails the test if goroutines of the toolbox or the SDK survive it.
// Call it first, so that it looks last.
func watchLeaks(t *testing.T) {
	t.Helper()
	t.Cleanup(func() {
		var left []string
		for range 100 {
			if left = survivors(); len(left) == 0 {
				return
			}
			time.Sleep(20 * time.Millisecond)
		}
		t.Errorf("%d goroutines are left:\n%s", len(left), strings.Join(left, "\n\n"))
	})
}

func survivors() []string {
	buf := make([]byte, 1<<20)
	var left []string
	for g := range strings.SplitSeq(string(buf[:runtime.Stack(buf, true)]), "\n\n") {
		ours := strings.Contains(g, "pomchat/app/toolbox.") || strings.Contains(g, "go-sdk") || strings.Contains(g, "persistConn")
		if ours && !strings.Contains(g, "testing.tRunner") {
			left = append(left, g)
		}
	}
	return left
}

var ann = chat.Caller{Identity: chat.Identity{Subject: "ann"}}

// statuses returns what the toolbox tells, without the times, which it checks.
func statuses(t *testing.T, box *toolbox.Toolbox, fresh bool) []chat.Server {
	t.Helper()
	began := time.Now()
	servers, err := box.Servers(t.Context(), ann, fresh)
	if err != nil {
		t.Fatal(err)
	}
	for i, s := range servers {
		if fresh && s.CheckedAt.Before(began) || s.CheckedAt.After(time.Now()) {
			t.Errorf("%s was checked at %s, asked at %s", s.ID, s.CheckedAt, began)
		}
		if ready := s.Status == chat.ServerReady; ready != s.Since.IsZero() || s.Since.After(s.CheckedAt) {
			t.Errorf("%s is %s since %s, checked at %s", s.ID, s.Status, s.Since, s.CheckedAt)
		}
		servers[i].CheckedAt, servers[i].Since = time.Time{}, time.Time{}
	}
	return servers
}

func open(t *testing.T, box *toolbox.Toolbox, ids ...string) chat.Tools {
	t.Helper()
	tools, err := box.Open(t.Context(), ann, ids)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := tools.Close(); err != nil {
			t.Error(err)
		}
	})
	return tools
}

func call(t *testing.T, tools chat.Tools, name string) (chat.ToolResult, error) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	return tools.Call(ctx, name, json.RawMessage(`{"n":1}`), chat.Nobody{})
}

func mustCall(t *testing.T, tools chat.Tools, name string) chat.ToolResult {
	t.Helper()
	res, err := call(t, tools, name)
	if err != nil {
		t.Fatalf("call %s: %v", name, err)
	}
	return res
}

func names(tools []chat.Tool) string {
	var out []string
	for _, t := range tools {
		out = append(out, t.Name)
	}
	return fmt.Sprint(out)
}
