package pomeriumtest_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/pomerium/pomchat/app/pomerium/pomeriumtest"
)

// chatAndServer are a client route and a server route for Ann.
func chatAndServer(t *testing.T, g *pomeriumtest.Gateway) {
	t.Helper()
	g.Route(chatHost, mirror(t, "Authorization"), pomeriumtest.RouteOptions{MCPClient: true})
	g.Route(dbHost, mirror(t, "Authorization"), pomeriumtest.RouteOptions{MCPServer: &pomeriumtest.MCPServer{}})
}

func TestATEIsFreshWithEachRequest(t *testing.T) {
	g := pomeriumtest.New(t)
	chatAndServer(t, g)
	ann := g.SignIn(pomeriumtest.Ann())
	seen := map[string]bool{}
	for range 20 {
		response, err := ann.Client().Get(g.URL(chatHost).String())
		if err != nil {
			t.Fatal(err)
		}
		body := readAll(t, response)
		token, ok := strings.CutPrefix(body, "Bearer pom_mat_")
		if !ok || len(token) != 88 || seen[token] || !strings.Contains(token, "+") || !strings.Contains(token, "/") || !strings.HasSuffix(token, "==") {
			t.Fatalf("the app got %q", body)
		}
		seen[token] = true
	}
}

func TestWhatATEIsGoodFor(t *testing.T) {
	g := pomeriumtest.New(t)
	chatAndServer(t, g)
	g.Route("other."+dbHost, mirror(t, "Authorization"), pomeriumtest.RouteOptions{MCPServer: &pomeriumtest.MCPServer{}})
	g.Route("wiki.localhost.pomerium.io", mirror(t), pomeriumtest.RouteOptions{})
	ann := g.SignIn(pomeriumtest.Ann())
	token := ann.Token()
	status := func(token string) map[string]int {
		got := map[string]int{}
		for name, address := range map[string]string{
			"an MCP server":                   g.URL(dbHost).String() + "/mcp",
			"another MCP server":              g.URL("other."+dbHost).String() + "/",
			"the list, by the app's host":     g.URL(chatHost).String() + "/.pomerium/mcp/routes",
			"the list, by a server's host":    g.URL(dbHost).String() + "/.pomerium/mcp/routes",
			"the list, by any other host":     g.URL("nowhere.example.org").String() + "/.pomerium/mcp/routes",
			"the app itself":                  g.URL(chatHost).String() + "/api/me",
			"what is no MCP server":           g.URL("wiki.localhost.pomerium.io").String() + "/",
			"Pomerium's own beyond MCP":       g.URL(chatHost).String() + "/.pomerium/user",
			"an MCP server, by another token": g.URL(dbHost).String() + "/",
		} {
			with := token
			if strings.HasSuffix(name, "another token") {
				with = strings.ToUpper(token)
			}
			response, _ := fetch(t, g, http.MethodGet, address, with, "")
			got[name] = response.StatusCode
		}
		return got
	}
	nothing := map[string]int{
		"an MCP server": 401, "another MCP server": 401, "the list, by the app's host": 401, "the list, by a server's host": 401,
		"the list, by any other host": 401, "the app itself": 401, "what is no MCP server": 401, "Pomerium's own beyond MCP": 401,
		"an MCP server, by another token": 401,
	}
	something := map[string]int{
		"an MCP server": 200, "another MCP server": 200, "the list, by the app's host": 200, "the list, by a server's host": 200,
		"the list, by any other host": 200, "the app itself": 401, "what is no MCP server": 401, "Pomerium's own beyond MCP": 401,
		"an MCP server, by another token": 401,
	}
	check := func(when, token string, want map[string]int) {
		t.Helper()
		if diff := cmp.Diff(want, status(token)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", when, diff)
		}
	}
	check("fresh", token, something)
	g.Advance(4 * time.Minute)
	check("before it expires", token, something)
	g.Advance(time.Minute)
	check("when it has expired", token, nothing)
	check("a new one", ann.Token(), something)
	g.Suffer(pomeriumtest.StaleTokens)
	check("while all tokens are stale", ann.Token(), nothing)
	g.Suffer(0)
	token = ann.Token()
	ann.End()
	check("when the session has ended", token, nothing)
}

func TestACookieCountsWhereATokenIsBad(t *testing.T) {
	g := pomeriumtest.New(t)
	chatAndServer(t, g)
	ann := g.SignIn(pomeriumtest.Ann())
	for _, authorization := range []string{"", "Bearer pom_mat_bad", "Basic YTpi"} {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, g.URL(dbHost).String(), nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Authorization", authorization)
		response, err := ann.Client().Do(r)
		if err != nil {
			t.Fatal(err)
		}
		if body := readAll(t, response); response.StatusCode != http.StatusOK || body != "none" {
			t.Errorf("with %q: answered %s, and the server got %q", authorization, response.Status, body)
		}
	}
}

func TestTheCookieIsNoToken(t *testing.T) {
	g := pomeriumtest.New(t)
	chatAndServer(t, g)
	response, _ := fetch(t, g, http.MethodGet, g.URL(dbHost).String(), g.SignIn(pomeriumtest.Ann()).Cookie().Value, "")
	if response.StatusCode != http.StatusUnauthorized {
		t.Errorf("answered %s", response.Status)
	}
}
