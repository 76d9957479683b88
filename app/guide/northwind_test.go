package guide

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	_ "modernc.org/sqlite"

	"github.com/pomerium/pomchat/app/chat"
)

// northwind is a working stand-in for the Northwind server: its tools run on the
// real database.
type northwind struct {
	db      *sql.DB
	queries []string // what read_query was asked
	most    int      // rows in a result, whatever is asked for
	rows    table    // what the last query gave
	names   *chat.ToolResult
}

func newNorthwind(t testing.TB) *northwind {
	t.Helper()
	db, err := sql.Open("sqlite", "file:../../embed/northwind.db?mode=ro&immutable=1")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return &northwind{db: db, most: 1000}
}

func (n *northwind) tools() []chat.Tool {
	tool := func(name, schema string) chat.Tool {
		return chat.Tool{
			ToolRef: chat.ToolRef{Name: "nw1__" + name, Server: "nw1", ServerName: "Northwind", Tool: name},
			Schema:  json.RawMessage(schema), ReadOnly: true,
		}
	}
	return []chat.Tool{
		tool("list_tables", `{"type":"object","properties":{"detail":{"type":"string"}}}`),
		tool("describe_table", `{"type":"object","properties":{"table_name":{"type":"string"}}}`),
		tool("read_query", `{"type":"object","properties":{"query":{"type":"string"},"max_rows":{"type":"integer"}}}`),
	}
}

func (n *northwind) call(name, arguments string) chat.ToolResult {
	var args struct {
		Query   string `json:"query"`
		MaxRows int    `json:"max_rows"`
		Table   string `json:"table_name"`
	}
	if err := json.Unmarshal([]byte(arguments), &args); err != nil {
		return chat.ToolResult{IsError: true, Text: err.Error()}
	}
	switch name {
	case "nw1__read_query":
		n.queries = append(n.queries, args.Query)
		if args.Query == lookupSQL && n.most == 1000 {
			if n.names == nil { // the names do not change, and are asked for all the time
				n.names = new(n.read(lookupSQL, n.most))
			}
			return *n.names
		}
		return n.read(args.Query, min(cmp.Or(args.MaxRows, 100), n.most))
	case "nw1__list_tables":
		return chat.ToolResult{Text: "Orders (830 rows)\nProducts (77 rows)"}
	case "nw1__describe_table":
		return chat.ToolResult{Text: "columns of " + args.Table}
	default:
		return chat.ToolResult{IsError: true, Text: "no tool " + name}
	}
}

func (n *northwind) read(query string, limit int) chat.ToolResult {
	t, err := rowsOf(n.db, query)
	if err != nil {
		return chat.ToolResult{IsError: true, Text: err.Error()}
	}
	n.rows = t
	columns := make([]map[string]string, len(t.columns))
	for i, c := range t.columns {
		columns[i] = map[string]string{"name": c, "type": ""}
	}
	shown := t.rows[:min(limit, len(t.rows))]
	structured, err := json.Marshal(map[string]any{
		"columns": columns, "rows": shown, "row_count": len(shown), "total_rows": len(t.rows),
		"total_is_exact": true, "truncated": len(shown) < len(t.rows), "next_offset": nil, "elapsed_ms": 1,
	})
	if err != nil {
		return chat.ToolResult{IsError: true, Text: err.Error()}
	}
	return chat.ToolResult{Text: "rows", Structured: structured}
}

// rowsOf runs a query; numbers become json.Number, as a guide sees them.
func rowsOf(db *sql.DB, query string) (table, error) {
	rows, err := db.QueryContext(context.Background(), query)
	if err != nil {
		return table{}, err
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return table{}, err
	}
	t := table{columns: columns, rows: [][]any{}}
	for rows.Next() {
		cells, pointers := make([]any, len(columns)), make([]any, len(columns))
		for i := range cells {
			pointers[i] = &cells[i]
		}
		if err := rows.Scan(pointers...); err != nil {
			return table{}, err
		}
		for i, c := range cells {
			switch c.(type) {
			case int64, float64:
				b, err := json.Marshal(c)
				if err != nil {
					return table{}, err
				}
				cells[i] = json.Number(b)
			}
		}
		t.rows = append(t.rows, cells)
	}
	t.total, t.exact = len(t.rows), true
	return t, rows.Err()
}

// reply runs one step of the guide and returns what it wrote and called.
func reply(t testing.TB, g *Guide, p chat.Prompt) (text string, ready *chat.CallReady) {
	t.Helper()
	done := false
	for c, err := range g.Reply(context.Background(), p) {
		if err != nil || done {
			t.Fatalf("chunk %v after the end %v, error %v", c, done, err)
		}
		switch c := c.(type) {
		case chat.TextChunk:
			text += c.Delta
		case chat.CallReady:
			ready = &c
		case chat.ReplyDone:
			done = true
			if want := map[bool]string{true: "tool-calls", false: "stop"}[ready != nil]; c.Reason != want {
				t.Errorf("reply ends with %q, want %q", c.Reason, want)
			}
		}
	}
	if !done {
		t.Error("the reply has no end")
	}
	return text, ready
}

// ask plays a whole turn, as the engine does, and returns the last reply.
func ask(t testing.TB, n *northwind, question string) string {
	t.Helper()
	return (&conversation{t: t, n: n}).ask(question)
}

// conversation is a thread with a guide.
type conversation struct {
	t    testing.TB
	n    *northwind
	path []chat.Message
}

func (c *conversation) ask(question string) string {
	c.t.Helper()
	g := New()
	c.path = append(c.path, chat.Message{Role: chat.RoleUser, Status: chat.StatusFinished, Parts: chat.Parts{chat.TextPart{Text: question}}})
	answer := chat.Message{Role: chat.RoleAssistant, Status: chat.StatusRunning, Model: ModelID}
	for range 5 {
		text, ready := reply(c.t, g, chat.Prompt{Model: ModelID, Path: append(slices.Clip(c.path), answer), Tools: c.n.tools()})
		answer.Parts = append(answer.Parts, chat.TextPart{Text: text})
		if ready == nil {
			answer.Status = chat.StatusFinished
			c.path = append(c.path, answer)
			return text
		}
		out := c.n.call(ready.Name, ready.Arguments)
		_, tool, _ := strings.Cut(ready.Name, "__")
		answer.Parts = append(answer.Parts, chat.ToolPart{
			CallID: ready.CallID, State: chat.CallReturned, Input: json.RawMessage(ready.Arguments), Output: &out,
			Tool: chat.ToolRef{Name: ready.Name, Tool: tool},
		})
	}
	c.t.Fatalf("%q is not answered within five steps", question)
	return ""
}

// lastQuery returns the query that gave the answer, or nothing if there was none
// but the search for names.
func (n *northwind) lastQuery() string {
	if len(n.queries) == 0 || n.queries[len(n.queries)-1] == lookupSQL {
		return ""
	}
	return n.queries[len(n.queries)-1]
}

func mustRows(t testing.TB, db *sql.DB, query string) table {
	t.Helper()
	rows, err := rowsOf(db, query)
	if err != nil {
		t.Fatal(fmt.Errorf("%w in\n%s", err, query))
	}
	return rows
}
