package chat_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/chat/chattest"
)

// asksFirst is a tool that asks the person for a region and returns the answer.
func asksFirst(ctx context.Context, _ json.RawMessage, w chat.Watcher) (chat.ToolResult, error) {
	a, err := w.Elicit(ctx, chat.Elicitation{Message: "Which region?", Schema: json.RawMessage(`{"type":"object","properties":{"region":{"type":"string"},"year":{"type":"integer","minimum":1996}},"required":["region"]}`)})
	if err != nil {
		return chat.ToolResult{}, err
	}
	return chat.ToolResult{Text: a.Action + " " + string(a.Content)}, nil
}

func TestAServerAsksThePersonWithinACall(t *testing.T) {
	for _, tt := range []struct {
		name   string
		answer chat.ElicitationAnswer
		want   string
	}{
		{"accepted", chat.ElicitationAnswer{Action: "accept", Content: json.RawMessage(`{"region":"north"}`)}, `accept {"region":"north"}`},
		{"declined", chat.ElicitationAnswer{Action: "decline"}, "decline "},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := newBench(t, chattest.NewModel(chattest.Ask(chat.CallReady{CallID: "c1", Name: "desk__ask"}), chattest.Say("Done.")), nil)
				b.tools.Watched("ask", asksFirst)
				run := b.ask(chat.Question{Text: "Hi"})
				synctest.Wait()
				time.Sleep(time.Minute) // a person needs a while
				ask := b.answerOf(run.ID).Parts[0].(chat.ToolPart).Asks
				for _, bad := range []struct {
					name   string
					ask    string
					answer chat.ElicitationAnswer
					want   chat.Kind
				}{
					{"an action that is none", ask.ID, chat.ElicitationAnswer{Action: "yes"}, chat.KindInvalid},
					{"a content that is no object", ask.ID, chat.ElicitationAnswer{Action: "accept", Content: json.RawMessage(`1`)}, chat.KindInvalid},
					{"a form that is not filled in", ask.ID, chat.ElicitationAnswer{Action: "accept"}, chat.KindInvalid},
					{"a content without consent", ask.ID, chat.ElicitationAnswer{Action: "decline", Content: json.RawMessage(`{}`)}, chat.KindInvalid},
					{"to nothing", "ask_x", tt.answer, chat.KindConflict},
				} {
					if err := b.Answer(t.Context(), b.caller, run.ID, bad.ask, bad.answer); chat.KindOf(err) != bad.want {
						t.Errorf("%s: %v, want kind %s", bad.name, err, bad.want)
					}
				}
				early := chat.ElicitationAnswer{Action: "accept", Content: json.RawMessage(`{"region":"north","year":1995}`)}
				wrong, _ := errors.AsType[*chat.Error](b.Answer(t.Context(), b.caller, run.ID, ask.ID, early))
				if wrong == nil || wrong.Kind != chat.KindInvalid || wrong.Field != "year" || wrong.Message != `The field "year" must be at least 1996.` {
					t.Errorf("a field that is wrong: %+v", wrong)
				}
				if err := b.Answer(t.Context(), chat.Caller{Identity: chat.Identity{Subject: "bob"}}, run.ID, ask.ID, tt.answer); chat.KindOf(err) != chat.KindNotFound {
					t.Errorf("another's answer: %v, want not found", err)
				}
				if err := b.Answer(t.Context(), b.caller, run.ID, ask.ID, tt.answer); err != nil {
					t.Fatal(err)
				}
				live := b.follow(run.ID, 0)
				b.checkWhole(run, live)
				call := b.answerOf(run.ID).Parts[0].(chat.ToolPart)
				if diff := cmp.Diff([]string{tt.want, tt.answer.Action}, []string{call.Output.Text, call.Asks.Action}); diff != "" {
					t.Errorf("(-want +got):\n%s", diff)
				}
			})
		})
	}
}

