package app

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/pomerium/pomchat/app/pomerium/pomeriumtest"
	"github.com/pomerium/pomchat/app/store"
)

const (
	chatHost = "chat.localhost.pomerium.io"
	deskHost = "desk.localhost.pomerium.io"
	noteHost = "notes.localhost.pomerium.io"
)

// estate is pomchat behind the stand-in for Pomerium, with a server that needs no login
// of its own and one that does.
type estate struct {
	*pomeriumtest.Gateway
	direct *httptest.Server // pomchat itself, as the gateway reaches it
	log    *book
}

// plenty is a budget that nothing here uses up.
var plenty = Budget{MaxSteps: 9, MaxTime: time.Minute, MaxTokens: 1e6, MaxRuns: 9, RunsPerMinute: 99, MaxToolTokens: 10_000, MaxToolSilence: time.Minute, MaxToolTime: time.Minute}

// book is a log that many write.
type book struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (b *book) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.Write(p)
}

func (b *book) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.String()
}

func newEstate(t *testing.T) *estate {
	t.Helper()
	e := &estate{Gateway: pomeriumtest.New(t), log: &book{}}
	desk := mcp.NewStreamableHTTPHandler(func(*http.Request) *mcp.Server {
		s := mcp.NewServer(&mcp.Implementation{Name: "desk", Version: "1"}, nil)
		mcp.AddTool(s, &mcp.Tool{Name: "echo"}, func(context.Context, *mcp.CallToolRequest, struct{}) (*mcp.CallToolResult, any, error) {
			return &mcp.CallToolResult{}, nil, nil
		})
		return s
	}, &mcp.StreamableHTTPOptions{Stateless: true})
	notes := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") == "" {
			w.Header().Set("WWW-Authenticate", "Bearer")
			http.Error(w, "log in", http.StatusUnauthorized)
			return
		}
		desk.ServeHTTP(w, r)
	})
	at := func(h http.Handler) (*httptest.Server, *url.URL) {
		srv := httptest.NewServer(h)
		t.Cleanup(func() {
			srv.CloseClientConnections()
			srv.Close()
		})
		u, err := url.Parse(srv.URL)
		if err != nil {
			t.Fatal(err)
		}
		return srv, u
	}
	_, deskURL := at(desk)
	_, noteURL := at(notes)
	e.Route(deskHost, deskURL, pomeriumtest.RouteOptions{Name: "Desk", Description: "A desk.", MCPServer: &pomeriumtest.MCPServer{}, LogoURL: e.URL(chatHost).String() + "/logo.svg"})
	e.Route(noteHost, noteURL, pomeriumtest.RouteOptions{Name: "Notes", MCPServer: &pomeriumtest.MCPServer{
		UpstreamOAuth2: &pomeriumtest.UpstreamOAuth2{ClientID: "a", ClientSecret: "b", AuthURL: "https://as.example.com/auth", TokenURL: "https://as.example.com/token"},
	}, LogoURL: "https://127.0.0.1/logo.png"})
	e.serve(t, at)
	return e
}

// serve starts pomchat, and its route.
func (e *estate) serve(t *testing.T, at func(http.Handler) (*httptest.Server, *url.URL)) {
	t.Helper()
	flags := &Serve{Listen: ":3000", PublicURL: e.URL(chatHost).String(), Trust: []string{deskHost, "nobody.example.com"}, WebSearch: "ask", Budget: plenty}
	if err := flags.check(); err != nil {
		t.Fatal(err)
	}
	env := Surroundings{
		UI: fstest.MapFS{"index.html": {Data: []byte("<!doctype html>")}}, Version: "test", Stdout: io.Discard,
		Log: slog.New(slog.NewTextHandler(e.log, &slog.HandlerOptions{Level: slog.LevelDebug})),
	}
	models, err := flags.models(env.Log)
	if err != nil {
		t.Fatal(err)
	}
	front, err := flags.behindPomerium(t.Context(), env, e.Client())
	if err != nil {
		t.Fatal(err)
	}
	kept, err := store.Open(t.Context(), ":memory:")
	if err != nil {
		t.Fatal(err)
	}
	site, err := flags.assemble(t.Context(), env, models, front, kept)
	if err != nil {
		t.Fatal(err)
	}
	direct, upstream := at(site.handler)
	e.direct = direct
	t.Cleanup(func() {
		if err := site.engine.Close(context.Background()); err != nil {
			t.Error(err)
		}
		_ = front.tools.Close()
		_ = kept.Close()
		if strings.Contains(e.log.String(), "pom_mat_") || strings.Contains(e.log.String(), "eyJ") {
			t.Errorf("the log has a token:\n%s", e.log)
		}
	})
	e.Route(chatHost, upstream, pomeriumtest.RouteOptions{MCPClient: true, PassIdentityHeaders: true})
}

// visit sends a request through the gateway in a session; headers come in pairs.
func (e *estate) visit(t *testing.T, s *pomeriumtest.Session, method, path string, headers ...string) (*http.Response, string) {
	t.Helper()
	r := e.request(t, method, e.URL(chatHost).String()+path, headers...)
	if s != nil {
		r.AddCookie(s.Cookie())
	}
	return e.send(t, r)
}

// around sends a request to pomchat itself, as who goes around the gateway.
func (e *estate) around(t *testing.T, method, path string, headers ...string) (*http.Response, string) {
	t.Helper()
	return e.send(t, e.request(t, method, e.direct.URL+path, headers...))
}

func (e *estate) request(t *testing.T, method, address string, headers ...string) *http.Request {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Accept", "application/json")
	for i := 0; i+1 < len(headers); i += 2 {
		if headers[i] == "Host" {
			r.Host = headers[i+1]
			continue
		}
		r.Header.Add(headers[i], headers[i+1])
	}
	return r
}

func (e *estate) send(t *testing.T, r *http.Request) (*http.Response, string) {
	t.Helper()
	client := http.DefaultTransport
	if r.URL.Scheme == "https" {
		client = e.Client().Transport
	}
	res, err := client.RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res, string(body)
}

func read[T any](t *testing.T, res *http.Response, body string) (v T) {
	t.Helper()
	if res.StatusCode != http.StatusOK {
		t.Fatalf("%s %s: %s %s", res.Request.Method, res.Request.URL, res.Status, body)
	}
	if err := json.Unmarshal([]byte(body), &v); err != nil {
		t.Fatal(err)
	}
	return v
}
