// Package pomerium is what a server behind the Pomerium gateway has to know of it.
//
// Pomerium tells a server who is asking by a signed JWT, the assertion, in the
// header [AssertionHeader] of each request. A [Verifier] checks it with the keys
// that Pomerium publishes, and says who it is about.
//
// Pomerium also protects MCP servers. A [Gateway] lists them for a user, by the token
// that comes with each of their requests, and ends connections; [Pictures] fetches
// their logos.
package pomerium

import "errors"

// AssertionHeader is the request header with the assertion. Pomerium removes what
// a client puts there, and adds its own only where the route or the whole
// configuration sets pass_identity_headers.
const AssertionHeader = "X-Pomerium-Jwt-Assertion"

// The kinds of errors of [Verifier.Verify]; test for them with errors.Is.
var (
	// ErrInvalid says that the assertion is bad: the request must be refused.
	ErrInvalid = errors.New("the identity assertion is not valid")
	// ErrUnavailable says that the assertion could not be judged for want of keys:
	// the request must be refused, but another one may succeed later.
	ErrUnavailable = errors.New("the keys that Pomerium signs with cannot be had")
)

// Identity is who an assertion is about.
type Identity struct {
	Subject string   // the stable id of the user; never empty
	Email   string   // may be empty
	Name    string   // may be empty
	Groups  []string // from the identity provider; nil if the assertion has none
	Picture string   // https URL of a portrait; empty unless jwt_claims_headers names the claim
}
