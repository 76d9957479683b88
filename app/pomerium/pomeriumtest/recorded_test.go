package pomeriumtest_test

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"github.com/pomerium/pomchat/app/pomerium/pomeriumtest"
)

// TestAgreesWithTheRecording sends the requests in the recording to a stand-in that
// is configured like the recorded Pomerium.
func TestAgreesWithTheRecording(t *testing.T) {
	archive, err := txtar.ParseFile("testdata/recorded.txtar")
	if err != nil {
		t.Fatal(err)
	}
	if len(archive.Files) != 53 {
		t.Errorf("the recording has %d cases, and not the 53 that were written down", len(archive.Files))
	}
	s := newStudio(t)
	for _, file := range archive.Files {
		t.Run(file.Name, func(t *testing.T) {
			sent, want, ok := strings.Cut(string(file.Data), "=>\n")
			if !ok {
				t.Fatal("there is no answer")
			}
			want = strings.TrimSpace(want)
			brief := strings.Contains(want, " ct=")
			if diff := cmp.Diff(want, s.play(t, sent, brief)); diff != "" {
				t.Errorf("(-recorded +got):\n%s", diff)
			}
		})
	}
}

// studio is where the recording was made.
type studio struct {
	gateway  *pomeriumtest.Gateway
	sessions map[string]*pomeriumtest.Session // by e-mail address
	upstream *httptest.Server
	arrived  *http.Request // at the upstream, the last one
}

func newStudio(t *testing.T) *studio {
	t.Helper()
	s := &studio{}
	s.upstream = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		s.arrived = r
	}))
	t.Cleanup(s.upstream.Close)
	to, err := url.Parse(s.upstream.URL)
	if err != nil {
		t.Fatal(err)
	}
	g := pomeriumtest.Start(t, pomeriumtest.Options{JWTClaimsHeaders: map[string]string{"X-Email": "email"}})
	s.gateway = g
	policy := pomeriumtest.Policy{AllowedDomains: []string{"example.com"}, DeniedTools: []string{"drop_table"}}
	g.Route("chat.localhost.pomerium.io", to, pomeriumtest.RouteOptions{MCPClient: true, PassIdentityHeaders: true, Policy: policy})
	g.Route("db.localhost.pomerium.io", to, pomeriumtest.RouteOptions{
		Name: "DB", Description: "Demo database", LogoURL: "https://example.com/db.png",
		MCPServer: &pomeriumtest.MCPServer{}, PassIdentityHeaders: true, Policy: policy,
	})
	g.Route("gh.localhost.pomerium.io", to, pomeriumtest.RouteOptions{
		Name: "GitHub", PassIdentityHeaders: true, Policy: policy,
		MCPServer: &pomeriumtest.MCPServer{Path: "/mcp", UpstreamOAuth2: &pomeriumtest.UpstreamOAuth2{
			ClientID: "abc", Scopes: []string{"read"}, AuthURL: "https://as.example/authorize", TokenURL: "https://as.example/token",
		}},
	})
	s.sessions = map[string]*pomeriumtest.Session{}
	for subject, email := range map[string]string{"user-1": "u@example.com", "user-2": "x@other.org"} {
		s.sessions[email] = g.SignIn(pomeriumtest.User{Subject: subject, Email: email})
	}
	return s
}

