package northwind

import (
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"os/exec"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	sqlite3 "modernc.org/sqlite/lib"
)

const (
	endlessQuery = "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT count(*) FROM r"
	// hungryQuery sorts up to a million rows of a hundred kilobytes.
	hungryQuery = "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 1000000) SELECT n, zeroblob(100000) FROM r ORDER BY n DESC"
)

func TestDeadlineEndsAnEndlessQuery(t *testing.T) {
	db := open(t, Limits{Concurrency: 1, Timeout: 200 * time.Millisecond})
	for range 3 { // the connection survives and its stop flag is cleared
		if _, err := db.Query(t.Context(), Query{SQL: endlessQuery}); KindOf(err) != Timeout {
			t.Fatalf("got %v", err)
		}
		ask(t, db, Query{SQL: "SELECT count(*) FROM Orders"})
	}
}

func TestDeadlineCoversSkippingAnOffset(t *testing.T) {
	db := open(t, Limits{Timeout: 200 * time.Millisecond})
	q := Query{SQL: strings.Replace(endlessQuery, "count(*)", "n", 1), Offset: math.MaxInt}
	if _, err := db.Query(t.Context(), q); KindOf(err) != Timeout {
		t.Fatalf("got %v", err)
	}
}

// TestLongSteps runs what SQLite does in one step, at the length limit. It holds no time against a clock: the slowest of
// what is left takes a third of a second, the slowest of what is refused or replaced took a minute, which would be felt.
func TestLongSteps(t *testing.T) {
	db := open(t, Limits{})
	long := fmt.Sprintf("printf('%%.*c', %d, 'a')", maxValue-1000)
	for _, tt := range []struct {
		sql  string
		want any
	}{
		{"SELECT length(trim(" + long + ", printf('%.*c', 10000, 'b') || 'a'))", int64(0)},
		{"SELECT length(rtrim(" + long + ", printf('%.*c', 100000, 'b') || 'a'))", int64(0)},
		{"SELECT length(ltrim(" + long + ", printf('%.*c', 100000, 'b') || 'a'))", int64(0)},
		{"SELECT instr(" + long + ", substr(" + long + ", 1, 65000) || 'b')", int64(0)},
		{"SELECT length(replace(" + long + ", substr(" + long + ", 1, 65000) || 'b', 'x'))", int64(maxValue - 1000)},
		{"SELECT " + long + " LIKE '%" + strings.Repeat("a", 90) + "b'", int64(0)},
		{"SELECT " + long + " GLOB '*" + strings.Repeat("a*", 45) + "b'", int64(0)},
	} {
		t.Run(headline(tt.sql), func(t *testing.T) {
			if got := ask(t, db, Query{SQL: tt.sql}).Rows[0][0]; got != tt.want {
				t.Errorf("got %v, want %v", got, tt.want)
			}
		})
	}
}

func TestTrimIsLikeThatOfSQLite(t *testing.T) {
	db := open(t, Limits{})
	for sql, want := range map[string]any{
		"SELECT trim('xxaxbxx', 'x')":   "axb",
		"SELECT ltrim('xyaxy', 'yx')":   "axy",
		"SELECT rtrim('xyaxy', 'yx')":   "xya",
		"SELECT rtrim(12.500, '0')":     "12.5",
		"SELECT trim('ääbä', 'ä')":      "b",
		"SELECT trim('xxx', 'x')":       "",
		"SELECT trim('abc', '')":        "abc",
		"SELECT trim('', 'x')":          "",
		"SELECT trim(NULL, 'x')":        nil,
		"SELECT trim('x', NULL)":        nil,
		"SELECT trim('  a  ')":          "a",
		"SELECT typeof(trim(101, '1'))": "text",
	} {
		if got := ask(t, db, Query{SQL: sql}).Rows[0][0]; got != want {
			t.Errorf("%s gives %v, want %v", sql, got, want)
		}
	}
}

func TestHangUpEndsAnEndlessQuery(t *testing.T) {
	db := open(t, Limits{Concurrency: 1, Timeout: time.Hour})
	for range 3 {
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(20*time.Millisecond, cancel)
		if _, err := db.Query(ctx, Query{SQL: endlessQuery}); KindOf(err) != Canceled {
			t.Fatalf("got %v", err)
		}
		ask(t, db, Query{SQL: "SELECT 1"})
	}
}

func TestCancelledCallerGetsNoAnswer(t *testing.T) {
	db := open(t, Limits{Concurrency: 1, Timeout: time.Hour})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := db.Query(ctx, Query{SQL: endlessQuery}); KindOf(err) != Canceled {
		t.Fatalf("got %v", err)
	}
}

