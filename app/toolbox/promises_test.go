package toolbox_test

import (
	"context"
	"encoding/json"
	"testing"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/toolbox"
)

// promising is a desk whose only other tool, "do", makes these promises.
func promising(promises *mcp.ToolAnnotations) *desk {
	d := newDesk()
	d.AddTool(&mcp.Tool{Name: "do", Description: "Does it.", InputSchema: json.RawMessage(object), Annotations: promises},
		func(context.Context, *mcp.CallToolRequest) (*mcp.CallToolResult, error) { return said("Done."), nil })
	return d
}

// listedTool returns a tool as a toolbox lists it.
func listedTool(t *testing.T, box *toolbox.Toolbox, name string) chat.Tool {
	t.Helper()
	for _, s := range statuses(t, box, true) {
		for _, tool := range s.Tools {
			if tool.Tool == name {
				return tool
			}
		}
	}
	t.Fatalf("there is no tool %q", name)
	return chat.Tool{}
}

// Of a trusted server's word only one is believed without asking: that a tool reads, and
// does nothing else.
func TestWhatAServerPromisesOfATool(t *testing.T) {
	yes, no := new(true), new(false)
	for _, tt := range []struct {
		name     string
		promises *mcp.ToolAnnotations
		want     string // why a call is asked for
	}{
		{"nothing", nil, "This may change something."},
		{"nothing that counts", &mcp.ToolAnnotations{Title: "Read", IdempotentHint: true, OpenWorldHint: no}, "This may change something."},
		{"that it only adds", &mcp.ToolAnnotations{DestructiveHint: no}, "This may change something."},
		{"that it only reads", &mcp.ToolAnnotations{ReadOnlyHint: true}, ""},
		{"that it only reads, and destroys nothing", &mcp.ToolAnnotations{ReadOnlyHint: true, DestructiveHint: no}, ""},
		{"that it only reads, and destroys", &mcp.ToolAnnotations{ReadOnlyHint: true, DestructiveHint: yes}, "This may change something."},
	} {
		box := newBox(t, toolbox.Config{Builtin: []toolbox.Builtin{builtin("home", promising(tt.promises))}})
		if got := (chat.ApprovalPolicy{}).Reason(listedTool(t, box, "do")); got != tt.want {
			t.Errorf("%s: it is asked for because of %q, want %q", tt.name, got, tt.want)
		}
	}
}

// An approval is of a tool by whose word nothing was destroyed, and of one address.
func TestWhatAnApprovalIsBoundTo(t *testing.T) {
	url := promising(nil).serve(t, true).URL
	listed := func(d *desk, query string) chat.Tool {
		if d == nil {
			return listedTool(t, newBox(t, toolbox.Config{Remote: []toolbox.Remote{remote("a", url+"/mcp"+query)}}), "do")
		}
		return listedTool(t, newBox(t, toolbox.Config{Builtin: []toolbox.Builtin{builtin("a", d)}}), "do")
	}
	adds := &mcp.ToolAnnotations{DestructiveHint: new(false)}
	for _, tt := range []struct {
		name          string
		before, after chat.Tool
		want          bool
	}{
		{"the same promise", listed(promising(adds), ""), listed(promising(adds), ""), true},
		{"it does not only add any more", listed(promising(adds), ""), listed(promising(nil), ""), false},
		{"the same address", listed(nil, "?tenant=a"), listed(nil, "?tenant=a"), true},
		{"another value in the query of the address", listed(nil, "?tenant=a"), listed(nil, "?tenant=b"), false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			grant := chat.Grant{
				Scope: chat.Everywhere, Server: tt.before.Server, ServerURL: tt.before.ServerURL, Tool: tt.before.Tool, Fingerprint: tt.before.Fingerprint(),
			}
			if got := grant.Allows(tt.after, "thr_1"); got != tt.want {
				t.Errorf("it holds: %v, want %v", got, tt.want)
			}
		})
	}
}
