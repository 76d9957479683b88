package pomeriumtest_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pomerium/pomchat/app/pomerium/pomeriumtest"
)

func TestTheList(t *testing.T) {
	g := pomeriumtest.New(t)
	g.Route(chatHost, mirror(t), pomeriumtest.RouteOptions{MCPClient: true})
	list := g.URL(chatHost).String() + "/.pomerium/mcp/routes"
	ann := g.SignIn(pomeriumtest.Ann())
	ask := func() string {
		t.Helper()
		response, body := fetch(t, g, http.MethodGet, list, ann.Token(), "")
		if response.StatusCode != http.StatusOK {
			t.Fatalf("answered %s: %s", response.Status, body)
		}
		return strings.ReplaceAll(strings.TrimSpace(body), g.URL("").Host, "")
	}
	check := func(when, want string) {
		t.Helper()
		if diff := cmp.Diff(want, ask()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", when, diff)
		}
	}
	check("without servers", `{"servers":null}`)

	g.Route(dbHost, mirror(t), pomeriumtest.RouteOptions{
		MCPServer: &pomeriumtest.MCPServer{Path: "/mcp"}, Policy: pomeriumtest.Policy{AllowedUsers: []string{"bob@example.com"}},
	})
	const db = `{"url":"https://` + dbHost + `/mcp","connected":false,"needs_oauth":true}`
	check("with one that Ann may not use", `{"servers":[`+db+`]}`)

	g.Route(notesHost, mirror(t), pomeriumtest.RouteOptions{
		Name: "Notes", Description: "To remember", LogoURL: "https://notes.example.com/logo.png", MCPServer: &pomeriumtest.MCPServer{},
	})
	g.Connect(pomeriumtest.Ann(), notesHost, "ti-of-ann")
	notes := `{"name":"Notes","description":"To remember","logo_url":"https://notes.example.com/logo.png","url":"https://` + notesHost + `","connected":true,"needs_oauth":true}`
	orders := map[string]bool{}
	for range 64 {
		orders[ask()] = true
	}
	want := map[string]bool{`{"servers":[` + db + `,` + notes + `]}`: true, `{"servers":[` + notes + `,` + db + `]}`: true}
	if diff := cmp.Diff(want, orders); diff != "" {
		t.Errorf("with two (-want +got):\n%s", diff)
	}

	g.Suffer(pomeriumtest.NoList)
	if response, body := fetch(t, g, http.MethodGet, list, ann.Token(), ""); response.StatusCode != http.StatusInternalServerError || !strings.HasPrefix(body, "Internal error. Check logs for request ID: ") {
		t.Errorf("in trouble it answered %s: %s", response.Status, body)
	}
}

func TestDisconnect(t *testing.T) {
	g := pomeriumtest.New(t)
	seen := mirror(t, "Authorization")
	hosts := []string{dbHost, notesHost}
	for _, host := range hosts {
		g.Route(host, seen, pomeriumtest.RouteOptions{MCPServer: &pomeriumtest.MCPServer{}})
		g.Connect(pomeriumtest.Ann(), host, "ti-of-ann")
		g.Connect(pomeriumtest.Bob(), host, "ti-of-bob")
	}
	ann, bob := g.SignIn(pomeriumtest.Ann()), g.SignIn(pomeriumtest.Bob())
	tokens := func() (got []string) {
		for _, s := range []*pomeriumtest.Session{ann, bob} {
			for _, host := range hosts {
				_, body := fetch(t, g, http.MethodPost, g.URL(host).String(), s.Token(), `{"jsonrpc":"2.0","id":1,"method":"ping"}`)
				got = append(got, body)
			}
		}
		return got
	}
	const a, b = "Bearer ti-of-ann", "Bearer ti-of-bob"
	if diff := cmp.Diff([]string{a, a, b, b}, tokens()); diff != "" {
		t.Errorf("before (-want +got):\n%s", diff)
	}
	// By the name of the host alone; what is not known is passed over.
	body := `{"routes":["https://` + notesHost + `:1/x","https://unknown.example.com","::","https://"]}`
	if response, text := fetch(t, g, http.MethodPost, g.URL(chatHost).String()+"/.pomerium/mcp/routes/disconnect", ann.Token(), body); response.StatusCode != http.StatusOK {
		t.Errorf("answered %s: %s", response.Status, text)
	}
	if diff := cmp.Diff([]string{a, "none", b, b}, tokens()); diff != "" {
		t.Errorf("after (-want +got):\n%s", diff)
	}
}

func TestARouteThatIsOutOfReach(t *testing.T) {
	g := pomeriumtest.New(t)
	g.Route(dbHost, mirror(t), pomeriumtest.RouteOptions{MCPServer: &pomeriumtest.MCPServer{}})
	token := g.SignIn(pomeriumtest.Ann()).Token()
	var got []int
	for _, broken := range []bool{false, true, false} {
		g.Break(dbHost, broken)
		response, _ := fetch(t, g, http.MethodGet, g.URL(dbHost).String(), token, "")
		got = append(got, response.StatusCode)
	}
	if diff := cmp.Diff([]int{200, 503, 200}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
