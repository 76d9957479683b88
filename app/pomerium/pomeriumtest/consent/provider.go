// Package consent is an OAuth provider, for tests and demonstrations of MCP servers
// that need one: it shows a page on which somebody with an account lets an
// application use it, or not. The protocol is that of zitadel/oidc.
package consent

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"html/template"
	"io"
	"log"
	"net"
	"net/http"
	"slices"
	"time"

	"github.com/zitadel/oidc/v3/pkg/oidc"
	"github.com/zitadel/oidc/v3/pkg/op"
)

// Options are who and what the provider knows.
type Options struct {
	Listen                 string   // a loopback address with a port; any free one if empty
	ClientID, ClientSecret string   // of the only application
	RedirectURIs           []string // of the application
	Scopes                 []string // that it may ask for, besides offline_access
	Accounts               []string // that one can choose from
}

// Provider is a running provider. It is safe for concurrent use.
type Provider struct {
	options  Options
	base     string
	store    *store
	protocol *op.Provider
	server   *http.Server
	ended    chan struct{}
}

// Open starts a provider on loopback, without TLS. Close stops it.
func Open(o Options) (*Provider, error) {
	if o.Listen == "" {
		o.Listen = "127.0.0.1:0"
	}
	listener, err := net.Listen("tcp", o.Listen)
	if err != nil {
		return nil, fmt.Errorf("start the OAuth provider: %w", err)
	}
	p := &Provider{options: o, base: "http://" + listener.Addr().String(), ended: make(chan struct{})}
	p.store = newStore(p.client())
	config := &op.Config{CodeMethodS256: true, AuthMethodPost: true, GrantTypeRefreshToken: true, SupportedScopes: o.Scopes}
	_, _ = rand.Read(config.CryptoKey[:]) // never fails
	p.protocol, err = op.NewProvider(config, p.store, op.StaticIssuer(p.base), op.WithAllowInsecure())
	if err != nil {
		return nil, errors.Join(fmt.Errorf("start the OAuth provider: %w", err), listener.Close())
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /consent", p.ask)
	mux.HandleFunc("POST /consent", p.decide)
	mux.Handle("/", p.protocol)
	p.server = &http.Server{Handler: mux, ReadHeaderTimeout: time.Minute, ErrorLog: log.New(io.Discard, "", 0)}
	go func() {
		defer close(p.ended)
		_ = p.server.Serve(listener)
	}()
	return p, nil
}

// Close stops the provider.
func (p *Provider) Close() error {
	err := p.server.Close()
	<-p.ended
	return err
}

// AuthURL is the authorization endpoint, for browsers.
func (p *Provider) AuthURL() string { return p.base + p.protocol.AuthorizationEndpoint().Relative() }

// TokenURL is the token endpoint.
func (p *Provider) TokenURL() string { return p.base + p.protocol.TokenEndpoint().Relative() }

// UserinfoURL tells, with GET and an access token, whose it is: sub is the account,
// and scope what the application may do.
func (p *Provider) UserinfoURL() string { return p.base + p.protocol.UserinfoEndpoint().Relative() }

// Revoke makes all tokens of an account worthless, as one does in one's settings.
func (p *Provider) Revoke(account string) { p.store.revoke(account) }

// ask shows the page.
func (p *Provider) ask(w http.ResponseWriter, r *http.Request) {
	request := p.store.request(r.FormValue("id"))
	if request == nil {
		http.Error(w, "this request is not known, or over", http.StatusBadRequest)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=UTF-8")
	w.Header().Set("Cache-Control", "no-store")
	_ = page.Execute(w, struct {
		ID               string
		Accounts, Scopes []string
	}{request.id, p.options.Accounts, request.asked.Scopes})
}

// decide takes the answer, and leads back to the application.
func (p *Provider) decide(w http.ResponseWriter, r *http.Request) {
	id, account := r.PostFormValue("id"), r.PostFormValue("account")
	request := p.store.request(id)
	switch {
	case request == nil:
		http.Error(w, "this request is not known, or over", http.StatusBadRequest)
	case slices.Contains(p.options.Accounts, account):
		p.store.consent(id, account)
		http.Redirect(w, r, op.AuthCallbackURL(p.protocol)(op.ContextWithIssuer(context.WithoutCancel(r.Context()), p.base), id), http.StatusFound)
	default:
		op.AuthRequestError(w, r, request, oidc.ErrAccessDenied(), p.protocol)
	}
}

var page = template.Must(template.New("").Parse(`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<link rel="icon" href="data:,">
<title>Allow access?</title>
<style>body{font:1rem/1.5 system-ui,sans-serif;margin:2rem auto;max-width:30rem;padding:0 1rem}button{display:block;font:inherit;margin:.5rem 0;min-height:2.75rem;padding:.5rem 1rem;width:100%}</style>
<main>
<h1>Allow access?</h1>
<p>The gateway asks for this:</p>
<ul>{{range .Scopes}}<li>{{.}}</li>{{end}}</ul>
<form method="post" action="/consent">
<input type="hidden" name="id" value="{{.ID}}">
{{range .Accounts}}<button name="account" value="{{.}}">Allow as {{.}}</button>
{{end}}<button name="account" value="">Deny</button>
</form>
</main>
`))
