package llm_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/llm"
	"github.com/pomerium/pomchat/app/llm/llmtest"
)

// by fixes the API that a client uses.
func by(api llm.API) func(*llm.Config) {
	return func(cfg *llm.Config) { cfg.API = api }
}

// withHosted makes a compatible server one that runs tools itself.
func withHosted(cfg *llm.Config) {
	cfg.Hosted = []chat.HostedTool{chat.WebSearch, chat.CodeInterpreter, llm.RemoteMCP}
}

// apis lists the APIs, and the scenarios of the fake that end by themselves: the
// others end when the client leaves (see TestLeaving, TestSilence).
func apis() map[llm.API][]string {
	lists := map[llm.API][]string{llm.APIResponses: llmtest.Scenarios(), llm.APIChat: llmtest.ChatScenarios()}
	for api, names := range lists {
		lists[api] = slices.DeleteFunc(names, func(name string) bool { return name == "slow" || name == "silent" || name == "hanging" })
	}
	return lists
}

// Every scenario has a golden transcript: what is emitted, what the person is told,
// what the log gets.
func TestReply(t *testing.T) {
	rest := map[string]string{"call": " northwind__read_query {\"query\": \"SELECT 1\"}\nnothing_like_it"}
	folder := map[llm.API]string{llm.APIResponses: "replies/", llm.APIChat: "completions/"}
	for api, names := range apis() {
		for _, name := range names {
			t.Run(string(api)+"/"+name, func(t *testing.T) {
				c := newClient(t, llmtest.NewServer(t), by(api), withHosted)
				chunks, err := ask(t.Context(), c, chat.Prompt{
					Model: "gpt-6.1-sol", Path: question("fake:" + name + rest[name]), Tools: readQuery(),
					Hosted: []chat.HostedTool{chat.WebSearch, chat.CodeInterpreter},
				})
				golden(t, folder[api]+name+".txt", transcript(chunks, err))
			})
		}
	}
}

func TestReplyEndsOnce(t *testing.T) {
	for api, names := range apis() {
		for _, name := range names {
			t.Run(string(api)+"/"+name, func(t *testing.T) {
				c := newClient(t, llmtest.NewServer(t), by(api))
				chunks, err := ask(t.Context(), c, chat.Prompt{Model: "gpt-6.1-sol", Path: question("fake:" + name)})
				ends := 0
				for i, chunk := range chunks {
					if _, ok := chunk.(chat.ReplyDone); ok {
						ends++
						if i != len(chunks)-1 {
							t.Errorf("chunk %d of %d is a ReplyDone", i, len(chunks))
						}
					}
				}
				if err != nil {
					ends++
					if chat.KindOf(err) == chat.KindInternal {
						t.Errorf("the error has no kind: %v", err)
					}
				}
				if ends != 1 {
					t.Errorf("the reply ended %d times: %v", ends, err)
				}
			})
		}
	}
}

// A question, a call, its result, an answer, and another question after it: the
// fake refuses the second and third request unless what it wrote is replayed to
// the byte and each call has its output.
func TestToolLoop(t *testing.T) {
	fake := llmtest.NewServer(t)
	c := newClient(t, fake, asOpenAI(t, fake))
	path := question("What were our sales by year?")
	say := func(step int) []chat.Chunk {
		t.Helper()
		chunks, err := ask(t.Context(), c, chat.Prompt{Model: "gpt-6.1-sol", Path: path, Tools: readQuery(), User: "pseudonym"})
		if err != nil {
			t.Fatalf("step %d: %v", step, err)
		}
		path = addReply(path, "OpenAI", "gpt-6.1-sol", step, chunks)
		return chunks
	}
	first := transcript(say(1), nil)
	path = answerCalls(path, "3 rows\nYear | Sales\n1996 | 208083.97\n1997 | 617085.2\n1998 | 440623.87")
	second := transcript(say(2), nil)
	path = append(path, question("fake:text And now?")...)
	third := transcript(say(1), nil)
	golden(t, "loop/chunks.txt", first+"--\n"+second+"--\n"+third)
	for i, r := range fake.Requests() {
		golden(t, "loop/request"+string(rune('1'+i))+".json", indent(t, r.Body))
	}
}

