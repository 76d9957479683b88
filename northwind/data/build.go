// Package data holds the sources of the Northwind database, a schema and one CSV file per table, and
// builds the database from them. Only the generator and tests import it: the program embeds what the
// generator wrote. README.md tells where the data comes from.
package data

import (
	"context"
	"database/sql"
	"embed"
	"encoding/csv"
	"errors"
	"fmt"
	"strings"

	_ "modernc.org/sqlite"
)

//go:generate go run ./gen ../../embed/northwind.db

//go:embed schema.sql *.csv
var sources embed.FS

// table pairs a table with the file that holds its rows.
type table struct{ name, file string }

// tables lists every table, each after the tables it refers to.
func tables() []table {
	return []table{
		{"Categories", "categories.csv"},
		{"Suppliers", "suppliers.csv"},
		{"Products", "products.csv"},
		{"Customers", "customers.csv"},
		{"Shippers", "shippers.csv"},
		{"Employees", "employees.csv"},
		{"Region", "region.csv"},
		{"Territories", "territories.csv"},
		{"EmployeeTerritories", "employee_territories.csv"},
		{"Orders", "orders.csv"},
		{"Order Details", "order_details.csv"},
	}
}

// Build makes the database from the embedded sources and returns it as the bytes of an SQLite file.
//
// One version of the SQLite library makes the same bytes every time and on every machine. The file
// uses the rollback journal rather than WAL, so it opens read-only and immutable. A row that breaks a
// constraint of the schema fails the build. Build keeps everything in memory and may run concurrently.
func Build(ctx context.Context) (_ []byte, err error) {
	db, err := sql.Open("sqlite", ":memory:")
	if err != nil {
		return nil, fmt.Errorf("open the database to build: %w", err)
	}
	defer func() { err = errors.Join(err, db.Close()) }()

	conn, err := db.Conn(ctx)
	if err != nil {
		return nil, fmt.Errorf("connect to the database to build: %w", err)
	}
	defer func() { err = errors.Join(err, conn.Close()) }()

	if err := prepare(ctx, conn); err != nil {
		return nil, err
	}
	if err := fill(ctx, conn); err != nil {
		return nil, err
	}
	if err := finish(ctx, conn); err != nil {
		return nil, err
	}
	return serialize(conn)
}

// prepare fixes what the file format would else take from defaults, and creates the schema. The
// application id is "NWND" in ASCII.
func prepare(ctx context.Context, conn *sql.Conn) error {
	const settings = `
		PRAGMA page_size = 4096;
		PRAGMA encoding = 'UTF-8';
		PRAGMA auto_vacuum = NONE;
		PRAGMA application_id = 0x4E574E44;
		PRAGMA user_version = 1;
		PRAGMA foreign_keys = ON;`
	if _, err := conn.ExecContext(ctx, settings); err != nil {
		return fmt.Errorf("set the file format: %w", err)
	}
	schema, err := sources.ReadFile("schema.sql")
	if err != nil {
		return fmt.Errorf("read the schema: %w", err)
	}
	if _, err := conn.ExecContext(ctx, string(schema)); err != nil {
		return fmt.Errorf("create the schema: %w", err)
	}
	return nil
}

// fill inserts the rows of every table in one transaction. Foreign keys are checked at its end,
// because an employee may report to one who comes later.
func fill(ctx context.Context, conn *sql.Conn) error {
	tx, err := conn.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("begin to fill the tables: %w", err)
	}
	defer tx.Rollback()

	if _, err := tx.ExecContext(ctx, "PRAGMA defer_foreign_keys = ON"); err != nil {
		return fmt.Errorf("defer foreign keys: %w", err)
	}
	for _, t := range tables() {
		if err := insert(ctx, tx, t); err != nil {
			return fmt.Errorf("fill %s from %s: %w", t.name, t.file, err)
		}
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("commit the tables: %w", err)
	}
	return nil
}

// insert adds the rows of one file in their order. Its first record names the columns; an empty field
// is NULL. Values go in as text, and the STRICT column takes its own type from them or refuses.
func insert(ctx context.Context, tx *sql.Tx, t table) (err error) {
	records, err := read(t.file)
	if err != nil {
		return err
	}
	header, rows := records[0], records[1:]

	stmt, err := tx.PrepareContext(ctx, fmt.Sprintf("INSERT INTO %q (%s) VALUES (?%s)",
		t.name, strings.Join(header, ", "), strings.Repeat(", ?", len(header)-1)))
	if err != nil {
		return fmt.Errorf("prepare: %w", err)
	}
	defer func() { err = errors.Join(err, stmt.Close()) }()

	args := make([]any, len(header))
	for i, row := range rows {
		for j, field := range row {
			args[j] = sql.NullString{String: field, Valid: field != ""}
		}
		if _, err := stmt.ExecContext(ctx, args...); err != nil {
			return fmt.Errorf("row %d: %w", i+1, err)
		}
	}
	return nil
}

// read returns the records of an embedded file, the header first. All have the same number of fields.
func read(file string) (_ [][]string, err error) {
	f, err := sources.Open(file)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()

	records, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("parse: %w", err)
	}
	if len(records) < 2 {
		return nil, errors.New("parse: a header and at least one row are needed")
	}
	return records, nil
}

// finish gathers what the query planner wants to know and packs the pages. The samples of sqlite_stat4
// go: at this size they change no plan and would take 7 % of the file.
func finish(ctx context.Context, conn *sql.Conn) error {
	if err := execute(ctx, conn, "ANALYZE", "DROP TABLE sqlite_stat4"); err != nil {
		return err
	}
	if err := countViews(ctx, conn); err != nil {
		return fmt.Errorf("count the rows of the views: %w", err)
	}
	return execute(ctx, conn, "VACUUM")
}

// execute runs statements one after the other.
func execute(ctx context.Context, conn *sql.Conn, statements ...string) error {
	for _, statement := range statements {
		if _, err := conn.ExecContext(ctx, statement); err != nil {
			return fmt.Errorf("%s: %w", strings.ToLower(statement), err)
		}
	}
	return nil
}

// countViews puts the number of rows of each view beside those that ANALYZE wrote of tables, so that
// whoever opens the file need not run all views to know. The planner does not look at them.
func countViews(ctx context.Context, conn *sql.Conn) error {
	rows, err := conn.QueryContext(ctx, "SELECT name FROM sqlite_schema WHERE type = 'view' ORDER BY name")
	if err != nil {
		return err
	}
	defer rows.Close()
	var counts []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return err
		}
		counts = append(counts, fmt.Sprintf("INSERT INTO sqlite_stat1 SELECT '%s', NULL, CAST(count(*) AS TEXT) FROM %q", name, name))
	}
	if err := rows.Err(); err != nil {
		return err
	}
	return execute(ctx, conn, counts...)
}

// serialize returns the database of conn as the file that would hold it.
func serialize(conn *sql.Conn) (file []byte, err error) {
	err = conn.Raw(func(driver any) error {
		s, ok := driver.(interface{ Serialize() ([]byte, error) })
		if !ok {
			return fmt.Errorf("the driver's %T cannot serialize", driver)
		}
		file, err = s.Serialize()
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("serialize the database: %w", err)
	}
	return file, nil
}
