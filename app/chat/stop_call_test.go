package chat_test

import (
	"context"
	"encoding/json"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/chat/chattest"
)

const stoppedText = "Stopped by the person before the result arrived; the call may have been carried out."

// hangs is a tool that ends with its call.
func hangs(ctx context.Context, _ json.RawMessage) (chat.ToolResult, error) {
	<-ctx.Done()
	return chat.ToolResult{}, context.Cause(ctx)
}

func TestAStoppedCallIsToldToTheModelAndTheAnswerGoesOn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		both := chattest.Ask(chat.CallReady{CallID: "c1", Name: "desk__hang"}, chat.CallReady{CallID: "c2", Name: "desk__slow"})
		model := chattest.NewModel(both, chattest.Say("Without the first."))
		release := make(chan struct{})
		b := newBench(t, model, map[string]chattest.ToolFunc{"hang": hangs, "slow": func(ctx context.Context, _ json.RawMessage) (chat.ToolResult, error) {
			select {
			case <-release:
				return chat.ToolResult{Text: "slow"}, nil
			case <-ctx.Done():
				return chat.ToolResult{}, ctx.Err()
			}
		}})
		run := b.ask(chat.Question{Text: "Hi"})
		synctest.Wait()
		for _, bad := range []struct {
			name, by, run, call string
			want                chat.Kind
		}{
			{"another's", "bob", run.ID, "c1", chat.KindNotFound},
			{"of no run", "ann", "run_x", "c1", chat.KindNotFound},
			{"that does not exist", "ann", run.ID, "c3", chat.KindNotFound},
		} {
			by := chat.Caller{Identity: chat.Identity{Subject: chat.Subject(bad.by)}}
			if err := b.StopCall(t.Context(), by, bad.run, bad.call); chat.KindOf(err) != bad.want {
				t.Errorf("a call %s: %v, want kind %s", bad.name, err, bad.want)
			}
		}
		if err := b.StopCall(t.Context(), b.caller, run.ID, "c1"); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		if err := b.StopCall(t.Context(), b.caller, run.ID, "c1"); chat.KindOf(err) != chat.KindConflict {
			t.Errorf("stopped again: %v, want a conflict", err)
		}
		close(release)
		live := b.follow(run.ID, 0)
		b.checkWhole(run, live)
		if err := b.StopCall(t.Context(), b.caller, run.ID, "c2"); chat.KindOf(err) != chat.KindConflict {
			t.Errorf("after the end: %v, want a conflict", err)
		}
		prompts := model.Prompts()
		path := prompts[len(prompts)-1].Path
		var told []string
		for _, p := range path[len(path)-1].Parts {
			if call, ok := p.(chat.ToolPart); ok {
				line := call.CallID + " " + string(call.State) + " " + string(call.ErrorKind) + " " + call.ErrorText
				if call.Output != nil {
					line += call.Output.Text
				}
				told = append(told, line)
			}
		}
		want := []string{"c1 output-error stopped " + stoppedText, "c2 output-available  Call 2\nslow"}
		if diff := cmp.Diff(want, told); diff != "" {
			t.Errorf("the model is told (-want +got):\n%s", diff)
		}
		if got := b.answerOf(run.ID); got.Status != chat.StatusFinished || got.Text() != "Without the first." {
			t.Errorf("the answer is %s: %q", got.Status, got.Text())
		}
	})
}

func TestACallIsStoppedWhereverItIs(t *testing.T) {
	for _, tt := range []struct {
		name, tool string
		change     func(*bench)
		want       string // the error of the call; that of StopCall if it is refused
		refused    bool
	}{
		{"while its server asks the person", "desk__ask", func(b *bench) { b.tools.Watched("ask", asksFirst) }, stoppedText, false},
		{"while it waits to be connected", "desk__closed", func(b *bench) { b.caller.Token, b.caller.TokenAt = chat.NewToken("token"), time.Now() }, "The person goes on without it; it was not carried out.", false},
		{"while it waits for approval", "desk__write", func(*bench) {}, "This call has not begun yet.", true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := newBench(t, chattest.NewModel(chattest.Ask(chat.CallReady{CallID: "c1", Name: tt.tool}), chattest.Say("Done.")), map[string]chattest.ToolFunc{
					"write": echo,
					"closed": func(context.Context, json.RawMessage) (chat.ToolResult, error) {
						return chat.ToolResult{}, &chat.Error{Kind: chat.KindUnauthenticated, Message: "Log in."}
					},
				})
				tt.change(b)
				run := b.ask(chat.Question{Text: "Hi"})
				synctest.Wait()
				err := b.StopCall(t.Context(), b.caller, run.ID, "c1")
				if tt.refused {
					if chat.KindOf(err) != chat.KindConflict || chat.MessageOf(err) != tt.want {
						t.Errorf("refused with %v", err)
					}
					if err := b.Stop(t.Context(), chat.Caller{Identity: chat.Identity{Subject: "ann"}}, run.ID); err != nil {
						t.Fatal(err)
					}
					return
				}
				if err != nil {
					t.Fatal(err)
				}
				b.checkWhole(run, b.follow(run.ID, 0))
				answer := b.answerOf(run.ID)
				if call := answer.Parts[0].(chat.ToolPart); call.ErrorText != tt.want || answer.Text() != "Done." {
					t.Errorf("the call says %q and the answer %q", call.ErrorText, answer.Text())
				}
			})
		})
	}
}

// A call that is approved while another is carried out begins after that.
func TestACallIsStoppedBeforeItBegins(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		calls := chattest.Ask(chat.CallReady{CallID: "c1", Name: "desk__write_a"}, chat.CallReady{CallID: "c2", Name: "desk__write_b"})
		b := newBench(t, chattest.NewModel(calls, chattest.Say("Done.")), map[string]chattest.ToolFunc{"write_a": hangs, "write_b": hangs})
		run := b.ask(chat.Question{Text: "Hi"})
		synctest.Wait()
		for _, p := range b.answerOf(run.ID).Parts {
			b.decide(run.ID, p.(chat.ToolPart).Approval.ID, chat.Decision{Approved: true})
			synctest.Wait() // the first is at work when the second is approved
		}
		for _, id := range []string{"c2", "c1"} {
			if err := b.StopCall(t.Context(), b.caller, run.ID, id); err != nil {
				t.Errorf("%s: %v", id, err)
			}
		}
		b.checkWhole(run, b.follow(run.ID, 0))
		var got []string
		for _, p := range b.answerOf(run.ID).Parts {
			if call, ok := p.(chat.ToolPart); ok {
				got = append(got, call.ErrorText)
			}
		}
		want := []string{stoppedText, "Stopped by the person before it began; the call was not carried out."}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	})
}
