package chat

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"strconv"
	"strings"
	"unicode/utf8"
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
	table, isTable := Rows(r)
	limits := t.engine.EngineConfig.Limits
	large := len(r.Text) > limits.ViewBytes || len(r.Structured) > maxStructured || isTable && len(table.Rows) > limits.ViewRows
	if t.plan.model.Scripted {
		// A program cannot ask for the rest, and what it reads costs no tokens.
		large = len(r.Text) > maxScripted || len(r.Structured) > maxScripted
	}
	if !isTable && !large || r.IsError && !large {
		return r
	}
	kept := Result{ID: t.engine.NewID("res"), ThreadID: t.plan.run.ThreadID, Tool: tool, Output: r, At: t.engine.Now()}
	if err := t.engine.Results.KeepResult(ctx, t.caller.Subject, kept); err != nil {
		t.engine.Log.LogAttrs(ctx, slog.LevelWarn, "result not kept", slog.String("run", t.plan.run.ID), slog.Any("error", err))
		kept.ID = ""
	}
	r.ResultID = kept.ID
	if large {
		return view(r, table, isTable, limits)
	}
	return r
}

// view returns the beginning of a large result, which says how to read on.
func view(r ToolResult, table Table, isTable bool, l Limits) ToolResult {
	r.Truncated = true
	if !isTable {
		r.Structured = nil
		if len(r.Text) > l.ViewBytes {
			head := headOf(r.Text, l.ViewBytes)
			r.Text = head + more(r.ResultID, fmt.Sprintf("the first %d of %d bytes", len(head), len(r.Text)), len(head))
		}
		return r
	}
	shown := table
	shown.Rows = table.Rows[:min(len(table.Rows), l.ViewRows)]
	r.Structured = shown.grid()
	for len(r.Structured) > maxStructured && len(shown.Rows) > 1 {
		shown.Rows = shown.Rows[:len(shown.Rows)/2]
		r.Structured = shown.grid()
	}
	if len(r.Text) > l.ViewBytes {
		text, n := shown.text(0, l.ViewBytes)
		r.Text = text + more(r.ResultID, fmt.Sprintf("rows 1 to %d of %d", n, table.Total), n)
	}
	total := table.Total
	r.RowCount = &total
	return r
}

// more says what is shown, and how a model reads on.
func more(id, shown string, offset int) string {
	if id == "" {
		return fmt.Sprintf("\n\n[Cut here: these are %s; the rest could not be kept.]", shown)
	}
	return fmt.Sprintf("\n\n[Cut here: these are %s. To read on, call %s with {\"result\": %q, \"offset\": %d}.]", shown, readResultName, id, offset)
}

// headOf returns at most that many bytes of a text, whole lines if there are any.
func headOf(text string, most int) string {
	if len(text) <= most {
		return text
	}
	for most > 0 && !utf8.RuneStart(text[most]) {
		most--
	}
	head := text[:most]
	if i := strings.LastIndexByte(head, '\n'); i > most/2 {
		head = head[:i+1]
	}
	return head
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
