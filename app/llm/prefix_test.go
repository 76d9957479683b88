package llm_test

import (
	"fmt"
	"testing"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/llm"
	"github.com/pomerium/pomchat/app/llm/llmtest"
)

// Wherever a reply is cut off, by a stop or by a crash, and whichever model goes
// on: the thread as it then stands is accepted.
func TestEveryPrefixIsAValidRequest(t *testing.T) {
	fake := llmtest.NewServer(t)
	c := newClient(t, fake, asOpenAI(t, fake))
	asked := "fake:call northwind__read_query {\"query\": \"SELECT 1\"}\nnorthwind__read_query {\"query\": \"SELECT 2\"}"
	calls := reply(t, c, question(asked))
	words := reply(t, c, answerCalls(addReply(question(asked), "OpenAI", "gpt-6.1-sol", 1, calls), "one", "two"))

	threads := map[string][]chat.Message{}
	for n := range calls {
		threads[fmt.Sprintf("%d chunks of the calls", n)] = addReply(question(asked), "OpenAI", "gpt-6.1-sol", 1, calls[:n])
		threads[fmt.Sprintf("%d chunks of the calls, and one result", n)] = answerCalls(addReply(question(asked), "OpenAI", "gpt-6.1-sol", 1, calls[:n]), "one")
	}
	for n := range words {
		called := answerCalls(addReply(question(asked), "OpenAI", "gpt-6.1-sol", 1, calls), "one", "two")
		threads[fmt.Sprintf("%d chunks of the answer", n)] = addReply(called, "OpenAI", "gpt-6.1-sol", 2, words[:n])
	}
	for name, thread := range threads {
		for _, model := range []string{"gpt-6.1-sol", "gpt-6.1-terra"} {
			path := append(thread[:len(thread):len(thread)], question("fake:text go on")...)
			if _, err := ask(t.Context(), c, chat.Prompt{Model: model, Path: path, Tools: readQuery()}); err != nil {
				t.Errorf("%s, then %s: %v", name, model, err)
			}
		}
	}
}

func reply(t *testing.T, c *llm.Client, path []chat.Message) []chat.Chunk {
	t.Helper()
	chunks, err := ask(t.Context(), c, chat.Prompt{Model: "gpt-6.1-sol", Path: path, Tools: readQuery()})
	if err != nil {
		t.Fatal(err)
	}
	return chunks
}
