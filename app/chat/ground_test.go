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
	"github.com/pomerium/pomchat/app/chat/grounding"
)

func TestTheFiguresOfAnAnswerAreTiedToRows(t *testing.T) {
	sales := chat.ToolResult{Text: "…", Structured: json.RawMessage(`{"columns":["Year","Sales"],"rows":[["1996",208083.97],["1997",617085.2],["1998",440623.87]]}`)}
	tools := map[string]chattest.ToolFunc{
		"sales": func(context.Context, json.RawMessage) (chat.ToolResult, error) { return sales, nil },
		"many":  func(context.Context, json.RawMessage) (chat.ToolResult, error) { return grid(5000), nil },
		"note": func(context.Context, json.RawMessage) (chat.ToolResult, error) {
			return chat.ToolResult{Text: "There are 91 customers since 12 March 1994; order 4711 is late."}, nil
		},
	}
	ask := func(tool string) chattest.Reply {
		return chattest.Ask(chat.CallReady{CallID: "c1", Name: "desk__" + tool})
	}
	narrow := chattest.Ask(chat.CallReady{CallID: "c1", Name: "desk__sales", Arguments: `{"sql":"SELECT Year FROM Sales HAVING Amount BETWEEN 54321 AND 99999999"}`})
	none := chat.Settings{Servers: []string{}}
	for _, tt := range []struct {
		name    string
		replies []chattest.Reply
		chosen  chat.Settings
		want    []string
	}{
		{"figures of cells, and one that is invented", []chattest.Reply{ask("sales"), chattest.Say("Sales were 617,085.20 [1:2] in the year 1997, and 123,456.78 of it came from Mars.")}, chat.Settings{},
			[]string{"617,085.20 cell of call 1, cited right", "1997 cell of call 1, cited absent", "123,456.78 not found"}},
		{"a row beyond what the message holds", []chattest.Reply{ask("many"), chattest.Say("The id of the row called name 4321 is 4321, as [1:4321] shows.")}, chat.Settings{},
			[]string{"4321 cell of call 1, cited right"}},
		{"an invention where nothing was called", []chattest.Reply{chattest.Say("There were 617,085.20 of them, 7 on Mars.")}, chat.Settings{},
			[]string{"617,085.20 not found"}},
		{"an invention beside a result that is no table", []chattest.Reply{ask("note"), chattest.Say("Of the 91 customers 4,321 are late, as is order 4711.")}, chat.Settings{},
			[]string{"91 given", "4711 given", "4,321 not found"}},
		{"a figure of the question, and what follows from two of them", []chattest.Reply{chattest.Say("Of 1,250 at 17 % you get 212.50.")}, chat.Settings{},
			[]string{"1,250 given", "17 % given", "212.50 given"}},
		{"a bound that the query had", []chattest.Reply{narrow, chattest.Say("In 1997 it was 617,085.20, in the list of those above 54,321.")}, chat.Settings{},
			[]string{"1997 cell of call 1, cited absent", "617,085.20 cell of call 1, cited absent", "54,321 given"}},
		{"nothing without tools", []chattest.Reply{chattest.Say("There were 617,085.20 of them.")}, none, nil},
		{"nothing where nothing is said", []chattest.Reply{chattest.Say("Hello! Ask me for the top 10 of 1997, or 3 other things.")}, chat.Settings{}, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := newBench(t, chattest.NewModel(tt.replies...), tools)
				run := b.ask(chat.Question{Text: "What were our sales, and what is 17 % of 1,250?", Chosen: tt.chosen})
				b.checkWhole(run, b.follow(run.ID, 0))
				var got []string
				for _, g := range b.answerOf(run.ID).Grounding {
					for _, m := range g.Report.Marks {
						switch {
						case m.Kind == grounding.Given:
							got = append(got, m.Text+" given")
						case !m.Weak:
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
