package chat_test

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/chat/chattest"
)

// What a tool gives as data alone, a model must read all the same.
func TestAModelReadsTheDataThatATextLacks(t *testing.T) {
	rows := func(n int) (lines string) {
		for i := range n {
			lines += fmt.Sprintf("\n%d|name %d", i+1, i+1)
		}
		return lines
	}
	people := json.RawMessage(`[{"name":"Ann","owes":1234.5,"paid":true},{"name":"Bob","owes":-3,"paid":false}]`)
	asText := "name|owes|paid\nAnn|1234.5|true\nBob|-3|false"
	for _, tt := range []struct {
		name   string
		result chat.ToolResult
		want   string
		more   bool // read_result is offered
	}{
		{"a count beside many rows", chat.ToolResult{Text: "5000 rows", Structured: grid(5000).Structured},
			"Call 1\n5000 rows\n\nRows 1 to 200 of 5000\nid|name" + rows(200) +
				"\n\n[Cut here: these are rows 1 to 200 of 5000. To read on, call read_result with {\"result\": \"res_4\", \"offset\": 200}.]", true},
		{"a count beside a few rows", chat.ToolResult{Text: "2 people", Structured: people}, "Call 1\n2 people\n\nRows 1 to 2 of 2\n" + asText, false},
		{"a few of the rows", chat.ToolResult{Text: "For example Ann owes 1,234.50: true", Structured: people},
			"Call 1\nFor example Ann owes 1,234.50: true\n\nRows 1 to 2 of 2\n" + asText, false},
		{"as many lines, without the figures", chat.ToolResult{Text: "Ann\nBob", Structured: people}, "Call 1\nAnn\nBob\n\nRows 1 to 2 of 2\n" + asText, false},
		{"a text of spaces", chat.ToolResult{Text: " \n", Structured: people}, "Call 1\n" + asText, false},
		{"the rows, in words", chat.ToolResult{Text: "Ann owes 1,234.50 (paid: true)\nBob owes -3.00 (paid: False)", Structured: people},
			"Call 1\nAnn owes 1,234.50 (paid: true)\nBob owes -3.00 (paid: False)", false},
		{"the same JSON", chat.ToolResult{Text: string(people), Structured: people}, "Call 1\n" + string(people), false},
		{"the same rows in other JSON", chat.ToolResult{Text: string(people), Structured: json.RawMessage(`{"result":` + string(people) + `}`)}, "Call 1\n" + string(people), false},
		{"no rows", chat.ToolResult{Text: "Nobody.", Structured: json.RawMessage(`{"columns":["name"],"rows":[]}`)}, "Call 1\nNobody.", false},
		{"more rows than came", chat.ToolResult{Text: "99 found", Structured: json.RawMessage(`{"columns":["n"],"rows":[[7]],"total_rows":99}`)},
			"Call 1\n99 found\n\nRows 1 to 1 of 99\nn\n7", false},
		{"data that is no table", chat.ToolResult{Text: "Created.", Structured: json.RawMessage(`{"id":71,"state":"open"}`)}, "Call 1\nCreated.\n\n" + `{"id":71,"state":"open"}`, false},
		{"such data told in words", chat.ToolResult{Text: "Created 71, which is open.", Structured: json.RawMessage(`{"id":71,"state":"open","owner":null}`)}, "Call 1\nCreated 71, which is open.", false},
		{"data of a failure", chat.ToolResult{IsError: true, Text: "Failed.", Structured: json.RawMessage(`{"retry_in":30}`)}, "Call 1\nFailed.\n\n" + `{"retry_in":30}`, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				model := chattest.NewModel(chattest.Ask(chat.CallReady{CallID: "c1", Name: "desk__get"}), chattest.Say("Done."))
				b := newBench(t, model, map[string]chattest.ToolFunc{"get": func(context.Context, json.RawMessage) (chat.ToolResult, error) { return tt.result, nil }})
				run := b.ask(chat.Question{Text: "Get"})
				b.follow(run.ID, 0)
				told := model.Prompts()[1]
				answer := told.Path[len(told.Path)-1]
				call, _ := answer.Parts[len(answer.Parts)-1].(chat.ToolPart)
				if call.Output == nil || call.Output.Text != tt.want {
					t.Errorf("the model reads %+v\nwant %q", call.Output, tt.want)
				}
				if more := len(told.Tools) == 2; more != tt.more {
					t.Errorf("read_result is offered: %t", more)
				}
			})
		})
	}
}

