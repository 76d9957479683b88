package web

import (
	"context"
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/danielgtaylor/huma/v2"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/chat/chattest"
)

// annsServers is a gateway that has a server, connected, for Ann, and none for others.
type annsServers struct{ *chattest.Toolbox }

func (a annsServers) Servers(ctx context.Context, c chat.Caller, fresh bool) ([]chat.Server, error) {
	if c.Subject != "ann" {
		return nil, nil
	}
	servers, err := a.Toolbox.Servers(ctx, c, fresh)
	for i := range servers {
		servers[i].Logo, servers[i].Connected = "https://desk.example.com/logo.png", true
	}
	return servers, err
}

func (a annsServers) Server(ctx context.Context, c chat.Caller, id string) (chat.Server, error) {
	return a.Disconnect(ctx, c, id)
}

func (a annsServers) Resources(ctx context.Context, c chat.Caller, id string) (chat.ResourceList, error) {
	if _, err := a.Disconnect(ctx, c, id); err != nil {
		return chat.ResourceList{}, err
	}
	return a.Toolbox.Resources(ctx, c, id)
}

func (a annsServers) ReadResource(ctx context.Context, c chat.Caller, id, uri string) (chat.ResourceText, error) {
	if _, err := a.Disconnect(ctx, c, id); err != nil {
		return chat.ResourceText{}, err
	}
	return a.Toolbox.ReadResource(ctx, c, id, uri)
}

func (annsServers) ConnectURL(serverURL, path string) (string, error) {
	return serverURL + "?" + path, nil
}

func (a annsServers) Disconnect(ctx context.Context, c chat.Caller, id string) (chat.Server, error) {
	servers, err := a.Servers(ctx, c, true)
	if err != nil || len(servers) == 0 || servers[0].ID != id {
		return chat.Server{}, &chat.Error{Kind: chat.KindNotFound, Op: "find server", Message: "There is no such server.", Err: err}
	}
	return servers[0], nil
}

func (a annsServers) Logo(ctx context.Context, c chat.Caller, id string) (Picture, error) {
	if _, err := a.Disconnect(ctx, c, id); err != nil {
		return Picture{}, err
	}
	return Picture{Type: "image/svg+xml", Content: []byte("<svg/>")}, nil
}

func (a annsServers) Prompts(ctx context.Context, c chat.Caller, id string) (chat.PromptList, error) {
	if _, err := a.Disconnect(ctx, c, id); err != nil {
		return chat.PromptList{}, err
	}
	return a.Toolbox.Prompts(ctx, c, id)
}

func (a annsServers) Prompt(ctx context.Context, c chat.Caller, id, name string, arguments map[string]string) ([]chat.PromptMessage, error) {
	if _, err := a.Disconnect(ctx, c, id); err != nil {
		return nil, err
	}
	return a.Toolbox.Prompt(ctx, c, id, name, arguments)
}

func (a annsServers) Complete(ctx context.Context, c chat.Caller, id string, of chat.Completing) (chat.Completions, error) {
	if _, err := a.Disconnect(ctx, c, id); err != nil {
		return chat.Completions{}, err
	}
	return a.Toolbox.Complete(ctx, c, id, of)
}

func (annsServers) Portrait(_ context.Context, c chat.Caller) (Picture, error) {
	if c.Subject != "ann" {
		return Picture{}, &chat.Error{Kind: chat.KindNotFound, Op: "show portrait"}
	}
	return Picture{Type: "image/png", Content: []byte("Ann herself")}, nil
}

// belongings are ids of what Ann has, by the name of the place in a path.
type belongings map[string]string

