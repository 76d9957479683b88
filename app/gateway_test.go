package app

import (
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/pomerium/pomeriumtest"
	"github.com/pomerium/pomchat/app/web"
)

func TestMeBehindTheGateway(t *testing.T) {
	e := newEstate(t)
	res, body := e.visit(t, e.SignIn(pomeriumtest.Ann()), http.MethodGet, "/api/me")
	got := read[web.Me](t, res, body)
	want := web.Me{
		Mode: "gateway", Version: "test", MaxText: 256 << 10, MaxToolTokens: 10_000, Attach: web.AttachLimits{Count: 10, Each: 256 << 10, Total: 512 << 10}, Mixing: chat.MixingAsks, SignOutURL: "/.pomerium/sign_out",
		User: web.User{ID: "user-1", Name: "Ann Example", FirstName: "Ann", Email: "ann@example.com", Groups: []string{"staff", "buyers"}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestServersBehindTheGateway(t *testing.T) {
	e := newEstate(t)
	ann := e.SignIn(pomeriumtest.Ann())
	look := func(path string) []web.Server {
		t.Helper()
		res, body := e.visit(t, ann, http.MethodGet, path)
		return read[[]web.Server](t, res, body)
	}
	port := e.URL(chatHost).Port()
	deskID, noteID := "desk-localhost-pomerium-io."+port, "notes-localhost-pomerium-io."+port
	desk := web.Server{
		ID: deskID, Name: "Desk", Description: "A desk.", URL: e.URL(deskHost).String(), Logo: "/api/servers/" + deskID + "/logo",
		Status: chat.ServerReady, Trusted: true, NeedsOAuth: true,
		Tools: []web.Tool{{Name: "desk__echo", Tool: "echo", Asks: true}},
	}
	notes := web.Server{
		ID: noteID, Name: "Notes", URL: e.URL(noteHost).String(), Logo: "/api/servers/" + noteID + "/logo",
		Status: chat.ServerNeedsConnect, NeedsOAuth: true, Tools: []web.Tool{}, Error: "It asks you to log in.", Trace: &chat.Trace{Status: http.StatusUnauthorized},
		ConnectURL: e.URL(noteHost).String() + "/.pomerium/mcp/connect?redirect_url=" + url.QueryEscape(e.URL(chatHost).String()+"/t/thr_1?a=b"),
	}
	passing := cmp.Options{cmpopts.IgnoreTypes(time.Time{}), cmpopts.IgnoreFields(web.Tool{}, "Tokens")}
	if diff := cmp.Diff([]web.Server{desk, notes}, look("/api/servers?from=%2Ft%2Fthr_1%3Fa%3Db"), passing); diff != "" {
		t.Error(diff)
	}

	e.Connect(pomeriumtest.Ann(), noteHost, "TI")
	res, body := e.visit(t, ann, http.MethodPost, "/api/servers/"+noteID+"/refresh")
	connected := notes
	connected.Status, connected.Connected, connected.Error, connected.ConnectURL, connected.Trace = chat.ServerReady, true, "", "", nil
	connected.Tools = []web.Tool{{Name: "notes__echo", Tool: "echo", Asks: true}}
	if diff := cmp.Diff(connected, read[web.Server](t, res, body), passing); diff != "" {
		t.Errorf("connected: %s", diff)
	}
	res, body = e.visit(t, ann, http.MethodPost, "/api/servers/"+noteID+"/disconnect?from=/t/thr_1?a=b")
	if diff := cmp.Diff(notes, read[web.Server](t, res, body), passing); diff != "" {
		t.Errorf("disconnected: %s", diff)
	}
	for _, path := range []string{"//evil.example.com", "https://evil.example.com", `/\evil.example.com`, "/.pomerium/sign_out", "/x/../.pomerium/sign_out", "t"} {
		if res, body := e.visit(t, ann, http.MethodGet, "/api/servers?from="+url.QueryEscape(path)); res.StatusCode != http.StatusUnprocessableEntity {
			t.Errorf("from %s: %s %s", path, res.Status, body)
		}
	}
	if n := strings.Count(e.log.String(), "no MCP server of the gateway has that name"); n != 1 {
		t.Errorf("logged %d times:\n%s", n, e.log)
	}
}

func TestServersThatTheGatewayDoesNotTell(t *testing.T) {
	e := newEstate(t)
	ann := e.SignIn(pomeriumtest.Ann())
	type answer struct {
		Status int
		Kind   chat.Kind
		Detail string
	}
	for _, tt := range []struct {
		name    string
		trouble pomeriumtest.Trouble
		want    answer
	}{
		{"it is in trouble", pomeriumtest.NoList, answer{503, chat.KindGatewayDown, "The Pomerium gateway is not available at the moment, so your servers cannot be listed. Try again in a moment."}},
		{"it does not take the token", pomeriumtest.StaleTokens, answer{401, chat.KindUnauthenticated, "Your session has ended. Sign in again."}},
	} {
		e.Suffer(tt.trouble)
		_, body := e.visit(t, ann, http.MethodGet, "/api/servers")
		e.Suffer(0)
		var got answer
		if err := json.Unmarshal([]byte(body), &got); err != nil {
			t.Fatalf("%v in %s", err, body)
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s: %s", tt.name, diff)
		}
	}
	res, body := e.around(t, http.MethodGet, "/api/servers", "Host", chatHost, "X-Pomerium-Jwt-Assertion", e.Assertion(chatHost))
	if res.StatusCode != 500 || !strings.Contains(body, "mcp: {client: {}}") {
		t.Errorf("without a token: %s %s", res.Status, body)
	}
}

func TestWhoIsLetIn(t *testing.T) {
	e := newEstate(t)
	good := e.Assertion(chatHost)
	const usual, alias, forwarded = "X-Pomerium-Jwt-Assertion", "X-Pomerium-Assertion", "X-Forwarded-Host"
	public := e.URL(chatHost)
	for _, tt := range []struct {
		name, method, path string
		headers            []string
		status             int
		detail             string
	}{
		{"who has an assertion", "GET", "/api/me", []string{forwarded, public.Host, usual, good}, 200, ""},
		{"under the public name too", "GET", "/api/me", []string{"Host", chatHost, usual, good}, 200, ""},
		{"by the other header", "GET", "/api/me", []string{"Host", chatHost, alias, good}, 200, ""},
		{"by both", "GET", "/api/me", []string{"Host", chatHost, alias, good, usual, good}, 200, ""},
		{"but not if they differ", "GET", "/api/me", []string{"Host", chatHost, alias, e.Assertion(chatHost, pomeriumtest.For(pomeriumtest.Bob())), usual, good}, 401, sessionEnded},
		{"nor by a forged one", "GET", "/api/me", []string{"Host", chatHost, alias, e.Assertion(chatHost, pomeriumtest.SignedByStranger("ES256"))}, 401, sessionEnded},
		{"nor by one for another route", "GET", "/api/me", []string{"Host", chatHost, usual, e.Assertion(deskHost)}, 401, sessionEnded},
		{"nor one that was passed along", "GET", "/api/me", []string{"Host", chatHost, usual + "-For", good}, 401, sessionEnded},
		{"nor an anonymous visitor", "GET", "/api/me", []string{"Host", chatHost, usual, e.Assertion(chatHost, pomeriumtest.For(pomeriumtest.Anonymous()))}, 401, sessionEnded},
		{"nobody", "GET", "/", []string{"Host", chatHost}, 401, sessionEnded},
		{"nor for a token alone", "GET", "/api/me", []string{"Host", chatHost, "Authorization", "Bearer " + e.SignIn(pomeriumtest.Ann()).Token()}, 401, sessionEnded},
		{"another host", "GET", "/api/me", []string{usual, good}, 403, "This server does not answer to that host name."},
		{"another public host", "GET", "/api/me", []string{forwarded, "evil.example.com", usual, good}, 403, "This server does not answer to that host name."},
		{"a write of the page", "POST", "/api/threads", []string{forwarded, public.Host, usual, good, "Origin", public.String()}, 200, ""},
		{"a write without an origin", "POST", "/api/threads", []string{forwarded, public.Host, usual, good}, 200, ""},
		{"a write of the page, as new browsers say", "POST", "/api/threads", []string{forwarded, public.Host, usual, good, "Sec-Fetch-Site", "same-origin"}, 200, ""},
		{"a write of another site", "POST", "/api/threads", []string{forwarded, public.Host, usual, good, "Origin", "https://evil.example.com"}, 403, "Another site may not do this in your name."},
		{"a write of another route", "POST", "/api/threads", []string{forwarded, public.Host, usual, good, "Origin", e.URL(deskHost).String(), "Sec-Fetch-Site", "same-site"}, 403, "Another site may not do this in your name."},
		{"a write of the upstream's own name", "POST", "/api/threads", []string{forwarded, public.Host, usual, good, "Origin", e.direct.URL}, 403, "Another site may not do this in your name."},
		{"a write without TLS", "POST", "/api/threads", []string{forwarded, public.Host, usual, good, "Origin", "http://" + public.Host}, 403, "Another site may not do this in your name."},
		{"whether it lives", "GET", "/livez", nil, 200, ""},
		{"whether it is ready", "GET", "/readyz", nil, 200, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			res, body := e.around(t, tt.method, tt.path, tt.headers...)
			var p web.Problem
			if tt.status >= 400 {
				if err := json.Unmarshal([]byte(body), &p); err != nil {
					t.Fatalf("%v in %s", err, body)
				}
			}
			if res.StatusCode/100*100 != tt.status/100*100 || tt.status >= 400 && res.StatusCode != tt.status || p.Detail != tt.detail {
				t.Errorf("%s %s", res.Status, body)
			}
			if tt.status == 401 && p.Kind != chat.KindUnauthenticated {
				t.Errorf("kind %s", p.Kind)
			}
		})
	}
	if n := strings.Count(e.log.String(), "pass_identity_headers"); n != 1 {
		t.Errorf("the log says %d times what may be missing:\n%s", n, e.log)
	}
}

func TestLogos(t *testing.T) {
	e := newEstate(t)
	ann := e.SignIn(pomeriumtest.Ann())
	port := e.URL(chatHost).Port()
	res, body := e.visit(t, ann, http.MethodGet, "/api/servers/desk-localhost-pomerium-io."+port+"/logo")
	if res.StatusCode != http.StatusNotFound {
		t.Errorf("a page for a logo: %s %s", res.Status, body)
	}
	art := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "" {
			t.Error("a token was sent")
		}
		_, _ = io.WriteString(w, `<svg xmlns="http://www.w3.org/2000/svg"/>`)
	}))
	defer art.Close()
	upstream, err := url.Parse(art.URL)
	if err != nil {
		t.Fatal(err)
	}
	const artHost = "art.localhost.pomerium.io"
	e.Route(artHost, upstream, pomeriumtest.RouteOptions{
		Name: "Art", MCPServer: &pomeriumtest.MCPServer{}, LogoURL: e.URL(artHost).String() + "/logo.svg", AllowPublicUnauthenticatedAccess: true,
	})
	if res, body := e.visit(t, ann, http.MethodPost, "/api/servers/art-localhost-pomerium-io."+port+"/refresh"); res.StatusCode != http.StatusOK {
		t.Fatalf("%s %s", res.Status, body)
	}
	res, body = e.visit(t, ann, http.MethodGet, "/api/servers/art-localhost-pomerium-io."+port+"/logo")
	got := fmt.Sprint(res.StatusCode, " ", res.Header.Get("Content-Type"), " ", res.Header.Get("Content-Security-Policy"), " ", res.Header.Get("X-Content-Type-Options"), " ", body)
	const want = `200 image/svg+xml sandbox; default-src 'none'; style-src 'unsafe-inline' nosniff <svg xmlns="http://www.w3.org/2000/svg"/>`
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	for _, path := range []string{"/api/servers/notes-localhost-pomerium-io." + port + "/logo", "/api/servers/nobody/logo", "/api/me/picture"} {
		if res, body := e.visit(t, ann, http.MethodGet, path); res.StatusCode != http.StatusNotFound {
			t.Errorf("%s: %s %s", path, res.Status, body)
		}
	}
}

