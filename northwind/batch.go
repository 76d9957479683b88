package northwind

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
)

// maxBatch is the most messages in one batch of JSON-RPC, which clients of MCP revision 2025-03-26 and before may send. A
// body has space for a thousand calls, which would occupy the server for seconds.
const maxBatch = 20

var errBatch = errors.New("it is a batch of too many messages")

// bounded refuses long batches.
func bounded(next http.Handler, refusals *refusals) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body := bufio.NewReader(r.Body)
		r.Body = &rest{Reader: body, Closer: r.Body}
		if !startsList(body) {
			next.ServeHTTP(w, r)
			return
		}
		text, err := io.ReadAll(io.LimitReader(body, maxBody+1))
		var messages []json.RawMessage
		if err == nil && json.Unmarshal(text, &messages) == nil && len(messages) > maxBatch {
			refusals.refuse(w, r, http.StatusBadRequest, fmt.Sprintf("A batch may have %d messages, and this one has %d.", maxBatch, len(messages)), errBatch)
			return
		}
		r.Body = &rest{Reader: io.MultiReader(bytes.NewReader(text), body), Closer: r.Body}
		next.ServeHTTP(w, r)
	})
}

// startsList reports whether a text of JSON begins with a bracket. It passes over the blanks before it.
func startsList(text *bufio.Reader) bool {
	for {
		next, err := text.Peek(1)
		if err != nil || !bytes.Contains([]byte(" \t\r\n"), next) {
			return err == nil && next[0] == '['
		}
		_, _ = text.Discard(1)
	}
}
