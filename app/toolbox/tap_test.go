package toolbox_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/toolbox"
)

// The SDK sets these headers only on a connection that it knows.
func TestRequestsBearTheRevisionThatWasAgreed(t *testing.T) {
	for _, tt := range []struct {
		name      string
		stateless bool
		want      []string
	}{
		{"with sessions", false, []string{
			"POST server/discover: 2026-07-28 server/discover",
			"POST initialize:  ",
			"POST notifications/initialized: 2025-11-25 ",
			"POST logging/setLevel: 2025-11-25 ",
			"GET : 2025-11-25 ",
			"POST tools/call: 2025-11-25 ",
			"POST notifications/cancelled: 2025-11-25 ",
			"DELETE : 2025-11-25 ",
		}},
		{"without", true, []string{
			"POST server/discover: 2026-07-28 server/discover",
			"POST subscriptions/listen: 2026-07-28 subscriptions/listen",
			"POST tools/call: 2026-07-28 tools/call",
			"POST notifications/cancelled: 2026-07-28 notifications/cancelled",
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			watchLeaks(t)
			d := newDesk()
			var mu sync.Mutex
			seen := map[string]bool{}
			listening := make(chan struct{}, 9)
			inner := d.serve(t, tt.stateless).Config.Handler
			srv := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				body, err := io.ReadAll(r.Body)
				if err != nil {
					t.Error(err)
				}
				r.Body = io.NopCloser(bytes.NewReader(body))
				var msg struct{ Method string }
				_ = json.Unmarshal(body, &msg) // a DELETE has none
				mu.Lock()
				seen[fmt.Sprintf("%s %s: %s %s", r.Method, msg.Method, r.Header.Get("Mcp-Protocol-Version"), r.Header.Get("Mcp-Method"))] = true
				mu.Unlock()
				if r.Method == http.MethodGet || msg.Method == "subscriptions/listen" {
					listening <- struct{}{}
				}
				inner.ServeHTTP(w, r)
			}))
			box := newBox(t, toolbox.Config{Remote: []toolbox.Remote{remote("x", srv.URL)}})
			tools := open(t, box)
			mu.Lock()
			clear(seen) // what the probe did
			mu.Unlock()
			ctx, cancel := context.WithCancel(t.Context())
			go func() {
				<-d.began
				<-listening // which begins beside the calls
				cancel()
			}()
			if _, err := tools.Call(ctx, "x__wait", nil, chat.Nobody{}); err == nil {
				t.Error("no error")
			}
			if err := tools.Close(); err != nil {
				t.Error(err)
			}
			want := map[string]bool{}
			for _, s := range tt.want {
				want[s] = true
			}
			mu.Lock()
			defer mu.Unlock()
			if diff := cmp.Diff(want, seen); diff != "" {
				t.Error(diff)
			}
		})
	}
}
