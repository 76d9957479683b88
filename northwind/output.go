package northwind

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// QueryOutput is the structured result of the tool read_query and of [DB.Query]. Its JSON is a contract: tables,
// charts and exports read it.
//
// A cell is a JSON null, number or string:
//
//   - an integer is a number, or a string of its digits if it lies outside ±(2⁵³−1), where JSON readers round;
//   - a real is a number; what JSON cannot write is "Infinity" or "-Infinity";
//   - a text is a string; past the limit of characters it ends in "… [N more bytes]" and counts in CellsCut;
//   - a blob is the string "<blob N bytes>".
//
// Rows are whole and in the order of the query; a result is only ever cut between two rows.
type QueryOutput struct {
	// Columns has unique names: the second Name becomes Name_2.
	Columns []Column `json:"columns"`
	// Rows holds one array of cells for each row, in the order of Columns; never null.
	Rows [][]any `json:"rows"`
	// RowCount is the number of Rows.
	RowCount int `json:"row_count"`
	// TotalRows is the number of rows of the whole query, from its first row on whatever the offset.
	TotalRows int `json:"total_rows"`
	// TotalIsExact is false if counting was given up; the query then has at least TotalRows rows.
	TotalIsExact bool `json:"total_is_exact"`
	// Truncated says that rows follow after these, or may follow if TotalIsExact is false.
	Truncated bool `json:"truncated"`
	// CutAt names the limit at which a truncated result ends. Only the text has it.
	CutAt string `json:"-"`
	// NextOffset is the offset that continues a truncated result, else null.
	NextOffset *int `json:"next_offset"`
	// Note says, in whole sentences, what in the query is probably not meant so, or why there are no rows. Only the text has
	// it.
	Note string `json:"-"`
	// CellsCut is the number of text cells that were shortened.
	CellsCut int `json:"cells_cut"`
	// ElapsedMS is the time the query ran, in milliseconds.
	ElapsedMS float64 `json:"elapsed_ms"`
}

// Column is one column of a [QueryOutput]. Type is that of the values in these rows: integer, real, text, date (text
// that is a date, with or without time, in ISO 8601 order), blob, null if all are null and nothing is declared, or any
// if they are mixed.
type Column struct {
	Name string `json:"name"`
	Type string `json:"type"`
}

// MarshalJSON writes the documented form without reflection over the cells.
func (o QueryOutput) MarshalJSON() ([]byte, error) {
	columns, err := json.Marshal(o.Columns)
	if err != nil {
		return nil, fmt.Errorf("encoding columns: %w", err)
	}
	b := append([]byte(`{"columns":`), columns...)
	b = append(b, `,"rows":[`...)
	for i, r := range o.Rows {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendRowJSON(b, r)
	}
	next := "null"
	if o.NextOffset != nil {
		next = strconv.Itoa(*o.NextOffset)
	}
	return fmt.Appendf(b, `],"row_count":%d,"total_rows":%d,"total_is_exact":%t,"truncated":%t,"next_offset":%s,"cells_cut":%d,"elapsed_ms":%s}`,
		o.RowCount, o.TotalRows, o.TotalIsExact, o.Truncated, next, o.CellsCut, appendNumber(nil, o.ElapsedMS)), nil
}

// Text returns the result as a compact table: a line that says how much of the result this is, and the note; the column names; and
// one line for each row, cells separated by |. In a cell, a backslash, a separator and a line break are escaped with a
// backslash. Reals have 15 significant digits, as SQLite prints them. NULL is no value; the text NULL is 'NULL', and that
// text with quotes of its own has one pair more.
func (o QueryOutput) Text() string {
	b := append([]byte(o.summary()), '\n')
	for i, c := range o.Columns {
		if i > 0 {
			b = append(b, '|')
		}
		b = appendEscaped(b, c.Name)
	}
	for _, r := range o.Rows {
		b = appendRowText(append(b, '\n'), r)
	}
	return string(b)
}

func (o QueryOutput) summary() string {
	if o.Note != "" {
		return o.extent() + ". " + o.Note
	}
	return o.extent()
}

// extent says how much of the result this is.
func (o QueryOutput) extent() string {
	if !o.Truncated && o.RowCount == o.TotalRows {
		return plural(o.RowCount, "row", "rows")
	}
	total := strconv.Itoa(o.TotalRows)
	if !o.TotalIsExact {
		total = "at least " + total
	}
	s := fmt.Sprintf("%d of %s rows", o.RowCount, total)
	if o.NextOffset != nil {
		s += fmt.Sprintf(", truncated at %s; continue with offset %d, or aggregate or filter in SQL", o.CutAt, *o.NextOffset)
	}
	return s
}

// plural writes n with the noun, in the singular or plural.
func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

func appendRowJSON(b []byte, cells []any) []byte {
	b = append(b, '[')
	for i, c := range cells {
		if i > 0 {
			b = append(b, ',')
		}
		switch v := c.(type) {
		case nil:
			b = append(b, "null"...)
		case int64:
			b = strconv.AppendInt(b, v, 10)
		case float64:
			b = appendNumber(b, v)
		case string:
			b = appendString(b, v)
		}
	}
	return append(b, ']')
}

// null is what stands in the place of a cell without a value.
const null = "NULL"

func appendRowText(b []byte, cells []any) []byte {
	for i, c := range cells {
		if i > 0 {
			b = append(b, '|')
		}
		switch v := c.(type) {
		case nil:
			b = append(b, null...)
		case int64:
			b = strconv.AppendInt(b, v, 10)
		case float64:
			b = appendNumber(b, roundTo15(v))
		case string:
			if strings.Trim(v, "'") == null {
				v = "'" + v + "'"
			}
			b = appendEscaped(b, v)
		}
	}
	return b
}

// appendNumber writes v as JSON, in as few digits as give v back (RFC 8259 section 6).
func appendNumber(b []byte, v float64) []byte {
	format := byte('f')
	if abs := max(v, -v); abs != 0 && (abs < 1e-6 || abs >= 1e21) {
		format = 'e'
	}
	return strconv.AppendFloat(b, v, format, -1, 64)
}

func roundTo15(v float64) float64 {
	r, err := strconv.ParseFloat(strconv.FormatFloat(v, 'g', 15, 64), 64)
	if err != nil {
		return v
	}
	return r
}

// appendString writes valid UTF-8 as a JSON string (RFC 8259 section 7).
func appendString(b []byte, s string) []byte {
	b = append(b, '"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b = append(b, '\\', byte(r))
		case r < ' ' || r == 0x7f:
			b = fmt.Appendf(b, `\u%04x`, r)
		default:
			b = utf8.AppendRune(b, r)
		}
	}
	return append(b, '"')
}

func appendEscaped(b []byte, s string) []byte {
	if !strings.ContainsAny(s, "\\|\n\r") {
		return append(b, s...)
	}
	for i := range len(s) {
		switch c := s[i]; c {
		case '\\', '|':
			b = append(b, '\\', c)
		case '\n':
			b = append(b, `\n`...)
		case '\r':
			b = append(b, `\r`...)
		default:
			b = append(b, c)
		}
	}
	return b
}

// milliseconds returns d in milliseconds, rounded to hundredths.
func milliseconds(d time.Duration) float64 {
	return float64(d.Round(10*time.Microsecond)) / float64(time.Millisecond)
}
