package toolbox_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/toolbox"
)

func TestStatusIsWhatListingTheToolsBrought(t *testing.T) {
	says := func(status int, media, body string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", media)
			w.WriteHeader(status)
			fmt.Fprint(w, body)
		}
	}
	down := func(reason string) chat.Server { return chat.Server{Status: chat.ServerDown, Error: reason} }
	traced := func(s chat.Server, at chat.Trace) chat.Server { s.Trace = &at; return s }
	elsewhere := httptest.NewServer(newDesk().serve(t, true).Config.Handler)
	defer elsewhere.Close()
	for _, tt := range []struct {
		name string
		url  func(t *testing.T) string
		want chat.Server
	}{
		{
			"a server with sessions",
			func(t *testing.T) string { return newDesk().serve(t, false).URL },
			chat.Server{Status: chat.ServerReady, Tools: deskTools("x")},
		},
		{
			"a server without",
			func(t *testing.T) string { return newDesk().serve(t, true).URL },
			chat.Server{Status: chat.ServerReady, Tools: deskTools("x")},
		},
		{
			"one that redirects within itself",
			func(t *testing.T) string {
				mux := http.NewServeMux()
				mux.Handle("/mcp/", newDesk().serve(t, true).Config.Handler)
				mux.Handle("/mcp", http.RedirectHandler("/mcp/", http.StatusTemporaryRedirect))
				return serve(t, mux).URL + "/mcp"
			},
			chat.Server{Status: chat.ServerReady, Tools: deskTools("x")},
		},
		{
			"one that redirects to another host",
			func(t *testing.T) string {
				return serve(t, http.RedirectHandler(elsewhere.URL, http.StatusTemporaryRedirect)).URL
			},
			traced(down("It redirects to "+elsewhere.Listener.Addr().String()+", where nothing is sent."), chat.Trace{Status: 307}),
		},
		{
			"one that asks for a login",
			func(t *testing.T) string {
				return serve(t, says(401, "application/json", `{"error":"Unauthorized"}`)).URL
			},
			chat.Server{Status: chat.ServerNeedsConnect, Error: "It asks you to log in.", Trace: &chat.Trace{Status: 401}},
		},
		{
			"one that does not let you in",
			func(t *testing.T) string { return serve(t, says(403, "text/plain", "no")).URL },
			chat.Server{Status: chat.ServerNoAccess, Error: "It does not let you in (HTTP 403).", Trace: &chat.Trace{Status: 403}},
		},
		{
			"one that a gateway's policy keeps from you", func(t *testing.T) string { return serve(t, denial()).URL },
			chat.Server{Status: chat.ServerNoAccess, Error: "It is blocked by policy (request RID-9).", Trace: &chat.Trace{Code: "-32602", RequestID: "RID-9"}},
		},
		{
			"a wrong path", func(t *testing.T) string { return serve(t, http.NotFoundHandler()).URL },
			traced(down("There is no MCP server at this address (HTTP 404)."), chat.Trace{Status: 404}),
		},
		{
			"one that wants something else", func(t *testing.T) string { return serve(t, says(400, "text/plain", "no")).URL },
			traced(down("It refuses what MCP asks of it (HTTP 400)."), chat.Trace{Status: 400}),
		},
		{
			"a web page", func(t *testing.T) string { return serve(t, says(200, "text/html; charset=utf-8", "<h1>Hi</h1>")).URL },
			down("It answers with text/html, so this is not an MCP server."),
		},
		{
			"other JSON", func(t *testing.T) string { return serve(t, says(200, "application/json", `{"hello":"world"}`)).URL },
			down("Its answer is not MCP."),
		},
		{
			"one that is in trouble", func(t *testing.T) string { return serve(t, says(502, "text/html", "oh")).URL },
			traced(down("It is in trouble (HTTP 502)."), chat.Trace{Status: 502}),
		},
		{
			"one that has too much to do", func(t *testing.T) string { return serve(t, says(429, "text/html", "oh")).URL },
			traced(down("It asks to slow down (HTTP 429)."), chat.Trace{Status: 429}),
		},
		{
			"one that hangs up",
			func(t *testing.T) string {
				return serve(t, http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) })).URL
			},
			down("It hung up before the answer was complete."),
		},
		{
			"one that never answers", func(t *testing.T) string { return serve(t, hang()).URL },
			down("It did not answer within 300ms."),
		},
		{
			"one that answers without end",
			func(t *testing.T) string {
				return serve(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
					w.Header().Set("Content-Type", "application/json")
					for chunk := make([]byte, 1<<10); ; {
						if _, err := w.Write(chunk); err != nil {
							return
						}
					}
				})).URL
			},
			down("Its answer is too large."),
		},
		{
			"nobody at the door", func(t *testing.T) string { return "http://" + freePort(t) },
			down("Nothing answers at this address (connection refused)."),
		},
		{
			"a certificate that nobody knows",
			func(t *testing.T) string {
				srv := httptest.NewUnstartedServer(newDesk().serve(t, true).Config.Handler)
				srv.Config.ErrorLog = quiet()
				srv.StartTLS()
				t.Cleanup(srv.Close)
				return srv.URL
			},
			down("Its certificate is not trusted: it is signed by an unknown authority."),
		},
		{
			"https where http is spoken",
			func(t *testing.T) string { return "https" + newDesk().serve(t, true).URL[len("http"):] },
			down("It does not speak TLS: its URL may have to begin with http://."),
		},
		{
			"one with more tools than anyone needs",
			func(t *testing.T) string { return deskWith(2001).serve(t, true).URL },
			down("It has more than 2000 tools."),
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			watchLeaks(t)
			url := tt.url(t)
			patience := 300 * time.Millisecond
			if tt.name != "one that never answers" {
				patience = 10 * time.Second
			}
			box := newBox(t, toolbox.Config{
				Remote: []toolbox.Remote{remote("x", url)}, Patience: patience, MaxResponse: 4 << 20,
			})
			want := tt.want
			want.ID, want.Name, want.URL = "x", "X", url
			if diff := cmp.Diff([]chat.Server{want}, statuses(t, box, false), whoseWord); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestOneBadServerHarmsNoOther(t *testing.T) {
	watchLeaks(t)
	box := newBox(t, toolbox.Config{
		Builtin: []toolbox.Builtin{builtin("home", newDesk())},
		Remote:  []toolbox.Remote{remote("gone", "http://"+freePort(t)), remote("away", newDesk().serve(t, true).URL)},
	})
	got := statuses(t, box, false)
	var short []string
	for _, s := range got {
		short = append(short, fmt.Sprint(s.ID, " ", s.Status, " ", len(s.Tools)))
	}
	if diff := cmp.Diff([]string{"home ready 7", "gone down 0", "away ready 7"}, short); diff != "" {
		t.Error(diff)
	}
	tools := open(t, box, "home", "gone", "never", "away")
	gone := chat.ServerNotice{Server: "gone", Name: "GONE", Status: chat.ServerDown, Error: got[1].Error}
	never := chat.ServerNotice{Server: "never", Name: "never", Status: chat.ServerDown, Error: "There is no such server any more."}
	if diff := cmp.Diff([]chat.ServerNotice{gone, never}, tools.Unavailable()); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(append(deskTools("home"), deskTools("away")...), tools.List(), whoseWord); diff != "" {
		t.Error(diff)
	}
	for _, name := range []string{"home__echo", "away__echo"} {
		if diff := cmp.Diff(chat.ToolResult{Text: `{"n":1}`}, mustCall(t, tools, name)); diff != "" {
			t.Error(diff)
		}
	}
}

func TestChosenServers(t *testing.T) {
	box := newBox(t, toolbox.Config{Builtin: []toolbox.Builtin{builtin("a", newDesk()), builtin("b", newDesk())}})
	for _, tt := range []struct {
		name string
		ids  []string
		want []chat.Tool
	}{
		{"nil means all", nil, append(deskTools("a"), deskTools("b")...)},
		{"none means none", []string{}, nil},
		{"one means that one", []string{"b"}, deskTools("b")},
		{"the order is the toolbox's", []string{"b", "a"}, append(deskTools("a"), deskTools("b")...)},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, open(t, box, tt.ids...).List(), whoseWord); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// denial answers every request as a gateway does whose policy says no.
func denial() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var req struct{ ID json.RawMessage }
		if err := json.NewDecoder(r.Body).Decode(&req); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		fmt.Fprintf(w, `{"jsonrpc":"2.0","id":%s,"error":{"code":-32602,"message":"access denied","data":{"request_id":"RID-9"}}}`, req.ID)
	})
}

// hang takes requests and answers none.
func hang() http.Handler {
	return http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		if _, err := io.Copy(io.Discard, r.Body); err == nil {
			<-r.Context().Done()
		}
	})
}

// freePort returns an address of this machine at which nobody listens.
func freePort(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}
