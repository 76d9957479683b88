package chat

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"strconv"
	"strings"
)

// How many bytes of a result's data a message holds; of its data and of its text, if no
// language model reads them.
const (
	maxStructured = 64 << 10
	maxScripted   = 512 << 10
)

// keep stores what a call of the turn gave; see Engine.keep.
func (t *turn) keep(ctx context.Context, tool ToolRef, r ToolResult) ToolResult {
	given := Result{ThreadID: t.run.ThreadID, Tool: tool, Output: r}
	return t.engine.keep(ctx, t.caller.Subject, given, t.plan.model.Scripted)
}

// keep stores what a call gave, if that is a table, or too large for a message, and returns
// what a message holds of it. What cannot be stored is cut all the same. A scripted model
// gets more than others.
func (e *Engine) keep(ctx context.Context, owner Subject, given Result, scripted bool) ToolResult {
	r := given.Output
	table, plain, isTable := readRows(r)
	limits := e.EngineConfig.Limits
	// A program cannot ask for the rest, and what it reads costs no tokens.
	whole := scripted && len(r.Text) <= maxScripted && len(r.Structured) <= maxScripted
	if !isTable && whole {
		return r
	}
	if !isTable && len(wholeText(r)) <= limits.ViewBytes && len(r.Structured) <= maxStructured {
		return view(r, table, plain, isTable, limits)
	}
	given.ID, given.At = e.NewID("res"), e.Now()
	if err := e.Results.KeepResult(ctx, owner, given); err != nil {
		e.Log.LogAttrs(ctx, slog.LevelWarn, "result not kept", slog.String("thread", given.ThreadID), slog.Any("error", err))
		given.ID = ""
	}
	r.ResultID = given.ID
	if whole {
		return r
	}
	return view(r, table, plain, isTable, limits)
}

// Grid returns the table as an object of columns and rows, which Rows reads, with whole
// rows as long as they fit into so many bytes, nil if not one does. It says how many rows
// there are.
func (t Table) Grid(most int) json.RawMessage {
	shown := t
	shown.Rows = t.Rows[:0]
	left := most - len(shown.grid()) - len("18446744073709551615") // for the number of rows
	for n, row := range t.Rows {
		cells, err := json.Marshal(row)
		if left -= len(cells) + len(","); err != nil || left < 0 {
			break
		}
		shown.Rows = t.Rows[:n+1]
	}
	if len(shown.Rows) == 0 {
		return nil
	}
	return shown.grid()
}

// grid returns the table as an object of columns and rows.
func (t Table) grid() json.RawMessage {
	// Cells are nil, bool, string and json.Number, which encode, or are no JSON numbers
	// only if a server's were none, which its decoder has refused.
	data, err := json.Marshal(struct {
		Columns   []Column `json:"columns"`
		Rows      [][]any  `json:"rows"`
		RowCount  int      `json:"row_count"`
		TotalRows int      `json:"total_rows"`
		Truncated bool     `json:"truncated"`
	}{t.Columns, t.Rows, len(t.Rows), t.Total, len(t.Rows) < t.Total})
	if err != nil {
		return nil
	}
	return data
}

// text returns rows from an offset on as lines, cells separated by |, as many as fit
// into so many bytes but one at least, and how many these are.
func (t Table) text(offset, most int) (string, int) {
	var b strings.Builder
	for i, c := range t.Columns {
		if i > 0 {
			b.WriteByte('|')
		}
		b.WriteString(cellText(c.Name))
	}
	n := 0
	for _, row := range t.Rows[min(offset, len(t.Rows)):] {
		cells := make([]string, len(row))
		for i, c := range row {
			cells[i] = cellText(c)
		}
		line := strings.Join(cells, "|")
		if n > 0 && b.Len()+len(line)+1 > most {
			break
		}
		b.WriteString("\n" + line)
		n++
	}
	return b.String(), n
}

// cellText writes a cell into a line of text.
func cellText(c any) string {
	switch c := c.(type) {
	case nil:
		return "NULL"
	case bool:
		return strconv.FormatBool(c)
	case json.Number:
		return c.String()
	case string:
		return strings.NewReplacer(`\`, `\\`, "|", `\|`, "\n", `\n`, "\r", `\r`).Replace(c)
	default:
		return fmt.Sprint(c)
	}
}
