package toolbox_test

import (
	"net/http"
	"sync"
	"testing"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/pomerium/pomchat/app/toolbox"
)

func TestAForgottenSessionIsMadeAnewUnseen(t *testing.T) {
	const unknown = `{"jsonrpc":"2.0","id":null,"error":{"code":-32000,"message":"Bad Request: No valid session ID provided"}}`
	for _, tt := range []struct {
		name   string
		forget func(w http.ResponseWriter)
	}{
		{"as the protocol has it", func(w http.ResponseWriter) { http.Error(w, "session not found", http.StatusNotFound) }},
		{"as the TypeScript SDK's examples do", func(w http.ResponseWriter) {
			w.Header().Set("Content-Type", "application/json")
			w.WriteHeader(http.StatusBadRequest)
			_, _ = w.Write([]byte(unknown))
		}},
		{"in plain words", func(w http.ResponseWriter) { http.Error(w, "Invalid session ID", http.StatusBadRequest) }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			watchLeaks(t)
			d := newDesk()
			inner := mcp.NewStreamableHTTPHandler(func(*http.Request) *mcp.Server { return d.Server }, nil)
			var forgotten sync.Map
			srv := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if _, ok := forgotten.Load(r.Header.Get("Mcp-Session-Id")); ok {
					tt.forget(w)
					return
				}
				inner.ServeHTTP(w, r)
			}))
			tools := open(t, newBox(t, toolbox.Config{Remote: []toolbox.Remote{remote("x", srv.URL)}}))
			mustCall(t, tools, "x__echo")
			for _, s := range d.sessionsLeft() {
				forgotten.Store(s.ID(), true)
			}
			if res := mustCall(t, tools, "x__echo"); res.Text != `{"n":1}` {
				t.Errorf("got %+v", res)
			}
			for _, s := range d.sessionsLeft() {
				if err := s.Close(); err != nil {
					t.Log(err)
				}
			}
		})
	}
}

func (d *desk) sessionsLeft() (all []*mcp.ServerSession) {
	for s := range d.Sessions() {
		all = append(all, s)
	}
	return all
}
