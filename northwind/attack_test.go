package northwind

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	sqlite3 "modernc.org/sqlite/lib"
)

// attack is a statement that tries to do more than read.
type attack struct {
	sql  string
	want Kind
}

// attacks holds the statements against which read-only opening, query_only, defensive mode and prefix checks were
// measured, most of them successful against at least one of those.
var attacks = []attack{
	// Other databases and files.
	{"ATTACH 'pwn.db' AS p", Denied},
	{"ATTACH ':memory:' AS p", Denied},
	{"ATTACH 'file:pwn.db?mode=rwc' AS p", Denied},
	{"ATTACH DATABASE 'northwind.db' AS p", Denied},
	{"DETACH main", Denied},
	{"VACUUM INTO 'pwn.db'", Denied},
	{"VACUUM", Denied},
	{"SELECT readfile('/etc/passwd')", Invalid},
	{"SELECT writefile('pwn.txt', 'x')", Invalid},
	{"SELECT edit('x', 'sh')", Invalid},
	{"SELECT load_extension('pwn')", Denied},
	{"SELECT fts3_tokenizer('simple', x'00')", Invalid},
	{"SELECT sqlite_log(1, 'x')", Denied},
	{"SELECT * FROM generate_series(1, 2)", Invalid},

	// Writing.
	{"INSERT INTO Customers VALUES ('X', 'X', 'X')", Denied},
	{"UPDATE Products SET UnitPrice = 0", Denied},
	{"DELETE FROM Orders", Denied},
	{"REPLACE INTO Customers VALUES ('X', 'X', 'X')", Denied},
	{"DELETE FROM Orders RETURNING *", Denied},
	{"WITH x AS (SELECT 1) DELETE FROM Orders RETURNING *", Denied},
	{"WITH x AS (SELECT 1) INSERT INTO Customers SELECT 1, 2, 3", Denied},
	{"EXPLAIN DELETE FROM Orders", Denied},
	{"DROP TABLE Orders", Denied},
	{"ALTER TABLE Orders RENAME TO x", Denied},
	{"CREATE TABLE t (a)", Denied},
	{"CREATE TEMP TABLE t (a)", Denied},
	{"CREATE TEMP TABLE t AS SELECT * FROM Orders", Denied},
	{"CREATE TEMP VIEW Customers AS SELECT 'evil' AS CompanyName", Denied},
	{"CREATE TEMP TRIGGER t AFTER INSERT ON Orders BEGIN SELECT 1; END", Denied},
	{"CREATE VIRTUAL TABLE v USING fts5(a)", Denied},
	{"CREATE VIRTUAL TABLE temp.v USING rtree(a, b, c)", Denied},
	{"CREATE INDEX i ON Orders (OrderDate)", Denied},
	{"REINDEX", Denied},
	{"ANALYZE", Denied},

	// More than one statement, and ways to hide it.
	{"SELECT 1; DROP TABLE Orders; SELECT 2", Invalid},
	{"SELECT 1; DELETE FROM Orders", Invalid},
	{"SELECT 1;PRAGMA query_only=0;DELETE FROM Orders", Invalid},
	{"SELECT 1; SELECT 2", Invalid},
	{"SELECT 1;;;SELECT 2", Invalid},
	{"SELECT 1; -- ;\nSELECT 2", Invalid},
	{"SELECT 1; /* ; */ SELECT 2", Invalid},
	{"SELECT ';'; SELECT 2", Invalid},
	{"SELECT 1; SELEC", Invalid},
	{"COMMIT; DELETE FROM Orders", Denied},
	{"/* SELECT */ DELETE FROM Orders", Denied},
	{"-- SELECT\nDELETE FROM Orders", Denied},
	{"\ufeffDELETE FROM Orders", Denied},
	{"(SELECT 1); DELETE FROM Orders", Invalid},
	{"dElEtE fRoM Orders", Denied},
	{"SELECT 1\x00; DELETE FROM Orders", Invalid},
	{"SELECT * FROM (DELETE FROM Orders RETURNING *)", Invalid},

	// Settings of the connection and the process.
	{"PRAGMA query_only = 0", Denied},
	{"PRAGMA query_only", Denied},
	{"PRAGMA writable_schema = 1", Denied},
	{"PRAGMA trusted_schema = 1", Denied},
	{"PRAGMA temp_store_directory = '/tmp'", Denied},
	{"PRAGMA hard_heap_limit = 1000000000000", Denied},
	{"PRAGMA soft_heap_limit = 1", Denied},
	{"PRAGMA journal_mode = OFF", Denied},
	{"PRAGMA cache_size = 1000000", Denied},
	{"PRAGMA database_list", Denied},
	{"PRAGMA function_list", Denied},
	{"PRAGMA main.user_version = 7", Denied},
	{"SELECT * FROM pragma_database_list", Denied},
	{"SELECT * FROM pragma_hard_heap_limit(1)", Denied},
	{"SELECT * FROM PRAGMA_Compile_Options", Denied},

	// Transactions left open.
	{"BEGIN", Denied},
	{"BEGIN EXCLUSIVE", Denied},
	{"SAVEPOINT s", Denied},
	{"ROLLBACK", Denied},

	// The inside of SQLite.
	{"SELECT data FROM sqlite_dbpage", Denied},
	{"SELECT count(*) FROM SQLite_DbPage", Denied},
	{"SELECT * FROM dbstat", Denied},
	{"SELECT count(*) FROM DBSTAT", Denied},
	{"SELECT * FROM sqlite_temp_schema", Denied},
	{"SELECT sqlite_compileoption_get(1)", Denied},
	{"SELECT sqlite_source_id()", Denied},
	{"SELECT rtreecheck('x')", Denied},

	// Values and programs that no deadline interrupts.
	{"SELECT randomblob(900000000)", TooBig},
	{"SELECT hex(zeroblob(900000))", TooBig},
	{"SELECT printf('%.*c', 900000000, 'x')", TooBig},
	{"SELECT unhex(hex(zeroblob(60000)), 'x')", Denied},
	{"SELECT json_patch('{}', '{}')", Denied},
	{"SELECT json_pretty('[[[]]]', hex(zeroblob(50000)))", Denied},
	{"SELECT replace(hex(zeroblob(1000)), '0', hex(zeroblob(1000)))", TooBig},
	{"SELECT json_array_length('" + strings.Repeat("[", 7000) + strings.Repeat("]", 7000) + "')", Invalid},
	{"SELECT 1" + strings.Repeat("+1", 500), Invalid},
	{"SELECT 1" + strings.Repeat(" UNION SELECT 1", 30), Invalid},
	{"SELECT '" + strings.Repeat("x", maxSQL) + "'", TooBig},
	{"SELECT " + strings.Repeat("1,", 200) + "1", Invalid},
	{"SELECT 'x' LIKE '" + strings.Repeat("%_", 100) + "'", Invalid},
}

