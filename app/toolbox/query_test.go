package toolbox_test

import (
	"bytes"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/toolbox"
)

// The server gets the query of its URL with every request, and nobody else sees it.
func TestASecretInTheQueryOfAURLIsTheServersAlone(t *testing.T) {
	const secret = "s3cr3t-key"
	for _, tt := range []struct {
		name  string
		serve func(t *testing.T, h http.Handler) string
		ready bool
	}{
		{"a server that answers", func(t *testing.T, h http.Handler) string { return serve(t, h).URL }, true},
		{"one that redirects", func(t *testing.T, h http.Handler) string {
			return serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if r.URL.Path == "/mcp" {
					http.Redirect(w, r, "/there", http.StatusTemporaryRedirect)
					return
				}
				h.ServeHTTP(w, r)
			})).URL
		}, true},
		{"nobody at the door", func(t *testing.T, _ http.Handler) string { return "http://" + freePort(t) }, false},
		{"one that breaks off", func(t *testing.T, _ http.Handler) string {
			return serve(t, http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) })).URL
		}, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			watchLeaks(t)
			var mu sync.Mutex
			asked := map[string]int{}
			inner := newDesk().serve(t, false).Config.Handler
			base := tt.serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				mu.Lock()
				asked[r.URL.RawQuery]++
				mu.Unlock()
				inner.ServeHTTP(w, r)
			}))
			var log bytes.Buffer
			box, err := toolbox.New(toolbox.Config{
				Version: "1", Remote: []toolbox.Remote{remote("a", base+"/mcp?token="+secret+"&"+secret)},
				Log: slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug})),
			})
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = box.Close() }()
			servers := statuses(t, box, true)
			tools := open(t, box)
			_, err = call(t, tools, "a__echo")
			shown := fmt.Sprintf("%+v %+v %v", servers, tools.List(), err)
			if strings.Contains(shown, secret) || strings.Contains(log.String(), secret) {
				t.Errorf("the secret is shown: %s\nor logged: %s", shown, log.String())
			}
			if ready := servers[0].Status == chat.ServerReady; ready != tt.ready {
				t.Errorf("it is %s: %s", servers[0].Status, servers[0].Error)
			}
			want := base + "/mcp?token=…&…"
			if servers[0].URL != want {
				t.Errorf("the URL is shown as %s", servers[0].URL)
			}
			mu.Lock()
			defer mu.Unlock()
			delete(asked, "token="+secret+"&"+secret)
			if len(asked) > 0 {
				t.Errorf("the server was asked with %v", asked)
			}
			if tt.ready && servers[0].Tools[0].ServerURL != want {
				t.Errorf("approvals are bound to %s", servers[0].Tools[0].ServerURL)
			}
		})
	}
}

func TestTheProviderGetsTheQuery(t *testing.T) {
	srv := newDesk().serve(t, true)
	box := newBox(t, toolbox.Config{Remote: []toolbox.Remote{remote("a", srv.URL+"/?key=s3cr3t")}, RemoteByProvider: []string{"a"}})
	if got := open(t, box).Remote(); len(got) != 1 || got[0].URL != srv.URL+"/?key=s3cr3t" {
		t.Errorf("%+v", got)
	}
}
