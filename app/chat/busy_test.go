package chat_test

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/chat/chattest"
)

func TestAFailureTellsHowLongToWait(t *testing.T) {
	for _, tt := range []struct {
		name  string
		after time.Duration
		want  int64
	}{
		{"a part of a second counts as one", 11_200 * time.Millisecond, 12},
		{"whole seconds", 17 * time.Second, 17},
		{"not known", 0, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := newBench(t, chattest.NewModel(chattest.Reply{Err: &chat.Error{Kind: chat.KindProviderBusy, Message: "Busy.", RetryAfter: tt.after}}), nil)
				run := b.ask(chat.Question{Text: "What were our sales by year?"})
				synctest.Wait()
				b.checkWhole(run, b.follow(run.ID, 0))
				want := &chat.Failure{Kind: chat.KindProviderBusy, Message: "Busy.", RetryAfter: tt.want}
				if diff := cmp.Diff(want, b.answerOf(run.ID).Failure); diff != "" {
					t.Errorf("failure (-want +got):\n%s", diff)
				}
			})
		})
	}
}
