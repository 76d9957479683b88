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
// else a Text that is JSON, lines of JSON, or has one block of it in a fence, and
// recognises an array of objects; an array of arrays of which the first names the
// columns; an object with "columns" and "rows", or what else tools call these; an object
// of columns of the same length; and an object that holds nothing but one of these and
// plain values, which may be wrapped once more. Columns are in the order in which the
// JSON names them first. A result that is an error, or has no column, is no table.
func Rows(r ToolResult) (Table, bool) {
	t, _, ok := readRows(r)
	return t, ok
}

// readRows is Rows, and reports whether the page, too, finds all of the table in
// Structured.
func readRows(r ToolResult) (t Table, plain, ok bool) {
	if r.IsError {
		return Table{}, false, false
	}
	data := json.RawMessage(bytes.TrimSpace(r.Structured))
	if isNested(data) && json.Valid(data) {
		read := reader{plain: true}
		if t, ok := read.table(data, 0); ok {
			return t, read.plain, true
		}
	}
	if data, ok := jsonIn(r.Text); ok {
		t, ok := (&reader{}).table(data, 0)
		return t, false, ok
	}
	return Table{}, false, false
}

func isNested(text json.RawMessage) bool { return len(text) > 0 && (text[0] == '{' || text[0] == '[') }

// deepest is how many wrappers a table may be in.
const deepest = 2

// reader reads a table from valid JSON.
type reader struct {
	plain bool // so far, what is read is in one of the forms that the page knows
}

func (r *reader) table(text json.RawMessage, depth int) (Table, bool) {
	if text[0] == '[' {
		if t, ok := recordsOf(nil, text, 0); ok {
			return t, true
		}
		r.plain = false
		return headedOf(text)
	}
	fields := map[string]json.RawMessage{}
	var keys []string
	for key, value := range members(text) {
		name := unquote(key)
		if _, twice := fields[name]; !twice {
			keys = append(keys, name)
		}
		fields[name] = value
	}
	said := countIn(fields, "row_count", "rowCount", "total_rows", "totalRows")
	if t, ok := r.gridIn(fields, said); ok {
		return t, true
	}
	if t, ok := columnarOf(keys, fields); ok {
		r.plain = false
		return t, true
	}
	inner, wrapped := only(fields)
	if inner == nil || depth == deepest || depth > 0 && len(fields) > 1 && !wrapperNames(keys) {
		return Table{}, false
	}
	r.plain = r.plain && !wrapped && inner[0] == '[' && depth == 0
	t, ok := r.table(inner, depth+1)
	said = max(said, countIn(fields, "total", "total_count", "totalCount", "total_results", "totalResults", "total_items", "totalItems"))
	if said > t.Total {
		t.Total, r.plain = said, false
	}
	return t, ok
}

// countIn returns the largest of the counts of those names, 0 if there is none.
func countIn(fields map[string]json.RawMessage, names ...string) int {
	said := 0
	for _, name := range names {
		if n, err := strconv.Atoi(string(fields[name])); err == nil {
			said = max(said, n)
		}
	}
	return said
}

// wrapperNames reports whether one of an object's members has a name that says nothing
// but that data is in it. Of an object in a wrapper that is asked, lest a record with a
// list inside be taken for the list.
func wrapperNames(keys []string) bool {
	return slices.ContainsFunc(keys, func(k string) bool {
		return slices.Contains([]string{"data", "result", "results", "response", "items", "records", "rows", "value", "values", "output"}, k)
	})
}

// only returns the one member that could be a table, nil if there is none or more
// than one. It may be written as a text, as some SDKs wrap what a tool returned.
func only(fields map[string]json.RawMessage) (found json.RawMessage, asText bool) {
	for _, value := range fields {
		written := value[0] == '"'
		if written {
			value = json.RawMessage(strings.TrimSpace(unquote(value)))
			if !isNested(value) || !json.Valid(value) {
				continue
			}
		}
		if !isNested(value) {
			continue
		}
		if found != nil {
			return nil, false
		}
		found, asText = value, written
	}
	return found, asText
}

// gridIn returns the table of an object that has its columns and its rows apart.
func (r *reader) gridIn(fields map[string]json.RawMessage, said int) (Table, bool) {
	for i, c := range []string{"columns", "fields", "headers", "header", "column_names", "columnNames"} {
		for j, rows := range []string{"rows", "values", "data", "records"} {
			t, whole, ok := gridOf(fields[c], fields[rows], said)
			if ok {
				r.plain = r.plain && whole && i == 0 && j == 0
				return t, true
			}
		}
	}
	return Table{}, false
}

// gridOf returns the table of columns and rows, and whether no cell was without a
// column; those get one without a name of its own.
func gridOf(columns, rows json.RawMessage, said int) (t Table, whole, ok bool) {
	if len(columns) == 0 || columns[0] != '[' || len(rows) == 0 || rows[0] != '[' {
		return Table{}, false, false
	}
	var names []Column
	for c := range elements(columns) {
		column, ok := columnOf(c)
		if !ok || len(names) == maxTableColumns {
			return Table{}, false, false
		}
		names = append(names, column)
	}
	if t, ok := recordsOf(names, rows, said); ok {
		return t, true, true
	}
	t = Table{Columns: names, Rows: [][]any{}}
	for r := range elements(rows) {
		if r[0] != '[' {
			return Table{}, false, false
		}
		t.addList(r)
	}
	t.square()
	t.Total = max(t.Total, said)
	return t, len(t.Columns) == len(names), len(names) > 0
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

// addList adds a row that is a list of cells. Those beyond the columns get columns too.
func (t *Table) addList(row json.RawMessage) {
	if !t.add() {
		return
	}
	at := 0
	for c := range elements(row) {
		if at == len(t.Columns) {
			if at >= maxTableColumns {
				return
			}
			t.Columns = append(t.Columns, Column{Name: "column " + strconv.Itoa(at+1)})
		}
		t.set(at, cellOf(c))
		at++
	}
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
