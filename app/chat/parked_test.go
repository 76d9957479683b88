package chat_test

import (
	"context"
	"encoding/json"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/chat/chattest"
)

// restarted is another engine over the same store, as after the end of the process.
func (b *bench) restarted(change ...func(*chat.EngineConfig)) *bench {
	b.t.Helper()
	next, config := *b, b.EngineConfig
	next.tools = b.tools.Clone()
	config.Toolbox = next.tools
	for _, f := range change {
		f(&config)
	}
	next.Engine = chat.NewEngine(config)
	if err := next.Recover(b.t.Context()); err != nil {
		b.t.Fatal(err)
	}
	return &next
}

// What waits for a person outlives the process, however that ends.
func TestAnUnansweredApprovalSurvivesARestart(t *testing.T) {
	slow := func(ctx context.Context, _ json.RawMessage) (chat.ToolResult, error) {
		<-ctx.Done()
		return chat.ToolResult{}, ctx.Err()
	}
	for _, tt := range []struct {
		name string
		end  func(b *bench) error
		call chat.CallReady // beside the one that waits
		lost string         // the error of that call
	}{
		{"after a crash", func(*bench) error { return nil }, chat.CallReady{CallID: "c2", Name: "desk__echo", Arguments: `{}`}, ""},
		{"after a shutdown", func(b *bench) error { return b.Close(context.Background()) }, chat.CallReady{CallID: "c2", Name: "desk__echo", Arguments: `{}`}, ""},
		{
			"after a shutdown in the middle of another call", func(b *bench) error { return b.Close(context.Background()) },
			chat.CallReady{CallID: "c2", Name: "desk__slow", Arguments: `{}`}, "Interrupted before the result arrived; the call may have been carried out.",
		},
		{
			"after a crash in the middle of another call", func(*bench) error { return nil },
			chat.CallReady{CallID: "c2", Name: "desk__slow", Arguments: `{}`}, "The server stopped before the result arrived; the call may have been carried out.",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				first := chattest.Ask(write("c1", `{"n":1}`), tt.call)
				first.Chunks = append([]chat.Chunk{chat.ItemDone{PartID: "c1", Raw: json.RawMessage(`{"own":1}`)}}, first.Chunks...)
				model := chattest.NewModel(first, chattest.Say("Done."))
				b := newBench(t, model, map[string]chattest.ToolFunc{"write": echo, "echo": echo, "slow": slow})
				run := b.ask(chat.Question{Text: "Write"})
				time.Sleep(time.Second) // what happened is stored from time to time
				if err := tt.end(b); err != nil {
					t.Fatal(err)
				}
				next := b.restarted()
				ask := next.asks(run.ID)
				if len(ask) != 1 {
					t.Fatalf("%d calls wait after the restart", len(ask))
				}
				next.decide(run.ID, ask[0].ID, chat.Decision{Approved: true})
				live := next.follow(run.ID, 0)
				next.checkWhole(run, live)
				got := outline(live)
				if got[len(got)-1] != "finish stop" || !slices.Contains(got, `tool-output-available {"n":1}`) {
					t.Errorf("the run went on as %v", got)
				}
				if tt.lost != "" && !slices.Contains(got, "tool-output-error "+tt.lost) {
					t.Errorf("the other call is not told as lost: %v", got)
				}
				prompts := model.Prompts()
				last := prompts[len(prompts)-1].Path
				if tt.lost == "" && len(last[len(last)-1].Native) != 1 {
					t.Errorf("the provider's own items are lost: %v", last[len(last)-1].Native)
				}
				if err := b.Close(context.Background()); err != nil { // the crashed one, for its goroutines' sake
					t.Fatal(err)
				}
			})
		})
	}
}

func TestAParkedRunCanBeStopped(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, chattest.NewModel(chattest.Ask(write("c1", `{}`))), writers)
		run := b.ask(chat.Question{Text: "Write"})
		synctest.Wait()
		if err := b.Stop(t.Context(), chat.Caller{Identity: chat.Identity{Subject: "ann"}}, run.ID); err != nil {
			t.Fatal(err)
		}
		live := b.follow(run.ID, 0)
		want := []string{"tool-output-error It was not approved, so the call was not carried out.", "abort"}
		got := outline(live)
		if diff := cmp.Diff(want, got[len(got)-2:]); diff != "" {
			t.Errorf("the end (-want +got):\n%s", diff)
		}
		b.checkWhole(run, live)
	})
}

