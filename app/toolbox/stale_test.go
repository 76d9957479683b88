package toolbox_test

import (
	"context"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/pomerium/pomchat/app/toolbox"
)

// What a call did may be to the tools, of which the notice comes when the run is over.
// The next run has the new ones all the same.
func TestAToolThatChangesTheToolsIsBelieved(t *testing.T) {
	for _, tt := range []struct {
		name, tool string
		want       bool
	}{{"one that writes", "x__grow", true}, {"one that only reads", "x__echo", false}} {
		t.Run(tt.name, func(t *testing.T) {
			watchLeaks(t)
			d := newDesk()
			grow := func() { d.add("grown", nil) }
			d.add("grow", func(context.Context, string) (*mcp.CallToolResult, error) { return said("ok"), nil })
			box := newBox(t, toolbox.Config{Remote: []toolbox.Remote{remote("x", d.serve(t, false).URL)}})
			run := open(t, box)
			mustCall(t, run, tt.tool)
			if err := run.Close(); err != nil {
				t.Fatal(err)
			}
			grow() // nobody listens any more
			if got := strings.Contains(names(open(t, box).List()), "x__grown"); got != tt.want {
				t.Errorf("the next run has the new tool: %t", got)
			}
		})
	}
}

// A server that does not know a tool, or not these arguments, is listed anew, and the
// model is told.
func TestARefusalThatMeansOtherToolsListsThemAnew(t *testing.T) {
	for _, tt := range []struct {
		name  string
		do    func() (*mcp.CallToolResult, error)
		fresh bool
	}{
		{"invalid params", func() (*mcp.CallToolResult, error) {
			return nil, &jsonrpc.Error{Code: jsonrpc.CodeInvalidParams, Message: "unknown argument"}
		}, true},
		{"a tool that is not known", func() (*mcp.CallToolResult, error) {
			return nil, &jsonrpc.Error{Code: jsonrpc.CodeInternalError, Message: `Unknown tool: "count"`}
		}, true},
		{"the same as a result", func() (*mcp.CallToolResult, error) {
			return &mcp.CallToolResult{IsError: true, Content: []mcp.Content{&mcp.TextContent{Text: "MCP error -32602: Tool count not found"}}}, nil
		}, true},
		{"a mistake of its own", func() (*mcp.CallToolResult, error) {
			return nil, &jsonrpc.Error{Code: jsonrpc.CodeInternalError, Message: "the cellar is flooded"}
		}, false},
		{"a failure of the tool", func() (*mcp.CallToolResult, error) {
			return &mcp.CallToolResult{IsError: true, Content: []mcp.Content{&mcp.TextContent{Text: "no such table"}}}, nil
		}, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				d := newDesk()
				d.AddReceivingMiddleware(func(next mcp.MethodHandler) mcp.MethodHandler {
					return func(ctx context.Context, method string, req mcp.Request) (mcp.Result, error) {
						if method == "tools/call" {
							return tt.do()
						}
						return next(ctx, method, req)
					}
				})
				box := newBox(t, toolbox.Config{Builtin: []toolbox.Builtin{builtin("a", d)}})
				tools := open(t, box)
				res, err := call(t, tools, "a__echo")
				if err != nil || !res.IsError || strings.Contains(res.Text, "They are listed anew") != tt.fresh {
					t.Errorf("%+v, %v", res, err)
				}
				open(t, box)
				if fresh := d.lists.Load() > 1; fresh != tt.fresh {
					t.Errorf("listed %d times", d.lists.Load())
				}
			})
		})
	}
}

// A notice that comes while the tools are being listed counts for the time after.
func TestANoticeThatComesWhileTheToolsAreListedCounts(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk()
		d.AddReceivingMiddleware(delay("tools/list", time.Second))
		box := newBox(t, toolbox.Config{Builtin: []toolbox.Builtin{builtin("a", d)}})
		tools := open(t, box)
		mustCall(t, tools, "a__echo")
		time.Sleep(time.Minute)
		done := make(chan struct{})
		go func() {
			defer close(done)
			if _, err := box.Servers(t.Context(), ann, false); err != nil {
				t.Error(err)
			}
		}()
		time.Sleep(900 * time.Millisecond)
		d.add("late", nil)
		<-done
		time.Sleep(100 * time.Millisecond)
		if got := names(open(t, box).List()); !strings.Contains(got, "a__late") {
			t.Errorf("the next run has %s", got)
		}
	})
}
