package northwind

import (
	"errors"
	"fmt"
	"strings"

	sqlite3 "modernc.org/sqlite/lib"
)

// Kind says what went wrong with a query, for logs and for callers that react.
type Kind string

// The kinds of [Error].
const (
	Invalid  Kind = "invalid"  // the statement or its parameters are wrong, or fail on the data
	Denied   Kind = "denied"   // the statement does more than read
	Timeout  Kind = "timeout"  // the deadline of the query passed
	Canceled Kind = "canceled" // the caller went away
	Memory   Kind = "memory"   // the query took more memory than it may
	TooBig   Kind = "too_big"  // a value, the statement or a single row is over its limit
	Busy     Kind = "busy"     // no connection came free in time, or the query was long and others waited
	Failed   Kind = "failed"   // the fault is the server's
)

// Error is a failed query, told so that a model can correct itself: what happened, and what to do instead. It never
// names a path or the inside of the server.
type Error struct {
	Kind    Kind
	Message string // one sentence without a full stop
	Hint    string // what to try next, in whole sentences; may be empty
}

// Error returns the message and, on a new line, the hint.
func (e *Error) Error() string {
	if e.Hint == "" {
		return e.Message
	}
	return e.Message + "\n" + e.Hint
}

// ErrClosed is returned by a [DB] after Close.
var ErrClosed = errors.New("the database is closed")

var errMemory = &sqliteError{code: sqlite3.SQLITE_NOMEM, message: "out of memory", offset: -1}

// KindOf returns the kind of err: that of the [Error] in its chain, else [Failed].
func KindOf(err error) Kind {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Kind
	}
	return Failed
}

// explain turns the error of a run of sql, one that was not interrupted, into an [*Error].
func (db *DB) explain(sql string, err error) error {
	if e, ok := errors.AsType[*Error](err); ok {
		return e
	}
	e, ok := errors.AsType[*sqliteError](err)
	if !ok {
		return &Error{Kind: Failed, Message: "the server failed to run the query"}
	}
	switch e.primary() {
	case sqlite3.SQLITE_NOMEM:
		return &Error{
			Kind:    Memory,
			Message: fmt.Sprintf("the query ran into its limit of %d MiB of memory", queryMemory(db.limits.Concurrency)>>20),
			Hint:    "Filter earlier, sort or de-duplicate fewer rows, or aggregate before you join.",
		}
	case sqlite3.SQLITE_TOOBIG:
		return tooBig(sql)
	case sqlite3.SQLITE_AUTH:
		return denied(e.message, sql)
	case sqlite3.SQLITE_ERROR:
		if strings.HasPrefix(e.message, notAuthorized) {
			return denied(e.message, sql)
		}
		if e.syntax() && beginsToWrite(sql) {
			return denied(e.message, sql)
		}
		e.message, _, _ = strings.Cut(e.message, " - should this be a string literal")
		return &Error{Kind: Invalid, Message: shortened(e.Error(), maxMessage), Hint: db.catalogue.lesson(e, sql)}
	case sqlite3.SQLITE_MISMATCH, sqlite3.SQLITE_RANGE:
		return &Error{Kind: Invalid, Message: e.Error()}
	}
	return &Error{Kind: Failed, Message: "the server failed to run the query", Hint: "This is not a mistake in the query; try again."}
}

// syntax reports whether the statement was no statement.
func (e *sqliteError) syntax() bool {
	return e.message == "incomplete input" || strings.HasSuffix(e.message, ": syntax error")
}

// maxMessage is the most characters of a message of SQLite, which may repeat a part of the statement.
const maxMessage = 300

func tooBig(sql string) error {
	if len(sql) > maxSQL {
		return &Error{
			Kind:    TooBig,
			Message: fmt.Sprintf("the query has %d bytes; the limit is %d", len(sql), maxSQL),
			Hint:    "Shorten it: join to a table instead of listing values.",
		}
	}
	return &Error{
		Kind:    TooBig,
		Message: fmt.Sprintf("one value of the query is larger than %d KiB", maxValue>>10),
		Hint:    "Select part of it with substr(), or aggregate fewer rows into it.",
	}
}
