package chat_test

import (
	"context"
	"encoding/json"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/chat/chattest"
)

var crmClose = chat.ToolRef{Name: "crm__close", Server: "crm", ServerName: "CRM", Tool: "close"}

// seekClose is a reply in which the provider waits for approval.
var seekClose = chattest.Reply{Chunks: []chat.Chunk{
	chat.HostedApproval{CallID: "c1", Tool: crmClose, Arguments: `{}`}, chat.ReplyDone{Reason: "tool-calls"},
}}

// What the person approved is known when the provider is cut off in the call.
func TestTheApprovalOfAProvidersCallIsKeptWhileItIsMade(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		making := chattest.Reply{Hang: true, Chunks: []chat.Chunk{chat.HostedCall{CallID: "c1", Tool: crmClose, Arguments: `{}`}}}
		b := newBench(t, chattest.NewModel(seekClose, making), nil)
		run := b.ask(chat.Question{Text: "Close"})
		synctest.Wait()
		b.decide(run.ID, b.asks(run.ID)[0].ID, chat.Decision{Approved: true})
		synctest.Wait()
		if err := b.Stop(t.Context(), chat.Caller{Identity: chat.Identity{Subject: "ann"}}, run.ID); err != nil {
			t.Fatal(err)
		}
		b.checkWhole(run, b.follow(run.ID, 0))
		call := b.answerOf(run.ID).Parts[0].(chat.ToolPart)
		yes := true
		want := &chat.Approval{
			ID: "apr_4", Approved: &yes, Scope: chat.Once, Reason: "This may change something.",
			Scopes: []chat.Scope{chat.Once, chat.InThread, chat.Everywhere}, Of: chat.Tool{ToolRef: crmClose}.Fingerprint(),
		}
		if diff := cmp.Diff(want, call.Approval); diff != "" {
			t.Errorf("the approval (-want +got):\n%s", diff)
		}
		if want := "Stopped before the result arrived; the call may have been carried out."; call.ErrorText != want {
			t.Errorf("closed with %q, want %q", call.ErrorText, want)
		}
	})
}

// Only of a call that was sent is it said that it may have been carried out.
func TestWhatBecameOfCallsWhenARunIsStopped(t *testing.T) {
	const (
		sent    = "Stopped before the result arrived; the call may have been carried out."
		unsent  = "The answer ended before that, so the call was not made."
		unasked = "It was not approved, so the call was not carried out."
	)
	hang := func(id string) chat.CallReady {
		return chat.CallReady{CallID: id, Name: "desk__hang", Arguments: `{}`}
	}
	hosted := func(call chat.Chunk) chattest.Reply { return chattest.Reply{Chunks: []chat.Chunk{call}, Hang: true} }
	for _, tt := range []struct {
		name    string
		replies []chattest.Reply
		most    int               // calls at a time
		approve int               // so many of those that wait
		want    map[string]string // by id; which of the equals comes first is open
	}{
		{
			"its arguments are not complete",
			[]chattest.Reply{{Chunks: []chat.Chunk{chat.CallStarted{CallID: "c1", Name: "desk__hang"}, chat.CallDelta{CallID: "c1", Delta: `{"n":`}}, Hang: true}},
			1, 0, map[string]string{"c1": unsent},
		},
		{
			"one is going on, and the others wait for their turn",
			[]chattest.Reply{chattest.Ask(hang("c1"), hang("c2"), hang("c3"))}, 1, 0, map[string]string{"going on": sent, "in the queue": unsent, "in the queue too": unsent},
		},
		{
			"one is asked for, and another goes on",
			[]chattest.Reply{chattest.Ask(write("c1", `{}`), hang("c2"))}, 2, 0, map[string]string{"c1": unasked, "c2": sent},
		},
		{
			"two are approved, and one of them waits for its turn",
			[]chattest.Reply{chattest.Ask(write("c1", `{}`), write("c2", `{}`))}, 1, 2, map[string]string{"going on": sent, "in the queue": unsent},
		},
		{
			"one of the provider is approved, and it is not told yet",
			[]chattest.Reply{{Chunks: append(seekClose.Chunks[:1:1], hang("c2"), chat.ReplyDone{Reason: "tool-calls"})}}, 1, 1, map[string]string{"c1": unsent, "c2": sent},
		},
		{
			"one of the provider is approved, and it is told",
			[]chattest.Reply{seekClose, {Hang: true}}, 1, 1, map[string]string{"c1": sent},
		},
		{
			"the provider writes a program", []chattest.Reply{hosted(chat.CallStarted{CallID: "c1", Name: "code_interpreter"})},
			1, 0, map[string]string{"c1": unsent},
		},
		{
			"the provider searches", []chattest.Reply{hosted(chat.CallStarted{CallID: "c1", Name: "web_search"})},
			1, 0, map[string]string{"c1": sent},
		},
		{
			"the provider calls a server", []chattest.Reply{hosted(chat.HostedCall{CallID: "c1", Tool: crmClose, Arguments: `{}`})},
			1, 0, map[string]string{"c1": sent},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				forever := func(ctx context.Context, _ json.RawMessage) (chat.ToolResult, error) {
					<-ctx.Done()
					return chat.ToolResult{}, ctx.Err()
				}
				b := newBench(t, chattest.NewModel(tt.replies...), map[string]chattest.ToolFunc{"hang": forever, "write": forever},
					func(c *chat.EngineConfig) { c.Limits.MaxCalls = tt.most })
				run := b.ask(chat.Question{Text: "Go"})
				synctest.Wait()
				for _, ask := range b.asks(run.ID)[:tt.approve] {
					b.decide(run.ID, ask.ID, chat.Decision{Approved: true})
				}
				synctest.Wait()
				if err := b.Stop(t.Context(), chat.Caller{Identity: chat.Identity{Subject: "ann"}}, run.ID); err != nil {
					t.Fatal(err)
				}
				b.checkWhole(run, b.follow(run.ID, 0))
				got, want := map[string]int{}, map[string]int{}
				for _, p := range b.answerOf(run.ID).Parts {
					got[p.(chat.ToolPart).ErrorText]++
				}
				for _, text := range tt.want {
					want[text]++
				}
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("what is said of the calls (-want +got):\n%s", diff)
				}
				for id, text := range tt.want {
					for _, p := range b.answerOf(run.ID).Parts {
						if call := p.(chat.ToolPart); call.CallID == id && call.ErrorText != text {
							t.Errorf("of %s it is said %q, want %q", id, call.ErrorText, text)
						}
					}
				}
			})
		})
	}
}
