package pomeriumtest

import (
	"slices"
	"strings"
)

// Sighting is what became of a request to a route, as an authorization log has it.
type Sighting struct {
	Request string  `json:"request"` // its id
	Host    string  `json:"host"`    // of the route
	Path    string  `json:"path"`
	User    string  `json:"user"` // e-mail address; empty for nobody
	Method  string  `json:"method"`
	Tool    string  `json:"tool"` // of a call
	Outcome Outcome `json:"outcome"`
	Shown   Shown   `json:"shown"` // to the upstream
}

// Outcome is what a gateway does with a request to a route.
type Outcome string

// The outcomes.
const (
	Passed  Outcome = "passed"   // on to the upstream
	Denied  Outcome = "denied"   // by the policy
	Unknown Outcome = "unknown"  // nobody is signed in
	TooLong Outcome = "too long" // for the rules about tools
)

// Shown is which authorization an upstream gets to see.
type Shown string

// The kinds of authorization.
const (
	ShownNothing Shown = "nothing"
	ShownTE      Shown = "TE"
	ShownTI      Shown = "TI"
	ShownOther   Shown = "other" // the client's own
)

// mostSeen is how many requests are remembered.
const mostSeen = 10_000

// note remembers what became of the request, and the Authorization that goes on to the
// upstream.
func (v *visit) note(what Outcome, authorization string) {
	s := Sighting{
		Request: v.id, Host: v.route.host, Path: v.r.URL.Path, User: v.user().Email, Tool: v.message.tool, Outcome: what, Method: v.message.method,
	}
	token := strings.TrimPrefix(authorization, "Bearer ")
	v.g.mu.Lock()
	defer v.g.mu.Unlock()
	ti, connected := v.g.upstream[owner{v.user().Subject, v.route.host}]
	switch {
	case authorization == "":
		s.Shown = ShownNothing
	case strings.HasPrefix(token, accessPrefix):
		s.Shown = ShownTE
	case connected && token == ti.access:
		s.Shown = ShownTI
	default:
		s.Shown = ShownOther
	}
	if len(v.g.seen) == mostSeen {
		v.g.seen = slices.Delete(v.g.seen, 0, 1)
	}
	v.g.seen = append(v.g.seen, s)
}

// Seen returns what became of the requests to routes, in the order in which it was
// decided.
func (g *Gateway) Seen() []Sighting {
	g.mu.Lock()
	defer g.mu.Unlock()
	return slices.Clone(g.seen)
}
