package pomeriumtest

import (
	"io"
	"log"
	"net/http"
	"net/http/httputil"
	"net/url"
)

const (
	assertionHeader = "X-Pomerium-Jwt-Assertion"
	sessionCookie   = "_pomerium"
)

// RouteOptions are settings of a route, called as in Pomerium's configuration, and
// who visits it. The zero value is Pomerium's default, visited by nobody.
type RouteOptions struct {
	PassIdentityHeaders bool // pass_identity_headers
	PreserveHostHeader  bool // preserve_host_header
	User                User
}

// Route adds a server route, or replaces it: requests to the host, on any port, go
// to the upstream, which has no path, on behalf of the user. What the client says
// of itself in Authorization or an assertion does not arrive.
func (g *Gateway) Route(host string, upstream *url.URL, o RouteOptions) {
	proxy := &httputil.ReverseProxy{
		Rewrite:       func(r *httputil.ProxyRequest) { g.rewrite(r, bare(host), upstream, o) },
		FlushInterval: -1,
		ErrorLog:      log.New(io.Discard, "", 0),
		ErrorHandler: func(w http.ResponseWriter, _ *http.Request, _ error) {
			http.Error(w, "upstream connect error or disconnect/reset before headers", http.StatusServiceUnavailable)
		},
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	g.routes[bare(host)] = proxy
}

func (g *Gateway) rewrite(r *httputil.ProxyRequest, host string, upstream *url.URL, o RouteOptions) {
	r.SetURL(upstream)
	r.SetXForwarded()
	h := r.Out.Header
	h.Del("Authorization")
	h.Del(assertionHeader + "-For")
	h.Del(assertionHeader)
	if o.PassIdentityHeaders {
		if brought := r.In.Header.Get(assertionHeader); brought != "" {
			h.Set(assertionHeader+"-For", brought)
		}
		h.Set(assertionHeader, g.Assertion(host, For(o.User)))
	}
	h.Del("Cookie")
	for _, c := range r.In.Cookies() {
		if c.Name != sessionCookie {
			r.Out.AddCookie(c)
		}
	}
	if o.PreserveHostHeader {
		r.Out.Host = r.In.Host
		h.Del("X-Forwarded-Host")
	}
	h.Set("X-Forwarded-Proto", "https")
	h.Set("X-Request-Id", uuid())
}
