package chat_test

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/chat/chattest"
)

// A gateway lists servers to people who may not use them, or never connected them, who
// shall not read so with every answer.
func TestOfWhichServersAnAnswerIsWithout(t *testing.T) {
	notes := chat.ServerNotice{Server: "notes", Name: "Notes", Status: chat.ServerNeedsConnect, Error: "It asks you to log in."}
	vault := chat.ServerNotice{Server: "vault", Name: "Vault", Status: chat.ServerNoAccess, Error: "It is blocked by policy."}
	shop := chat.ServerNotice{Server: "shop", Name: "Shop", Status: chat.ServerDown, Error: "It cannot be reached."}
	for _, tt := range []struct {
		name   string
		chosen []string
		want   []chat.ServerNotice
	}{
		{"all are chosen", nil, []chat.ServerNotice{shop}},
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

// Who has used a server in a thread relies on it there.
func TestAServerThatAThreadHasUsedIsMissed(t *testing.T) {
	for _, status := range []chat.ServerStatus{chat.ServerNeedsConnect, chat.ServerNoAccess} {
		t.Run(string(status), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				desk := chat.ServerNotice{Server: "desk", Name: "Desk", Status: status, Error: "It does not let you in."}
				model := chattest.NewModel(chattest.Ask(chat.CallReady{CallID: "c1", Name: "desk__look", Arguments: "{}"}), chattest.Say("Hello."), chattest.Say("Again."))
				look := func(context.Context, json.RawMessage) (chat.ToolResult, error) {
					return chat.ToolResult{Text: "x"}, nil
				}
				b := newBench(t, model, nil, func(c *chat.EngineConfig) {
					c.Toolbox = chattest.NewToolbox(map[string]chattest.ToolFunc{"look": look}, desk)
				})
				var got [][]chat.ServerNotice
				for range 2 {
					b.follow(b.ask(chat.Question{Text: "Hi"}).ID, 0)
					answers, err := b.store.Messages(t.Context(), "ann", b.thread)
					if err != nil {
						t.Fatal(err)
					}
					got = append(got, answers[len(answers)-1].Notices)
				}
				if diff := cmp.Diff([][]chat.ServerNotice{nil, {desk}}, got); diff != "" {
					t.Errorf("(-want +got):\n%s", diff)
				}
			})
		})
	}
}

// A model that knows which servers could be connected can say so to a question that needs one.
func TestAModelIsToldWhatCouldBeConnected(t *testing.T) {
	of := func(name string, status chat.ServerStatus) chat.ServerNotice {
		return chat.ServerNotice{Server: name, Name: name, Status: status}
	}
	var many []chat.ServerNotice
	for i := range 30 {
		many = append(many, of(fmt.Sprintf("n%d", i), chat.ServerNeedsConnect))
	}
	for _, tt := range []struct {
		name    string
		notices []chat.ServerNotice
		want    []string // quoted names
	}{
		{"nothing where there is nothing to connect", []chat.ServerNotice{of("vault", chat.ServerNoAccess), of("shop", chat.ServerDown)}, nil},
		{"names as one line, whatever they hold", []chat.ServerNotice{of("Notes", chat.ServerNeedsConnect), of("a\n- b", chat.ServerNeedsConnect)}, []string{`"Notes"`, `"a\n- b"`}},
		{"not too many", many, quoted(many[:20])},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				model := chattest.NewModel(chattest.Say("Hello."))
				b := newBench(t, model, nil, func(c *chat.EngineConfig) { c.Toolbox = chattest.NewToolbox(nil, tt.notices...) })
				b.follow(b.ask(chat.Question{Text: "Hi"}).ID, 0)
				want := "Be brief."
				if tt.want != nil {
					want += "\n\nThe person has not connected these servers, so you have no tools of theirs: " + strings.Join(tt.want, ", ") +
						". If a question needs one of them, say that it can be connected under Servers, and asked again then. Else do not mention them."
				}
				if diff := cmp.Diff(want, model.Prompts()[0].Instructions); diff != "" {
					t.Errorf("(-want +got):\n%s", diff)
				}
			})
		})
	}
}

func quoted(notices []chat.ServerNotice) []string {
	var names []string
	for _, n := range notices {
		names = append(names, strconv.Quote(n.Name))
	}
	return names
}
