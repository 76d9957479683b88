package northwind

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// messages that are none, or of the wrong types, with the answer that JSON-RPC asks for.
func faultyMessages() []struct{ name, text, want string } {
	fault := func(id string, code int, message string) string {
		return fmt.Sprintf(`{"jsonrpc":"2.0","id":%s,"error":{"code":%d,"message":%q}}`, id, code, message)
	}
	with := func(method, params string) string {
		return `{"jsonrpc":"2.0","id":1,"method":"` + method + `","params":` + params + `}`
	}
	const repeated = "the message has a member twice or in another case"
	return []struct{ name, text, want string }{
		{"a word", `hello`, fault("null", -32700, "the message is not one value in JSON")},
		{"half an object", `{bad`, fault("null", -32700, "the message is not one value in JSON")},
		{"text after the message", listCall + ` x`, fault("null", -32700, "the message is not one value in JSON")},
		{"two messages", listCall + listCall, fault("null", -32700, "the message is not one value in JSON")},
		{"a number", `42`, fault("null", -32600, "a message must be an object")},
		{"an empty batch", `[]`, fault("null", -32600, "a message must be an object")},
		{"another version", `{"jsonrpc":"1.0","id":"a","method":"ping"}`, fault(`"a"`, -32600, `jsonrpc must be "2.0"`)},
		{"no version", `{"id":3,"method":"ping"}`, fault("3", -32600, `jsonrpc must be "2.0"`)},
		{"no method", `{"jsonrpc":"2.0","id":3}`, fault("3", -32600, "the message has no method")},
		{"a method that is a number", `{"jsonrpc":"2.0","id":3,"method":5}`, fault("3", -32600, "method must be a string")},
		{"a method twice", `{"jsonrpc":"2.0","id":1,"method":"ping","method":"tools/list"}`, fault("null", -32600, repeated)},
		{"a method in another case", `{"jsonrpc":"2.0","id":1,"Method":"ping","method":"tools/list"}`, fault("null", -32600, repeated)},
		{"a tool twice", with("tools/call", `{"name":"update","name":"list_tables"}`), fault("1", -32600, "params has a member twice or in another case")},
		{"a list for an id", `{"jsonrpc":"2.0","id":[1],"method":"ping"}`, fault("null", -32600, "id must be a string or a whole number of at most 53 bits")},
		{"a fraction for an id", `{"jsonrpc":"2.0","id":1.5,"method":"ping"}`, fault("null", -32600, "id must be a string or a whole number of at most 53 bits")},
		{"an id that would come back as another", `{"jsonrpc":"2.0","id":9007199254740993,"method":"ping"}`, fault("null", -32600, "id must be a string or a whole number of at most 53 bits")},
		{"an unknown method", `{"jsonrpc":"2.0","id":1,"method":"foo/bar"}`, fault("1", -32601, `method not found: "foo/bar"`)},
		{"a capability that is not announced", with("logging/setLevel", `{"level":"info"}`), fault("1", -32601, `method not found: "logging/setLevel"`)},
		{"a tool that is a number", with("tools/call", `{"name":5}`), fault("1", -32602, "params.name of tools/call must be a string, and not a number")},
		{"no params", `{"jsonrpc":"2.0","id":1,"method":"tools/call"}`, fault("1", -32602, "tools/call needs params")},
		{"params that are null", with("prompts/get", `null`), fault("1", -32602, "prompts/get needs params")},
		{"params that are a list", with("tools/list", `[]`), fault("1", -32602, "params of tools/list must be an object, and not a list")},
		{"a cursor that is a number", with("tools/list", `{"cursor":5}`), fault("1", -32602, "params.cursor of tools/list must be a string, and not a number")},
		{"a period that is a number", with("prompts/get", `{"name":"analyze_sales","arguments":{"period":1997}}`),
			fault("1", -32602, `the argument "period" of a prompt must be a string, such as "1997", and not 1997`)},
		{"a uri that is a number", with("resources/read", `{"uri":5}`), fault("1", -32602, "params.uri of resources/read must be a string, and not a number")},
		{"a ref of another type", with("completion/complete", `{"ref":{"type":"x"}}`), fault("1", -32602, "params.ref.type of completion/complete must be ref/prompt or ref/resource")},
		{"a ref that is a number", with("completion/complete", `{"ref":5}`), fault("1", -32602, "params.ref of completion/complete must be an object, and not a number")},
		{"a ref to a prompt by a uri", with("completion/complete", `{"ref":{"type":"ref/prompt","uri":"x"}}`), fault("1", -32602, "a ref/prompt has a name and no uri")},
		{"a ref to a resource by a name", with("completion/complete", `{"ref":{"type":"ref/resource","name":"x"}}`), fault("1", -32602, "a ref/resource has a uri and no name")},
		{"a revision that is a number", with("initialize", `{"protocolVersion":5}`), fault("1", -32602, "params.protocolVersion of initialize must be a string, and not a number")},
	}
}

