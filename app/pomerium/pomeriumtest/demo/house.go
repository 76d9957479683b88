package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"time"

	"github.com/pomerium/pomchat/app/pomerium/pomeriumtest"
	"github.com/pomerium/pomchat/app/pomerium/pomeriumtest/consent"
	"github.com/pomerium/pomchat/app/pomerium/pomeriumtest/notes"
)

// house is all that runs.
type house struct {
	gateway    *pomeriumtest.Gateway
	chatHost   string
	chat       *program          // nil if it is not ours
	routes     map[string]placed // by host
	consentURL string
	controlURL string     // empty if there is none
	ended      chan error // of programs that end by themselves
	closers    []func() error
}

// placed is a route, as it is when nothing is wrong.
type placed struct {
	upstream *url.URL
	options  pomeriumtest.RouteOptions
}

func (h *house) route(host string, upstream *url.URL, o pomeriumtest.RouteOptions) {
	h.routes[host] = placed{upstream, o}
	h.gateway.Route(host, upstream, o)
}

// construct starts everything. What was started is closed if something cannot be.
func construct(ctx context.Context, s settings, logs io.Writer) (h *house, err error) {
	h = &house{chatHost: "chat." + s.domain, routes: map[string]placed{}, ended: make(chan error, 2)}
	defer func() {
		if err != nil {
			err = h.close(err)
		}
	}()
	h.gateway, err = pomeriumtest.Open(pomeriumtest.Options{
		Listen: s.listen, AuthenticateHost: "authenticate." + s.domain, DynamicClientRegistration: true,
	})
	if err != nil {
		return h, err
	}
	h.closers = append(h.closers, h.gateway.Close)
	if err := h.openNotes("notes."+s.domain, "vault."+s.domain); err != nil {
		return h, err
	}
	if err := h.openNorthwind(ctx, s, logs); err != nil {
		return h, err
	}
	if err := h.openChat(ctx, s, logs); err != nil || s.control == "" {
		return h, err
	}
	return h, h.openControl(s.control)
}

// close closes in the opposite order, and adds what went wrong to an error.
func (h *house) close(err error) error {
	for i := len(h.closers) - 1; i >= 0; i-- {
		err = errors.Join(err, h.closers[i]())
	}
	return err
}

// callback is where a login at the provider of a route comes back to.
func (h *house) callback(host string) string {
	return h.gateway.URL(host).String() + "/.pomerium/mcp/client/oauth/callback"
}

// openNotes adds the server of notes, which one has to connect first, and the same
// under a host that hardly anybody may use.
func (h *house) openNotes(host, vault string) error {
	scopes := []string{"openid", "notes.read", "notes.write"}
	provider, err := consent.Open(consent.Options{
		ClientID: "pomerium", ClientSecret: "of-the-demo", Scopes: scopes, Accounts: []string{"private@notes", "team@notes"},
		RedirectURIs: []string{h.callback(host), h.callback(vault)},
	})
	if err != nil {
		return err
	}
	h.closers = append(h.closers, provider.Close)
	picture, err := logo()
	if err != nil {
		return err
	}
	mux := http.NewServeMux()
	mux.Handle("/", notes.New(provider.UserinfoURL()))
	mux.HandleFunc("GET "+logoPath, func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(picture) })
	upstream, err := h.serve(mux)
	if err != nil {
		return err
	}
	h.consentURL = provider.AuthURL()
	oauth := &pomeriumtest.UpstreamOAuth2{
		ClientID: "pomerium", ClientSecret: "of-the-demo", Scopes: append(scopes, "offline_access"),
		AuthURL: provider.AuthURL(), TokenURL: provider.TokenURL(),
	}
	server := &pomeriumtest.MCPServer{Path: "/mcp", MaxRequestBytes: maxRequest, UpstreamOAuth2: oauth}
	h.route(host, upstream, pomeriumtest.RouteOptions{
		Name: "Notes", Description: "Your notes, in an account that you connect", MCPServer: server,
		LogoURL: h.gateway.URL(host).JoinPath(logoPath).String(), PublicPaths: []string{logoPath},
	})
	h.route(vault, upstream, pomeriumtest.RouteOptions{
		Name: "Vault", Description: "Not for everybody", MCPServer: server,
		Policy: pomeriumtest.Policy{AllowedUsers: []string{"mallory@other.example"}},
	})
	return nil
}

const (
	maxRequest = 64 << 10
	logoPath   = "/logo.png"
)

// serve serves a handler on loopback, without TLS.
func (h *house) serve(handler http.Handler) (*url.URL, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("serve: %w", err)
	}
	h.serveAt(listener, handler)
	return &url.URL{Scheme: "http", Host: listener.Addr().String()}, nil
}

func (h *house) serveAt(listener net.Listener, handler http.Handler) {
	server := &http.Server{Handler: handler, ReadHeaderTimeout: time.Minute}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_ = server.Serve(listener)
	}()
	h.closers = append(h.closers, func() error {
		err := server.Close()
		<-ended
		return err
	})
}

func (h *house) openNorthwind(ctx context.Context, s settings, logs io.Writer) error {
	host := "db." + s.domain
	northwind, err := h.start(ctx, s.binary, logs, "northwind-mcp", "--public-url="+h.gateway.URL(host).String(), "--demo-write-tool")
	if err != nil {
		return err
	}
	h.route(host, northwind.base, pomeriumtest.RouteOptions{
		Name: "Northwind", Description: "The company's customers, products and orders",
		PassIdentityHeaders: true, MCPServer: &pomeriumtest.MCPServer{Path: "/mcp", MaxRequestBytes: maxRequest},
		Policy: pomeriumtest.Policy{AllowedDomains: []string{"example.com"}, DeniedTools: []string{"update"}},
	})
	return nil
}

func (h *house) openChat(ctx context.Context, s settings, logs io.Writer) error {
	address, err := url.Parse(s.app)
	if s.app == "" {
		h.chat, err = h.start(ctx, s.binary, logs, "serve", append([]string{
			"--public-url=" + h.gateway.URL(h.chatHost).String(), "--data=" + s.data, "--trust=db." + s.domain,
		}, s.more...)...)
		if err == nil {
			address = h.chat.base
		}
	}
	if err != nil {
		return err
	}
	h.route(h.chatHost, address, pomeriumtest.RouteOptions{
		MCPClient: true, PassIdentityHeaders: true, Timeout: new(time.Duration), IdleTimeout: new(time.Duration),
	})
	return nil
}
