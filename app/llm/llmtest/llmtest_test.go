package llmtest_test

import (
	"context"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pomerium/pomchat/app/llm/llmtest"
)

// post sends a request for a response and returns its status and body.
func post(t *testing.T, s *llmtest.Server, key, body string) (int, string) {
	t.Helper()
	return postTo(t, s, "/responses", key, body)
}

func postTo(t *testing.T, s *llmtest.Server, address, key, body string) (int, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.BaseURL+address, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if key != "" {
		r.Header.Set("Authorization", "Bearer "+key)
	}
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	got, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(got)
}

// The fake refuses what OpenAI refuses: a client that gets by here has done what
// it must.
func TestRefusals(t *testing.T) {
	const (
		user   = `{"role":"user","content":"hello"}`
		call   = `{"type":"function_call","call_id":"c1","name":"f","arguments":"{}"}`
		output = `{"type":"function_call_output","call_id":"c1","output":"1"}`
	)
	request := func(input, more string) string {
		return `{"model":"gpt-6.1-sol","stream":true,"input":[` + input + `]` + more + `}`
	}
	tests := []struct {
		name, key, body string
		status          int
		says            string
	}{
		{name: "no key", body: request(user, ""), status: 401, says: "You didn't provide an API key."},
		{name: "another key", key: "wrong", body: request(user, ""), status: 401, says: "Incorrect API key provided."},
		{name: "no JSON", key: "right", body: `{`, status: 400, says: "could not parse the JSON body"},
		{name: "an unknown model", key: "right", body: `{"model":"gpt-0","input":[{"role":"user","content":"Hi"}]}`, status: 404, says: "The model 'gpt-0' does not exist"},
		{name: "an unknown parameter", key: "right", body: request(user, `,"sparkle":1`), status: 400, says: "Unknown parameter: 'sparkle'."},
		{name: "reasoning where there is none", key: "right", body: `{"model":"gpt-4.1","input":[{"role":"user","content":"Hi"}],"reasoning":{"effort":"low"}}`, status: 400, says: "'reasoning.effort' is not supported"},
		{name: "a call without its output", key: "right", body: request(user+","+call, ""), status: 400, says: "No tool output found for function call c1."},
		{name: "an output without its call", key: "right", body: request(user+","+output, ""), status: 400, says: "No tool call found for function call output with call_id c1."},
		{name: "an output before its call", key: "right", body: request(output+","+call, ""), status: 400, says: "No tool call found"},
		{name: "a call id twice", key: "right", body: request(call+","+output+","+call+","+output, ""), status: 400, says: "Duplicate call_id c1."},
		{name: "reasoning that is not sealed", key: "right", body: request(user+`,{"type":"reasoning","id":"rs_1","summary":[]}`, ""), status: 404, says: "Items are not persisted when `store` is set to false"},
		{name: "reasoning of somebody else", key: "right", body: request(user+`,{"type":"reasoning","id":"rs_1","encrypted_content":"x","summary":[]}`, ""), status: 400, says: "could not be verified"},
		{name: "an item twice", key: "right", body: request(`{"id":"fc_1",`+call[1:]+","+output+`,{"id":"fc_1","type":"function_call","call_id":"c2","name":"f","arguments":"{}"},{"type":"function_call_output","call_id":"c2","output":"1"}`, ""), status: 400, says: "Duplicate item found with id fc_1."},
		{name: "an item of an unknown type", key: "right", body: request(user+`,{"type":"chat.reasoning","text":"x"}`, ""), status: 400, says: "Invalid value: 'chat.reasoning'."},
		{name: "a message that says nothing", key: "right", body: request(user+`,{"type":"message","id":"msg_1","role":"assistant","content":[]}`, ""), status: 400, says: "a message must have content"},
		{name: "reasoning with a status", key: "right", body: request(user+`,{"type":"reasoning","id":"rs_1","encrypted_content":"x","summary":[],"status":"completed"}`, ""), status: 400, says: "Unknown parameter: 'input[1].status'."},
		{name: "a call of nothing", key: "right", body: request(user+`,{"type":"function_call","call_id":"c1","name":"","arguments":"{}"},`+output, ""), status: 400, says: "Missing required parameter"},
		{name: "a call of what can have no such name", key: "right", body: request(user+`,{"type":"function_call","call_id":"c1","name":"a.b","arguments":"{}"},`+output, ""), status: 400, says: "Invalid 'input[1].name': string does not match pattern."},
		{name: "a tool with a strange name", key: "right", body: request(user, `,"tools":[{"type":"function","name":"a b","parameters":{}}]`), status: 400, says: "string does not match pattern"},
		{name: "a tool whose schema is no object", key: "right", body: request(user, `,"tools":[{"type":"function","name":"f","parameters":{}}]`), status: 400, says: `must be a JSON Schema of 'type: \"object\"'`},
		{name: "a tool without properties", key: "right", body: request(user, `,"tools":[{"type":"function","name":"f","parameters":{"type":"object"}}]`), status: 400, says: "object schema missing properties"},
		{name: "a tool with alternatives", key: "right", body: request(user, `,"tools":[{"type":"function","name":"f","parameters":{"type":"object","properties":{},"anyOf":[]}}]`), status: 400, says: "at the top level"},
		{name: "all is well", key: "right", body: request(user+","+call+","+output, ""), status: 200, says: "You said: hello"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := llmtest.NewServerWith(t, llmtest.Config{Key: "right"})
			status, body := post(t, s, tt.key, tt.body)
			if status != tt.status || !strings.Contains(body, tt.says) {
				t.Errorf("got %d %s\nwant %d %s", status, body, tt.status, tt.says)
			}
		})
	}
}

