package web

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/chat/chattest"
)

// headerGateway takes the caller's word for who it is.
type headerGateway struct{}

func (headerGateway) Mode() string { return "gateway" }
func (headerGateway) Origin(r *http.Request) (string, bool) {
	return "http://" + r.Host, strings.HasPrefix(r.Host, "127.0.0.1")
}
func (headerGateway) Authenticate(r *http.Request) (chat.Caller, error) {
	name := r.Header.Get("X-Test-User")
	if name == "" {
		return chat.Caller{}, &chat.Error{Kind: chat.KindUnauthenticated, Op: "authenticate", Message: "Your session has ended. Sign in again."}
	}
	if name == "unknown" {
		return chat.Caller{}, &chat.Error{Kind: chat.KindGatewayDown, Op: "authenticate", Message: "The gateway <is> away.", RetryAfter: 5 * time.Second}
	}
	return chat.Caller{Identity: chat.Identity{Subject: chat.Subject(name), Name: name}}, nil
}

// client speaks to a whole site as one user.
type client struct {
	t    *testing.T
	base string
	user string
	log  *bytes.Buffer
}

func newClient(t *testing.T, model chat.Provider, wrap ...func(http.Handler) http.Handler) *client {
	t.Helper()
	return newClientWith(t, model, nil, wrap...)
}

func newClientWith(t *testing.T, model chat.Provider, funcs map[string]chattest.ToolFunc, wrap ...func(http.Handler) http.Handler) *client {
	t.Helper()
	c, _ := newClientAndTools(t, model, funcs, wrap...)
	return c
}

