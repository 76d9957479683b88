package chat_test

import (
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/chat/chattest"
)

// A gateway lists servers to people who may not use them, who shall not read so with
// every answer.
func TestOfWhichServersAnAnswerIsWithout(t *testing.T) {
	notes := chat.ServerNotice{Server: "notes", Name: "Notes", Status: chat.ServerNeedsConnect, Error: "It asks you to log in."}
	vault := chat.ServerNotice{Server: "vault", Name: "Vault", Status: chat.ServerNoAccess, Error: "It is blocked by policy."}
	shop := chat.ServerNotice{Server: "shop", Name: "Shop", Status: chat.ServerDown, Error: "It cannot be reached."}
	for _, tt := range []struct {
		name   string
		chosen []string
		want   []chat.ServerNotice
	}{
		{"all are chosen", nil, []chat.ServerNotice{notes, shop}},
		{"each is chosen by name", []string{"notes", "vault", "shop"}, []chat.ServerNotice{notes, vault, shop}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := newBench(t, chattest.NewModel(chattest.Say("Hello.")), nil, func(c *chat.EngineConfig) {
					c.Toolbox = chattest.NewToolbox(nil, notes, vault, shop)
				})
				b.follow(b.ask(chat.Question{Text: "Hi", Chosen: chat.Settings{Servers: tt.chosen}}).ID, 0)
				answers, err := b.store.Messages(t.Context(), "ann", b.thread)
				if err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(tt.want, answers[len(answers)-1].Notices); diff != "" {
					t.Errorf("(-want +got):\n%s", diff)
				}
			})
		})
	}
}
