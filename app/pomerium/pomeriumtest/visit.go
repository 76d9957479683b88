package pomeriumtest

import (
	"net/http"
	"strings"
)

// visit is a request to the gateway, and what is known of it.
type visit struct {
	g       *Gateway
	w       http.ResponseWriter
	r       *http.Request
	id      string   // of the request, as in logs
	route   *route   // nil where the host has none
	session *Session // nil for somebody who is not signed in
}

func (g *Gateway) visit(w http.ResponseWriter, r *http.Request) *visit {
	v := &visit{g: g, w: w, r: r, id: newRef().String(), route: g.route(r.Host)}
	if v.route.isServer() || strings.HasPrefix(r.URL.Path, mcpPrefix) {
		v.session = g.byToken(r)
	}
	if v.session == nil {
		v.session = g.byCookie(r)
	}
	if v.session == nil && v.route != nil && v.route.User.Subject != "" {
		v.session = g.standing(v.route.User)
	}
	return v
}

// user is who is signed in, or nobody.
func (v *visit) user() User {
	if v.session == nil {
		return Anonymous()
	}
	return v.session.user
}

// origin is the URL of the host, as the client wrote it.
func (v *visit) origin() string { return "https://" + v.r.Host }

// serveRoute answers what is meant for an upstream.
func (v *visit) serveRoute() {
	rt := v.route
	if rt == nil {
		http.NotFound(v.w, v.r)
		return
	}
	var m message
	if rt.isServer() {
		if v.r.Method == http.MethodOptions {
			setCORS(v.w.Header())
			v.w.WriteHeader(http.StatusNoContent)
			return
		}
		max := rt.MCPServer.MaxRequestBytes
		if max == 0 {
			max = 4096
		}
		m = readMessage(v.r, max)
	}
	switch {
	case rt.AllowPublicUnauthenticatedAccess:
	case v.session == nil:
		v.requireLogin(rt)
		return
	case !rt.Policy.allows(v.user(), m):
		v.forbid(m)
		return
	}
	v.forward()
}
