package chat_test

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/chat/chattest"
)

// grid is a table of n rows as a server gives it.
func grid(n int) chat.ToolResult {
	var rows, lines []string
	for i := range n {
		rows = append(rows, fmt.Sprintf(`[%d,"name %d"]`, i+1, i+1))
		lines = append(lines, fmt.Sprintf("%d|name %d", i+1, i+1))
	}
	return chat.ToolResult{
		Text:       "id|name\n" + strings.Join(lines, "\n"),
		Structured: json.RawMessage(`{"columns":[{"name":"id","type":"integer"},{"name":"name"}],"rows":[` + strings.Join(rows, ",") + `]}`),
	}
}

// lastCall returns the newest call of a run, once the run has ended.
func (b *bench) lastCall(runID string) chat.ToolPart {
	b.t.Helper()
	b.follow(runID, 0)
	var last chat.ToolPart
	for _, p := range b.answerOf(runID).Parts {
		if call, ok := p.(chat.ToolPart); ok {
			last = call
		}
	}
	return last
}

func TestResultsAreKeptWholeAndShownInPart(t *testing.T) {
	big := strings.Repeat("a line of text\n", 5000)
	for _, tt := range []struct {
		name   string
		result chat.ToolResult
		want   string // how the text ends
		rows   int    // in the message
		cut    bool
		kept   bool
	}{
		{"a short text", chat.ToolResult{Text: "Hello."}, "Hello.", 0, false, false},
		{"a long text", chat.ToolResult{Text: big}, `[Cut here: these are the first 32760 of 75000 bytes. To read on, call read_result with {"result": "res_4", "offset": 32760}.]`, 0, true, true},
		{"a small table", grid(3), "3|name 3", 3, false, true},
		{"a long table of few bytes", grid(300), "300|name 300", 200, true, true},
		{"a table of many bytes", grid(5000), `[Cut here: these are rows 1 to 200 of 5000. To read on, call read_result with {"result": "res_4", "offset": 200}.]`, 200, true, true},
		{"data that is no table", chat.ToolResult{Text: "see data", Structured: json.RawMessage(`{"a":"` + strings.Repeat("x", 100_000) + `"}`)},
			`[Cut here: these are the first 32768 of 100018 bytes. To read on, call read_result with {"result": "res_4", "offset": 32768}.]`, 0, true, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := newBench(t, chattest.NewModel(chattest.Ask(chat.CallReady{CallID: "c1", Name: "desk__get"}), chattest.Say("Done.")),
					map[string]chattest.ToolFunc{"get": func(context.Context, json.RawMessage) (chat.ToolResult, error) { return tt.result, nil }})
				run := b.ask(chat.Question{Text: "Get"})
				out := *b.lastCall(run.ID).Output
				b.checkWhole(run, b.follow(run.ID, 0))
				table, _ := chat.Rows(chat.ToolResult{Structured: out.Structured})
				if !strings.HasSuffix(out.Text, tt.want) || len(table.Rows) != tt.rows || out.Truncated != tt.cut || (out.ResultID != "") != tt.kept {
					t.Errorf("the message holds %d rows, cut %v, kept as %q, and ends in %q", len(table.Rows), out.Truncated, out.ResultID, out.Text[max(0, len(out.Text)-150):])
				}
				if !tt.kept {
					return
				}
				whole, err := b.store.Result(t.Context(), "ann", out.ResultID)
				if err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(tt.result, whole.Output); diff != "" {
					t.Errorf("what is kept (-given +kept):\n%s", diff)
				}
			})
		})
	}
}

func TestAScriptedModelGetsResultsWhole(t *testing.T) {
	exact := grid(300)
	exact.Structured = append(exact.Structured[:len(exact.Structured)-1], `,"total_rows":300,"total_is_exact":true}`...)
	for _, tt := range []struct {
		name   string
		result chat.ToolResult
		cut    bool
	}{
		{"a long table, with all that the server says of it", exact, false},
		{"a table of many bytes", grid(5000), false},
		{"a long text", chat.ToolResult{Text: strings.Repeat("a line of text\n", 5000)}, false},
		{"what no message should hold", chat.ToolResult{Text: strings.Repeat("a line of text\n", 50_000)}, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				model := chattest.NewModel(chattest.Ask(chat.CallReady{CallID: "c1", Name: "desk__get"}), chattest.Say("Done.")).IsScripted()
				b := newBench(t, model, map[string]chattest.ToolFunc{"get": func(context.Context, json.RawMessage) (chat.ToolResult, error) { return tt.result, nil }})
				run := b.ask(chat.Question{Text: "Get"})
				out := *b.lastCall(run.ID).Output
				if out.Truncated != tt.cut {
					t.Errorf("cut is %v", out.Truncated)
				}
				out.ResultID = ""
				if diff := cmp.Diff(tt.result, out); !tt.cut && diff != "" {
					t.Errorf("(-given +in the message):\n%s", diff)
				}
			})
		})
	}
}

