package northwind

import (
	"errors"
	"fmt"
	"net/http"
)

// assertionHeader holds the gateway's signed statement about the caller. A [Verifier] may know it under another name
// too. Its sibling with the suffix -For holds what the caller sent, and counts for nothing.
const assertionHeader = "X-Pomerium-Jwt-Assertion"

// The reasons for which a request behind a gateway is refused.
var (
	errNoAssertion = errors.New("it has no header " + assertionHeader)
	errNobody      = errors.New("its assertion names no subject")
)

// identify lets only those requests through that the gateway vouches for, and puts the caller into their context.
//
// All others get 403, not 401: on that, Pomerium would take the server for one with a login of its own, and start to
// look for it. If nobody can be identified at the moment they get 503.
func (g *Gateway) identify(next http.Handler, refusals *refusals) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, about := requestOf(r.Context())
		caller, err := g.caller(r)
		switch {
		case err == nil:
			about.caller = &caller
			next.ServeHTTP(w, r.WithContext(withRequest(ctx, about)))
		case errors.Is(err, errNoAssertion):
			refusals.refuse(w, r, http.StatusForbidden, fmt.Sprintf("This request does not say who is asking. Send it to %s; "+
				"if it went there, the administrator of the gateway has to set pass_identity_headers: true on this route.", g.PublicURL), err)
		case errors.Is(err, ErrUnavailable):
			w.Header().Set("Retry-After", "5")
			refusals.refuse(w, r, http.StatusServiceUnavailable, "Nobody can be identified at the moment, because the keys of the gateway "+
				"cannot be had. Try again soon; if that does not help, the log of this server tells its administrator why.", err)
		default:
			refusals.refuse(w, r, http.StatusForbidden, "What this request says about who is asking is not to be believed. "+
				"The log of this server tells its administrator why; most often --public-url is not the URL of the route.", err)
		}
	})
}

// guard refuses what web pages of another origin make a browser send through the gateway.
func (g *Gateway) guard(refusals *refusals) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if g.crossOrigin(r) {
				refusals.refuse(w, r, http.StatusForbidden, otherOrigin, errOrigin)
				return
			}
			next.ServeHTTP(w, r)
		})
	}
}

// caller returns who the request is from.
func (g *Gateway) caller(r *http.Request) (Caller, error) {
	assertion, err := g.Verifier.Assertion(r.Header)
	if err != nil {
		return Caller{}, err
	}
	if assertion == "" {
		return Caller{}, errNoAssertion
	}
	caller, err := g.Verifier.Verify(r.Context(), assertion)
	if err != nil {
		return Caller{}, err
	}
	if caller.Subject == "" {
		return Caller{}, errNobody
	}
	return caller, nil
}

// crossOrigin reports whether a browser sent the request for a page of another origin than the public one (RFC 6454
// section 7, and the section on fetch metadata of the W3C). A gateway accepts its cookie on such requests, so that they
// look like the user's own. The Host header does not matter: the gateway may have changed it.
func (g *Gateway) crossOrigin(r *http.Request) bool {
	if origins := r.Header.Values("Origin"); len(origins) > 0 {
		return len(origins) > 1 || origins[0] != g.PublicURL.Scheme+"://"+g.PublicURL.Host
	}
	switch r.Header.Get("Sec-Fetch-Site") {
	case "", "same-origin", "none":
		return false
	}
	return true
}
