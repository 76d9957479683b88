package chat_test

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/chat/chattest"
)

// asksApart is a server that waits for nothing while the person thinks: its call ends with
// the question, and is made again with the answer.
func asksApart(messages ...string) chattest.WatchedFunc {
	return func(ctx context.Context, _ json.RawMessage, w chat.Watcher) (chat.ToolResult, error) {
		var said []string
		for _, m := range messages {
			a, err := w.Elicit(ctx, chat.Elicitation{Message: m, Lasts: true, Schema: json.RawMessage(`{"type":"object","properties":{"region":{"type":"string"}},"required":["region"]}`)})
			if err != nil {
				return chat.ToolResult{}, err
			}
			said = append(said, a.Action+" "+string(a.Content))
		}
		return chat.ToolResult{Text: strings.Join(said, ", ")}, nil
	}
}

// openAsks are the questions of servers in a run that wait for an answer.
func (b *bench) openAsks(runID string) (open []*chat.Ask) {
	b.t.Helper()
	for _, p := range b.answerOf(runID).Parts {
		if call, ok := p.(chat.ToolPart); ok && call.Asks != nil && call.Asks.Action == "" && !call.State.Done() {
			open = append(open, call.Asks)
		}
	}
	return open
}

func (b *bench) say(runID, askID string, a chat.ElicitationAnswer) {
	b.t.Helper()
	if err := b.Answer(b.t.Context(), b.caller, runID, askID, a); err != nil {
		b.t.Fatal(err)
	}
	synctest.Wait()
}

// What a server wants to know outlives the process where its server waits for nothing.
func TestAQuestionOfAServerSurvivesARestart(t *testing.T) {
	north := chat.ElicitationAnswer{Action: "accept", Content: json.RawMessage(`{"region":"north"}`)}
	crash := func(*bench) error { return nil }
	shutdown := func(b *bench) error { return b.Close(context.Background()) }
	for _, tt := range []struct {
		name   string
		end    func(b *bench) error
		answer chat.ElicitationAnswer
		asks   []string
		before int // answers before the end
		again  int // questions after it that the person has to answer, the one that was open among them
		want   string
	}{
		{"after a crash", crash, north, []string{"Which?"}, 0, 1, `accept {"region":"north"}`},
		{"after a shutdown", shutdown, north, []string{"Which?"}, 0, 1, `accept {"region":"north"}`},
		{"and is declined then", crash, chat.ElicitationAnswer{Action: "decline"}, []string{"Which?"}, 0, 1, "decline "},
		{"and is put away then", shutdown, chat.ElicitationAnswer{Action: "cancel"}, []string{"Which?"}, 0, 1, "cancel "},
		// What was said before is kept nowhere, so it has to be said again.
		{"and comes after another", crash, north, []string{"Which?", "Whose?"}, 1, 2, `accept {"region":"north"}, accept {"region":"north"}`},
		{"and another comes after it", shutdown, north, []string{"Which?", "Whose?"}, 0, 2, `accept {"region":"north"}, accept {"region":"north"}`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				first := chattest.Ask(chat.CallReady{CallID: "c1", Name: "desk__ask", Arguments: `{}`})
				first.Chunks = append([]chat.Chunk{chat.ItemDone{PartID: "c1", Raw: json.RawMessage(`{"own":1}`)}}, first.Chunks...)
				model := chattest.NewModel(first, chattest.Say("Done."))
				b := newBench(t, model, nil)
				b.tools.Watched("ask", asksApart(tt.asks...))
				run := b.ask(chat.Question{Text: "Sales"})
				for range tt.before {
					synctest.Wait()
					b.say(run.ID, b.openAsks(run.ID)[0].ID, north)
				}
				synctest.Wait()
				time.Sleep(time.Hour)
				if err := tt.end(b); err != nil {
					t.Fatal(err)
				}
				next := b.restarted()
				if !next.Waits("ann", run.ID) {
					t.Error("the run waits for nobody")
				}
				for i := range tt.again {
					synctest.Wait()
					open := next.openAsks(run.ID)
					if len(open) != 1 {
						t.Fatalf("%d questions are open, want the %d. of %d", len(open), i+1, tt.again)
					}
					if err := next.Answer(t.Context(), chat.Caller{Identity: chat.Identity{Subject: "bob"}}, run.ID, open[0].ID, tt.answer); chat.KindOf(err) != chat.KindNotFound {
						t.Errorf("another's answer: %v", err)
					}
					if err := next.Answer(t.Context(), b.caller, run.ID, open[0].ID, chat.ElicitationAnswer{Action: "accept", Content: json.RawMessage(`{}`)}); chat.KindOf(err) != chat.KindInvalid {
						t.Errorf("a form that is not filled in: %v", err)
					}
					next.say(run.ID, open[0].ID, tt.answer)
					if err := next.Answer(t.Context(), b.caller, run.ID, open[0].ID, tt.answer); chat.KindOf(err) != chat.KindConflict {
						t.Errorf("an answer from another tab, too late: %v", err)
					}
				}
				live := next.follow(run.ID, 0)
				next.checkWhole(run, live)
				if got := outline(live); got[len(got)-1] != "finish stop" || !slices.Contains(got, "tool-output-available "+tt.want) {
					t.Errorf("the run went on as %v", got)
				}
				prompts := model.Prompts()
				if last := prompts[len(prompts)-1].Path; len(last[len(last)-1].Native) != 1 {
					t.Errorf("the provider's own items are lost: %v", last[len(last)-1].Native)
				}
				if err := b.Close(context.Background()); err != nil { // the crashed one, for its goroutines' sake
					t.Fatal(err)
				}
			})
		})
	}
}