// belongingsOf lets Ann ask until she has something of each kind.
func belongingsOf(t *testing.T) (*client, belongings) {
	t.Helper()
	say := func(_ context.Context, arguments json.RawMessage) (chat.ToolResult, error) {
		return chat.ToolResult{Text: string(arguments), Structured: json.RawMessage(`{"columns":["n"],"rows":[[1]]}`)}, nil
	}
	ask := func(tool string) chattest.Reply {
		return chattest.Ask(chat.CallReady{CallID: "call_" + tool, Name: "desk__" + tool, Arguments: `{}`})
	}
	c := newClientWith(t, chattest.NewModel(ask("read"), hostedReply(), ask("write"), chattest.Say("Done."), ask("write_more")),
		map[string]chattest.ToolFunc{"read": say, "write": say, "write_more": say})
	thread := get[ThreadSummary](c, "POST", "/api/threads", "").ID
	run := get[RunStarted](c, "POST", "/api/threads/"+thread+"/runs", `{"text":"Something that only Ann knows"}`)
	_, events := c.do("GET", "/api/runs/"+run.RunID+"/events", "")
	after := func(mark string) string {
		_, rest, ok := strings.Cut(events, mark)
		id, _, _ := strings.Cut(rest, `"`)
		if !ok {
			t.Fatalf("there is no %s in\n%s", mark, events)
		}
		return id
	}
	has := belongings{"threads": thread, "callId": "call_read", "results": after(`"resultId":"`), "files": after(`"url":"/api/files/`), "servers": "desk"}
	allowed := waiting(c, thread)
	if res, text := c.do("POST", allowed+"/approvals/"+approvalID(c, allowed), `{"approved":true,"scope":"always"}`); res.StatusCode != http.StatusNoContent {
		t.Fatalf("%s %s", res.Status, text)
	}
	c.do("GET", allowed+"/events", "")
	has["grants"] = get[[]chat.Grant](c, "GET", "/api/approvals", "")[0].ID
	open := waiting(c, thread)
	has["runs"], has["approvalId"], has["elicitationId"] = strings.TrimPrefix(open, "/api/runs/"), approvalID(c, open), "ask_1"
	return c, has
}

// fill replaces the places in a path.
func (b belongings) fill(path string) string {
	kind := strings.Split(path, "/")[2]
	if kind == "approvals" {
		kind = "grants"
	}
	if kind == "runs" {
		path = strings.ReplaceAll(path, "{callId}", "call_write_more")
	}
	path = strings.ReplaceAll(path, "{id}", b[kind])
	for name, id := range b {
		path = strings.ReplaceAll(path, "{"+name+"}", id)
	}
	return path
}

// bodies are what the operations that need one are sent, so that nothing but whose
// thing it is can be wrong. Others are sent none.
var bodies = map[string]string{
	"startRun": `{"text":"Hi"}`, "updateThread": `{"title":"Mine"}`,
	"seeThread": `{"until":"2026-11-27T12:00:00Z"}`, "rerunCall": `{"input":{}}`, "decideCall": `{"approved":true}`, "answerServer": `{"action":"decline"}`,
	"getPrompt": `{"name":"greet","arguments":{"who":"Bob"}}`, "completeArgument": `{"prompt":"greet","argument":"who","value":"A"}`,
	"readResource": `{"uri":"desk://note"}`,
}

// It walks the description, so that no endpoint is forgotten.
func TestWhatIsAnothersDoesNotExist(t *testing.T) {
	ann, has := belongingsOf(t)
	bob := ann.as("bob")
	type operation struct {
		method, path, body string
		named              bool // it is about one thing
	}
	var all []operation
	for path, item := range describe().Paths {
		for method, op := range map[string]*huma.Operation{"GET": item.Get, "POST": item.Post, "PUT": item.Put, "PATCH": item.Patch, "DELETE": item.Delete} {
			if op != nil {
				all = append(all, operation{method, has.fill(path), bodies[op.OperationID], strings.Contains(path, "{")})
			}
		}
	}
	for _, op := range all {
		if strings.Contains(op.path, "{") {
			t.Errorf("%s: nothing of Ann's stands there", op.path)
		}
		if op.method == "POST" && !op.named {
			continue // it makes something new
		}
		res, text := bob.do(op.method, op.path, op.body)
		if op.named && res.StatusCode != http.StatusNotFound {
			t.Errorf("%s %s: %s %s", op.method, op.path, res.Status, text)
		}
		for id := range maps.Values(has) {
			if strings.Contains(text, id) || strings.Contains(text, "only Ann knows") {
				t.Errorf("%s %s tells of %s: %s", op.method, op.path, id, text)
			}
		}
	}
	// All of it is there for Ann. Last of all she deletes the thread.
	slices.SortFunc(all, func(a, b operation) int { return weight(a.method, a.path) - weight(b.method, b.path) })
	for _, op := range all {
		read := ann.do
		if strings.HasSuffix(op.path, "/events") {
			read = func(_, path, _ string, _ ...string) (*http.Response, string) { return ann.peek(path) }
		}
		if res, text := read(op.method, op.path, op.body); res.StatusCode == http.StatusNotFound || res.StatusCode >= 500 {
			t.Errorf("%s %s of Ann's: %s %s", op.method, op.path, res.Status, text)
		}
	}
}

func weight(method, path string) int {
	switch {
	case method != "DELETE":
		return 0
	case !strings.Contains(path, "/threads/"):
		return 1
	}
	return 2
}
