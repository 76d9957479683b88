package llm_test

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/llm"
	"github.com/pomerium/pomchat/app/llm/llmtest"
)

// Wherever a stream is cut, within an event or between two, orderly or by a reset: the
// reply is an error of the provider's, unless its end had come already.
func TestStreamsThatAreCutAnywhere(t *testing.T) {
	tests := []struct {
		api      llm.API
		scenario string
		complete string // what the stream holds once the reply is complete
	}{
		{llm.APIResponses, "reasoning", `"type":"response.completed"`},
		{llm.APIResponses, "call", `"type":"response.completed"`},
		{llm.APIResponses, "python", `"type":"response.completed"`},
		{llm.APIResponses, "search", `"type":"response.completed"`},
		{llm.APIResponses, "incomplete", `"type":"response.incomplete"`},
		{llm.APIChat, "reasoning", `"finish_reason":"stop"`},
		{llm.APIChat, "call", `"finish_reason":"tool_calls"`},
		{llm.APIChat, "incomplete", `"finish_reason":"length"`},
	}
	for _, tt := range tests {
		t.Run(string(tt.api)+"/"+tt.scenario, func(t *testing.T) {
			whole := recorded(t, tt.api, tt.scenario)
			for _, end := range []error{io.EOF, errors.New("connection reset by peer")} {
				for at := 0; at <= len(whole); at += 1 + len(whole)/400 {
					checkCut(t, tt.api, whole[:at], end, tt.complete)
				}
				for at, rest := 0, whole; ; {
					event, after, found := strings.Cut(rest, "\n\n")
					if !found {
						break
					}
					at, rest = at+len(event)+2, after
					checkCut(t, tt.api, whole[:at], end, tt.complete)
				}
			}
		})
	}
}

// checkCut reads a stream that is cut. When a chunk is whole but the empty line after
// it is missing, the reply may be complete or not.
func checkCut(t *testing.T, api llm.API, body string, end error, complete string) {
	t.Helper()
	chunks, err := over(t, api, func(r *http.Request) (*http.Response, error) {
		resp, err := streams()(r)
		resp.Body = io.NopCloser(io.MultiReader(strings.NewReader(body), iotest.ErrReader(end)))
		return resp, err
	})
	_, ended := last(chunks).(chat.ReplyDone)
	if ended == (err != nil) {
		t.Fatalf("cut at %d: ended %t, and error %v", len(body), ended, err)
	}
	whole := strings.Contains(body[:max(0, strings.LastIndex(body, "\n\n"))], complete)
	if whole && !ended || ended && !strings.Contains(body, complete) {
		t.Errorf("cut at %d of a stream that is complete: %t; ended %t with error %v", len(body), whole, ended, err)
	}
	if kind := chat.KindOf(err); err != nil && kind != chat.KindProtocol && kind != chat.KindProviderDown {
		t.Errorf("cut at %d: %v", len(body), err)
	}
}

func last(chunks []chat.Chunk) chat.Chunk {
	if len(chunks) == 0 {
		return nil
	}
	return chunks[len(chunks)-1]
}

// recorded returns the stream of a scenario.
func recorded(t *testing.T, api llm.API, scenario string) string {
	t.Helper()
	path, rest := "/v1/responses", `"input":[{"role":"user","content":"Hi"}],"include":["code_interpreter_call.outputs"],"tools":[{"type":"web_search"},{"type":"code_interpreter"}]`
	if api == llm.APIChat {
		path, rest = "/v1/chat/completions", `"messages":[{"role":"user","content":"x"}],"stream_options":{"include_usage":true}`
	}
	w := httptest.NewRecorder()
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(`{"model":"fake-`+scenario+`","stream":true,`+rest+`}`))
	r.Header.Set("Authorization", "Bearer "+testKey)
	llmtest.NewHandler(llmtest.Config{}).ServeHTTP(w, r)
	if w.Code != http.StatusOK {
		t.Fatalf("got %s", w.Body)
	}
	return w.Body.String()
}
