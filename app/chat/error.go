package chat

import (
	"errors"
	"strings"
	"time"
)

// Kind classifies a failure once, where it is known. One place (package web)
// maps kinds to HTTP statuses; the page maps them to a next action.
type Kind string

// The kinds. Those about a provider concern the model's server, never the
// user's own login; an MCP server is meant where one is named.
const (
	KindInvalid         Kind = "invalid"           // the request cannot be carried out as it stands
	KindTooLarge        Kind = "too_large"         // a limit on size was exceeded
	KindNotFound        Kind = "not_found"         // there is no such thing, or it is another's
	KindConflict        Kind = "conflict"          // something else is going on there
	KindUnauthenticated Kind = "unauthenticated"   // nobody vouches for the caller
	KindForbidden       Kind = "forbidden"         // known, but not allowed
	KindNeedsConsent    Kind = "needs_consent"     // the person has to agree to something first
	KindLimit           Kind = "limit"             // a budget of steps, time or tokens ran out
	KindModelNotFound   Kind = "model_not_found"   // the chosen model does not exist
	KindModelRefused    Kind = "model_refused"     // the provider refused the prompt or its settings
	KindContextTooLong  Kind = "context_too_long"  // the thread does not fit the model
	KindProviderAuth    Kind = "provider_auth"     // the provider rejected our key
	KindProviderQuota   Kind = "provider_quota"    // the provider's budget is used up
	KindProviderBusy    Kind = "provider_busy"     // the provider asks to slow down
	KindProviderDown    Kind = "provider_down"     // the provider cannot be reached or is in trouble
	KindProtocol        Kind = "provider_protocol" // the provider broke its own protocol
	KindServerDown      Kind = "server_down"       // an MCP server cannot be reached, died, or is in trouble
	KindGatewayDown     Kind = "gateway_down"      // the gateway in front cannot be reached or is in trouble
	KindInterrupted     Kind = "interrupted"       // the server stopped before the answer was complete
	KindStopped         Kind = "stopped"           // the person stopped it
	KindInternal        Kind = "internal"          // our fault
)

// Kinds returns all kinds.
func Kinds() []Kind {
	return []Kind{
		KindInvalid, KindTooLarge, KindNotFound, KindConflict, KindUnauthenticated, KindForbidden, KindNeedsConsent, KindLimit,
		KindModelNotFound, KindModelRefused, KindContextTooLong,
		KindProviderAuth, KindProviderQuota, KindProviderBusy, KindProviderDown, KindProtocol,
		KindServerDown, KindGatewayDown, KindInterrupted, KindStopped, KindInternal,
	}
}

// Error is a failure with a sentence for the person who can act on it.
type Error struct {
	Kind    Kind   // never empty
	Op      string // what was being done, for the log: "load thread"
	Message string // one sentence for the user; no secret, no internals
	// Field names what of the request is wrong, if it is one field.
	Field string
	// Trace is what a person can hand to whoever runs the other side: no secret.
	Trace Trace
	// RetryAfter is how long to wait before another attempt can do better, if that is known.
	RetryAfter time.Duration
	Err        error // the cause, for the log; may be nil
}

// Trace says where a failure can be looked up.
type Trace struct {
	Status    int    `json:"status,omitempty" doc:"HTTP status of the other side."`
	Code      string `json:"code,omitempty" doc:"Its own code for the failure."`
	RequestID string `json:"requestId,omitempty" doc:"Its id of the request."`
}

// Error returns operation, sentence and cause. It is meant for logs.
func (e *Error) Error() string {
	parts := make([]string, 0, 3)
	for _, s := range []string{e.Op, e.Message} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	if e.Err != nil {
		parts = append(parts, e.Err.Error())
	}
	return strings.Join(parts, ": ")
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// orNil returns a pointer to t, or nil if t says nothing.
func (t Trace) orNil() *Trace {
	if t == (Trace{}) {
		return nil
	}
	return &t
}

// KindOf returns the kind of the outermost *Error in err's chain, and
// KindInternal where there is none.
func KindOf(err error) Kind {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Kind
	}
	return KindInternal
}

// TraceOf returns the outermost Trace in err's chain that says something.
func TraceOf(err error) Trace {
	for err != nil {
		e, ok := errors.AsType[*Error](err)
		if !ok {
			break
		}
		if e.Trace != (Trace{}) {
			return e.Trace
		}
		err = e.Err
	}
	return Trace{}
}

// RetryAfterOf returns the wait that the outermost *Error in err's chain tells, 0 if none.
func RetryAfterOf(err error) time.Duration {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.RetryAfter
	}
	return 0
}

// MessageOf returns the sentence for the user: that of the outermost *Error, or
// one that fits its kind. An unclassified error never reaches a screen.
func MessageOf(err error) string {
	e, ok := errors.AsType[*Error](err)
	switch {
	case ok && e.Message != "":
		return e.Message
	case ok && e.Kind == KindNotFound:
		return "It does not exist, or it is not yours."
	case ok && e.Kind == KindConflict:
		return "Something else is going on there already. Wait for it, or stop it."
	case ok && e.Kind == KindServerDown:
		return "An MCP server cannot be reached. Look at your servers, or leave it out, then ask again."
	case ok && e.Kind == KindGatewayDown:
		return "The gateway is not available at the moment. Try again in a moment."
	default:
		return "Something went wrong on our side. The log has the details."
	}
}
