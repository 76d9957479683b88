package pomeriumtest

import (
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// The lives of what an MCP client gets. An access token lives as long as the
// session.
const (
	codeLifetime    = 10 * time.Minute
	refreshLifetime = 365 * 24 * time.Hour
)

// grant is what a user let an MCP client have. A code and a refresh token name one,
// and are good for one use.
type grant struct {
	client    string
	user      User
	session   ref    // of the user, when the code was given
	challenge string // of PKCE
	plain     bool   // the challenge is the verifier
	scope     string
}

// authorize gives a client a code: Pomerium asks for a login, and nothing else. It
// first sees to the TI, if the server needs one.
func (v *visit) authorize() {
	q := v.r.URL.Query()
	client, ok := v.g.oauthClient(q.Get("client_id"))
	switch {
	case !ok:
		v.refuse(http.StatusUnauthorized, "Unauthorized") // so too for a client by URL: no domain is allowed
		return
	case q.Get("response_type") != "code":
		v.refuse(http.StatusBadRequest, "Bad Request")
		return
	}
	redirect := q.Get("redirect_uri")
	if redirect == "" && len(client.RedirectURIs) == 1 {
		redirect = client.RedirectURIs[0]
	}
	method := q.Get("code_challenge_method")
	if !client.takes(redirect) || client.AuthMethod == "none" && q.Get("code_challenge") == "" || method != "" && method != "plain" && method != "S256" {
		v.refuse(http.StatusBadRequest, "Bad Request")
		return
	}
	back, err := url.Parse(redirect)
	if err != nil {
		v.refuse(http.StatusBadRequest, "Bad Request")
		return
	}
	id := v.g.give(grant{client.ID, v.user(), v.session.id, q.Get("code_challenge"), method != "S256", q.Get("scope")})
	answer := back.Query()
	answer.Set("code", v.g.seals.seal(forCode, id, v.g.clock.now().Add(codeLifetime)))
	answer.Set("state", q.Get("state"))
	answer.Set("iss", v.origin())
	back.RawQuery = answer.Encode()
	next, err := v.hop(back.String())
	if err != nil {
		http.Error(v.w, "internal error", http.StatusInternalServerError)
		return
	}
	if next == "" { // no way to a TI is known; perhaps none is needed
		next = back.String()
	}
	http.Redirect(v.w, v.r, next, http.StatusFound)
}

func (g *Gateway) give(gr grant) ref {
	id := newRef()
	g.mu.Lock()
	defer g.mu.Unlock()
	g.grants[id] = gr
	return id
}

// take returns a grant for the only time.
func (g *Gateway) take(p purpose, text string) (grant, bool) {
	id, ok := g.seals.open(p, text, g.clock.now())
	if !ok {
		return grant{}, false
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	gr, ok := g.grants[id]
	delete(g.grants, id)
	return gr, ok
}

// token answers the token endpoint.
func (v *visit) token() {
	if err := v.r.ParseForm(); err != nil {
		v.json(http.StatusBadRequest, oauthError{Code: "invalid_request"})
		return
	}
	form := v.r.PostForm
	id := form.Get("client_id")
	if name, _, ok := v.r.BasicAuth(); ok && id == "" {
		id, _ = url.QueryUnescape(name)
	}
	client, ok := v.g.oauthClient(id)
	if !ok || !client.authenticates(v.r) {
		v.json(http.StatusBadRequest, oauthError{Code: "invalid_request"})
		return
	}
	var gr grant
	var session *Session
	switch form.Get("grant_type") {
	case "authorization_code":
		gr, ok = v.g.take(forCode, form.Get("code"))
		ok = ok && gr.client == id && gr.proved(form.Get("code_verifier"))
		session = v.g.session(gr.session)
	case "refresh_token":
		gr, ok = v.g.take(forRefresh, strings.TrimPrefix(form.Get("refresh_token"), refreshPrefix))
		if ok = ok && gr.client == id; ok {
			session = v.g.SignIn(gr.user) // a new one, as the identity provider still knows the user
		}
	default:
		v.json(http.StatusBadRequest, oauthError{Code: "unsupported_grant_type"})
		return
	}
	if !ok || session == nil {
		v.json(http.StatusBadRequest, oauthError{Code: "invalid_grant"})
		return
	}
	v.issue(gr, session)
}

// proved reports whether a verifier fits the challenge (RFC 7636 section 4.6).
func (gr grant) proved(verifier string) bool {
	if gr.plain {
		return verifier == gr.challenge
	}
	sum := sha256.Sum256([]byte(verifier))
	return base64.RawURLEncoding.EncodeToString(sum[:]) == gr.challenge
}

// issue answers with tokens.
func (v *visit) issue(gr grant, session *Session) {
	now := v.g.clock.now()
	id := v.g.give(gr)
	v.w.Header().Set("Cache-Control", "no-store")
	v.w.Header().Set("Pragma", "no-cache")
	v.json(http.StatusOK, struct {
		Access  string `json:"access_token"`
		Type    string `json:"token_type"`
		Seconds int64  `json:"expires_in"`
		Refresh string `json:"refresh_token"`
		Scope   string `json:"scope,omitempty"`
	}{
		accessPrefix + v.g.seals.seal(forAccess, session.id, session.expires), "Bearer", int64(session.expires.Sub(now).Seconds()),
		refreshPrefix + v.g.seals.seal(forRefresh, id, now.Add(refreshLifetime)), gr.scope,
	})
}
