package chat_test

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/chat/chattest"
)

const stoppedAt = "error limit The answer was stopped at the 1000 tokens that are allowed. Let it continue, or ask in a new thread, which is shorter to read."

// No single reply goes far over what is left of a run's tokens.
func TestAReplyKeepsToWhatIsLeftOfTheTokens(t *testing.T) {
	for _, tt := range []struct {
		name  string
		reply chattest.Reply
		end   string
	}{
		{"short", chattest.Say("Done."), "finish stop"},
		{
			"the provider keeps to the limit",
			chattest.Reply{Chunks: []chat.Chunk{chat.TextChunk{ID: "a", Delta: "Half"}, chat.ReplyDone{Reason: "length", Usage: &chat.Usage{InputTokens: 40, OutputTokens: 900}}}},
			stoppedAt,
		},
		{
			"the provider knows no limit",
			chattest.Reply{Chunks: []chat.Chunk{chat.TextChunk{ID: "a", Delta: strings.Repeat("x", 4000)}, chat.TextChunk{ID: "a", Delta: strings.Repeat("x", 4000)}}, Hang: true},
			stoppedAt,
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				model := chattest.NewModel(chattest.Ask(chat.CallReady{CallID: "c1", Name: "desk__echo"}), tt.reply)
				b := newBench(t, model, writers, func(c *chat.EngineConfig) { c.Limits.MaxTokens = 1000 })
				run := b.ask(chat.Question{Text: "Hi"})
				live := b.follow(run.ID, 0)
				b.checkWhole(run, live)
				if got := outline(live); got[len(got)-1] != tt.end {
					t.Errorf("ended with %q, want %q", got[len(got)-1], tt.end)
				}
				first, second := model.Prompts()[0].MaxOutput, model.Prompts()[1].MaxOutput
				if first <= 900 || first >= 1000 || second >= first-10 || second < 16 {
					t.Errorf("the replies may have %d and %d tokens", first, second)
				}
			})
		})
	}
}

func TestAReplyHasNoLimitWhereEnoughIsLeft(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		model := chattest.NewModel(chattest.Say("Hello."))
		b := newBench(t, model, nil)
		b.follow(b.ask(chat.Question{Text: "Hi"}).ID, 0)
		if got := model.Prompts()[0].MaxOutput; got != 0 {
			t.Errorf("the reply may have %d tokens", got)
		}
	})
}

// A reply that was cut off is paid for, although its provider did not say how much it was.
func TestWhatAReplyUsedThatWasCutOffIsEstimated(t *testing.T) {
	stop := func(b *bench, run string) error {
		return b.Stop(b.t.Context(), chat.Caller{Identity: chat.Identity{Subject: "ann"}}, run)
	}
	wait := func(*bench, string) error { time.Sleep(time.Hour); return nil }
	for _, tt := range []struct {
		name  string
		reply chattest.Reply
		end   func(b *bench, run string) error
		want  *chat.Usage // without the input
	}{
		{"stopped", chattest.Reply{Chunks: []chat.Chunk{chat.TextChunk{ID: "a", Delta: "Eight to"}}, Hang: true}, stop, &chat.Usage{OutputTokens: 2, Estimated: true}},
		{"out of time", chattest.Reply{Chunks: []chat.Chunk{chat.ReasoningChunk{ID: "a", Delta: "Hm"}}, Hang: true}, wait, &chat.Usage{OutputTokens: 1, Estimated: true}},
		{"out of time, silent", chattest.Reply{Hang: true}, wait, &chat.Usage{Estimated: true}},
		{"failed in the middle", chattest.Reply{Chunks: []chat.Chunk{chat.TextChunk{ID: "a", Delta: "Half"}}, Err: &chat.Error{Kind: chat.KindProviderDown}}, wait, &chat.Usage{OutputTokens: 1, Estimated: true}},
		{"refused", chattest.Reply{Err: &chat.Error{Kind: chat.KindProviderBusy}}, wait, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := newBench(t, chattest.NewModel(tt.reply), nil)
				run := b.ask(chat.Question{Text: "What were our sales by year?"})
				synctest.Wait()
				if err := tt.end(b, run.ID); err != nil {
					t.Fatal(err)
				}
				b.checkWhole(run, b.follow(run.ID, 0))
				used := b.answerOf(run.ID).Usage
				if diff := cmp.Diff(tt.want, used, cmpopts.IgnoreFields(chat.Usage{}, "InputTokens", "ContextTokens")); diff != "" {
					t.Errorf("usage (-want +got):\n%s", diff)
				}
				if used != nil && (used.InputTokens < 5 || used.InputTokens > 20) {
					t.Errorf("the question and the instructions are %d tokens", used.InputTokens)
				}
				if used != nil && used.ContextTokens != used.InputTokens+used.OutputTokens {
					t.Errorf("%d tokens of the context are taken by %+v", used.ContextTokens, *used)
				}
			})
		})
	}
}

func TestWhatTheProviderHadCachedCostsLess(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		used := &chat.Usage{InputTokens: 100, CachedTokens: 60, OutputTokens: 10}
		model := chattest.NewModel(chattest.Reply{Chunks: []chat.Chunk{chat.TextChunk{ID: "a", Delta: "Hi"}, chat.ReplyDone{Reason: "stop", Usage: used}}})
		b := newBench(t, model, nil, func(c *chat.EngineConfig) {
			c.Price = func(string) (chat.Price, bool) { return chat.Price{Input: 2, Cached: 1, Output: 10}, true }
		})
		run := b.ask(chat.Question{Text: "Hi"})
		b.follow(run.ID, 0)
		if got, want := b.answerOf(run.ID).Cost, (&chat.Cost{USD: (40*2 + 60*1 + 10*10) / 1e6}); cmp.Diff(want, got) != "" {
			t.Errorf("it cost %+v, want %+v", got, want)
		}
	})
}
