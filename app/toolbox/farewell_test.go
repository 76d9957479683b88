package toolbox

import (
	"context"
	"encoding/json"
	"log/slog"
	"testing"
	"testing/synctest"
	"time"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/pomerium/pomchat/app/chat"
)

// leaver stops the call when it is asked something.
type leaver struct {
	chat.Nobody
	stop context.CancelFunc
}

func (l leaver) Elicit(ctx context.Context, _ chat.Elicitation) (chat.ElicitationAnswer, error) {
	l.stop()
	<-ctx.Done()
	return chat.ElicitationAnswer{}, ctx.Err()
}

// A server that has ended its call with a question works on nothing that it could be told
// to leave.
func TestWhoStopsAtAQuestionWaitsForNoFarewell(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		srv := mcp.NewServer(&mcp.Implementation{Name: "x", Version: "1"}, nil)
		srv.AddTool(&mcp.Tool{Name: "ask", InputSchema: json.RawMessage(`{"type":"object"}`)}, func(context.Context, *mcp.CallToolRequest) (*mcp.CallToolResult, error) {
			return &mcp.CallToolResult{InputRequests: mcp.InputRequestMap{"q": &mcp.ElicitParams{Mode: "url", Message: "Log in", URL: "https://a.example"}}}, nil
		})
		box, err := New(Config{Version: "1", Builtin: []Builtin{{ID: "x", Name: "X", Server: srv}}, Log: slog.New(slog.DiscardHandler)})
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = box.Close() }()
		connect := box.servers[0].connect
		box.servers[0].connect = func(ctx context.Context, k *credential, l *line) (*session, error) {
			s, err := connect(ctx, k, l)
			if s != nil {
				s.traced = true // as one over HTTP is
			}
			return s, err
		}
		open, err := box.Open(t.Context(), chat.Caller{}, nil)
		if err != nil {
			t.Fatal(err)
		}
		ctx, stop := context.WithCancel(t.Context())
		if _, err := open.Call(ctx, "x__ask", nil, leaver{stop: stop}); err == nil {
			t.Error("the call was not stopped")
		}
		began := time.Now()
		if err := open.Close(); err != nil || time.Since(began) > 0 {
			t.Errorf("hung up after %s: %v", time.Since(began), err)
		}
	})
}
