package northwind

import (
	"bytes"
	"fmt"

	"modernc.org/libc"
	sqlite3 "modernc.org/sqlite/lib"
)

// replaceFunctions puts functions of this package in the place of SQLite's own, for two reasons. trim, instr and replace
// of SQLite take time with the product of the lengths of their arguments: up to a quarter of a minute in one step, which
// no deadline interrupts. And a call of like or glob takes neither a turn of a loop nor memory, the two places where a
// running statement can be stopped, so that hundreds of them in a row could not be ended.
//
// See https://www.sqlite.org/c3ref/create_function.html.
func (c *conn) replaceFunctions() error {
	for _, f := range []struct {
		name string
		args int32
		data uintptr
		call func(tls *libc.TLS, ctx uintptr, n int32, args uintptr)
	}{
		{"trim", 2, leftSide | rightSide, trimSet},
		{"ltrim", 2, leftSide, trimSet},
		{"rtrim", 2, rightSide, trimSet},
		{"instr", 2, 0, instr},
		{"replace", 3, 0, replace},
		{"like", 2, c.bad, like},
		{"like", 3, c.bad, like},
		{"glob", 2, c.bad, glob},
	} {
		if err := c.define(f.name, f.args, f.data, callback(f.call)); err != nil {
			return fmt.Errorf("replacing the function %s: %w", f.name, err)
		}
	}
	return nil
}

func (c *conn) define(name string, args int32, data, call uintptr) error {
	p, err := libc.CString(name)
	if err != nil {
		return errMemory
	}
	defer libc.Xfree(c.tls, p)
	const flags = sqlite3.SQLITE_UTF8 | sqlite3.SQLITE_DETERMINISTIC | sqlite3.SQLITE_INNOCUOUS
	if rc := sqlite3.Xsqlite3_create_function(c.tls, c.db, p, args, flags, data, call, 0, 0); rc != sqlite3.SQLITE_OK {
		return c.fail(rc)
	}
	return nil
}

// argument returns the address of the i-th argument of a function.
func argument(args uintptr, i int) uintptr {
	return libc.AtomicLoadPUintptr(args + uintptr(i)*pointerSize)
}

// instr is the function instr(text, part): the place of the first part in text, from 1, in bytes if both are blobs and
// else in characters; 0 if there is none, NULL if either is NULL.
func instr(tls *libc.TLS, ctx uintptr, _ int32, args uintptr) {
	blobs := true
	for i := range 2 {
		blobs = blobs && sqlite3.Xsqlite3_value_type(tls, argument(args, i)) == sqlite3.SQLITE_BLOB
	}
	read := textArgument
	if blobs {
		read = blobArgument
	}
	text, _, ok := read(tls, ctx, argument(args, 0))
	if !ok {
		return
	}
	part, _, ok := read(tls, ctx, argument(args, 1))
	if !ok {
		return
	}
	at := bytes.Index(text, part)
	if at > 0 && !blobs {
		at = characters(text[:at])
	}
	sqlite3.Xsqlite3_result_int64(tls, ctx, int64(at+1))
}

// characters counts as SQLite does: a character begins at each byte that does not continue one.
func characters(text []byte) int {
	n := 0
	for _, b := range text {
		if b&0xc0 != 0x80 {
			n++
		}
	}
	return n
}

// replace is the function replace(text, old, new): text with every old in it replaced, or text itself if old is empty;
// NULL if any is NULL.
func replace(tls *libc.TLS, ctx uintptr, _ int32, args uintptr) {
	var texts [3][]byte
	for i := range texts {
		var ok bool
		if texts[i], _, ok = textArgument(tls, ctx, argument(args, i)); !ok {
			return
		}
	}
	text, old, replacement := texts[0], texts[1], texts[2]
	if len(old) == 0 || old[0] == 0 {
		resultText(tls, ctx, text)
		return
	}
	if len(text)+bytes.Count(text, old)*(len(replacement)-len(old)) > maxValue {
		sqlite3.Xsqlite3_result_error_toobig(tls, ctx)
		return
	}
	resultText(tls, ctx, bytes.ReplaceAll(text, old, replacement))
}

// resultText makes text the result of a function.
func resultText(tls *libc.TLS, ctx uintptr, text []byte) {
	p, err := libc.CString(string(text))
	if err != nil {
		sqlite3.Xsqlite3_result_error_nomem(tls, ctx)
		return
	}
	defer libc.Xfree(tls, p)
	sqlite3.Xsqlite3_result_text(tls, ctx, p, int32(len(text)), transient)
}

// textArgument returns the text of a value and its address, or false, with the result set, if there is none.
func textArgument(tls *libc.TLS, ctx, value uintptr) ([]byte, uintptr, bool) {
	if sqlite3.Xsqlite3_value_type(tls, value) == sqlite3.SQLITE_NULL {
		return nil, 0, false
	}
	p := sqlite3.Xsqlite3_value_text(tls, value)
	if p == 0 {
		sqlite3.Xsqlite3_result_error_nomem(tls, ctx)
		return nil, 0, false
	}
	return libc.GoBytes(p, int(sqlite3.Xsqlite3_value_bytes(tls, value))), p, true
}

// blobArgument returns the bytes of a blob and their address.
func blobArgument(tls *libc.TLS, _, value uintptr) ([]byte, uintptr, bool) {
	p := sqlite3.Xsqlite3_value_blob(tls, value)
	return libc.GoBytes(p, int(sqlite3.Xsqlite3_value_bytes(tls, value))), p, true
}