// TestRowBomb reads a page out of 1.15 million joined rows; the rest is neither copied nor counted to its end.
func TestRowBomb(t *testing.T) {
	db := open(t, Limits{})
	const bomb = `WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 1073)
		SELECT a.n AS a, b.n AS b FROM r AS a, r AS b`
	out := ask(t, db, Query{SQL: bomb})
	if out.RowCount != 100 || out.TotalIsExact || !out.Truncated || *out.NextOffset != 100 {
		t.Errorf("got %s", out.Text())
	}
	if counted := ask(t, db, Query{SQL: strings.Replace(bomb, "a.n AS a, b.n AS b", "count(*)", 1)}); counted.Rows[0][0] != int64(1073*1073) {
		t.Errorf("counted %v rows", counted.Rows[0][0])
	}
}

func TestMemoryBombIsRefused(t *testing.T) {
	db := open(t, Limits{Concurrency: 1})
	for range 2 {
		if _, err := db.Query(t.Context(), Query{SQL: hungryQuery}); KindOf(err) != Memory {
			t.Fatalf("got %v", err)
		}
		ask(t, db, Query{SQL: "SELECT count(*) FROM Orders"})
	}
}

// TestHonestClientsBesideABomb lets eight clients ask while one connection is kept busy with memory bombs.
func TestHonestClientsBesideABomb(t *testing.T) {
	db := open(t, Limits{Concurrency: 4})
	var honest, bombs sync.WaitGroup
	var over atomic.Bool
	bombs.Go(func() {
		for !over.Load() {
			if _, err := db.Query(t.Context(), Query{SQL: hungryQuery}); KindOf(err) != Memory {
				t.Errorf("the bomb: %v", err)
			}
		}
	})
	for range 8 {
		honest.Go(func() {
			for range 200 {
				out, err := db.Query(t.Context(), Query{SQL: `SELECT sum(Total) FROM "Order Totals"`})
				if err != nil {
					t.Errorf("an honest query: %v", err)
				} else if out.Rows[0][0] != 205.25 {
					t.Errorf("an honest query got %v", out.Rows[0][0])
				}
			}
		})
	}
	honest.Wait()
	over.Store(true)
	bombs.Wait()
}

func TestFullHouseIsBusy(t *testing.T) {
	db := open(t, Limits{Concurrency: 1, QueueWait: time.Millisecond})
	c, err := db.borrow(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Query(t.Context(), Query{SQL: "SELECT 1"}); KindOf(err) != Busy {
		t.Errorf("got %v", err)
	}
	if err := db.Ready(t.Context()); err != nil {
		t.Errorf("a busy database is not ready: %v", err)
	}
	db.free <- c
	ask(t, db, Query{SQL: "SELECT 1"})
}

func TestLimitsComeBackAtEachBorrow(t *testing.T) {
	db := open(t, Limits{Concurrency: 1})
	for range 2 {
		c, err := db.borrow(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if got := sqlite3.Xsqlite3_limit(c.tls, c.db, sqlite3.SQLITE_LIMIT_LENGTH, 1<<30); got != maxValue {
			t.Errorf("the length limit is %d", got)
		}
		db.free <- c
	}
}

func TestClose(t *testing.T) {
	db, err := Open(t.Context(), shop(t), Limits{})
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := db.Query(t.Context(), Query{SQL: "SELECT 1"}); !errors.Is(err, ErrClosed) {
		t.Errorf("a query gets %v", err)
	}
	if err := db.Ready(t.Context()); !errors.Is(err, ErrClosed) {
		t.Errorf("readiness is %v", err)
	}
}

func TestOpenRefuses(t *testing.T) {
	for _, tt := range []struct {
		name  string
		image []byte
		lim   Limits
		want  string
	}{
		{"bytes that are no database", []byte(strings.Repeat("not a database ", 100)), Limits{}, "file is not a database"},
		{"a database without tables", build(t, "PRAGMA user_version = 1"), Limits{}, "holds no tables"},
		{"nothing", nil, Limits{}, "holds no tables"},
		{"a negative limit", shop(t), Limits{MaxRows: -1}, "the maximum of rows is -1; it must be positive"},
		{"a negative time", shop(t), Limits{Timeout: -time.Second}, "the query timeout is -1s; it must be positive"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if _, err := Open(t.Context(), tt.image, tt.lim); err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, want %s", err, tt.want)
			}
		})
	}
}

// TestOpenNeedsAccounting runs itself in a process in which nobody turned memory accounting on.
func TestOpenNeedsAccounting(t *testing.T) {
	if os.Getenv(unconfigured) != "" {
		_, err := Open(t.Context(), shop(t), Limits{})
		if !errors.Is(err, errUnaccounted) {
			t.Errorf("Open: %v", err)
		}
		if err := ConfigureSQLite(); !errors.Is(err, errUnaccounted) {
			t.Errorf("ConfigureSQLite after the first use of SQLite: %v", err)
		}
		return
	}
	if err := ConfigureSQLite(); err != nil {
		t.Errorf("ConfigureSQLite a second time: %v", err)
	}
	child := exec.Command(os.Args[0], "-test.run=^TestOpenNeedsAccounting$", "-test.v")
	child.Env = append(os.Environ(), unconfigured+"=1")
	if out, err := child.CombinedOutput(); err != nil || !strings.Contains(string(out), "--- PASS") {
		t.Errorf("%v\n%s", err, out)
	}
}
