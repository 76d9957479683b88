package llm_test

import (
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/llm"
	"github.com/pomerium/pomchat/app/llm/llmtest"
)

// streams answers every request with an event stream, one event a line.
func streams(events ...string) transport {
	var body strings.Builder
	for _, e := range events {
		body.WriteString("data: " + e + "\n\n")
	}
	return func(r *http.Request) (*http.Response, error) {
		return &http.Response{
			StatusCode: http.StatusOK, Request: r, Header: http.Header{"Content-Type": {"text/event-stream"}, "X-Request-Id": {"req_7"}},
			Body: io.NopCloser(strings.NewReader(body.String())),
		}, nil
	}
}

// delta is a chunk of Chat Completions.
func delta(fields string) string {
	return `{"id":"c","object":"chat.completion.chunk","choices":[{"index":0,"delta":` + fields + `,"finish_reason":null}]}`
}

func finish(reason string) string {
	return `{"choices":[{"index":0,"delta":{},"finish_reason":"` + reason + `"}]}`
}

// over returns what a client of a compatible server says to a stream, when the provider may
// run these tools.
func over(t *testing.T, api llm.API, carry transport, hosted ...chat.HostedTool) ([]chat.Chunk, error) {
	t.Helper()
	c := clientOver(t, carry, func(cfg *llm.Config) { cfg.BaseURL, cfg.Provider, cfg.API = "http://acme.example/v1", "Acme", api })
	return ask(t.Context(), c, chat.Prompt{Model: "m", Path: question("hello"), Hosted: hosted})
}

type madeCall struct{ Name, Arguments string }

