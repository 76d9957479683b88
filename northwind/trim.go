package northwind

import (
	"bytes"
	"fmt"

	"modernc.org/libc"
	sqlite3 "modernc.org/sqlite/lib"
)

// The sides that a trim function works on, handed to it as its user data.
const (
	leftSide uintptr = 1 << iota
	rightSide
)

// replaceTrims puts the two-argument forms of trim, ltrim and rtrim of this package in the place of SQLite's, which
// compare each character with each of the set: inside one step that no deadline interrupts, for up to a quarter of a
// minute at the longest values. See https://www.sqlite.org/c3ref/create_function.html.
func (c *conn) replaceTrims() error {
	for name, sides := range map[string]uintptr{"trim": leftSide | rightSide, "ltrim": leftSide, "rtrim": rightSide} {
		if err := c.replaceTrim(name, sides); err != nil {
			return fmt.Errorf("replacing the function %s: %w", name, err)
		}
	}
	return nil
}

func (c *conn) replaceTrim(name string, sides uintptr) error {
	p, err := libc.CString(name)
	if err != nil {
		return errMemory
	}
	defer libc.Xfree(c.tls, p)
	const flags = sqlite3.SQLITE_UTF8 | sqlite3.SQLITE_DETERMINISTIC | sqlite3.SQLITE_INNOCUOUS
	if rc := sqlite3.Xsqlite3_create_function(c.tls, c.db, p, 2, flags, sides, callback(trimSet), 0, 0); rc != sqlite3.SQLITE_OK {
		return c.fail(rc)
	}
	return nil
}

// trimSet is the function trim(text, set): text without the characters of set at its ends, NULL if either is NULL.
func trimSet(tls *libc.TLS, ctx uintptr, _ int32, args uintptr) {
	text, start, ok := textArgument(tls, ctx, libc.AtomicLoadPUintptr(args))
	if !ok {
		return
	}
	set, _, ok := textArgument(tls, ctx, libc.AtomicLoadPUintptr(args+pointerSize))
	if !ok {
		return
	}
	members := map[rune]bool{}
	for _, r := range string(set) {
		members[r] = true
	}
	in := func(r rune) bool { return members[r] }
	sides := sqlite3.Xsqlite3_user_data(tls, ctx)
	if sides&rightSide != 0 {
		text = bytes.TrimRightFunc(text, in)
	}
	if sides&leftSide != 0 {
		trimmed := bytes.TrimLeftFunc(text, in)
		start += uintptr(len(text) - len(trimmed))
		text = trimmed
	}
	sqlite3.Xsqlite3_result_text(tls, ctx, start, int32(len(text)), transient)
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
