package llm_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/llm"
	"github.com/pomerium/pomchat/app/llm/llmtest"
)

// Wherever a reply is cut off, by a stop or by a crash, and whichever model goes
// on: the thread as it then stands is accepted, by either API, with another question
// as with the wish that it goes on.
func TestEveryPrefixIsAValidRequest(t *testing.T) {
	fake := llmtest.NewServer(t) // one, for it knows what it has written
	clients := map[llm.API]*llm.Client{}
	for _, api := range []llm.API{llm.APIResponses, llm.APIChat} {
		clients[api] = newClient(t, fake, by(api))
	}
	for api, first := range clients {
		for name, thread := range cutThreads(t, first) {
			for _, model := range []string{"gpt-6.1-sol", "gpt-6.1-terra"} {
				for next, c := range clients {
					asked := append(thread[:len(thread):len(thread)], question("fake:text go on")...)
					if _, err := ask(t.Context(), c, chat.Prompt{Model: model, Path: asked, Tools: readQuery()}); err != nil {
						t.Errorf("%s by %s, then %s by %s: %v", name, api, model, next, err)
					}
					goesOn := append(thread[:len(thread):len(thread)], question("")[1])
					if _, err := ask(t.Context(), c, chat.Prompt{Model: model, Path: goesOn, Tools: readQuery()}); err != nil {
						t.Errorf("%s by %s, then %s by %s goes on: %v", name, api, model, next, err)
					}
				}
			}
		}
	}
}

// cutThreads returns threads that end after each chunk of a reply with calls and of
// the one after it.
func cutThreads(t *testing.T, c *llm.Client) map[string][]chat.Message {
	t.Helper()
	asked := "fake:call northwind__read_query {\"query\": \"SELECT 1\"}\nno such tool {\"query\": \"SELECT 2\"}"
	calls := reply(t, c, question(asked))
	words := reply(t, c, answerCalls(addReply(question(asked), "Acme", "gpt-6.1-sol", 1, calls), "one", "two"))

	threads := map[string][]chat.Message{}
	for n := range calls {
		threads[fmt.Sprintf("%d chunks of the calls", n)] = addReply(question(asked), "Acme", "gpt-6.1-sol", 1, calls[:n])
		threads[fmt.Sprintf("%d chunks of the calls, and one result", n)] = answerCalls(addReply(question(asked), "Acme", "gpt-6.1-sol", 1, calls[:n]), "one")
	}
	for n := range words {
		called := answerCalls(addReply(question(asked), "Acme", "gpt-6.1-sol", 1, calls), "one", "two")
		threads[fmt.Sprintf("%d chunks of the answer", n)] = addReply(called, "Acme", "gpt-6.1-sol", 2, words[:n])
	}
	return threads
}

func reply(t *testing.T, c *llm.Client, path []chat.Message) []chat.Chunk {
	t.Helper()
	chunks, err := ask(t.Context(), c, chat.Prompt{Model: "gpt-6.1-sol", Path: path, Tools: readQuery()})
	if err != nil {
		t.Fatal(err)
	}
	return chunks
}

// A provider that cannot read its own items any more, as after a change of the key's
// organisation, gets the thread in general terms: no thread is lost by that.
func TestItemsThatCannotBeReadAnyMore(t *testing.T) {
	path := question("What were our sales by year?")
	before := llmtest.NewServer(t)
	for step := 1; step <= 2; step++ {
		path = answerCalls(addReply(path, "Acme", "gpt-6.1-sol", step, reply(t, newClient(t, before), path)), "1996 | 1.5")
	}
	after := llmtest.NewServer(t)
	chunks := reply(t, newClient(t, after), append(path, question("fake:text And now?")...))
	if got := textOf(chunks); got != "You said: fake:text And now?" {
		t.Errorf("says %q", got)
	}
	if n := len(after.Requests()); n != 2 {
		t.Errorf("asked %d times", n)
	}
}

// A model of the same name at another provider can read no items of the first: it gets the
// thread in general terms at once, and nothing that it would refuse.
func TestItemsOfAnotherProviderAreNotReplayed(t *testing.T) {
	for _, asked := range []string{"fake:reasoning", "fake:call f {}\ng", "fake:search", "fake:python", "fake:commentary"} {
		first, other := llmtest.NewServer(t), llmtest.NewServer(t)
		path := question(asked)
		chunks, err := ask(t.Context(), newClient(t, first, withHosted), chat.Prompt{
			Model: "gpt-6.1-sol", Path: path, Hosted: []chat.HostedTool{chat.WebSearch, chat.CodeInterpreter},
		})
		if err != nil {
			t.Fatal(err)
		}
		path = answerCalls(addReply(path, "Acme", "gpt-6.1-sol", 1, chunks), "one", "two")
		reply(t, newClient(t, other, by(llm.APIResponses), func(c *llm.Config) { c.Provider = "Another" }), append(path, question("fake:text And now?")...))
		requests := other.Requests()
		body := string(requests[0].Body)
		if len(requests) != 1 || strings.Contains(body, `"id":`) || strings.Contains(body, "encrypted_content") {
			t.Errorf("%s: asked %d times, with %s", asked, len(requests), body)
		}
	}
}

