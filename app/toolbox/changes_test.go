package toolbox_test

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/toolbox"
)

func TestWhatChangedIsTold(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk()
		began := time.Now()
		put := func(tool mcp.Tool) func() {
			tool.Name = "t"
			return func() {
				d.AddTool(&tool, func(context.Context, *mcp.CallToolRequest) (*mcp.CallToolResult, error) { return said("t"), nil })
			}
		}
		schema := func(s string) json.RawMessage { return json.RawMessage(s) }
		changes := func(minute int, added, removed, changed []string) *chat.ToolChanges {
			return &chat.ToolChanges{
				Added: append([]string{}, added...), Removed: append([]string{}, removed...), Changed: append([]string{}, changed...),
				At: began.Add(time.Duration(minute) * time.Minute),
			}
		}
		box := newBox(t, toolbox.Config{Builtin: []toolbox.Builtin{builtin("a", d)}})
		t1 := []string{"t"}
		for minute, tt := range []struct {
			name string
			do   func()
			want *chat.ToolChanges
		}{
			{"at first nothing has", func() {}, nil},
			{"a tool is added", put(mcp.Tool{InputSchema: schema(object)}), changes(1, t1, nil, nil)},
			{"which stays told", func() {}, changes(1, t1, nil, nil)},
			{"its arguments change", put(mcp.Tool{InputSchema: schema(`{"type":"object","properties":{"x":{}}}`)}), changes(3, nil, nil, t1)},
			{"the order of keys is no change", put(mcp.Tool{InputSchema: schema(`{"properties":{"x":{}},"type":"object"}`)}), changes(3, nil, nil, t1)},
			{"its description changes", put(mcp.Tool{InputSchema: schema(object), Description: "Now."}), changes(5, nil, nil, t1)},
			{"its promises change", put(mcp.Tool{InputSchema: schema(object), Description: "Now.", Annotations: &mcp.ToolAnnotations{ReadOnlyHint: true}}), changes(6, nil, nil, t1)},
			{"it goes, and others come", func() {
				d.RemoveTools("t", "echo")
				d.add("z", nil)
				d.add("y", nil)
			}, changes(7, []string{"y", "z"}, []string{"echo", "t"}, nil)},
		} {
			tt.do()
			got, err := box.Servers(t.Context(), ann, false)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, got[0].Changes); diff != "" {
				t.Errorf("%s: %s", tt.name, diff)
			}
			time.Sleep(time.Until(began.Add(time.Duration(minute+1) * time.Minute)))
		}
		other, err := box.Servers(t.Context(), chat.Caller{Identity: chat.Identity{Subject: "bob"}}, false)
		if err != nil {
			t.Fatal(err)
		}
		if other[0].Changes != nil {
			t.Errorf("another caller sees %+v", other[0].Changes)
		}
	})
}

func TestAServerSaysForHowLongItsToolsHold(t *testing.T) {
	for _, tt := range []struct {
		ttl   int
		holds time.Duration
	}{
		{0, 30 * time.Second},
		{-5, 30 * time.Second},
		{1, time.Second},
		{90_000, 90 * time.Second},
		{3_600_000, 5 * time.Minute},
		{1 << 62, 5 * time.Minute},
	} {
		t.Run(fmt.Sprint(tt.ttl, " ms"), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				d := newDesk()
				d.AddReceivingMiddleware(func(next mcp.MethodHandler) mcp.MethodHandler {
					return func(ctx context.Context, method string, req mcp.Request) (mcp.Result, error) {
						res, err := next(ctx, method, req)
						if list, ok := res.(*mcp.ListToolsResult); ok {
							list.TTLMs = tt.ttl
						}
						return res, err
					}
				})
				box := newBox(t, toolbox.Config{Builtin: []toolbox.Builtin{builtin("a", d)}})
				look := func(want int64) {
					t.Helper()
					open(t, box)
					statuses(t, box, false)
					if got := d.lists.Load(); got != want {
						t.Errorf("asked %d times, want %d", got, want)
					}
				}
				look(1)
				time.Sleep(tt.holds - time.Millisecond)
				look(1)
				time.Sleep(time.Millisecond)
				look(2)
			})
		})
	}
}

func TestAServerSaysThatItsToolsAreOthers(t *testing.T) {
	eachWay(t, func(t *testing.T, d *desk, box *toolbox.Toolbox) {
		mustCall(t, open(t, box), "x__echo")
		for i := range 500 {
			// The subscription begins beside the call, so the first notices may be early.
			d.add(fmt.Sprintf("new-%d", i), nil)
			time.Sleep(10 * time.Millisecond)
			isNew := func(tool chat.Tool) bool { return tool.Tool == "new-0" }
			if s := statuses(t, box, false)[0]; slices.ContainsFunc(s.Tools, isNew) {
				if s.Changes == nil || !slices.Contains(s.Changes.Added, "new-0") {
					t.Errorf("changes: %+v", s.Changes)
				}
				return
			}
		}
		t.Error("it is still remembered")
	})
}