func TestFlagsOfTheGateway(t *testing.T) {
	for _, tt := range []struct {
		name  string
		flags Serve
		want  string
	}{
		{"any address behind a gateway", Serve{Listen: ":3000", PublicURL: "https://chat.example.com"}, ""},
		{"but not without", Serve{Listen: ":3000"}, `--listen must be a loopback address, such as 127.0.0.1:3000, and not ":3000": without --public-url, that is, without a gateway in front, nobody checks who is asking`},
		{"servers of its own", Serve{Listen: ":3000", PublicURL: "https://chat.example.com", MCP: []string{"a=https://a.example.com"}}, "--mcp is of no use with --public-url: the MCP servers are those that Pomerium protects, so add a route there"},
		{"an authority for nothing", Serve{Listen: "127.0.0.1:3000", PomeriumCA: "ca.pem"}, "--pomerium-ca is of no use without --public-url, the URL of this app's Pomerium route"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tt.flags.Budget = plenty
			got := ""
			if err := tt.flags.check(); err != nil {
				got = err.Error()
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
	for address, want := range map[string]string{
		"http://chat.example.com":   `--public-url: the public URL "http://chat.example.com" must begin with https://, as routes of Pomerium do`,
		"https://chat.example.com/": "",
	} {
		_, err := (&Serve{PublicURL: address}).front(t.Context(), Surroundings{Log: slog.New(slog.DiscardHandler)})
		if got := fmt.Sprint(err); want != "" && got != want || want == "" && err != nil {
			t.Errorf("%s: %s", address, got)
		}
	}
}
