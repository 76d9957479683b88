package llm_test

import (
	"encoding/json"
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/llm"
	"github.com/pomerium/pomchat/app/llm/llmtest"
)

// lengths is what a request says of the length of its reply.
func lengths(t *testing.T, body []byte) map[string]any {
	t.Helper()
	var members map[string]any
	if err := json.Unmarshal(body, &members); err != nil {
		t.Fatal(err)
	}
	out := map[string]any{}
	for _, name := range []string{"max_output_tokens", "max_completion_tokens", "max_tokens"} {
		if v, ok := members[name]; ok {
			out[name] = v
		}
	}
	return out
}

func TestTheLengthOfAReplyIsLimitedWhereItIsAskedFor(t *testing.T) {
	for _, tt := range []struct {
		name string
		api  llm.API
		most int64
		want map[string]any
	}{
		{"by Responses", llm.APIResponses, 99, map[string]any{"max_output_tokens": 99.0}},
		{"by Chat Completions of a compatible server", llm.APIChat, 99, map[string]any{"max_tokens": 99.0}},
		{"without a limit", llm.APIResponses, 0, map[string]any{}},
		{"without a limit by Chat Completions", llm.APIChat, 0, map[string]any{}},
	} {
		fake := llmtest.NewServer(t)
		if _, err := ask(t.Context(), newClient(t, fake, by(tt.api)), chat.Prompt{Model: "gpt-6.1-sol", Path: question("fake:text"), MaxOutput: tt.most}); err != nil {
			t.Fatalf("%s: %v", tt.name, err)
		}
		if diff := cmp.Diff(tt.want, lengths(t, fake.Requests()[0].Body)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
}

// A model that cannot write as much as it may is asked without a limit.
func TestALimitThatAModelRefusesIsLeftOut(t *testing.T) {
	for _, tt := range []struct {
		api     llm.API
		refusal string
	}{
		{llm.APIResponses, `{"error":{"message":"Invalid value.","param":"max_output_tokens"}}`},
		{llm.APIChat, `{"error":{"message":"max_tokens is too large: 4000. This model supports at most 2048 completion tokens."}}`},
		{llm.APIChat, `{"error":{"message":"Unsupported parameter: 'max_tokens' is not supported with this model."}}`},
	} {
		var told []map[string]any
		client := clientOver(t, transport(func(r *http.Request) (*http.Response, error) {
			told = append(told, lengths(t, []byte(bodyOf(t, r))))
			return says(400, tt.refusal)(r)
		}), by(tt.api))
		_, _ = ask(t.Context(), client, chat.Prompt{Model: "gpt-6.1-sol", Path: question("fake:text"), MaxOutput: 4000})
		if len(told) != 2 || len(told[0]) != 1 || len(told[1]) != 0 {
			t.Errorf("%s: told %v", tt.refusal, told)
		}
	}
}
