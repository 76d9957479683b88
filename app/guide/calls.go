package guide

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/pomerium/pomchat/app/chat"
)

// call is a tool to call: the name that the engine knows it by, and its arguments.
type call struct{ name, arguments string }

// tool returns the tool that its server calls name. Of several, one of a server
// that is called Northwind is preferred.
func tool(tools []chat.Tool, name string) (chat.Tool, bool) {
	var found chat.Tool
	for _, t := range tools {
		if t.Tool != name {
			continue
		}
		if strings.Contains(strings.ToLower(t.Server+" "+t.ServerName), "northwind") {
			return t, true
		}
		if found.Tool == "" {
			found = t
		}
	}
	return found, found.Tool != ""
}

// callTool is the move that calls a tool, or says that it is missing.
func callTool(tools []chat.Tool, name string, arguments func(chat.Tool) map[string]any, say string) move {
	t, ok := tool(tools, name)
	if !ok {
		return move{say: fmt.Sprintf("I answer with the Northwind server's tool `%s`, and it is not among the chosen servers. Please choose the Northwind server for this chat, or connect to it, and ask again.", name)}
	}
	b, err := json.Marshal(arguments(t))
	if err != nil {
		return move{say: "I could not write that question down as a call."}
	}
	return move{say: say, call: &call{name: t.Name, arguments: string(b)}}
}

// maxRows is how many rows a result may have here, if the server lets us choose.
const maxRows = 1000

// queryArguments asks t for as many rows as an answer may need.
func queryArguments(t chat.Tool, sql string) map[string]any {
	args := map[string]any{"query": sql}
	if takes(t, "max_rows") {
		args["max_rows"] = maxRows
	}
	return args
}

// takes reports whether t has an argument of that name.
func takes(t chat.Tool, argument string) bool {
	var schema struct {
		Properties map[string]json.RawMessage `json:"properties"`
	}
	if json.Unmarshal(t.Schema, &schema) != nil {
		return false
	}
	_, ok := schema.Properties[argument]
	return ok
}

// relay calls a tool that describes the database and passes on what it says.
func relay(tools []chat.Tool, calls []chat.ToolPart, name string, args map[string]any, say string) move {
	if len(calls) == 0 {
		if args == nil {
			args = map[string]any{}
		}
		return callTool(tools, name, func(chat.Tool) map[string]any { return args }, "")
	}
	out, failed := readOutput(calls[0])
	if out == nil {
		return failed
	}
	if strings.TrimSpace(out.Text) == "" {
		return move{say: "The server gave an empty answer."}
	}
	return move{say: say + "\n\n" + quote(out.Text)}
}

// runQuery passes a query on as it was written; the server refuses what it must.
func runQuery(tools []chat.Tool, calls []chat.ToolPart, sql string) move {
	if len(calls) == 0 {
		return callTool(tools, "read_query", func(t chat.Tool) map[string]any { return queryArguments(t, sql) }, "Running your query as it is.")
	}
	t, failed := readRows(calls[0])
	switch {
	case t == nil:
		return failed
	case len(t.rows) == 0:
		return move{say: "The query ran and returned no rows."}
	}
	say := fmt.Sprintf("The query returned **%s** %s.", whole(len(t.rows)), map[bool]string{true: "row", false: "rows"}[len(t.rows) == 1])
	if t.truncated {
		say = fmt.Sprintf("The server returned the first **%s** of %s rows that the query has.", whole(len(t.rows)), atLeast(*t))
	}
	if len(t.columns) > mostTableColumns {
		return move{say: say + fmt.Sprintf(" Its %d columns are in the result above.", len(t.columns))}
	}
	return move{say: say + "\n\n" + plainTable(*t) + remainder(len(t.rows), mostTableRows)}
}
