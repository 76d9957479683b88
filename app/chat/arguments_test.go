package chat_test

import (
	"slices"
	"testing"
	"testing/synctest"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/chat/chattest"
)

// Of two members with one name a page shows the last, and a server may take the first: then
// a person would approve what is not called.
func TestArgumentsThatCanBeReadInTwoWaysAreRefused(t *testing.T) {
	const refused = `tool-output-error The arguments name "n" twice.`
	for _, tt := range []struct {
		name, arguments, want string
	}{
		{"one name twice", `{"n":1,"n":2}`, refused},
		{"the same name in other letters of JSON", `{"n":1,"\u006e":2}`, refused},
		{"further inside", `{"a":[{"b":0},{"n":{},"c":[1],"n":2}]}`, refused},
		{"after an object that has it too", `{"n":{"n":1},"a":[],"n":2}`, refused},
		{"one name in several objects", `{"n":{"n":1},"a":[{"n":1},{"n":2}],"s":"n"}`, `tool-approval-request c1 This may change something.`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := newBench(t, chattest.NewModel(chattest.Ask(write("c1", tt.arguments)), chattest.Say("Done.")), writers)
				run := b.ask(chat.Question{Text: "Write"})
				synctest.Wait()
				for _, ask := range b.asks(run.ID) {
					b.decide(run.ID, ask.ID, chat.Decision{})
				}
				live := b.follow(run.ID, 0)
				if got := outline(live); !slices.Contains(got, tt.want) {
					t.Errorf("there is no %q in %v", tt.want, got)
				}
				b.checkWhole(run, live)
			})
		})
	}
}