// Whatever form the rows came in, the message counts them as the paging API does, and has
// them where the page looks for them.
func TestAMessageHoldsRowsInAFormThatThePageKnows(t *testing.T) {
	const one = `{"columns":[{"name":"a"}],"rows":[[1]],"row_count":1,"total_rows":1,"truncated":false}`
	const many = `{"columns":[{"name":"a"}],"rows":[[1]],"row_count":1,"total_rows":99,"truncated":true}`
	for _, tt := range []struct {
		name       string
		text, data string
		want       string
		rows       int
	}{
		{"records", "x", `[{"a":1}]`, `[{"a":1}]`, 1},
		{"records in a wrapper", "x", `{"items":[{"a":1}],"page":1}`, `{"items":[{"a":1}],"page":1}`, 1},
		{"columns and rows", "x", `{"columns":["a"],"rows":[[1]],"total_rows":99}`, `{"columns":["a"],"rows":[[1]],"total_rows":99}`, 99},
		{"a total in other words", "x", `{"items":[{"a":1}],"total":99}`, many, 99},
		{"fields and values", "x", `{"fields":["a"],"values":[[1]]}`, one, 1},
		{"results in data", "x", `{"data":{"results":[{"a":1}]}}`, one, 1},
		{"a wrapper of text", "x", `{"result":"[{\"a\":1}]"}`, one, 1},
		{"a text", `[{"a":1}]`, ``, one, 1},
		{"cells without a column", "x", `{"columns":["a"],"rows":[[1,2]]}`, `{"columns":[{"name":"a"},{"name":"column 2"}],"rows":[[1,2]],"row_count":1,"total_rows":1,"truncated":false}`, 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				result := chat.ToolResult{Text: tt.text, Structured: json.RawMessage(tt.data)}
				b := newBench(t, chattest.NewModel(chattest.Ask(chat.CallReady{CallID: "c1", Name: "desk__get"}), chattest.Say("Done.")),
					map[string]chattest.ToolFunc{"get": func(context.Context, json.RawMessage) (chat.ToolResult, error) { return result, nil }})
				out := *b.lastCall(b.ask(chat.Question{Text: "Get"}).ID).Output
				whole, err := b.store.Result(t.Context(), "ann", out.ResultID)
				if err != nil {
					t.Fatal(err)
				}
				table, _ := chat.Rows(whole.Output)
				if string(out.Structured) != tt.want || *out.RowCount != tt.rows || table.Total != tt.rows {
					t.Errorf("%d rows, %d in the API: %s", *out.RowCount, table.Total, out.Structured)
				}
			})
		})
	}
}

func TestLargeDataIsReadOn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		data := `{"note":"` + strings.Repeat("x", 40_000) + `","end":"here"}`
		model := chattest.NewModel(chattest.Ask(chat.CallReady{CallID: "c1", Name: "desk__get"}),
			chattest.Ask(chat.CallReady{CallID: "c2", Name: "read_result", Arguments: `{"result":"res_4","offset":32768}`}), chattest.Say("Done."))
		b := newBench(t, model, map[string]chattest.ToolFunc{"get": func(context.Context, json.RawMessage) (chat.ToolResult, error) {
			return chat.ToolResult{Text: "See data.", Structured: json.RawMessage(data)}, nil
		}})
		run := b.ask(chat.Question{Text: "Get"})
		if got := b.lastCall(run.ID).Output.Text; !strings.HasSuffix(got, `xxx","end":"here"}`) || len(got) > 8000 {
			t.Errorf("the rest is %d bytes: …%s", len(got), got[max(0, len(got)-40):])
		}
	})
}
