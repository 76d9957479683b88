package northwind

import (
	"context"
	"fmt"
	"strings"
	"unsafe"

	"modernc.org/libc"
	sqlite3 "modernc.org/sqlite/lib"
)

// conn is one SQLite connection to the image. It is used by one goroutine at a time.
type conn struct {
	tls *libc.TLS
	db  uintptr // sqlite3*
	out uintptr // C memory for two result pointers
	bad uintptr // C int32: not zero stops the running statement

	memory *account // nil if it has no limit of its own

	jobs chan func() // what the goroutine of the connection shall do next; nil if it has none
}

const pointerSize = unsafe.Sizeof(uintptr(0))

// progressEvery is the number of virtual machine steps between looks at the stop flag, some tens of microseconds.
const progressEvery = 1000

// openConn opens the image through the named VFS. The connection refuses writes, double-quoted strings (a misspelt
// quoted column would silently become text), attaching and extensions, and keeps temporary tables in memory: the
// VFS has no place to spill to. It has no authorizer yet; see [conn.restrict].
func openConn(vfs string) (_ *conn, err error) {
	c := &conn{tls: libc.NewTLS()} // no named result: returning nil for it would leave nothing to close
	defer func() {
		if err != nil {
			c.close()
		}
	}()
	c.out = sqlite3.Xsqlite3_malloc(c.tls, int32(2*pointerSize))
	c.bad = sqlite3.Xsqlite3_malloc(c.tls, 8)
	if c.out == 0 || c.bad == 0 {
		return nil, errMemory
	}
	libc.AtomicStorePInt32(c.bad, 0)
	libc.AtomicStorePUintptr(c.out, 0)

	uri, err := libc.CString("file:" + imageName + "?mode=ro&immutable=1")
	if err != nil {
		return nil, err
	}
	defer libc.Xfree(c.tls, uri)
	name, err := libc.CString(vfs)
	if err != nil {
		return nil, err
	}
	defer libc.Xfree(c.tls, name)
	const flags = sqlite3.SQLITE_OPEN_READONLY | sqlite3.SQLITE_OPEN_URI | sqlite3.SQLITE_OPEN_NOMUTEX
	rc := sqlite3.Xsqlite3_open_v2(c.tls, uri, c.out, flags, name)
	c.db = libc.AtomicLoadPUintptr(c.out)
	if rc != sqlite3.SQLITE_OK {
		return nil, fmt.Errorf("opening the database: %w", c.fail(rc))
	}
	sqlite3.Xsqlite3_extended_result_codes(c.tls, c.db, 1)
	if err := c.harden(); err != nil {
		return nil, err
	}
	if err := c.replaceFunctions(); err != nil {
		return nil, err
	}
	sqlite3.Xsqlite3_progress_handler(c.tls, c.db, progressEvery, callback(stopRequested), c.bad)
	return c, nil
}

