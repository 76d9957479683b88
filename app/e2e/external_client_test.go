package e2e

import (
	"bufio"
	"context"
	"encoding/json"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/modelcontextprotocol/go-sdk/auth"
	"github.com/modelcontextprotocol/go-sdk/mcp"
	"github.com/modelcontextprotocol/go-sdk/oauthex"

	"github.com/pomerium/pomchat/app/pomerium/pomeriumtest"
)

const (
	dbHost      = "db.localhost.pomerium.io"
	redirectURI = "http://127.0.0.1:7777/callback"
	annsView    = "subject: user-1\nemail: ann@example.com\nname: Ann Example\ngroups: staff, buyers"
)

// publicNorthwind is Northwind behind a gateway that takes up clients which register
// themselves, on a server route.
func publicNorthwind(t *testing.T) *house {
	t.Helper()
	g := pomeriumtest.Start(t, pomeriumtest.Options{DynamicClientRegistration: true})
	h := behindPomeriumAt(t, g, dbHost)
	g.Route(dbHost, h.upstream, pomeriumtest.RouteOptions{
		PassIdentityHeaders: true, MCPServer: &pomeriumtest.MCPServer{Path: "/mcp"},
	})
	return h
}

// consent opens a page of the gateway as Ann, who is signed in, and returns where her
// browser is sent: Pomerium asks nothing else.
func (h *house) consent(t *testing.T, page string) *url.URL {
	t.Helper()
	response, err := h.gateway.SignIn(pomeriumtest.Ann()).Client().Get(page)
	if err != nil {
		t.Fatal(err)
	}
	_ = response.Body.Close()
	back, err := response.Location()
	if err != nil || !strings.HasPrefix(back.String(), redirectURI) {
		t.Fatalf("%s leads to %v, %v", page, back, err)
	}
	return back
}

func TestAnExternalGoClientUsesNorthwind(t *testing.T) {
	h := publicNorthwind(t)
	handler, err := auth.NewAuthorizationCodeHandler(&auth.AuthorizationCodeHandlerConfig{
		Client: h.gateway.Client(),
		DynamicClientRegistrationConfig: &auth.DynamicClientRegistrationConfig{Metadata: &oauthex.ClientRegistrationMetadata{
			ClientName: "External", RedirectURIs: []string{redirectURI}, TokenEndpointAuthMethod: "none",
		}},
		AuthorizationCodeFetcher: func(_ context.Context, args *auth.AuthorizationArgs) (*auth.AuthorizationResult, error) {
			q := h.consent(t, args.URL).Query()
			return &auth.AuthorizationResult{Code: q.Get("code"), State: q.Get("state"), Iss: q.Get("iss")}, nil
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	session, err := mcp.NewClient(&mcp.Implementation{Name: "e2e", Version: "1"}, nil).Connect(t.Context(), &mcp.StreamableClientTransport{
		Endpoint: h.public.JoinPath("mcp").String(), HTTPClient: h.gateway.Client(), OAuthHandler: handler, DisableStandaloneSSE: true,
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = session.Close() }()
	got := []string{use(t, session, "whoami", nil), use(t, session, "read_query", map[string]any{"query": "SELECT count(*) AS n FROM Orders"})}
	if diff := cmp.Diff([]string{annsView, "1 row\nn\n830"}, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// The official TypeScript clients are where POMCHAT_CONFORMANCE says; `make
// conformance` installs them there.
func TestExternalTypeScriptClientsUseNorthwind(t *testing.T) {
	folder := os.Getenv("POMCHAT_CONFORMANCE")
	if folder == "" {
		t.Skip("run make conformance")
	}
	h := publicNorthwind(t)
	node := exec.CommandContext(t.Context(), filepath.Join(folder, "node"), filepath.Join(folder, "external.mjs"), h.public.JoinPath("mcp").String())
	node.Env = append(os.Environ(), "NODE_USE_ENV_PROXY=1", "HTTPS_PROXY="+h.gateway.ProxyURL(), "NODE_EXTRA_CA_CERTS="+h.gateway.CAFile())
	log := &output{}
	node.Stderr = log
	in, err := node.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := node.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := node.Start(); err != nil {
		t.Fatal(err)
	}
	type outcome struct {
		Open        string  `json:"open,omitempty"`
		Client      string  `json:"client"`
		Tools       int     `json:"tools"`
		Rows        [][]int `json:"rows"`
		Who         string  `json:"who"`
		Refreshable bool    `json:"refreshable"`
	}
	var got []outcome
	for lines := bufio.NewScanner(out); lines.Scan(); {
		var said outcome
		if err := json.Unmarshal(lines.Bytes(), &said); err != nil {
			t.Fatalf("%v: %s", err, lines.Text())
		}
		if said.Open == "" {
			got = append(got, said)
		} else if _, err := in.Write([]byte(h.consent(t, said.Open).String() + "\n")); err != nil {
			t.Fatalf("%v\n%s", err, log)
		}
	}
	if err := node.Wait(); err != nil {
		t.Fatalf("%v\n%s", err, log)
	}
	var want []outcome
	for _, client := range []string{"@modelcontextprotocol/sdk, 2025-11-25", "@modelcontextprotocol/client, 2025-11-25", "@modelcontextprotocol/client, 2026-07-28"} {
		want = append(want, outcome{Client: client, Tools: 7, Rows: [][]int{{830}}, Who: annsView, Refreshable: true})
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s\n%s", diff, log)
	}
}
