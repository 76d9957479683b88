package northwind

import (
	"context"
	"crypto/rand"
	"errors"
	"net/http"
	"net/url"
	"strings"
)

// Caller is who a gateway says is asking.
type Caller struct {
	Subject string   // the stable id of the user; never empty
	Email   string   // may be empty
	Name    string   // may be empty
	Groups  []string // may be nil
}

// Verifier tells who an assertion is about: the signed JWT that the gateway adds to each request. It is used by many
// requests at once. An error means that the request is refused; it says why, without quoting the assertion, and is
// [ErrUnavailable] if another try may succeed.
type Verifier interface {
	// Assertion returns the one among the headers of a request, not verified yet; empty if there is none. The error is
	// that there are several.
	Assertion(headers http.Header) (string, error)
	// Verify returns who the assertion is about, if it holds.
	Verify(ctx context.Context, assertion string) (Caller, error)
}

// ErrUnavailable is the error of a [Verifier] that cannot judge an assertion at the moment.
var ErrUnavailable = errors.New("nobody can be identified at the moment")

// Gateway is what stands before a server that checks who is asking. Both fields are required.
type Gateway struct {
	// PublicURL is where users find the server, such as https://northwind.example.com: a scheme and a host, and a port
	// unless it is the scheme's own.
	PublicURL *url.URL
	Verifier  Verifier
}

// request is what is known of a request besides what it asks. It travels in the context because the SDK has no other
// way from HTTP to a tool; sessions know nothing of it, since one may serve several callers.
type request struct {
	id     string
	caller *Caller // nil if nobody was identified
}

type requestKey struct{}

func withRequest(ctx context.Context, r request) context.Context {
	return context.WithValue(ctx, requestKey{}, r)
}

// requestOf returns the request of a context; one that came by another way than HTTP gets an id here.
func requestOf(ctx context.Context) (context.Context, request) {
	if r, ok := ctx.Value(requestKey{}).(request); ok {
		return ctx, r
	}
	r := request{id: rand.Text()}
	return withRequest(ctx, r), r
}

// requestIDHeader carries the id under which the gateway logs a request, both ways.
const requestIDHeader = "X-Request-Id"

// maxRequestID is the longest id that is taken over, in bytes.
const maxRequestID = 64

// requestID returns the id that a request came with, if it is one and could not confuse a log; else a new one.
func requestID(h http.Header) string {
	ids := h.Values(requestIDHeader)
	if len(ids) != 1 || ids[0] == "" || len(ids[0]) > maxRequestID || strings.ContainsFunc(ids[0], strange) {
		return rand.Text()
	}
	return ids[0]
}

// strange reports whether a character is in no sensible id.
func strange(c rune) bool {
	letter := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
	return !letter && c != '-' && c != '_' && c != '.'
}
