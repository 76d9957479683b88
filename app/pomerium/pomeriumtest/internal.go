package pomeriumtest

import (
	"encoding/json"
	"io"
	"net/http"
	"slices"
	"strings"
)

// What Pomerium keeps for itself on every host.
const (
	ownPrefix       = "/.pomerium"
	mcpPrefix       = "/.pomerium/mcp"
	wellKnownPrefix = "/.well-known/pomerium"
	keysPath        = "/.well-known/pomerium/jwks.json"
)

// And on the hosts of MCP servers.
const (
	resourceMetadataPath = "/.well-known/oauth-protected-resource"
	serverMetadataPath   = "/.well-known/oauth-authorization-server"
)

// needLogin are the paths that Pomerium answers only to somebody.
var needLogin = []string{"/.pomerium/user", mcpPrefix + "/authorize", mcpPrefix + "/connect", mcpPrefix + "/routes"}

// ServeHTTP implements http.Handler. What Pomerium keeps for itself never reaches
// a route.
func (g *Gateway) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	g.suffer(w, r)
	v := g.visit(w, r)
	switch path := r.URL.Path; {
	case path == keysPath:
		g.serveKeys(w, r)
	case path == "/ping" || path == "/healthz":
		w.Header().Set("Content-Type", "text/plain")
		_, _ = io.WriteString(w, "OK")
	case path == wellKnownPrefix || path == wellKnownPrefix+"/":
		v.describe()
	case strings.HasPrefix(path, wellKnownPrefix):
		http.NotFound(w, r)
	case path == ownPrefix || strings.HasPrefix(path, ownPrefix+"/"):
		v.serveOwn()
	case v.route.isServer() && (path == serverMetadataPath || path == resourceMetadataPath || strings.HasPrefix(path, resourceMetadataPath+"/")):
		v.serveMetadata()
	default:
		v.serveRoute()
	}
}

// serveOwn answers below /.pomerium.
func (v *visit) serveOwn() {
	path := v.r.URL.Path
	if slices.Contains(needLogin, path) && v.session == nil {
		v.requireLogin(nil)
		return
	}
	if strings.HasPrefix(path, mcpPrefix+"/") {
		v.serveMCP(strings.TrimPrefix(path, mcpPrefix))
		return
	}
	if bare(v.r.Host) == v.g.options.AuthenticateHost {
		switch path {
		case signInPath:
			v.signIn()
			return
		case signOutPath:
			v.signOutEverywhere()
			return
		case signedOutPath:
			v.page("Signed out", nil, "")
			return
		}
	}
	switch path {
	case "/.pomerium/":
		v.serveAccount()
	case "/.pomerium/user":
		v.serveUser()
	case callbackPath:
		v.callback()
	case signOutPath:
		v.signOut()
	default:
		http.NotFound(v.w, v.r)
	}
}

// describe answers /.well-known/pomerium.
func (v *visit) describe() {
	v.json(http.StatusOK, struct {
		Issuer   string `json:"issuer"`
		Callback string `json:"authentication_callback_endpoint"`
		Keys     string `json:"jwks_uri"`
		SignOut  string `json:"frontchannel_logout_uri"`
	}{
		v.origin() + "/", v.g.authenticate("/oauth2/callback"),
		v.origin() + keysPath, v.origin() + signOutPath,
	})
}

// serveUser answers with the claims that an assertion would hold about the user,
// and nothing about the assertion itself.
func (v *visit) serveUser() {
	u := v.user()
	groups := u.Groups
	if groups == nil {
		groups = []string{}
	}
	v.json(http.StatusOK, map[string]any{
		"email": u.Email, "groups": groups, "name": u.Name,
		"sid": v.session.id.String(), "sub": u.Subject, "user": u.Subject,
	})
}

func (v *visit) json(status int, value any) {
	v.w.Header().Set("Content-Type", "application/json")
	v.w.WriteHeader(status)
	_ = json.NewEncoder(v.w).Encode(value)
}
