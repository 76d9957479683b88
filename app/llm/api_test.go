package llm_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/llm"
	"github.com/pomerium/pomchat/app/llm/llmtest"
)

// routed answers by the last element of a request's path, and notes it.
func routed(seen *[]string, by map[string]transport) transport {
	return func(r *http.Request) (*http.Response, error) {
		name := r.URL.Path[strings.LastIndexByte(r.URL.Path, '/')+1:]
		*seen = append(*seen, name)
		return by[name](r)
	}
}

// Which API is used is found out by the first request, and remembered; OpenAI's own
// stays as it is.
func TestTheAPIIsFoundOut(t *testing.T) {
	response := streams(`{"type":"response.created","response":{}}`, `{"type":"response.completed","response":{}}`)
	completion := streams(delta(`{"content":"hello"}`), finish("stop"))
	tests := []struct {
		name       string
		base       string // empty means a compatible server
		set        llm.API
		responses  transport
		completion transport
		want       []string // of two questions
		kind       chat.Kind
	}{
		{name: "it has both", responses: response, completion: completion, want: []string{"responses", "responses"}},
		{name: "no such address", responses: says(404, "404 page not found"), completion: completion, want: []string{"responses", "completions", "completions"}},
		{name: "no such method", responses: says(405, ""), completion: completion, want: []string{"responses", "completions", "completions"}},
		{name: "not implemented", responses: says(501, ""), completion: completion, want: []string{"responses", "completions", "completions"}},
		{name: "a stream of something else", responses: completion, completion: completion, want: []string{"responses", "completions", "completions"}},
		{name: "an empty stream", responses: streams(), completion: completion, want: []string{"responses", "completions", "completions"}},
		{name: "LM Studio's way to say so", responses: says(200, `{"error":"Unexpected endpoint or method. (POST /v1/responses)"}`), completion: completion, want: []string{"responses", "completions", "completions"}},
		{name: "no such model is another matter", responses: says(404, `{"error":{"code":"model_not_found"}}`), completion: completion, want: []string{"responses", "responses"}, kind: chat.KindModelNotFound},
		{name: "so is a refusal", responses: says(400, `{"error":{"message":"no"}}`), completion: completion, want: []string{"responses", "responses"}, kind: chat.KindModelRefused},
		{name: "it has neither, and is asked again", responses: says(404, ""), completion: says(404, ""), want: []string{"responses", "completions", "responses", "completions"}, kind: chat.KindProtocol},
		{name: "nothing is remembered of trouble", responses: says(404, ""), completion: says(429, "{}"), want: []string{"responses", "completions", "responses", "completions"}, kind: chat.KindProviderBusy},
		{name: "set to chat", set: llm.APIChat, responses: response, completion: completion, want: []string{"completions", "completions"}},
		{name: "set to responses", set: llm.APIResponses, responses: says(404, ""), completion: completion, want: []string{"responses", "responses"}, kind: chat.KindProtocol},
		{name: "OpenAI", base: llm.DefaultBaseURL, responses: says(404, ""), completion: completion, want: []string{"responses", "responses"}, kind: chat.KindProtocol},
		{name: "Azure", base: "https://acme.openai.azure.com/openai/v1", responses: says(404, ""), completion: completion, want: []string{"responses", "responses"}, kind: chat.KindProtocol},
		{name: "OpenAI, set to chat", base: llm.DefaultBaseURL, set: llm.APIChat, responses: response, completion: completion, want: []string{"completions", "completions"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var seen []string
			carry := routed(&seen, map[string]transport{"responses": tt.responses, "completions": tt.completion})
			c := clientOver(t, quick(carry), func(cfg *llm.Config) {
				cfg.BaseURL, cfg.API = tt.base, tt.set
				if tt.base == "" {
					cfg.BaseURL = "http://acme.example/v1"
				}
			})
			for range 2 {
				_, err := ask(t.Context(), c, chat.Prompt{Model: "m", Path: question("hello")})
				if (err != nil) != (tt.kind != "") || err != nil && chat.KindOf(err) != tt.kind {
					t.Errorf("got %v, want %q", err, tt.kind)
				}
			}
			if diff := cmp.Diff(tt.want, seen); diff != "" {
				t.Errorf("requests (-want +got):\n%s", diff)
			}
		})
	}
}

// An address that is not there is not asked for again: the SDK would, of a 501.
func TestAnAddressThatIsNotThereIsAskedForOnce(t *testing.T) {
	for _, status := range []int{404, 405, 501} {
		asked := 0
		c := clientOver(t, transport(func(r *http.Request) (*http.Response, error) {
			asked++
			return says(status, "")(r)
		}))
		if _, err := ask(t.Context(), c, chat.Prompt{Model: "gpt-6.1-sol", Path: question("hello")}); chat.KindOf(err) != chat.KindProtocol || asked != 1 {
			t.Errorf("%d: asked %d times: %v", status, asked, err)
		}
	}
}

