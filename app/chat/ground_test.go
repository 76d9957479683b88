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

func TestTheFiguresOfAnAnswerAreTiedToRows(t *testing.T) {
	sales := chat.ToolResult{Text: "…", Structured: json.RawMessage(`{"columns":["Year","Sales"],"rows":[["1996",208083.97],["1997",617085.2],["1998",440623.87]]}`)}
	tools := map[string]chattest.ToolFunc{
		"sales": func(context.Context, json.RawMessage) (chat.ToolResult, error) { return sales, nil },
		"many":  func(context.Context, json.RawMessage) (chat.ToolResult, error) { return grid(5000), nil },
	}
	ask := func(tool string) chattest.Reply {
		return chattest.Ask(chat.CallReady{CallID: "c1", Name: "desk__" + tool})
	}
	for _, tt := range []struct {
		name    string
		replies []chattest.Reply
		want    []string
	}{
		{"figures of cells, and one that is invented", []chattest.Reply{ask("sales"), chattest.Say("Sales were 617,085.20 [1:2] in the year 1997, and 123,456.78 of it came from Mars.")},
			[]string{"617,085.20 cell of call 1, cited right", "1997 cell of call 1, cited absent", "123,456.78 not found"}},
		{"a row beyond what the message holds", []chattest.Reply{ask("many"), chattest.Say("The id of the row called name 4321 is 4321, as [1:4321] shows.")},
			[]string{"4321 cell of call 1, cited right"}},
		{"nothing without rows", []chattest.Reply{chattest.Say("There were 617,085.20 of them.")}, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := newBench(t, chattest.NewModel(tt.replies...), tools)
				run := b.ask(chat.Question{Text: "What were our sales?"})
				b.checkWhole(run, b.follow(run.ID, 0))
				var got []string
				for _, g := range b.answerOf(run.ID).Grounding {
					for _, m := range g.Report.Marks {
						if !m.Weak {
							got = append(got, fmt.Sprintf("%s %s of call %d, cited %s", m.Text, m.Kind, m.Sources[0].Number, m.Cited))
						}
					}
					for _, f := range g.Report.NotFound {
						got = append(got, f.Text+" not found")
					}
				}
				if diff := cmp.Diff(tt.want, got); diff != "" {
					t.Errorf("(-want +got):\n%s", diff)
				}
			})
		})
	}
}

// brokenResults is a store that fails in the worst way.
type brokenResults struct{ *chattest.Store }

func (brokenResults) Result(context.Context, chat.Subject, string) (chat.Result, error) {
	panic("boom")
}

func TestAnAnswerStandsWhoseFiguresCannotBeChecked(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, chattest.NewModel(chattest.Ask(chat.CallReady{CallID: "c1", Name: "desk__many"}), chattest.Say("There are 5,000.")),
			map[string]chattest.ToolFunc{"many": func(context.Context, json.RawMessage) (chat.ToolResult, error) { return grid(5000), nil }})
		b.Results = brokenResults{b.store}
		run := b.ask(chat.Question{Text: "How many?"})
		live := b.follow(run.ID, 0)
		b.checkWhole(run, live)
		if got := outline(live); got[len(got)-1] != "finish stop" {
			t.Errorf("ended with %q", got[len(got)-1])
		}
	})
}
