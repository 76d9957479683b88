package northwind

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/pomerium/pomchat/app/pomerium"
)

// guests is a Verifier that knows its callers by name.
type guests map[string]Caller

func (guests) Assertion(headers http.Header) (string, error) { return pomerium.AssertionOf(headers) }

func (g guests) Verify(_ context.Context, assertion string) (Caller, error) {
	if assertion == "no keys" {
		return Caller{}, fmt.Errorf("%w: the gateway does not answer", ErrUnavailable)
	}
	caller, ok := g[assertion]
	if !ok {
		return Caller{}, errors.New("its signature is wrong")
	}
	return caller, nil
}

// gateway is the gateway of the tests.
func gateway(publicURL string) *Gateway {
	u, err := url.Parse(publicURL)
	if err != nil {
		panic(err)
	}
	return &Gateway{PublicURL: u, Verifier: guests{
		"ada":    {Subject: "user-1", Email: "ada@example.com", Name: "Ada", Groups: []string{"sales", "admins"}},
		"bob":    {Subject: "user-2", Email: "bob@example.com"},
		"nobody": {},
	}}
}

const publicURL = "https://db.example.com:8443"

// asAda identifies requests.
func asAda() map[string]string { return map[string]string{"X-Pomerium-Jwt-Assertion": "ada"} }

// logLines returns a logger and what it wrote, without times and levels.
func logLines() (*slog.Logger, *bytes.Buffer) {
	b := new(bytes.Buffer)
	return slog.New(slog.NewJSONHandler(b, &slog.HandlerOptions{ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
		switch a.Key {
		case slog.TimeKey, "ms":
			return slog.Attr{}
		}
		return a
	}})), b
}

