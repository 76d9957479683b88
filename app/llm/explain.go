package llm

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"math"
	"net"
	"net/http"
	"os"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/pomerium/pomchat/app/chat"
)

// explain turns what a provider said into an error for a person. Its words stay
// in the cause: they may quote what nobody should see.
func (c *Client) explain(op, model string, f failure) *chat.Error {
	kind, sentence := classify(f)
	switch kind {
	case chat.KindModelNotFound:
		sentence = fmt.Sprintf(sentence, c.provider, model)
	case chat.KindProviderAuth:
		if c.keyless {
			sentence = "%s wants an AI key, and this server has none. This is not about your own login: please tell the administrator."
		}
		sentence = fmt.Sprintf(sentence, c.provider)
	default:
		sentence = fmt.Sprintf(sentence, c.provider)
	}
	if kind == chat.KindProviderBusy {
		sentence += " " + tryAgain(f.retryAfter)
	}
	return &chat.Error{Kind: kind, Op: op, Message: sentence, Trace: f.trace(), RetryAfter: f.retryAfter, Err: f}
}

// classify tells a failure's kind, and its sentence with a verb for the name of
// the provider (and, for KindModelNotFound, one for the model).
func classify(f failure) (chat.Kind, string) {
	is := func(codes ...string) bool { return slices.Contains(codes, f.code) || slices.Contains(codes, f.kind) }
	says := func(words ...string) bool { return containsAny(strings.ToLower(f.message), words...) }
	switch {
	case is("context_length_exceeded", "exceed_context_size_error"), f.status == http.StatusRequestEntityTooLarge,
		f.status < 500 && says("context length", "context window", "context size"):
		return chat.KindContextTooLong, "This chat is too long for the model of %s. Start a new one, or ask about less at a time."
	case isQuota(f):
		return chat.KindProviderQuota, "The AI budget at %s is used up. Please tell the administrator."
	case f.status == http.StatusUnauthorized, is("invalid_api_key", "authentication_error"):
		return chat.KindProviderAuth, "%s rejected this server's AI key. This is not about your own login: please tell the administrator."
	case f.status == http.StatusForbidden, is("permission_error", "data_residency_mismatch"):
		return chat.KindProviderAuth, "%s refused this server's AI key, project or region. This is not about your own login: please tell the administrator."
	case is("model_not_found", "DeploymentNotFound"), f.status == http.StatusNotFound && says("model"):
		return chat.KindModelNotFound, "%s does not offer the model “%s”. Choose another one."
	case lacksRoute(f.status):
		return chat.KindProtocol, "%s has no API for chats at the configured address. Please tell the administrator."
	case says("does not support tools", "does not support function", "tool use is not supported", "tools is not supported"):
		return chat.KindModelRefused, "The model of %s cannot use tools. Choose another one, or ask without servers."
	case f.status == http.StatusFailedDependency, says("mcp server"):
		return chat.KindServerDown, "%s could not read the tools of a server. Connect it again or leave it out, then ask again."
	case f.status == http.StatusBadRequest && says("hosted tool", "web_search", "code_interpreter"):
		return chat.KindModelRefused, "The model of %s cannot search the web or run code as it was asked to. Switch that off, or choose another model."
	case f.status == http.StatusTooManyRequests, is("rate_limit_exceeded", "rate_limit_error", "slow_down", "server_is_overloaded", "overloaded_error"):
		return chat.KindProviderBusy, "%s is busy."
	case is("invalid_prompt", "content_filter", "content_policy_violation", "bio_policy", "cyber_policy", "misalignment_policy_violation"):
		return chat.KindModelRefused, "The model of %s refused this prompt. Put it in other words."
	case f.status >= 500, f.status == http.StatusRequestTimeout, is("server_error", "vector_store_timeout"):
		return chat.KindProviderDown, "%s is in trouble at the moment. Try again."
	case f.status >= 400, is("invalid_request_error"):
		return chat.KindModelRefused, "The model of %s refused the request or its settings. Choose another one, or tell the administrator."
	default:
		return chat.KindProviderDown, "%s failed while it was answering. Try again."
	}
}

// isQuota reports whether waiting will not help: no budget is left.
func isQuota(f failure) bool {
	codes := []string{"insufficient_quota", "credit_balance_exhausted", "billing_hard_limit_reached", "billing_not_active"}
	return f.status == http.StatusPaymentRequired || slices.Contains(codes, f.code) || slices.Contains(codes, f.kind)
}

func tryAgain(after time.Duration) string {
	switch seconds := math.Ceil(after.Seconds()); {
	case seconds <= 0:
		return "Try again in a moment."
	case seconds == 1:
		return "Try again in a second."
	case seconds < 120:
		return fmt.Sprintf("Try again in %.0f seconds.", seconds)
	default:
		return fmt.Sprintf("Try again in %.0f minutes.", math.Ceil(seconds/60))
	}
}

// unreachable explains an error of the network. Before the first byte of an
// answer it names the host, which an administrator may have misspelt.
func (c *Client) unreachable(op string, began bool, err error) *chat.Error {
	sentence := fmt.Sprintf("%s cannot be reached: %s. Try again, or tell the administrator.", c.host.name, why(err))
	switch {
	case errors.Is(err, errIdle):
		sentence = fmt.Sprintf("%s has been silent for too long. Try again.", c.provider)
	case began:
		sentence = fmt.Sprintf("The connection to %s broke off in the middle of the answer. Try again.", c.provider)
	}
	return &chat.Error{
		Kind: chat.KindProviderDown, Op: op, Message: sentence,
		Err: errors.New(c.redact(err.Error())),
	}
}

// why puts an error of the network into a few words.
func why(err error) string {
	var (
		name  *net.DNSError
		cert  *tls.CertificateVerificationError
		alert tls.AlertError
		plain tls.RecordHeaderError
		ca    x509.UnknownAuthorityError
	)
	switch {
	case errors.As(err, &name):
		return "its name is not known"
	case errors.Is(err, syscall.ECONNREFUSED):
		return "it refused the connection"
	case errors.As(err, &cert), errors.As(err, &ca):
		return "its certificate is not trusted"
	case errors.As(err, &alert), errors.As(err, &plain), errors.Is(err, http.ErrSchemeMismatch):
		return "no secure connection could be made"
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, os.ErrDeadlineExceeded), errors.Is(err, syscall.ETIMEDOUT):
		return "it does not answer"
	default:
		return "the connection failed"
	}
}

// broken says that a provider did not keep to the protocol.
func (c *Client) broken(op string, err error, requestID string) *chat.Error {
	f := failure{message: clean(err.Error(), c.redact), requestID: requestID, unheard: errors.Is(err, errUnheard)}
	return &chat.Error{
		Kind: chat.KindProtocol, Op: op, Trace: f.trace(), Err: f,
		Message: fmt.Sprintf("The answer of %s was incomplete or made no sense to this server. Try again, or choose another model.", c.provider),
	}
}

func containsAny(s string, words ...string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(s, w) })
}
