package llm_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/llm/llmtest"
)

// A program ran in a container that is gone twenty minutes later, and then the provider
// refuses the program with it: the thread goes on without what it was, the rest is
// replayed, and no other request is in vain.
func TestAThreadOutlivesTheContainersOfItsPrograms(t *testing.T) {
	fake := llmtest.NewServer(t)
	c := newClient(t, fake, withHosted)
	hosted := []chat.HostedTool{chat.CodeInterpreter}
	say := func(path []chat.Message) []chat.Message {
		t.Helper()
		chunks, err := ask(t.Context(), c, chat.Prompt{Model: "gpt-6.1-sol", Path: path, Hosted: hosted})
		if err != nil {
			t.Fatal(err)
		}
		return addReply(path, "Acme", "gpt-6.1-sol", 1, chunks)
	}
	path := say(question("fake:reasoning"))
	path = say(append(path, question("fake:python")...))
	fake.ExpireContainers()
	for _, tt := range []struct {
		name     string
		asked    string
		requests int // with those before
	}{
		{"the refusal is found out", "fake:text one", 4},
		{"and remembered", "fake:python", 5},
		{"a container that lives is replayed", "fake:text two", 6},
	} {
		path = say(append(path, question(tt.asked)...))
		requests := fake.Requests()
		posts := 0
		for _, r := range requests {
			if r.Method == "POST" {
				posts++
			}
		}
		if posts != tt.requests {
			t.Errorf("%s: %d requests, want %d", tt.name, posts, tt.requests)
		}
	}
	requests := fake.Requests()
	last := string(requests[len(requests)-1].Body)
	for part, want := range map[string]int{`"type":"reasoning"`: 1, `"type":"code_interpreter_call"`: 1, "Here is what I made": 2} {
		if got := strings.Count(last, part); got != want {
			t.Errorf("%s is %d times in the last request, want %d", part, got, want)
		}
	}
}

// What the providers say of a container that is gone. That of the answer which is being
// written has just been used, and is not meant.
func TestRefusalsOfContainers(t *testing.T) {
	for _, said := range []string{"Container is expired.", "Expected container_id: cntr_1", "Container with id 'cntr_1' not found."} {
		t.Run(said, func(t *testing.T) {
			asked, last := 0, ""
			c := clientOver(t, transport(func(r *http.Request) (*http.Response, error) {
				asked, last = asked+1, bodyOf(t, r)
				if strings.Contains(last, "cntr_1") {
					return says(http.StatusBadRequest, fmt.Sprintf(`{"error":{"message":%q,"type":"invalid_request_error","param":null,"code":null}}`, said))(r)
				}
				return streams(message(`{"type":"output_text","text":"Two."}`), completed)(r)
			}))
			path := question("hello")
			path[1].Native = []chat.Native{{Provider: "OpenAI", Model: "gpt-6.1-sol", PartID: "ci_1", Raw: []byte(`{"id":"ci_1","type":"code_interpreter_call","container_id":"cntr_1","code":"1","status":"completed","outputs":[]}`)}}
			path[1].Parts = chat.Parts{chat.TextPart{ID: "1", Step: 1, Text: "One."}}
			path = append(path, question("fake:text")...)
			path[3].Native = []chat.Native{{Provider: "OpenAI", Model: "gpt-6.1-sol", PartID: "ci_2", Raw: []byte(strings.ReplaceAll(string(path[1].Native[0].Raw), "_1", "_2"))}}
			path[3].Parts = chat.Parts{chat.ToolPart{CallID: "ci_2", Step: 1, Hosted: true, Tool: chat.ToolRef{Name: "code_interpreter"}, State: chat.CallReturned}}
			if _, err := ask(t.Context(), c, chat.Prompt{Model: "gpt-6.1-sol", Path: path}); err != nil || asked != 2 || !strings.Contains(last, "cntr_2") {
				t.Errorf("asked %d times, in the end with %s: %v", asked, last, err)
			}
		})
	}
}
