package toolbox_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/toolbox"
)

func TestACallEndsWhenItsTimeIsUp(t *testing.T) {
	const (
		silent  = "X said nothing for 1m, so the call was cancelled; it may have been carried out."
		tooLong = "X was not done after 10m, the longest that a call may take, so it was cancelled; it may have been carried out."
	)
	// every makes a tool that says something from time to time.
	every := func(d time.Duration, times int, say func(context.Context, *mcp.CallToolRequest) error) func(context.Context, *mcp.CallToolRequest) (*mcp.CallToolResult, error) {
		return func(ctx context.Context, r *mcp.CallToolRequest) (*mcp.CallToolResult, error) {
			for range times {
				select {
				case <-time.After(d):
				case <-ctx.Done():
					return nil, ctx.Err()
				}
				if err := say(ctx, r); err != nil {
					return nil, err
				}
			}
			return said("done"), nil
		}
	}
	counts := func(ctx context.Context, r *mcp.CallToolRequest) error { return progress(ctx, r, 1, 0, "") }
	logs := func(ctx context.Context, r *mcp.CallToolRequest) error { return logged(ctx, r, "info", "", "here") }
	logsTooLow := func(ctx context.Context, r *mcp.CallToolRequest) error { return logged(ctx, r, "debug", "", "here") }
	done := outcome{Result: chat.ToolResult{Text: "done"}}
	for _, tt := range []struct {
		name string
		do   func(context.Context, *mcp.CallToolRequest) (*mcp.CallToolResult, error)
		want outcome
		took time.Duration
	}{
		{"one that is silent", every(time.Hour, 1, counts), outcome{Kind: chat.KindLimit, Message: silent}, time.Minute},
		{"one that is silent for a shorter time", every(59*time.Second, 1, counts), done, 59 * time.Second},
		{"one that tells its progress", every(50*time.Second, 6, counts), done, 5 * time.Minute},
		{"one that logs", every(50*time.Second, 6, logs), done, 5 * time.Minute},
		{"one that logs what nobody hears", every(50*time.Second, 6, logsTooLow), outcome{Kind: chat.KindLimit, Message: silent}, time.Minute},
		{"one that falls silent after a while", func(ctx context.Context, r *mcp.CallToolRequest) (*mcp.CallToolResult, error) {
			if _, err := every(50*time.Second, 2, counts)(ctx, r); err != nil {
				return nil, err
			}
			return every(time.Hour, 1, counts)(ctx, r)
		}, outcome{Kind: chat.KindLimit, Message: silent}, 160 * time.Second},
		{"one that never comes to an end", every(time.Second, 1<<20, counts), outcome{Kind: chat.KindLimit, Message: tooLong}, 10 * time.Minute},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				d := newDesk()
				d.addWatched("work", tt.do)
				box := newBox(t, toolbox.Config{Builtin: []toolbox.Builtin{builtin("x", d)}})
				tools := open(t, box)
				began := time.Now()
				if diff := cmp.Diff(tt.want, new(witness).watch(t, tools, "x__work", "{}")); diff != "" {
					t.Error(diff)
				}
				if took := time.Since(began); took != tt.took {
					t.Errorf("took %s, want %s", took, tt.took)
				}
				mustCall(t, tools, "x__echo")
			})
		})
	}
}

func TestOneCallsSilenceEndsNoOther(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk()
		d.addWatched("work", func(ctx context.Context, r *mcp.CallToolRequest) (*mcp.CallToolResult, error) {
			for i := range 200 {
				time.Sleep(time.Second)
				if err := progress(ctx, r, float64(i), 200, ""); err != nil {
					return nil, err
				}
			}
			return said("done"), nil
		})
		box := newBox(t, toolbox.Config{Builtin: []toolbox.Builtin{builtin("x", d)}})
		tools := open(t, box)
		working := make(chan outcome, 1)
		go func() { working <- new(witness).watch(t, tools, "x__work", "{}") }()
		if got := new(witness).watch(t, tools, "x__wait", "{}"); got.Kind != chat.KindLimit {
			t.Errorf("the silent call: %+v", got)
		}
		if diff := cmp.Diff(outcome{Result: chat.ToolResult{Text: "done"}}, <-working); diff != "" {
			t.Error(diff)
		}
	})
}
