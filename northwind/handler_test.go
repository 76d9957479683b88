package northwind

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// answer is what a test looks at in a response.
type answer struct {
	Status int
	Type   string
	Body   string
}

const listCall = `{"jsonrpc":"2.0","id":1,"method":"tools/list"}`

// post builds a call as an MCP client sends it.
func post(t *testing.T, url, body string) *http.Request {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, url+"/mcp", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Accept", "application/json, text/event-stream")
	return r
}

func do(t *testing.T, r *http.Request) answer {
	t.Helper()
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer{response.StatusCode, response.Header.Get("Content-Type"), string(body)}
}

func TestHandler(t *testing.T) {
	db := open(t, Limits{})
	web := httptest.NewServer(NewHandler(db, HandlerOptions{AllowedHosts: []string{"db.example.com"}}))
	defer web.Close()
	forbiddenHost := answer{403, "application/problem+json", `{"title":"Forbidden","status":403,"detail":"The Host header names neither this machine nor an allowed host."}`}
	forbiddenOrigin := answer{403, "application/problem+json", `{"title":"Forbidden","status":403,"detail":"Requests from web pages of another origin are refused."}`}
	missing := answer{404, "application/problem+json", `{"title":"Not Found","status":404,"detail":"There is nothing here; MCP is served at /mcp."}`}
	tests := []struct {
		name    string
		method  string
		path    string
		host    string
		headers map[string]string
		want    answer
	}{
		{"is alive", "GET", "/livez", "", nil, answer{200, "text/plain; charset=utf-8", "ok\n"}},
		{"is ready", "GET", "/readyz", "", nil, answer{200, "text/plain; charset=utf-8", "ok\n"}},
		{"has no front page", "GET", "/", "", nil, missing},
		{"has nothing below the endpoint", "POST", "/mcp/x", "", nil, missing},
		{"keeps no sessions to read", "GET", "/mcp", "", nil, answer{405, "text/plain; charset=utf-8", "Method Not Allowed\n"}},
		{"refuses a rebound name", "GET", "/livez", "evil.example.com", nil, forbiddenHost},
		{"refuses a rebound name with a port", "POST", "/mcp", "evil.example.com:8080", nil, forbiddenHost},
		{"refuses a name that only begins like loopback", "POST", "/mcp", "127.0.0.1.evil.example.com", nil, forbiddenHost},
		{"accepts an allowed name", "GET", "/livez", "DB.example.com:443", nil, answer{200, "text/plain; charset=utf-8", "ok\n"}},
		{"accepts localhost", "GET", "/livez", "localhost:9", nil, answer{200, "text/plain; charset=utf-8", "ok\n"}},
		{"accepts loopback in IPv6", "GET", "/livez", "[::1]", nil, answer{200, "text/plain; charset=utf-8", "ok\n"}},
		{"refuses another origin", "POST", "/mcp", "", map[string]string{"Origin": "https://evil.example.com"}, forbiddenOrigin},
		{"refuses another site", "POST", "/mcp", "", map[string]string{"Sec-Fetch-Site": "cross-site"}, forbiddenOrigin},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r, err := http.NewRequestWithContext(t.Context(), tt.method, web.URL+tt.path, nil)
			if err != nil {
				t.Fatal(err)
			}
			r.Host = tt.host
			for name, value := range tt.headers {
				r.Header.Set(name, value)
			}
			if diff := cmp.Diff(tt.want, do(t, r)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
	t.Run("answers a call without a handshake", func(t *testing.T) {
		got := do(t, post(t, web.URL, listCall))
		if got.Status != 200 || got.Type != "application/json" || !strings.Contains(got.Body, `"name":"read_query"`) {
			t.Errorf("got %+v", got)
		}
	})
	t.Run("refuses a huge body", func(t *testing.T) {
		if got := do(t, post(t, web.URL, `{"x":"`+strings.Repeat("x", maxBody)+`"}`)); got.Status != http.StatusRequestEntityTooLarge {
			t.Errorf("got %+v", got)
		}
	})
}

func TestClosedDatabaseIsNotReady(t *testing.T) {
	db, err := Open(t.Context(), shop(t), Limits{})
	if err != nil {
		t.Fatal(err)
	}
	web := httptest.NewServer(NewHandler(db, HandlerOptions{}))
	defer web.Close()
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	r, err := http.NewRequestWithContext(t.Context(), "GET", web.URL+"/readyz", nil)
	if err != nil {
		t.Fatal(err)
	}
	want := answer{503, "application/problem+json", `{"title":"Service Unavailable","status":503,"detail":"The database does not answer."}`}
	if diff := cmp.Diff(want, do(t, r)); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// TestHangUpOverHTTP leaves an endless query behind; the one connection must come free long before the deadline.
func TestHangUpOverHTTP(t *testing.T) {
	db := open(t, Limits{Concurrency: 1, Timeout: time.Hour})
	web := httptest.NewServer(NewHandler(db, HandlerOptions{}))
	defer web.Close()
	const meta = `"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientInfo":{"name":"test","version":"1"},"io.modelcontextprotocol/clientCapabilities":{}}`
	r := post(t, web.URL, `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{`+meta+`,"name":"read_query","arguments":{"query":"`+endlessQuery+`"}}}`)
	r.Header.Set("Mcp-Protocol-Version", "2026-07-28")
	r.Header.Set("Mcp-Method", "tools/call")
	r.Header.Set("Mcp-Name", "read_query")
	ctx, hangUp := context.WithCancel(t.Context())
	defer hangUp()
	ended := make(chan error, 1)
	go func() {
		response, err := http.DefaultClient.Do(r.WithContext(ctx))
		if err == nil {
			body, _ := io.ReadAll(response.Body)
			response.Body.Close()
			t.Errorf("an endless query was answered: %d %s", response.StatusCode, body)
		}
		ended <- err
	}()
	for len(db.free) == 1 {
		select {
		case <-ended:
			t.Fatal("the query did not start")
		case <-time.After(time.Millisecond):
		}
	}
	hangUp()
	<-ended
	ask(t, db, Query{SQL: "SELECT 1"})
}
