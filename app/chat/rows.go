package chat

import (
	"bytes"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
)

// How large a table may get. Rows beyond are counted, and no more.
const (
	maxTableRows    = 100_000
	maxTableColumns = 1_000
	maxTableCells   = 2_000_000
)

// Table is a result as rows and columns.
type Table struct {
	Columns []Column
	// Rows holds one cell for each column: nil, bool, string or json.Number. What is
	// nested is its JSON text; what is missing is nil.
	Rows [][]any
	// Total is how many rows the whole result has, as far as the tool says: at least
	// those in Rows.
	Total int
}

// Column is a column of a table.
type Column struct {
	Name string `json:"name"`
	Type string `json:"type,omitempty" doc:"What the tool calls the type of the cells, if it says so."`
}

// Rows returns a result as a table, and whether it is one. It reads Structured, or
// else a Text that is JSON, and recognises an array of objects, an object with
// "columns" and "rows", and an object that holds nothing but one of these and plain
// values. Columns are in the order in which the JSON names them first. A result that
// is an error, or has no column, is no table.
func Rows(r ToolResult) (Table, bool) {
	if r.IsError {
		return Table{}, false
	}
	for _, text := range [][]byte{r.Structured, []byte(r.Text)} {
		text = bytes.TrimSpace(text)
		if len(text) == 0 || text[0] != '{' && text[0] != '[' || !json.Valid(text) {
			continue
		}
		if t, ok := tableOf(text, true); ok {
			return t, true
		}
	}
	return Table{}, false
}

// tableOf returns valid JSON as a table. Outside is whether it may be a wrapper.
func tableOf(text json.RawMessage, outside bool) (Table, bool) {
	if text[0] == '[' {
		return recordsOf(nil, text, 0)
	}
	fields := map[string]json.RawMessage{}
	for key, value := range members(text) {
		fields[unquote(key)] = value
	}
	said := 0
	for _, name := range []string{"row_count", "rowCount", "total_rows", "totalRows"} {
		if n, err := strconv.Atoi(string(fields[name])); err == nil {
			said = max(said, n)
		}
	}
	if t, ok := gridOf(fields["columns"], fields["rows"], said); ok {
		return t, true
	}
	if !outside {
		return Table{}, false
	}
	inner := only(fields)
	if inner == nil {
		return Table{}, false
	}
	t, ok := tableOf(inner, false)
	t.Total = max(t.Total, said)
	return t, ok
}

// only returns the one member that could be a table, nil if there is none or more
// than one. It may be written as a text, as some SDKs wrap what a tool returned.
func only(fields map[string]json.RawMessage) json.RawMessage {
	var found json.RawMessage
	for _, value := range fields {
		if value[0] == '"' {
			value = json.RawMessage(strings.TrimSpace(unquote(value)))
			if len(value) == 0 || !json.Valid(value) {
				continue
			}
		}
		if value[0] != '[' && value[0] != '{' {
			continue
		}
		if found != nil {
			return nil
		}
		found = value
	}
	return found
}

// gridOf returns the table of an object's columns and rows.
func gridOf(columns, rows json.RawMessage, said int) (Table, bool) {
	if len(columns) == 0 || columns[0] != '[' || len(rows) == 0 || rows[0] != '[' {
		return Table{}, false
	}
	var names []Column
	for c := range elements(columns) {
		column, ok := columnOf(c)
		if !ok || len(names) == maxTableColumns {
			return Table{}, false
		}
		names = append(names, column)
	}
	if t, ok := recordsOf(names, rows, said); ok {
		return t, true
	}
	t := Table{Columns: names, Rows: [][]any{}}
	for r := range elements(rows) {
		if r[0] != '[' {
			return Table{}, false
		}
		if t.add() {
			row := t.Rows[len(t.Rows)-1]
			at := 0
			for c := range elements(r) {
				if at == len(row) {
					break // a cell without a column
				}
				row[at] = cellOf(c)
				at++
			}
		}
	}
	t.Total = max(t.Total, said)
	return t, len(names) > 0
}

// columnOf reads a column, which is a name or an object with one.
func columnOf(text json.RawMessage) (Column, bool) {
	if text[0] == '"' {
		return Column{Name: unquote(text)}, true
	}
	var c Column
	if text[0] != '{' || json.Unmarshal(text, &c) != nil {
		return Column{}, false
	}
	return c, c.Name != ""
}

// recordsOf returns the table of an array of objects, which has at least one. Known
// columns go before those that the objects name.
func recordsOf(known []Column, text json.RawMessage, said int) (Table, bool) {
	t := Table{Columns: slices.Clone(known)}
	keys := keyring{place: map[string]int{}}
	for _, c := range known {
		keys.learn(c.Name)
	}
	for r := range elements(text) {
		if r[0] != '{' {
			return Table{}, false
		}
		room := t.add()
		next := 0
		for key, value := range members(r) {
			at := keys.find(key, next)
			next = at + 1
			if at == len(t.Columns) {
				t.Columns = append(t.Columns, Column{Name: unquote(key)})
			}
			if len(t.Columns) > maxTableColumns {
				return Table{}, false
			}
			if room {
				t.set(at, cellOf(value))
			}
		}
	}
	ok := t.Total > 0 && len(t.Columns) > 0
	t.square()
	t.Total = max(t.Total, said)
	return t, ok
}

// keyring knows the columns of keys. Objects of an array mostly have the same keys in
// the same order, so that the next one is known without reading it.
type keyring struct {
	quoted []json.RawMessage
	place  map[string]int
}

// find returns the column of a key, which is probably the next.
func (k *keyring) find(quoted json.RawMessage, next int) int {
	if next < len(k.quoted) && bytes.Equal(k.quoted[next], quoted) {
		return next
	}
	name := unquote(quoted)
	at, ok := k.place[name]
	if !ok {
		at = k.learn(name)
		k.quoted[at] = quoted
	}
	return at
}

func (k *keyring) learn(name string) int {
	at := len(k.quoted)
	k.place[name], k.quoted = at, append(k.quoted, nil)
	return at
}

// add counts a row, and reports whether there was room for it.
func (t *Table) add() bool {
	t.Total++
	if len(t.Rows) == maxTableRows || (len(t.Rows)+1)*len(t.Columns) > maxTableCells {
		return false
	}
	t.Rows = append(t.Rows, make([]any, len(t.Columns)))
	return true
}

// set sets a cell of the last row.
func (t *Table) set(at int, cell any) {
	last := &t.Rows[len(t.Rows)-1]
	for len(*last) <= at {
		*last = append(*last, nil)
	}
	(*last)[at] = cell
}

// square gives all rows a cell for each column.
func (t *Table) square() {
	if n := len(t.Columns); len(t.Rows)*n > maxTableCells {
		t.Rows = t.Rows[:maxTableCells/n]
	}
	for i, row := range t.Rows {
		if missing := len(t.Columns) - len(row); missing > 0 {
			t.Rows[i] = append(row, make([]any, missing)...)
		}
	}
}

// cellOf returns a value as encoding/json decodes it with numbers kept, and what is
// nested as its text.
func cellOf(text json.RawMessage) any {
	switch text[0] {
	case '"':
		return unquote(text)
	case 't', 'f':
		return text[0] == 't'
	case 'n':
		return nil
	case '{', '[':
		var b bytes.Buffer
		if json.Compact(&b, text) != nil {
			return string(text)
		}
		return b.String()
	}
	return json.Number(text)
}
