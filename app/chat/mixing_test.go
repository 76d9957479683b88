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

func TestWebSearchAndServersMeetOnlyWithConsent(t *testing.T) {
	web, none := []chat.HostedTool{chat.WebSearch}, []string{}
	for _, tt := range []struct {
		name   string
		mixing chat.Mixing
		chosen chat.Settings
		called bool // a server has told something before
		want   chat.Kind
	}{
		{"without web search", "", chat.Settings{}, true, ""},
		{"without servers", "", chat.Settings{Hosted: web, Servers: none}, false, ""},
		{"with all servers", "", chat.Settings{Hosted: web}, false, chat.KindNeedsConsent},
		{"with one server", "", chat.Settings{Hosted: web, Servers: []string{"desk"}}, false, chat.KindNeedsConsent},
		{"after a server has told something", "", chat.Settings{Hosted: web, Servers: none}, true, chat.KindNeedsConsent},
		{"with consent", "", chat.Settings{Hosted: web, Mixed: true}, true, ""},
		{"where nobody has to ask", chat.MixingAllowed, chat.Settings{Hosted: web}, true, ""},
		{"where it is forbidden", chat.MixingForbidden, chat.Settings{Hosted: web, Mixed: true}, false, chat.KindForbidden},
		{"where it is forbidden, without servers", chat.MixingForbidden, chat.Settings{Hosted: web, Servers: none}, false, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				model := chattest.NewModel(chattest.Ask(chat.CallReady{CallID: "c1", Name: "desk__echo"}), chattest.Say("Hi."), chattest.Say("Yes.")).CanRun(chat.WebSearch)
				if !tt.called {
					model = chattest.NewModel(chattest.Say("Hi."), chattest.Say("Yes.")).CanRun(chat.WebSearch)
				}
				b := newBench(t, model, map[string]chattest.ToolFunc{"echo": func(context.Context, json.RawMessage) (chat.ToolResult, error) {
					return chat.ToolResult{Text: "secret"}, nil
				}}, func(c *chat.EngineConfig) { c.Mixing = tt.mixing })
				b.follow(b.ask(chat.Question{Text: "Hi"}).ID, 0)
				run, err := b.Start(t.Context(), b.caller, b.thread, chat.Question{Text: "And?", Chosen: tt.chosen})
				if err != nil && chat.KindOf(err) != tt.want || err == nil && tt.want != "" {
					t.Errorf("got %v, want kind %q", err, tt.want)
				}
				if err == nil {
					b.follow(run.ID, 0)
					prompts := model.Prompts()
					if diff := cmp.Diff(len(tt.chosen.Hosted), len(prompts[len(prompts)-1].Hosted)); diff != "" {
						t.Errorf("hosted tools told to the model (-want +got):\n%s", diff)
					}
				}
			})
		})
	}
}

// What was told counts where the question would be answered: a branch that no server has
// told anything is free, and a resource of a server is told with the question itself.
func TestWhatServersToldCountsAlongTheBranch(t *testing.T) {
	web := chat.Settings{Hosted: []chat.HostedTool{chat.WebSearch}, Servers: []string{}}
	root := ""
	for _, tt := range []struct {
		name string
		ask  func(first chat.Started) chat.Question
		want chat.Kind
	}{
		{"after the answer", func(chat.Started) chat.Question { return chat.Question{Text: "And?"} }, chat.KindNeedsConsent},
		{"the rest of the answer's thread", func(q chat.Started) chat.Question { return chat.Question{Text: "And?", ParentID: &q.MessageID} }, chat.KindNeedsConsent},
		{"another answer to the question", func(q chat.Started) chat.Question { return chat.Question{ParentID: &q.QuestionID} }, ""},
		{"another question in its place", func(chat.Started) chat.Question { return chat.Question{Text: "And?", ParentID: &root} }, ""},
		{"another question with a resource", func(chat.Started) chat.Question {
			return chat.Question{Text: "And?", ParentID: &root, Attachments: []chat.Attachment{{Server: "desk", URI: "file:///notes"}}}
		}, chat.KindNeedsConsent},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				model := chattest.NewModel(chattest.Ask(chat.CallReady{CallID: "c1", Name: "desk__echo"}), chattest.Say("Hi."), chattest.Say("Yes.")).CanRun(chat.WebSearch)
				b := newBench(t, model, map[string]chattest.ToolFunc{"echo": echo})
				first := b.ask(chat.Question{Text: "Hi"})
				b.follow(first.ID, 0)
				q := tt.ask(first)
				q.Chosen = web
				run, err := b.Start(t.Context(), b.caller, b.thread, q)
				if err != nil && chat.KindOf(err) != tt.want || err == nil && tt.want != "" {
					t.Errorf("got %v, want kind %q", err, tt.want)
				}
				if err == nil {
					b.follow(run.ID, 0)
				}
			})
		})
	}
}

// What a server says of a failed call is data of that server, too: a model reads it.
func TestAServerTellsByItsErrorsToo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		model := chattest.NewModel(chattest.Ask(chat.CallReady{CallID: "c1", Name: "desk__echo"}), chattest.Say("Hi."), chattest.Say("Yes.")).CanRun(chat.WebSearch)
		b := newBench(t, model, map[string]chattest.ToolFunc{"echo": func(context.Context, json.RawMessage) (chat.ToolResult, error) {
			return chat.ToolResult{}, &chat.Error{Kind: chat.KindInvalid, Op: "call tool", Message: "Order 7 of Ann Example is not paid."}
		}})
		b.follow(b.ask(chat.Question{Text: "Hi"}).ID, 0)
		_, err := b.Start(t.Context(), b.caller, b.thread, chat.Question{
			Text: "And?", Chosen: chat.Settings{Hosted: []chat.HostedTool{chat.WebSearch}, Servers: []string{}},
		})
		if chat.KindOf(err) != chat.KindNeedsConsent {
			t.Errorf("got %v, want kind %q", err, chat.KindNeedsConsent)
		}
	})
}

// A switch that another model's provider knows is not a reason to refuse a question.
func TestWhatTheModelCannotRunIsLeftOut(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		model := chattest.NewModel(chattest.Say("Hi."))
		b := newBench(t, model, nil)
		b.follow(b.ask(chat.Question{Text: "Hi", Chosen: chat.Settings{Hosted: []chat.HostedTool{chat.WebSearch}}}).ID, 0)
		if got := model.Prompts()[0].Hosted; len(got) > 0 {
			t.Errorf("the model is told of %v", got)
		}
	})
}
