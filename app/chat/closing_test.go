package chat_test

import (
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
		if err := b.Stop(t.Context(), "ann", run.ID); err != nil {
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