// TestAttacksChangeNothing runs every attack over one connection, and after each looks for what it could have changed:
// the image, files beside the process, the answers of the same connection, its limits, and memory it holds.
func TestAttacksChangeNothing(t *testing.T) {
	image := shop(t)
	before := bytes.Clone(image)
	t.Chdir(t.TempDir())
	db, err := Open(t.Context(), image, Limits{Concurrency: 1})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	canary := canaryOf(t, db)
	for _, a := range attacks {
		t.Run(headline(a.sql), func(t *testing.T) {
			out, err := db.Query(t.Context(), Query{SQL: a.sql})
			if err == nil {
				t.Errorf("it ran: %s", out.Text())
			} else if got := KindOf(err); got != a.want {
				t.Errorf("it was refused as %s, want %s: %v", got, a.want, err)
			} else {
				assertDiscreet(t, err.Error())
			}
			if !bytes.Equal(image, before) {
				t.Fatal("the image changed")
			}
			if files, err := os.ReadDir("."); err != nil || len(files) != 0 {
				t.Fatalf("there are files in the working directory: %v, %v", files, err)
			}
			if diff := cmp.Diff(canary, canaryOf(t, db)); diff != "" {
				t.Fatalf("the connection answers differently now\n%s", diff)
			}
			if len(db.free) != 1 {
				t.Fatal("the connection did not come back")
			}
		})
	}
}

// canaryOf asks what every kind of successful attack would change.
func canaryOf(t *testing.T, db *DB) []string {
	t.Helper()
	var answers []string
	for _, sql := range []string{
		"SELECT count(*), min(CompanyName), max(CompanyName) FROM Customers",
		"SELECT count(*), sum(UnitPrice) FROM Products",
		"SELECT group_concat(name) FROM sqlite_schema",
		"SELECT \"CompanyNme\" FROM Customers",
	} {
		out, err := db.Query(t.Context(), Query{SQL: sql})
		if err != nil {
			answers = append(answers, err.Error())
			continue
		}
		answers = append(answers, out.Text())
	}
	c, err := db.borrow(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { db.free <- c }()
	if sqlite3.Xsqlite3_get_autocommit(c.tls, c.db) == 0 {
		answers = append(answers, "a transaction is open")
	}
	return answers
}

// assertDiscreet fails if a message shows the inside of the server.
func assertDiscreet(t *testing.T, message string) {
	t.Helper()
	lower := strings.ToLower(message)
	for _, secret := range []string{imageName, "vfs", "/", "sql logic error", "goroutine"} {
		if i := strings.Index(lower, secret); i >= 0 && !strings.Contains(lower, "julianday") {
			t.Errorf("the message shows %q: %s", secret, message)
		}
	}
}

func headline(sql string) string {
	return sql[:min(len(sql), 60)]
}
