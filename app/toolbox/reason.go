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
	reason string
}

// judge finds out why something failed: from the context, from what was seen of
// the last request, and from the error itself. Limit is the time that was given,
// or 0.
func judge(ctx context.Context, seen sight, err error, limit time.Duration) verdict {
	down := func(format string, args ...any) verdict {
		return verdict{chat.ServerDown, fmt.Sprintf(format, args...)}
	}
	switch {
	case errors.Is(ctx.Err(), context.DeadlineExceeded):
		if limit > 0 {
			return down("it did not answer within %s", limit)
		}
		return down("it did not answer in time")
	case errors.Is(err, errRounds):
		return down("it asks again and again")
	case errors.Is(err, errBusy):
		return down("it is busy")
	case errors.Is(err, errDemands):
		return down("it wants something that is not offered here")
	case errors.Is(err, errNonsense):
		return down("its answer is not MCP")
	case seen.err != nil:
		return down("%s", trouble(seen.err))
	case seen.status == http.StatusUnauthorized:
		return verdict{chat.ServerNeedsConnect, "it asks you to log in"}
	case seen.status == http.StatusForbidden:
		return verdict{chat.ServerNoAccess, "it does not let you in (HTTP 403)"}
	case seen.status == http.StatusTooManyRequests:
		return down("it asks to slow down (HTTP 429)")
	case seen.status >= 500:
		return down("it is in trouble (HTTP %d)", seen.status)
	case seen.status >= 300 && seen.status < 400 && seen.location != "":
		return down("it redirects to %s, where nothing is sent", seen.location)
	}
	if e, ok := refusal(seen, err); ok {
		if id, denied := deniedBy(e); denied {
			return verdict{chat.ServerNoAccess, "a policy does not let you use it (request " + id + ")"}
		}
		return down("it refused: %s", brief(e.Message))
	}
	switch {
	case seen.status == http.StatusNotFound, seen.status == http.StatusMethodNotAllowed, seen.status == http.StatusGone:
		return down("there is no MCP server at this address (HTTP %d)", seen.status)
	case seen.status >= 400:
		return down("it refuses what MCP asks of it (HTTP %d)", seen.status)
	case seen.media != "" && seen.media != "application/json" && seen.media != "text/event-stream":
		return down("it answers with %s, so this is not an MCP server", seen.media)
	case seen.status == 0 && errors.Is(err, mcp.ErrConnectionClosed):
		return down("the connection was lost")
	}
	return down("its answer is not MCP")
}

// trouble says what is wrong with the network or on the way.
func trouble(err error) string {
	if e, ok := errors.AsType[*net.DNSError](err); ok {
		return "its host " + e.Name + " cannot be found"
	}
	if e, ok := errors.AsType[*tls.CertificateVerificationError](err); ok {
		return "its certificate is not trusted: " + certificateTrouble(e.Err)
	}
	if _, ok := errors.AsType[tls.RecordHeaderError](err); ok || errors.Is(err, http.ErrSchemeMismatch) {
		return "it does not speak TLS: its URL may have to begin with http://"
	}
	if e, ok := errors.AsType[net.Error](err); ok && e.Timeout() {
		return "it did not answer in time"
	}
	switch {
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, os.ErrDeadlineExceeded):
		return "it did not answer in time"
	case errors.Is(err, errTooLarge):
		return "its answer is too large"
	case errors.Is(err, syscall.ECONNREFUSED):
		return "nothing answers at this address (connection refused)"
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE):
		return "it hung up before the answer was complete"
	}
	return "it cannot be reached"
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
	outside := seen.status == http.StatusUnauthorized || seen.status == http.StatusForbidden ||
		seen.status == http.StatusTooManyRequests || seen.status >= 500
	if seen.err != nil || outside || errors.Is(err, mcp.ErrConnectionClosed) {
		return nil, false
	}
	return errors.AsType[*jsonrpc.Error](err)
}

// deniedBy returns the request id of a gateway's policy decision, which comes as
// "invalid params" with that id as its data.
func deniedBy(e *jsonrpc.Error) (requestID string, ok bool) {
	if e.Code != jsonrpc.CodeInvalidParams || len(e.Data) == 0 {
		return "", false
	}
	var data struct {
		RequestID string `json:"request_id"`
	}
	if err := json.Unmarshal(e.Data, &data); err != nil || data.RequestID == "" {
		return "", false
	}
	return brief(data.RequestID), true
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
