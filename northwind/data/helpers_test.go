package data

import (
	"database/sql"
	"os"
	"testing"
)

// committed is the file the program embeds.
const committed = "../../embed/northwind.db"

// readCommitted returns the bytes of the file the program embeds.
func readCommitted(t *testing.T) []byte {
	t.Helper()
	file, err := os.ReadFile(committed)
	if err != nil {
		t.Fatalf("%v; run go generate ./northwind/data", err)
	}
	return file
}

// openFile opens the database at path with the given URI query.
func openFile(t *testing.T, path, options string) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+path+"?"+options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}

// openCommitted opens the file the program embeds, the way the program does: immutable, and with a
// misspelt quoted column an error rather than a string.
func openCommitted(t *testing.T) *sql.DB {
	t.Helper()
	return openFile(t, committed, "mode=ro&immutable=1&_dqs=0")
}

// query returns every row of a query; a value is an int64, float64, string or nil.
func query(t *testing.T, db *sql.DB, statement string, args ...any) [][]any {
	t.Helper()
	rows, err := db.QueryContext(t.Context(), statement, args...)
	if err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
	defer rows.Close()

	columns, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	var all [][]any
	for rows.Next() {
		row := make([]any, len(columns))
		into := make([]any, len(columns))
		for i := range row {
			into[i] = &row[i]
		}
		if err := rows.Scan(into...); err != nil {
			t.Fatal(err)
		}
		all = append(all, row)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

// row makes one expected row; an int stands for the int64 that a query returns.
func row(values ...any) []any {
	for i, v := range values {
		if n, ok := v.(int); ok {
			values[i] = int64(n)
		}
	}
	return values
}
