package pomeriumtest_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/pomerium/pomchat/app/pomerium/pomeriumtest"
	"github.com/pomerium/pomchat/app/pomerium/pomeriumtest/consent"
	"github.com/pomerium/pomchat/app/pomerium/pomeriumtest/notes"
)

// desk is the server of notes behind the gateway, with the provider of its accounts.
type desk struct {
	gateway  *pomeriumtest.Gateway
	provider *consent.Provider
	public   *url.URL // of the server
}

func newDesk(t *testing.T, o pomeriumtest.Options) *desk {
	t.Helper()
	g := pomeriumtest.Start(t, o)
	scopes := []string{"openid", "notes.read", "notes.write"}
	provider, err := consent.Open(consent.Options{
		ClientID: "gateway", ClientSecret: "s3cret", Scopes: scopes, Accounts: []string{"ann@notes", "team@notes"},
		RedirectURIs: []string{g.URL(notesHost).String() + "/.pomerium/mcp/client/oauth/callback"},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := provider.Close(); err != nil {
			t.Error(err)
		}
	})
	g.Route(chatHost, mirror(t), pomeriumtest.RouteOptions{MCPClient: true})
	g.Route(notesHost, listen(t, notes.New(provider.UserinfoURL()).ServeHTTP), pomeriumtest.RouteOptions{
		Name: "Notes",
		MCPServer: &pomeriumtest.MCPServer{Path: "/mcp", UpstreamOAuth2: &pomeriumtest.UpstreamOAuth2{
			ClientID: "gateway", ClientSecret: "s3cret", Scopes: append(scopes, "offline_access"),
			AuthURL: provider.AuthURL(), TokenURL: provider.TokenURL(),
		}},
	})
	return &desk{g, provider, g.URL(notesHost)}
}

func (d *desk) connectURL() string {
	return d.public.String() + "/.pomerium/mcp/connect?redirect_url=" + url.QueryEscape(d.gateway.URL(chatHost).String()+"/threads/1")
}

// bearer sends a token with every request.
type bearer struct {
	http.RoundTripper
	token func() string
}

// RoundTrip implements http.RoundTripper.
func (b bearer) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.Header.Set("Authorization", "Bearer "+b.token())
	return b.RoundTripper.RoundTrip(r)
}

// dial opens a session of an MCP client.
func dial(ctx context.Context, g *pomeriumtest.Gateway, endpoint string, token func() string) (*mcp.ClientSession, error) {
	client := g.Client()
	client.Transport = bearer{client.Transport, token}
	return mcp.NewClient(&mcp.Implementation{Name: "test", Version: "1"}, nil).
		Connect(ctx, &mcp.StreamableClientTransport{Endpoint: endpoint, HTTPClient: client, DisableStandaloneSSE: true, MaxRetries: -1}, nil)
}

// whose returns the account whose notes somebody sees, or the status of the refusal.
func (d *desk) whose(t *testing.T, s *pomeriumtest.Session) string {
	t.Helper()
	session, err := dial(t.Context(), d.gateway, d.public.String()+"/mcp", s.Token)
	if err != nil {
		return refusal(err)
	}
	defer func() { _ = session.Close() }()
	result, err := session.CallTool(t.Context(), &mcp.CallToolParams{Name: "whoami"})
	if err != nil {
		return refusal(err)
	}
	return result.StructuredContent.(map[string]any)["account"].(string)
}

func refusal(err error) string {
	for _, status := range []string{"Unauthorized", "Bad Gateway", "Forbidden"} {
		if strings.Contains(err.Error(), status) {
			return status
		}
	}
	return err.Error()
}

func TestConnect(t *testing.T) {
	d := newDesk(t, pomeriumtest.Options{})
	ann, bob := d.gateway.SignIn(pomeriumtest.Ann()), d.gateway.SignIn(pomeriumtest.Bob())
	b := newBrowser(t, d.gateway)
	check := func(when, want string, s *pomeriumtest.Session) {
		t.Helper()
		if got := d.whose(t, s); got != want {
			t.Errorf("%s: %s, want %s", when, got, want)
		}
	}
	threads := d.gateway.URL(chatHost).String() + "/threads/1"
	visit := func(when string, pages ...string) {
		t.Helper()
		var got []string
		b.open(d.connectURL())
		for _, page := range pages {
			got = append(got, b.title())
			if page == "Sign in" {
				b.press("Ann Example (ann@example.com)")
			} else {
				b.press("Allow as ann@notes")
			}
		}
		if diff := cmp.Diff(pages, got); diff != "" || b.address.String() != threads {
			t.Errorf("%s it ended on %s; pages (-want +got):\n%s", when, b.address, diff)
		}
	}

	check("before", "Unauthorized", ann)
	visit("the first time", "Sign in", "Allow access?")
	check("connected", "ann@notes", ann)
	check("another user", "Unauthorized", bob)
	visit("when connected")

	d.gateway.Advance(time.Hour)
	check("an expired token is refreshed", "ann@notes", ann)
	d.gateway.Advance(time.Hour)
	visit("when expired")
	d.provider.Revoke("ann@notes")
	check("a revoked token is of no use", "Unauthorized", ann)
	d.gateway.Advance(2 * time.Hour)
	check("nor can it be refreshed", "Unauthorized", ann)
	visit("so it begins anew", "Allow access?")
	check("connected again", "ann@notes", ann)

	fetch(t, d.gateway, http.MethodPost, d.gateway.URL(chatHost).String()+"/.pomerium/mcp/routes/disconnect", ann.Token(), `{"routes":["`+d.public.String()+`"]}`)
	check("disconnected", "Unauthorized", ann)
}