func TestOnlyWhoIsIdentifiedGetsIn(t *testing.T) {
	problem := func(status int, detail string) answer {
		return answer{status, "application/problem+json", fmt.Sprintf(`{"title":%q,"status":%d,"detail":%q}`, http.StatusText(status), status, detail)}
	}
	refused := func(reason string, status int) string {
		return fmt.Sprintf(`{"level":"WARN","msg":"request refused","reason":%q,"status":%d,"remote":"192.0.2.1:1234","request_id":"r-1"}`, reason, status) + "\n"
	}
	missing := problem(403, "This request does not say who is asking. Send it to https://db.example.com:8443; if it went there, the administrator of the gateway has to set pass_identity_headers: true on this route.")
	wrong := problem(403, "What this request says about who is asking is not to be believed. The log of this server tells its administrator why; most often --public-url is not the URL of the route.")
	later := problem(503, "Nobody can be identified at the moment, because the keys of the gateway cannot be had. Try again soon; if that does not help, the log of this server tells its administrator why.")
	pong := answer{200, "application/json", `{"jsonrpc":"2.0","id":1,"result":{}}`}
	ok := answer{200, "text/plain; charset=utf-8", "ok\n"}
	several := func(header string) string {
		return refused("the identity assertion is not valid: there are several in headers "+header, 403)
	}
	differ := refused("the identity assertion is not valid: the headers X-Pomerium-Jwt-Assertion and X-Pomerium-Assertion differ", 403)
	const header, alias = "X-Pomerium-Jwt-Assertion", "X-Pomerium-Assertion"
	tests := []struct {
		name    string
		path    string
		headers http.Header
		want    answer
		log     string
	}{
		{"a caller", "/mcp", http.Header{header: {"ada"}}, pong, ""},
		{"nobody", "/mcp", nil, missing, refused("it has no header X-Pomerium-Jwt-Assertion", 403)},
		{"an assertion of somebody else", "/mcp", http.Header{header: {"mallory"}}, wrong, refused("its signature is wrong", 403)},
		{"an empty assertion", "/mcp", http.Header{header: {""}}, missing, refused("it has no header X-Pomerium-Jwt-Assertion", 403)},
		{"two assertions", "/mcp", http.Header{header: {"ada", "bob"}}, wrong, several(header)},
		{"twice the same assertion", "/mcp", http.Header{header: {"ada", "ada"}}, wrong, several(header)},
		{"a caller by the other header", "/mcp", http.Header{alias: {"ada"}}, pong, ""},
		{"a caller by both", "/mcp", http.Header{header: {"ada"}, alias: {"ada"}}, pong, ""},
		{"a caller by one, the other empty", "/mcp", http.Header{header: {""}, alias: {"ada"}}, pong, ""},
		{"two callers by both", "/mcp", http.Header{header: {"ada"}, alias: {"bob"}}, wrong, differ},
		{"somebody else by the other header", "/mcp", http.Header{alias: {"mallory"}}, wrong, refused("its signature is wrong", 403)},
		{"two by the other header", "/mcp", http.Header{header: {"ada"}, alias: {"ada", "ada"}}, wrong, several(alias)},
		{"an assertion about nobody", "/mcp", http.Header{header: {"nobody"}}, wrong, refused("its assertion names no subject", 403)},
		{"an assertion that the caller passed on", "/mcp", http.Header{header + "-For": {"ada"}}, missing, refused("it has no header X-Pomerium-Jwt-Assertion", 403)},
		{"an assertion beside one passed on", "/mcp", http.Header{header: {"ada"}, header + "-For": {"mallory"}}, pong, ""},
		{"a bearer token", "/mcp", http.Header{"Authorization": {"Bearer ada"}}, missing, refused("it has no header X-Pomerium-Jwt-Assertion", 403)},
		{"nobody while the keys cannot be had", "/mcp", nil, missing, refused("it has no header X-Pomerium-Jwt-Assertion", 403)},
		{"somebody while the keys cannot be had", "/mcp", http.Header{header: {"no keys"}}, later, refused("nobody can be identified at the moment: the gateway does not answer", 503)},
		{"a check whether it lives", "/livez", nil, ok, ""},
		{"a check whether it is ready", "/readyz", nil, ok, ""},
	}
	db := open(t, Limits{})
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			log, lines := logLines()
			handler := NewHandler(db, HandlerOptions{Logger: log, Gateway: gateway(publicURL)})
			method := "POST"
			if tt.path != "/mcp" {
				method = "GET"
			}
			r := httptest.NewRequest(method, tt.path, strings.NewReader(`{"jsonrpc":"2.0","id":1,"method":"ping"}`))
			r.Header = http.Header{"Content-Type": {"application/json"}, "Accept": {"application/json, text/event-stream"}, "X-Request-Id": {"r-1"}}
			for name, values := range tt.headers {
				r.Header[name] = values
			}
			w := httptest.NewRecorder()
			handler.ServeHTTP(w, r)
			if diff := cmp.Diff(tt.want, answer{w.Code, w.Header().Get("Content-Type"), w.Body.String()}); diff != "" {
				t.Errorf("answer (-want +got)\n%s", diff)
			}
			if diff := cmp.Diff(tt.log, lines.String()); diff != "" {
				t.Errorf("log (-want +got)\n%s", diff)
			}
			if retry := w.Header().Get("Retry-After"); (retry == "5") != (w.Code == 503) {
				t.Errorf("it may be tried again after %q", retry)
			}
			if id := w.Header().Get("X-Request-Id"); id != "r-1" {
				t.Errorf("the answer has the id %q", id)
			}
		})
	}
}