// A server that waits within its call has lost that with the process.
func TestAQuestionWithinASessionEndsWithTheProcess(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, chattest.NewModel(chattest.Ask(chat.CallReady{CallID: "c1", Name: "desk__ask"})), nil)
		b.tools.Watched("ask", asksFirst)
		run := b.ask(chat.Question{Text: "Sales"})
		synctest.Wait()
		if err := b.Close(context.Background()); err != nil {
			t.Fatal(err)
		}
		next := b.restarted()
		if next.Waits("ann", run.ID) {
			t.Error("the run waits for an answer that would reach nobody")
		}
		got := fmt.Sprint(outline(next.follow(run.ID, 0)))
		if !strings.Contains(got, "tool-output-error Interrupted before the result arrived; the call may have been carried out.") {
			t.Errorf("got %s", got)
		}
	})
}

// The rest of what a person can do about a call holds for one that waits for an answer.
func TestACallThatWaitsForAnAnswerIsGivenUp(t *testing.T) {
	for name, end := range map[string]func(b *bench, run string) error{
		"by stopping it": func(b *bench, run string) error { return b.StopCall(b.t.Context(), b.caller, run, "c1") },
		"by stopping all": func(b *bench, run string) error {
			return b.Stop(b.t.Context(), chat.Caller{Identity: chat.Identity{Subject: "ann"}}, run)
		},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := newBench(t, chattest.NewModel(chattest.Ask(chat.CallReady{CallID: "c1", Name: "desk__ask"}), chattest.Say("Done.")), nil)
				b.tools.Watched("ask", asksApart("Which?"))
				run := b.ask(chat.Question{Text: "Sales"})
				synctest.Wait()
				if err := b.Close(context.Background()); err != nil {
					t.Fatal(err)
				}
				next := b.restarted()
				if err := end(next, run.ID); err != nil {
					t.Fatal(err)
				}
				live := next.follow(run.ID, 0)
				next.checkWhole(run, live)
				call := next.answerOf(run.ID).Parts[0].(chat.ToolPart)
				if diff := cmp.Diff([]string{"output-error", "cancel"}, []string{string(call.State), call.Asks.Action}); diff != "" {
					t.Errorf("the call (-want +got):\n%s", diff)
				}
			})
		})
	}
}
