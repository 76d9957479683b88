package pomeriumtest

import (
	"bytes"
	"encoding/json"
	"io"
	"mime"
	"net/http"
)

// message is what Pomerium reads of an MCP message. The zero value stands for one
// that it did not understand.
type message struct {
	method string
	id     json.RawMessage // nil in a notification
	tool   string          // only of a call
}

// buffered is how much of a request Envoy keeps.
const buffered = 32 << 10

// readMessage understands one JSON-RPC request in a POST of JSON that has no more
// than max bytes. It leaves the body as it was. It reports false for what is refused
// because it cannot be kept until max bytes are there.
func readMessage(r *http.Request, max int) (message, bool) {
	if r.Method != http.MethodPost {
		return message{}, true
	}
	look := max
	if max > buffered {
		look = buffered + 1
	}
	head, err := io.ReadAll(io.LimitReader(r.Body, int64(look)))
	if len(head) > buffered {
		return message{}, false
	}
	rest := r.Body
	r.Body = struct {
		io.Reader
		io.Closer
	}{io.MultiReader(bytes.NewReader(head), rest), rest}
	kind, _, typeErr := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || typeErr != nil || kind != "application/json" {
		return message{}, true
	}
	var sent struct {
		Version string          `json:"jsonrpc"`
		ID      json.RawMessage `json:"id"`
		Method  string          `json:"method"`
		Params  json.RawMessage `json:"params"`
	}
	if json.Unmarshal(head, &sent) != nil || sent.Version != "2.0" || sent.Method == "" {
		return message{}, true
	}
	m := message{method: sent.Method}
	if string(sent.ID) != "null" {
		m.id = sent.ID
	}
	if m.method == "tools/call" {
		var call struct {
			Name string `json:"name"`
		}
		if json.Unmarshal(sent.Params, &call) != nil {
			return message{}, true
		}
		m.tool = call.Name
	}
	return m, true
}
