package toolbox

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/pomerium/pomchat/app/chat"
)

// verdict is why a server could not be used. The reason is a clause about "it".
type verdict struct {
	status chat.ServerStatus
	kind   chat.Kind
	reason string
	trace  chat.Trace
}

// judge finds out why something failed: from the context, from what was seen of
// the last request, and from the error itself. Limit is the time that was given,
// or 0.
func judge(ctx context.Context, seen sight, err error, limit time.Duration) verdict {
	v := reasonOf(ctx, seen, err, limit)
	if e, ok := refusal(seen, err); ok {
		v.trace.Code = strconv.FormatInt(e.Code, 10)
	}
	if seen.err == nil && seen.status >= http.StatusMultipleChoices {
		v.trace.Status = seen.status
		if v.trace.Code == "" {
			v.trace.Code = seen.code
		}
	}
	if v.trace.RequestID == "" {
		v.trace.RequestID = seen.requestID
	}
	return v
}

func reasonOf(ctx context.Context, seen sight, err error, limit time.Duration) verdict {
	switch {
	case errors.Is(ctx.Err(), context.DeadlineExceeded):
		if limit > 0 {
			return unreachable("it did not answer within %s", lasting(limit))
		}
		return unreachable("it did not answer in time")
	case errors.Is(err, errRounds):
		return down(chat.KindLimit, "it asks again and again")
	case errors.Is(err, errTooMany):
		return down(chat.KindTooLarge, "it has more than %d tools", maxTools)
	case errors.Is(err, errVast):
		return down(chat.KindTooLarge, "its tools are described at too great length: by more than %d MB", maxList>>20)
	case errors.Is(err, errEndless):
		return unreachable("its list of tools does not end")
	case errors.Is(err, errBusy):
		return down(chat.KindLimit, "it is busy")
	case errors.Is(err, errDemands):
		return down(chat.KindInternal, "it wants something that is not offered here")
	case errors.Is(err, errNonsense), errors.Is(err, errAsksTooMuch):
		return unreachable("its answer is not MCP")
	case seen.err != nil:
		return trouble(seen.err)
	}
	if v, ok := byStatus(seen); ok {
		return v
	}
	if e, ok := refusal(seen, err); ok {
		if id, denied := deniedBy(e); denied {
			reason := "it is blocked by policy"
			if id != "" {
				reason += " (request " + id + ")"
			}
			return verdict{chat.ServerNoAccess, chat.KindForbidden, reason, chat.Trace{RequestID: id}}
		}
		return unreachable("it refused: %s", brief(e.Message))
	}
	switch {
	case seen.status == http.StatusNotFound, seen.status == http.StatusMethodNotAllowed, seen.status == http.StatusGone:
		return unreachable("there is no MCP server at this address (HTTP %d)", seen.status)
	case seen.status >= 400:
		return unreachable("it refuses what MCP asks of it (HTTP %d)", seen.status)
	case seen.media != "" && seen.media != "application/json" && seen.media != eventStream:
		return unreachable("it answers with %s, so this is not an MCP server", seen.media)
	case strings.Contains(err.Error(), "terminated without response"): // the SDK's words for it
		return unreachable("it hung up before the answer was complete")
	case seen.status == 0 && errors.Is(err, mcp.ErrConnectionClosed):
		return unreachable("the connection was lost")
	}
	return unreachable("its answer is not MCP")
}

func down(kind chat.Kind, format string, args ...any) verdict {
	return verdict{status: chat.ServerDown, kind: kind, reason: fmt.Sprintf(format, args...)}
}

// unreachable is what a server is that does not do its work: it cannot be asked.
func unreachable(format string, args ...any) verdict {
	return down(chat.KindServerDown, format, args...)
}

