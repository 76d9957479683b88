package toolbox_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/toolbox"
)

// failure is what a call that fails tells.
type failure struct {
	Kind    chat.Kind
	Message string
	Trace   chat.Trace
}

// callsTo serves a desk but for its calls, which go to that handler while on. The
// handler gets the id of the call's request.
func callsTo(t *testing.T, on *atomic.Bool, stateless bool, do func(w http.ResponseWriter, r *http.Request, id string)) string {
	t.Helper()
	inner := newDesk().serve(t, stateless).Config.Handler
	return serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			return // the caller has gone
		}
		var msg struct {
			ID     json.RawMessage
			Method string
		}
		if json.Unmarshal(body, &msg) == nil && msg.Method == "tools/call" && on.Load() {
			do(w, r, string(msg.ID))
			return
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
		inner.ServeHTTP(w, r)
	})).URL
}

// answer makes a handler that answers with that body, in which {ID} stands for the id.
func answer(status int, media, body string, headers ...string) func(http.ResponseWriter, *http.Request, string) {
	return func(w http.ResponseWriter, _ *http.Request, id string) {
		w.Header().Set("Content-Type", media)
		for i := 0; i < len(headers); i += 2 {
			w.Header().Set(headers[i], headers[i+1])
		}
		w.WriteHeader(status)
		fmt.Fprint(w, strings.ReplaceAll(body, "{ID}", id))
	}
}

