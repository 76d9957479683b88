package postgres

import (
	"context"
	_ "embed"
	"fmt"

	"github.com/jackc/pgx/v5"
)

//go:embed schema.sql
var schema string

//go:embed schema2.sql
var schema2 string

// migrations returns what leads from one version of the data to the next, in order: the
// one at index i makes version i+1 of version i. A released script never changes.
func migrations() []string { return []string{schema, schema2} }

// schemaName is the schema that holds all that is ours.
const schemaName = "pomchat"

// unusableError is a database that must not be touched. Why continues "the database X".
type unusableError struct{ why string }

func (e *unusableError) Error() string { return "the database " + e.why }

// migrate brings the database to the newest version, step by step, each one all or
// nothing. Who calls it holds the claim, so that nobody else does.
func migrate(ctx context.Context, conn *pgx.Conn) error {
	for {
		done := false
		err := pgx.BeginFunc(ctx, conn, func(tx pgx.Tx) (err error) {
			done, err = step(ctx, tx)
			return err
		})
		if done || err != nil {
			return err
		}
	}
}

func step(ctx context.Context, tx pgx.Tx) (done bool, err error) {
	version, err := versionOf(ctx, tx)
	if err != nil {
		return false, err
	}
	all := migrations()
	if version == len(all) {
		return true, nil
	}
	// A migration takes the time that it takes.
	mark := fmt.Sprintf("UPDATE store SET version = %d", version+1)
	if version == 0 {
		mark = "INSERT INTO store VALUES (1, '')"
	}
	if _, err := tx.Exec(ctx, "SET LOCAL statement_timeout = 0; "+all[version]+";"+mark, pgx.QueryExecModeSimpleProtocol); err != nil {
		return false, fmt.Errorf("migrate the data to version %d: %w", version+1, err)
	}
	return false, nil
}

// versionOf returns the version of the data: 0 if there is none, for which it makes
// the schema.
func versionOf(ctx context.Context, tx pgx.Tx) (version int, err error) {
	var exists, marked, other bool
	err = tx.QueryRow(ctx, `
		SELECT EXISTS (SELECT FROM pg_namespace WHERE nspname = $1),
			EXISTS (SELECT FROM pg_tables WHERE schemaname = $1 AND tablename = 'store'),
			EXISTS (SELECT FROM pg_tables WHERE schemaname = $1)`, schemaName).Scan(&exists, &marked, &other)
	switch {
	case err != nil:
		return 0, fmt.Errorf("read the version of the data: %w", err)
	case !exists:
		if _, err := tx.Exec(ctx, "CREATE SCHEMA "+schemaName); err != nil {
			return 0, fmt.Errorf("create the schema: %w", err)
		}
		return 0, nil
	case !marked && other:
		return 0, &unusableError{"has a schema " + schemaName + " that belongs to another program: name another database"}
	case !marked:
		return 0, nil
	}
	if err := tx.QueryRow(ctx, "SELECT version FROM store").Scan(&version); err != nil {
		return 0, fmt.Errorf("read the version of the data: %w", err)
	}
	if newest := len(migrations()); version > newest {
		return 0, &unusableError{fmt.Sprintf(
			"was made by a newer pomchat (version %d of the data, this one knows %d): use that pomchat, or name another database",
			version, newest)}
	}
	return version, nil
}
