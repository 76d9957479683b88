package llm_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/llm"
	"github.com/pomerium/pomchat/app/llm/llmtest"
)

// A call stands in the history as the model wrote it, so its result says what the person
// made of it.
func TestAModelLearnsThatThePersonChangedACall(t *testing.T) {
	for _, tt := range []struct {
		name  string
		api   llm.API
		model string // that goes on
	}{
		{"replayed", llm.APIResponses, "gpt-6.1-sol"},
		{"retold to another model", llm.APIResponses, "gpt-6.1-terra"},
		{"by Chat Completions", llm.APIChat, "gpt-6.1-sol"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			fake := llmtest.NewServer(t)
			client := newClient(t, fake, by(tt.api))
			asked := question(`fake:call northwind__read_query {"query":"DELETE"}`)
			path := answerCalls(addReply(asked, "Acme", "gpt-6.1-sol", 1, reply(t, client, asked)), "1 row")
			m := &path[len(path)-1]
			i := slices.IndexFunc(m.Parts, func(p chat.Part) bool { _, ok := p.(chat.ToolPart); return ok })
			call := m.Parts[i].(chat.ToolPart)
			call.ModelInput, call.Input = call.Input, json.RawMessage(`{"query":"SELECT"}`)
			m.Parts[i] = call
			if _, err := ask(t.Context(), client, chat.Prompt{Model: tt.model, Path: path, Tools: readQuery()}); err != nil {
				t.Fatal(err)
			}
			requests := fake.Requests()
			body := string(requests[len(requests)-1].Body)
			for _, want := range []string{`"arguments":"{\"query\":\"DELETE\"}"`, `The user changed the arguments of this call to: {\"query\":\"SELECT\"}\n\n1 row`} {
				if !strings.Contains(body, want) {
					t.Errorf("no %s in %s", want, body)
				}
			}
		})
	}
}
