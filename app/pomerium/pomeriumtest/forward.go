package pomeriumtest

import (
	"context"
	"errors"
	"io"
	"log"
	"net/http"
	"net/http/httputil"
	"strings"
)

const assertionHeader = "X-Pomerium-Jwt-Assertion"

// visitKey is the key of the visit in the context of a request to an upstream:
// there is no other way for it through httputil.ReverseProxy.
type visitKey struct{}

// forward hands the request to the upstream, and its answer back as it comes.
func (v *visit) forward() {
	ctx, limits := v.g.limit(v.route, v.r.Context())
	defer limits.stop()
	r := v.r.WithContext(context.WithValue(ctx, visitKey{}, v))
	if v.route.isServer() && v.session != nil {
		token, err := v.g.upstreamToken(ctx, v.route, v.user())
		if err != nil {
			v.badGateway()
			return
		}
		r.Header = r.Header.Clone()
		r.Header.Del("Authorization")
		if token != "" {
			r.Header.Set("Authorization", "Bearer "+token)
		}
	}
	r.Body = limits.reader(r.Body)
	_ = http.NewResponseController(v.w).EnableFullDuplex() // as Envoy; over HTTP/2 it is anyway
	v.route.proxy.ServeHTTP(limits.writer(v.w), r)
}

func (g *Gateway) proxyTo(rt *route) *httputil.ReverseProxy {
	proxy := &httputil.ReverseProxy{
		Rewrite:       func(r *httputil.ProxyRequest) { visitOf(r.In).rewrite(r) },
		FlushInterval: -1,
		ErrorLog:      log.New(io.Discard, "", 0),
		Transport:     g.upstreams,
		ErrorHandler: func(_ http.ResponseWriter, r *http.Request, err error) {
			const unreachable = "upstream connect error or disconnect/reset before headers"
			w, cause := visitOf(r).w, context.Cause(r.Context()) // not the writer that has no time left
			switch {
			case errors.Is(err, errAnswered):
			case errors.Is(cause, errTimeout), errors.Is(cause, errIdle):
				http.Error(w, cause.Error(), http.StatusGatewayTimeout)
			default:
				http.Error(w, unreachable, http.StatusServiceUnavailable)
			}
		},
	}
	if rt.broken {
		proxy.Transport = unreachable{}
	}
	proxy.ModifyResponse = func(r *http.Response) error {
		r.Header.Set("X-Frame-Options", "SAMEORIGIN")
		if rt.isServer() {
			return visitOf(r.Request).judge(r)
		}
		return nil
	}
	return proxy
}

type unreachable struct{}

// RoundTrip implements http.RoundTripper.
func (unreachable) RoundTrip(*http.Request) (*http.Response, error) {
	return nil, errors.New("the upstream is out of reach")
}

func visitOf(r *http.Request) *visit { return r.Context().Value(visitKey{}).(*visit) }

// rewrite makes the request to the upstream from that of the client.
func (v *visit) rewrite(r *httputil.ProxyRequest) {
	r.SetURL(v.route.upstream)
	r.SetXForwarded()
	h := r.Out.Header
	if v.route.MCPClient && v.session != nil {
		h.Set("Authorization", "Bearer "+v.session.Token())
	}
	v.passIdentity(r.In.Header, h)
	h.Del("Cookie")
	for _, c := range r.In.Cookies() {
		if !strings.HasPrefix(c.Name, sessionCookie) {
			r.Out.AddCookie(c)
		}
	}
	if v.route.PreserveHostHeader {
		r.Out.Host = r.In.Host
		h.Del("X-Forwarded-Host")
	}
	h.Set("X-Forwarded-Proto", "https")
	h.Set("X-Request-Id", v.id)
	v.note(Passed, h.Get("Authorization"))
}

// passIdentity sets the headers about the user, if the route wants them, and in any
// case removes those that the client made up.
func (v *visit) passIdentity(in, out http.Header) {
	claims := map[string]string{"email": v.user().Email, "name": v.user().Name, "sub": v.user().Subject, "user": v.user().Subject}
	for name, value := range v.user().Claims {
		claims[name] = value
	}
	out.Del(assertionHeader)
	out.Del(assertionHeader + "-For")
	for header := range v.g.options.JWTClaimsHeaders {
		out.Del(header)
	}
	if !v.route.PassIdentityHeaders {
		return
	}
	if brought := in.Get(assertionHeader); brought != "" {
		out.Set(assertionHeader+"-For", brought)
	}
	out.Set(assertionHeader, v.assertion())
	for header, claim := range v.g.options.JWTClaimsHeaders {
		out[http.CanonicalHeaderKey(header)] = []string{claims[claim]}
	}
}

// assertion is about whoever is signed in, for the host of this request.
func (v *visit) assertion() string {
	changes := []Change{For(v.user())}
	if v.session != nil {
		changes = append(changes, Claim("sid", v.session.id.String()))
	}
	for _, claim := range v.g.options.JWTClaimsHeaders {
		if value, ok := v.user().Claims[claim]; ok {
			changes = append(changes, Claim(claim, value))
		}
	}
	return v.g.Assertion(bare(v.r.Host), changes...)
}
