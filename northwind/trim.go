package northwind

import (
	"bytes"

	"modernc.org/libc"
	sqlite3 "modernc.org/sqlite/lib"
)

// The sides that a trim function works on, handed to it as its user data.
const (
	leftSide uintptr = 1 << iota
	rightSide
)

// trimSet is the function trim(text, set): text without the characters of set at its ends, NULL if either is NULL.
func trimSet(tls *libc.TLS, ctx uintptr, _ int32, args uintptr) {
	text, start, ok := textArgument(tls, ctx, argument(args, 0))
	if !ok {
		return
	}
	set, _, ok := textArgument(tls, ctx, argument(args, 1))
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