func TestACallThatFailsEndsNothingElse(t *testing.T) {
	const (
		jsonType = "application/json"
		notMCP   = "X was asked, but its answer is not MCP. The call may have been carried out."
		hungUp   = "X was asked, but it hung up before the answer was complete. The call may have been carried out."
		silent   = "X said nothing for 2s, so the call was cancelled; it may have been carried out."
	)
	nonsense := failure{Kind: chat.KindServerDown, Message: notMCP}
	for _, tt := range []struct {
		name string
		do   func(w http.ResponseWriter, r *http.Request, id string)
		want failure
	}{
		{
			"it asks for a login", answer(401, jsonType, `{"error":"Unauthorized","request_id":"REQ-1"}`, "WWW-Authenticate", `Bearer realm="x", error="invalid_token", resource_metadata="https://a.example"`),
			failure{chat.KindUnauthenticated, "X could not be asked: it asks you to log in.", chat.Trace{Status: 401, Code: "invalid_token", RequestID: "REQ-1"}},
		},
		{
			"it does not let you in", answer(403, "text/plain", "no", "X-Request-Id", "REQ-2"),
			failure{chat.KindForbidden, "X could not be asked: it does not let you in (HTTP 403).", chat.Trace{Status: 403, RequestID: "REQ-2"}},
		},
		{
			"a policy blocks the call", answer(200, jsonType, `{"jsonrpc":"2.0","id":{ID},"error":{"code":-32602,"message":"access denied, please see the log","data":{"request_id":"REQ-3"}}}`),
			failure{chat.KindForbidden, "This call of X was blocked by policy.", chat.Trace{Code: "-32602", RequestID: "REQ-3"}},
		},
		{
			"a policy blocks the call and has no id for that", answer(200, jsonType, `{"jsonrpc":"2.0","id":{ID},"error":{"code":-32602,"message":"access denied","data":{"request_id":""}}}`),
			failure{chat.KindForbidden, "This call of X was blocked by policy.", chat.Trace{Code: "-32602"}},
		},
		{
			"it is gone", answer(404, "text/plain", "no"),
			failure{chat.KindServerDown, "X could not be asked: there is no MCP server at this address (HTTP 404).", chat.Trace{Status: 404}},
		},
		{
			"the call is too long for the gateway", answer(413, "text/plain", "Payload Too Large", "X-Request-Id", "REQ-4"),
			failure{chat.KindTooLarge, "X could not be asked: the call is too long for it, or for the gateway before it (HTTP 413).", chat.Trace{Status: 413, RequestID: "REQ-4"}},
		},
		{
			"it has too much to do", answer(429, "text/plain", "no"),
			failure{chat.KindLimit, "X could not be asked: it asks to slow down (HTTP 429).", chat.Trace{Status: 429}},
		},
		{
			"it is in trouble", answer(500, jsonType, `{"oh":"no"}`),
			failure{chat.KindServerDown, "X was asked, but it is in trouble (HTTP 500). The call may have been carried out.", chat.Trace{Status: 500}},
		},
		{
			"the way there is in trouble", answer(502, "text/html", "<h1>Bad gateway", "X-Request-Id", "REQ-5"),
			failure{chat.KindServerDown, "X was asked, but it is in trouble (HTTP 502). The call may have been carried out.", chat.Trace{Status: 502, RequestID: "REQ-5"}},
		},
		{
			"it sends us elsewhere", answer(307, "text/html", "", "Location", "https://login.example/?x=1"),
			failure{chat.KindServerDown, "X could not be asked: it redirects to login.example, where nothing is sent.", chat.Trace{Status: 307}},
		},
		{
			"it answers with a page", answer(200, "text/html", "<h1>Hi"),
			failure{Kind: chat.KindServerDown, Message: "X was asked, but it answers with text/html, so this is not an MCP server. The call may have been carried out."},
		},
		{"it answers nothing", answer(202, jsonType, ""), nonsense},
		{"it answers garbage", answer(200, jsonType, "\x00\xff{{{"), nonsense},
		{"it answers other JSON", answer(200, jsonType, `{"hello":"world"}`), nonsense},
		{"its result is a number", answer(200, jsonType, `{"jsonrpc":"2.0","id":{ID},"result":7}`), nonsense},
		{"its content is a number", answer(200, jsonType, `{"jsonrpc":"2.0","id":{ID},"result":{"content":7}}`), nonsense},
		{"its content holds nothing", answer(200, jsonType, `{"jsonrpc":"2.0","id":{ID},"result":{"content":[null]}}`), nonsense},
		{"its content is of a kind that nobody knows", answer(200, jsonType, `{"jsonrpc":"2.0","id":{ID},"result":{"content":[{"type":"smell"}]}}`), nonsense},
		{"its question is none", answer(200, jsonType, `{"jsonrpc":"2.0","id":{ID},"result":{"resultType":"input_required","inputRequests":{"a":null}}}`), nonsense},
		{"its events are garbage", answer(200, "text/event-stream", "data: {{{\n\n"), nonsense},
		{"its events end too early", answer(200, "text/event-stream", ": hello\n\n"), failure{Kind: chat.KindServerDown, Message: hungUp}},
		{
			"it hangs up", func(http.ResponseWriter, *http.Request, string) { panic(http.ErrAbortHandler) },
			failure{Kind: chat.KindServerDown, Message: hungUp},
		},
		{
			"it hangs up in its answer", func(w http.ResponseWriter, _ *http.Request, id string) {
				answer(200, jsonType, `{"jsonrpc":"2.0","id":{ID},"result":{"cont`)(w, nil, id)
				w.(http.Flusher).Flush()
				panic(http.ErrAbortHandler)
			},
			failure{Kind: chat.KindServerDown, Message: hungUp},
		},
		{
			"it answers without end", func(w http.ResponseWriter, r *http.Request, _ string) {
				w.Header().Set("Content-Type", jsonType)
				for r.Context().Err() == nil {
					if _, err := w.Write(make([]byte, 1<<10)); err != nil {
						return
					}
				}
			},
			failure{Kind: chat.KindTooLarge, Message: "X was asked, but its answer is too large. The call may have been carried out."},
		},
		{
			"it never answers", func(_ http.ResponseWriter, r *http.Request, _ string) { <-r.Context().Done() },
			failure{Kind: chat.KindLimit, Message: silent},
		},
		{
			"it answers somebody else", func(w http.ResponseWriter, r *http.Request, _ string) {
				answer(200, jsonType, `{"jsonrpc":"2.0","id":"other","result":{"content":[]}}`)(w, r, "")
			},
			failure{Kind: chat.KindLimit, Message: silent},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			watchLeaks(t)
			idle := 20 * time.Second
			if tt.want.Message == silent {
				idle = 2 * time.Second
			}
			var on atomic.Bool
			box := newBox(t, toolbox.Config{
				Builtin: []toolbox.Builtin{builtin("home", newDesk())},
				Remote:  []toolbox.Remote{remote("x", callsTo(t, &on, true, tt.do))},
				Idle:    idle, MaxResponse: 1 << 18,
			})
			tools := open(t, box)
			on.Store(true)
			_, err := call(t, tools, "x__echo")
			if diff := cmp.Diff(tt.want, failure{chat.KindOf(err), chat.MessageOf(err), chat.TraceOf(err)}); diff != "" {
				t.Errorf("%s from %v", diff, err)
			}
			mustCall(t, tools, "home__echo")
			on.Store(false)
			mustCall(t, tools, "x__echo")
		})
	}
}