func TestWebPagesOfOtherOriginsStayOutBehindAGateway(t *testing.T) {
	const own = "https://db.example.com:8443"
	for _, tt := range []struct {
		name    string
		host    string
		headers http.Header
		want    int
	}{
		{"a client that is no browser, with the host rewritten", "northwind:8080", nil, 200},
		{"a client that is no browser, with the host preserved", "db.example.com:8443", nil, 200},
		{"a host that nobody heard of, as the assertion protects", "evil.example.com", nil, 200},
		{"its own page, with the host rewritten", "northwind:8080", http.Header{"Origin": {own}, "Sec-Fetch-Site": {"same-origin"}}, 200},
		{"its own page, with the host preserved", "db.example.com:8443", http.Header{"Origin": {own}, "Sec-Fetch-Site": {"same-origin"}}, 200},
		{"its own page in a browser without fetch metadata", "northwind:8080", http.Header{"Origin": {own}}, 200},
		{"something typed into the browser", "northwind:8080", http.Header{"Sec-Fetch-Site": {"none"}}, 200},
		{"another page", "northwind:8080", http.Header{"Origin": {"https://evil.example.com"}, "Sec-Fetch-Site": {"cross-site"}}, 403},
		{"another page in a browser without fetch metadata", "northwind:8080", http.Header{"Origin": {"https://evil.example.com"}}, 403},
		{"a page of the chat app", "northwind:8080", http.Header{"Origin": {"https://chat.example.com"}, "Sec-Fetch-Site": {"same-site"}}, 403},
		{"a page without an origin", "northwind:8080", http.Header{"Origin": {"null"}}, 403},
		{"a page of the name that the gateway rewrote to", "northwind:8080", http.Header{"Origin": {"http://northwind:8080"}}, 403},
		{"its own host without TLS", "db.example.com:8443", http.Header{"Origin": {"http://db.example.com:8443"}}, 403},
		{"another port of its host", "db.example.com:8443", http.Header{"Origin": {"https://db.example.com"}}, 403},
		{"two origins", "northwind:8080", http.Header{"Origin": {own, "https://evil.example.com"}}, 403},
		{"another page that hides its origin", "northwind:8080", http.Header{"Sec-Fetch-Site": {"cross-site"}}, 403},
	} {
		t.Run(tt.name, func(t *testing.T) {
			handler := NewHandler(open(t, Limits{}), HandlerOptions{Gateway: gateway(own)})
			r := httptest.NewRequest("POST", "/mcp", strings.NewReader(listCall))
			r.Host = tt.host
			r.Header = http.Header{"Content-Type": {"application/json"}, "Accept": {"application/json, text/event-stream"}, "X-Pomerium-Jwt-Assertion": {"ada"}}
			for name, values := range tt.headers {
				r.Header[name] = values
			}
			w := httptest.NewRecorder()
			handler.ServeHTTP(w, r)
			if w.Code != tt.want {
				t.Errorf("got %d %s", w.Code, w.Body)
			}
		})
	}
}

func TestWhoami(t *testing.T) {
	for _, tt := range []struct {
		who, text, structured string
	}{
		{"ada", "subject: user-1\nemail: ada@example.com\nname: Ada\ngroups: sales, admins", `{"email":"ada@example.com","groups":["sales","admins"],"name":"Ada","subject":"user-1"}`},
		{"bob", "subject: user-2\nemail: bob@example.com", `{"email":"bob@example.com","groups":[],"name":"","subject":"user-2"}`},
	} {
		t.Run(tt.who, func(t *testing.T) {
			session, _ := connectTo(t, open(t, Limits{}), slog.LevelError, HandlerOptions{Gateway: gateway(publicURL)},
				map[string]string{"X-Pomerium-Jwt-Assertion": tt.who})
			text, structured, failed := call(t, session, "whoami", nil)
			if diff := cmp.Diff([]any{tt.text, tt.structured, false}, []any{text, structured, failed}); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
			list, err := session.ListTools(t.Context(), nil)
			if err != nil {
				t.Fatal(err)
			}
			tool := list.Tools[len(list.Tools)-1]
			if tool.Name != "whoami" || list.TTLMs != 3_600_000 || list.CacheScope != "public" || !strings.Contains(session.InitializeResult().Instructions, "whoami") {
				t.Errorf("the tool %s; the list may be kept for %d ms by %s", tool.Name, list.TTLMs, list.CacheScope)
			}
			var value any
			if err := json.Unmarshal([]byte(structured), &value); err != nil {
				t.Fatal(err)
			}
			if err := resolve(t, tool.OutputSchema).Validate(value); err != nil {
				t.Errorf("the result breaks the output schema: %v", err)
			}
		})
	}
}

