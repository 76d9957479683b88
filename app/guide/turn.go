package guide

import (
	"slices"
	"strings"

	"github.com/pomerium/pomchat/app/chat"
)

// move is one step of an answer: words, and a call or the end.
type move struct {
	say  string
	call *call
}

// next decides the move that is due from the thread alone: the newest question, and
// the calls that were made for it.
func (g *Guide) next(p chat.Prompt) move {
	turns := turnsOf(p.Path)
	last := turns[len(turns)-1]
	calls := last.calls
	switch intent := readIntent(last.text); intent.kind {
	case asksHelp:
		return move{say: helpText()}
	case asksTables:
		return relay(p.Tools, calls, "list_tables", nil, "Here is what the database holds:")
	case asksTable:
		return relay(p.Tools, calls, "describe_table", map[string]any{"table_name": intent.argument}, "This is what the server says about that table:")
	case asksLastSQL:
		return g.lastSQL(turns)
	case asksSQL:
		return runQuery(p.Tools, calls, intent.argument)
	default:
		return g.nextFigures(p.Tools, turns)
	}
}

// nextFigures answers in one or two calls, and more if the result is long: the names of the data and how far they reach,
// if the question needs them, and then the query itself.
func (g *Guide) nextFigures(tools []chat.Tool, turns []turn) move {
	calls := turns[len(turns)-1].calls
	r, err := g.read(nil, turns)
	if err != nil {
		return g.decline(err, nil)
	}
	if r.needs {
		if len(calls) == 0 {
			return callTool(tools, "read_query", lookupArguments, lookingFor(r.lacks))
		}
		dir, failed := readNames(calls[0])
		if dir == nil {
			return failed
		}
		if r, err = g.read(dir, turns); err != nil {
			return g.decline(err, dir)
		}
		calls = calls[1:]
	}
	if len(calls) == 0 {
		return callTool(tools, "read_query", func(t chat.Tool) map[string]any { return queryArguments(t, plan(r.q)) },
			"Asking the database for **"+escape(title(r.q))+"**.")
	}
	rows, otherwise := readPages(tools, calls)
	if rows == nil {
		return otherwise
	}
	say, err := answer(r.q, r.remark, *rows)
	if err != nil {
		return strange(*calls[0].Output)
	}
	return move{say: say}
}

// lookingFor says why the names are looked up.
func lookingFor(words []string) string {
	if len(words) == 0 {
		return "Looking up the names in the database and from when to when its orders run."
	}
	return "Looking for " + quoted(words) + " among the names in the database."
}

// readRows returns the table that a call gave, or else what to say instead.
func readRows(c chat.ToolPart) (*table, move) {
	out, failed := readOutput(c)
	if out == nil {
		return nil, failed
	}
	t, err := readTable(out)
	if err != nil {
		return nil, strange(*out)
	}
	return &t, move{}
}

// readOutput returns the result of a call, or else what to say about its failure.
func readOutput(c chat.ToolPart) (*chat.ToolResult, move) {
	switch {
	case c.State == chat.CallReturned && c.Output != nil && !c.Output.IsError:
		return c.Output, move{}
	case c.State == chat.CallReturned && c.Output != nil:
		return nil, move{say: "The query did not succeed. The server said:\n\n" + quote(c.Output.Text)}
	case c.ErrorText != "":
		return nil, move{say: "The tool gave no result, so there is no answer:\n\n" + quote(c.ErrorText)}
	default:
		return nil, move{say: "The tool was interrupted before it gave a result, so there is no answer. Please ask again."}
	}
}

// strange is said about a result that is not what the Northwind server returns.
func strange(r chat.ToolResult) move {
	say := "The tool answered in a form that I cannot read, so I give no figures. Is it the Northwind server?"
	if strings.TrimSpace(r.Text) != "" {
		say += " It said:\n\n" + quote(r.Text)
	}
	return move{say: say}
}

func quoted(words []string) string {
	out := slices.Clone(words)
	for i, w := range out {
		out[i] = "“" + escape(clip(w, 80)) + "”"
	}
	return list(out, "and")
}
