package store

import (
	"context"
	"database/sql"
	"errors"
	"net/url"

	sqlite3 "modernc.org/sqlite/lib"
)

// claim is the right of one process to a data file. Two that share a file would
// take each other's runs for cut off.
//
// The lock is one of SQLite's, on an empty database beside the file: it holds on
// every system, and ends with the process however that ends. The file stays.
type claim struct {
	db   *sql.DB
	conn *sql.Conn
}

// claimWait is how long the process before may take to let go.
const claimWait = "1500"

func claimFile(ctx context.Context, path string) (_ *claim, err error) {
	dsn := url.URL{Scheme: "file", OmitHost: true, Path: path + ".lock", RawQuery: url.Values{"_pragma": {"busy_timeout(" + claimWait + ")"}}.Encode()}
	c := &claim{db: pool(dsn.String(), 1)}
	defer func() {
		if err != nil {
			err = errors.Join(err, c.release())
		}
	}()
	if c.conn, err = c.db.Conn(ctx); err == nil {
		_, err = c.conn.ExecContext(ctx, "BEGIN EXCLUSIVE")
	}
	if code := codeOf(err) & 0xff; code == sqlite3.SQLITE_BUSY || code == sqlite3.SQLITE_LOCKED {
		err = &unusableError{why: "is in use by another pomchat: stop that one, or name another file"}
	}
	if err != nil {
		return nil, err
	}
	return c, nil
}

// release lets go of the file. A claim on nothing is released at once.
func (c *claim) release() error {
	if c == nil {
		return nil
	}
	var err error
	if c.conn != nil {
		err = c.conn.Close()
	}
	return errors.Join(err, c.db.Close())
}
