package pomeriumtest

import (
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"net/url"
	"strings"
	"time"
)

const (
	connectedPath      = mcpPrefix + "/client/oauth/callback"
	clientMetadataPath = mcpPrefix + "/client/metadata.json"
)

// pending is a hop to the authorization server of an MCP server.
type pending struct {
	owner    owner
	verifier string // of PKCE
	redirect string // where it is to end
	expires  time.Time
}

// connect sees to it that there is a TI, and goes back to where the user came from.
func (v *visit) connect() {
	back := v.r.URL.Query().Get("redirect_url")
	if !v.mayGoTo(back) {
		http.Error(v.w, "invalid request", http.StatusBadRequest)
		return
	}
	switch next, err := v.hop(back); {
	case err != nil:
		http.Error(v.w, "internal server error", http.StatusInternalServerError)
	case next == "":
		u := must(url.Parse(back)) // mayGoTo saw to it
		q := u.Query()
		q.Set("connect_error", "MCP connection failed. Ask your administrator to check logs for request ID: "+v.id)
		u.RawQuery = q.Encode()
		http.Redirect(v.w, v.r, u.String(), http.StatusFound)
	default:
		http.Redirect(v.w, v.r, next, http.StatusFound)
	}
}

// mayGoTo reports whether Pomerium would send a browser there: to this host, or to
// a client route.
func (v *visit) mayGoTo(address string) bool {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "https" || u.Host == "" {
		return false
	}
	rt := v.g.route(u.Host)
	return bare(u.Host) == bare(v.r.Host) || rt != nil && rt.MCPClient
}

// hop returns where the browser has to go now in order to get to an address with a
// TI: there at once, if one is there or none is needed; to the authorization server;
// or nowhere, if it cannot be told which that is.
func (v *visit) hop(address string) (string, error) {
	if !v.route.isServer() {
		return address, nil
	}
	token, err := v.g.upstreamToken(v.r.Context(), v.route, v.user())
	if err != nil || token != "" {
		return address, err
	}
	o := v.route.MCPServer.UpstreamOAuth2
	if o == nil {
		return "", nil
	}
	verifier, state := newRef().String()+newRef().String(), newRef().String()
	v.g.mu.Lock()
	v.g.pending[state] = pending{
		owner{v.user().Subject, v.route.host}, verifier, address, v.g.clock.now().Add(10 * time.Minute),
	}
	v.g.mu.Unlock()
	challenge := sha256.Sum256([]byte(verifier))
	q := url.Values{
		"client_id":             {o.ClientID},
		"code_challenge":        {base64.RawURLEncoding.EncodeToString(challenge[:])},
		"code_challenge_method": {"S256"},
		"redirect_uri":          {v.origin() + connectedPath},
		"resource":              {v.route.upstream.String()},
		"response_type":         {"code"},
		"state":                 {state},
	}
	if len(o.Scopes) > 0 {
		q.Set("scope", strings.Join(o.Scopes, " "))
	}
	return o.AuthURL + "?" + q.Encode(), nil
}

// finishConnect is where the authorization server sends the browser back to.
func (v *visit) finishConnect() {
	q := v.r.URL.Query()
	code, state := q.Get("code"), q.Get("state")
	if code == "" || state == "" {
		why := "Invalid callback: missing code or state"
		if q.Get("error") != "" {
			why = "Authorization failed"
		}
		http.Error(v.w, why, http.StatusBadRequest)
		return
	}
	v.g.mu.Lock()
	p, ok := v.g.pending[state]
	delete(v.g.pending, state)
	v.g.mu.Unlock()
	if !ok || !v.route.isServer() || p.owner.host != v.route.host || v.route.MCPServer.UpstreamOAuth2 == nil {
		http.Error(v.w, "Invalid or expired state", http.StatusBadRequest)
		return
	}
	if !v.g.clock.now().Before(p.expires) {
		http.Error(v.w, "Authorization state expired, please retry", http.StatusBadRequest)
		return
	}
	tokens, err := v.g.exchange(v.r.Context(), v.route.MCPServer.UpstreamOAuth2, url.Values{
		"grant_type":    {"authorization_code"},
		"code":          {code},
		"redirect_uri":  {v.origin() + connectedPath},
		"code_verifier": {p.verifier},
		"resource":      {v.route.upstream.String()},
	})
	if err != nil {
		http.Error(v.w, "Token exchange failed", http.StatusBadGateway)
		return
	}
	v.g.keep(p.owner, tokens)
	http.Redirect(v.w, v.r, p.redirect, http.StatusFound)
}

// serveClientMetadata describes the gateway as an OAuth client, for authorization
// servers that nobody told of it.
func (v *visit) serveClientMetadata() {
	if !v.route.isServer() || v.route.MCPServer.UpstreamOAuth2 != nil {
		http.Error(v.w, "Not Found", http.StatusNotFound)
		return
	}
	v.w.Header().Set("Cache-Control", "public, max-age=3600")
	v.json(http.StatusOK, struct {
		ID            string   `json:"client_id"`
		Name          string   `json:"client_name,omitempty"`
		URI           string   `json:"client_uri"`
		RedirectURIs  []string `json:"redirect_uris"`
		GrantTypes    []string `json:"grant_types"`
		ResponseTypes []string `json:"response_types"`
		AuthMethod    string   `json:"token_endpoint_auth_method"`
	}{
		v.origin() + clientMetadataPath, v.route.Name, v.origin(), []string{v.origin() + connectedPath},
		[]string{"authorization_code", "refresh_token"}, []string{"code"}, "none",
	})
}