// TestCallersAreNotMixedUp asks as two people at once, on the same connections.
func TestCallersAreNotMixedUp(t *testing.T) {
	web := httptest.NewServer(NewHandler(open(t, Limits{}), HandlerOptions{Gateway: gateway(publicURL)}))
	defer web.Close()
	var wg sync.WaitGroup
	for i := range 200 {
		who, subject := "ada", `"subject":"user-1"`
		if i%2 == 1 {
			who, subject = "bob", `"subject":"user-2"`
		}
		version, meta := "2025-11-25", ""
		if i%4 < 2 {
			version, meta = "2026-07-28", newestMeta+","
		}
		r := post(t, web.URL, `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{`+meta+`"name":"whoami"}}`)
		r.Header.Set("Mcp-Protocol-Version", version)
		r.Header.Set("Mcp-Method", "tools/call")
		r.Header.Set("Mcp-Name", "whoami")
		r.Header.Set("Mcp-Session-Id", "shared") // must not matter
		r.Header.Set("X-Pomerium-Jwt-Assertion", who)
		wg.Go(func() {
			if got := do(t, r); got.Status != 200 || !strings.Contains(got.Body, subject) {
				t.Errorf("%s got %+v", who, got)
			}
		})
	}
	wg.Wait()
}

func TestNobodyIsAnnouncedWithoutAGateway(t *testing.T) {
	session, _ := connectTo(t, open(t, Limits{}), slog.LevelError, HandlerOptions{}, asAda())
	_, err := session.CallTool(t.Context(), &mcp.CallToolParams{Name: "whoami"})
	if err == nil || !strings.Contains(err.Error(), `unknown tool "whoami"`) {
		t.Errorf("got %v", err)
	}
}

func TestRequestIDs(t *testing.T) {
	for _, tt := range []struct {
		name string
		sent []string
		kept bool
	}{
		{"a UUID", []string{"476e0723-8074-429d-8cc7-68a57df0d5b1"}, true},
		{"one of Pomerium", []string{"BYFQnjUjph7oLNjRgCjzZC"}, true},
		{"64 bytes", []string{strings.Repeat("a", 64)}, true},
		{"65 bytes", []string{strings.Repeat("a", 65)}, false},
		{"none", nil, false},
		{"an empty one", []string{""}, false},
		{"two", []string{"a", "b"}, false},
		{"a line break", []string{"a\nb"}, false},
		{"a quote", []string{`a"b`}, false},
		{"a letter beyond ASCII", []string{"ä"}, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := requestID(http.Header{"X-Request-Id": tt.sent})
			if kept := len(tt.sent) == 1 && got == tt.sent[0]; kept != tt.kept || got == "" {
				t.Errorf("got %q", got)
			}
		})
	}
}

// TestRefusalsCannotFillADisk sends more requests than are logged.
func TestRefusalsCannotFillADisk(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		log, lines := logLines()
		f := &refusals{log: log}
		refuse := func(n int) (logged []string) {
			lines.Reset()
			for range n {
				w := httptest.NewRecorder()
				f.refuse(w, httptest.NewRequest("POST", "/mcp", nil), 403, "No.", errOrigin)
				if w.Code != 403 {
					t.Errorf("got %d", w.Code)
				}
			}
			return strings.Split(strings.TrimSpace(lines.String()), "\n")
		}
		if got := refuse(100); len(got) != 20 || strings.Contains(got[19], "unlogged") {
			t.Errorf("%d lines, the last: %s", len(got), got[len(got)-1])
		}
		time.Sleep(time.Second)
		if got := refuse(2); len(got) != 2 || !strings.HasSuffix(got[0], `,"unlogged":80}`) || strings.Contains(got[1], "unlogged") {
			t.Errorf("a second later: %q", got)
		}
	})
}
