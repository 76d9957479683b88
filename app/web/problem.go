package web

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strconv"
	"sync"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/pomerium/pomchat/app/chat"
)

// statusOf is the one place where kinds become HTTP statuses. A provider's
// refusal of our key is 502: a 401 would look like the end of the user's login.
func statusOf(k chat.Kind) int {
	switch k {
	case chat.KindInvalid, chat.KindModelNotFound, chat.KindModelRefused, chat.KindContextTooLong:
		return http.StatusUnprocessableEntity
	case chat.KindTooLarge:
		return http.StatusRequestEntityTooLarge
	case chat.KindNotFound:
		return http.StatusNotFound
	case chat.KindConflict, chat.KindStopped:
		return http.StatusConflict
	case chat.KindUnauthenticated:
		return http.StatusUnauthorized
	case chat.KindForbidden:
		return http.StatusForbidden
	case chat.KindNeedsConsent:
		return http.StatusPreconditionRequired
	case chat.KindLimit, chat.KindProviderBusy, chat.KindProviderQuota:
		return http.StatusTooManyRequests
	case chat.KindProviderAuth, chat.KindProviderDown, chat.KindProtocol, chat.KindServerDown:
		return http.StatusBadGateway
	case chat.KindGatewayDown, chat.KindInterrupted:
		return http.StatusServiceUnavailable
	default:
		return http.StatusInternalServerError
	}
}

// Error implements error.
func (p *Problem) Error() string { return p.Detail }

// GetStatus implements huma.StatusError.
func (p *Problem) GetStatus() int { return p.Status }

// ContentType implements huma.ContentTypeFilter (RFC 9457, section 3).
func (p *Problem) ContentType(string) string { return "application/problem+json" }

// GetHeaders implements huma.HeadersError: Retry-After is in whole seconds (RFC 9110,
// section 10.2.3).
func (p *Problem) GetHeaders() http.Header {
	h := http.Header{}
	if p.RetryAfter > 0 {
		h.Set("Retry-After", strconv.Itoa(int((p.RetryAfter+time.Second-1)/time.Second)))
	}
	return h
}

// problemOf turns an error into what the person sees of it. Causes are logged
// here, at the edge, and only where they are ours to mend.
func problemOf(ctx context.Context, log *slog.Logger, err error) *Problem {
	kind := chat.KindOf(err)
	status := statusOf(kind)
	if status >= http.StatusInternalServerError && !errors.Is(err, context.Canceled) {
		log.LogAttrs(ctx, slog.LevelError, "request failed", slog.String("kind", string(kind)), slog.Any("error", err))
	}
	p := &Problem{Title: http.StatusText(status), Status: status, Detail: chat.MessageOf(err), Kind: kind, RetryAfter: chat.RetryAfterOf(err)}
	if e, ok := errors.AsType[*chat.Error](err); ok && e.Field != "" {
		p.Errors = []ProblemField{{Message: p.Detail, Location: e.Field}}
	}
	if trace := chat.TraceOf(err); trace != (chat.Trace{}) {
		p.Trace = &trace
	}
	return p
}

// speakInProblems makes the HTTP framework report what it finds itself as a
// Problem too. It has one hook for the whole process, hence the Once.
var speakInProblems = sync.OnceFunc(func() {
	huma.NewError = func(status int, message string, errs ...error) huma.StatusError {
		return frameworkProblem(status, message, errs...)
	}
})

// frameworkProblem restates an error of the HTTP framework (a body that is no
// JSON, a field of the wrong type) as a Problem.
func frameworkProblem(status int, message string, errs ...error) *Problem {
	p := &Problem{Title: http.StatusText(status), Status: status, Kind: kindOf(status)}
	for _, err := range errs {
		if err == nil {
			continue
		}
		field := ProblemField{Message: err.Error()}
		var d huma.ErrorDetailer
		if errors.As(err, &d) {
			detail := d.ErrorDetail()
			field = ProblemField{Message: detail.Message, Location: detail.Location}
		}
		p.Errors = append(p.Errors, field)
	}
	p.Detail = sentence(status, message, p.Errors)
	return p
}

func kindOf(status int) chat.Kind {
	switch status {
	case http.StatusRequestEntityTooLarge:
		return chat.KindTooLarge
	case http.StatusNotFound:
		return chat.KindNotFound
	default:
		if status >= http.StatusInternalServerError {
			return chat.KindInternal
		}
		return chat.KindInvalid
	}
}

// sentence says what the framework found in words for who sent the request.
func sentence(status int, message string, fields []ProblemField) string {
	switch {
	case status == http.StatusRequestEntityTooLarge:
		return "The request is larger than this server accepts."
	case len(fields) > 0 && fields[0].Location != "":
		return fmt.Sprintf("The request does not have the form that this server expects: %s: %s.", fields[0].Location, fields[0].Message)
	default:
		return message
	}
}
