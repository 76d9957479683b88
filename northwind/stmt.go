package northwind

import (
	"fmt"
	"math"
	"strings"
	"unicode/utf8"

	"modernc.org/libc"
	sqlite3 "modernc.org/sqlite/lib"
)

// stmt is one compiled statement of a connection.
type stmt struct {
	c      *conn
	handle uintptr // sqlite3_stmt*
	width  int     // number of result columns
}

// prepare compiles the one statement that sql must hold. Comments and semicolons may surround it.
func (c *conn) prepare(sql string) (*stmt, error) {
	if strings.IndexByte(sql, 0) >= 0 {
		return nil, &Error{Kind: Invalid, Message: "the query holds a NUL character"}
	}
	handle, rest, err := c.compile(sql)
	if err != nil {
		return nil, err
	}
	if handle == 0 {
		if strings.Trim(rest, " \t\r\n\f;") != "" {
			return c.prepare(rest)
		}
		return nil, &Error{Kind: Invalid, Message: "the query is empty", Hint: "Send one SELECT statement."}
	}
	s := &stmt{c: c, handle: handle}
	for strings.Trim(rest, " \t\r\n\f;") != "" {
		var second uintptr
		second, rest, err = c.compile(rest)
		sqlite3.Xsqlite3_finalize(c.tls, second)
		if second != 0 || err != nil {
			s.close()
			return nil, &Error{
				Kind:    Invalid,
				Message: "only one statement is allowed in a query",
				Hint:    "Send the statements one at a time, or join them with UNION ALL or WITH.",
			}
		}
	}
	s.width = int(sqlite3.Xsqlite3_column_count(c.tls, handle))
	if sqlite3.Xsqlite3_stmt_readonly(c.tls, handle) == 0 {
		s.close()
		return nil, &sqliteError{code: sqlite3.SQLITE_AUTH, message: notAuthorized, offset: -1}
	}
	return s, nil
}

// compile compiles the first statement of sql and returns what follows it. The handle is 0 for nothing but blanks
// and comments.
func (c *conn) compile(sql string) (handle uintptr, rest string, err error) {
	text, err := libc.CString(sql)
	if err != nil {
		return 0, "", errMemory
	}
	defer libc.Xfree(c.tls, text)
	tail := c.out + pointerSize
	libc.AtomicStorePUintptr(c.out, 0)
	libc.AtomicStorePUintptr(tail, text)
	rc := sqlite3.Xsqlite3_prepare_v3(c.tls, c.db, text, int32(len(sql)+1), 0, c.out, tail)
	if rc != sqlite3.SQLITE_OK {
		return 0, "", c.fail(rc)
	}
	return libc.AtomicLoadPUintptr(c.out), sql[libc.AtomicLoadPUintptr(tail)-text:], nil
}

// bind gives the statement its parameters, by position. Values are nil, bool, int64, float64 or string.
func (s *stmt) bind(params []any) error {
	want := int(sqlite3.Xsqlite3_bind_parameter_count(s.c.tls, s.handle))
	if want != len(params) {
		return &Error{
			Kind:    Invalid,
			Message: fmt.Sprintf("the query has %s but %s given", plural(want, "parameter", "parameters"), plural(len(params), "value was", "values were")),
			Hint:    "Write ? for each value, and give the values in the same order.",
		}
	}
	for i, p := range params {
		if rc := s.bindOne(int32(i+1), p); rc != sqlite3.SQLITE_OK {
			return s.c.fail(rc)
		}
	}
	return nil
}

func (s *stmt) bindOne(i int32, value any) int32 {
	switch v := value.(type) {
	case bool:
		if v {
			return sqlite3.Xsqlite3_bind_int64(s.c.tls, s.handle, i, 1)
		}
		return sqlite3.Xsqlite3_bind_int64(s.c.tls, s.handle, i, 0)
	case int64:
		return sqlite3.Xsqlite3_bind_int64(s.c.tls, s.handle, i, v)
	case float64:
		return sqlite3.Xsqlite3_bind_double(s.c.tls, s.handle, i, v)
	case string:
		p, err := libc.CString(v)
		if err != nil {
			return sqlite3.SQLITE_NOMEM
		}
		defer libc.Xfree(s.c.tls, p)
		return sqlite3.Xsqlite3_bind_text(s.c.tls, s.handle, i, p, int32(len(v)), transient)
	}
	return sqlite3.Xsqlite3_bind_null(s.c.tls, s.handle, i)
}