// It knows what it has written: reasoning and what it led to come back together, as they
// were.
func TestReplaysAreChecked(t *testing.T) {
	const (
		reasoning = `{"encrypted_content":"cnNfMV8wOkkgaGF2ZSB0byBjYWxsIHNvbWV0aGluZy4=","id":"rs_1_0","summary":[{"text":"I have to call something.","type":"summary_text"}],"type":"reasoning"}`
		first     = `{"arguments":"{}","call_id":"call_1_1","id":"fc_1_1","name":"f","status":"completed","type":"function_call"}`
		second    = `{"arguments":"{}","call_id":"call_1_2","id":"fc_1_2","name":"g","status":"completed","type":"function_call"}`
		results   = `{"type":"function_call_output","call_id":"call_1_1","output":"1"},{"type":"function_call_output","call_id":"call_1_2","output":"2"}`
		user      = `{"role":"user","content":"hello"}`
	)
	retold := strings.Replace(first, `"id":"fc_1_1",`, "", 1)
	tests := []struct{ name, input, says string }{
		{"as it was", reasoning + "," + first + "," + second + "," + results + "," + user, "You said: hello"},
		{"told in general terms", retold + "," + second + "," + results + "," + user, "You said: hello"},
		{"a call without the reasoning that led to it", first + "," + second + "," + results, "Item 'fc_1_1' of type 'function_call' was provided without its required 'reasoning' item: 'rs_1_0'."},
		{"reasoning without what it led to", reasoning + "," + retold + "," + second + "," + results, "Item 'rs_1_0' of type 'reasoning' was provided without its required following item."},
		{"reasoning at the end", first + "," + second + "," + results + "," + reasoning, "without its required following item."},
		{"something between", reasoning + "," + user + "," + first + "," + second + "," + results, "without its required following item."},
		{"reasoning that was changed", strings.Replace(reasoning, "call", "do", 1) + "," + first + "," + second + "," + results, "could not be verified"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := llmtest.NewServer(t)
			if _, body := post(t, s, "any", `{"model":"gpt-6.1-sol","stream":true,"input":[{"role":"user","content":"fake:call f\ng"}]}`); !strings.Contains(body, second) {
				t.Fatalf("the fake wrote %s", body)
			}
			if _, body := post(t, s, "any", `{"model":"gpt-6.1-sol","stream":true,"input":[`+tt.input+`]}`); !strings.Contains(body, tt.says) {
				t.Errorf("got %s\nwant %s", body, tt.says)
			}
		})
	}
}