// byStatus judges by those HTTP statuses that say more than the answer.
func byStatus(seen sight) (verdict, bool) {
	switch {
	case seen.status == http.StatusUnauthorized:
		return verdict{status: chat.ServerNeedsConnect, kind: chat.KindUnauthenticated, reason: "it asks you to log in"}, true
	case seen.status == http.StatusForbidden:
		return verdict{status: chat.ServerNoAccess, kind: chat.KindForbidden, reason: "it does not let you in (HTTP 403)"}, true
	case seen.status == http.StatusRequestEntityTooLarge:
		// Pomerium says so of what is too long for its rules about tools.
		return down(chat.KindTooLarge, "the call is too long for it, or for the gateway before it (HTTP 413)"), true
	case seen.status == http.StatusTooManyRequests:
		return down(chat.KindLimit, "it asks to slow down (HTTP 429)"), true
	case seen.status >= 500:
		return unreachable("it is in trouble (HTTP %d)", seen.status), true
	case seen.status >= 300 && seen.status < 400 && seen.location != "":
		return unreachable("it redirects to %s, where nothing is sent", seen.location), true
	}
	return verdict{}, false
}

// trouble says what is wrong with the network or on the way.
func trouble(err error) verdict {
	if e, ok := errors.AsType[*net.DNSError](err); ok {
		return unreachable("its host %s cannot be found", e.Name)
	}
	if e, ok := errors.AsType[*tls.CertificateVerificationError](err); ok {
		return unreachable("its certificate is not trusted: %s", certificateTrouble(e.Err))
	}
	if _, ok := errors.AsType[tls.RecordHeaderError](err); ok || errors.Is(err, http.ErrSchemeMismatch) {
		return unreachable("it does not speak TLS: its URL may have to begin with http://")
	}
	if e, ok := errors.AsType[net.Error](err); ok && e.Timeout() {
		return unreachable("it did not answer in time")
	}
	switch {
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, os.ErrDeadlineExceeded):
		return unreachable("it did not answer in time")
	case errors.Is(err, errTooLarge):
		return down(chat.KindTooLarge, "its answer is too large")
	case errors.Is(err, syscall.ECONNREFUSED):
		return unreachable("nothing answers at this address (connection refused)")
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE):
		return unreachable("it hung up before the answer was complete")
	}
	return unreachable("it cannot be reached")
}

func certificateTrouble(err error) string {
	if e, ok := errors.AsType[x509.HostnameError](err); ok {
		return "it is not for " + e.Host
	}
	if e, ok := errors.AsType[x509.CertificateInvalidError](err); ok && e.Reason == x509.Expired {
		return "it has expired or is not valid yet"
	}
	if _, ok := errors.AsType[x509.UnknownAuthorityError](err); ok {
		return "it is signed by an unknown authority"
	}
	return "it is not valid"
}

// refusal returns the JSON-RPC error in which the server itself said no, if that is
// what happened. The SDK uses such errors for its own trouble too.
func refusal(seen sight, err error) (*jsonrpc.Error, bool) {
	outside := seen.status >= 300 && seen.status < 400 || seen.status == http.StatusUnauthorized || seen.status == http.StatusForbidden ||
		seen.status == http.StatusRequestEntityTooLarge || seen.status == http.StatusTooManyRequests || seen.status >= 500
	if seen.err != nil || outside || errors.Is(err, mcp.ErrConnectionClosed) {
		return nil, false
	}
	return errors.AsType[*jsonrpc.Error](err)
}

// deniedBy returns the request id of a gateway's policy decision, which comes as
// "invalid params" with that id as its data.
func deniedBy(e *jsonrpc.Error) (requestID string, ok bool) {
	if e.Code != jsonrpc.CodeInvalidParams || !strings.HasPrefix(e.Message, "access denied") {
		return "", false
	}
	var data struct {
		RequestID *string `json:"request_id"`
	}
	if err := json.Unmarshal(e.Data, &data); err != nil || data.RequestID == nil {
		return "", false
	}
	return brief(*data.RequestID), true
}

// brief is s on one line of bounded length.
func brief(s string) string {
	const most = 300
	line := strings.Join(strings.Fields(s), " ")
	if runes := []rune(line); len(runes) > most {
		line = string(runes[:most]) + "…"
	}
	return line
}

// sentence makes a clause a sentence.
func sentence(clause string) string {
	if clause == "" {
		return ""
	}
	return strings.ToUpper(clause[:1]) + clause[1:] + "."
}
