package pomeriumtest_test

import (
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/pomerium/pomchat/app/pomerium/pomeriumtest"
)

const aCall = `{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"query","arguments":{}}}`

func TestWhatWasSeen(t *testing.T) {
	g := pomeriumtest.New(t)
	server := func(host string, p pomeriumtest.Policy) {
		g.Route(host, mirror(t, "Authorization"), pomeriumtest.RouteOptions{MCPServer: &pomeriumtest.MCPServer{MaxRequestBytes: 64 << 10}, Policy: p})
	}
	g.Route(chatHost, mirror(t, "Authorization"), pomeriumtest.RouteOptions{MCPClient: true})
	server(dbHost, pomeriumtest.Policy{DeniedTools: []string{"query"}})
	server(notesHost, pomeriumtest.Policy{})
	g.Connect(pomeriumtest.Ann(), notesHost, "the-notes")
	ann := g.SignIn(pomeriumtest.Ann())
	if response, err := ann.Client().Get(g.URL(chatHost).JoinPath("page").String()); err != nil {
		t.Fatal(err)
	} else if got := readAll(t, response); !strings.HasPrefix(got, "Bearer pom_mat_") {
		t.Errorf("the app got %q", got)
	}
	long := strings.Replace(aCall, "{}", `{"why":"`+strings.Repeat("x", 40<<10)+`"}`, 1)
	for _, one := range []struct{ host, token, body string }{
		{notesHost, ann.Token(), aCall}, {dbHost, ann.Token(), `{"jsonrpc":"2.0","id":1,"method":"ping"}`},
		{dbHost, ann.Token(), aCall}, {dbHost, "", aCall}, {dbHost, ann.Token(), long},
	} {
		fetch(t, g, http.MethodPost, g.URL(one.host).JoinPath("mcp").String(), one.token, one.body)
	}
	got := g.Seen()
	for i := range got {
		if uuid.FindString(got[i].Request) == "" {
			t.Errorf("%+v has no id", got[i])
		}
		got[i].Request = ""
	}
	const who = "ann@example.com"
	if diff := cmp.Diff([]pomeriumtest.Sighting{
		{Host: chatHost, Path: "/page", User: who, Outcome: pomeriumtest.Passed, Shown: pomeriumtest.ShownTE},
		{Host: notesHost, Path: "/mcp", User: who, Method: "tools/call", Tool: "query", Outcome: pomeriumtest.Passed, Shown: pomeriumtest.ShownTI},
		{Host: dbHost, Path: "/mcp", User: who, Method: "ping", Outcome: pomeriumtest.Passed, Shown: pomeriumtest.ShownNothing},
		{Host: dbHost, Path: "/mcp", User: who, Method: "tools/call", Tool: "query", Outcome: pomeriumtest.Denied, Shown: pomeriumtest.ShownNothing},
		{Host: dbHost, Path: "/mcp", Method: "tools/call", Tool: "query", Outcome: pomeriumtest.Unknown, Shown: pomeriumtest.ShownNothing},
		{Host: dbHost, Path: "/mcp", User: who, Outcome: pomeriumtest.TooLong, Shown: pomeriumtest.ShownNothing},
	}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// A token that runs out on the way is worth nothing on arrival.
func TestACallThatIsHeldIsJudgedWhenItGoesOn(t *testing.T) {
	g := pomeriumtest.New(t)
	g.Route(dbHost, mirror(t), pomeriumtest.RouteOptions{MCPServer: &pomeriumtest.MCPServer{}})
	for _, tt := range []struct {
		name   string
		passes time.Duration
		want   int
	}{
		{"in time", 4 * time.Minute, http.StatusOK},
		{"too late", 6 * time.Minute, http.StatusUnauthorized},
	} {
		g.Hold("query")
		token, status := g.SignIn(pomeriumtest.Ann()).Token(), make(chan int)
		go func() {
			response, _ := fetch(t, g, http.MethodPost, g.URL(dbHost).String(), token, aCall)
			status <- response.StatusCode
		}()
		for g.Held() == 0 {
			time.Sleep(time.Millisecond)
		}
		g.Advance(tt.passes)
		g.Release()
		if got := <-status; got != tt.want {
			t.Errorf("%s: answered %d", tt.name, got)
		}
	}
}

func TestPathsThatAnybodyMaySee(t *testing.T) {
	g := pomeriumtest.New(t)
	g.Route(dbHost, listen(t, func(w http.ResponseWriter, r *http.Request) { _, _ = io.WriteString(w, "picture") }), pomeriumtest.RouteOptions{
		MCPServer: &pomeriumtest.MCPServer{}, PublicPaths: []string{"/logo.png"},
	})
	for path, want := range map[string]int{"/logo.png": http.StatusOK, "/logo.pngs": http.StatusUnauthorized, "/": http.StatusUnauthorized} {
		if response, _ := fetch(t, g, http.MethodGet, g.URL(dbHost).JoinPath(path).String(), "", ""); response.StatusCode != want {
			t.Errorf("%s: answered %s", path, response.Status)
		}
	}
}
