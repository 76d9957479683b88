package web

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/chat/chattest"
)

// waiting starts a run whose first call waits for approval, and returns its path.
func waiting(c *client, thread string) string {
	c.t.Helper()
	run := get[RunStarted](c, "POST", "/api/threads/"+thread+"/runs", `{"text":"Write"}`)
	for range 500 {
		if _, events := c.peek("/api/runs/" + run.RunID + "/events"); strings.Contains(events, "tool-approval-request") {
			return "/api/runs/" + run.RunID
		}
		time.Sleep(10 * time.Millisecond)
	}
	c.t.Fatal("nothing waits for approval")
	return ""
}

// peek reads a stream for as long as there is something to read.
func (c *client) peek(path string) (*http.Response, string) {
	c.t.Helper()
	ctx, cancel := context.WithTimeout(c.t.Context(), 50*time.Millisecond)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, c.base+path, nil)
	if err != nil {
		c.t.Fatal(err)
	}
	req.Header.Set("X-Test-User", c.user)
	res, err := http.DefaultTransport.RoundTrip(req)
	if err != nil {
		return nil, ""
	}
	defer func() { _ = res.Body.Close() }()
	text, _ := io.ReadAll(res.Body) // it ends with the time
	return res, string(text)
}

func approvalID(c *client, run string) string {
	c.t.Helper()
	_, events := c.peek(run + "/events")
	_, rest, _ := strings.Cut(events, `"approvalId":"`)
	id, _, _ := strings.Cut(rest, `"`)
	return id
}

// A thread that is deleted takes with it what waits in it, for everybody who looks.
func TestAThreadIsDeletedWhileItsAnswerWaits(t *testing.T) {
	ask := chattest.Ask(chat.CallReady{CallID: "call_1", Name: "desk__write", Arguments: `{"n":1}`})
	c := newClientWith(t, chattest.NewModel(ask), map[string]chattest.ToolFunc{"write": func(context.Context, json.RawMessage) (chat.ToolResult, error) {
		t.Error("the call was carried out")
		return chat.ToolResult{}, nil
	}})
	thread := get[ThreadSummary](c, "POST", "/api/threads", "")
	run := waiting(c, thread.ID)
	id := approvalID(c, run)
	other := c.listen(run+"/events", 0)
	if res, text := c.do("DELETE", "/api/threads/"+thread.ID, ""); res.StatusCode != http.StatusNoContent {
		t.Fatalf("delete: %s %s", res.Status, text)
	}
	if events := other.toTheEnd(); !strings.Contains(strings.Join(events, "\n"), `"type":"abort"`) {
		t.Errorf("a second tab reads no end: %v", events)
	}
	for _, path := range []string{"/approvals/" + id, "/stop"} {
		if res, text := c.do("POST", run+path, `{"approved":true}`); res.StatusCode != http.StatusNotFound {
			t.Errorf("%s afterwards: %s %s", path, res.Status, text)
		}
	}
}

func TestApprovalsOverHTTP(t *testing.T) {
	ask := chattest.Ask(chat.CallReady{CallID: "call_1", Name: "desk__write", Arguments: `{"n":1}`})
	c := newClientWith(t, chattest.NewModel(ask, chattest.Say("Done."), ask, chattest.Say("Done.")), map[string]chattest.ToolFunc{
		"write": func(_ context.Context, arguments json.RawMessage) (chat.ToolResult, error) {
			return chat.ToolResult{Text: string(arguments)}, nil
		},
	})
	thread := get[ThreadSummary](c, "POST", "/api/threads", "").ID
	run := waiting(c, thread)
	approval := run + "/approvals/" + approvalID(c, run)
	if !get[ThreadDetail](c, "GET", "/api/threads/"+thread, "").Thread.Waiting || !get[ThreadPage](c, "GET", "/api/threads", "").Threads[0].Waiting {
		t.Error("the thread does not say that it waits for the person")
	}
	for _, tt := range []struct {
		name, path, body, user string
		status                 int
	}{
		{"another's", approval, `{"approved":true}`, "bob", 404},
		{"of no call", run + "/approvals/apr_x", `{"approved":true}`, "ann", 404},
		{"without a decision", approval, `{}`, "ann", 422},
		{"for a time that does not exist", approval, `{"approved":true,"scope":"forever"}`, "ann", 422},
		{"with arguments that are none", approval, `{"approved":true,"input":[1]}`, "ann", 422},
		{"an answer to nothing", run + "/elicitations/ask_x", `{"action":"decline"}`, "ann", 409},
		{"an answer that is none", run + "/elicitations/ask_x", `{"action":"perhaps"}`, "ann", 422},
	} {
		if res, text := c.as(tt.user).do("POST", tt.path, tt.body); res.StatusCode != tt.status {
			t.Errorf("%s: %s %s, want %d", tt.name, res.Status, text, tt.status)
		}
	}
	if res, text := c.do("POST", approval, `{"approved":true,"scope":"always","input":{"n":2}}`); res.StatusCode != http.StatusNoContent {
		t.Fatalf("approved: %s %s", res.Status, text)
	}
	if _, events := c.do("GET", run+"/events", ""); !strings.Contains(events, `{\"n\":2}`) || !strings.HasSuffix(events, "[DONE]\n\n") {
		t.Errorf("it went on as\n%s", events)
	}
	if get[ThreadDetail](c, "GET", "/api/threads/"+thread, "").Thread.Waiting {
		t.Error("the thread waits after the decision")
	}
	if res, _ := c.do("POST", approval, `{"approved":false}`); res.StatusCode != http.StatusConflict {
		t.Errorf("a second decision: %s", res.Status)
	}

	grants := get[[]chat.Grant](c, "GET", "/api/approvals", "")
	if len(grants) != 1 || grants[0].Scope != chat.Everywhere || grants[0].Tool != "write" {
		t.Fatalf("grants: %+v", grants)
	}
	if others := get[[]chat.Grant](c.as("bob"), "GET", "/api/approvals", ""); len(others) != 0 {
		t.Errorf("another sees %+v", others)
	}
	path := "/api/approvals/" + grants[0].ID
	got := []int{}
	for _, one := range []*client{c.as("bob"), c, c} {
		res, _ := one.do("DELETE", path, "")
		got = append(got, res.StatusCode)
	}
	if diff := cmp.Diff([]int{404, 204, 404}, got); diff != "" {
		t.Errorf("revoked by another, by its owner, again (-want +got):\n%s", diff)
	}
	again := waiting(c, thread)
	if res, _ := c.do("POST", again+"/stop", ""); res.StatusCode != http.StatusNoContent {
		t.Errorf("stopped while it waits: %s", res.Status)
	}
}

