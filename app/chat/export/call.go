package export

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/pomerium/pomchat/app/chat"
)

// How much of a result is written. All of it is with the server.
const (
	headRows    = 20
	headColumns = 30
	cellRunes   = 200
	headBytes   = 4 << 10 // of a result that is no table
)

// call writes a call: its server and tool, the arguments, and what came of it.
func (p *printer) call(c chat.ToolPart) {
	p.calls++
	server := c.Tool.ServerName
	if server == "" {
		server = c.Tool.Server
	}
	name := c.Tool.Tool
	if name == "" {
		name = c.Tool.Name
	}
	if server != "" {
		name = server + " → " + name
	}
	p.block(fmt.Sprintf("#### Call %d: %s", p.calls, oneLine(name)))
	var facts []string
	if c.StartedAt != nil {
		facts = append(facts, moment(*c.StartedAt), "took "+(time.Duration(c.DurationMS)*time.Millisecond).String())
	}
	p.block(strings.Join(facts, " · "))
	p.arguments(c.Input)
	switch {
	case c.State == chat.CallDenied:
		p.block(quoted("**Not approved**, so it was not carried out."))
	case c.State == chat.CallFailed:
		p.block(quoted("**Failed.** " + oneLine(c.ErrorText) + traced(c.Trace)))
	case c.Output == nil:
		p.block(quoted("**Not carried out** when this was exported."))
	case c.Output.IsError:
		p.block(quoted("**The tool reported a failure.**"))
		p.block(fenced("text", beginning(c.Output.Text)))
	default:
		p.result(*c.Output)
	}
}

func (p *printer) result(r chat.ToolResult) {
	t, ok := chat.Rows(r)
	if !ok {
		if r.Text != "" {
			p.block(fenced("text", beginning(r.Text)))
		}
		return
	}
	total := t.Total
	if r.RowCount != nil {
		total = max(total, *r.RowCount)
	}
	shown := min(len(t.Rows), headRows)
	p.table(t, shown)
	switch {
	case shown < total:
		p.block(fmt.Sprintf("The first %d of %d rows.", shown, total))
	case total == 1:
		p.block("1 row.")
	default:
		p.block(fmt.Sprintf("%d rows.", total))
	}
}

// table writes the first rows, each with its number, by which answers cite it.
func (p *printer) table(t chat.Table, rows int) {
	columns := min(len(t.Columns), headColumns)
	var out strings.Builder
	out.WriteString("| \\# |")
	rule := "| ---: |"
	for i, c := range t.Columns[:columns] {
		out.WriteString(" " + oneLine(c.Name) + " |")
		if numeric(t.Rows[:rows], i) {
			rule += " ---: |"
		} else {
			rule += " --- |"
		}
	}
	out.WriteString("\n" + rule + "\n")
	for i, row := range t.Rows[:rows] {
		fmt.Fprintf(&out, "| %d |", i+1)
		for _, cell := range row[:columns] {
			out.WriteString(" " + cellText(cell) + " |")
		}
		out.WriteByte('\n')
	}
	p.block(out.String())
	if columns < len(t.Columns) {
		p.block(fmt.Sprintf("The first %d of %d columns.", columns, len(t.Columns)))
	}
}

func numeric(rows [][]any, column int) bool {
	found := false
	for _, row := range rows {
		switch row[column].(type) {
		case nil:
		case json.Number:
			found = true
		default:
			return false
		}
	}
	return found
}

func cellText(cell any) string {
	text := ""
	switch c := cell.(type) {
	case nil:
	case json.Number:
		return c.String()
	case string:
		text = c
	default:
		text = fmt.Sprint(c)
	}
	if utf8.RuneCountInString(text) > cellRunes {
		text = string([]rune(text)[:cellRunes]) + "…"
	}
	return oneLine(text)
}

// beginning returns what is shown of a long text.
func beginning(text string) string {
	if len(text) <= headBytes {
		return text
	}
	cut := headBytes
	for cut > 0 && !utf8.RuneStart(text[cut]) {
		cut--
	}
	return fmt.Sprintf("%s…\n(The first %d of %d bytes.)", text[:cut], cut, len(text))
}
