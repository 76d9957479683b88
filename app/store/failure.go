package store

import (
	"errors"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/store/record"
)

// failure gives err the operation and, where it has none yet, a kind. It keeps
// the cause, so that errors.Is finds the end of a context.
func failure(op string, err error) error {
	if e, ok := errors.AsType[*chat.Error](err); ok {
		return &chat.Error{Kind: e.Kind, Op: op, Message: e.Message, Err: e.Err}
	}
	e := &chat.Error{Kind: chat.KindInternal, Op: op, Err: err}
	code := codeOf(err)
	if diskFull(code) {
		e.Message = record.DiskFull
		return e
	}
	switch code & 0xff {
	case sqlite3.SQLITE_CONSTRAINT:
		if code == sqlite3.SQLITE_CONSTRAINT_UNIQUE || code == sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY {
			e.Kind, e.Message = chat.KindConflict, record.Exists
		}
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		e.Message = record.InUse
	case sqlite3.SQLITE_NOMEM:
		e.Message = record.NoMemory
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM:
		e.Message = "The server cannot read or write its data at the moment."
	case sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB:
		e.Message = "The server's data file is damaged."
	}
	return e
}

// diskFull reports whether a code of SQLite says that the disk is full. Of the file that
// its connections share it says only that this could not be made as large as it has to be.
func diskFull(code int) bool {
	return code&0xff == sqlite3.SQLITE_FULL || code == sqlite3.SQLITE_IOERR_SHMSIZE
}

// codeOf returns SQLite's extended result code (https://www.sqlite.org/rescode.html),
// or 0 if err does not stem from SQLite.
func codeOf(err error) int {
	if e, ok := errors.AsType[*sqlite.Error](err); ok {
		return e.Code()
	}
	return 0
}
