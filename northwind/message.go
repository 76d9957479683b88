package northwind

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"strconv"

	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
)

// faultOf says what is wrong with a message of JSON-RPC, nil if it is one whose method and tool do not depend on who reads
// it, and whose params have the types that MCP asks for. The id is that of the message, or null if it cannot be told, as
// section 5 of JSON-RPC 2.0 asks for answers to such messages. The SDK would end the connection for some of this, keep
// silent on some, and answer some in words of Go.
func faultOf(text []byte) (id json.RawMessage, fault *jsonrpc.Error) {
	id = json.RawMessage("null")
	text = bytes.TrimSpace(text)
	if !json.Valid(text) {
		return id, &jsonrpc.Error{Code: jsonrpc.CodeParseError, Message: "the message is not one value in JSON"}
	}
	if text[0] != '{' {
		return id, invalid("a message must be an object")
	}
	message, ok := members(text, "jsonrpc", "id", "method", "params")
	if !ok {
		return id, invalid("the message has a member twice or in another case")
	}
	if message["id"] != nil {
		if !plausibleID(message["id"]) {
			return id, invalid("id must be a string or a whole number of at most 53 bits")
		}
		id = message["id"]
	}
	var version, method string
	if json.Unmarshal(message["jsonrpc"], &version) != nil || version != "2.0" {
		return id, invalid(`jsonrpc must be "2.0"`)
	}
	if message["method"] == nil {
		if answer, ok := members(text, "result", "error"); ok && len(answer) == 1 {
			return id, nil
		}
		return id, invalid("the message has no method")
	}
	if json.Unmarshal(message["method"], &method) != nil {
		return id, invalid("method must be a string")
	}
	if method == "tools/call" && message["params"] != nil {
		if _, ok := members(message["params"], "name", "arguments"); !ok && message["params"][0] == '{' {
			return id, invalid("params has a member twice or in another case")
		}
	}
	if wrong := unfit(method, message["params"]); wrong != "" {
		return id, &jsonrpc.Error{Code: jsonrpc.CodeInvalidParams, Message: wrong}
	}
	return id, nil
}

func invalid(why string) *jsonrpc.Error {
	return &jsonrpc.Error{Code: jsonrpc.CodeInvalidRequest, Message: why}
}

func noMethod(method string) *jsonrpc.Error {
	return &jsonrpc.Error{Code: jsonrpc.CodeMethodNotFound, Message: fmt.Sprintf("method not found: %.100q", method)}
}

// plausibleID reports whether a JSON value is an id that comes back as it came. The SDK reads numbers as float64 and takes
// null for none.
func plausibleID(value json.RawMessage) bool {
	if value[0] == '"' || string(value) == "null" {
		return true
	}
	n, err := strconv.ParseFloat(string(value), 64)
	return err == nil && n == math.Trunc(n) && math.Abs(n) <= 1<<53-1
}

// split returns the messages of a batch, or the text as the only one. A batch has at least one message.
func split(text []byte) (messages []json.RawMessage, batch bool) {
	if trimmed := bytes.TrimSpace(text); len(trimmed) > 0 && trimmed[0] == '[' && json.Unmarshal(trimmed, &messages) == nil && len(messages) > 0 {
		return messages, true
	}
	return []json.RawMessage{text}, false
}

// faultAnswer is the answer to a message with a fault, by section 5 of JSON-RPC 2.0. The id may be nil, which is null.
func faultAnswer(id json.RawMessage, fault *jsonrpc.Error) []byte {
	text, err := json.Marshal(struct {
		Version string          `json:"jsonrpc"`
		ID      json.RawMessage `json:"id"`
		Error   *jsonrpc.Error  `json:"error"`
	}{"2.0", id, fault})
	if err != nil {
		return fmt.Appendf(nil, `{"jsonrpc":"2.0","id":null,"error":{"code":%d,"message":"internal error"}}`, jsonrpc.CodeInternalError)
	}
	return text
}
