package chat

import (
	"bytes"
	"encoding/json"
	"iter"
	"strconv"
	"strings"
)

// A tool may say the same twice, as text and as data, or give a few words beside its
// data. A model reads text, so that data is told it only where the text lacks it.
// Whether it does is judged by its values: some of a table's rows, and as many lines as
// there are rows. If in doubt, the text lacks it: that costs tokens, and no rows.

// How much of the data is looked for in the text.
const (
	sampledRows  = 8
	sampledCells = 64 // of a row
	maxLeaves    = 1000
)

// holdsRows reports whether a text shows the rows of a table.
func holdsRows(text string, t Table) bool {
	if same, ok := Rows(ToolResult{Text: text}); ok {
		return len(same.Rows) >= len(t.Rows)
	}
	if len(t.Rows) > sampledRows && lineCount(text) < len(t.Rows) {
		return false
	}
	said := saying{text: text}
	for i := range min(sampledRows, len(t.Rows)) {
		row := t.Rows[i]
		if len(t.Rows) > sampledRows {
			row = t.Rows[i*(len(t.Rows)-1)/(sampledRows-1)]
		}
		for _, cell := range row[:min(len(row), sampledCells)] {
			if !said.has(cell) {
				return false
			}
		}
	}
	return true
}

// lineCount counts the lines that are not empty.
func lineCount(text string) (n int) {
	for line := range strings.SplitSeq(text, "\n") {
		if !blank(line) {
			n++
		}
	}
	return n
}

// holdsData reports whether a text shows data that is no table: the same JSON, or all
// of its values.
func holdsData(text string, data json.RawMessage) bool {
	if len(data) == 0 || !json.Valid(data) {
		return true
	}
	var compact bytes.Buffer
	if json.Valid([]byte(text)) && json.Compact(&compact, []byte(text)) == nil && compact.String() == string(data) {
		return true
	}
	said, n := saying{text: text}, 0
	for value := range leaves(bytes.TrimSpace(data)) {
		if n++; n > maxLeaves || !said.has(value) {
			return false
		}
	}
	return true
}

// leaves yields the values of valid JSON that have none inside, as cells.
func leaves(value json.RawMessage) iter.Seq[any] {
	return func(yield func(any) bool) { walkLeaves(value, yield) }
}

func walkLeaves(value json.RawMessage, yield func(any) bool) bool {
	switch value[0] {
	case '[':
		for v := range elements(value) {
			if !walkLeaves(v, yield) {
				return false
			}
		}
	case '{':
		for _, v := range members(value) {
			if !walkLeaves(v, yield) {
				return false
			}
		}
	default:
		return yield(cellOf(value))
	}
	return true
}

// saying is a text in which values are looked for.
type saying struct {
	text    string
	numbers map[float64]bool // nil until a number is looked for
}

// has reports whether the text shows a cell. Numbers may be written in another way, and
// what is nothing need not be shown.
func (s *saying) has(cell any) bool {
	switch c := cell.(type) {
	case bool:
		return strings.Contains(strings.ToLower(s.text), strconv.FormatBool(c))
	case json.Number:
		f, err := c.Float64()
		if err != nil {
			return strings.Contains(s.text, c.String())
		}
		if s.numbers == nil {
			s.numbers = numbersIn(s.text)
		}
		return s.numbers[f]
	case string:
		c = strings.TrimSpace(c)
		return strings.Contains(s.text, c) || strings.Contains(s.text, cellText(c))
	}
	return true
}

// numbersIn returns the numbers that a text shows, 1,234.50 among them.
func numbersIn(text string) map[float64]bool {
	found := map[float64]bool{}
	digit := func(i int) bool { return i < len(text) && text[i] >= '0' && text[i] <= '9' }
	for i := 0; i < len(text); {
		if !digit(i) {
			i++
			continue
		}
		from := i
		if i > 0 && text[i-1] == '-' {
			from--
		}
		for digit(i) || i < len(text) && strings.IndexByte(".,", text[i]) >= 0 && digit(i+1) ||
			i < len(text) && (text[i] == 'e' || text[i] == 'E') && (digit(i+1) || digit(i+2) && (text[i+1] == '-' || text[i+1] == '+')) {
			if text[i] == 'e' || text[i] == 'E' {
				i++
			}
			i++
		}
		for _, written := range []string{text[from:i], strings.TrimPrefix(text[from:i], "-")} { // a date's hyphen is no sign
			if f, err := strconv.ParseFloat(strings.ReplaceAll(written, ",", ""), 64); err == nil {
				found[f] = true
			}
		}
	}
	return found
}
