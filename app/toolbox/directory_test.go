package toolbox_test

import (
	"context"
	"errors"
	"net"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/toolbox"
)

// deadEnd is a transport that reaches nothing.
func deadEnd() *http.Transport {
	return &http.Transport{DialContext: func(context.Context, string, string) (net.Conn, error) { return nil, errOut }}
}

func TestTheListOfACallerIsRememberedForSeconds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := &gateway{listed: map[chat.Subject][]toolbox.Listed{"ann": {listed("a")}, "bob": {listed("b")}}}
		box := newBox(t, toolbox.Config{Directory: g, Transport: deadEnd()})
		out := &chat.Error{Kind: chat.KindGatewayDown, Op: "list", Err: errOut}
		ended := &chat.Error{Kind: chat.KindUnauthenticated, Op: "list", Message: "Your session has ended."}
		for _, tt := range []struct {
			name    string
			wait    time.Duration
			subject string
			fresh   bool
			trouble error
			old     bool // the token
			asked   int
			want    string // the id of the server, or the kind of the error
		}{
			{"at first it is asked", 0, "ann", false, nil, false, 1, "a-example-com"},
			{"then remembered", 4 * time.Second, "ann", false, nil, false, 1, "a-example-com"},
			{"another has another list", 0, "bob", false, nil, false, 2, "b-example-com"},
			{"after a while it is asked again", time.Second, "ann", false, nil, false, 3, "a-example-com"},
			{"and whenever it shall be fresh", 0, "ann", true, nil, false, 4, "a-example-com"},
			{"if the gateway is out, the last list holds", 10 * time.Second, "ann", false, out, false, 5, "a-example-com"},
			{"for a while without another look", 4 * time.Second, "ann", false, out, false, 5, "a-example-com"},
			{"who is not known any more has no list", time.Second, "ann", false, ended, false, 6, "unauthenticated"},
			{"which is not remembered", 0, "ann", false, nil, false, 7, "a-example-com"},
			{"with a token that has grown old, the last list holds", 6 * time.Second, "ann", false, ended, true, 8, "a-example-com"},
			{"but not for ever", 5 * time.Minute, "ann", false, out, false, 9, "gateway_down"},
			{"nor is there one for who never had any", 0, "eve", false, out, false, 10, "gateway_down"},
			{"and who has none gets none", 6 * time.Second, "eve", false, nil, false, 11, ""},
		} {
			time.Sleep(tt.wait)
			g.mu.Lock()
			g.trouble = tt.trouble
			g.mu.Unlock()
			c := caller(tt.subject, "TE")
			if tt.old {
				c.TokenAt = c.TokenAt.Add(-5 * time.Minute)
			}
			servers, err := box.Servers(t.Context(), c, tt.fresh)
			got := ""
			if err != nil {
				got = string(chat.KindOf(err))
			} else if len(servers) > 0 {
				got = servers[0].ID
			}
			if got != tt.want || g.asked != tt.asked {
				t.Errorf("%s: got %q after %d looks, want %q after %d", tt.name, got, g.asked, tt.want, tt.asked)
			}
		}
	})
}

func TestARunWithoutAList(t *testing.T) {
	g := &gateway{trouble: &chat.Error{Kind: chat.KindGatewayDown, Op: "list", Message: "The list cannot be had.", Err: errOut}}
	box := newBox(t, toolbox.Config{Directory: g, Transport: deadEnd()})
	tools, err := box.Open(t.Context(), caller("ann", "TE"), []string{"a-example-com"})
	if err != nil {
		t.Fatal(err)
	}
	defer tools.Close()
	want := []chat.ServerNotice{{Server: "gateway", Name: "The gateway", Status: chat.ServerDown, Error: "The list cannot be had."}}
	if diff := cmp.Diff(want, tools.Unavailable()); diff != "" || len(tools.List()) > 0 {
		t.Errorf("%s %v", diff, tools.List())
	}
	g.trouble = &chat.Error{Kind: chat.KindUnauthenticated, Op: "list", Message: "Your session has ended."}
	if _, err := box.Open(t.Context(), caller("eve", "TE"), nil); chat.KindOf(err) != chat.KindUnauthenticated {
		t.Errorf("got %v", err)
	}
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := box.Open(gone, caller("bob", "TE"), nil); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

// A server that asks for a login when the token may have expired may need none.
func TestARefusalOfAnOldTokenIsNotRemembered(t *testing.T) {
	g := newGateway(t)
	inner := newDesk().serve(t, true).Config.Handler
	g.hosts["a.example.com"] = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") == "Bearer TE-old" {
			http.Error(w, "expired", http.StatusUnauthorized)
			return
		}
		inner.ServeHTTP(w, r)
	})
	g.listed["ann"] = []toolbox.Listed{listed("a")}
	box := g.box(t, toolbox.Config{})
	old := caller("ann", "TE-old")
	old.TokenAt = old.TokenAt.Add(-5 * time.Minute)
	for _, tt := range []struct {
		with chat.Caller
		want chat.ServerStatus
	}{{old, chat.ServerNeedsConnect}, {caller("ann", "TE-new"), chat.ServerReady}} {
		servers, err := box.Servers(t.Context(), tt.with, false)
		if err != nil || servers[0].Status != tt.want {
			t.Errorf("got %+v, %v; want %s", servers, err, tt.want)
		}
	}
}
