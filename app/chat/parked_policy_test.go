package chat_test

import (
	"context"
	"encoding/json"
	"slices"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/chat/chattest"
)

// What an administrator demands since the restart holds for what waits, too.
func TestAParkedRunObeysTheNewPolicy(t *testing.T) {
	demand := func(c *chat.EngineConfig) { c.Approvals.AlwaysAsk = []string{"desk/*"} }
	t.Run("an approval is for once", func(t *testing.T) {
		for _, tt := range []struct {
			pattern string
			hosted  bool
		}{{"desk/*", false}, {"crm/*", true}, {"crm.example.com/*", true}} {
			synctest.Test(t, func(t *testing.T) {
				s := newSensitive(t, tt.hosted)
				next := s.restarted(func(c *chat.EngineConfig) { c.Approvals.AlwaysAsk = []string{tt.pattern} })
				ask := next.asks(s.run.ID)[0]
				for _, scope := range []chat.Scope{chat.InThread, chat.Everywhere} {
					if err := next.Decide(t.Context(), s.caller, s.run.ID, ask.ID, chat.Decision{Approved: true, Scope: scope}); chat.KindOf(err) != chat.KindInvalid {
						t.Errorf("%s: approved for %s: %v, want invalid", tt.pattern, scope, err)
					}
				}
				next.decide(s.run.ID, ask.ID, chat.Decision{Approved: true})
				next.checkWhole(s.run, next.follow(s.run.ID, 0))
			})
		}
	})
	t.Run("a call that waited for its server is asked for", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			l := newLobby(t, chattest.Ask(chat.CallReady{CallID: "c1", Name: "desk__read", Arguments: `{}`}), chattest.Say("Done."))
			l.out.Store(true)
			run := l.ask(chat.Question{Text: "Read"})
			l.expect(run.ID, "c1 connect")
			next := &lobby{bench: l.restarted(demand)}
			next.tools.Watched("read", func(ctx context.Context, arguments json.RawMessage, _ chat.Watcher) (chat.ToolResult, error) {
				return next.read(ctx, arguments)
			})
			next.renew(run.ID, l.now(), chat.Renewal{Retry: []string{"c1"}})
			next.decide(run.ID, next.asks(run.ID)[0].ID, chat.Decision{Approved: true})
			live := next.follow(run.ID, 0)
			if got := outline(live); !slices.Contains(got, "tool-output-available Come in.") || got[len(got)-1] != "finish stop" {
				t.Errorf("the run went on as %v", got)
			}
			next.checkWhole(run, live)
		})
	})
	t.Run("web search and servers do not mix", func(t *testing.T) {
		for _, tt := range []struct {
			mixing chat.Mixing
			want   []chat.HostedTool
		}{
			{chat.MixingAllowed, []chat.HostedTool{chat.WebSearch, chat.CodeInterpreter}},
			{chat.MixingAsks, []chat.HostedTool{chat.CodeInterpreter}},
			{chat.MixingForbidden, []chat.HostedTool{chat.CodeInterpreter}},
		} {
			synctest.Test(t, func(t *testing.T) {
				model := chattest.NewModel(chattest.Ask(write("c1", `{}`)), chattest.Say("Done.")).CanRun(chat.WebSearch, chat.CodeInterpreter)
				b := newBench(t, model, writers, func(c *chat.EngineConfig) { c.Mixing = chat.MixingAllowed })
				run := b.ask(chat.Question{Text: "Write", Chosen: chat.Settings{Hosted: []chat.HostedTool{chat.WebSearch, chat.CodeInterpreter}}})
				synctest.Wait()
				next := b.restarted(func(c *chat.EngineConfig) { c.Mixing = tt.mixing })
				next.decide(run.ID, next.asks(run.ID)[0].ID, chat.Decision{Approved: true})
				next.checkWhole(run, next.follow(run.ID, 0))
				if diff := cmp.Diff(tt.want, model.Prompts()[1].Hosted); diff != "" {
					t.Errorf("%s: the model is told of (-want +got):\n%s", tt.mixing, diff)
				}
			})
		}
	})
}