// Some of this makes the SDK panic in goroutines of its own, which would end us all.
func TestNonsenseWithinACallIsSurvived(t *testing.T) {
	for _, said := range []string{
		`{"jsonrpc":"2.0","id":"a","method":"elicitation/create"}`,
		`{"jsonrpc":"2.0","id":"a","method":"elicitation/create","params":null}`,
		`{"jsonrpc":"2.0","id":"a","method":"elicitation/create","params":[]}`,
		`{"jsonrpc":"2.0","id":"a","method":"elicitation/create","params":{"mode":"x"}}`,
		`{"jsonrpc":"2.0","id":"a","method":"elicitation/create","params":{"requestedSchema":[]}}`,
		`{"jsonrpc":"2.0","id":"a","method":"elicitation/create","params":{"requestedSchema":{"type":"object","properties":{"a":null}}}}`,
		`{"jsonrpc":"2.0","id":"a","method":"elicitation/create","params":{"requestedSchema":{"type":"object","properties":{"a":{"type":"array","items":{"anyOf":[null]}}}}}}`,
		`{"jsonrpc":"2.0","id":"a","method":"elicitation/create","params":{"requestedSchema":{"type":"object","properties":{"a":{"type":"string","oneOf":[null]}}}}}`,
		`{"jsonrpc":"2.0","id":"a","method":"sampling/createMessage"}`,
		`{"jsonrpc":"2.0","id":"a","method":"sampling/createMessage","params":{"messages":[null]}}`,
		`{"jsonrpc":"2.0","id":"a","method":"roots/list"}`,
		`{"jsonrpc":"2.0","id":"a","method":"ping"}`,
		`{"jsonrpc":"2.0","id":"a","method":"nonsense"}`,
		`{"jsonrpc":"2.0","method":"notifications/elicitation/complete"}`,
		`{"jsonrpc":"2.0","method":"notifications/elicitation/complete","params":null}`,
		`{"jsonrpc":"2.0","method":"notifications/progress"}`,
		`{"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":{"a":[]},"progress":1}}`,
		`{"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":7,"progress":1e999}}`,
		`{"jsonrpc":"2.0","method":"notifications/message"}`,
		`{"jsonrpc":"2.0","method":"notifications/message","params":{"level":7,"data":null}}`,
		`{"jsonrpc":"2.0","method":"notifications/tools/list_changed","params":null}`,
		`{"jsonrpc":"2.0","method":"notifications/resources/updated","params":null}`,
		`{"jsonrpc":"2.0","method":"notifications/cancelled"}`,
		`{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":{}}}`,
		`{"jsonrpc":"2.0","method":"notifications/subscriptions/acknowledged","params":null}`,
		`{"jsonrpc":"2.0","method":"notifications/nonsense"}`,
		`{"jsonrpc":"2.0","id":12345,"result":{}}`,
	} {
		for _, stateless := range []bool{true, false} {
			t.Run(fmt.Sprint(said, stateless), func(t *testing.T) {
				watchLeaks(t)
				var on atomic.Bool
				on.Store(true)
				box := newBox(t, toolbox.Config{Remote: []toolbox.Remote{remote("x", callsTo(t, &on, stateless, func(w http.ResponseWriter, r *http.Request, id string) {
					done := `{"jsonrpc":"2.0","id":{ID},"result":{"content":[{"type":"text","text":"done"}]}}`
					answer(200, "text/event-stream", "data: "+said+"\n\ndata: "+done+"\n\n")(w, r, id)
				}))}})
				tools := open(t, box)
				w := witness{answer: answers()}
				if diff := cmp.Diff(outcome{Result: chat.ToolResult{Text: "done"}}, w.watch(t, tools, "x__echo", "{}")); diff != "" {
					t.Error(diff)
				}
				on.Store(false)
				mustCall(t, tools, "x__echo")
			})
		}
	}
}

// listsTo serves a desk but for its lists of tools, which are those, one after the other.
func listsTo(t *testing.T, list func(page int) string) string {
	t.Helper()
	return pagesTo(t, newDesk().serve(t, true).Config.Handler, "tools/list", list)
}

// pagesTo serves as inner does but for the answers to one method.
func pagesTo(t *testing.T, inner http.Handler, method string, list func(page int) string) string {
	t.Helper()
	var pages atomic.Int64
	return serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			return // the caller has gone
		}
		var msg struct {
			ID     json.RawMessage
			Method string
		}
		if json.Unmarshal(body, &msg) == nil && msg.Method == method {
			page := list(int(pages.Add(1)))
			answer(200, "application/json", `{"jsonrpc":"2.0","id":{ID},"result":`+page+`}`)(w, r, string(msg.ID))
			return
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
		inner.ServeHTTP(w, r)
	})).URL
}

