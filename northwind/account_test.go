package northwind

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"modernc.org/libc"
	sqlite3 "modernc.org/sqlite/lib"
)

// TestAccountsAreApart proves that what one connection may not take, another one still may, and that a blocked account
// gets nothing.
func TestAccountsAreApart(t *testing.T) {
	const limit, half = 1<<20 - pageHeader - header, 1<<19 - pageHeader - header // which are not rounded up
	hungry, honest, other := libc.NewTLS(), libc.NewTLS(), libc.NewTLS()
	defer other.Close()
	for _, tls := range []*libc.TLS{hungry, honest} {
		a, err := newAccount(tls, limit)
		if err != nil {
			t.Fatal(err)
		}
		defer tls.Close()
		defer closeAccount(tls)
		if err := a.prove(tls); err != nil {
			t.Error(err)
		}
	}
	takes := func(tls *libc.TLS, n uint64) bool {
		p := sqlite3.Xsqlite3_malloc64(tls, n)
		defer sqlite3.Xsqlite3_free(tls, p)
		return p != 0
	}
	full := sqlite3.Xsqlite3_malloc64(hungry, limit)
	if full == 0 || takes(hungry, 1) || sqlite3.Xsqlite3_realloc64(hungry, full, limit+8) != 0 {
		t.Errorf("a full account: %d of %d bytes are used", accountOf(hungry).used, limit)
	}
	if !takes(honest, limit) || !takes(other, 2*limit) {
		t.Error("a full account leaves nothing for the others")
	}
	if full = sqlite3.Xsqlite3_realloc64(hungry, full, half); full == 0 || !takes(hungry, half) {
		t.Error("what was given back cannot be taken again")
	}
	accountOf(hungry).open()
	if !takes(hungry, limit) {
		t.Error("an account that was opened anew still counts what is in use")
	}
	sqlite3.Xsqlite3_free(hungry, full)
	accountOf(hungry).open()
	accountOf(hungry).block(true)
	if takes(hungry, 8) {
		t.Error("a blocked account gives memory")
	}
	accountOf(hungry).block(false)
	if !takes(hungry, limit) || accountOf(hungry).used != 0 {
		t.Errorf("in the end %d bytes are used", accountOf(hungry).used)
	}
}

// TestSizesAreThoseOfMalloc holds how much is counted for an allocation of so many bytes.
func TestSizesAreThoseOfMalloc(t *testing.T) {
	got := map[int32]int32{}
	for _, n := range []int32{0, 1, 8, 9, 24, 25, 1000, 16376, 16377, 100_000} {
		got[n] = roundUp(nil, n) + header
	}
	want := map[int32]int32{0: 16, 1: 16, 8: 16, 9: 32, 24: 32, 25: 64, 1000: 1024, 16376: 16384, 16377: 20416, 100_000: 102_336}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// TestQueriesLeaveMemoryToOthers holds the sum of all limits against the one of the process.
func TestQueriesLeaveMemoryToOthers(t *testing.T) {
	for n := 1; n <= 96; n++ {
		if all := queryMemory(n) * int64(n); all > heapLimit*3/4 {
			t.Errorf("%d queries may take %d MiB", n, all>>20)
		}
	}
}

// TestHogTakesNothingFromOthers runs a query that needs some megabytes, over and over, while others hold all they can get.
func TestHogTakesNothingFromOthers(t *testing.T) {
	db := open(t, Limits{Concurrency: 3})
	bombs := make(chan error)
	go func() {
		for range 8 {
			_, err := db.Query(t.Context(), Query{SQL: hungryQuery})
			bombs <- err
		}
		close(bombs)
	}()
	const honest = "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r LIMIT 100) SELECT count(DISTINCT n || zeroblob(100000)) FROM r"
	for err := range bombs {
		if KindOf(err) != Memory {
			t.Errorf("the bomb: %v", err)
		}
		if got := ask(t, db, Query{SQL: honest}).Rows[0][0]; got != int64(100) {
			t.Errorf("the honest query counts %v", got)
		}
	}
}
