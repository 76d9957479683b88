package llm_test

import (
	"bufio"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/llm"
)

// newAimock starts @copilotkit/aimock, which others wrote after the same API, from
// the folder that POMCHAT_AIMOCK names, and returns its base URL. `make aimock`
// installs it there.
func newAimock(t *testing.T) string {
	t.Helper()
	folder := os.Getenv("POMCHAT_AIMOCK")
	if folder == "" {
		t.Skip("run make aimock")
	}
	cmd := exec.Command("node", filepath.Join(folder, "serve.mjs"))
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = in.Close()
		_ = cmd.Wait()
	})
	address, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatalf("aimock does not say where it is: %v", err)
	}
	return strings.TrimSpace(address) + "/v1"
}

// A second opinion on text, reasoning, calls and refusals by both APIs: our fake and
// our client could share a misunderstanding.
func TestAimock(t *testing.T) {
	base := newAimock(t)
	for _, api := range []llm.API{llm.APIResponses, llm.APIChat} {
		t.Run(string(api), func(t *testing.T) {
			c, err := llm.New(llm.Config{APIKey: chat.NewToken("mock"), BaseURL: base, Provider: "aimock", API: api})
			if err != nil {
				t.Fatal(err)
			}
			say := func(path []chat.Message) []chat.Chunk {
				t.Helper()
				chunks, err := ask(t.Context(), c, chat.Prompt{Model: "gpt-6.1-sol", Instructions: "Be brief.", Path: path, Tools: readQuery()})
				if err != nil {
					t.Fatal(err)
				}
				return chunks
			}
			if got := textOf(say(question("say hello"))); got != "Hello! How can I help you today?" {
				t.Errorf("text: %q", got)
			}
			thought := say(question("think first"))
			if got := reasoningOf(thought); got != "Six times seven." || textOf(thought) != "Forty-two." {
				t.Errorf("reasoning %q, text %q", got, textOf(thought))
			}

			path := question("count the orders")
			calls := say(path)
			var made []madeCall
			for _, c := range calls {
				if c, ok := c.(chat.CallReady); ok {
					made = append(made, madeCall{c.Name, c.Arguments})
				}
			}
			want := []madeCall{{"northwind__read_query", `{"query":"SELECT COUNT(*) FROM Orders"}`}, {"northwind__read_query", `{"query":"SELECT 1"}`}}
			if diff := cmp.Diff(want, made); diff != "" {
				t.Errorf("calls (-want +got):\n%s", diff)
			}
			if done, ok := calls[len(calls)-1].(chat.ReplyDone); !ok || done.Reason != "tool-calls" {
				t.Errorf("ended with %+v", calls[len(calls)-1])
			}
			path = answerCalls(addReply(path, "aimock", "gpt-6.1-sol", 1, calls), "830", "1")
			if got := textOf(say(path)); got != "There are 830 orders." {
				t.Errorf("with the results: %q", got)
			}

			_, err = ask(t.Context(), c, chat.Prompt{Model: "gpt-6.1-sol", Path: question("be busy")})
			if trace := chat.TraceOf(err); chat.KindOf(err) != chat.KindProviderBusy || trace.Status != 429 || trace.Code != "rate_limit_exceeded" || trace.RequestID == "" {
				t.Errorf("got %v with %+v", err, trace)
			}
			if models, err := c.Models(t.Context()); err != nil || len(models) == 0 || models[0].Note != "" {
				t.Errorf("models: %v, %v", models, err)
			}
		})
	}
}

func reasoningOf(chunks []chat.Chunk) string {
	var out strings.Builder
	for _, c := range chunks {
		if c, ok := c.(chat.ReasoningChunk); ok {
			out.WriteString(c.Delta)
		}
	}
	return out.String()
}
