package postgres

import (
	"context"
	"database/sql"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// tx is a transaction whose arguments may be any string. PostgreSQL knows no character 0
// and takes nothing but UTF-8: what it does not know becomes U+FFFD. So an id that it
// cannot hold is one that does not exist. A chat.Subject passes as it is, and may be
// refused, lest two people become one.
type tx struct{ pgx.Tx }

// Exec runs a statement that returns no rows.
func (t tx) Exec(ctx context.Context, query string, args ...any) (pgconn.CommandTag, error) {
	return t.Tx.Exec(ctx, query, known(args)...)
}

// Query runs a statement that returns rows.
func (t tx) Query(ctx context.Context, query string, args ...any) (pgx.Rows, error) {
	return t.Tx.Query(ctx, query, known(args)...)
}

// QueryRow runs a statement that returns a row.
func (t tx) QueryRow(ctx context.Context, query string, args ...any) pgx.Row {
	return t.Tx.QueryRow(ctx, query, known(args)...)
}

// known returns arguments without characters that PostgreSQL does not know.
func known(args []any) []any {
	args = slices.Clone(args)
	for i, arg := range args {
		switch v := arg.(type) {
		case string:
			args[i] = text(v)
		case sql.NullString:
			v.String = text(v.String)
			args[i] = v
		case []string:
			v = slices.Clone(v)
			for j := range v {
				v[j] = text(v[j])
			}
			args[i] = v
		}
	}
	return args
}

func text(s string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\x00", "\uFFFD")
}
