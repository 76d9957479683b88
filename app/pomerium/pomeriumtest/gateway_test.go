package pomeriumtest_test

import (
	"encoding/base64"
	"encoding/json"
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

	"github.com/pomerium/pomchat/app/pomerium/pomeriumtest"
)

// What a real Pomerium was seen to send, values aside.
func TestAssertionHasTheShapeOfPomeriums(t *testing.T) {
	g := pomeriumtest.New(t)
	header, claims := open(t, g.Assertion("db.example.com"))
	if diff := cmp.Diff(map[string]any{"alg": "ES256", "kid": g.KeyID(), "typ": "JWT"}, header); diff != "" {
		t.Errorf("header (-want +got):\n%s", diff)
	}
	want := []string{"aud", "email", "exp", "groups", "iat", "iss", "jti", "name", "sid", "sub", "user"}
	if diff := cmp.Diff(want, slices.Sorted(maps.Keys(claims))); diff != "" {
		t.Errorf("claims (-want +got):\n%s", diff)
	}
	if claims["exp"].(float64)-claims["iat"].(float64) != 300 {
		t.Errorf("lives from %v to %v, want 300 seconds", claims["iat"], claims["exp"])
	}
	_, claims = open(t, g.Assertion("db.example.com", pomeriumtest.For(pomeriumtest.Anonymous())))
	delete(claims, "iat")
	delete(claims, "exp")
	delete(claims, "jti")
	if diff := cmp.Diff(map[string]any{
		"iss": "db.example.com", "aud": "db.example.com", "sub": "", "user": "", "sid": "", "email": "", "name": "", "groups": []any{},
	}, claims); diff != "" {
		t.Errorf("claims about nobody (-want +got):\n%s", diff)
	}
}

