package northwind

import (
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// heard is all that a client gets.
type heard struct {
	Status int
	Header http.Header
	Body   string
}

// send gives a request to a handler. The same request id comes back, so that answers can be compared.
func (r memoRequest) send(t testing.TB, h http.Handler, id string, headers map[string]string) heard {
	t.Helper()
	method, path := "POST", "/mcp"
	if r.method != "" {
		method = r.method
	}
	if r.path != "" {
		path = r.path
	}
	body := strings.Replace(r.body, "$id", id, 1)
	request := httptest.NewRequestWithContext(t.Context(), method, path, strings.NewReader(body))
	request.Header = http.Header{"Content-Type": {"application/json"}, "Accept": {"application/json, text/event-stream"}, requestIDHeader: {"r-1"}}
	if r.chunked {
		request.ContentLength = -1
	}
	for name, value := range r.headers {
		if request.Header.Set(name, value); value == "" {
			request.Header.Del(name)
		}
	}
	for name, value := range headers {
		request.Header.Set(name, value)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, request)
	text, err := io.ReadAll(w.Result().Body)
	if err != nil {
		t.Fatal(err)
	}
	return heard{w.Code, w.Result().Header, regexp.MustCompile(`"elapsed_ms":[0-9.]+`).ReplaceAllString(string(text), `"elapsed_ms":0`)}
}

// TestMemoAnswersLikeTheEndpoint sends each request several times, through a memo and past it. Status, headers and bytes
// must be the same, and the endpoint must be asked once for what is kept.
func TestMemoAnswersLikeTheEndpoint(t *testing.T) {
	endpoint := NewHandler(open(t, Limits{CacheBytes: -1}), HandlerOptions{DemoWriteTool: true})
	asked := 0
	m := &memo{kept: newCache[response](1 << 24), next: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked++
		endpoint.ServeHTTP(w, r)
	})}
	m.audit = audit{log: HandlerOptions{}.logger()}
	names := map[string]bool{}
	for _, r := range memoRequests() {
		if names[r.name] && r.kept {
			t.Errorf("there are two requests %q", r.name)
		}
		names[r.name] = true
		t.Run(r.name, func(t *testing.T) {
			asked = 0
			ids := []string{"1", "1", "0", "123456789012345", `"a"`, `"<&> ~\u007e"`, "1"}
			for _, id := range ids {
				want, got := r.send(t, endpoint, id, nil), r.send(t, m, id, nil)
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("with the id %s (-endpoint +memo)\n%s", id, diff)
				}
			}
			want := len(ids)
			if r.kept {
				want = 2 // one of the ids has an escape
			}
			if asked != want {
				t.Errorf("the endpoint was asked %d times, want %d", asked, want)
			}
		})
	}
}

// FuzzMemo sends any body to a memo that knows ordinary ones, and past it.
func FuzzMemo(f *testing.F) {
	endpoint := NewHandler(open(f, Limits{CacheBytes: -1}), HandlerOptions{})
	m := &memo{kept: newCache[response](1 << 24), next: endpoint, audit: audit{log: HandlerOptions{}.logger()}}
	for _, r := range memoRequests() {
		if r.kept {
			r.send(f, m, "1", nil)
		}
		f.Add(strings.Replace(r.body, "$id", "2", 1), r.headers["Mcp-Protocol-Version"], r.headers["Mcp-Method"], r.headers["Mcp-Name"])
	}
	value := regexp.MustCompile(`^[!-~]*$`)
	f.Fuzz(func(t *testing.T, body, version, method, name string) {
		if fickle(body) || strings.Contains(strings.ToLower(body), "now") {
			return // the answer may be another each time
		}
		r := memoRequest{body: body, headers: map[string]string{}}
		for header, v := range map[string]string{"Mcp-Protocol-Version": version, "Mcp-Method": method, "Mcp-Name": name} {
			if v != "" && value.MatchString(v) {
				r.headers[header] = v
			}
		}
		for range 2 {
			if diff := cmp.Diff(r.send(t, endpoint, "1", nil), r.send(t, m, "1", nil)); diff != "" {
				t.Errorf("(-endpoint +memo)\n%s", diff)
			}
		}
	})
}

