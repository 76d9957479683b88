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

// keep stores a result that is a table, or too large for a message, and returns what
// the message holds of it. What cannot be stored is cut all the same.
func (t *turn) keep(ctx context.Context, tool ToolRef, r ToolResult) ToolResult {
	table, plain, isTable := readRows(r)
	limits := t.engine.EngineConfig.Limits
	// A program cannot ask for the rest, and what it reads costs no tokens.
	whole := t.plan.model.Scripted && len(r.Text) <= maxScripted && len(r.Structured) <= maxScripted
	if !isTable && whole {
		return r
	}
	if !isTable && len(wholeText(r)) <= limits.ViewBytes && len(r.Structured) <= maxStructured {
		return view(r, table, plain, isTable, limits)
	}
	kept := Result{ID: t.engine.NewID("res"), ThreadID: t.plan.run.ThreadID, Tool: tool, Output: r, At: t.engine.Now()}
	if err := t.engine.Results.KeepResult(ctx, t.caller.Subject, kept); err != nil {
		t.engine.Log.LogAttrs(ctx, slog.LevelWarn, "result not kept", slog.String("run", t.plan.run.ID), slog.Any("error", err))
		kept.ID = ""
	}
	r.ResultID = kept.ID
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
