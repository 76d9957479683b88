package guide

import (
	"encoding/json"

	"github.com/pomerium/pomchat/app/chat"
)

// mostPages is how many calls one result may take, where the server cuts it by its bytes.
const mostPages = 4

// readPages returns the rows of the calls of one query, or what to do instead: to ask for
// more of them, or to say why there are none.
func readPages(tools []chat.Tool, calls []chat.ToolPart) (*table, move) {
	whole, failed := readRows(calls[0])
	if whole == nil {
		return nil, failed
	}
	for _, c := range calls[1:] {
		next, failed := readRows(c)
		if next == nil {
			return nil, failed
		}
		if len(next.columns) != len(whole.columns) || offsetOf(c) != len(whole.rows) {
			return nil, strange(*c.Output)
		}
		whole.rows = append(whole.rows, next.rows...)
		whole.total, whole.exact, whole.truncated = max(next.total, len(whole.rows)), next.exact, next.truncated
	}
	t, ok := tool(tools, "read_query")
	if !whole.truncated || len(whole.rows) >= maxRows || len(calls) >= mostPages || !ok || !takes(t, "offset") {
		return whole, move{}
	}
	return nil, callTool(tools, "read_query", func(t chat.Tool) map[string]any {
		args := queryArguments(t, queryOf(calls[0]))
		args["offset"] = len(whole.rows)
		return args
	}, "")
}

// offsetOf returns from which row on a call asked.
func offsetOf(c chat.ToolPart) int {
	var args struct {
		Offset int `json:"offset"`
	}
	if json.Unmarshal(c.Input, &args) != nil {
		return -1
	}
	return args.Offset
}
