package chat

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// view returns what a message holds of a result, and what a model reads: the rows of a
// table, or the data, even if the tool gave them beside its text alone. Of what is too
// large it is the beginning, which says how to read on. Plain is whether the page finds
// all of the table in Structured.
func view(r ToolResult, table Table, plain, isTable bool, l Limits) ToolResult {
	if !isTable {
		return plainView(r, l)
	}
	shown := table
	shown.Rows = table.Rows[:min(len(table.Rows), l.ViewRows)]
	shown, clipped := shown.clipped(l)
	if !plain {
		r.Structured = shown.grid() // where the page looks for it
	}
	if clipped || max(len(r.Structured)-maxStructured, len(r.Text)-l.ViewBytes) > 0 || len(shown.Rows) < len(table.Rows) {
		r.Truncated = true
		r.Structured = shown.grid()
		for len(r.Structured) > maxStructured && len(shown.Rows) > 1 {
			shown.Rows = shown.Rows[:len(shown.Rows)/2]
			r.Structured = shown.grid()
		}
	}
	total := table.Total
	r.RowCount = &total
	words := ""
	switch {
	case !holdsRows(r.Text, table):
		words = strings.TrimSpace(r.Text)
	case len(r.Text) <= l.ViewBytes:
		return r
	}
	// The rows in place of a text that has them, after one that has not.
	head := headOf(words, l.ViewBytes/4)
	if len(head) < len(words) {
		r.Truncated = true
		head += fmt.Sprintf("\n[Cut here: these are the first %d of %d bytes of the text.]", len(head), len(words))
	}
	text, n := shown.text(0, l.ViewBytes-len(head))
	if head != "" {
		text = fmt.Sprintf("%s\n\nRows 1 to %d of %d\n%s", head, n, total, text)
	}
	if n < len(table.Rows) {
		r.Truncated = true
		text += more(r.ResultID, fmt.Sprintf("rows 1 to %d of %d", n, total), n)
	}
	r.Text = text
	return r
}

// plainView is the view of what is no table. Bytes to read on from are those of its whole.
func plainView(r ToolResult, l Limits) ToolResult {
	whole := wholeText(r)
	if len(whole) > l.ViewBytes || len(r.Structured) > maxStructured {
		r.Truncated, r.Structured = true, nil
	}
	r.Text = whole
	if len(whole) > l.ViewBytes {
		head := headOf(whole, l.ViewBytes)
		r.Text = head + more(r.ResultID, fmt.Sprintf("the first %d of %d bytes", len(head), len(whole)), len(head))
	}
	return r
}

// wholeText is all that a model can read of a result that is no table: its text, and
// its data if the text does not hold that.
func wholeText(r ToolResult) string {
	switch {
	case holdsData(r.Text, r.Structured):
		return r.Text
	case blank(r.Text):
		return string(r.Structured)
	}
	return r.Text + "\n\n" + string(r.Structured)
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
