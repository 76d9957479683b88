package pomeriumtest

import (
	"net/http"
	"slices"
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
	message message  // to an MCP server
}

func (g *Gateway) visit(w http.ResponseWriter, r *http.Request) *visit {
	v := &visit{g: g, w: w, r: r, id: newRef().String(), route: g.route(r.Host)}
	v.identify()
	return v
}

// identify finds out who is signed in.
func (v *visit) identify() {
	v.session = nil
	if v.route.isServer() || strings.HasPrefix(v.r.URL.Path, mcpPrefix) {
		v.session = v.g.byToken(v.r)
	}
	if v.session == nil {
		v.session = v.g.byCookie(v.r)
	}
	if v.session == nil && v.route != nil && v.route.User.Subject != "" {
		v.session = v.g.standing(v.route.User)
	}
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
		var ok bool
		if v.message, ok = readMessage(v.r, max); !ok {
			v.note(TooLong, "")
			http.Error(v.w, "Payload Too Large", http.StatusRequestEntityTooLarge)
			return
		}
		if v.g.hold(v.r.Context(), v.message.tool) {
			v.identify() // by the time that it is now
		}
	}
	switch {
	case rt.AllowPublicUnauthenticatedAccess, slices.Contains(rt.PublicPaths, v.r.URL.Path):
	case v.session == nil:
		v.note(Unknown, "")
		v.requireLogin(rt)
		return
	case !rt.Policy.allows(v.user(), v.message):
		v.note(Denied, "")
		v.forbid(v.message)
		return
	}
	v.forward()
}
