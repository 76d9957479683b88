package northwind

import (
	"cmp"
	"database/sql"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	_ "modernc.org/sqlite"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// unconfigured is set for the child process in which ConfigureSQLite is not called.
const unconfigured = "NORTHWIND_TEST_UNCONFIGURED"

func TestMain(m *testing.M) {
	flag.Parse()
	if os.Getenv(unconfigured) == "" {
		if err := ConfigureSQLite(); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
	os.Exit(m.Run())
}

// shop returns the image of the small test database in testdata/shop.sql.
func shop(t testing.TB) []byte {
	t.Helper()
	script, err := os.ReadFile("testdata/shop.sql")
	if err != nil {
		t.Fatal(err)
	}
	return build(t, string(script))
}

// build returns the image of a database that the script fills.
func build(t testing.TB, script string) []byte {
	t.Helper()
	path := filepath.Join(t.TempDir(), "built.db")
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	_, err = db.Exec(script)
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	bytes, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return bytes
}

// open returns a DB over the small test database, closed with the test.
func open(t testing.TB, lim Limits) *DB {
	t.Helper()
	return openImage(t, shop(t), lim)
}

// openImage returns a DB over an image, closed with the test. Times that are not given are long enough for the race
// detector on a busy machine.
func openImage(t testing.TB, image []byte, lim Limits) *DB {
	t.Helper()
	lim.Timeout = cmp.Or(lim.Timeout, time.Minute)
	lim.QueueWait = cmp.Or(lim.QueueWait, time.Minute)
	lim.CountTime = cmp.Or(lim.CountTime, time.Minute)
	db, err := Open(t.Context(), image, lim)
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

// golden compares got with the golden file, or rewrites it under -update.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs; run with -update and read the diff\ngot:\n%s\nwant:\n%s", path, got, want)
	}
}
