package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"github.com/pomerium/pomchat/app/chat"
)

const readers = 4

// Open opens the database that dsn names and brings it up to date: the path of a
// file, which is created with its folder if need be and is then readable by its
// owner only, or ":memory:" for one that ends with the process. The error is one
// sentence for whoever set the DSN.
func Open(ctx context.Context, dsn string) (*Store, error) {
	switch {
	case dsn == "":
		return nil, errors.New(`no place for the data is given: name a file, or ":memory:"`)
	case dsn == ":memory:":
		return openMemory(ctx)
	case strings.Contains(dsn, "://"), strings.HasPrefix(dsn, "file:"):
		scheme, _, _ := strings.Cut(dsn, ":")
		return nil, fmt.Errorf(`data of the kind %q is not supported: name a file by its plain path, ":memory:", or a URL that begins with postgres://`, scheme)
	}
	return openFile(ctx, dsn)
}

func openFile(ctx context.Context, path string) (*Store, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return nil, fmt.Errorf("find the data file %s: %w", path, err)
	}
	if err := prepareFile(abs); err != nil {
		return nil, err
	}
	s := &Store{writer: pool(uri(abs, "_txlock", "immediate"), 1)}
	if err := s.prepare(ctx, abs); err != nil {
		return nil, errors.Join(explain(abs, err), s.claim.release(), s.writer.Close())
	}
	s.reader = pool(uri(abs, "_query_only", "1"), readers)
	if err := s.reader.PingContext(ctx); err != nil {
		return nil, errors.Join(explain(abs, err), s.reader.Close(), s.claim.release(), s.writer.Close())
	}
	s.writes, s.reads = newCrew(1, yield), newCrew(readers, atOnce)
	return s, nil
}

// openMemory opens a database of the memdb file system under a name of its own.
// Unlike a plain ":memory:" it outlives a connection that a cancelled statement
// made the pool throw away: the anchor keeps it.
func openMemory(ctx context.Context) (*Store, error) {
	const anchorAndOne = 2
	db := pool(uri("/"+chat.NewID("mem"), "vfs", "memdb", "_txlock", "immediate"), anchorAndOne)
	anchor, err := db.Conn(ctx)
	if err == nil {
		err = migrate(ctx, anchor)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open the data in memory: %w", err), db.Close())
	}
	return &Store{writer: db, reader: db, writes: newCrew(1, yield), reads: newCrew(1, atOnce), anchor: anchor}, nil
}

// prepare checks whose file it is, and claims it, before it changes anything.
func (s *Store) prepare(ctx context.Context, path string) error {
	conn, err := s.writer.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	if err := check(ctx, conn); err != nil {
		return err
	}
	if s.claim, err = claimFile(ctx, path); err != nil {
		return err
	}
	var mode string
	if err := conn.QueryRowContext(ctx, "PRAGMA journal_mode = WAL").Scan(&mode); err != nil {
		return err
	}
	return migrate(ctx, conn)
}

func pool(dsn string, connections int) *sql.DB {
	connector, err := sqlite.NewConnector(dsn)
	if err != nil {
		panic("store: a DSN of our own making is wrong: " + err.Error())
	}
	db := sql.OpenDB(connector)
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	return db
}

// uri returns an SQLite URI with the settings that all connections share. Caches
// are 2 MiB each and temporary data lies in files, since the process may cap
// SQLite's memory. A commit survives the end of the process; one that a power
// failure cuts off may be lost, but never in part.
func uri(path string, params ...string) string {
	q := url.Values{"_pragma": {
		"busy_timeout(5000)", "foreign_keys(1)", "synchronous(NORMAL)",
		"cache_size(-2048)", "temp_store(1)", "trusted_schema(0)",
	}, "_dqs": {"0"}}
	for i := 0; i < len(params); i += 2 {
		q.Set(params[i], params[i+1])
	}
	return (&url.URL{Scheme: "file", OmitHost: true, Path: path, RawQuery: q.Encode()}).String()
}

func prepareFile(path string) error {
	dir := filepath.Dir(path)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("the folder %s for the data cannot be created: %w", dir, reason(err))
	}
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return fmt.Errorf("the data file %s is a folder: name a file in it", path)
	}
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return fmt.Errorf("the data file %s cannot be written: %w", path, reason(err))
	}
	if err := f.Close(); err != nil {
		return fmt.Errorf("the data file %s cannot be written: %w", path, reason(err))
	}
	return nil
}

// reason leaves out the operation and the path, which the sentence has already.
func reason(err error) error {
	if e, ok := errors.AsType[*fs.PathError](err); ok {
		return e.Err
	}
	return err
}

// explain says what is wrong with the file.
func explain(path string, err error) error {
	if s, ok := errors.AsType[*unusableError](err); ok {
		return fmt.Errorf("the data file %s %s", path, s.why)
	}
	code := codeOf(err)
	if diskFull(code) {
		return fmt.Errorf("the disk of the data file %s is full", path)
	}
	switch code & 0xff {
	case sqlite3.SQLITE_NOTADB:
		return fmt.Errorf("the data file %s is not an SQLite database: name another file", path)
	case sqlite3.SQLITE_CORRUPT:
		return fmt.Errorf("the data file %s is damaged: restore it from a copy, or name another file", path)
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		return fmt.Errorf("the data file %s is locked by another program: stop that one first", path)
	case sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM:
		return fmt.Errorf("the folder %s cannot be written, and SQLite has to put its log there: %w", filepath.Dir(path), err)
	}
	return fmt.Errorf("open the data file %s: %w", path, err)
}
