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

// readMessage understands one JSON-RPC request in a POST of JSON that has no more
// than max bytes. It leaves the body as it was.
func readMessage(r *http.Request, max int) message {
	if r.Method != http.MethodPost {
		return message{}
	}
	head, err := io.ReadAll(io.LimitReader(r.Body, int64(max)))
	rest := r.Body
	r.Body = struct {
		io.Reader
		io.Closer
	}{io.MultiReader(bytes.NewReader(head), rest), rest}
	kind, _, typeErr := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || typeErr != nil || kind != "application/json" {
		return message{}
	}
	var sent struct {
		Version string          `json:"jsonrpc"`
		ID      json.RawMessage `json:"id"`
		Method  string          `json:"method"`
		Params  json.RawMessage `json:"params"`
	}
	if json.Unmarshal(head, &sent) != nil || sent.Version != "2.0" || sent.Method == "" {
		return message{}
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
			return message{}
		}
		m.tool = call.Name
	}
	return m
}
