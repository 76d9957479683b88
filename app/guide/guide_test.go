package guide

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pomerium/pomchat/app/chat"
)

var _ chat.Provider = (*Guide)(nil)

func fixed() *Guide {
	g := New()
	g.newID = func(prefix string) string { return prefix + "_1" }
	return g
}

func asked(text string, parts ...chat.Part) []chat.Message {
	return []chat.Message{
		{ID: "u0", Role: chat.RoleUser, Parts: chat.Parts{chat.TextPart{Text: "sales by country"}}},
		{ID: "a0", Role: chat.RoleAssistant, Parts: chat.Parts{chat.ToolPart{CallID: "old", State: chat.CallReturned, Output: &chat.ToolResult{Text: "old"}}}},
		{ID: "u", Role: chat.RoleUser, Parts: chat.Parts{chat.TextPart{Text: text}}},
		{ID: "a", Role: chat.RoleAssistant, Parts: parts},
	}
}

func TestModelsListsOneModelThatSaysWhatItIs(t *testing.T) {
	got, err := New().Models(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	want := []chat.ModelInfo{{
		ID: "guide", Label: "Guide (no AI)", Provider: "pomchat", Scripted: true,
		Note: "Answers simple English questions about the Northwind database by planning SQL; it is not a language model and says so when it does not understand.",
	}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestFirstReplyCallsTheToolOfTheNewestQuestion(t *testing.T) {
	var got []chat.Chunk
	for c, err := range fixed().Reply(t.Context(), chat.Prompt{Model: ModelID, Path: asked("What is the average freight?"), Tools: newNorthwind(t).tools()}) {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, c)
	}
	want := []chat.Chunk{
		chat.TextChunk{ID: "text", Delta: "Asking the database for **average "},
		chat.TextChunk{ID: "text", Delta: "freight**."},
		chat.CallStarted{CallID: "call_1", Name: "nw1__read_query"},
		chat.CallReady{CallID: "call_1", Name: "nw1__read_query", Arguments: `{"max_rows":1000,"query":"SELECT\n  ROUND(AVG(o.Freight), 2) AS \"Average freight\"\nFROM Orders o"}`},
		chat.ReplyDone{Reason: "tool-calls"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestNorthwindIsPreferredAmongServersWithTheSameTool(t *testing.T) {
	query := func(server, name string) chat.Tool {
		return chat.Tool{ToolRef: chat.ToolRef{Name: server + "__read_query", Server: server, ServerName: name, Tool: "read_query"}}
	}
	for _, tt := range []struct {
		name  string
		tools []chat.Tool
		want  string
	}{
		{"the one by name", []chat.Tool{query("a", "Warehouse"), query("b", "Northwind DB")}, "b__read_query"},
		{"the first, if none has the name", []chat.Tool{query("a", "Warehouse"), query("b", "Other")}, "a__read_query"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, ready := reply(t, fixed(), chat.Prompt{Model: ModelID, Path: asked("orders"), Tools: tt.tools})
			want := chat.CallReady{CallID: "call_1", Name: tt.want, Arguments: `{"query":"SELECT\n  COUNT(*) AS Orders\nFROM Orders o"}`}
			if diff := cmp.Diff(&want, ready); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestNoFiguresWithoutAResult(t *testing.T) {
	returned := func(r chat.ToolResult) chat.ToolPart {
		return chat.ToolPart{CallID: "c", State: chat.CallReturned, Output: &r}
	}
	structured := func(s string) chat.ToolPart {
		return returned(chat.ToolResult{Text: "raw text", Structured: json.RawMessage(s)})
	}
	const strangeSays = "The tool answered in a form that I cannot read, so I give no figures. Is it the Northwind server? It said:\n\n```\nraw text\n```"
	for _, tt := range []struct {
		name string
		part chat.ToolPart
		want string
	}{
		{"the tool fails", returned(chat.ToolResult{IsError: true, Text: "no such table: Orders"}), "The query did not succeed. The server said:\n\n```\nno such table: Orders\n```"},
		{"an error that holds a fence cannot leave its own", returned(chat.ToolResult{IsError: true, Text: "```\n# hi"}), "The query did not succeed. The server said:\n\n````\n```\n# hi\n````"},
		{"the call was refused", chat.ToolPart{State: chat.CallFailed, ErrorText: "blocked by policy"}, "The tool gave no result, so there is no answer:\n\n```\nblocked by policy\n```"},
		{"the call was interrupted", chat.ToolPart{State: chat.CallRunning}, "The tool was interrupted before it gave a result, so there is no answer. Please ask again."},
		{"no structured result", structured(""), strangeSays},
		{"another shape", structured(`[1,2]`), strangeSays},
		{"no columns", structured(`{"columns":[],"rows":[]}`), strangeSays},
		{"other columns", structured(`{"columns":[{"name":"n"}],"rows":[[1]]}`), strangeSays},
		{"a ragged row", structured(`{"columns":[{"name":"Orders"}],"rows":[[1,2]]}`), strangeSays},
		{"a cut result without any row", structured(`{"columns":[{"name":"Orders"}],"rows":[],"total_rows":9,"truncated":true}`), strangeSays},
		{"a nested cell", structured(`{"columns":[{"name":"Orders"}],"rows":[[{"a":1}]]}`), strangeSays},
		{"a cut result", structured(`{"columns":[{"name":"Orders"}],"rows":[[1]],"total_rows":9,"truncated":true}`),
			"Orders: the server returned only 1 of its at least 9 rows, so I name no highest or lowest; what it returned is in the result above.\n\n*Each order counts once. Orders of all dates count.*"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, ready := reply(t, fixed(), chat.Prompt{Model: ModelID, Path: asked("orders", tt.part), Tools: newNorthwind(t).tools()})
			if ready != nil {
				t.Errorf("calls %v again", ready)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestEveryResultSaysHowManyRowsItHolds(t *testing.T) {
	for _, tt := range []struct {
		name, question string
		most           int
		says           []string
	}{
		{"a query that says its own limit", `SELECT * FROM "Order Details" LIMIT 1000`, 1000,
			[]string{"The query returned **1,000** rows.", "988 more are in the result above."}},
		{"a query with more rows than a result may hold", `SELECT * FROM "Order Details"`, 1000,
			[]string{"The server returned the first **1,000** of 2,155 rows that the query has.", "988 more are in the result above."}},
		{"a server that gives fewer rows", `SELECT * FROM "Order Details" LIMIT 1000`, 100,
			[]string{"The server returned the first **100** of 1,000 rows that the query has.", "88 more are in the result above."}},
		{"a list from a server that gives fewer rows", "list customers", 20,
			[]string{"91 customers, of which the server returned the first **20**:", "8 more are in the result above."}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			n := newNorthwind(t)
			n.most = tt.most
			say := ask(t, n, tt.question)
			for _, s := range tt.says {
				if !strings.Contains(say, s) {
					t.Errorf("says\n%s\nwithout %q", say, s)
				}
			}
		})
	}
}

func TestAListOfNamesThatIsCutShortDecidesNothing(t *testing.T) {
	cut := chat.ToolPart{State: chat.CallReturned, Output: &chat.ToolResult{
		Structured: json.RawMessage(`{"columns":[{"name":"Kind"},{"name":"Name"},{"name":"Code"}],"rows":[["product","Chai",""]],"truncated":true}`),
	}}
	got, ready := reply(t, fixed(), chat.Prompt{Model: ModelID, Path: asked("sales of Chai", cut), Tools: newNorthwind(t).tools()})
	const want = "The server cut its list of names short, so I cannot be sure what is meant. Please ask without a name, or write the query in SQL."
	if diff := cmp.Diff(want, got); diff != "" || ready != nil {
		t.Error(diff, ready)
	}
}

func TestOtherRequests(t *testing.T) {
	const missing = "I answer with the Northwind server's tool `read_query`, and it is not among the chosen servers. Please choose the Northwind server for this chat, or connect to it, and ask again."
	n := newNorthwind(t)
	for _, tt := range []struct{ name, question, call, answer string }{
		{"tables", "Show tables", `nw1__list_tables {}`, "Here is what the database holds:\n\n```\nOrders (830 rows)\nProducts (77 rows)\n```"},
		{"tables, as a question", "What tables are in the database?", `nw1__list_tables {}`, "Here is what the database holds:\n\n```\nOrders (830 rows)\nProducts (77 rows)\n```"},
		{"a table", "describe Order Details", `nw1__describe_table {"table_name":"Order Details"}`, "This is what the server says about that table:\n\n```\ncolumns of Order Details\n```"},
		{"a table, as a question", "What columns does the Orders table have?", `nw1__describe_table {"table_name":"Orders"}`, "This is what the server says about that table:\n\n```\ncolumns of Orders\n```"},
		{"a query", "select CompanyName from Shippers order by 1 desc limit 2", `nw1__read_query {"max_rows":1000,"query":"select CompanyName from Shippers order by 1 desc limit 2"}`,
			"The query returned **2** rows.\n\n| CompanyName |\n| --- |\n| United Package |\n| Speedy Express |"},
		{"a query in a fence", "```sql\nSELECT 1 AS \"a|b\"\n```", `nw1__read_query {"max_rows":1000,"query":"SELECT 1 AS \"a|b\""}`, "The query returned **1** row.\n\n| a\\|b |\n| ---: |\n| 1 |"},
		{"a query with WITH", "WITH x AS (SELECT 1 AS n) SELECT n FROM x WHERE n>1", `nw1__read_query {"max_rows":1000,"query":"WITH x AS (SELECT 1 AS n) SELECT n FROM x WHERE n\u003e1"}`, "The query ran and returned no rows."},
		{"a wrong query", "SELECT 1 FROM nowhere", `nw1__read_query {"max_rows":1000,"query":"SELECT 1 FROM nowhere"}`, "The query did not succeed. The server said:\n\n```\nSQL logic error: no such table: nowhere (1)\n```"},
		{"English that begins like SQL", "Select the top 2 shippers by freight", `nw1__read_query`, "**United Package** is at the top by freight, with **28,244.85**, before Federal Shipping with **20,512.51**. These are the top 2 of 3 shippers with orders.\n\n| Shipper | Freight |\n| --- | ---: |\n| United Package | 28,244.85 |\n| Federal Shipping | 20,512.51 |\n\n*Freight is charged per order. Orders of all dates count. The database names no currency.*"},
		{"a greeting", "Hello!", "", helpText()},
		{"what it is", "Are you an AI?", "", helpText()},
		{"nothing", " ", "", helpText()},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, ready := reply(t, fixed(), chat.Prompt{Model: ModelID, Path: asked(tt.question), Tools: n.tools()})
			got := ""
			if ready != nil {
				got = ready.Name + " " + ready.Arguments
			}
			if got != tt.call && (tt.call == "" || !strings.HasPrefix(got, tt.call+" ")) {
				t.Errorf("calls %q, want %q", got, tt.call)
			}
			if diff := cmp.Diff(tt.answer, ask(t, n, tt.question)); diff != "" {
				t.Error(diff)
			}
		})
	}
	t.Run("the tool is missing", func(t *testing.T) {
		got, ready := reply(t, fixed(), chat.Prompt{Model: ModelID, Path: asked("orders"), Tools: n.tools()[:2]})
		if diff := cmp.Diff(missing, got); diff != "" || ready != nil {
			t.Error(diff, ready)
		}
	})
}

func TestWhatIsNoQuestionAboutFigures(t *testing.T) {
	for want, messages := range map[intentKind][]string{
		asksTables: {
			"What does the database hold?", "what tables are there", "which data do you have", "What data do you have?", "what data is in the database",
			"What's in this database?", "what does Northwind contain", "what information do you have", "how many tables are there", "show me the database",
			"describe the database", "describe the schema", "data", "Hello, show tables please",
		},
		asksHelp: {
			"hello there, how are you?", "Hi, who are you?", "Good morning!", "good day", "Hallo", "yo", "nice to meet you", "thank you!", "Thanks, what can you do?",
			"What questions can I ask?", "What can I ask about?", "what can you tell me", "what is this", "how does it work?", "ok", "hey guide, help please",
		},
		asksTable:   {"describe Orders", "columns of the table Order Details"},
		asksFigures: {"hello, sales by year please", "data by year", "sales data", "how many orders are in the database", "nice sales", "Northwind sales", "good sales"},
	} {
		for _, m := range messages {
			if got := readIntent(m); got.kind != want {
				t.Errorf("%q is intent %d, want %d", m, got.kind, want)
			}
		}
	}
}

func TestEveryExampleIsAnswered(t *testing.T) {
	for _, e := range examples() {
		n := newNorthwind(t)
		if say := ask(t, n, e); n.lastQuery() == "" {
			t.Errorf("%q: %s", e, say)
		}
	}
}

func TestReplyEndsWithItsContextAndKnowsItsModel(t *testing.T) {
	ended, cancel := context.WithCancelCause(t.Context())
	cancel(errors.New("stopped by its owner"))
	for _, tt := range []struct {
		name, model string
		ctx         context.Context
		want        chat.Error
	}{
		{"another model", "gpt", t.Context(), chat.Error{Kind: chat.KindModelNotFound, Op: "guide reply", Message: `There is no model called "gpt" here. Choose another one from the list.`}},
		{"an ended context", ModelID, ended, chat.Error{Kind: chat.KindInterrupted, Op: "guide reply", Message: "The answer was interrupted."}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var got *chat.Error
			for c, err := range New().Reply(tt.ctx, chat.Prompt{Model: tt.model, Path: asked("help")}) {
				if c != nil || got != nil || !errors.As(err, &got) {
					t.Fatalf("yields %v, %v", c, err)
				}
			}
			tt.want.Err = got.Err
			if diff := cmp.Diff(tt.want.Error(), got.Error()); diff != "" || got.Kind != tt.want.Kind {
				t.Error(got.Kind, diff)
			}
		})
	}
}

func TestLeavingTheLoopEndsTheReply(t *testing.T) {
	n := 0
	for range New().Reply(t.Context(), chat.Prompt{Model: ModelID, Path: asked("help")}) {
		if n++; n == 2 {
			break
		}
	}
	if n != 2 {
		t.Errorf("%d chunks, want 2", n)
	}
}