func TestAListOfNonsenseIsSurvived(t *testing.T) {
	for list, want := range map[string]chat.ServerStatus{
		`null`:                   chat.ServerReady, // which is no tools
		`{"tools":[null]}`:       chat.ServerReady,
		`7`:                      chat.ServerDown,
		`{"tools":7}`:            chat.ServerDown,
		`{"tools":[7]}`:          chat.ServerDown,
		`{"tools":[{"name":7}]}`: chat.ServerDown,
	} {
		t.Run(list, func(t *testing.T) {
			watchLeaks(t)
			box := newBox(t, toolbox.Config{Remote: []toolbox.Remote{remote("x", listsTo(t, func(int) string { return list }))}})
			got := statuses(t, box, false)[0]
			if len(got.Tools) > 0 || got.Status != want {
				t.Errorf("got %+v", got)
			}
		})
	}
}

// What a server may cost is bounded: neither its pages nor their lengths are without end.
func TestAListWithoutEndIsGivenUp(t *testing.T) {
	tool := func(page int, about string) string {
		return fmt.Sprintf(`{"tools":[{"name":"t%d","description":%q,"inputSchema":{"type":"object"}}],"nextCursor":"p%d"}`, page, about, page)
	}
	for _, tt := range []struct {
		name string
		list func(page int) string
		want string
		most int64 // pages
	}{
		{"the same cursor again", func(int) string { return `{"tools":[],"nextCursor":"p"}` }, "Its list of tools does not end.", 2},
		{"always another cursor", func(page int) string { return fmt.Sprintf(`{"tools":[],"nextCursor":"p%d"}`, page) }, "Its list of tools does not end.", 200},
		{"pages that are huge", func(page int) string { return tool(page, strings.Repeat("long ", 1<<19)) }, "Its tools are described at too great length: by more than 8 MB.", 4},
	} {
		t.Run(tt.name, func(t *testing.T) {
			watchLeaks(t)
			var pages atomic.Int64
			url := listsTo(t, func(page int) string { pages.Store(int64(page)); return tt.list(page) })
			box := newBox(t, toolbox.Config{Remote: []toolbox.Remote{remote("x", url)}, Patience: 2 * time.Minute, Wait: 2 * time.Minute})
			got := statuses(t, box, false)[0]
			if got.Status != chat.ServerDown || got.Error != tt.want || pages.Load() > tt.most {
				t.Errorf("%d pages, %s: %s", pages.Load(), got.Status, got.Error)
			}
		})
	}
}

func TestAServerThatAsksWithoutEndIsLeft(t *testing.T) {
	watchLeaks(t)
	var on atomic.Bool
	on.Store(true)
	box := newBox(t, toolbox.Config{Remote: []toolbox.Remote{remote("x", callsTo(t, &on, false, func(w http.ResponseWriter, r *http.Request, _ string) {
		w.Header().Set("Content-Type", "text/event-stream")
		for i := 0; r.Context().Err() == nil && i < 1<<20; i++ {
			if _, err := fmt.Fprintf(w, "data: {\"jsonrpc\":\"2.0\",\"id\":\"r%d\",\"method\":\"elicitation/create\",\"params\":{\"mode\":\"url\",\"message\":\"m\",\"url\":\"https://a.example\"}}\n\n", i); err != nil {
				return
			}
		}
	}))}})
	tools := open(t, box)
	w := witness{answer: func(context.Context, chat.Elicitation) (chat.ElicitationAnswer, error) {
		return chat.ElicitationAnswer{Action: "decline"}, nil
	}}
	if got := w.watch(t, tools, "x__echo", "{}"); got.Message == "" {
		t.Errorf("got %+v", got)
	}
	if len(w.asked) > 20 {
		t.Errorf("the person was asked %d times", len(w.asked))
	}
	on.Store(false)
	mustCall(t, tools, "x__echo")
}

func TestFiveMegabytesAreAResult(t *testing.T) {
	watchLeaks(t)
	d := newDesk()
	d.add("huge-rows", func(context.Context, string) (*mcp.CallToolResult, error) {
		row := `{"a":"` + strings.Repeat("x", 1000) + `"},`
		return &mcp.CallToolResult{
			Content:           []mcp.Content{&mcp.TextContent{Text: strings.Repeat("x", 5<<20)}},
			StructuredContent: json.RawMessage("[" + strings.Repeat(row, 5000) + `{"a":1}]`),
		}, nil
	})
	box := newBox(t, toolbox.Config{Remote: []toolbox.Remote{remote("x", d.serve(t, true).URL)}})
	res := mustCall(t, open(t, box), "x__huge-rows")
	table, _ := chat.Rows(res)
	if len(res.Text) < 1<<20 || len(res.Text) > 1<<20+1000 || len(res.Structured) > 1<<20 || *res.RowCount != 5001 || len(table.Rows) < 1000 || table.Total != 5001 {
		t.Errorf("%d bytes of text, %d of data, %d rows", len(res.Text), len(res.Structured), *res.RowCount)
	}
}
