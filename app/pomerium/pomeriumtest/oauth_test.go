package pomeriumtest_test

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/modelcontextprotocol/go-sdk/auth"
	"github.com/modelcontextprotocol/go-sdk/mcp"
	"github.com/modelcontextprotocol/go-sdk/oauthex"

	"github.com/pomerium/pomchat/app/pomerium/pomeriumtest"
)

const redirectURI = "http://127.0.0.1:7777/callback"

// An MCP client that was told nothing but the address finds out the rest: the
// metadata, the registration, the login and the consent to the TI.
func TestAnExternalClientConnectsByItself(t *testing.T) {
	d := newDesk(t, pomeriumtest.Options{DynamicClientRegistration: true})
	b := newBrowser(t, d.gateway)
	var pages []string
	fetcher := func(_ context.Context, args *auth.AuthorizationArgs) (*auth.AuthorizationResult, error) {
		var back url.Values
		b.client.CheckRedirect = func(r *http.Request, _ []*http.Request) error {
			if strings.HasPrefix(r.URL.String(), redirectURI) {
				back = r.URL.Query()
				return http.ErrUseLastResponse
			}
			return nil
		}
		for b.open(args.URL); back == nil; {
			pages = append(pages, b.title())
			b.press(map[string]string{"Sign in": "Ann Example (ann@example.com)", "Allow access?": "Allow as team@notes"}[b.title()])
		}
		return &auth.AuthorizationResult{Code: back.Get("code"), State: back.Get("state"), Iss: back.Get("iss")}, nil
	}
	handler, err := auth.NewAuthorizationCodeHandler(&auth.AuthorizationCodeHandlerConfig{
		DynamicClientRegistrationConfig: &auth.DynamicClientRegistrationConfig{Metadata: &oauthex.ClientRegistrationMetadata{
			ClientName: "External", RedirectURIs: []string{redirectURI}, TokenEndpointAuthMethod: "none",
		}},
		AuthorizationCodeFetcher: fetcher, Client: d.gateway.Client(),
	})
	if err != nil {
		t.Fatal(err)
	}
	session, err := mcp.NewClient(&mcp.Implementation{Name: "external", Version: "1"}, nil).Connect(t.Context(), &mcp.StreamableClientTransport{
		Endpoint: d.public.String() + "/mcp", HTTPClient: d.gateway.Client(), OAuthHandler: handler, DisableStandaloneSSE: true,
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = session.Close() }()
	d.gateway.Advance(time.Hour) // such a token outlives a TE
	result, err := session.CallTool(t.Context(), &mcp.CallToolParams{Name: "whoami"})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff("team@notes", result.StructuredContent.(map[string]any)["account"]); diff != "" {
		t.Errorf("whoami (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"Sign in", "Allow access?"}, pages); diff != "" {
		t.Errorf("pages (-want +got):\n%s", diff)
	}
}

// clerk speaks to the OAuth endpoints of a server, as a client does.
type clerk struct {
	t    *testing.T
	g    *pomeriumtest.Gateway
	ann  *pomeriumtest.Session
	base string
	id   string // of the client
}

func newClerk(t *testing.T, method string) *clerk {
	t.Helper()
	g := pomeriumtest.Start(t, pomeriumtest.Options{DynamicClientRegistration: true})
	g.Route(dbHost, mirror(t), pomeriumtest.RouteOptions{MCPServer: &pomeriumtest.MCPServer{}})
	c := &clerk{t: t, g: g, ann: g.SignIn(pomeriumtest.Ann()), base: g.URL(dbHost).String() + "/.pomerium/mcp"}
	_, body := fetch(t, g, http.MethodPost, c.base+"/register", "", `{"redirect_uris":["`+redirectURI+`"],"token_endpoint_auth_method":"`+method+`"}`)
	c.id, _ = c.decode(body)["client_id"].(string)
	return c
}

func (c *clerk) decode(body string) (got map[string]any) {
	c.t.Helper()
	if err := json.Unmarshal([]byte(body), &got); err != nil {
		c.t.Fatalf("%v: %s", err, body)
	}
	return got
}

const verifier = "a-verifier-of-more-than-forty-three-characters"

// authorize returns the status, and the query that the redirect leads to.
func (c *clerk) authorize(changes url.Values) (int, url.Values) {
	c.t.Helper()
	sum := sha256.Sum256([]byte(verifier))
	q := url.Values{
		"client_id": {c.id}, "redirect_uri": {redirectURI}, "response_type": {"code"}, "state": {"s+/="},
		"code_challenge": {base64.RawURLEncoding.EncodeToString(sum[:])}, "code_challenge_method": {"S256"},
	}
	for name, values := range changes {
		q[name] = values
	}
	response, err := c.ann.Client().Get(c.base + "/authorize?" + q.Encode())
	if err != nil {
		c.t.Fatal(err)
	}
	_, _ = io.Copy(io.Discard, response.Body)
	_ = response.Body.Close()
	to, _ := url.Parse(response.Header.Get("Location"))
	return response.StatusCode, to.Query()
}

// token returns the answer of the token endpoint.
func (c *clerk) token(form url.Values) map[string]any {
	c.t.Helper()
	response, err := c.g.Client().PostForm(c.base+"/token", form)
	if err != nil {
		c.t.Fatal(err)
	}
	return c.decode(readAll(c.t, response))
}

func (c *clerk) redeem(code, verifier string) map[string]any {
	c.t.Helper()
	return c.token(url.Values{"grant_type": {"authorization_code"}, "client_id": {c.id}, "code": {code}, "code_verifier": {verifier}, "redirect_uri": {redirectURI}})
}

func (c *clerk) code() string {
	c.t.Helper()
	status, got := c.authorize(nil)
	if status != http.StatusFound || got.Get("code") == "" {
		c.t.Fatalf("authorize answered %d, %v", status, got)
	}
	return got.Get("code")
}

func TestAuthorize(t *testing.T) {
	c := newClerk(t, "none")
	for _, tt := range []struct {
		name    string
		changes url.Values
		want    int
	}{
		{"as it should be", nil, 302},
		{"a loopback address with another port", url.Values{"redirect_uri": {"http://127.0.0.1:8888/callback"}}, 302},
		{"a loopback address with another path", url.Values{"redirect_uri": {"http://127.0.0.1:7777/other"}}, 400},
		{"another address", url.Values{"redirect_uri": {"https://evil.example.com/callback"}}, 400},
		{"a client that nobody knows", url.Values{"client_id": {"unknown"}}, 401},
		{"a client by its address, whose domain is not allowed", url.Values{"client_id": {"https://client.example.com/metadata.json"}}, 401},
		{"without PKCE", url.Values{"code_challenge": nil}, 400},
		{"with an unheard-of kind of PKCE", url.Values{"code_challenge_method": {"S512"}}, 400},
		{"a token at once", url.Values{"response_type": {"token"}}, 400},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c.t = t
			status, got := c.authorize(tt.changes)
			if status != tt.want {
				t.Fatalf("answered %d, want %d", status, tt.want)
			}
			if status == http.StatusFound {
				got.Del("code")
				if diff := cmp.Diff(url.Values{"state": {"s+/="}, "iss": {c.g.URL(dbHost).String()}}, got); diff != "" {
					t.Errorf("besides the code (-want +got):\n%s", diff)
				}
			}
		})
	}
}

