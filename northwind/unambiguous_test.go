package northwind

import (
	"net/http/httptest"
	"strings"
	"testing"
)

// TestNoCallHidesFromPoliciesOnTools sends calls of read_query that Pomerium, which uses encoding/json, would not parse,
// or would take for something else.
func TestNoCallHidesFromPoliciesOnTools(t *testing.T) {
	const call = `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"read_query","arguments":{"query":"SELECT 1"}}}`
	within := func(more string) string { return strings.TrimSuffix(call, "}") + "," + more + "}" }
	named := func(more string) string { return strings.Replace(call, `"name":"read_query"`, more, 1) }
	asked := func(more string) string { return strings.Replace(call, `"query":"SELECT 1"`, more, 1) }
	for _, tt := range []struct {
		name, body string
		want       int
	}{
		{"an ordinary call", call, 200},
		{"blanks around it", "\r\n " + call + "\t\n", 200},
		{"members that mean nothing", within(`"x":1,"x":{"name":2}`), 200},
		{"a name spelled with escapes", named(`"n\u0061me":"read_query"`), 200},
		{"a call without arguments", `{"jsonrpc":"2.0","id":"a","method":"tools/call","params":{"name":"list_tables"}}`, 200},
		{"arguments that are null", `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"list_tables","arguments":null}}`, 200},
		{"a list for arguments, which the tool refuses", `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"list_tables","arguments":[]}}`, 200},
		{"an argument twice, which the tool refuses", asked(`"query":"SELECT 0","query":"SELECT 1"`), 200},
		{"the name of a tool in params of another method", `{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"name":1,"NAME":2}}`, 200},
		{"a notification", `{"jsonrpc":"2.0","method":"notifications/initialized"}`, 202},
		{"an answer", `{"jsonrpc":"2.0","id":1,"result":{}}`, 202},
		{"more than a gateway reads", within(`"x":"` + strings.Repeat("x", maxBody) + `"`), 413},

		{"a batch", "[" + call + "]", 400},
		{"two messages", call + call, 400},
		{"a word after it", call + " x", 400},
		{"a bracket after it", call + "]", 400},
		{"half a message", call[:len(call)-1], 400},
		{"nothing", "", 400},
		{"the name twice", named(`"name":"list_tables","name":"read_query"`), 400},
		{"the name in another case", named(`"name":"read_query","NAME":"list_tables"`), 400},
		{"the name twice, once with escapes", named(`"n\u0061me":"list_tables","name":"read_query"`), 400},
		{"the method in another case", within(`"METHOD":"tools/list"`), 400},
		{"the method twice", within(`"method":"tools/call"`), 400},
		{"the params twice", within(`"params":{"name":"list_tables"}`), 400},
		{"the params in another case", within(`"Params":{"name":"list_tables"}`), 400},
		{"the params with a letter that folds into theirs", within(`"param\u017f":{"name":"list_tables"}`), 400},
		{"another version in another case", within(`"JSONRPC":"1.0"`), 400},
		{"an id that is none, in another case", within(`"Id":[1]`), 400},
		{"arguments in another case", named(`"name":"read_query","ARGUMENTS":[1]`), 400},
		{"a number that only some can read, hidden behind another one", asked(`"query":"SELECT 1","params":[1e999],"params":[]`), 400},
	} {
		t.Run(tt.name, func(t *testing.T) {
			log, lines := logLines()
			handler := NewHandler(open(t, Limits{}), HandlerOptions{Logger: log, Gateway: gateway(publicURL)})
			for range 2 { // the second may be answered from memory
				w := httptest.NewRecorder()
				r := post(t, "", tt.body)
				r.Header.Set("X-Pomerium-Jwt-Assertion", "ada")
				handler.ServeHTTP(w, r)
				if w.Code != tt.want {
					t.Errorf("got %d %s", w.Code, w.Body)
				}
			}
			if called := strings.Contains(lines.String(), "tool called"); called && tt.want == 400 {
				t.Errorf("it ran:\n%s", lines)
			}
		})
	}
}

func TestSeveralContentTypesHideFromPoliciesToo(t *testing.T) {
	handler := NewHandler(open(t, Limits{}), HandlerOptions{Gateway: gateway(publicURL)})
	r := post(t, "", listCall)
	r.Header["Content-Type"] = []string{"application/json", "text/plain"}
	r.Header.Set("X-Pomerium-Jwt-Assertion", "ada")
	w := httptest.NewRecorder()
	handler.ServeHTTP(w, r)
	if w.Code != 400 {
		t.Errorf("got %d %s", w.Code, w.Body)
	}
}
