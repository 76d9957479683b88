// Package pomeriumtest is a stand-in for the Pomerium gateway. It listens with TLS
// from its own certificate authority, signs users in, and passes requests on to
// client routes, MCP servers and others as Pomerium does; and it can misbehave, and
// forge. What it answers was compared with what a real Pomerium answered.
//
// It shares no code with package pomerium, so that a mistake in one does not hide
// in the other.
package pomeriumtest

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/url"
	"os"
	"strings"
	"sync"
	"testing"
	"time"
)

// Options are settings of the whole gateway, called as in Pomerium's configuration
// where that has them. The zero value is good for tests.
type Options struct {
	Listen string // a loopback address with a port; any free one if empty
	// AuthenticateHost is the host of authenticate_service_url, without the port, which is
	// that of the gateway; authenticate.localhost.pomerium.io if empty.
	AuthenticateHost string
	Users            []User            // who can sign in; Ann, Bob and Mallory if empty
	JWTClaimsHeaders map[string]string // jwt_claims_headers: a claim for each header
	CookieExpire     time.Duration     // cookie_expire; 14 h if 0
	// DynamicClientRegistration is runtime_flags.mcp_dynamic_client_registration.
	DynamicClientRegistration bool
}

// Gateway is a running stand-in. Any host name is one of its hosts; those without
// a route answer 404 beyond what Pomerium answers everywhere. It is safe for
// concurrent use.
type Gateway struct {
	options   Options
	ca        *authority
	caFile    string
	seals     sealer
	secret    []byte // for signed queries
	clock     clock
	listener  net.Listener
	server    *http.Server
	proxy     *http.Server
	proxyURL  string
	upstreams *http.Transport
	closed    chan struct{}
	running   sync.WaitGroup // servers, and requests over the network

	refreshing sync.Mutex

	mu       sync.Mutex
	keys     []*signingKey // published; the first one signs
	routes   map[string]*route
	sessions map[ref]*Session
	upstream map[owner]upstreamTokens
	pending  map[string]pending // by the state of the hop
	clients  map[string]oauthClient
	grants   map[ref]grant
	trouble  Trouble
	fetches  int
	seen     []Sighting
	held     held
}

// New starts a gateway with one ES256 key, and stops it when the test ends.
func New(t testing.TB) *Gateway {
	t.Helper()
	return Start(t, Options{})
}

// Start is New with settings.
func Start(t testing.TB, o Options) *Gateway {
	t.Helper()
	g, err := Open(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := g.Close(); err != nil {
			t.Error(err)
		}
	})
	return g
}

// Open starts a gateway outside of tests. Close stops it.
func Open(o Options) (*Gateway, error) {
	g := newGateway(o)
	var err error
	if g.listener, err = net.Listen("tcp", g.options.Listen); err != nil {
		return nil, fmt.Errorf("start the gateway: %w", err)
	}
	if err := g.writeCA(); err != nil {
		_ = g.listener.Close()
		return nil, fmt.Errorf("start the gateway: %w", err)
	}
	if err := g.startProxy(); err != nil {
		_ = g.listener.Close()
		return nil, errors.Join(fmt.Errorf("start the gateway: %w", err), os.Remove(g.caFile))
	}
	g.running.Go(func() { _ = g.server.ServeTLS(g.listener, "", "") })
	return g, nil
}

func newGateway(o Options) *Gateway {
	if o.Listen == "" {
		o.Listen = "127.0.0.1:0"
	}
	if o.AuthenticateHost == "" {
		o.AuthenticateHost = "authenticate.localhost.pomerium.io"
	}
	if len(o.Users) == 0 {
		o.Users = []User{Ann(), Bob(), Mallory()}
	}
	if o.CookieExpire == 0 {
		o.CookieExpire = 14 * time.Hour
	}
	g := &Gateway{
		options: o, ca: newAuthority(), seals: newSealer(), secret: []byte(newRef().String() + newRef().String()), closed: make(chan struct{}),
		upstreams: &http.Transport{DisableCompression: true, MaxIdleConnsPerHost: 64},
		keys:      []*signingKey{newSigningKey("ES256")},
		routes:    map[string]*route{}, sessions: map[ref]*Session{}, upstream: map[owner]upstreamTokens{},
		pending: map[string]pending{}, clients: map[string]oauthClient{}, grants: map[ref]grant{},
	}
	g.server = &http.Server{
		Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if !g.begin() {
				panic(http.ErrAbortHandler)
			}
			defer g.running.Done()
			g.ServeHTTP(w, r)
		}),
		ErrorLog:          log.New(io.Discard, "", 0),
		ReadHeaderTimeout: time.Minute,
		TLSConfig: &tls.Config{
			MinVersion:     tls.VersionTLS12,
			Certificates:   []tls.Certificate{g.ca.leaf("localhost")}, // for clients that name no host
			GetCertificate: func(hello *tls.ClientHelloInfo) (*tls.Certificate, error) { return g.ca.leafFor(hello), nil },
		},
	}
	return g
}

func (g *Gateway) writeCA() error {
	f, err := os.CreateTemp("", "pomerium-ca-*.pem")
	if err != nil {
		return err
	}
	_, err = f.Write(g.ca.pem())
	g.caFile = f.Name()
	return errors.Join(err, f.Close())
}

// begin counts something that Close has to wait for; running.Done ends it. It
// reports false if it is too late to begin.
func (g *Gateway) begin() bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	select {
	case <-g.closed:
		return false
	default:
		g.running.Add(1)
		return true
	}
}

// Close stops the gateway, cuts what is under way and waits for its end.
func (g *Gateway) Close() error {
	g.mu.Lock()
	close(g.closed)
	g.mu.Unlock()
	err := errors.Join(g.server.Close(), g.proxy.Close())
	g.running.Wait()
	g.upstreams.CloseIdleConnections()
	return errors.Join(err, os.Remove(g.caFile))
}

// URL is where a host of the gateway listens. Only for localhost and 127.0.0.1 can
// it be reached by clients other than those of the gateway itself; for others there
// is [Gateway.ProxyURL].
func (g *Gateway) URL(host string) *url.URL {
	return &url.URL{Scheme: "https", Host: net.JoinHostPort(host, g.port())}
}

func (g *Gateway) port() string {
	_, port, _ := net.SplitHostPort(g.listener.Addr().String())
	return port
}

// CAFile is a PEM file with the certificate to trust.
func (g *Gateway) CAFile() string { return g.caFile }

// Pin is for the option --ignore-certificate-errors-spki-list of Chromium, which
// then trusts the gateway.
func (g *Gateway) Pin() string { return g.ca.pin() }

// Client returns a client that trusts the gateway and finds every host there, on
// whatever port; only what it is to call by an IP address and another port, it
// calls there. It follows redirects.
func (g *Gateway) Client() *http.Client {
	return &http.Client{Transport: &http.Transport{
		TLSClientConfig:   &tls.Config{RootCAs: g.ca.pool(), MinVersion: tls.VersionTLS12},
		ForceAttemptHTTP2: true,
		DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
			host, port, _ := net.SplitHostPort(address)
			if net.ParseIP(host) == nil || port == g.port() {
				address = g.listener.Addr().String()
			}
			return new(net.Dialer).DialContext(ctx, network, address)
		},
	}}
}

// bare returns the host without its port.
func bare(hostport string) string {
	return strings.ToLower((&url.URL{Host: hostport}).Hostname())
}