// TestMemoKnowsNoCallers has two callers and strangers ask for the same, behind a gateway. Nobody may get what is
// another's, and the audit must name who asked, also for what is kept.
func TestMemoKnowsNoCallers(t *testing.T) {
	log, lines := logLines()
	handler := NewHandler(open(t, Limits{}), HandlerOptions{Gateway: gateway(publicURL), Logger: log})
	who := func(assertion string) map[string]string { return map[string]string{assertionHeader: assertion} }
	call := func(name, arguments string) memoRequest {
		return memoRequest{body: fmt.Sprintf(`{"jsonrpc":"2.0","id":$id,"method":"tools/call","params":{"name":%q,"arguments":%s}}`, name, arguments)}
	}
	query, me, list := call("read_query", `{"query":"SELECT 1 AS n"}`), call("whoami", `{}`), memoRequest{body: `{"jsonrpc":"2.0","id":$id,"method":"tools/list"}`}
	for range 2 {
		for name, subject := range map[string]string{"ada": "user-1", "bob": "user-2"} {
			if got := me.send(t, handler, "1", who(name)); !strings.Contains(got.Body, subject) {
				t.Errorf("%s is told %s", name, got.Body)
			}
		}
	}
	lines.Reset()
	for i, name := range []string{"ada", "bob", "ada"} {
		id := fmt.Sprint(i)
		if got := query.send(t, handler, id, who(name)); got.Status != 200 || !strings.HasPrefix(got.Body, `{"jsonrpc":"2.0","id":`+id+`,`) {
			t.Errorf("%s gets %+v", name, got)
		}
		list.send(t, handler, id, who(name))
	}
	line := func(user, email string, cached bool) string {
		return fmt.Sprintf(`{"level":"INFO","msg":"tool called","user":%q,"email":%q,"tool":"read_query","sql":"SELECT 1 AS n","outcome":"ok","rows":1,"cached":%v,"bytes":0,"request_id":"r-1"}`+"\n", user, email, cached)
	}
	ada, bob := line("user-1", "ada@example.com", false), line("user-2", "bob@example.com", true)
	again := strings.Replace(ada, `"cached":false`, `"cached":true`, 1)
	logged := regexp.MustCompile(`"bytes":[0-9]+`).ReplaceAllString(lines.String(), `"bytes":0`)
	if diff := cmp.Diff(ada+bob+again, logged); diff != "" {
		t.Errorf("the log (-want +got)\n%s", diff)
	}
	for _, r := range []memoRequest{query, me, list} {
		for _, stranger := range []map[string]string{{}, who("forged"), who("nobody"), who("no keys")} {
			if got := r.send(t, handler, "1", stranger); got.Status != 403 && got.Status != 503 || strings.Contains(got.Body, "jsonrpc") {
				t.Errorf("a stranger (%v) gets %+v", stranger, got)
			}
		}
		forged := maps.Clone(who("ada"))
		forged["Origin"] = "https://evil.example.com"
		if got := r.send(t, handler, "1", forged); got.Status != 403 {
			t.Errorf("a page of another origin gets %+v", got)
		}
	}
}

// TestMemoHasTheRightsOfItsServer asks a server without a tool for what one with it keeps.
func TestMemoHasTheRightsOfItsServer(t *testing.T) {
	db := open(t, Limits{})
	rights, err := ParseRights(nil, []string{readQueryName})
	if err != nil {
		t.Fatal(err)
	}
	all, fewer := NewHandler(db, HandlerOptions{}), NewHandler(db, HandlerOptions{Rights: rights})
	r := memoRequest{body: `{"jsonrpc":"2.0","id":$id,"method":"tools/call","params":{"name":"read_query","arguments":{"query":"SELECT 1 AS n"}}}`}
	for _, id := range []string{"r-1", "r-2"} {
		if got := r.send(t, all, "1", nil); got.Status != 200 || strings.Contains(got.Body, "error") {
			t.Errorf("the server with the tool says %+v", got)
		}
		if got := r.send(t, fewer, "1", map[string]string{requestIDHeader: id}); !strings.Contains(got.Body, "access denied") || !strings.Contains(got.Body, id) {
			t.Errorf("the server without the tool says %+v", got)
		}
	}
}