// transient is SQLITE_TRANSIENT: SQLite copies the text before the call returns.
const transient = ^uintptr(0)

// step advances to the next row and reports whether there is one.
func (s *stmt) step() (bool, error) {
	switch rc := sqlite3.Xsqlite3_step(s.c.tls, s.handle); rc {
	case sqlite3.SQLITE_ROW:
		return true, nil
	case sqlite3.SQLITE_DONE:
		return false, nil
	default:
		return false, s.c.fail(rc)
	}
}

func (s *stmt) name(i int) string {
	return strings.ToValidUTF8(cString(sqlite3.Xsqlite3_column_name(s.c.tls, s.handle, int32(i))), "\uFFFD")
}

// declared returns the type that the schema declares for a column which comes straight from a table, or "".
func (s *stmt) declared(i int) string {
	return cString(sqlite3.Xsqlite3_column_decltype(s.c.tls, s.handle, int32(i)))
}

// row is one result row as [QueryOutput] shows it.
type row struct {
	cells []any
	kinds []kind
	cut   int // cells that were shortened
}

// row reads the current row. Text is cut after maxCell characters, before it is copied.
func (s *stmt) row(maxCell int) (row, error) {
	r := row{cells: make([]any, s.width), kinds: make([]kind, s.width)}
	for i := range r.cells {
		cell, k, cut, err := s.cell(int32(i), maxCell)
		if err != nil {
			return row{}, err
		}
		r.cells[i], r.kinds[i] = cell, k
		if cut {
			r.cut++
		}
	}
	return r, nil
}

func (s *stmt) cell(i int32, maxCell int) (value any, k kind, cut bool, err error) {
	tls, h := s.c.tls, s.handle
	switch sqlite3.Xsqlite3_column_type(tls, h, i) {
	case sqlite3.SQLITE_INTEGER:
		return exactInteger(sqlite3.Xsqlite3_column_int64(tls, h, i)), kindInteger, false, nil
	case sqlite3.SQLITE_FLOAT:
		return finite(sqlite3.Xsqlite3_column_double(tls, h, i)), kindReal, false, nil
	case sqlite3.SQLITE_BLOB:
		return fmt.Sprintf("<blob %d bytes>", sqlite3.Xsqlite3_column_bytes(tls, h, i)), kindBlob, false, nil
	case sqlite3.SQLITE_TEXT:
		p := sqlite3.Xsqlite3_column_text(tls, h, i)
		if p == 0 {
			return nil, 0, false, errMemory
		}
		text, cut := excerpt(libc.GoBytes(p, int(sqlite3.Xsqlite3_column_bytes(tls, h, i))), maxCell)
		return text, textKind(text), cut, nil
	}
	return nil, kindNull, false, nil
}

// excerpt copies at most limit characters of text and says how many bytes it left out. Invalid UTF-8 becomes U+FFFD.
func excerpt(text []byte, limit int) (string, bool) {
	if len(text) <= limit {
		return strings.ToValidUTF8(string(text), "\uFFFD"), false
	}
	end, n := 0, 0
	for ; n < limit && end < len(text); n++ {
		_, size := utf8.DecodeRune(text[end:])
		end += size
	}
	s := strings.ToValidUTF8(string(text[:end]), "\uFFFD")
	if end == len(text) {
		return s, false
	}
	return fmt.Sprintf("%s… [%d more bytes]", s, len(text)-end), true
}

// exactInteger returns v as a number if every JSON reader keeps its digits (RFC 8259 section 6), else as digits.
func exactInteger(v int64) any {
	const exact = 1<<53 - 1
	if v < -exact || v > exact {
		return fmt.Sprint(v)
	}
	return v
}

// finite returns v, or its name if JSON has no number for it.
func finite(v float64) any {
	switch {
	case math.IsInf(v, 1):
		return "Infinity"
	case math.IsInf(v, -1):
		return "-Infinity"
	case math.IsNaN(v):
		return "NaN"
	}
	return v
}

// close frees the statement.
func (s *stmt) close() { sqlite3.Xsqlite3_finalize(s.c.tls, s.handle) }