// A server may know by itself that its page was visited.
func TestAVisitThatTheServerSawIsTold(t *testing.T) {
	for _, tt := range []struct {
		name  string
		cause error
		want  string
	}{
		{"seen by the server", chat.ErrVisited, "accept <nil>"},
		{"given up", errors.New("too late"), "cancel too late"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := newBench(t, chattest.NewModel(chattest.Ask(chat.CallReady{CallID: "c1", Name: "desk__visit"}), chattest.Say("Done.")), nil)
				b.tools.Watched("visit", func(ctx context.Context, _ json.RawMessage, w chat.Watcher) (chat.ToolResult, error) {
					ctx, cancel := context.WithCancelCause(ctx)
					time.AfterFunc(time.Minute, func() { cancel(tt.cause) })
					a, err := w.Elicit(ctx, chat.Elicitation{Message: "Log in.", URL: "https://crm.example/login"})
					return chat.ToolResult{Text: fmt.Sprintf("%s %v", a.Action, err)}, nil
				})
				run := b.ask(chat.Question{Text: "Hi"})
				live := b.follow(run.ID, 0)
				b.checkWhole(run, live)
				call := b.answerOf(run.ID).Parts[0].(chat.ToolPart)
				if got := call.Asks.Action; call.Output.Text != tt.want || !strings.HasPrefix(tt.want, got) {
					t.Errorf("the tool got %q, the person sees %q, want %q", call.Output.Text, got, tt.want)
				}
				if err := b.Answer(t.Context(), b.caller, run.ID, call.Asks.ID, chat.ElicitationAnswer{Action: "accept"}); chat.KindOf(err) != chat.KindConflict {
					t.Errorf("answered afterwards: %v, want a conflict", err)
				}
			})
		})
	}
}

func TestWhatAServerSaysDuringACallIsShownWithinLimits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, chattest.NewModel(chattest.Ask(chat.CallReady{CallID: "c1", Name: "desk__work"}), chattest.Say("Done.")), nil)
		var late chat.Watcher
		b.tools.Watched("work", func(_ context.Context, _ json.RawMessage, w chat.Watcher) (chat.ToolResult, error) {
			late = w
			for i := range 1000 {
				w.Progress(chat.ToolProgress{Done: float64(i + 1), Total: 1000, Message: "Working"})
				w.Log(chat.ToolLog{Level: "info", Text: "A line"})
				time.Sleep(time.Millisecond)
			}
			return chat.ToolResult{Text: "ok"}, nil
		})
		run := b.ask(chat.Question{Text: "Hi"})
		live := b.follow(run.ID, 0)
		b.checkWhole(run, live)
		late.Progress(chat.ToolProgress{Done: 1})
		late.Log(chat.ToolLog{Text: "Too late"})
		counts := map[string]int{}
		for _, e := range b.follow(run.ID, 0) {
			switch e.(type) {
			case chat.ToolProgressed:
				counts["progress"]++
			case chat.ToolLogged:
				counts["log"]++
			}
		}
		call := b.answerOf(run.ID).Parts[0].(chat.ToolPart)
		if diff := cmp.Diff(map[string]int{"progress": 5, "log": 50}, counts); diff != "" {
			t.Errorf("events (-want +got):\n%s", diff)
		}
		if call.Progress == nil || call.Progress.Done != 1000 {
			t.Errorf("the call shows %+v", call.Progress)
		}
	})
}

func TestALogSaysWhatWasLeftOutOfIt(t *testing.T) {
	for _, tt := range []struct {
		lines, kept int
		last        string
	}{
		{1, 1, "line 1"}, {49, 49, "line 49"}, {50, 50, "line 50"}, {51, 50, "2 more lines were left out."}, {1000, 50, "951 more lines were left out."},
	} {
		synctest.Test(t, func(t *testing.T) {
			b := newBench(t, chattest.NewModel(chattest.Ask(chat.CallReady{CallID: "c1", Name: "desk__work"})), nil)
			b.tools.Watched("work", func(_ context.Context, _ json.RawMessage, w chat.Watcher) (chat.ToolResult, error) {
				for i := range tt.lines {
					w.Log(chat.ToolLog{Level: "info", Text: fmt.Sprint("line ", i+1)})
				}
				return chat.ToolResult{Text: "ok"}, nil
			})
			run := b.ask(chat.Question{Text: "Hi"})
			b.checkWhole(run, b.follow(run.ID, 0))
			logs := b.answerOf(run.ID).Parts[0].(chat.ToolPart).Logs
			if len(logs) != tt.kept || logs[0].Text != "line 1" || logs[len(logs)-1].Text != tt.last {
				t.Errorf("of %d lines: %d are kept, from %q to %q", tt.lines, len(logs), logs[0].Text, logs[len(logs)-1].Text)
			}
		})
	}
}
