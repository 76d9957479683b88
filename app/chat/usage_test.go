package chat_test

import (
	"math"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/chat/chattest"
)

// saying is a reply whose provider says, at its end, that it used so much; nil for nothing.
func saying(text string, used *chat.Usage) chattest.Reply {
	return chattest.Reply{Chunks: []chat.Chunk{chat.TextChunk{ID: "a", Delta: text}, chat.ReplyDone{Reason: "stop", Usage: used}}}
}

// Whatever a provider says, what was used is no less than nothing, and a share no more than
// what it is a share of.
func TestWhatAProviderSaysItUsed(t *testing.T) {
	for _, tt := range []struct {
		name       string
		used, want *chat.Usage // without the context
	}{
		{"all of it", &chat.Usage{InputTokens: 9, CachedTokens: 9, OutputTokens: 4, ReasoningTokens: 4}, &chat.Usage{InputTokens: 9, CachedTokens: 9, OutputTokens: 4, ReasoningTokens: 4}},
		{"more cached than read", &chat.Usage{InputTokens: 9, CachedTokens: 90}, &chat.Usage{InputTokens: 9, CachedTokens: 9}},
		{"more thought than written", &chat.Usage{OutputTokens: 4, ReasoningTokens: 40}, &chat.Usage{OutputTokens: 4, ReasoningTokens: 4}},
		{"less than nothing", &chat.Usage{InputTokens: -9, CachedTokens: -9, OutputTokens: -4, ReasoningTokens: -1}, &chat.Usage{}},
		{"more than there is", &chat.Usage{InputTokens: math.MaxInt64, OutputTokens: math.MaxInt64}, &chat.Usage{InputTokens: 1 << 40, OutputTokens: 1 << 40}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := newBench(t, chattest.NewModel(saying("Hi", tt.used)), nil, func(c *chat.EngineConfig) {
					c.Price = func(string) (chat.Price, bool) { return chat.Price{Input: 2, Cached: 1, Output: 10}, true }
				})
				run := b.ask(chat.Question{Text: "Hi"})
				b.checkWhole(run, b.follow(run.ID, 0))
				answer := b.answerOf(run.ID)
				if diff := cmp.Diff(tt.want, answer.Usage, cmpopts.IgnoreFields(chat.Usage{}, "ContextTokens")); diff != "" {
					t.Errorf("usage (-want +got):\n%s", diff)
				}
				if answer.Cost.USD < 0 {
					t.Errorf("it cost %v", answer.Cost.USD)
				}
			})
		})
	}
}

// Many servers that are compatible do not say what a reply used. It counts all the same.
func TestWhatAProviderDoesNotSayIsEstimated(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, chattest.NewModel(saying("Eight to", nil)), nil)
		run := b.ask(chat.Question{Text: "What were our sales by year?"})
		b.checkWhole(run, b.follow(run.ID, 0))
		used := b.answerOf(run.ID).Usage
		if used == nil || !used.Estimated || used.OutputTokens != 2 || used.InputTokens < 5 || used.InputTokens > 20 {
			t.Errorf("usage: %+v", used)
		}
	})
	synctest.Test(t, func(t *testing.T) {
		var replies []chattest.Reply
		for range 10 {
			replies = append(replies, chattest.Reply{Chunks: []chat.Chunk{
				chat.CallReady{CallID: "c1", Name: "desk__echo", Arguments: `{}`}, chat.ReplyDone{Reason: "tool-calls"},
			}})
		}
		b := newBench(t, chattest.NewModel(replies...), writers, func(c *chat.EngineConfig) { c.Limits.MaxTokens = 200 })
		run := b.ask(chat.Question{Text: "What were our sales by year?"})
		live := b.follow(run.ID, 0)
		b.checkWhole(run, live)
		got, steps := outline(live), len(b.model.Prompts())
		if used := b.answerOf(run.ID).Usage; steps >= 10 || used == nil || used.InputTokens+used.OutputTokens < 150 || chat.KindOf(failed(live)) != chat.KindLimit {
			t.Errorf("after %d steps and %+v it ended with %q", steps, used, got[len(got)-1])
		}
	})
}

// failed is the error with which a run ended.
func failed(live []chat.Event) error {
	if f, ok := live[len(live)-1].(chat.Failed); ok {
		return &chat.Error{Kind: f.Kind, Message: f.ErrorText}
	}
	return nil
}

// Of what a model reads, its tools and their results are told apart.
func TestTheShareOfToolsIsTold(t *testing.T) {
	const result = `{"said":"one, two, three, four, five, six"}`
	for _, tt := range []struct {
		name string
		read int64 // by each of the two replies, as the provider says
		want func(tools, result int64) int64
	}{
		{"descriptions twice, and the result once", 10_000, func(tools, result int64) int64 { return 2*tools + result }},
		{"no more than was read", 7, func(int64, int64) int64 { return 14 }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				used := &chat.Usage{InputTokens: tt.read}
				b := newBench(t, chattest.NewModel(
					chattest.Reply{Chunks: []chat.Chunk{
						chat.CallReady{CallID: "c1", Name: "desk__echo", Arguments: result}, chat.ReplyDone{Reason: "tool-calls", Usage: used},
					}},
					saying("Done.", used),
				), writers)
				run := b.ask(chat.Question{Text: "Hi"})
				b.follow(run.ID, 0)
				var tools int64
				for _, tool := range b.model.Prompts()[0].Tools {
					tools += int64(tool.Tokens())
				}
				path := b.model.Prompts()[1].Path
				text := path[len(path)-1].Parts[0].(chat.ToolPart).Output.Text // as the model reads it
				if got, want := b.answerOf(run.ID).Usage.ToolTokens, tt.want(tools, int64(len(text)+3)/4); got != want || tools == 0 || !strings.Contains(text, result) {
					t.Errorf("%d tokens were tools, want %d", got, want)
				}
			})
		})
	}
}