func TestWhoDeniesIsLeftWithAPageOfPomerium(t *testing.T) {
	d := newDesk(t, pomeriumtest.Options{})
	b := newBrowser(t, d.gateway)
	b.open(d.connectURL())
	b.press("Ann Example (ann@example.com)")
	b.press("Deny")
	if b.status != http.StatusBadRequest || b.page != "Authorization failed\n" || b.address.Path != "/.pomerium/mcp/client/oauth/callback" {
		t.Errorf("answered %d on %s: %s", b.status, b.address, b.page)
	}
}

func TestTheCallbackIsGoodForOneUse(t *testing.T) {
	d := newDesk(t, pomeriumtest.Options{})
	callback := d.public.String() + "/.pomerium/mcp/client/oauth/callback"
	b := newBrowser(t, d.gateway)
	var used string
	b.client.CheckRedirect = func(r *http.Request, _ []*http.Request) error {
		if strings.HasPrefix(r.URL.String(), callback) {
			used = r.URL.String()
		}
		return nil
	}
	b.open(d.connectURL())
	b.press("Ann Example (ann@example.com)")
	b.press("Allow as team@notes")
	for _, tt := range []struct{ name, address, want string }{
		{"again", used, "Invalid or expired state\n"},
		{"no code", callback + "?state=x", "Invalid callback: missing code or state\n"},
		{"made up", callback + "?state=x&code=y", "Invalid or expired state\n"},
		{"on another host", strings.Replace(used, notesHost, chatHost, 1), "Invalid or expired state\n"},
	} {
		b.open(tt.address)
		if b.status != http.StatusBadRequest || b.page != tt.want {
			t.Errorf("%s: answered %d: %s", tt.name, b.status, b.page)
		}
	}
	b.open(d.connectURL())
	if got := d.whose(t, d.gateway.SignIn(pomeriumtest.Ann())); got != "team@notes" {
		t.Errorf("connected as %s", got)
	}
}

func TestAnMCPServerThatWantsAnotherToken(t *testing.T) {
	oauth := &pomeriumtest.UpstreamOAuth2{ClientID: "x", AuthURL: "https://as.example/authorize", TokenURL: "https://as.example/token"}
	const challenge = "Bearer resource_metadata=\"https://" + dbHost + "/.well-known/oauth-protected-resource/mcp\""
	type answer struct {
		Status                         int
		Challenge, Cache, CORS, Answer string
	}
	for _, tt := range []struct {
		name      string
		oauth     *pomeriumtest.UpstreamOAuth2
		status    int
		challenge string
		want      answer
	}{
		{"401, where Pomerium knows what to do", oauth, 401, "", answer{401, challenge, "no-store", "", ""}},
		{"401, where it does not", nil, 401, "Bearer", answer{502, "", "no-store", "", ""}},
		{"403", nil, 403, "", answer{403, "", "", "", "no"}},
		{"403 for want of scopes", oauth, 403, `Bearer error="insufficient_scope", scope="write"`, answer{401, challenge, "no-store", "", ""}},
		{"403 for want of scopes, where Pomerium does not know", nil, 403, `Bearer error="insufficient_scope"`, answer{502, "", "no-store", "", ""}},
		{"400", oauth, 400, "", answer{400, "", "", "", "no"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			g := pomeriumtest.New(t)
			g.Route(dbHost, listen(t, func(w http.ResponseWriter, _ *http.Request) {
				if tt.challenge != "" {
					w.Header().Set("WWW-Authenticate", tt.challenge)
				}
				w.WriteHeader(tt.status)
				_, _ = w.Write([]byte("no"))
			}), pomeriumtest.RouteOptions{MCPServer: &pomeriumtest.MCPServer{UpstreamOAuth2: tt.oauth}})
			response, body := fetch(t, g, http.MethodPost, g.URL(dbHost).String()+"/mcp", g.SignIn(pomeriumtest.Ann()).Token(), `{}`)
			h := response.Header
			got := answer{
				response.StatusCode, strings.ReplaceAll(h.Get("WWW-Authenticate"), ":"+g.URL("").Port(), ""),
				h.Get("Cache-Control"), h.Get("Access-Control-Allow-Origin"), body,
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestASessionOfMCPMeetsTheEndOfItsTE(t *testing.T) {
	d := newDesk(t, pomeriumtest.Options{})
	ann := d.gateway.SignIn(pomeriumtest.Ann())
	b := newBrowser(t, d.gateway)
	b.open(d.connectURL())
	b.press("Ann Example (ann@example.com)")
	b.press("Allow as ann@notes")
	token := ann.Token()
	session, err := dial(t.Context(), d.gateway, d.public.String()+"/mcp", func() string { return token })
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = session.Close() }()
	call := func() string {
		if _, err := session.CallTool(t.Context(), &mcp.CallToolParams{Name: "list_notes"}); err != nil {
			return refusal(err)
		}
		return "called"
	}
	got := []string{call()}
	d.gateway.Advance(pomeriumtest.Lifetime)
	got = append(got, call())
	if diff := cmp.Diff([]string{"called", "Unauthorized"}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