// Whatever tells the pieces of calls apart may be missing or wrong. The SDK's own
// accumulator fails most of these.
func TestCallsArePutTogether(t *testing.T) {
	calls := func(pieces ...string) []string {
		out := make([]string, 0, len(pieces)+2)
		for _, p := range pieces {
			out = append(out, delta(`{"tool_calls":[`+p+`]}`))
		}
		return append(out, finish("tool_calls"), "[DONE]")
	}
	both := []madeCall{{"f", `{"x":1}`}, {"g", `{"y":2}`}}
	tests := []struct {
		name   string
		events []string
		want   []madeCall
	}{
		{name: "as OpenAI sends them", want: both, events: calls(
			`{"index":0,"id":"a","type":"function","function":{"name":"f","arguments":""}}`, `{"index":0,"function":{"arguments":"{\"x\""}}`, `{"index":0,"function":{"arguments":":1}"}}`,
			`{"index":1,"id":"b","type":"function","function":{"name":"g","arguments":""}}`, `{"index":1,"function":{"arguments":"{\"y\":2}"}}`)},
		{name: "interleaved", want: both, events: calls(
			`{"index":0,"id":"a","function":{"name":"f","arguments":""}}`, `{"index":1,"id":"b","function":{"name":"g","arguments":""}}`,
			`{"index":0,"function":{"arguments":"{\"x\""}}`, `{"index":1,"function":{"arguments":"{\"y\""}}`, `{"index":0,"function":{"arguments":":1}"}}`, `{"index":1,"function":{"arguments":":2}"}}`)},
		{name: "two in one chunk", want: both, events: calls(
			`{"id":"a","function":{"name":"f","arguments":"{\"x\":1}"}},{"id":"b","function":{"name":"g","arguments":"{\"y\":2}"}}`)},
		{name: "the index is missing", want: both, events: calls(
			`{"id":"a","function":{"name":"f","arguments":"{\"x\""}}`, `{"function":{"arguments":":1}"}}`,
			`{"id":"b","function":{"name":"g","arguments":"{\"y\""}}`, `{"id":"b","function":{"arguments":":2}"}}`)},
		{name: "the index is 0 for all", want: both, events: calls(
			`{"index":0,"id":"a","function":{"name":"f","arguments":"{\"x\":1}"}}`, `{"index":0,"id":"b","function":{"name":"g","arguments":"{\"y\":2}"}}`)},
		{name: "the index is null", want: both, events: calls(
			`{"index":null,"id":"a","function":{"name":"f","arguments":"{\"x\":1}"}}`, `{"index":null,"id":"b","function":{"name":"g","arguments":"{\"y\":2}"}}`)},
		{name: "the index is text", want: both, events: calls(
			`{"index":"0","id":"a","function":{"name":"f","arguments":"{\"x\""}}`, `{"index":"1","id":"b","function":{"name":"g","arguments":"{\"y\":2}"}}`, `{"index":"0","function":{"arguments":":1}"}}`)},
		{name: "the ids are empty", want: both, events: calls(
			`{"index":0,"id":"","function":{"name":"f","arguments":"{\"x\":1}"}}`, `{"index":1,"id":"","function":{"name":"g","arguments":"{\"y\":2}"}}`)},
		{name: "index 0 for all, and the ids are empty", want: both, events: calls(
			`{"index":0,"id":"","function":{"name":"f","arguments":"{\"x\":1}"}}`, `{"index":0,"id":"","function":{"name":"g","arguments":"{\"y\":2}"}}`)},
		{name: "one function twice, index 0 and no ids", want: []madeCall{{"f", `{"x":1}`}, {"f", `{"x":2}`}}, events: calls(
			`{"index":0,"function":{"name":"f","arguments":"{\"x\":1}"}}`, `{"index":0,"function":{"name":"f","arguments":"{\"x\":2}"}}`)},
		{name: "one function twice without arguments, index 0 for both", want: []madeCall{{"f", ""}, {"f", ""}}, events: calls(
			`{"index":0,"id":"a","function":{"name":"f","arguments":""}}`, `{"index":0,"id":"b","function":{"name":"f","arguments":""}}`)},
		{name: "one id for all", want: both, events: calls(
			`{"index":0,"id":"a","function":{"name":"f","arguments":"{\"x\":1}"}}`, `{"index":1,"id":"a","function":{"name":"g","arguments":"{\"y\":2}"}}`)},
		{name: "another id with each piece", want: both[:1], events: calls(
			`{"index":0,"id":"a1","function":{"name":"f","arguments":""}}`, `{"index":0,"id":"a2","function":{"arguments":"{\"x\":"}}`, `{"index":0,"id":"a3","function":{"arguments":"1}"}}`)},
		{name: "the name with each piece", want: both[:1], events: calls(
			`{"index":0,"id":"a","function":{"name":"f","arguments":"{\"x\":"}}`, `{"index":0,"id":"a","function":{"name":"f","arguments":"1}"}}`, `{"index":0,"id":"a","function":{"name":"f","arguments":""}}`)},
		{name: "the arguments before the name", want: both[:1], events: calls(
			`{"index":0,"id":"a","function":{"arguments":"{\"x\":"}}`, `{"index":0,"function":{"name":"f","arguments":"1}"}}`)},
		{name: "arguments that are an object", want: both, events: calls(
			`{"index":0,"id":"a","function":{"name":"f","arguments":{"x":1}}}`, `{"index":0,"id":"b","function":{"name":"g","arguments":{"y":2}}}`)},
		{name: "no arguments", want: []madeCall{{"f", ""}, {"g", ""}, {"h", ""}}, events: calls(
			`{"index":0,"id":"a","function":{"name":"f","arguments":""}}`, `{"index":1,"id":"b","function":{"name":"g"}}`, `{"index":2,"id":"c","function":{"name":"h","arguments":null}}`)},
		{name: "a call without a name is nobody's", want: both[:1], events: calls(
			`{"index":0,"id":"a","function":{"name":"f","arguments":"{\"x\":1}"}}`, `{"index":1,"id":"b","function":{"arguments":"{}"}}`)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			chunks, err := over(t, llm.APIChat, streams(tt.events...))
			if err != nil {
				t.Fatal(err)
			}
			var got []madeCall
			streamed := map[string]string{}
			for _, chunk := range chunks {
				switch chunk := chunk.(type) {
				case chat.CallDelta:
					streamed[chunk.CallID] += chunk.Delta
				case chat.CallReady:
					got = append(got, madeCall{chunk.Name, chunk.Arguments})
					if streamed[chunk.CallID] != chunk.Arguments {
						t.Errorf("%s: streamed %q, ready with %q", chunk.Name, streamed[chunk.CallID], chunk.Arguments)
					}
				case chat.ReplyDone:
					if chunk.Reason != "tool-calls" {
						t.Errorf("ended with %q", chunk.Reason)
					}
				}
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("calls (-want +got):\n%s", diff)
			}
		})
	}
}

// Tags are found wherever the stream is cut.
func TestThoughtsInTags(t *testing.T) {
	tests := []struct{ name, text, thought, answer string }{
		{name: "tags", text: "<think>\nA < B?\n</think>\n\nYes.", thought: "A < B?\n", answer: "Yes."},
		{name: "space before the tag", text: "\n<think>so</think>Yes.", thought: "so", answer: "Yes."},
		{name: "no tags", text: "Yes, 1 <2.", answer: "Yes, 1 <2."},
		{name: "a tag in the middle is text", text: "Write <think> and </think>.", answer: "Write <think> and </think>."},
		{name: "another tag", text: "<thing>x</thing>", answer: "<thing>x</thing>"},
		{name: "half a tag", text: "<thi", answer: "<thi"},
		{name: "the thought does not end", text: "<think>and so on </thi", thought: "and so on </thi"},
		{name: "nothing was thought", text: "<think>\n\n</think>\n\nYes.", answer: "Yes."},
		{name: "nothing follows", text: "<think>so</think>", thought: "so"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for size := 1; size <= len(tt.text); size++ {
				var events []string
				for rest := tt.text; rest != ""; rest = rest[min(size, len(rest)):] {
					text, err := json.Marshal(rest[:min(size, len(rest))])
					if err != nil {
						t.Fatal(err)
					}
					events = append(events, delta(`{"content":`+string(text)+`}`))
				}
				chunks, err := over(t, llm.APIChat, streams(append(events, finish("stop"))...))
				if err != nil {
					t.Fatal(err)
				}
				var thought, answer string
				for _, chunk := range chunks {
					switch chunk := chunk.(type) {
					case chat.ReasoningChunk:
						thought += chunk.Delta
					case chat.TextChunk:
						answer += chunk.Delta
					}
				}
				if thought != tt.thought || answer != tt.answer {
					t.Errorf("in pieces of %d: thought %q, answer %q", size, thought, answer)
				}
			}
		})
	}
}