// play sends a request as it is written in the recording, and writes down what
// became of it: in the brief form for answers of Pomerium's own, or in the long one.
func (s *studio) play(t *testing.T, sent string, brief bool) string {
	t.Helper()
	head, body, _ := strings.Cut(strings.TrimSuffix(sent, "\n"), "\n\n")
	lines := strings.Split(head, "\n")
	method, address, _ := strings.Cut(strings.TrimSpace(lines[0]), " ")
	body = strings.ReplaceAll(body, "{x4096}", strings.Repeat("x", 4096))
	r, err := http.NewRequestWithContext(t.Context(), method, strings.ReplaceAll(address, ":18443", ":"+s.port()), strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.URL.RawQuery = strings.ReplaceAll(r.URL.RawQuery, "18443", s.port())
	for _, line := range lines[1:] {
		name, value, _ := strings.Cut(line, ": ")
		if email, ok := strings.CutPrefix(value, "session of "); ok {
			value = s.sessions[email].Cookie().String()
		} else if email, ok := strings.CutPrefix(value, "Bearer TE of "); ok {
			value = "Bearer " + s.sessions[email].Token()
		}
		r.Header.Set(name, strings.ReplaceAll(value, "18443", s.port()))
	}
	client := s.gateway.Client()
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	s.arrived = nil
	response, err := client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	switch {
	case s.arrived != nil:
		return s.settle(t, "upstream\n"+s.headers(t, s.arrived.Header, "Authorization", "X-Email", "X-Pomerium-Jwt-Assertion", "X-Pomerium-Jwt-Assertion-For"))
	case brief:
		h := response.Header
		return s.settle(t, fmt.Sprintf("%d ct=%q loc=%q cc=%q acao=%q\n\n%s", response.StatusCode,
			h.Get("Content-Type"), h.Get("Location"), h.Get("Cache-Control"), h.Get("Access-Control-Allow-Origin"), text))
	}
	response.Header.Del("Date")
	response.Header.Del("Content-Length")
	if strings.HasPrefix(string(text), "<!doctype html>") {
		text = []byte("(page)")
	}
	return s.settle(t, fmt.Sprintf("%d\n%s\n%s", response.StatusCode, s.headers(t, response.Header, slices.Sorted(maps.Keys(response.Header))...), text))
}

func (s *studio) port() string { return s.gateway.URL("localhost").Port() }

// headers writes down those that are there.
func (s *studio) headers(t *testing.T, h http.Header, names ...string) string {
	t.Helper()
	var out strings.Builder
	for _, name := range names {
		for _, value := range h[name] {
			if strings.HasPrefix(value, "eyJ") {
				value = claimsOf(t, value)
			}
			if token, ok := strings.CutPrefix(value, "Bearer pom_mat_"); ok && regexp.MustCompile(`^[A-Za-z0-9+/]{86}==$`).MatchString(token) {
				value = "Bearer TE of 96 bytes"
			}
			fmt.Fprintf(&out, "%s: %s\n", name, value)
		}
	}
	return out.String()
}

// claimsOf writes down an assertion, if its changing claims are what they should be.
func claimsOf(t *testing.T, assertion string) string {
	t.Helper()
	_, claims := open(t, assertion)
	if iat, ok := claims["iat"].(float64); ok && claims["exp"] == iat+300 {
		claims["iat"], claims["exp"] = "now", "iat+300"
	}
	if id, _ := claims["jti"].(string); uuid.MatchString(id) {
		claims["jti"] = "uuid"
	}
	text, err := json.Marshal(claims)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

var uuid = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}`)

// settle replaces what differs from run to run.
func (s *studio) settle(t *testing.T, text string) string {
	t.Helper()
	for _, change := range []struct{ pattern, with string }{
		{regexp.QuoteMeta(":" + s.port()), ":18443"},
		{"%3A" + s.port(), "%3A18443"},
		{regexp.QuoteMeta(strings.TrimPrefix(s.upstream.URL, "http://")), "127.0.0.1:8081"},
		{regexp.QuoteMeta(url.QueryEscape(strings.TrimPrefix(s.upstream.URL, "http://"))), "127.0.0.1%3A8081"},
		{regexp.QuoteMeta(s.gateway.KeyID()), "the key"},
		{`"(x|y)":"[A-Za-z0-9_-]{43}"`, `"$1":"..."`},
		{`pomerium_expiry=\S+`, "pomerium_expiry=..."},
		{`code_challenge=[A-Za-z0-9_-]{43}`, "code_challenge=..."},
		{`state=` + uuid.String(), "state=..."},
		{`"sid":"` + uuid.String() + `"`, `"sid":"sess-1"`},
		{uuid.String(), ""}, // the id of the request, which the recorded ones had not
	} {
		text = regexp.MustCompile(change.pattern).ReplaceAllString(text, change.with)
	}
	head, body, _ := strings.Cut(text, "\n\n")
	if strings.HasPrefix(body, `{"servers":[`) {
		body = inOrder(t, body)
	}
	return strings.TrimSpace(head + "\n\n" + body)
}

// listed is a server in a list, with its members in the order of the recording.
type listed struct {
	Name        string `json:"name,omitempty"`
	Description string `json:"description,omitempty"`
	LogoURL     string `json:"logo_url,omitempty"`
	URL         string `json:"url"`
	Connected   bool   `json:"connected"`
	NeedsOAuth  bool   `json:"needs_oauth"`
}

// inOrder sorts a list of servers.
func inOrder(t *testing.T, text string) string {
	t.Helper()
	var list struct {
		Servers []listed `json:"servers"`
	}
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&list); err != nil {
		t.Fatal(err)
	}
	slices.SortFunc(list.Servers, func(a, b listed) int { return strings.Compare(a.URL, b.URL) })
	sorted, err := json.Marshal(list)
	if err != nil {
		t.Fatal(err)
	}
	return string(sorted)
}
