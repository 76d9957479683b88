package postgres

import (
	"errors"
	"io"
	"net"

	"github.com/jackc/pgx/v5/pgconn"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/store/record"
)

var (
	// errOusted is why a process may not write any more.
	errOusted = errors.New("another pomchat has taken the database over")
	// errUndone is a transaction that the server has not carried out.
	errUndone = errors.New("the server has not carried it out")
)

// Codes of PostgreSQL (Appendix A of its manual, "Error Codes").
const (
	adminShutdown        = "57P01"
	badCatalog           = "3D000"
	badLogin             = "28000"
	badPassword          = "28P01"
	cannotConnectNow     = "57P03"
	crashShutdown        = "57P02"
	dataCorrupted        = "XX001"
	deadlock             = "40P01"
	diskFull             = "53100"
	indexCorrupted       = "XX002"
	invalidParameter     = "22023"
	ioError              = "58030"
	lockNotAvailable     = "55P03"
	noPrivilege          = "42501"
	outOfMemory          = "53200"
	queryCanceled        = "57014"
	readOnly             = "25006"
	serializationFailure = "40001"
	tooManyConnections   = "53300"
	undefinedTable       = "42P01"
	uniqueViolation      = "23505"
	unknownCharacter     = "22021"
)

// failure gives err the operation and, where it has none yet, a kind. It keeps the
// cause, so that errors.Is finds the end of a context.
func failure(op string, err error) error {
	if e, ok := errors.AsType[*chat.Error](err); ok {
		return &chat.Error{Kind: e.Kind, Op: op, Message: e.Message, Err: e.Err}
	}
	e := &chat.Error{Kind: chat.KindInternal, Op: op, Err: err}
	switch codeOf(err) {
	case uniqueViolation:
		e.Kind, e.Message = chat.KindConflict, record.Exists
	case unknownCharacter:
		e.Kind, e.Message = chat.KindInvalid, "There is a character in it that cannot be stored."
	case diskFull:
		e.Message = record.DiskFull
	case outOfMemory:
		e.Message = record.NoMemory
	case deadlock, serializationFailure, lockNotAvailable:
		e.Message = record.InUse
	case queryCanceled:
		e.Message = "The server's database took too long. Try again in a moment."
	case readOnly:
		e.Message = "The server's database can only be read at the moment."
	case badPassword, badLogin, badCatalog, noPrivilege:
		e.Message = "The server's database does not let it in any more."
	case ioError:
		e.Message = "The server cannot read or write its data at the moment."
	case dataCorrupted, indexCorrupted:
		e.Message = "The server's database is damaged."
	case undefinedTable:
		e.Message = "The server's database has lost what was in it."
	}
	switch {
	case errors.Is(err, errOusted):
		e.Message = "Another pomchat has taken over this one's data, so nothing can be saved here any more."
	case e.Message == "" && away(err):
		e.Message = "The server's database cannot be reached at the moment. Try again soon."
	}
	return e
}

// passes reports whether something failed only because of when it was done, and has
// left nothing behind.
func passes(err error) bool {
	code := codeOf(err)
	return code == deadlock || code == serializationFailure || errors.Is(err, errUndone) || away(err)
}

// away reports whether the server is gone, or the way to it. After all but the answer
// to a commit that means that nothing has happened.
func away(err error) bool {
	switch code := codeOf(err); {
	case code == adminShutdown, code == crashShutdown, code == cannotConnectNow, code == tooManyConnections:
		return true
	case code != "":
		return len(code) == 5 && code[:2] == "08" // connection exceptions
	}
	_, dialled := errors.AsType[*pgconn.ConnectError](err)
	_, onTheWay := errors.AsType[net.Error](err)
	return dialled || onTheWay || pgconn.SafeToRetry(err) || errors.Is(err, pgconn.ErrConnClosed) ||
		errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, net.ErrClosed)
}

// codeOf returns PostgreSQL's code, or "" if err does not stem from there.
func codeOf(err error) string {
	if e, ok := errors.AsType[*pgconn.PgError](err); ok {
		return e.Code
	}
	return ""
}