// What reasoning led to is refused without it, and an empty message by itself: a thread
// that holds either goes on, in general terms where need be, and without a request that
// is refused.
func TestWhatCannotBeReplayedIsToldInGeneralTerms(t *testing.T) {
	for _, asked := range []string{"fake:unsealed", "fake:unsealed-call", "fake:incomplete-empty", "fake:refusal"} {
		t.Run(asked, func(t *testing.T) {
			fake := llmtest.NewServer(t)
			c := newClient(t, fake, by(llm.APIResponses))
			path := question(asked)
			path = answerCalls(addReply(path, "Acme", "gpt-6.1-sol", 1, reply(t, c, path)), "one")
			chunks := reply(t, c, append(path, question("fake:text And now?")...))
			if got := textOf(chunks); got != "You said: fake:text And now?" {
				t.Errorf("says %q", got)
			}
			if n := len(fake.Requests()); n != 2 {
				t.Errorf("asked %d times", n)
			}
		})
	}
}

// Whatever else a provider objects to in its own items, the thread is told anew.
func TestItemsThatAreRefusedAreToldAnew(t *testing.T) {
	for name, change := range map[string]func([]chat.Native) []chat.Native{
		"reasoning with a status": func(all []chat.Native) []chat.Native {
			all[0].Raw = json.RawMessage(strings.Replace(string(all[0].Raw), `{`, `{"status":"completed",`, 1))
			return all
		},
		"a call without its reasoning": func(all []chat.Native) []chat.Native { return all[1:] },
	} {
		t.Run(name, func(t *testing.T) {
			fake := llmtest.NewServer(t)
			c := newClient(t, fake, by(llm.APIResponses))
			path := question("fake:call f {}")
			path = answerCalls(addReply(path, "Acme", "gpt-6.1-sol", 1, reply(t, c, path)), "one")
			path[1].Native = change(path[1].Native)
			if got := textOf(reply(t, c, path)); got != "The results:\n\none" {
				t.Errorf("says %q", got)
			}
			if n := len(fake.Requests()); n != 3 {
				t.Errorf("asked %d times, of which one is in vain", n)
			}
		})
	}
}

// A question for approval goes back even without the reasoning that led to it, which servers
// do not all seal: no other item can be given the person's answer.
func TestAnApprovalOutlivesItsReasoning(t *testing.T) {
	yes := true
	path := question("hello")
	path[1].Parts = chat.Parts{chat.ToolPart{
		CallID: "mcpr_1", Step: 1, Tool: chat.ToolRef{Name: "tickets__close", Server: "tickets", Tool: "close"}, Hosted: true, State: chat.CallAnswered,
		Input: json.RawMessage(`{}`), Approval: &chat.Approval{ID: "apr_1", Approved: &yes},
	}}
	for _, raw := range []string{
		`{"id":"rs_1","type":"reasoning","summary":[]}`,
		`{"id":"mcpr_1","type":"mcp_approval_request","server_label":"tickets","name":"close","arguments":"{}"}`,
	} {
		path[1].Native = append(path[1].Native, chat.Native{Provider: "OpenAI", Model: "gpt-6.1-sol", PartID: "mcpr_1", Raw: []byte(raw)})
	}
	path[1].Native[0].PartID = "rs_1"
	var body string
	c := clientOver(t, transport(func(r *http.Request) (*http.Response, error) {
		body = bodyOf(t, r)
		return streams(message(`{"type":"output_text","text":"Closed."}`), completed)(r)
	}))
	server := chat.RemoteServer{ID: "tickets", URL: "https://tickets.example/mcp", Tools: []chat.Tool{{ToolRef: chat.ToolRef{Tool: "close"}}}, Ask: []string{"close"}}
	if _, err := ask(t.Context(), c, chat.Prompt{Model: "gpt-6.1-sol", Path: path, Remote: []chat.RemoteServer{server}}); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(body, "rs_1") || !strings.Contains(body, `"approval_request_id":"mcpr_1"`) || !strings.Contains(body, `"approve":true`) {
		t.Errorf("asked with %s", body)
	}
}