// quick keeps the SDK from waiting and asking again.
func quick(carry transport) transport {
	return func(r *http.Request) (*http.Response, error) {
		resp, err := carry(r)
		if err == nil {
			resp.Header.Set("X-Should-Retry", "false")
		}
		return resp, err
	}
}

func TestAnUnknownAPIIsRefused(t *testing.T) {
	_, err := llm.New(llm.Config{APIKey: chat.NewToken(testKey), API: "soap"})
	if want := `the API of the model provider must be auto, responses or chat, not "soap"`; fmt.Sprint(err) != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

// What a model refuses by Chat Completions is left out or put in another way, and
// not sent to that model again.
func TestRefusedParametersOfCompletions(t *testing.T) {
	thread := func() []chat.Message {
		call := chat.ToolPart{CallID: "call_abcdefghijk", Step: 1, Tool: chat.ToolRef{Name: "f"}, Output: &chat.ToolResult{Text: "1"}}
		think := chat.ReasoningPart{ID: "1.1", Step: 1, Text: "so"}
		native := chat.Native{Provider: "Acme", Model: "m", PartID: "1.1", Raw: []byte(`{"type":"chat.reasoning","field":"reasoning_content","text":"so"}`)}
		return []chat.Message{question("hello")[0], answer(chat.Parts{think, call}, native)}
	}
	tests := []struct {
		name, body string
		status     int
		sent       string // in the first request
		not        string // in the others
		instead    string
	}{
		{name: "usage, as Mistral's server refuses it", status: 422, sent: `"stream_options"`, not: `"stream_options"`,
			body: `{"object":"error","message":{"detail":[{"type":"extra_forbidden","loc":["body","stream_options"],"msg":"Extra inputs are not permitted"}]}}`},
		{name: "usage, by its parameter", status: 400, sent: `"stream_options"`, not: `"stream_options"`, body: `{"error":{"param":"stream_options","message":"no"}}`},
		{name: "a model without a system role", status: 400, sent: `"role":"system"`, not: `"role":"system"`, instead: `{"role":"user","content":"Be brief.\n\nhello"}`,
			body: `{"error":{"message":"System role not supported"}}`},
		{name: "ids of calls as Mistral's models want them", status: 400, sent: `"call_abcdefghijk"`, not: `"call_abcdefghijk"`, instead: `"tool_call_id":"`,
			body: `{"object":"error","message":"Tool call id was call_abcdefghijk but must be a-z, A-Z, 0-9, with a length of 9."}`},
		{name: "reasoning that the server does not want back", status: 400, sent: `"reasoning_content":"so"`, not: `"reasoning_content"`,
			body: `{"error":{"message":"Unsupported field.","param":"messages[2].reasoning_content"}}`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var bodies []string
			c := clientOver(t, func() transport {
				return func(r *http.Request) (*http.Response, error) {
					bodies = append(bodies, bodyOf(t, r))
					if len(bodies) == 1 {
						return says(tt.status, tt.body)(r)
					}
					return streams(delta(`{"content":"hello"}`), finish("stop"))(r)
				}
			}(), func(cfg *llm.Config) {
				cfg.BaseURL, cfg.Provider, cfg.API = "http://acme.example/v1", "Acme", llm.APIChat
			})
			for range 2 {
				if _, err := ask(t.Context(), c, chat.Prompt{Model: "m", Path: thread(), Instructions: "Be brief."}); err != nil {
					t.Fatal(err)
				}
			}
			if len(bodies) != 3 || !strings.Contains(bodies[0], tt.sent) {
				t.Fatalf("got %d requests, the first is %s", len(bodies), bodies[0])
			}
			for _, body := range bodies[1:] {
				if strings.Contains(body, tt.not) || !strings.Contains(body, tt.instead) {
					t.Errorf("asked again with %s", body)
				}
			}
		})
	}
}

// A provider that has Chat Completions alone needs no setting.
func TestAServerWithCompletionsAlone(t *testing.T) {
	fake := llmtest.NewServerWith(t, llmtest.Config{API: "chat"})
	c := newClient(t, fake)
	var got []string
	for range 2 {
		if _, err := ask(t.Context(), c, chat.Prompt{Model: "gpt-6.1-sol", Path: question("hello")}); err != nil {
			t.Fatal(err)
		}
	}
	for _, r := range fake.Requests() {
		got = append(got, r.Path)
	}
	if diff := cmp.Diff([]string{"/v1/responses", "/v1/chat/completions", "/v1/chat/completions"}, got); diff != "" {
		t.Errorf("requests (-want +got):\n%s", diff)
	}
}