func TestKeysAreServedOnEveryHost(t *testing.T) {
	g := pomeriumtest.New(t)
	g.RotateKey("RS256")
	response, body := get(t, g.Client(), g.URL("anything.example.org").JoinPath("/.well-known/pomerium/jwks.json").String(), nil)
	var set struct{ Keys []map[string]string }
	if err := json.Unmarshal([]byte(body), &set); err != nil {
		t.Fatal(err)
	}
	var members [][]string
	for _, key := range set.Keys {
		members = append(members, slices.Sorted(maps.Keys(key)))
	}
	type answer struct {
		Type, Cache string
		Tagged      bool
		Members     [][]string
		Signing     string
	}
	want := answer{
		"application/json", "max-age=60", true,
		[][]string{{"alg", "e", "kid", "kty", "n", "use"}, {"alg", "crv", "kid", "kty", "use", "x", "y"}}, g.KeyID(),
	}
	h := response.Header
	got := answer{h.Get("Content-Type"), h.Get("Cache-Control"), h.Get("ETag") != "", members, set.Keys[0]["kid"]}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestRoute(t *testing.T) {
	const host = "db.example.com"
	forged := "forged.assertion.here"
	sent := http.Header{
		"Authorization":                {"Bearer of-the-client"},
		"X-Pomerium-Jwt-Assertion":     {forged},
		"X-Pomerium-Jwt-Assertion-For": {"also-forged"},
		"X-Forwarded-Host":             {"evil.example.com"},
		"X-Request-Id":                 {"mine"},
		"Cookie":                       {"_pomerium=session; theme=dark"},
		"Mcp-Session-Id":               {"abc"},
		"X-Email":                      {"mallory@other.example"},
	}
	type arrival struct {
		Host, ForwardedHost, ForwardedProto, Authorization, Cookie, For, MCPSession string
		Email                                                                       string
		Audience, Subject                                                           any
	}
	type route = pomeriumtest.RouteOptions
	ann, server := pomeriumtest.Ann(), &pomeriumtest.MCPServer{}
	for _, tt := range []struct {
		name    string
		options route
		change  func(a *arrival, upstream, public string) // of what arrives by default
	}{
		{
			name:    "by default no identity arrives, and the host is the upstream's",
			options: route{User: ann},
			change:  func(*arrival, string, string) {},
		},
		{
			name:    "with pass_identity_headers a fresh assertion arrives, and the client's own only as the one passed along",
			options: route{User: ann, PassIdentityHeaders: true},
			change: func(a *arrival, _, _ string) {
				a.For, a.Audience, a.Subject, a.Email = forged, host, "user-1", "ann@example.com"
			},
		},
		{
			name:    "a public route asserts that nobody is signed in",
			options: route{AllowPublicUnauthenticatedAccess: true, PassIdentityHeaders: true},
			change:  func(a *arrival, _, _ string) { a.For, a.Audience, a.Subject = forged, host, "" },
		},
		{
			name:    "with preserve_host_header the host is the public one and is not told twice",
			options: route{User: ann, PreserveHostHeader: true},
			change:  func(a *arrival, _, public string) { a.Host, a.ForwardedHost = public, "" },
		},
		{
			name:    "to an MCP server the client's token does not pass",
			options: route{User: ann, MCPServer: server},
			change:  func(a *arrival, _, _ string) { a.Authorization = "" },
		},
		{
			name:    "to a client the client's token passes only where nobody is signed in",
			options: route{MCPClient: true, AllowPublicUnauthenticatedAccess: true},
			change:  func(*arrival, string, string) {},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var got arrival
			var id string
			upstream := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
				h := r.Header
				got = arrival{
					Host: r.Host, ForwardedHost: h.Get("X-Forwarded-Host"), ForwardedProto: h.Get("X-Forwarded-Proto"),
					Authorization: h.Get("Authorization"), Cookie: h.Get("Cookie"), For: h.Get("X-Pomerium-Jwt-Assertion-For"),
					MCPSession: h.Get("Mcp-Session-Id"), Email: h.Get("X-Email"),
				}
				if assertion := h.Get("X-Pomerium-Jwt-Assertion"); assertion != "" {
					_, claims := open(t, assertion)
					got.Audience, got.Subject = claims["aud"], claims["sub"]
				}
				id = h.Get("X-Request-Id")
			}))
			defer upstream.Close()
			address, err := url.Parse(upstream.URL)
			if err != nil {
				t.Fatal(err)
			}
			g := pomeriumtest.Start(t, pomeriumtest.Options{JWTClaimsHeaders: map[string]string{"X-Email": "email"}})
			g.Route(host, address, tt.options)
			if response, body := get(t, g.Client(), g.URL(host).String()+"/mcp", sent); response.StatusCode != http.StatusOK {
				t.Fatalf("answered %s: %s", response.Status, body)
			}
			want := arrival{
				Host: address.Host, ForwardedHost: g.URL(host).Host, ForwardedProto: "https",
				Authorization: "Bearer of-the-client", Cookie: "theme=dark", MCPSession: "abc",
			}
			tt.change(&want, address.Host, g.URL(host).Host)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("what arrived (-want +got):\n%s", diff)
			}
			if !regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`).MatchString(id) {
				t.Errorf("X-Request-Id is %q, want a UUID of Pomerium", id)
			}
		})
	}
}

func TestWhatPomeriumKeepsForItselfReachesNoRoute(t *testing.T) {
	g := pomeriumtest.New(t)
	upstream := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, "of the route")
	}))
	defer upstream.Close()
	address, err := url.Parse(upstream.URL)
	if err != nil {
		t.Fatal(err)
	}
	g.Route("db.example.com", address, pomeriumtest.RouteOptions{User: pomeriumtest.Ann()})
	const missing = "404 page not found\n"
	for _, tt := range []struct{ host, path, want string }{
		{"db.example.com", "/mcp", "of the route"},
		{"DB.example.com", "/pinged", "of the route"},
		{"db.example.com", "/ping", "OK"},
		{"other.example.com", "/healthz", "OK"},
		{"db.example.com", "/.pomerium/mcp/unheard-of", missing},
		{"other.example.com", "/", missing},
	} {
		if _, body := get(t, g.Client(), g.URL(tt.host).String()+tt.path, nil); body != tt.want {
			t.Errorf("%s%s answered %q, want %q", tt.host, tt.path, body, tt.want)
		}
	}
}

func get(t *testing.T, client *http.Client, address string, header http.Header) (*http.Response, string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	maps.Copy(request.Header, header)
	response, err := client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response, string(body)
}

// open decodes a JWT and believes it.
func open(t *testing.T, assertion string) (header, claims map[string]any) {
	t.Helper()
	parts := strings.Split(assertion, ".")
	for i, into := range []*map[string]any{&header, &claims} {
		text, err := base64.RawURLEncoding.DecodeString(parts[i])
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(text, into); err != nil {
			t.Fatal(err)
		}
	}
	return header, claims
}