func TestTokens(t *testing.T) {
	c := newClerk(t, "none")
	refused := func(name string, got map[string]any, want string) {
		t.Helper()
		if diff := cmp.Diff(map[string]any{"error": want}, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	works := func(got map[string]any) bool {
		token, _ := got["access_token"].(string)
		response, _ := fetch(t, c.g, http.MethodGet, c.g.URL(dbHost).String(), token, "")
		return response.StatusCode == http.StatusOK
	}
	refused("another verifier", c.redeem(c.code(), "wrong"), "invalid_grant")
	refused("no code", c.redeem("", verifier), "invalid_grant")
	refused("a TE for a code", c.redeem(strings.TrimPrefix(c.ann.Token(), "pom_mat_"), verifier), "invalid_grant")
	late := c.code()
	c.g.Advance(10 * time.Minute)
	refused("a code of ten minutes ago", c.redeem(late, verifier), "invalid_grant")
	refused("a grant of another kind", c.token(url.Values{"grant_type": {"password"}, "client_id": {c.id}}), "unsupported_grant_type")
	refused("another client", c.token(url.Values{"grant_type": {"authorization_code"}, "client_id": {"x"}, "code": {c.code()}}), "invalid_request")

	code := c.code()
	first := c.redeem(code, verifier)
	if seconds, _ := first["expires_in"].(float64); !works(first) || first["token_type"] != "Bearer" || seconds < 13*3600 || !strings.HasPrefix(first["refresh_token"].(string), "pom_mrt_") {
		t.Errorf("got %v", first)
	}
	refused("a code, again", c.redeem(code, verifier), "invalid_grant")
	c.g.Advance(14 * time.Hour)
	if works(first) {
		t.Error("a token works when the session has ended")
	}
	refresh := func(token any) map[string]any {
		return c.token(url.Values{"grant_type": {"refresh_token"}, "client_id": {c.id}, "refresh_token": {token.(string)}})
	}
	second := refresh(first["refresh_token"])
	if !works(second) || second["refresh_token"] == first["refresh_token"] {
		t.Errorf("refreshed: %v", second)
	}
	refused("a refresh token, again", refresh(first["refresh_token"]), "invalid_grant")
	if third := refresh(second["refresh_token"]); !works(third) {
		t.Errorf("refreshed again: %v", third)
	}
}

func TestAClientWithASecret(t *testing.T) {
	c := newClerk(t, "client_secret_basic")
	got := c.redeem(c.code(), verifier)
	if diff := cmp.Diff(map[string]any{"error": "invalid_request"}, got); diff != "" {
		t.Errorf("without its secret (-want +got):\n%s", diff)
	}
}

func TestRegistrationIsOffUnlessSwitchedOn(t *testing.T) {
	for _, on := range []bool{false, true} {
		g := pomeriumtest.Start(t, pomeriumtest.Options{DynamicClientRegistration: on})
		g.Route(dbHost, mirror(t), pomeriumtest.RouteOptions{MCPServer: &pomeriumtest.MCPServer{}})
		g.Route(chatHost, mirror(t, "Accept"), pomeriumtest.RouteOptions{MCPClient: true, User: pomeriumtest.Ann()})
		_, document := fetch(t, g, http.MethodGet, g.URL(dbHost).String()+"/.well-known/oauth-authorization-server", "", "")
		response, _ := fetch(t, g, http.MethodPost, g.URL(dbHost).String()+"/.pomerium/mcp/register", "", `{"redirect_uris":["`+redirectURI+`"],"token_endpoint_auth_method":"none"}`)
		if advertised := strings.Contains(document, "registration_endpoint"); advertised != on || response.StatusCode == http.StatusOK != on {
			t.Errorf("switched on: %v, advertised: %v, answered %s", on, advertised, response.Status)
		}
		if _, body := fetch(t, g, http.MethodGet, g.URL(chatHost).String()+"/.well-known/oauth-authorization-server", "", ""); body != "application/json" {
			t.Errorf("on the host of the app it is %q, and not the app's", body)
		}
	}
}