func TestFaultyMessagesOverHTTP(t *testing.T) {
	handler := NewHandler(open(t, Limits{}), HandlerOptions{})
	for _, tt := range faultyMessages() {
		t.Run(tt.name, func(t *testing.T) {
			for range 2 { // the second may be answered from memory
				w := httptest.NewRecorder()
				handler.ServeHTTP(w, post(t, "", tt.text))
				status := 200
				if strings.Contains(tt.want, "-32700") || strings.Contains(tt.want, "-32600") {
					status = 400
				}
				if w.Code != status || w.Body.String() != tt.want || w.Header().Get("Content-Type") != "application/json" {
					t.Errorf("got %d %s %s\nwant %d %s", w.Code, w.Header().Get("Content-Type"), w.Body, status, tt.want)
				}
			}
		})
	}
}

func TestFaultyBatchOverHTTP(t *testing.T) {
	w := httptest.NewRecorder()
	r := post(t, "", `[`+listCall+`,{"jsonrpc":"2.0","id":2,"method":"ping","method":"tools/list"}]`)
	r.Header.Set("Mcp-Protocol-Version", "2025-03-26")
	NewHandler(open(t, Limits{}), HandlerOptions{}).ServeHTTP(w, r)
	want := `{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"message 2 of the batch: the message has a member twice or in another case"}}`
	if w.Code != 400 || w.Body.String() != want {
		t.Errorf("got %d %s\nwant %s", w.Code, w.Body, want)
	}
}

// TestMethodsThatThereAre holds what this package takes for methods of the SDK to the SDK.
func TestMethodsThatThereAre(t *testing.T) {
	server := mcp.NewServer(&mcp.Implementation{Name: "bare"}, nil)
	sdk := mcp.NewStreamableHTTPHandler(func(*http.Request) *mcp.Server { return server }, &mcp.StreamableHTTPOptions{Stateless: true, JSONResponse: true})
	for _, method := range []string{
		"initialize", "ping", "server/discover", "completion/complete", "logging/setLevel", "subscriptions/listen", "tools/list", "tools/call", "prompts/list",
		"prompts/get", "resources/list", "resources/templates/list", "resources/read", "resources/subscribe", "resources/unsubscribe",
		"roots/list", "sampling/createMessage", "elicitation/create", "tasks/list", "foo/bar",
	} {
		ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
		w := httptest.NewRecorder()
		sdk.ServeHTTP(w, post(t, "", `{"jsonrpc":"2.0","id":1,"method":"`+method+`","params":{"x":1}}`).WithContext(ctx))
		cancel()
		if knows := !strings.Contains(w.Body.String(), "not handled"); knows != received(method) {
			t.Errorf("%s: the SDK says %d %s", method, w.Code, w.Body)
		}
	}
}

// FuzzFaultOf holds that a message without a fault is read alike by the SDK and by a reader that does not mind the case of
// names, as gateways are.
func FuzzFaultOf(f *testing.F) {
	for _, m := range faultyMessages() {
		f.Add(m.text)
	}
	f.Add(listCall)
	f.Fuzz(func(t *testing.T, text string) {
		id, fault := faultOf([]byte(text))
		if !json.Valid(id) || !json.Valid(faultAnswer(id, fault)) {
			t.Fatalf("the id is %q", id)
		}
		message, err := jsonrpc.DecodeMessage([]byte(text))
		request, ok := message.(*jsonrpc.Request)
		if fault != nil || err != nil || !ok {
			return
		}
		var loose struct{ Method string }
		if err := json.Unmarshal([]byte(text), &loose); err != nil || loose.Method != request.Method {
			t.Errorf("the SDK reads %q, another one %q, %v", request.Method, loose.Method, err)
		}
	})
}
