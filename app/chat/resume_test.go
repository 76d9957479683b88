package chat_test

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/chat/chattest"
)

// busy is a store whose messages cannot be read now.
type busy struct {
	chat.Threads
	now bool
}

func (b *busy) Messages(ctx context.Context, owner chat.Subject, id string) ([]chat.Message, error) {
	if b.now {
		return nil, &chat.Error{Kind: chat.KindInternal, Err: errors.New("database is locked")}
	}
	return b.Threads.Messages(ctx, owner, id)
}

func TestADecisionThatCannotBeActedUponLeavesTheQuestionOpen(t *testing.T) {
	for _, tt := range []struct {
		name   string
		act    func(b *bench, run string) error
		asks   chat.CallState
		second string // what comes of it at the second attempt
	}{
		{
			"an approval", func(b *bench, run string) error {
				return b.Decide(b.t.Context(), b.caller, run, b.answerOf(run).Parts[0].(chat.ToolPart).Approval.ID, chat.Decision{Approved: true, Scope: chat.Everywhere})
			}, chat.CallAsked, "tool-output-available {}",
		},
		{
			"a token", func(b *bench, run string) error {
				return b.Renew(b.t.Context(), b.caller, run, chat.Renewal{Retry: []string{"c2"}})
			}, chat.CallWaiting, "tool-output-available Come in.",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				l := newLobby(t, chattest.Ask(write("c1", `{}`)), chattest.Say("Done."))
				if tt.asks == chat.CallWaiting {
					l = newLobby(t, chattest.Ask(chat.CallReady{CallID: "c2", Name: "desk__read", Arguments: `{}`}), chattest.Say("Done."))
				}
				l.tools.Watched("write", func(_ context.Context, in json.RawMessage, _ chat.Watcher) (chat.ToolResult, error) {
					return echo(t.Context(), in)
				})
				l.out.Store(true)
				store := &busy{Threads: l.store}
				l.Threads = store
				run := l.ask(chat.Question{Text: "Write"})
				synctest.Wait()
				store.now = true
				l.out.Store(false)
				if err := tt.act(l.bench, run.ID); chat.KindOf(err) != chat.KindInternal {
					t.Fatalf("got %v, want an internal error", err)
				}
				synctest.Wait()
				if got := l.answerOf(run.ID).Parts[0].(chat.ToolPart).State; got != tt.asks {
					t.Errorf("the call is %q, want %q", got, tt.asks)
				}
				if grants, _ := l.store.Grants(t.Context(), "ann"); len(grants) > 0 {
					t.Errorf("what was refused is kept for later: %+v", grants)
				}
				store.now = false
				if err := tt.act(l.bench, run.ID); err != nil {
					t.Fatal(err)
				}
				live := l.follow(run.ID, 0)
				if got := outline(live); !slices.Contains(got, tt.second) || got[len(got)-1] != "finish stop" {
					t.Errorf("the run went on as %v", got)
				}
				l.checkWhole(run, live)
			})
		})
	}
}

// another is a provider that offers the scripted model by another name.
type another struct{ *chattest.Model }

func (a another) Models(ctx context.Context) ([]chat.ModelInfo, error) {
	models, err := a.Model.Models(ctx)
	models[0].ID = "another"
	return models, err
}

func TestARunWhoseModelIsGoneEnds(t *testing.T) {
	gone := `error model_not_found The model "scripted", which was writing this answer, is not offered any more. Choose another one and let it continue.`
	for _, tt := range []struct {
		name string
		end  func(b *bench, run string) error
		want []string
	}{
		{"approved", func(b *bench, run string) error {
			return b.Decide(b.t.Context(), b.caller, run, b.asks(run)[0].ID, chat.Decision{Approved: true})
		}, []string{`tool-output-available {"n":1}`, "finish-step", gone}},
		{"forbidden", func(b *bench, run string) error {
			return b.Decide(b.t.Context(), b.caller, run, b.asks(run)[0].ID, chat.Decision{})
		}, []string{"tool-output-denied", "finish-step", gone}},
		{"stopped", func(b *bench, run string) error {
			return b.Stop(b.t.Context(), chat.Caller{Identity: chat.Identity{Subject: "ann"}}, run)
		}, []string{
			`tool-input-available desk__write {"n":1}`, "tool-approval-request c1 This may change something.",
			"tool-output-error It was not approved, so the call was not carried out.", "abort",
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := newBench(t, chattest.NewModel(chattest.Ask(write("c1", `{"n":1}`)), chattest.Say("Done.")), writers)
				run := b.ask(chat.Question{Text: "Write"})
				synctest.Wait()
				next := b.restarted(func(c *chat.EngineConfig) { c.Models = chat.NewCatalogue(c.Log, "", another{b.model}) })
				if err := tt.end(next, run.ID); err != nil {
					t.Fatal(err)
				}
				live := next.follow(run.ID, 0)
				next.checkWhole(run, live)
				got := outline(live)
				if diff := cmp.Diff(tt.want, got[len(got)-len(tt.want):]); diff != "" {
					t.Errorf("the end (-want +got):\n%s", diff)
				}
				rest := next.ask(chat.Question{ParentID: &run.MessageID, Chosen: chat.Settings{Model: "another"}})
				if got := outline(next.follow(rest.ID, 0)); got[len(got)-1] != "finish stop" {
					t.Errorf("another model continues it as %v", got)
				}
			})
		})
	}
}
