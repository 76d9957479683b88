package northwind

import (
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
)

// maxBatch is the most messages in one batch of JSON-RPC, which clients of MCP revision 2025-03-26 and before may send. A
// body has space for a thousand calls, which would occupy the server for seconds.
const maxBatch = 20

var errBatch = errors.New("it is a batch of too many messages")

// screened refuses long batches, and answers what [faultOf] finds in a message, and calls of methods that there are not.
// An error in a message that cannot be read has the status 400, as the section on sending messages in the transports of MCP
// has it; one in what it says is an ordinary answer.
func screened(next http.Handler, refusals *refusals) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, ok := readBody(r)
		if r.Method != http.MethodPost || !ok {
			next.ServeHTTP(w, r) // which says so
			return
		}
		messages, batch := split(body)
		if len(messages) > maxBatch {
			refusals.refuse(w, r, http.StatusBadRequest, fmt.Sprintf("A batch may have %d messages, and this one has %d.", maxBatch, len(messages)), errBatch)
			return
		}
		for i, message := range messages {
			id, fault := faultOf(message)
			status := http.StatusBadRequest
			switch {
			case fault != nil && batch:
				fault.Message = fmt.Sprintf("message %d of the batch: %s", i+1, fault.Message)
				id = nil
			case fault != nil && fault.Code == jsonrpc.CodeInvalidParams && string(id) != "null":
				status = http.StatusOK
			case fault == nil && !batch && r.Header.Get("Mcp-Protocol-Version") < statusRevision:
				if e, ok := openEnvelope(message); ok && !received(e.method) {
					status, fault = http.StatusOK, noMethod(e.method)
				}
			}
			if fault != nil {
				w.Header().Set("Content-Type", "application/json")
				w.WriteHeader(status)
				_, _ = w.Write(faultAnswer(id, fault))
				return
			}
		}
		next.ServeHTTP(w, r)
	})
}

// statusRevision is the revision of MCP from which the SDK answers calls of unknown methods, with the status 404. Before,
// it has nothing to say but 400 and a plain text.
const statusRevision = "2026-07-28"

// received reports whether a server of the SDK knows a method. Whether it offers it is the SDK's to say.
func received(method string) bool {
	switch method {
	case "initialize", "ping", "server/discover", "completion/complete", "logging/setLevel", "subscriptions/listen",
		"tools/list", "tools/call", "prompts/list", "prompts/get",
		"resources/list", "resources/templates/list", "resources/read", "resources/subscribe", "resources/unsubscribe":
		return true
	}
	return strings.HasPrefix(method, "notifications/")
}