func TestRetries(t *testing.T) {
	tests := []struct {
		name, scenario string
		want           int // requests
	}{
		{name: "a busy provider is asked again", scenario: "once-busy", want: 2},
		{name: "trouble is asked again, once", scenario: "bad-gateway", want: 2},
		{name: "no budget is left, so nobody asks again", scenario: "quota", want: 1},
		{name: "a person does not wait for long", scenario: "rate-limit", want: 1},
		{name: "a refusal stands", scenario: "unauthorized", want: 1},
		{name: "nothing is repeated once it has begun", scenario: "reset", want: 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			fake := llmtest.NewServer(t)
			_, _ = ask(t.Context(), newClient(t, fake), chat.Prompt{Model: "gpt-6.1-sol", Path: question("fake:" + tt.scenario)})
			if got := len(fake.Requests()); got != tt.want {
				t.Errorf("got %d requests, want %d", got, tt.want)
			}
		})
	}
}

// What a model refuses is left out, one thing after the other, and not sent to
// that model again; another model still gets it.
func TestRefusedParameters(t *testing.T) {
	fake := llmtest.NewServer(t)
	c := newClient(t, fake, asOpenAI(t, fake))
	var counts []int
	for _, model := range []string{"gpt-6.1-sol", "gpt-6.1-sol", "gpt-6.1-terra"} {
		before := len(fake.Requests())
		chunks, err := ask(t.Context(), c, chat.Prompt{Model: model, Path: question("fake:picky")})
		if err != nil {
			t.Fatalf("%s: %v", model, err)
		}
		if last, ok := chunks[len(chunks)-1].(chat.ReplyDone); !ok || last.Reason != "stop" {
			t.Errorf("%s ended with %+v", model, chunks[len(chunks)-1])
		}
		counts = append(counts, len(fake.Requests())-before)
	}
	if want := [3]int{3, 1, 3}; [3]int(counts) != want {
		t.Errorf("got %v requests, want %v", counts, want)
	}
}

func TestLeaving(t *testing.T) {
	tests := []struct {
		name  string
		leave func(c *llm.Client, p chat.Prompt) error
		want  error
	}{
		{
			name: "the end of ctx reaches the provider, and is the error",
			leave: func(c *llm.Client, p chat.Prompt) error {
				ctx, cancel := context.WithCancel(context.Background())
				defer cancel()
				var last error
				for _, err := range c.Reply(ctx, p) {
					cancel()
					last = err
				}
				return last
			},
			want: context.Canceled,
		},
		{
			name: "leaving the loop reaches the provider, and is no error",
			leave: func(c *llm.Client, p chat.Prompt) error {
				for _, err := range c.Reply(context.Background(), p) {
					return err
				}
				return errors.New("nothing came")
			},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			fake := llmtest.NewServer(t)
			err := tt.leave(newClient(t, fake), chat.Prompt{Model: "gpt-6.1-sol", Path: question("fake:slow")})
			if !errors.Is(err, tt.want) {
				t.Errorf("got error %v, want %v", err, tt.want)
			}
			<-fake.Hangups()
		})
	}
}

func TestCancelledBeforeTheStart(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	fake := llmtest.NewServer(t)
	_, err := ask(ctx, newClient(t, fake), chat.Prompt{Model: "gpt-6.1-sol", Path: question("hello")})
	if !errors.Is(err, context.Canceled) || len(fake.Requests()) != 0 {
		t.Errorf("got error %v and %d requests", err, len(fake.Requests()))
	}
}

// A server that sends its callers elsewhere gets neither the key nor the prompt
// carried there.
func TestRedirectsCarryNothingAway(t *testing.T) {
	elsewhere := llmtest.NewServer(t)
	here := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, strings.TrimSuffix(elsewhere.BaseURL, "/v1")+r.URL.Path, http.StatusTemporaryRedirect)
	}))
	defer here.Close()
	c := newClient(t, elsewhere, func(cfg *llm.Config) { cfg.BaseURL = here.URL + "/v1" })
	if _, err := ask(t.Context(), c, chat.Prompt{Model: "gpt-6.1-sol", Path: question("hello")}); chat.KindOf(err) != chat.KindProviderDown {
		t.Errorf("got %v", err)
	}
	if _, err := c.Models(t.Context()); err != nil {
		t.Errorf("Models: %v", err)
	}
	if got := len(elsewhere.Requests()); got != 0 {
		t.Errorf("%d requests were carried elsewhere", got)
	}
}
