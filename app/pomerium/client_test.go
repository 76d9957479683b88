package pomerium_test

import (
	"crypto/x509"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pomerium/pomchat/app/pomerium"
	"github.com/pomerium/pomchat/app/pomerium/pomeriumtest"
)

func TestNewClientRefusesFiles(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	absent := filepath.Join(dir, "absent.pem")
	empty := write("empty.pem", "")
	key := write("key.pem", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n")
	broken := write("broken.pem", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")
	for _, tt := range []struct{ name, file, want string }{
		{"a file that is not there", absent, "read the certificates to trust: open " + absent + ": no such file or directory"},
		{"an empty file", empty, `the file "` + empty + `", of certificates to trust, holds none in the PEM format`},
		{"a file with a key only", key, `the file "` + key + `", of certificates to trust, holds none in the PEM format`},
		{"a broken certificate", broken, `the file "` + broken + `", of certificates to trust, holds one that cannot be parsed: x509: malformed certificate`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if _, err := pomerium.NewClient(tt.file); err == nil || err.Error() != tt.want {
				t.Errorf("got %v, want %s", err, tt.want)
			}
		})
	}
}

func TestNewClientTrustsTheFile(t *testing.T) {
	g := pomeriumtest.New(t)
	address := g.URL("localhost").JoinPath("/ping").String()
	for _, file := range []string{"", g.CAFile(), pomeriumtest.New(t).CAFile()} {
		client, err := pomerium.NewClient(file)
		if err != nil {
			t.Fatal(err)
		}
		response, err := client.Get(address)
		var untrusted x509.UnknownAuthorityError
		if file != g.CAFile() {
			if !errors.As(err, &untrusted) {
				t.Errorf("with the file %q: got %v, want an unknown authority", file, err)
			}
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		defer response.Body.Close()
		if body, err := io.ReadAll(response.Body); err != nil || string(body) != "OK" || response.ProtoMajor != 2 {
			t.Errorf("got %q over HTTP/%d, %v", body, response.ProtoMajor, err)
		}
	}
}

func TestNewClientReturnsRedirects(t *testing.T) {
	g := pomeriumtest.New(t)
	g.Suffer(pomeriumtest.Redirect)
	client, err := pomerium.NewClient(g.CAFile())
	if err != nil {
		t.Fatal(err)
	}
	response, err := client.Get(g.URL("127.0.0.1").JoinPath("/.well-known/pomerium/jwks.json").String())
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusFound {
		t.Errorf("got %s, want the redirect itself", response.Status)
	}
}

// All of it at work: TLS from a private authority, keys over the network, and the
// header as a route of the gateway sets it.
func TestBehindAGateway(t *testing.T) {
	g := pomeriumtest.New(t)
	client, err := pomerium.NewClient(g.CAFile())
	if err != nil {
		t.Fatal(err)
	}
	publicURL, err := pomerium.ParsePublicURL(g.URL("localhost").String())
	if err != nil {
		t.Fatal(err)
	}
	log := &logbook{}
	v, err := pomerium.NewVerifier(t.Context(), publicURL, client, log.logger())
	if err != nil {
		t.Fatal(err)
	}
	var got outcome
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		got = outcomeOf(v.Verify(r.Context(), strings.Join(r.Header.Values(pomerium.AssertionHeader), ",")))
	}))
	defer server.Close()
	upstream, err := url.Parse(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	signedIn := pomeriumtest.RouteOptions{PassIdentityHeaders: true, User: pomeriumtest.Ann()}
	const missing = "there is none in the header X-Pomerium-Jwt-Assertion; does the route set pass_identity_headers?"
	for _, tt := range []struct {
		name    string
		host    string
		options pomeriumtest.RouteOptions
		want    outcome
	}{
		{"a user is known", "localhost", signedIn, accepted(ann)},
		{"a visitor of a public route is not", "localhost", pomeriumtest.RouteOptions{AllowPublicUnauthenticatedAccess: true, PassIdentityHeaders: true},
			refused("its sub is empty: nobody is signed in, as is possible on a public route")},
		{"without pass_identity_headers, nobody is", "localhost", pomeriumtest.RouteOptions{User: pomeriumtest.Ann()}, refused(missing)},
		{"who comes by another route is refused", "127.0.0.1", signedIn, refused(`it is for "127.0.0.1", and not for "localhost"`)},
	} {
		t.Run(tt.name, func(t *testing.T) {
			g.Route(tt.host, upstream, tt.options)
			request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, g.URL(tt.host).String()+"/", nil)
			if err != nil {
				t.Fatal(err)
			}
			request.Header.Set(pomerium.AssertionHeader, g.Assertion("localhost", pomeriumtest.For(pomeriumtest.User{Subject: "root"})))
			response, err := client.Do(request)
			if err != nil {
				t.Fatal(err)
			}
			response.Body.Close()
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
	checkFetches(t, "for all of them", 1, g)
}
