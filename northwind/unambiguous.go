package northwind

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"slices"
	"strings"
)

var errAmbiguous = errors.New("its body is one that a gateway may read as another call than the server")

// unambiguous lets only those requests through in which the gateway in front has found the same call as next will.
//
// Pomerium applies policies on tools to what it can parse, and lets the rest pass. It looks for members of JSON objects
// in any case where the SDK wants theirs exactly, refuses what follows the object where the SDK stops reading, and knows
// no batches. Without this a call could show one tool to the policy and another, or none, to the server.
func unambiguous(next http.Handler, refusals *refusals) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, ok := readBody(r)
		if r.Method != http.MethodPost || !ok {
			next.ServeHTTP(w, r) // which says so
			return
		}
		if len(r.Header.Values("Content-Type")) > 1 || !readsOneWay(body) {
			refusals.refuse(w, r, http.StatusBadRequest, "Behind a gateway, send one JSON-RPC message in strict JSON: no batch, "+
				"nothing after it, and no member of it or of its params twice or in another case.", errAmbiguous)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// readsOneWay reports whether a text is one JSON-RPC message whose method and tool do not depend on who reads it.
func readsOneWay(text []byte) bool {
	message, ok := members(text, "jsonrpc", "id", "method", "params")
	if !ok {
		return false
	}
	var id any
	var version, method string
	if !fits(message["jsonrpc"], &version) || !fits(message["id"], &id) || !fits(message["method"], &method) {
		return false
	}
	if method != "tools/call" || message["params"] == nil {
		return true
	}
	call, ok := members(message["params"], "name", "arguments")
	var name string
	var arguments any // a list escapes policies too, but no tool takes one
	return ok && fits(call["name"], &name) && fits(call["arguments"], &arguments)
}

// fits reports whether a value is missing or can be decoded into the target.
func fits(value json.RawMessage, target any) bool {
	return value == nil || json.Unmarshal(value, target) == nil
}

// members returns those members of a JSON object that have one of the names. It is false if the text is anything but
// one object, or has such a name twice or in another case.
func members(text []byte, names ...string) (map[string]json.RawMessage, bool) {
	found := map[string]json.RawMessage{}
	d := json.NewDecoder(bytes.NewReader(text))
	if start, err := d.Token(); err != nil || start != json.Delim('{') {
		return nil, false
	}
	for d.More() {
		token, err := d.Token()
		name, ok := token.(string)
		var value json.RawMessage
		if err != nil || !ok || d.Decode(&value) != nil {
			return nil, false
		}
		like := slices.IndexFunc(names, func(n string) bool { return strings.EqualFold(n, name) })
		if like < 0 {
			continue
		}
		if _, twice := found[name]; twice || names[like] != name {
			return nil, false
		}
		found[name] = value
	}
	if _, err := d.Token(); err != nil { // the brace at its end
		return nil, false
	}
	_, err := d.Token()
	return found, errors.Is(err, io.EOF)
}