// By Chat Completions it refuses what servers and chat templates refuse.
func TestCompletionRefusals(t *testing.T) {
	const (
		user   = `{"role":"user","content":"hello"}`
		call   = `{"role":"assistant","content":null,"tool_calls":[{"id":"c1","type":"function","function":{"name":"f","arguments":"{}"}}]}`
		result = `{"role":"tool","tool_call_id":"c1","content":"1"}`
		said   = `{"role":"assistant","content":"Hi."}`
	)
	tests := []struct{ name, messages, says string }{
		{name: "a call without its result", messages: user + "," + call, says: "must be followed by tool messages"},
		{name: "something else between call and result", messages: user + "," + call + "," + user + "," + result, says: "The following tool_call_ids did not have response messages: c1"},
		{name: "a result without its call", messages: user + "," + result, says: "must be a response to a preceeding message"},
		{name: "a result twice", messages: user + "," + call + "," + result + "," + result, says: "must be a response to a preceeding message"},
		{name: "an id twice", messages: user + "," + call + "," + result + "," + said + "," + user + "," + call + "," + result, says: "Duplicate or missing tool call id 'c1'."},
		{name: "arguments that are no object", messages: user + "," + strings.Replace(call, "{}", "nonsense", 1) + "," + result, says: "no JSON object"},
		{name: "a name that is none", messages: user + "," + strings.Replace(call, `"f"`, `"f g"`, 1) + "," + result, says: "Invalid name 'f g'"},
		{name: "two questions in a row", messages: user + "," + user, says: "Conversation roles must alternate"},
		{name: "a question right after a result", messages: user + "," + call + "," + result + "," + user, says: "Unexpected role 'user' after role 'tool'"},
		{name: "the last word is the model's", messages: user + "," + said, says: "Expected last role User or Tool"},
		{name: "a message without content", messages: `{"role":"user","content":""}`, says: "neither content nor calls"},
		{name: "instructions in the middle", messages: user + `,{"role":"system","content":"x"}`, says: "System message must be at the beginning."},
		{name: "all is well", messages: `{"role":"system","content":"x"},` + user + "," + call + "," + result, says: "You said: "},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := llmtest.NewServer(t)
			_, body := postTo(t, s, "/chat/completions", "any", `{"model":"gpt-6.1-sol","messages":[`+tt.messages+`]}`)
			if !strings.Contains(body, tt.says) {
				t.Errorf("got %s\nwant %s", body, tt.says)
			}
		})
	}
}

// What it says of sales it has from the result, in whatever form that is.
func TestSalesComeFromTheResult(t *testing.T) {
	tests := []struct{ name, result, want string }{
		{name: "a table", result: `3 rows\nYear | Sales\n1996 | 1,234.5\n1997 | 20`, want: `| 1996 | 1,234.5 |\n| 1997 | 20 |\n\nThe last year on record is 1997.`},
		{name: "rows in JSON", result: `{\"rows\":[[\"1996\",1.5],[\"1997\",2]]}`, want: `| 1996 | 1.5 |\n| 1997 | 2 |`},
		{name: "objects in JSON", result: `[{\"Year\":\"1996\",\"Sales\":7}]`, want: `| 1996 | 7 |`},
		{name: "an error", result: `no such table: Orders`, want: `I found no sales in this result:\n\nno such table: Orders`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, body := post(t, llmtest.NewServer(t), "any", `{"model":"gpt-6.1-sol","stream":true,"input":[
				{"role":"user","content":[{"type":"input_text","text":"What were our Sales by Year?"}]},
				{"type":"function_call","call_id":"c1","name":"northwind__read_query","arguments":"{}"},
				{"type":"function_call_output","call_id":"c1","output":"`+tt.result+`"}]}`)
			if !strings.Contains(body, tt.want) {
				t.Errorf("got %s\nwant %s", body, tt.want)
			}
		})
	}
}

func TestSalesAreAskedFor(t *testing.T) {
	tests := []struct{ name, tools, want string }{
		{name: "with the argument that the tool has", tools: `{"type":"function","name":"db__read_query","parameters":{"type":"object","properties":{"sql":{}}}}`, want: `"name":"db__read_query"`},
		{name: "or not at all", want: "I have no tool to read the sales with."},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, body := post(t, llmtest.NewServer(t), "any", `{"model":"gpt-6.1-sol","stream":true,"input":[{"role":"user","content":"What were our sales by year?"}],"tools":[`+tt.tools+`]}`)
			if !strings.Contains(body, tt.want) {
				t.Errorf("got %s\nwant %s", body, tt.want)
			}
		})
	}
}

func TestHangups(t *testing.T) {
	s := llmtest.NewServer(t)
	ctx, cancel := context.WithCancel(t.Context())
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, s.BaseURL+"/responses", strings.NewReader(`{"model":"fake-slow","stream":true,"input":[{"role":"user","content":"Hi"}]}`))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer any")
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	cancel()
	_ = resp.Body.Close()
	<-s.Hangups()
}

