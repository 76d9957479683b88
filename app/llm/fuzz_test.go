package llm_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/llm"
	"github.com/pomerium/pomchat/app/llm/llmtest"
)

// Whatever a server streams, a reply has one end: a ReplyDone as the last chunk,
// or an error of a known kind. Ids of calls are never empty, and no call is ready
// twice.
func FuzzReply(f *testing.F) {
	bodies := map[llm.API]struct{ path, rest string }{
		llm.APIResponses: {"/v1/responses", `"input":[{"role":"user","content":"Hi"}]`}, llm.APIChat: {"/v1/chat/completions", `"messages":[{"role":"user","content":"x"}]`},
	}
	for api, names := range apis() {
		for _, name := range names {
			if name == "reset" {
				continue
			}
			w := httptest.NewRecorder()
			r := httptest.NewRequest(http.MethodPost, bodies[api].path, strings.NewReader(`{"model":"fake-`+name+`","stream":true,"tools":[{"type":"web_search"},{"type":"code_interpreter"}],`+bodies[api].rest+`}`))
			r.Header.Set("Authorization", "Bearer "+testKey)
			llmtest.NewHandler(llmtest.Config{}).ServeHTTP(w, r)
			f.Add(w.Body.String())
		}
	}
	f.Add(delta(`{"tool_calls":[{"function":{"arguments":"x"}},{"index":"x","id":7,"function":{"name":["f"]}}],"content":[{"thinking":[[]]}]}`))
	f.Add("data: {\"type\":\"response.completed\"}\n\n")
	f.Add("data: {\"type\":\"response.output_item.done\",\"item\":null}\n\ndata: {\"type\":\"response.incomplete\"}\n\n")
	f.Fuzz(func(t *testing.T, stream string) {
		for _, api := range []llm.API{llm.APIResponses, llm.APIChat} {
			fuzzOne(t, api, stream)
		}
	})
}

func fuzzOne(t *testing.T, api llm.API, stream string) {
	c, err := llm.New(llm.Config{API: api, BaseURL: "http://acme.example/v1", HTTPClient: &http.Client{Transport: transport(func(r *http.Request) (*http.Response, error) {
		return &http.Response{
			StatusCode: http.StatusOK, Request: r, Header: http.Header{"Content-Type": {"text/event-stream"}},
			Body: io.NopCloser(strings.NewReader(stream)),
		}, nil
	})}})
	if err != nil {
		t.Fatal(err)
	}
	chunks, err := ask(t.Context(), c, chat.Prompt{Model: "m", Path: question("hello")})
	done := 0
	ready := map[string]bool{}
	for i, chunk := range chunks {
		switch chunk := chunk.(type) {
		case chat.ReplyDone:
			done++
			if i != len(chunks)-1 {
				t.Error("chunks follow a ReplyDone")
			}
		case chat.CallReady:
			if chunk.CallID == "" || ready[chunk.CallID] {
				t.Errorf("call %q is ready twice, or has no id", chunk.CallID)
			}
			ready[chunk.CallID] = true
		}
	}
	if (err == nil) != (done == 1) {
		t.Errorf("%d ends and error %v", done, err)
	}
	if err != nil && chat.KindOf(err) == chat.KindInternal {
		t.Errorf("an error without a kind: %v", err)
	}
}
