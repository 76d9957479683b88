package chat_test

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/chat/chattest"
)

// Who asked, and as whom each call ran, is kept with them: what a person is called may change.
func TestAQuestionAndItsCallsRememberWhoAsked(t *testing.T) {
	for _, tt := range []struct {
		name string
		who  chat.Identity
		by   *chat.Person
		as   string
	}{
		{"somebody with an address", chat.Identity{Subject: "ann", Name: "Ann Example", Email: "ann@example.com"}, &chat.Person{Name: "Ann Example", Email: "ann@example.com"}, "ann@example.com"},
		{"somebody with a name alone", chat.Identity{Subject: "ann", Name: "Ann"}, &chat.Person{Name: "Ann"}, "Ann"},
		{"somebody of whom nothing is known", chat.Identity{Subject: "ann"}, nil, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := newBench(t, chattest.NewModel(chattest.Ask(chat.CallReady{CallID: "c1", Name: "desk__echo", Arguments: `{}`}, chat.CallReady{CallID: "c2", Name: "no_such", Arguments: `{}`}), chattest.Say("Done.")), writers)
				b.caller.Identity = chat.Identity{Subject: b.caller.Subject, Name: tt.who.Name, Email: tt.who.Email}
				run := b.ask(chat.Question{Text: "Echo"})
				b.follow(run.ID, 0)
				messages, err := b.Threads.Messages(t.Context(), b.caller.Subject, run.ThreadID)
				if err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(tt.by, messages[0].Parts[0].(chat.TextPart).By); diff != "" {
					t.Errorf("asked by (-want +got):\n%s", diff)
				}
				got := map[string]string{}
				for _, p := range messages[1].Parts {
					if call, ok := p.(chat.ToolPart); ok {
						got[call.CallID] = call.As
					}
				}
				if diff := cmp.Diff(map[string]string{"c1": tt.as, "c2": ""}, got); diff != "" {
					t.Errorf("calls ran as (-want +got):\n%s", diff)
				}
			})
		})
	}
}

func TestACallRemembersHowLongItWaited(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, chattest.NewModel(chattest.Ask(write("c1", `{}`)), chattest.Say("Done.")), writers)
		run := b.ask(chat.Question{Text: "Write"})
		synctest.Wait()
		asked := time.Now()
		time.Sleep(3 * time.Hour)
		decided := time.Now()
		b.decide(run.ID, b.asks(run.ID)[0].ID, chat.Decision{Approved: true})
		b.follow(run.ID, 0)
		var got []chat.Pause
		for _, p := range b.answerOf(run.ID).Parts {
			if call, ok := p.(chat.ToolPart); ok {
				got = call.Pauses
			}
		}
		if diff := cmp.Diff([]chat.Pause{{From: asked, To: &decided}}, got, cmp.Comparer(time.Time.Equal)); diff != "" {
			t.Errorf("pauses (-want +got):\n%s", diff)
		}
	})
}