func TestAModelReadsOn(t *testing.T) {
	read := func(id, arguments string) chattest.Reply {
		return chattest.Ask(chat.CallReady{CallID: id, Name: "read_result", Arguments: arguments})
	}
	for _, tt := range []struct{ name, arguments, want string }{
		{"from an offset on", `{"result":"res_4","offset":200,"limit":2}`, "Rows 201 to 202 of 5000\nid|name\n201|name 201\n202|name 202\n\n[Cut here: these are rows 201 to 202 of 5000. To read on, call read_result with {\"result\": \"res_4\", \"offset\": 202}.]"},
		{"the last rows", `{"result":"res_4","offset":4999}`, "Rows 5000 to 5000 of 5000\nid|name\n5000|name 5000"},
		{"beyond the end", `{"result":"res_4","offset":9999}`, "The result has 5000 rows; there are none from 9999 on."},
		{"before the beginning", `{"result":"res_4","offset":-1}`, `Name the result and where to read on: {"result": "res_…", "offset": 100}.`},
		{"of no result", `{"result":"res_x"}`, `There is no result "res_x" in this thread, or it is not kept any more. Call the tool again that gave it.`},
		{"of another thread", `{"result":"res_other"}`, `There is no result "res_other" in this thread, or it is not kept any more. Call the tool again that gave it.`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				model := chattest.NewModel(chattest.Ask(chat.CallReady{CallID: "c1", Name: "desk__get"}), read("c2", tt.arguments), chattest.Say("Done."))
				b := newBench(t, model, map[string]chattest.ToolFunc{"get": func(context.Context, json.RawMessage) (chat.ToolResult, error) { return grid(5000), nil }})
				if err := b.store.CreateThread(t.Context(), "ann", chat.Thread{ID: "thr_2"}); err != nil {
					t.Fatal(err)
				}
				if err := b.store.KeepResult(t.Context(), "ann", chat.Result{ID: "res_other", ThreadID: "thr_2", Output: grid(3)}); err != nil {
					t.Fatal(err)
				}
				run := b.ask(chat.Question{Text: "Get"})
				if got := b.lastCall(run.ID).Output.Text; got != tt.want {
					t.Errorf("got %q\nwant %q", got, tt.want)
				}
				prompts := model.Prompts()
				if n := len(prompts[0].Tools); n != 1 {
					t.Errorf("%d tools before anything was cut", n)
				}
				if n := len(prompts[1].Tools); n != 2 {
					t.Errorf("%d tools after a result was cut", n)
				}
			})
		})
	}
}

func TestLongTextsAreReadInWholeCharacters(t *testing.T) {
	text := strings.Repeat("äöü€\n", 20_000)
	synctest.Test(t, func(t *testing.T) {
		replies := []chattest.Reply{chattest.Ask(chat.CallReady{CallID: "c1", Name: "desk__get"})}
		b := newBench(t, nil, map[string]chattest.ToolFunc{"get": func(context.Context, json.RawMessage) (chat.ToolResult, error) {
			return chat.ToolResult{Text: text}, nil
		}})
		model := chattest.NewModel(append(replies, chattest.Ask(chat.CallReady{CallID: "c2", Name: "read_result", Arguments: `{"result":"res_4","offset":100001}`}), chattest.Say("Done."))...)
		b.Models = chat.NewCatalogue(b.Log, "", model)
		run := b.ask(chat.Question{Text: "Get"})
		got := b.lastCall(run.ID).Output.Text
		page, _, _ := strings.Cut(got, "\n\n[Cut here")
		if !strings.Contains(text, page) || strings.ContainsRune(page, '\uFFFD') || len(page) < 16<<10 {
			t.Errorf("a page of %d bytes that begins %.20q is no part of the text", len(page), page)
		}
	})
}

