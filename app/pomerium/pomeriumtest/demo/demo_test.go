package main

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/pomerium/pomchat/app/pomerium/pomeriumtest"
)

// TestTheDemo starts all but the chat app, whose place a small one takes: it shows
// the token that the gateway gives it.
func TestTheDemo(t *testing.T) {
	h, logs := open(t)
	ann := h.gateway.SignIn(pomeriumtest.Ann())
	response, err := ann.Client().Get(h.gateway.URL("chat.localhost").String())
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(response.Body)
	_ = response.Body.Close()
	if err != nil {
		t.Fatal(err)
	}
	token, ok := strings.CutPrefix(string(text), "Bearer ")
	if !ok {
		t.Fatalf("the app got %q", text)
	}
	got := map[string]string{}
	for _, host := range []string{"db", "notes", "vault"} {
		got[host] = h.ask(t, token, host)
	}
	if diff := cmp.Diff(map[string]string{
		"db":    "subject: user-1\nemail: ann@example.com\nname: Ann Example\ngroups: staff, buyers",
		"notes": "Unauthorized",
		"vault": "access denied",
	}, got); diff != "" {
		t.Errorf("servers (-want +got):\n%s\n%s", diff, logs)
	}
}

func open(t *testing.T) (*house, *logbook) {
	t.Helper()
	binary := filepath.Join(t.TempDir(), "pomchat")
	build := exec.CommandContext(t.Context(), "go", "build", "-o", binary, ".")
	build.Dir = filepath.Join("..", "..", "..", "..")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	app := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.WriteString(w, r.Header.Get("Authorization"))
	}))
	t.Cleanup(app.Close)
	logs := &logbook{}
	h, err := construct(t.Context(), settings{listen: "127.0.0.1:0", domain: "localhost", binary: binary, app: app.URL}, logs)
	if err != nil {
		t.Fatalf("%v\n%s", err, logs)
	}
	t.Cleanup(func() {
		if err := h.close(nil); err != nil {
			t.Errorf("%v\n%s", err, logs)
		}
	})
	return h, logs
}

// ask calls whoami, and returns the text, or the kind of refusal.
func (h *house) ask(t *testing.T, token, host string) string {
	t.Helper()
	client := h.gateway.Client()
	client.Transport = bearer{client.Transport, token}
	session, err := mcp.NewClient(&mcp.Implementation{Name: "demo", Version: "1"}, nil).Connect(t.Context(), &mcp.StreamableClientTransport{
		Endpoint: h.gateway.URL(host+".localhost").String() + "/mcp", HTTPClient: client, DisableStandaloneSSE: true, MaxRetries: -1,
	}, nil)
	if err == nil {
		defer func() { _ = session.Close() }()
		var result *mcp.CallToolResult
		if result, err = session.CallTool(context.WithoutCancel(t.Context()), &mcp.CallToolParams{Name: "whoami"}); err == nil {
			return result.Content[0].(*mcp.TextContent).Text
		}
	}
	for _, kind := range []string{"Unauthorized", "access denied"} {
		if strings.Contains(err.Error(), kind) {
			return kind
		}
	}
	return err.Error()
}

type bearer struct {
	http.RoundTripper
	token string
}

// RoundTrip implements http.RoundTripper.
func (b bearer) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.Header.Set("Authorization", "Bearer "+b.token)
	return b.RoundTripper.RoundTrip(r)
}

// logbook keeps what was logged.
type logbook struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (b *logbook) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.Write(p)
}

func (b *logbook) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.String()
}