// A server that neither closes the stream nor says [DONE] keeps nobody waiting; and
// usage that comes late is still told.
func TestTheEndOfACompletion(t *testing.T) {
	const usage = `{"choices":[],"usage":{"prompt_tokens":3,"completion_tokens":4}}`
	told := &chat.Usage{InputTokens: 3, OutputTokens: 4}
	tests := []struct {
		name   string
		events []string
		hangs  bool
		took   time.Duration
		want   chat.ReplyDone
	}{
		{name: "usage after the end", events: []string{finish("stop"), usage, "[DONE]"}, want: chat.ReplyDone{Reason: "stop", Usage: told}},
		{name: "no [DONE]", events: []string{finish("stop"), usage}, want: chat.ReplyDone{Reason: "stop", Usage: told}},
		{name: "neither [DONE] nor the end of the stream", events: []string{finish("stop"), usage}, hangs: true, took: 3 * time.Second, want: chat.ReplyDone{Reason: "stop", Usage: told}},
		{name: "usage with the end", events: []string{`{"choices":[{"delta":{},"finish_reason":"stop"}],"usage":{"prompt_tokens":3,"completion_tokens":4}}`}, want: chat.ReplyDone{Reason: "stop", Usage: told}},
		{name: "no usage", events: []string{finish("stop")}, want: chat.ReplyDone{Reason: "stop"}},
		{name: "usage that is empty", events: []string{finish("stop"), `{"choices":[],"usage":{}}`}, want: chat.ReplyDone{Reason: "stop"}},
		{name: "DeepSeek's cache", events: []string{finish("stop"), `{"choices":[],"usage":{"prompt_tokens":3,"completion_tokens":4,"prompt_cache_hit_tokens":2}}`}, want: chat.ReplyDone{Reason: "stop", Usage: &chat.Usage{InputTokens: 3, CachedTokens: 2, OutputTokens: 4}}},
		{name: "every chunk says that it is the last", events: []string{finish("stop"), finish("length")}, want: chat.ReplyDone{Reason: "length"}},
		{name: "an unknown reason", events: []string{finish("eos")}, want: chat.ReplyDone{Reason: "stop"}},
		{name: "[DONE] alone", events: []string{delta(`{"content":"x"}`), "[DONE]"}, want: chat.ReplyDone{Reason: "stop"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				began := time.Now()
				chunks, err := over(t, llm.APIChat, func(r *http.Request) (*http.Response, error) {
					resp, err := streams(tt.events...)(r)
					if tt.hangs {
						resp.Body = hanging{resp.Body, r}
					}
					return resp, err
				})
				if err != nil || len(chunks) == 0 {
					t.Fatalf("got %v and error %v", chunks, err)
				}
				if diff := cmp.Diff(chat.Chunk(tt.want), chunks[len(chunks)-1]); diff != "" {
					t.Errorf("end (-want +got):\n%s", diff)
				}
				if took := time.Since(began); took != tt.took {
					t.Errorf("took %s, want %s", took, tt.took)
				}
			})
		})
	}
}

// hanging is a body that does not end until its request does.
type hanging struct {
	io.ReadCloser
	r *http.Request
}

func (h hanging) Read(p []byte) (int, error) {
	n, err := h.ReadCloser.Read(p)
	if err == io.EOF && n == 0 {
		<-h.r.Context().Done()
		return 0, h.r.Context().Err()
	}
	return n, nil
}

// A loop by Chat Completions: the fake refuses the second request unless each call
// has its result, and reasoning goes back in the turn that it belongs to alone.
func TestCompletionLoop(t *testing.T) {
	fake := llmtest.NewServer(t)
	c := newClient(t, fake, by(llm.APIChat))
	path := question("What were our sales by year?")
	for step := 1; step <= 2; step++ {
		chunks, err := ask(t.Context(), c, chat.Prompt{Model: "gpt-6.1-sol", Path: path, Tools: readQuery(), Instructions: "Be brief."})
		if err != nil {
			t.Fatalf("step %d: %v", step, err)
		}
		path = answerCalls(addReply(path, "Acme", "gpt-6.1-sol", step, chunks), "3 rows\nYear | Sales\n1996 | 208083.97")
	}
	path = append(path, question("fake:text And now?")...)
	if _, err := ask(t.Context(), c, chat.Prompt{Model: "gpt-6.1-sol", Path: path, Tools: readQuery(), Instructions: "Be brief."}); err != nil {
		t.Fatal(err)
	}
	for i, r := range fake.Requests() {
		golden(t, "loop/completion"+string(rune('1'+i))+".json", indent(t, r.Body))
	}
}
