package store

import (
	"context"
	"database/sql"
	_ "embed"
	"errors"
	"fmt"
)

//go:embed schema.sql
var schema string

//go:embed schema2.sql
var schema2 string

//go:embed schema3.sql
var schema3 string

// migration leads from one version of the data to the next.
type migration struct {
	script string
	after  func(context.Context, *sql.Tx) error // what no script can do; may be nil
}

// migrations returns them in order: the one at index i makes version i+1 of version
// i. A released script never changes.
func migrations() []migration {
	return []migration{{script: schema}, {schema2, indexAll}, {script: schema3}}
}

// applicationID marks our files, "PMCH" in ASCII (https://www.sqlite.org/pragma.html#pragma_application_id).
const applicationID = 0x504D4348

// unusableError is a file that must not be touched. Why continues "the data file X".
type unusableError struct{ why string }

func (e *unusableError) Error() string { return "the data file " + e.why }

// check reads whose database it is, and changes nothing.
func check(ctx context.Context, conn *sql.Conn) error {
	application, version, tables, err := identify(ctx, conn)
	if err != nil {
		return err
	}
	if application != applicationID && (application != 0 || tables > 0) {
		return &unusableError{"belongs to another program: name another file"}
	}
	if newest := len(migrations()); version > newest {
		return &unusableError{fmt.Sprintf(
			"was made by a newer pomchat (version %d of the data, this one knows %d): use that pomchat, or name another file",
			version, newest)}
	}
	return nil
}

func identify(ctx context.Context, conn *sql.Conn) (application int32, version, tables int, err error) {
	err = errors.Join(
		conn.QueryRowContext(ctx, "PRAGMA application_id").Scan(&application),
		conn.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version),
		conn.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_schema").Scan(&tables),
	)
	if err != nil {
		return 0, 0, 0, fmt.Errorf("read the version of the data: %w", err)
	}
	return application, version, tables, nil
}

// migrate brings the database to the newest version, step by step, each one all
// or nothing. Of two processes that start at once, one waits for the other.
func migrate(ctx context.Context, conn *sql.Conn) error {
	for {
		done, err := step(ctx, conn)
		if done || err != nil {
			return err
		}
	}
}

func step(ctx context.Context, conn *sql.Conn) (done bool, err error) {
	tx, err := conn.BeginTx(ctx, nil)
	if err != nil {
		return false, fmt.Errorf("begin migration: %w", err)
	}
	defer func() {
		if undo := tx.Rollback(); undo != nil && !errors.Is(undo, sql.ErrTxDone) {
			err = errors.Join(err, undo)
		}
	}()
	var version int
	if err := tx.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version); err != nil {
		return false, fmt.Errorf("read the version of the data: %w", err)
	}
	all := migrations()
	if version >= len(all) {
		return true, nil
	}
	mark := fmt.Sprintf("\nPRAGMA user_version = %d; PRAGMA application_id = %d;", version+1, applicationID)
	if _, err := tx.ExecContext(ctx, all[version].script+mark); err != nil {
		return false, fmt.Errorf("migrate the data to version %d: %w", version+1, err)
	}
	if after := all[version].after; after != nil {
		if err := after(ctx, tx); err != nil {
			return false, fmt.Errorf("migrate the data to version %d: %w", version+1, err)
		}
	}
	if err := tx.Commit(); err != nil {
		return false, fmt.Errorf("migrate the data to version %d: %w", version+1, err)
	}
	return false, nil
}
