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
	gateway *pomeriumtest.Gateway
	ended   chan error // of programs that end by themselves
	closers []func() error
}

// construct starts everything. What was started is closed if something cannot be.
func construct(ctx context.Context, s settings, logs io.Writer) (h *house, err error) {
	h = &house{ended: make(chan error, 2)}
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
	return h, h.openChat(ctx, s, logs)
}

// close closes in the opposite order, and adds what went wrong to an error.
func (h *house) close(err error) error {
	for i := len(h.closers) - 1; i >= 0; i-- {
		err = errors.Join(err, h.closers[i]())
	}
	return err
}

// openNotes adds the server of notes, which one has to connect first, and the same
// under a host that hardly anybody may use.
func (h *house) openNotes(host, vault string) error {
	scopes := []string{"openid", "notes.read", "notes.write"}
	provider, err := consent.Open(consent.Options{
		ClientID: "pomerium", ClientSecret: "of-the-demo", Scopes: scopes, Accounts: []string{"private@notes", "team@notes"},
		RedirectURI: h.gateway.URL(host).String() + "/.pomerium/mcp/client/oauth/callback",
	})
	if err != nil {
		return err
	}
	h.closers = append(h.closers, provider.Close)
	upstream, err := h.serve(notes.New(provider.UserinfoURL()))
	if err != nil {
		return err
	}
	oauth := &pomeriumtest.UpstreamOAuth2{
		ClientID: "pomerium", ClientSecret: "of-the-demo", Scopes: append(scopes, "offline_access"),
		AuthURL: provider.AuthURL(), TokenURL: provider.TokenURL(),
	}
	server := &pomeriumtest.MCPServer{Path: "/mcp", MaxRequestBytes: maxRequest, UpstreamOAuth2: oauth}
	h.gateway.Route(host, upstream, pomeriumtest.RouteOptions{
		Name: "Notes", Description: "Your notes, in an account that you connect", MCPServer: server,
	})
	h.gateway.Route(vault, upstream, pomeriumtest.RouteOptions{
		Name: "Vault", Description: "Not for everybody", MCPServer: server,
		Policy: pomeriumtest.Policy{AllowedUsers: []string{"mallory@other.example"}},
	})
	return nil
}

const maxRequest = 64 << 10

// serve serves a handler on loopback, without TLS.
func (h *house) serve(handler http.Handler) (*url.URL, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("serve: %w", err)
	}
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
	return &url.URL{Scheme: "http", Host: listener.Addr().String()}, nil
}

func (h *house) openNorthwind(ctx context.Context, s settings, logs io.Writer) error {
	host := "db." + s.domain
	address, err := h.start(ctx, s.binary, logs, "northwind-mcp", "--public-url="+h.gateway.URL(host).String())
	if err != nil {
		return err
	}
	h.gateway.Route(host, address, pomeriumtest.RouteOptions{
		Name: "Northwind", Description: "The company's customers, products and orders",
		PassIdentityHeaders: true, MCPServer: &pomeriumtest.MCPServer{Path: "/mcp", MaxRequestBytes: maxRequest},
		Policy: pomeriumtest.Policy{AllowedDomains: []string{"example.com"}, DeniedTools: []string{"update"}},
	})
	return nil
}

func (h *house) openChat(ctx context.Context, s settings, logs io.Writer) error {
	host := "chat." + s.domain
	var address *url.URL
	var err error
	if s.app != "" {
		address, err = url.Parse(s.app)
	} else {
		address, err = h.start(ctx, s.binary, logs, "serve", "--public-url="+h.gateway.URL(host).String(), "--data=:memory:", "--trust=Northwind")
	}
	if err != nil {
		return err
	}
	h.gateway.Route(host, address, pomeriumtest.RouteOptions{
		MCPClient: true, PassIdentityHeaders: true, Timeout: new(time.Duration), IdleTimeout: new(time.Duration),
	})
	return nil
}