func TestFilesAreSavedAndNeverShownAsPages(t *testing.T) {
	c := newClientWith(t, chattest.NewModel(hostedReply()), nil)
	thread := get[ThreadSummary](c, "POST", "/api/threads", "").ID
	run := get[RunStarted](c, "POST", "/api/threads/"+thread+"/runs", `{"text":"Hi"}`)
	_, events := c.do("GET", "/api/runs/"+run.RunID+"/events", "")
	_, rest, _ := strings.Cut(events, `"url":"`)
	path, _, _ := strings.Cut(rest, `"`)
	res, text := c.do("GET", path, "")
	got := []string{res.Status, text}
	for _, name := range []string{"Content-Type", "Content-Disposition", "Content-Security-Policy", "X-Content-Type-Options", "Cache-Control"} {
		got = append(got, name+": "+res.Header.Get(name))
	}
	want := []string{
		"200 OK", "year,sales\n", "Content-Type: text/csv", "Content-Disposition: attachment; filename=sales.csv",
		"Content-Security-Policy: sandbox; default-src 'none'", "X-Content-Type-Options: nosniff", "Cache-Control: private, max-age=31536000, immutable",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if res, _ := c.as("bob").do("GET", path, ""); res.StatusCode != http.StatusNotFound {
		t.Errorf("another's file: %s", res.Status)
	}
	for given, want := range map[string]string{
		"image/png": "image/png", "text/html": "application/octet-stream", "image/svg+xml": "application/octet-stream", "text/csv; x=<script>": "application/octet-stream",
	} {
		if got := safeType(given); got != want {
			t.Errorf("%s goes out as %s, want %s", given, got, want)
		}
	}
}

func TestACallIsStoppedOverHTTP(t *testing.T) {
	c := newClientWith(t, chattest.NewModel(chattest.Ask(chat.CallReady{CallID: "call_1", Name: "desk__hang"}), chattest.Say("Without it.")),
		map[string]chattest.ToolFunc{"hang": func(ctx context.Context, _ json.RawMessage) (chat.ToolResult, error) {
			<-ctx.Done()
			return chat.ToolResult{}, ctx.Err()
		}})
	thread := get[ThreadSummary](c, "POST", "/api/threads", "").ID
	run := "/api/runs/" + get[RunStarted](c, "POST", "/api/threads/"+thread+"/runs", `{"text":"Hang"}`).RunID
	for range 500 {
		if _, events := c.peek(run + "/events"); strings.Contains(events, "tool-input-available") {
			break
		}
	}
	for _, tt := range []struct {
		name, user, path string
		status           int
	}{
		{"another's", "bob", "/calls/call_1/stop", 404},
		{"one that does not exist", "ann", "/calls/call_2/stop", 404},
		{"one that goes on", "ann", "/calls/call_1/stop", 204},
	} {
		if res, text := c.as(tt.user).do("POST", run+tt.path, ""); res.StatusCode != tt.status {
			t.Errorf("%s: %s %s, want %d", tt.name, res.Status, text, tt.status)
		}
	}
	_, events := c.do("GET", run+"/events", "")
	for _, want := range []string{`"kind":"stopped"`, "Without it.", `"type":"finish"`} {
		if !strings.Contains(events, want) {
			t.Errorf("there is no %s in\n%s", want, events)
		}
	}
	if res, text := c.do("POST", run+"/calls/call_1/stop", ""); res.StatusCode != http.StatusConflict {
		t.Errorf("after the end: %s %s", res.Status, text)
	}
}
