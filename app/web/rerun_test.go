package web

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/chat/chattest"
)

// rerunOverHTTP is Ann's thread with a call of read, and the path at which it is run again.
func rerunOverHTTP(t *testing.T, read chattest.ToolFunc) (c *client, path string) {
	t.Helper()
	first := func(ctx context.Context, arguments json.RawMessage) (chat.ToolResult, error) {
		if string(arguments) == `{}` {
			return chat.ToolResult{Text: "first"}, nil
		}
		return read(ctx, arguments)
	}
	c = newClientWith(t, chattest.NewModel(chattest.Ask(chat.CallReady{CallID: "call_1", Name: "desk__read"}), chattest.Say("Done.")), map[string]chattest.ToolFunc{"read": first})
	thread := get[ThreadSummary](c, "POST", "/api/threads", "").ID
	run := get[RunStarted](c, "POST", "/api/threads/"+thread+"/runs", `{"text":"Read"}`)
	c.do("GET", "/api/runs/"+run.RunID+"/events", "")
	return c, "/api/threads/" + thread + "/calls/call_1/rerun"
}

func TestCallsAreRunAgainOverHTTP(t *testing.T) {
	refused := &chat.Error{Kind: chat.KindForbidden, Op: "call", Message: "This call of Desk was blocked by policy.", Trace: chat.Trace{Status: 200, RequestID: "req_1"}}
	c, path := rerunOverHTTP(t, func(_ context.Context, arguments json.RawMessage) (chat.ToolResult, error) {
		if strings.Contains(string(arguments), "denied") {
			return chat.ToolResult{}, refused
		}
		return chat.ToolResult{Text: "1", Structured: json.RawMessage(`{"columns":["n"],"rows":[[1]]}`)}, nil
	})
	again := get[chat.Rerun](c, "POST", path, `{"input":{"sql":"SELECT 1"}}`)
	if string(again.Input) != `{"sql":"SELECT 1"}` || again.Tool.Tool != "read" || again.StartedAt.IsZero() {
		t.Errorf("run again: %+v", again)
	}
	if _, csv := c.do("GET", "/api/results/"+again.Output.ResultID+".csv", ""); csv != "\uFEFFn\r\n1\r\n" {
		t.Errorf("saved: %q", csv)
	}
	if res, _ := c.as("bob").do("GET", "/api/results/"+again.Output.ResultID, ""); res.StatusCode != http.StatusNotFound {
		t.Errorf("another may read it: %s", res.Status)
	}
	res, text := c.do("POST", path, `{"input":{"sql":"denied"}}`)
	var p Problem
	if err := json.Unmarshal([]byte(text), &p); err != nil {
		t.Fatal(err)
	}
	want := Problem{Title: "Forbidden", Status: 403, Kind: chat.KindForbidden, Detail: refused.Message, Trace: &refused.Trace}
	if diff := cmp.Diff(want, p); diff != "" || res.StatusCode != http.StatusForbidden {
		t.Errorf("%s (-want +got):\n%s", res.Status, diff)
	}
	for _, tt := range []struct {
		name, path, body string
		status           int
	}{
		{"a server and a tool of one's own choice", path, `{"input":{},"tool":"write","server":"http://evil"}`, 422},
		{"arguments that are none", path, `{"input":[1]}`, 422},
		{"null for arguments", path, `{"input":null}`, 422},
		{"nothing", path, `{}`, 422},
		{"too much", path, `{"input":{"sql":"` + strings.Repeat("x", maxBody) + `"}}`, 413},
		{"no such call", strings.Replace(path, "call_1", "call_2", 1), `{"input":{}}`, 404},
	} {
		if res, text := c.do("POST", tt.path, tt.body); res.StatusCode != tt.status {
			t.Errorf("%s: %s %s, want %d", tt.name, res.Status, text, tt.status)
		}
	}
}

// Who closes the connection cancels the call at its server.
func TestLeavingEndsARerun(t *testing.T) {
	begun, ended := make(chan bool, 1), make(chan bool, 1)
	c, path := rerunOverHTTP(t, func(ctx context.Context, _ json.RawMessage) (chat.ToolResult, error) {
		begun <- true
		<-ctx.Done()
		ended <- true
		return chat.ToolResult{}, ctx.Err()
	})
	ctx, leave := context.WithCancel(t.Context())
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.base+path, strings.NewReader(`{"input":{"n":1}}`))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("X-Test-User", c.user)
	go func() {
		<-begun
		leave()
	}()
	if res, err := http.DefaultTransport.RoundTrip(req); err == nil {
		_ = res.Body.Close()
		t.Fatal("there was an answer")
	}
	select {
	case <-ended:
	case <-time.After(10 * time.Second):
		t.Error("the call goes on")
	}
}
