package northwind

import (
	"crypto/sha256"
	"os"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"modernc.org/libc"
	sqlite3 "modernc.org/sqlite/lib"
)

// siege is a DB with one connection under attack, and what it was before.
type siege struct {
	db     *DB
	image  []byte
	before state
	tls    *libc.TLS
	memory int64 // bytes that SQLite had in use before
}

// state is what no attack may change. It compares with cmp.
type state struct {
	Image                                       [sha256.Size]byte
	Files                                       []string // in the working directory
	Answers                                     []string // of the connection, refusals among them
	Idle                                        int      // connections in the pool
	Limits                                      []int32  // of the connection, as it lies in the pool
	InTransaction, Stopped, Unfinished, Changed bool
}

// memorySlack is how many bytes more SQLite may have in use after an attack than before: caches that fill up.
const memorySlack = 4 << 20

// besiege returns a DB over the small test database, closed with the test, and notes its state. The attacks must run in
// an empty working directory.
func besiege(t testing.TB, timeout time.Duration) *siege {
	t.Helper()
	s := &siege{image: shop(t), tls: libc.NewTLS()}
	s.db = openImage(t, s.image, Limits{Concurrency: 1, Timeout: timeout})
	t.Cleanup(s.tls.Close)
	s.observe(t) // fills the caches
	s.memory = sqlite3.Xsqlite3_memory_used(s.tls)
	s.before = s.observe(t)
	s.before.Files = nil
	sqlite3.Xsqlite3_memory_highwater(s.tls, 1)
	return s
}

// assertUnharmed fails the test if anything differs from before the attack, and logs the peak of SQLite's memory.
func (s *siege) assertUnharmed(t testing.TB) {
	t.Helper()
	for len(s.db.free) < cap(s.db.free) { // a statement that nothing interrupts may outlast its answer
		time.Sleep(time.Millisecond)
	}
	peak := sqlite3.Xsqlite3_memory_highwater(s.tls, 1)
	if diff := cmp.Diff(s.before, s.observe(t)); diff != "" {
		t.Fatalf("the attack left a trace (-before +after)\n%s", diff)
	}
	if peak > heapLimit {
		t.Errorf("SQLite had %d MiB in use, more than its limit of %d", peak>>20, heapLimit>>20)
	}
	if used := sqlite3.Xsqlite3_memory_used(s.tls); used > s.memory+memorySlack {
		t.Errorf("SQLite keeps %d KiB more than before the attack", (used-s.memory)>>10)
	}
	t.Logf("peak of SQLite's memory %d KiB", peak>>10)
}

func (s *siege) observe(t testing.TB) state {
	t.Helper()
	now := state{Image: sha256.Sum256(s.image), Idle: len(s.db.free), Files: workingDirectory(t)}
	c := <-s.db.free
	for id := int32(sqlite3.SQLITE_LIMIT_LENGTH); id <= sqlite3.SQLITE_LIMIT_WORKER_THREADS; id++ {
		now.Limits = append(now.Limits, sqlite3.Xsqlite3_limit(c.tls, c.db, id, -1))
	}
	now.InTransaction = sqlite3.Xsqlite3_get_autocommit(c.tls, c.db) == 0
	now.Unfinished = sqlite3.Xsqlite3_next_stmt(c.tls, c.db, 0) != 0
	now.Changed = sqlite3.Xsqlite3_total_changes(c.tls, c.db) != 0
	now.Stopped = libc.AtomicLoadPInt32(c.bad) != 0
	s.db.free <- c
	now.Answers = canaryOf(t, s.db)
	return now
}

// workingDirectory lists the names of its files.
func workingDirectory(t testing.TB) []string {
	t.Helper()
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

// canaryOf asks what every kind of successful attack would change: the data, the schema, which name means what, and
// what is refused.
func canaryOf(t testing.TB, db *DB) []string {
	t.Helper()
	var answers []string
	for _, sql := range []string{
		"SELECT count(*), min(CompanyName), max(CompanyName) FROM Customers",
		"SELECT count(*), sum(UnitPrice) FROM Products",
		"SELECT count(*) FROM Orders",
		"SELECT group_concat(name), group_concat(sql) FROM sqlite_schema",
		"SELECT \"CompanyNme\" FROM Customers",
		"SELECT 'A' LIKE 'a'",
		"DELETE FROM Orders",
		"ATTACH ':memory:' AS p",
		"PRAGMA query_only",
	} {
		out, err := db.Query(t.Context(), Query{SQL: sql})
		if err != nil {
			answers = append(answers, err.Error())
			continue
		}
		answers = append(answers, out.Text())
	}
	return answers
}