// A run that waits holds its thread, but none of the places for runs at work.
func TestParkedRunsDoNotCount(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, chattest.NewModel(chattest.Ask(write("c1", `{}`)), chattest.Say("Hi.")), writers,
			func(c *chat.EngineConfig) { c.Limits.MaxPerUser = 1 })
		if err := b.store.CreateThread(t.Context(), "ann", chat.Thread{ID: "thr_2"}); err != nil {
			t.Fatal(err)
		}
		parked := b.ask(chat.Question{Text: "Write"})
		synctest.Wait()
		if _, err := b.Start(t.Context(), b.caller, b.thread, chat.Question{Text: "And?", ParentID: ptr("")}); chat.KindOf(err) != chat.KindConflict {
			t.Errorf("a question in the same thread: %v, want a conflict", err)
		}
		b.thread = "thr_2"
		b.follow(b.ask(chat.Question{Text: "Hi"}).ID, 0)
		if err := b.Stop(t.Context(), chat.Caller{Identity: chat.Identity{Subject: "ann"}}, parked.ID); err != nil {
			t.Fatal(err)
		}
	})
}

func TestAnAnswerThatWasCutOffIsContinued(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		half := chattest.Reply{Chunks: []chat.Chunk{chat.TextChunk{ID: "a", Delta: "One, two,"}}, Hang: true}
		model := chattest.NewModel(half, chattest.Say(" three."))
		b := newBench(t, model, nil)
		first := b.ask(chat.Question{Text: "Count"})
		synctest.Wait()
		if err := b.Stop(t.Context(), chat.Caller{Identity: chat.Identity{Subject: "ann"}}, first.ID); err != nil {
			t.Fatal(err)
		}
		rest := b.ask(chat.Question{ParentID: &first.MessageID})
		b.follow(rest.ID, 0)
		messages, err := b.store.Messages(t.Context(), "ann", b.thread)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, m := range chat.Path(messages, rest.MessageID) {
			got = append(got, string(m.Role)+" "+m.Text())
		}
		if diff := cmp.Diff([]string{"user Count", "assistant One, two,", "assistant  three."}, got); diff != "" {
			t.Errorf("the thread (-want +got):\n%s", diff)
		}
		if _, err := b.Start(t.Context(), b.caller, b.thread, chat.Question{ParentID: &rest.MessageID}); chat.KindOf(err) != chat.KindInvalid {
			t.Errorf("a whole answer is continued: %v, want invalid", err)
		}
	})
}

func TestBudgets(t *testing.T) {
	for _, tt := range []struct {
		name   string
		limits func(*chat.Limits)
		want   string
	}{
		{"of tokens", func(l *chat.Limits) { l.MaxTokens = 11 }, "error limit The answer has used 11 tokens, and 11 are allowed. Let it continue, or ask in a new thread, which is shorter to read."},
		{"of steps", func(l *chat.Limits) { l.MaxSteps = 1 }, "error limit The model called tools in 1 round without coming to an answer, and more is not allowed. Let it continue, or ask for less at once."},
		{"that are kept", func(*chat.Limits) {}, "finish stop"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := newBench(t, chattest.NewModel(chattest.Ask(chat.CallReady{CallID: "c1", Name: "desk__echo"}), chattest.Say("Done.")), writers,
					func(c *chat.EngineConfig) {
						tt.limits(&c.Limits)
						c.Price = func(string) (chat.Price, bool) { return chat.Price{Input: 2, Cached: 1, Output: 10}, true }
					})
				run := b.ask(chat.Question{Text: "Hi"})
				live := b.follow(run.ID, 0)
				b.checkWhole(run, live)
				if got := outline(live); got[len(got)-1] != tt.want {
					t.Errorf("ended with %q, want %q", got[len(got)-1], tt.want)
				}
				u := b.answerOf(run.ID)
				if want := (float64(u.Usage.InputTokens)*2 + float64(u.Usage.OutputTokens)*10) / 1e6; u.Cost == nil || u.Cost.USD != want {
					t.Errorf("cost %v, want %v", u.Cost, want)
				}
			})
		})
	}
}

func TestAPersonAsksSoOftenAMinute(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, chattest.NewModel(), nil, func(c *chat.EngineConfig) { c.Limits.PerMinute = 2 })
		ask := func() error {
			run, err := b.Start(t.Context(), b.caller, b.thread, chat.Question{Text: "Hi"})
			if err == nil {
				b.follow(run.ID, 0)
			}
			return err
		}
		for i, want := range []chat.Kind{"", "", chat.KindLimit} {
			if err := ask(); err != nil && chat.KindOf(err) != want || err == nil && want != "" {
				t.Errorf("question %d: %v, want kind %q", i+1, err, want)
			}
			time.Sleep(20 * time.Second)
		}
		if err := ask(); err != nil {
			t.Errorf("a minute after the first: %v", err)
		}
	})
}
