package pomeriumtest

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
)

// Trouble is a way for the gateway to be of no use. The first two befall every
// request, the last two tokens and the list of servers, the others the keys.
type Trouble int

// The troubles; the zero value is none.
const (
	Down        Trouble = iota + 1 // connections break
	Silent                         // nothing is ever answered
	HTML                           // 200 and a page, as from something else on this host
	Redirect                       // to [KeysElsewhere], which has good keys
	Oversized                      // 16 MiB of good keys
	Empty                          // a set without keys
	Unusable                       // a set of keys for other purposes
	ServerError                    // 500
	StaleTokens                    // every TE is at once too old
	NoList                         // the list of servers fails
)

// KeysElsewhere is the host to which a Redirect leads.
const KeysElsewhere = "keys.example.net"

// Suffer sets the trouble from now on; zero ends it.
func (g *Gateway) Suffer(trouble Trouble) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.trouble = trouble
}

func (g *Gateway) currentTrouble() Trouble {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.trouble
}

// suffer does not return if the whole gateway is in trouble.
func (g *Gateway) suffer(_ http.ResponseWriter, r *http.Request) {
	trouble := g.currentTrouble()
	if trouble == Silent {
		select {
		case <-r.Context().Done():
		case <-g.closed:
		}
	}
	if trouble == Silent || trouble == Down {
		panic(http.ErrAbortHandler)
	}
}

// spoil answers a request for the keys, good as they are, with the trouble, or
// reports false.
func (t Trouble) spoil(w http.ResponseWriter, r *http.Request, good []byte) bool {
	asJSON := func(body string) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, body)
	}
	switch t {
	case HTML:
		w.Header().Set("Content-Type", "text/html; charset=UTF-8")
		_, _ = io.WriteString(w, "<!doctype html><title>Welcome</title>")
	case Redirect:
		if bare(r.Host) == KeysElsewhere {
			return false
		}
		http.Redirect(w, r, "https://"+KeysElsewhere+r.URL.Path, http.StatusFound)
	case Oversized:
		asJSON(`{"padding":"` + strings.Repeat("a", 16<<20) + `",` + string(good[1:]))
	case Empty:
		asJSON(`{"keys":[]}`)
	case Unusable:
		asJSON(`{"keys":[{"kty":"oct","kid":"shared","alg":"HS256","k":"c2VjcmV0"},{"kty":"EC","kid":"off-curve","crv":"P-256","x":"AQ","y":"AQ"},7]}`)
	case ServerError:
		http.Error(w, "internal server error", http.StatusInternalServerError)
	default:
		return false
	}
	return true
}

// InProcess returns a client that hands requests to the gateway without a network,
// for tests under testing/synctest, where no goroutine may wait for one. Make the
// gateway outside of the bubble. Such a client can ask for keys and troubles, and
// not for what a route proxies.
func (g *Gateway) InProcess() *http.Client { return &http.Client{Transport: inProcess{g}} }

type inProcess struct{ g *Gateway }

// RoundTrip implements http.RoundTripper.
func (p inProcess) RoundTrip(r *http.Request) (*http.Response, error) {
	switch p.g.currentTrouble() {
	case Down:
		return nil, errors.New("connection refused")
	case Silent:
		<-r.Context().Done()
		return nil, r.Context().Err()
	}
	request := r.Clone(r.Context())
	request.Host = r.URL.Host
	request.RequestURI = r.URL.RequestURI()
	recorder := httptest.NewRecorder()
	p.g.ServeHTTP(recorder, request)
	response := recorder.Result()
	response.Request = r
	return response, nil
}
