package chat_test

import (
	"context"
	"encoding/json"
	"fmt"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/chat/chattest"
)

// A call may wait long for its server after it was approved. What was approved for longer,
// and taken back meanwhile, is asked for again; what was approved once, is not.
func TestAnApprovalThatIsTakenBackHoldsForNothingThatWaits(t *testing.T) {
	for _, tt := range []struct {
		name   string
		scope  chat.Scope
		revoke bool
		want   []string // the calls that ask again
	}{
		{"once", chat.Once, true, nil},
		{"for the thread, and kept", chat.InThread, false, nil},
		{"for the thread, and taken back", chat.InThread, true, []string{"c1", "c2"}},
		{"always, and kept", chat.Everywhere, false, nil},
		{"always, and taken back", chat.Everywhere, true, []string{"c1", "c2"}},
	} {
		for _, crash := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s/after a crash %v", tt.name, crash), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					l := newLobby(t, chattest.Ask(write("c1", `{"n":1}`), write("c2", `{"n":2}`)), chattest.Say("Done."))
					l.tools.Watched("write", func(ctx context.Context, _ json.RawMessage, _ chat.Watcher) (chat.ToolResult, error) {
						return l.read(ctx, nil)
					})
					l.out.Store(true)
					run := l.ask(chat.Question{Text: "Write"})
					synctest.Wait()
					for asks := l.asks(run.ID); len(asks) > 0; asks = l.asks(run.ID) {
						l.decide(run.ID, asks[0].ID, chat.Decision{Approved: true, Scope: tt.scope})
						synctest.Wait()
					}
					l.expect(run.ID, "c1 connect", "c2 connect")
					if tt.revoke {
						grants, err := l.store.Grants(t.Context(), "ann")
						if err != nil {
							t.Fatal(err)
						}
						for _, g := range grants {
							if err := l.store.RevokeGrant(t.Context(), "ann", g.ID); err != nil {
								t.Fatal(err)
							}
						}
					}
					next := l
					if crash {
						next = &lobby{bench: l.restarted()}
						next.tools.Watched("write", func(ctx context.Context, _ json.RawMessage, _ chat.Watcher) (chat.ToolResult, error) {
							return next.read(ctx, nil)
						})
					}
					next.out.Store(false)
					next.renew(run.ID, l.now(), chat.Renewal{Retry: []string{"c1", "c2"}})
					var again []string
					for _, p := range next.answerOf(run.ID).Parts {
						if call, ok := p.(chat.ToolPart); ok && call.State == chat.CallAsked {
							again = append(again, call.CallID)
						}
					}
					if diff := cmp.Diff(tt.want, again); diff != "" {
						t.Errorf("asks again (-want +got):\n%s", diff)
					}
					for asks := next.asks(run.ID); len(asks) > 0; asks = next.asks(run.ID) {
						next.decide(run.ID, asks[0].ID, chat.Decision{Approved: true})
						synctest.Wait()
					}
					next.checkWhole(run, next.follow(run.ID, 0))
				})
			})
		}
	}
}