func (c *conn) harden() error {
	va := c.tls.Alloc(16)
	defer c.tls.Free(16)
	for _, o := range []struct{ option, on int32 }{
		{sqlite3.SQLITE_DBCONFIG_DQS_DML, 0},
		{sqlite3.SQLITE_DBCONFIG_DQS_DDL, 0},
		{sqlite3.SQLITE_DBCONFIG_DEFENSIVE, 1},
		{sqlite3.SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
		{sqlite3.SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0},
		{sqlite3.SQLITE_DBCONFIG_ENABLE_ATTACH_CREATE, 0},
		{sqlite3.SQLITE_DBCONFIG_ENABLE_ATTACH_WRITE, 0},
	} {
		if rc := sqlite3.Xsqlite3_db_config(c.tls, c.db, o.option, libc.VaList(va, o.on, uintptr(0))); rc != sqlite3.SQLITE_OK {
			return fmt.Errorf("setting option %d of SQLite: %w", o.option, c.fail(rc))
		}
	}
	for _, pragma := range []string{"PRAGMA temp_store = 2", "PRAGMA query_only = 1"} {
		if _, err := c.all(pragma); err != nil {
			return fmt.Errorf("running %s: %w", pragma, err)
		}
	}
	return nil
}

// restrict puts the connection under the policy of this package and under a limit of memory in bytes, for good, and
// proves that the limit bites.
func (c *conn) restrict(memory int64) (err error) {
	if rc := sqlite3.Xsqlite3_set_authorizer(c.tls, c.db, callback(authorize), 0); rc != sqlite3.SQLITE_OK {
		return fmt.Errorf("installing the authorizer: %w", c.fail(rc))
	}
	if c.memory, err = newAccount(c.tls, memory); err != nil {
		return fmt.Errorf("limiting the memory of a connection: %w", err)
	}
	return c.memory.prove(c.tls)
}

// work gives the connection a goroutine, which does its jobs until the connection is closed. One that lives on is faster
// than one for each query, because SQLite's deep calls have grown its stack.
func (c *conn) work() {
	c.jobs = make(chan func(), 1)
	go func() {
		for job := range c.jobs {
			job()
		}
	}()
}

// limit opens the account of memory anew and sets the size limits of SQLite, which end what the deadline cannot interrupt: single operations on huge
// values and huge programs. See https://www.sqlite.org/c3ref/c_limit_attached.html.
func (c *conn) limit() {
	c.memory.open()
	for _, l := range []struct{ id, value int32 }{
		{sqlite3.SQLITE_LIMIT_LENGTH, maxValue},
		{sqlite3.SQLITE_LIMIT_SQL_LENGTH, maxSQL},
		{sqlite3.SQLITE_LIMIT_COLUMN, 128},
		{sqlite3.SQLITE_LIMIT_EXPR_DEPTH, 100},
		{sqlite3.SQLITE_LIMIT_COMPOUND_SELECT, 20},
		{sqlite3.SQLITE_LIMIT_VDBE_OP, 50_000},
		{sqlite3.SQLITE_LIMIT_FUNCTION_ARG, 64},
		{sqlite3.SQLITE_LIMIT_ATTACHED, 0},
		{sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH, maxPattern},
		{sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER, 100},
		{sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH, 1},
		{sqlite3.SQLITE_LIMIT_WORKER_THREADS, 0},
	} {
		sqlite3.Xsqlite3_limit(c.tls, c.db, l.id, l.value)
	}
}

// maxValue is the longest value and the longest row, in bytes. No row of the database may be longer. A function call is one
// step, which no deadline interrupts: at this length the slowest take some milliseconds. Functions whose time grows with
// the square of the length are replaced, see [conn.replaceFunctions], or like json_patch not callable.
const maxValue = 128 << 10

// maxPattern is the longest pattern of LIKE and GLOB, in bytes.
const maxPattern = 100

// maxSQL is the longest statement, in bytes.
const maxSQL = 16 << 10

// watch stops the statements of c once ctx is done. The caller calls release, once, before anyone else uses c; after
// that the end of ctx has no effect on it. Watches nest if the inner context is derived from the outer one.
//
// It takes three signals to reach a statement wherever it is. sqlite3_interrupt is seen at each turn of a loop, but
// forgotten when it arrives between compiling a statement and its first step; a flag that SQLite polls is seen after
// some turns, whenever it was set; and memory that is refused ends a long sequence without a loop.
func (c *conn) watch(ctx context.Context) (release func()) {
	c.allow()
	stopped := make(chan struct{})
	cancel := context.AfterFunc(ctx, func() {
		libc.AtomicStorePInt32(c.bad, 1)
		sqlite3.Xsqlite3_interrupt(c.tls, c.db)
		c.memory.block(true)
		close(stopped)
	})
	return func() {
		if !cancel() {
			<-stopped
		}
		c.allow()
	}
}

// allow takes back what stops a statement.
func (c *conn) allow() {
	libc.AtomicStorePInt32(c.bad, 0)
	c.memory.block(false)
}

// stopRequested is SQLite's progress callback. See https://www.sqlite.org/c3ref/progress_handler.html.
func stopRequested(_ *libc.TLS, flag uintptr) int32 { return libc.AtomicLoadPInt32(flag) }

// all runs one statement to its end and returns its rows, for the package's own small queries.
func (c *conn) all(sql string, params ...any) ([][]any, error) {
	s, err := c.prepare(sql)
	if err != nil {
		return nil, err
	}
	defer s.close()
	if err := s.bind(params); err != nil {
		return nil, err
	}
	var rows [][]any
	for {
		more, err := s.step()
		if err != nil || !more {
			return rows, err
		}
		row, err := s.row(maxSQL)
		if err != nil {
			return nil, err
		}
		rows = append(rows, row.cells)
	}
}

// fail returns the connection's last error.
func (c *conn) fail(rc int32) error {
	if c.db == 0 {
		return &sqliteError{code: rc, message: cString(sqlite3.Xsqlite3_errstr(c.tls, rc)), offset: -1}
	}
	return &sqliteError{
		code:    rc,
		message: cString(sqlite3.Xsqlite3_errmsg(c.tls, c.db)),
		offset:  int(sqlite3.Xsqlite3_error_offset(c.tls, c.db)),
	}
}

// close frees the connection, complete or not.
func (c *conn) close() {
	if c.jobs != nil {
		close(c.jobs)
	}
	if c.db != 0 {
		sqlite3.Xsqlite3_close_v2(c.tls, c.db)
	}
	sqlite3.Xsqlite3_free(c.tls, c.out)
	sqlite3.Xsqlite3_free(c.tls, c.bad)
	closeAccount(c.tls)
	c.tls.Close()
}

// sqliteError is what SQLite says about a failed call.
type sqliteError struct {
	code    int32 // extended result code
	message string
	offset  int // of the offending token in the statement, or -1
}

func (e *sqliteError) Error() string { return strings.TrimSpace(e.message) }

// primary returns the result code without its extension.
func (e *sqliteError) primary() int32 { return e.code & 0xff }