// A row may be as long as a document: a message has its beginning, and so has the model,
// also where it reads on.
func TestLongCellsAreShownInPart(t *testing.T) {
	long := strings.Repeat("x", 1<<20)
	for _, tt := range []struct{ name, data, arguments string }{
		{"a row of one cell", `{"columns":["a"],"rows":[["` + long + `"]]}`, `{"result":"res_4"}`},
		{"a document among records", `[{"id":1,"body":"short"},{"id":2,"body":"` + long + `"},{"id":3,"body":"short"}]`, `{"result":"res_4","offset":1,"limit":1}`},
		{"what JSON has to escape", `[{"id":1,"body":"` + strings.Repeat(`\u0001`, 1<<20) + `"}]`, `{"result":"res_4"}`},
		{"a number without end", `[{"id":1,"n":1` + strings.Repeat("0", 1<<20) + `}]`, `{"result":"res_4"}`},
		{"a thousand cells", `{"columns":["c"` + strings.Repeat(`,"c"`, 999) + `],"rows":[["` + long[:5000] + `"` + strings.Repeat(`,"`+long[:5000]+`"`, 999) + `]]}`, `{"result":"res_4"}`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				model := chattest.NewModel(chattest.Ask(chat.CallReady{CallID: "c1", Name: "desk__get"}),
					chattest.Ask(chat.CallReady{CallID: "c2", Name: "read_result", Arguments: tt.arguments}), chattest.Say("Done."))
				b := newBench(t, model, map[string]chattest.ToolFunc{"get": func(context.Context, json.RawMessage) (chat.ToolResult, error) {
					return chat.ToolResult{Text: "See data.", Structured: json.RawMessage(tt.data)}, nil
				}})
				run := b.ask(chat.Question{Text: "Get"})
				b.checkWhole(run, b.follow(run.ID, 0))
				for _, p := range b.answerOf(run.ID).Parts {
					call, ok := p.(chat.ToolPart)
					if !ok {
						continue
					}
					if out := call.Output; len(out.Text) > 64<<10 || len(out.Structured) > 64<<10 || !strings.Contains(out.Text, "[cut here, of ") {
						t.Errorf("%s: %d bytes of text and %d of data: %.200s", call.Tool.Tool, len(out.Text), len(out.Structured), out.Text)
					}
				}
			})
		})
	}
}

// Of a table that is too large even to be kept whole, whole rows are kept, and the model
// is told where they end.
func TestATableKeepsWholeRows(t *testing.T) {
	table, _ := chat.Rows(grid(5000))
	for _, most := range []int{200, 1 << 10, 64 << 10, 1 << 20} {
		cut := table.Grid(most)
		got, ok := chat.Rows(chat.ToolResult{Text: string(cut)})
		if !ok || len(cut) > most || got.Total != 5000 || len(got.Rows) == 0 {
			t.Fatalf("of %d bytes: %d rows of %d in %d bytes", most, len(got.Rows), got.Total, len(cut))
		}
		if diff := cmp.Diff(table.Rows[:len(got.Rows)], got.Rows); diff != "" {
			t.Errorf("of %d bytes (-want +got):\n%s", most, diff)
		}
	}
	if got := table.Grid(60); got != nil {
		t.Errorf("of 60 bytes: %s", got)
	}
	synctest.Test(t, func(t *testing.T) {
		read := chattest.Ask(chat.CallReady{CallID: "c2", Name: "read_result", Arguments: `{"result":"res_4","offset":4000}`})
		b := newBench(t, chattest.NewModel(chattest.Ask(chat.CallReady{CallID: "c1", Name: "desk__get"}), read, chattest.Say("Done.")),
			map[string]chattest.ToolFunc{"get": func(context.Context, json.RawMessage) (chat.ToolResult, error) {
				return chat.ToolResult{Text: string(table.Grid(40 << 10))}, nil
			}})
		run := b.ask(chat.Question{Text: "Get"})
		kept, _ := chat.Rows(chat.ToolResult{Text: string(table.Grid(40 << 10))})
		want := fmt.Sprintf("The result has 5000 rows, of which the first %d are kept. Ask the tool itself for the others.", len(kept.Rows))
		if got := b.lastCall(run.ID).Output.Text; got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	})
}
