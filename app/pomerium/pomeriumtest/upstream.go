package pomeriumtest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// owner is whose TI it is, and for which server.
type owner struct{ subject, host string }

// upstreamTokens is a TI, with what gets the next one.
type upstreamTokens struct {
	access, refresh string
	expires         time.Time // zero: never
}

// upstreamToken returns the TI of a user for the server of a route, refreshed if it
// has expired; empty if there is none or the authorization server refuses to
// refresh it, which is then the end of it. An error means that the authorization
// server could not be asked.
func (g *Gateway) upstreamToken(ctx context.Context, rt *route, u User) (string, error) {
	key := owner{u.Subject, rt.host}
	g.refreshing.Lock() // one at a time: a refresh token is good for one use
	defer g.refreshing.Unlock()
	g.mu.Lock()
	kept, ok := g.upstream[key]
	g.mu.Unlock()
	if !ok {
		return "", nil
	}
	if kept.expires.IsZero() || g.clock.now().Before(kept.expires) {
		return kept.access, nil
	}
	o := rt.MCPServer.UpstreamOAuth2
	if kept.refresh == "" || o == nil {
		g.forget(key)
		return "", nil
	}
	fresh, err := g.exchange(ctx, o, url.Values{"grant_type": {"refresh_token"}, "refresh_token": {kept.refresh}})
	if errors.Is(err, errRefused) {
		g.forget(key)
		return "", nil
	}
	if err != nil {
		return "", err
	}
	if fresh.refresh == "" {
		fresh.refresh = kept.refresh
	}
	g.keep(key, fresh)
	return fresh.access, nil
}

func (g *Gateway) keep(key owner, t upstreamTokens) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.upstream[key] = t
}

func (g *Gateway) forget(key owner) {
	g.mu.Lock()
	defer g.mu.Unlock()
	delete(g.upstream, key)
}

// connected reports whether there is a TI, be it an expired one.
func (g *Gateway) connected(u User, host string) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	_, ok := g.upstream[owner{u.Subject, host}]
	return ok
}

// Connect gives the gateway a TI of a user for the server of a route, as if the
// user had been there to consent. It never expires.
func (g *Gateway) Connect(u User, host, token string) {
	g.keep(owner{u.Subject, bare(host)}, upstreamTokens{access: token})
}

// Disconnect makes the gateway forget the TI of a user for the server of a route, as if
// the user had done it elsewhere.
func (g *Gateway) Disconnect(subject, host string) { g.forget(owner{subject, bare(host)}) }

// errRefused says that an authorization server answered, and will not give tokens.
var errRefused = errors.New("the authorization server refused")

// exchange asks the token endpoint (RFC 6749 sections 4.1.3 and 6).
func (g *Gateway) exchange(ctx context.Context, o *UpstreamOAuth2, form url.Values) (upstreamTokens, error) {
	form.Set("client_id", o.ClientID)
	if o.ClientSecret != "" {
		form.Set("client_secret", o.ClientSecret)
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, o.TokenURL, strings.NewReader(form.Encode()))
	if err != nil {
		return upstreamTokens{}, fmt.Errorf("ask for a token: %w", err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	response, err := (&http.Client{Transport: g.upstreams}).Do(r)
	if err != nil {
		return upstreamTokens{}, fmt.Errorf("ask for a token: %w", err)
	}
	defer func() { _ = response.Body.Close() }()
	var got struct {
		Access  string `json:"access_token"`
		Refresh string `json:"refresh_token"`
		Seconds int64  `json:"expires_in"`
	}
	if response.StatusCode/100 == 4 {
		return upstreamTokens{}, errRefused
	}
	if err := json.NewDecoder(io.LimitReader(response.Body, 1<<20)).Decode(&got); err != nil || response.StatusCode != http.StatusOK || got.Access == "" {
		return upstreamTokens{}, fmt.Errorf("ask for a token: the authorization server answered %s", response.Status)
	}
	t := upstreamTokens{access: got.Access, refresh: got.Refresh}
	if got.Seconds > 0 {
		t.expires = g.clock.now().Add(time.Duration(got.Seconds) * time.Second)
	}
	return t, nil
}

// errAnswered says that the answer of an upstream was replaced.
var errAnswered = errors.New("answered")

// judge replaces the answer of an MCP server that wants another token: the client
// is sent to connect if Pomerium knows how that is done, and is told of a failure
// otherwise.
func (v *visit) judge(r *http.Response) error {
	insufficient := strings.Contains(r.Header.Get("WWW-Authenticate"), `error="insufficient_scope"`)
	if v.session == nil || r.StatusCode != http.StatusUnauthorized && (r.StatusCode != http.StatusForbidden || !insufficient) {
		return nil
	}
	_ = r.Body.Close()
	if v.route.MCPServer.UpstreamOAuth2 == nil {
		v.badGateway()
		return errAnswered
	}
	v.w.Header().Set("WWW-Authenticate", v.wantedToken()) // without the headers of CORS
	v.w.Header().Set("Cache-Control", "no-store")
	v.w.WriteHeader(http.StatusUnauthorized)
	return errAnswered
}

func (v *visit) badGateway() {
	v.w.Header().Set("Cache-Control", "no-store")
	v.w.WriteHeader(http.StatusBadGateway)
}
