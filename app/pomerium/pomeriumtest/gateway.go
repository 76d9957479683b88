// Package pomeriumtest is a stand-in for the Pomerium gateway. It listens with TLS
// from its own certificate authority, publishes keys, signs assertions and passes
// requests on as Pomerium does; and it can misbehave, and forge.
//
// It shares no code with package pomerium, so that a mistake in one does not hide
// in the other.
package pomeriumtest

import (
	"context"
	"crypto/tls"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// Gateway is a running stand-in. Any host name is one of its hosts; those without
// a route answer 404 beyond what Pomerium answers everywhere. It is safe for
// concurrent use.
type Gateway struct {
	ca     *authority
	caFile string
	server *httptest.Server
	closed chan struct{}

	mu      sync.Mutex
	keys    []*signingKey // published; the first one signs
	routes  map[string]http.Handler
	trouble Trouble
	fetches int
}

// New starts a gateway with one ES256 key, and stops it when the test ends.
func New(t testing.TB) *Gateway {
	t.Helper()
	g := &Gateway{
		ca:     newAuthority(),
		caFile: filepath.Join(t.TempDir(), "pomerium-ca.pem"),
		closed: make(chan struct{}),
		keys:   []*signingKey{newSigningKey("ES256")},
		routes: map[string]http.Handler{},
	}
	if err := os.WriteFile(g.caFile, g.ca.pem(), 0o600); err != nil {
		t.Fatal(err)
	}
	g.server = httptest.NewUnstartedServer(g)
	g.server.EnableHTTP2 = true
	g.server.Config.ErrorLog = log.New(io.Discard, "", 0)
	g.server.TLS = &tls.Config{
		Certificates:   []tls.Certificate{g.ca.leaf("localhost")}, // for clients that name no host
		GetCertificate: func(hello *tls.ClientHelloInfo) (*tls.Certificate, error) { return g.ca.leafFor(hello), nil },
	}
	g.server.StartTLS()
	t.Cleanup(func() {
		close(g.closed)
		g.server.Close()
	})
	return g
}

// URL is where a host of the gateway listens. Only for localhost and 127.0.0.1 can
// it be reached by clients other than those of the gateway itself.
func (g *Gateway) URL(host string) *url.URL {
	_, port, _ := net.SplitHostPort(g.server.Listener.Addr().String())
	return &url.URL{Scheme: "https", Host: net.JoinHostPort(host, port)}
}

// CAFile is a PEM file with the certificate to trust.
func (g *Gateway) CAFile() string { return g.caFile }

// Client returns a client that trusts the gateway and finds every host there, on
// whatever port. It follows redirects.
func (g *Gateway) Client() *http.Client {
	transport := g.server.Client().Transport.(*http.Transport).Clone()
	transport.TLSClientConfig = &tls.Config{RootCAs: g.ca.pool(), MinVersion: tls.VersionTLS12}
	transport.DialContext = func(ctx context.Context, network, _ string) (net.Conn, error) {
		var dialer net.Dialer
		return dialer.DialContext(ctx, network, g.server.Listener.Addr().String())
	}
	return &http.Client{Transport: transport}
}

// ServeHTTP implements http.Handler. What Pomerium keeps for itself never reaches
// a route.
func (g *Gateway) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	g.suffer(w, r)
	switch path := r.URL.Path; {
	case path == "/.well-known/pomerium/jwks.json":
		g.serveKeys(w, r)
	case path == "/ping" || path == "/healthz":
		w.Header().Set("Content-Type", "text/plain")
		_, _ = io.WriteString(w, "OK")
	case path == "/.pomerium" || strings.HasPrefix(path, "/.pomerium/") || strings.HasPrefix(path, "/.well-known/pomerium"):
		http.NotFound(w, r)
	default:
		g.route(r.Host).ServeHTTP(w, r)
	}
}

func (g *Gateway) route(host string) http.Handler {
	g.mu.Lock()
	defer g.mu.Unlock()
	if route, ok := g.routes[bare(host)]; ok {
		return route
	}
	return http.NotFoundHandler()
}

// bare returns the host without its port.
func bare(hostport string) string {
	return strings.ToLower((&url.URL{Host: hostport}).Hostname())
}