func TestRequestsAreRecorded(t *testing.T) {
	s := llmtest.NewServer(t)
	post(t, s, "any", `{"model":"fake-quota","input":[{"role":"user","content":"Hi"}]}`)
	post(t, s, "any", `{"model":"fake-text","input":[{"role":"user","content":"Hi"}]}`)
	var got []string
	for _, r := range s.Requests() {
		got = append(got, r.Method+" "+r.Path+" "+string(r.Body))
	}
	want := []string{`POST /v1/responses {"model":"fake-quota","input":[{"role":"user","content":"Hi"}]}`, `POST /v1/responses {"model":"fake-text","input":[{"role":"user","content":"Hi"}]}`}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("requests (-want +got):\n%s", diff)
	}
}

// An answer that is to go on does, by either API.
func TestGoingOn(t *testing.T) {
	const wish = "Your answer above was cut off. Go on exactly where it ended."
	s := llmtest.NewServer(t)
	_, response := post(t, s, "any", `{"model":"gpt-6.1-sol","stream":true,"input":[{"role":"user","content":"fake:incomplete"},{"role":"assistant","content":"Half of an"},{"role":"developer","content":"`+wish+`"}]}`)
	_, completion := postTo(t, s, "/chat/completions", "any", `{"model":"gpt-6.1-sol","messages":[{"role":"user","content":"fake:incomplete"},{"role":"assistant","content":"Half of an"},{"role":"user","content":"`+wish+`"}]}`)
	for _, body := range []string{response, completion} {
		if !strings.Contains(body, " answer, and this is the rest.") {
			t.Errorf("got %s", body)
		}
	}
}

// A request of a remote server and its token must be sound.
func TestRemoteRefusals(t *testing.T) {
	server := func(more string) string { return `{"type":"mcp","server_url":"http://127.0.0.1:1/mcp",` + more + `}` }
	const (
		asked = `{"type":"mcp_approval_request","id":"mcpr_1","server_label":"a","name":"f","arguments":"{}"}`
		yes   = `{"type":"mcp_approval_response","approval_request_id":"mcpr_1","approve":true}`
		no    = `{"type":"mcp_approval_response","approval_request_id":"mcpr_1","approve":false}`
		call  = `{"type":"mcp_call","id":"mcp_1","server_label":"a","name":"f","arguments":"{}","approval_request_id":"mcpr_1"}`
	)
	tests := []struct{ name, tools, input, says string }{
		{name: "a label that is none", tools: server(`"server_label":"1 a"`), says: "server_label': string does not match pattern"},
		{name: "a label twice", tools: server(`"server_label":"a"`) + "," + server(`"server_label":"a"`), says: "Duplicate server_label found: a."},
		{name: "a token with its scheme", tools: server(`"server_label":"a","authorization":"Bearer x"`), says: "must be a bare token"},
		{name: "no address", tools: `{"type":"mcp","server_label":"a"}`, says: "Invalid URL for MCP server 'a'."},
		{name: "an unknown tool", tools: `{"type":"crystal_ball"}`, says: "Invalid value: 'crystal_ball'."},
		{name: "a question without an answer", input: asked, says: "No approval response found for approval request mcpr_1."},
		{name: "an answer without a question", input: yes, says: "No approval request found for approval response mcpr_1."},
		{name: "two answers", input: asked + "," + yes + "," + no, says: "Duplicate approval response for mcpr_1."},
		{name: "a question twice", input: asked + "," + asked, says: "Duplicate item found with id mcpr_1."},
		{name: "a call that was not approved", input: asked + "," + no + "," + call, says: "The call mcp_1 was not approved."},
		{name: "all is well", input: asked + "," + yes + "," + call + `,{"role":"user","content":"hello"}`, says: "You said: hello"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, body := post(t, llmtest.NewServer(t), "any", `{"model":"gpt-6.1-sol","stream":true,"input":[`+tt.input+`],"tools":[`+tt.tools+`]}`)
			if !strings.Contains(body, tt.says) {
				t.Errorf("got %s\nwant %s", body, tt.says)
			}
		})
	}
}

func TestAScriptSaysWhatAQuestionAsksFor(t *testing.T) {
	s := llmtest.NewServerWith(t, llmtest.Config{Script: map[string]string{"Which is it?": `fake:chain say This one.\nAnd no other.`}})
	for question, want := range map[string]string{"Which is it?": `This one.\nAnd no other.`, "Which?": "You said: Which?"} {
		_, body := postTo(t, s, "/chat/completions", "any", `{"model":"gpt-6.1-sol","messages":[{"role":"user","content":"`+question+`"}]}`)
		if !strings.Contains(body, want) {
			t.Errorf("%s: got %s\nwant %q in it", question, body, want)
		}
	}
}
