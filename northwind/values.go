package northwind

import (
	"cmp"
	"context"
	"iter"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"unicode/utf8"

	"modernc.org/libc"
	sqlite3 "modernc.org/sqlite/lib"
)

// lateIndex is the index of a database, made when it is first needed: reading all of the database is no part of the start.
// The zero value is ready.
type lateIndex struct {
	once  sync.Once
	turn  chan struct{} // full while somebody looks for the index or makes it
	index *valueIndex
	slow  atomic.Bool // making it took longer than a hint may
}

// lock waits for its turn until ctx ends, and returns what gives the turn back.
func (l *lateIndex) lock(ctx context.Context) (unlock func(), err error) {
	l.once.Do(func() { l.turn = make(chan struct{}, 1) })
	select {
	case l.turn <- struct{}{}:
		return func() { <-l.turn }, nil
	case <-ctx.Done():
		return nil, &Error{Kind: Canceled, Message: "the search was cancelled by the caller"}
	}
}

// valueIndex holds the distinct texts of every text column of every table, for [DB.FindValues]. It does not change.
type valueIndex struct {
	columns []valueColumn
	// partial says that values are missing: the index was full, or reading a table took longer than a query may.
	partial bool
	size    int // bytes, about
}

// tables yields the columns of each table.
func (x *valueIndex) tables() iter.Seq[[]valueColumn] {
	return func(yield func([]valueColumn) bool) {
		for rest := x.columns; len(rest) > 0; {
			n := slices.IndexFunc(rest, func(c valueColumn) bool { return c.table != rest[0].table })
			if n < 0 {
				n = len(rest)
			}
			if !yield(rest[:n]) {
				return
			}
			rest = rest[n:]
		}
	}
}

// column returns a column of the index, or nil.
func (x *valueIndex) column(table, column string) *valueColumn {
	for i := range x.columns {
		if c := &x.columns[i]; c.table == table && c.column == column {
			return c
		}
	}
	return nil
}

// valueColumn is one column of a table and its values, the most frequent ones first.
type valueColumn struct {
	table, column string
	values        []value
	whole         bool // every value is there, but for NULL
	noCase        bool // the column compares ASCII letters without their case
}

// value is a text and the number of rows that hold it.
type value struct {
	text, folded string
	rows         int
}

// The bounds of a [valueIndex].
const (
	maxIndex      = 16 << 20 // bytes
	maxIndexed    = 2000     // bytes of one value; longer ones are left out
	valueOverhead = 96       // bytes of a value besides its text: headers and its place in a map while it is counted
)

// index returns the index. Who needs it first waits until it is made, and so do those who come meanwhile. The error is
// an [*Error] or [ErrClosed]; after one, the next caller tries again.
func (db *DB) index(ctx context.Context) (*valueIndex, error) {
	unlock, err := db.values.lock(ctx)
	if err != nil {
		return nil, err
	}
	defer unlock()
	if db.values.index != nil {
		return db.values.index, nil
	}
	index := &valueIndex{}
	for _, t := range db.catalogue.Tables {
		if t.Kind != "table" {
			continue
		}
		_, err := attend(ctx, db, "", func(ctx context.Context, c *conn) (struct{}, error) {
			return struct{}{}, db.indexTable(ctx, c, t, index)
		})
		if err != nil {
			return nil, err
		}
	}
	db.values.index = index
	return index, nil
}

// indexTable reads the table once, or as much of it as a query may take time.
func (db *DB) indexTable(ctx context.Context, c *conn, t Table, index *valueIndex) error {
	var names []string
	for _, column := range t.Columns {
		if k := affinity(column.Type); k == "text" || k == "date" || k == "any" {
			names = append(names, column.Name)
		}
	}
	if len(names) == 0 {
		return nil
	}
	defer c.watch(ctx)()
	s, err := c.prepare("SELECT " + db.catalogue.list(names, ", ") + " FROM " + db.catalogue.quote(t.Name))
	if err != nil {
		return err
	}
	defer s.close()
	counts := make([]map[string]int, len(names))
	columns := make([]valueColumn, len(names))
	for i, name := range names {
		counts[i] = map[string]int{}
		columns[i] = valueColumn{table: t.Name, column: name}
		collation := c.collation(t.Name, name)
		columns[i].noCase = collation == "NOCASE"
		columns[i].whole = columns[i].noCase || collation == "BINARY"
	}
	for {
		more, err := s.step()
		if err != nil && context.Cause(ctx) == errDeadline {
			index.partial = true
			for i := range columns {
				columns[i].whole = false
			}
			break
		}
		if err != nil {
			return err
		}
		if !more {
			break
		}
		for i := range names {
			if !s.count(int32(i), counts[i], index) {
				columns[i].whole = false
			}
		}
	}
	for i := range columns {
		columns[i].fill(counts[i])
	}
	index.columns = append(index.columns, columns...)
	return nil
}

// count adds the text in a column of the current row to counts, if the index has space for it. It is false if there is a value
// that is not added.
func (s *stmt) count(i int32, counts map[string]int, index *valueIndex) bool {
	text, ok := s.text(i, maxIndexed)
	if !ok {
		return sqlite3.Xsqlite3_column_type(s.c.tls, s.handle, i) == sqlite3.SQLITE_NULL
	}
	if n, seen := counts[text]; seen {
		counts[text] = n + 1
		return true
	}
	if need := 2*len(text) + valueOverhead; index.size+need <= maxIndex {
		index.size += need
		counts[text] = 1
		return true
	}
	index.partial = true
	return false
}

// collation returns by which rule a column of a table compares texts, in capitals, or "" if that cannot be known.
// See https://www.sqlite.org/c3ref/table_column_metadata.html.
func (c *conn) collation(table, column string) string {
	t, err := libc.CString(table)
	if err != nil {
		return ""
	}
	defer libc.Xfree(c.tls, t)
	n, err := libc.CString(column)
	if err != nil {
		return ""
	}
	defer libc.Xfree(c.tls, n)
	if sqlite3.Xsqlite3_table_column_metadata(c.tls, c.db, 0, t, n, 0, c.out, 0, 0, 0) != sqlite3.SQLITE_OK {
		return ""
	}
	return strings.ToUpper(cString(libc.AtomicLoadPUintptr(c.out)))
}

// text returns the text in a column of the current row, or false if there is none, if it is longer than most bytes, or
// if SQL text cannot spell it because it is not UTF-8 or holds a NUL.
func (s *stmt) text(i int32, most int) (string, bool) {
	if sqlite3.Xsqlite3_column_type(s.c.tls, s.handle, i) != sqlite3.SQLITE_TEXT {
		return "", false
	}
	p := sqlite3.Xsqlite3_column_text(s.c.tls, s.handle, i)
	n := int(sqlite3.Xsqlite3_column_bytes(s.c.tls, s.handle, i))
	if p == 0 || n > most {
		return "", false
	}
	text := string(libc.GoBytes(p, n))
	return text, utf8.ValidString(text) && strings.IndexByte(text, 0) < 0
}

// fill adds the values and the numbers of their rows.
func (v *valueColumn) fill(counts map[string]int) {
	v.values = make([]value, 0, len(counts))
	for text, rows := range counts {
		v.values = append(v.values, value{text: text, folded: fold(text), rows: rows})
	}
	slices.SortFunc(v.values, func(a, b value) int {
		return cmp.Or(cmp.Compare(b.rows, a.rows), strings.Compare(a.text, b.text))
	})
}
