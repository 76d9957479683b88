package pomeriumtest_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/pomerium/pomchat/app/pomerium/pomeriumtest"
)

func TestSignInAndOut(t *testing.T) {
	g := pomeriumtest.New(t)
	who := mirror(t, "X-Pomerium-Jwt-Assertion")
	g.Route(chatHost, who, pomeriumtest.RouteOptions{MCPClient: true, PassIdentityHeaders: true})
	g.Route("wiki.localhost.pomerium.io", who, pomeriumtest.RouteOptions{PassIdentityHeaders: true})
	b := newBrowser(t, g)
	subject := func() any {
		if !strings.HasPrefix(b.page, "eyJ") {
			return nil
		}
		_, claims := open(t, b.page)
		return claims["sub"]
	}
	type sight struct {
		Address, Title string
		Subject        any
	}
	see := func() sight {
		b.address.RawQuery = strings.Split(b.address.RawQuery, "pomerium_")[0]
		return sight{strings.ReplaceAll(b.address.String(), g.URL("").Host, ""), b.title(), subject()}
	}
	check := func(when string, want sight) {
		t.Helper()
		if diff := cmp.Diff(want, see()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", when, diff)
		}
	}
	const signInPage, thread = "https://authenticate.localhost.pomerium.io/.pomerium/sign_in", "https://" + chatHost + "/threads/1?x=2"

	b.open(g.URL(chatHost).String() + "/threads/1?x=2")
	check("at first", sight{signInPage, "Sign in", nil})
	b.press("Ann Example (ann@example.com)")
	check("signed in", sight{thread, "", "user-1"})
	b.open(g.URL("wiki.localhost.pomerium.io").String() + "/page")
	check("another host knows without asking", sight{"https://wiki.localhost.pomerium.io/page", "", "user-1"})
	b.open(g.URL(chatHost).String() + "/.pomerium/")
	check("the account", sight{"https://" + chatHost + "/.pomerium/", "Signed in as Ann Example (ann@example.com)", nil})

	b.press("Sign out")
	check("signed out", sight{"https://authenticate.localhost.pomerium.io/.pomerium/signed_out", "Signed out", nil})
	for _, host := range []string{chatHost, "wiki.localhost.pomerium.io"} {
		b.open(g.URL(host).String())
		check("then on "+host, sight{signInPage, "Sign in", nil})
	}
	b.open(g.URL(chatHost).String() + "/.pomerium/")
	check("no account", sight{"https://" + chatHost + "/.pomerium/", "Nobody is signed in", nil})

	b.open(g.URL(chatHost).String() + "/threads/1?x=2")
	b.press("Bob Example (bob@example.com)")
	check("as somebody else", sight{thread, "", "user-2"})
	g.Advance(14*time.Hour - time.Minute)
	b.open(g.URL(chatHost).String() + "/threads/1?x=2")
	check("shortly before the session ends", sight{thread, "", "user-2"})
	g.Advance(time.Minute)
	b.open(g.URL(chatHost).String() + "/threads/1?x=2")
	check("when it has ended", sight{signInPage, "Sign in", nil})
}

func TestSignOutNeedsAQuestionUnlessTheHostAsked(t *testing.T) {
	g := pomeriumtest.New(t)
	b := newBrowser(t, g)
	b.open(g.URL("authenticate.localhost.pomerium.io").String() + "/.pomerium/sign_out")
	if b.title() != "Sign out?" {
		t.Errorf("the page is %q", b.title())
	}
	b.press("Sign out")
	if b.title() != "Signed out" {
		t.Errorf("then the page is %q", b.title())
	}
}

func TestNobodySignsInByAForgedAddress(t *testing.T) {
	g := pomeriumtest.New(t)
	g.Route(chatHost, mirror(t), pomeriumtest.RouteOptions{MCPClient: true})
	authenticate := g.URL("authenticate.localhost.pomerium.io").String()
	b := newBrowser(t, g)
	b.open(g.URL(chatHost).String())
	signed := b.address.String()
	b.press("Ann Example (ann@example.com)")
	for _, tt := range []struct{ name, address string }{
		{"no signature", authenticate + "/.pomerium/sign_in?pomerium_redirect_uri=https://evil.example.com/"},
		{"another destination", strings.Replace(signed, "chat.", "evil.", 1)},
		{"no hand-over", g.URL(chatHost).String() + "/.pomerium/callback/?pomerium_redirect_uri=https://evil.example.com/"},
	} {
		b.open(tt.address)
		if b.status != http.StatusBadRequest {
			t.Errorf("%s: answered %d on %s", tt.name, b.status, b.address)
		}
	}
}

func TestASessionHandedToTests(t *testing.T) {
	g := pomeriumtest.New(t)
	g.Route(chatHost, mirror(t, "Cookie"), pomeriumtest.RouteOptions{MCPClient: true})
	ann := g.SignIn(pomeriumtest.Ann())
	get := func() int {
		response, err := ann.Client().Get(g.URL(chatHost).String())
		if err != nil {
			t.Fatal(err)
		}
		_ = response.Body.Close()
		return response.StatusCode
	}
	before := get()
	ann.End()
	if after := get(); before != http.StatusOK || after != http.StatusFound {
		t.Errorf("answered %d, and %d after the end", before, after)
	}
}