func newClientAndTools(t *testing.T, model chat.Provider, funcs map[string]chattest.ToolFunc, wrap ...func(http.Handler) http.Handler) (*client, *chattest.Toolbox) {
	t.Helper()
	tools := chattest.NewToolbox(funcs)
	engine, store := newEngine(t, model, tools)
	tools.Offer("desk://note", "A note that only Ann knows.")
	engine.Resources = annsServers{tools}
	log := &bytes.Buffer{}
	logger := slog.New(slog.NewTextHandler(log, nil))
	handler, err := NewHandler(Config{
		Gateway: headerGateway{}, Upstream: annsServers{tools},
		Engine: engine, Threads: store, Grants: store, Results: store, Files: store, Models: engine.Models, Toolbox: annsServers{tools}, Prompts: annsServers{tools},
		UI: fstest.MapFS{
			"index.html.gz":      {Data: []byte(zipped("<!doctype html><title>pomchat</title>"))},
			"assets/a-123.js.gz": {Data: []byte(zipped(script))},
			"assets/a-123.js.br": {Data: []byte("brotli!")},
			"theme.js":           {Data: []byte("1")},
		},
		Version: "test", Log: logger, Now: time.Now,
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range wrap {
		handler = w(handler)
	}
	srv := httptest.NewServer(handler)
	t.Cleanup(func() {
		_ = engine.Close(t.Context())
		srv.CloseClientConnections()
		srv.Close()
	})
	return &client{t: t, base: srv.URL, user: "ann", log: log}, tools
}

func (c *client) as(user string) *client {
	other := *c
	other.user = user
	return &other
}

// do sends a request; headers come in pairs. It returns the response, read.
func (c *client) do(method, path, body string, headers ...string) (*http.Response, string) {
	c.t.Helper()
	req, err := http.NewRequestWithContext(c.t.Context(), method, c.base+path, strings.NewReader(body))
	if err != nil {
		c.t.Fatal(err)
	}
	if body != "" {
		req.Header.Set("Content-Type", "application/json")
	}
	if c.user != "" {
		req.Header.Set("X-Test-User", c.user)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		if headers[i] == "Host" {
			req.Host = headers[i+1]
		}
		req.Header.Set(headers[i], headers[i+1])
	}
	res, err := http.DefaultTransport.RoundTrip(req)
	if err != nil {
		c.t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		c.t.Fatal(err)
	}
	return res, string(text)
}

// get decodes the JSON of a successful request.
func get[T any](c *client, method, path, body string) T {
	c.t.Helper()
	res, text := c.do(method, path, body)
	var v T
	if res.StatusCode/100 != 2 {
		c.t.Fatalf("%s %s: %s %s", method, path, res.Status, text)
	}
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		c.t.Fatalf("%s %s: %v in %s", method, path, err, text)
	}
	return v
}

func TestAConversationOverHTTP(t *testing.T) {
	c := newClient(t, chattest.NewModel(chattest.Say("Hello.")))
	thread := get[ThreadSummary](c, "POST", "/api/threads", "")
	run := get[RunStarted](c, "POST", "/api/threads/"+thread.ID+"/runs", `{"text":"Hi there"}`)

	res, events := c.do("GET", "/api/runs/"+run.RunID+"/events", "")
	if got := res.Header.Get("Content-Type"); got != "text/event-stream" {
		t.Errorf("content type %q", got)
	}
	if !strings.HasSuffix(events, "data: [DONE]\n\n") || !strings.Contains(events, `"delta":"Hello."`) {
		t.Errorf("events:\n%s", events)
	}
	_, rest := c.do("GET", "/api/runs/"+run.RunID+"/events", "", "Last-Event-ID", "3")
	if want := ": stream\n\n" + events[strings.Index(events, "id: 4\n"):]; rest != want {
		t.Errorf("resumed (-want +got):\n%s", cmp.Diff(want, rest))
	}
	_, same := c.do("GET", "/api/runs/"+run.RunID+"/events?after=3", "")
	if same != rest {
		t.Errorf("?after and Last-Event-ID differ:\n%s", cmp.Diff(rest, same))
	}

	detail := get[ThreadDetail](c, "GET", "/api/threads/"+thread.ID, "")
	var texts []string
	for _, m := range detail.Messages {
		texts = append(texts, string(m.Role)+" "+string(m.Status)+": "+m.Text())
	}
	if diff := cmp.Diff([]string{"user finished: Hi there", "assistant finished: Hello."}, texts); diff != "" {
		t.Errorf("messages (-want +got):\n%s", diff)
	}
	if page := get[ThreadPage](c, "GET", "/api/threads?q=hello", ""); len(page.Threads) != 1 || page.Threads[0].Title != "Hi there" {
		t.Errorf("search: %+v", page)
	}
	renamed := get[ThreadSummary](c, "PATCH", "/api/threads/"+thread.ID, `{"title":"Greeting"}`)
	if renamed.Title != "Greeting" {
		t.Errorf("renamed: %+v", renamed)
	}
	if res, _ := c.do("POST", "/api/runs/"+run.RunID+"/stop", ""); res.StatusCode != http.StatusNoContent {
		t.Errorf("stop after the end: %s", res.Status)
	}
	if res, _ := c.do("DELETE", "/api/threads/"+thread.ID, ""); res.StatusCode != http.StatusNoContent {
		t.Errorf("delete: %s", res.Status)
	}
	if res, _ := c.do("GET", "/api/threads/"+thread.ID, ""); res.StatusCode != http.StatusNotFound {
		t.Errorf("after delete: %s", res.Status)
	}
}

// A patch changes the settings that it names, and only to a model that there is.
func TestSettingsArePatched(t *testing.T) {
	c := newClientWith(t, chattest.NewModel(), nil)
	model := get[[]chat.ModelInfo](c, "GET", "/api/models", "")[0].ID
	thread := get[ThreadSummary](c, "POST", "/api/threads", "")
	path := "/api/threads/" + thread.ID
	for _, tt := range []struct {
		name, patch string
		want        chat.Settings
	}{
		{"servers alone", `{"servers":["gone"]}`, chat.Settings{Servers: []string{"gone"}}},
		{"the model alone", `{"model":"` + model + `"}`, chat.Settings{Model: model, Servers: []string{"gone"}}},
		{"tools alone", `{"toolsOff":["gone__tool"],"mixed":true}`, chat.Settings{Model: model, Servers: []string{"gone"}, ToolsOff: []string{"gone__tool"}, Mixed: true}},
		{"all servers", `{"servers":null,"mixed":false}`, chat.Settings{Model: model, ToolsOff: []string{"gone__tool"}}},
		{"nothing", `{}`, chat.Settings{Model: model, ToolsOff: []string{"gone__tool"}}},
		{"no servers, and the default model", `{"servers":[],"model":"","toolsOff":[]}`, chat.Settings{Servers: []string{}, ToolsOff: []string{}}},
	} {
		get[ThreadSummary](c, "PATCH", path, `{"settings":`+tt.patch+`}`)
		if diff := cmp.Diff(tt.want, get[ThreadDetail](c, "GET", path, "").Settings, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
	res, body := c.do("PATCH", path, `{"settings":{"model":"gpt-0"}}`)
	if res.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(body, `There is no model called \"gpt-0\" here. Choose another one from the list.`) {
		t.Errorf("a model that is not there: %s %s", res.Status, body)
	}
	if res, body := c.do("PATCH", path, `{"settings":{"servers":"x"}}`); res.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("servers that are no list: %s %s", res.Status, body)
	}
}

// A socket that is cut after any event costs nothing: who asks for the rest gets the
// same bytes as who was never cut off.
func TestSocketsCutAtEveryEvent(t *testing.T) {
	c := newClientWith(t, chattest.NewModel(chattest.Ask(chat.CallReady{CallID: "c1", Name: "desk__echo", Arguments: `{"n":1}`}), chattest.Say("Hel", "lo ", "there.")), map[string]chattest.ToolFunc{
		"echo": func(_ context.Context, arguments json.RawMessage) (chat.ToolResult, error) {
			return chat.ToolResult{Text: string(arguments)}, nil
		},
	})
	thread := get[ThreadSummary](c, "POST", "/api/threads", "")
	run := get[RunStarted](c, "POST", "/api/threads/"+thread.ID+"/runs", `{"text":"Hi there"}`)
	path := "/api/runs/" + run.RunID + "/events"
	_, whole := c.do("GET", path, "")
	events := strings.Split(strings.TrimPrefix(whole, ": stream\n\n"), "\n\n")
	if len(events) < 15 {
		t.Fatalf("only %d events:\n%s", len(events), whole)
	}
	for n := range len(events) - 1 {
		_, rest := c.do("GET", path, "", "Last-Event-ID", strconv.Itoa(n))
		if want := ": stream\n\n" + strings.Join(events[n:], "\n\n"); rest != want {
			t.Errorf("after event %d (-want +got):\n%s", n, cmp.Diff(want, rest))
		}
	}
}

func TestRequestsThatAreRefused(t *testing.T) {
	const long = 300 << 10
	const absent = "It does not exist, or it is not yours."
	for _, tt := range []struct {
		name, method, path, body string
		headers                  []string
		user                     string
		status                   int
		detail                   string
	}{
		{name: "nobody vouches for the caller", method: "GET", path: "/api/me", user: "-", status: 401, detail: "Your session has ended. Sign in again."},
		{name: "nor for who asks for the page", method: "GET", path: "/", user: "-", status: 401, detail: "Your session has ended. Sign in again."},
		{name: "another's thread does not exist", method: "GET", path: "/api/threads/thr_1", user: "bob", status: 404, detail: absent},
		{name: "another's thread cannot be deleted", method: "DELETE", path: "/api/threads/thr_1", user: "bob", status: 404, detail: absent},
		{name: "another's thread takes no question", method: "POST", path: "/api/threads/thr_1/runs", body: `{"text":"Hi"}`, user: "bob", status: 404, detail: absent},
		{name: "a run that does not exist", method: "GET", path: "/api/runs/run_x/events", status: 404, detail: absent},
		{name: "a write from another origin", method: "POST", path: "/api/threads", headers: []string{"Origin", "https://evil.example", "Sec-Fetch-Site", "cross-site"}, status: 403, detail: "Another site may not do this in your name."},
		{name: "a name that was rebound to this machine", method: "GET", path: "/api/me", headers: []string{"Host", "evil.example"}, status: 403, detail: "This server does not answer to that host name."},
		{name: "a body that is no JSON", method: "POST", path: "/api/threads/thr_1/runs", body: `{"text":`, status: 400, detail: "The request does not have the form that this server expects: body: unexpected end of JSON input."},
		{name: "a body of the wrong shape", method: "POST", path: "/api/threads/thr_1/runs", body: `{"text":1,"url":"http://evil"}`, status: 422, detail: "The request does not have the form that this server expects: body.text: expected string."},
		{name: "a question without words", method: "POST", path: "/api/threads/thr_1/runs", body: `{"text":" "}`, status: 422, detail: "Write a question first."},
		{name: "a question that is too long", method: "POST", path: "/api/threads/thr_1/runs", body: `{"text":"` + strings.Repeat("x", long) + `"}`, status: 413, detail: "The message is too long: 300 kB, and at most 256 kB fit. Shorten it, or ask in parts."},
		{name: "a body beyond all measure", method: "POST", path: "/api/threads/thr_1/runs", body: `{"text":"` + strings.Repeat("x", 5<<20) + `"}`, status: 413, detail: "The request is larger than this server accepts."},
		{name: "more servers than anybody has", method: "POST", path: "/api/threads/thr_1/runs", body: `{"text":"Hi","servers":["` + strings.Repeat(`x","`, 64) + `x"]}`, status: 422, detail: "At most 64 servers can be chosen."},
		{name: "settings of any size", method: "PATCH", path: "/api/threads/thr_1", body: `{"settings":{"servers":null,"model":"` + strings.Repeat("x", 201) + `"}}`, status: 422, detail: "The name of the model is too long."},
		{name: "a title without letters", method: "PATCH", path: "/api/threads/thr_1", body: `{"title":" \u202e "}`, status: 422, detail: "A title needs at least one letter."},
		{name: "a body of another type", method: "POST", path: "/api/threads/thr_1/runs", body: `{"text":"Hi"}`, headers: []string{"Content-Type", "text/plain"}, status: 415, detail: "The request does not have the form that this server expects: body: unknown content type: text/plain."},
		{name: "a model that does not exist", method: "POST", path: "/api/threads/thr_1/runs", body: `{"text":"Hi","model":"hal"}`, status: 422, detail: `There is no model called "hal" here. Choose another one from the list.`},
		{name: "an attachment that is too long", method: "POST", path: "/api/threads/thr_1/runs", body: `{"text":"Hi","attachments":[{"name":"dump.sql","text":"` + strings.Repeat("x", long) + `"}]}`, status: 413, detail: "“dump.sql” is 300 kB long, and at most 256 kB can be attached in one piece. Attach a part of it."},
		{name: "more attachments than fit", method: "POST", path: "/api/threads/thr_1/runs", body: `{"text":"Hi","attachments":[` + strings.Repeat(`{"text":"x"},`, 10) + `{"text":"x"}]}`, status: 413, detail: "11 things are attached, and 10 are the most. Leave some out."},
		{name: "a resource that does not exist", method: "POST", path: "/api/threads/thr_1/runs", body: `{"text":"Hi","attachments":[{"server":"desk","uri":"desk://x"}]}`, status: 422, detail: "“desk://x” could not be attached. Desk refused: There is no desk://x."},
		{name: "resources of a server that does not exist", method: "GET", path: "/api/servers/x/resources", status: 404, detail: "There is no such server."},
		{name: "a resource without a name", method: "POST", path: "/api/servers/desk/resources/read", body: `{"uri":""}`, status: 422, detail: "The request does not have the form that this server expects: body.uri: expected length >= 1."},
		{name: "a server that does not exist", method: "POST", path: "/api/servers/x/refresh", status: 404, detail: "There is no such server."},
		{name: "an endpoint that does not exist", method: "GET", path: "/api/nope", status: 404, detail: "The API has no such endpoint. /api/openapi.json lists them all."},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := newClient(t, chattest.NewModel())
			if tt.user != "" {
				c = c.as(strings.TrimPrefix(tt.user, "-"))
			}
			res, text := c.do(tt.method, tt.path, tt.body, tt.headers...)
			var p Problem
			if err := json.Unmarshal([]byte(text), &p); err != nil {
				t.Fatalf("%v in %q", err, text)
			}
			type answer struct {
				Type           string
				Status, InBody int
				Detail         string
			}
			got := answer{res.Header.Get("Content-Type"), res.StatusCode, p.Status, p.Detail}
			if diff := cmp.Diff(answer{"application/problem+json", tt.status, tt.status, tt.detail}, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if page := get[ThreadPage](c.as("ann"), "GET", "/api/threads", ""); len(page.Threads) != 1 {
				t.Errorf("threads afterwards: %+v", page)
			}
			if strings.Contains(c.log.String(), "ERROR") {
				t.Errorf("a refusal is no error of ours:\n%s", c.log)
			}
		})
	}
}

func TestTheClientMayLeaveAStreamAndTheRunGoesOn(t *testing.T) {
	left := make(chan struct{})
	c := newClient(t, chattest.NewModel(chattest.Reply{Chunks: []chat.Chunk{chat.TextChunk{ID: "a", Delta: "Half"}}, Hang: true}),
		func(next http.Handler) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				next.ServeHTTP(w, r)
				if strings.HasSuffix(r.URL.Path, "/events") {
					close(left)
				}
			})
		})
	run := get[RunStarted](c, "POST", "/api/threads/thr_1/runs", `{"text":"Hi"}`)
	req, err := http.NewRequestWithContext(t.Context(), "GET", c.base+"/api/runs/"+run.RunID+"/events", nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("X-Test-User", "ann")
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(res.Body)
	for lines.Scan() && !strings.Contains(lines.Text(), "Half") {
	}
	if err := res.Body.Close(); err != nil {
		t.Fatal(err)
	}
	<-left
	if detail := get[ThreadDetail](c, "GET", "/api/threads/thr_1", ""); detail.Thread.ActiveRunID != run.RunID {
		t.Errorf("the run ended with its reader: %+v", detail.Thread)
	}
	if res, text := c.do("POST", "/api/runs/"+run.RunID+"/stop", ""); res.StatusCode != http.StatusNoContent {
		t.Fatalf("stop: %s %s", res.Status, text)
	}
	if detail := get[ThreadDetail](c, "GET", "/api/threads/thr_1", ""); detail.Thread.ActiveRunID != "" || detail.Messages[1].Status != chat.StatusStopped {
		t.Errorf("after stop: %+v", detail)
	}
}

func TestTheDescriptionIsServedToManyAtOnce(t *testing.T) {
	c := newClient(t, chattest.NewModel())
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			doc := get[struct{ OpenAPI string }](c, "GET", "/api/openapi.json", "")
			if doc.OpenAPI != "3.1.0" {
				t.Errorf("version %q", doc.OpenAPI)
			}
		})
	}
	all.Wait()
}

func TestHealthNeedsNoIdentity(t *testing.T) {
	c := newClient(t, chattest.NewModel()).as("")
	for _, path := range []string{"/livez", "/readyz"} {
		if res, text := c.do("GET", path, "", "Host", "pod:3000"); res.StatusCode != 200 || text != "ok\n" {
			t.Errorf("%s: %s %q", path, res.Status, text)
		}
	}
}
