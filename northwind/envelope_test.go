package northwind

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
)

func TestOpenEnvelope(t *testing.T) {
	type parts struct{ Method, Before, ID, After string }
	refused := parts{}
	tests := []struct {
		name, text string
		want       parts
	}{
		{"an ordinary call", `{"jsonrpc":"2.0","id":1,"method":"m"}`, parts{"m", `{"jsonrpc":"2.0","id":`, "1", `,"method":"m"}`}},
		{"the id at the end", `{"jsonrpc":"2.0","method":"m","params":{},"id":"a"}`, parts{"m", `{"jsonrpc":"2.0","method":"m","params":{},"id":`, `"a"`, `}`}},
		{"blanks everywhere", " { \"jsonrpc\" : \"2.0\" ,\n\t\"id\" : 12 , \"method\" : \"m\" }\r\n", parts{"m", " { \"jsonrpc\" : \"2.0\" ,\n\t\"id\" : ", "12", " , \"method\" : \"m\" }\r\n"}},
		{"names within params are not its own", `{"jsonrpc":"2.0","params":{"id":9,"method":"x","a":["}",{"id":"]"}]},"id":0,"method":"m"}`,
			parts{"m", `{"jsonrpc":"2.0","params":{"id":9,"method":"x","a":["}",{"id":"]"}]},"id":`, "0", `,"method":"m"}`}},
		{"quotes and brackets in texts", `{"jsonrpc":"2.0","params":"\"id\":5}],\\","id":2,"method":"m"}`, parts{"m", `{"jsonrpc":"2.0","params":"\"id\":5}],\\","id":`, "2", `,"method":"m"}`}},
		{"an id that is a text of digits", `{"jsonrpc":"2.0","id":"1","method":"m"}`, parts{"m", `{"jsonrpc":"2.0","id":`, `"1"`, `,"method":"m"}`}},
		{"a member that nobody knows", `{"jsonrpc":"2.0","id":1,"ID":2,"method":"m","x":null}`, parts{"m", `{"jsonrpc":"2.0","id":`, "1", `,"ID":2,"method":"m","x":null}`}},
		{"the longest number", `{"jsonrpc":"2.0","id":999999999999999,"method":"m"}`, parts{"m", `{"jsonrpc":"2.0","id":`, "999999999999999", `,"method":"m"}`}},

		{"nothing", ``, refused},
		{"no object", `7`, refused},
		{"an empty object", `{}`, refused},
		{"a batch", `[{"jsonrpc":"2.0","id":1,"method":"m"}]`, refused},
		{"a notification", `{"jsonrpc":"2.0","method":"m"}`, refused},
		{"an answer", `{"jsonrpc":"2.0","id":1,"result":{}}`, refused},
		{"an answer that is a call", `{"jsonrpc":"2.0","id":1,"method":"m","result":{}}`, refused},
		{"another version", `{"jsonrpc":"1.0","id":1,"method":"m"}`, refused},
		{"no version", `{"id":1,"method":"m"}`, refused},
		{"the version twice", `{"jsonrpc":"2.0","jsonrpc":"2.0","id":1,"method":"m"}`, refused},
		{"the id twice", `{"jsonrpc":"2.0","id":1,"id":1,"method":"m"}`, refused},
		{"the method twice", `{"jsonrpc":"2.0","id":1,"method":"m","method":"m"}`, refused},
		{"an escape in a name", `{"jsonrpc":"2.0","id":1,"\u0069d":2,"method":"m"}`, refused},
		{"an escape in the id", `{"jsonrpc":"2.0","id":"\u0061","method":"m"}`, refused},
		{"an escape in the method", `{"jsonrpc":"2.0","id":1,"method":"\u006d"}`, refused},
		{"a letter beyond ASCII in the id", `{"jsonrpc":"2.0","id":"ä","method":"m"}`, refused},
		{"an empty id", `{"jsonrpc":"2.0","id":"","method":"m"}`, refused},
		{"null for an id", `{"jsonrpc":"2.0","id":null,"method":"m"}`, refused},
		{"a list for an id", `{"jsonrpc":"2.0","id":[1],"method":"m"}`, refused},
		{"a negative id", `{"jsonrpc":"2.0","id":-1,"method":"m"}`, refused},
		{"a fraction for an id", `{"jsonrpc":"2.0","id":1.5,"method":"m"}`, refused},
		{"an exponent in the id", `{"jsonrpc":"2.0","id":1e3,"method":"m"}`, refused},
		{"a zero before the id", `{"jsonrpc":"2.0","id":01,"method":"m"}`, refused},
		{"too long a number", `{"jsonrpc":"2.0","id":1000000000000000,"method":"m"}`, refused},
		{"too long a text", `{"jsonrpc":"2.0","id":"` + strings.Repeat("a", maxIDText) + `","method":"m"}`, refused},
		{"no value", `{"jsonrpc":"2.0","id":,"method":"m"}`, refused},
		{"no end", `{"jsonrpc":"2.0","id":1,"method":"m"`, refused},
		{"a wrong end", `{"jsonrpc":"2.0","id":1,"method":"m"]`, refused},
		{"more after the end", `{"jsonrpc":"2.0","id":1,"method":"m"}{}`, refused},
		{"a comma too many", `{"jsonrpc":"2.0","id":1,"method":"m",}`, refused},
		{"a byte order mark", "\ufeff" + `{"jsonrpc":"2.0","id":1,"method":"m"}`, refused},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			e, ok := openEnvelope([]byte(tt.text))
			got := refused
			if ok {
				got = parts{e.method, string(e.before), string(e.id), string(e.after)}
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// FuzzEnvelope holds the envelope to what the SDK reads: the same id and method; and with another id in its place, the
// same call but for the id, or no call at all.
func FuzzEnvelope(f *testing.F) {
	for _, r := range memoRequests() {
		f.Add(r.body)
	}
	f.Add(`{"jsonrpc":"2.0","params":"\"id\":5}],\\","id":2,"method":"m"}`)
	f.Fuzz(func(t *testing.T, text string) {
		e, ok := openEnvelope([]byte(text))
		if !ok {
			return
		}
		if whole := string(e.before) + string(e.id) + string(e.after); whole != text {
			t.Fatalf("the parts are %q", whole)
		}
		message, err := jsonrpc.DecodeMessage([]byte(text))
		other, otherErr := jsonrpc.DecodeMessage(bytes.Join([][]byte{e.before, e.after}, []byte(`"another"`)))
		if (err == nil) != (otherErr == nil) {
			t.Fatalf("the SDK says %v, with another id %v", err, otherErr)
		}
		if err != nil {
			return
		}
		call, ok := message.(*jsonrpc.Request)
		if !ok || call.Method != e.method {
			t.Fatalf("the SDK reads %#v, the envelope says method %q", message, e.method)
		}
		encoded, err := jsonrpc.EncodeMessage(&jsonrpc.Response{ID: call.ID, Result: []byte("{}")})
		if want := `{"jsonrpc":"2.0","id":` + string(e.id) + `,"result":{}}`; err != nil || string(encoded) != want {
			t.Fatalf("the SDK answers %s (%v), want %s", encoded, err, want)
		}
		call2 := *other.(*jsonrpc.Request)
		call2.ID = call.ID
		if diff := cmp.Diff(call, &call2, cmp.Comparer(func(a, b jsonrpc.ID) bool { return a == b })); diff != "" {
			t.Fatalf("with another id the call differs\n%s", diff)
		}
	})
}
