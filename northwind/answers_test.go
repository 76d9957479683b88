package northwind

import (
	"fmt"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// said is what a caller sees of an outcome.
type said struct {
	Text, Structured, Error string
	Rows                    int
}

// tell runs a query as read_query does. The result has the time that the query took only if timed.
func tell(t *testing.T, db *DB, in queryInput, timed bool) said {
	t.Helper()
	r, err := db.read(t.Context(), in)
	s := said{Text: r.text, Structured: string(r.structured), Rows: r.rows}
	if err != nil {
		s.Error = err.Error()
	}
	if !timed {
		s.Structured = regexp.MustCompile(`"elapsed_ms":[0-9.]+`).ReplaceAllString(s.Structured, `"elapsed_ms":0`)
	}
	return s
}

// TestKeptAnswers asks each question twice and compares with a database that keeps nothing. Of a kept answer even the
// time is the same.
func TestKeptAnswers(t *testing.T) {
	const bomb = "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 30000) SELECT n FROM r"
	keeps := open(t, Limits{MaxBytes: 4 << 10})
	fresh := open(t, Limits{MaxBytes: 4 << 10, CacheBytes: -1})
	tests := []struct {
		name string
		in   queryInput
		kept bool
	}{
		{"rows", queryInput{Query: "SELECT * FROM Orders"}, true},
		{"no rows", queryInput{Query: "SELECT * FROM Orders WHERE OrderID < 0"}, true},
		{"a view", queryInput{Query: `SELECT * FROM "Order Totals"`}, true},
		{"dates of the data", queryInput{Query: "SELECT strftime('%Y-%m', OrderDate) AS m, count(*) FROM Orders GROUP BY m"}, true},
		{"a page", queryInput{Query: "SELECT * FROM Orders", MaxRows: 1}, true},
		{"the next page", queryInput{Query: "SELECT * FROM Orders", MaxRows: 1, Offset: 1}, true},
		{"a result that is cut at the limit of bytes", queryInput{Query: bomb, MaxRows: 1000}, true},
		{"a total that is not counted to the end", queryInput{Query: bomb}, true},
		{"a parameter", queryInput{Query: "SELECT ?", Params: []any{"1"}}, true},
		{"the schema", queryInput{Query: "SELECT * FROM pragma_table_info('Orders')"}, true},
		{"a mistake", queryInput{Query: "SELECT Nme FROM Customers"}, true},
		{"a mistake in the data", queryInput{Query: "SELECT abs(-9223372036854775807 - OrderID) FROM Orders"}, true},
		{"a write", queryInput{Query: "DELETE FROM Orders"}, true},
		{"too long a value", queryInput{Query: "SELECT zeroblob(1000000)"}, true},
		{"too long a row", queryInput{Query: "SELECT " + strings.TrimSuffix(strings.Repeat("printf('%500c', 'x'), ", 20), ", ")}, true},
		{"too few parameters", queryInput{Query: "SELECT ?"}, true},

		{"nothing", queryInput{Query: " "}, false},
		{"a list as a parameter", queryInput{Query: "SELECT ?", Params: []any{[]any{}}}, false},
		{"a negative offset", queryInput{Query: "SELECT * FROM Orders", Offset: -1}, true},
		{"a negative number of rows", queryInput{Query: "SELECT * FROM Orders", MaxRows: -1}, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			first, second := tell(t, keeps, tt.in, true), tell(t, keeps, tt.in, true)
			if diff := cmp.Diff(first, second); tt.kept && diff != "" {
				t.Errorf("the second answer differs (-first +second)\n%s", diff)
			}
			if diff := cmp.Diff(tell(t, fresh, tt.in, false), tell(t, keeps, tt.in, false)); diff != "" {
				t.Errorf("a kept answer differs (-fresh +kept)\n%s", diff)
			}
			if got := isKept(t, keeps, tt.in); got != tt.kept {
				t.Errorf("kept is %v, want %v", got, tt.kept)
			}
		})
	}
	if n := fresh.answers.kept.recent.Len(); n != 0 {
		t.Errorf("the database that keeps nothing keeps %d answers", n)
	}
}

func isKept(t *testing.T, db *DB, in queryInput) bool {
	t.Helper()
	params, err := values(in.Params)
	if err != nil {
		return false
	}
	_, ok := db.answers.kept.get(db.queryKey(Query{SQL: in.Query, Params: params, MaxRows: int(in.MaxRows), Offset: int(in.Offset)}))
	return ok
}

// TestPassingAnswersAreNotKept has statements whose answer may be another the next time.
func TestPassingAnswersAreNotKept(t *testing.T) {
	db := open(t, Limits{Timeout: time.Second})
	hour := openImage(t, build(t, "CREATE TABLE t (a); INSERT INTO t VALUES ('now'); CREATE VIEW Hour AS SELECT time(a) AS h FROM t"), Limits{})
	dice := openImage(t, build(t, "CREATE TABLE t (a); INSERT INTO t VALUES (1); CREATE VIEW Dice AS SELECT abs(RanDom() % 6) AS n FROM t"), Limits{})
	for _, tt := range []struct {
		name string
		db   *DB
		in   queryInput
	}{
		{"chance", db, queryInput{Query: "SELECT random()"}},
		{"chance in quotes and capitals", db, queryInput{Query: `SELECT "RANDOM" ()`}},
		{"bytes by chance", db, queryInput{Query: "SELECT hex(randomblob(8))"}},
		{"rows in an order by chance", db, queryInput{Query: "SELECT * FROM Orders ORDER BY random()"}},
		{"chance in a view", dice, queryInput{Query: "SELECT * FROM Dice"}},
		{"the date", db, queryInput{Query: "SELECT date('now')"}},
		{"the date without saying so", db, queryInput{Query: "SELECT date()"}},
		{"the date in disguise", db, queryInput{Query: "SELECT date('n' || char(111, 119))"}},
		{"the date as a parameter", db, queryInput{Query: "SELECT date(?)", Params: []any{"now"}}},
		{"the date as a constant", db, queryInput{Query: "SELECT CURRENT_TIMESTAMP"}},
		{"the date in a condition", db, queryInput{Query: "SELECT count(*) FROM Orders WHERE OrderDate > date('now', '-30 years')"}},
		{"the date in a mistake", db, queryInput{Query: "SELECT abs(-9223372036854775807 - (date('now') > '1'))"}},
		{"the hour in the data", hour, queryInput{Query: "SELECT time(a) FROM t"}},
		{"the hour in a view", hour, queryInput{Query: "SELECT * FROM Hour"}},
		{"the program of a query", db, queryInput{Query: "EXPLAIN SELECT * FROM json_each('[1]')"}},
		{"the deadline", db, queryInput{Query: endlessQuery}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tell(t, tt.db, tt.in, true)
			if isKept(t, tt.db, tt.in) {
				t.Error("the answer is kept")
			}
		})
	}
}

func TestAnswerOfAFullHouseIsNotKept(t *testing.T) {
	db := open(t, Limits{Concurrency: 1, QueueWait: time.Millisecond})
	in := queryInput{Query: "SELECT count(*) FROM Orders"}
	c, err := db.borrow(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	busy := tell(t, db, in, true)
	db.free <- c
	if got := tell(t, db, in, true); busy.Error == "" || got.Error != "" {
		t.Errorf("got %+v, then %+v", busy, got)
	}
}

// TestKeyHoldsAllThatShapesAResult has questions of which no two may share an answer.
func TestKeyHoldsAllThatShapesAResult(t *testing.T) {
	db := open(t, Limits{MaxRows: 1000})
	questions := []Query{
		{SQL: "SELECT 1"},
		{SQL: "SELECT 1 "},
		{SQL: "select 1"},
		{SQL: "SELECT 1", MaxRows: 99},
		{SQL: "SELECT 1", Offset: 1},
		{SQL: "SELECT 1", MaxRows: -1},
		{SQL: "SELECT 1", Params: []any{nil}},
		{SQL: "SELECT 1", Params: []any{nil, nil}},
		{SQL: "SELECT 1", Params: []any{true}},
		{SQL: "SELECT 1", Params: []any{int64(1)}},
		{SQL: "SELECT 1", Params: []any{1.0}},
		{SQL: "SELECT 1", Params: []any{"1"}},
		{SQL: "SELECT 1", Params: []any{"true"}},
		{SQL: "SELECT 1", Params: []any{"<nil>"}},
		{SQL: "SELECT 1", Params: []any{int64(1), int64(2)}},
		{SQL: "SELECT 1", Params: []any{"1 int64 2"}},
		{SQL: "SELECT 1", Params: []any{"a", "b"}},
		{SQL: "SELECT 1", Params: []any{"a text 1:b"}},
		{SQL: "SELECT 1", Params: []any{"\nSELECT 1"}},
		{SQL: "1\nSELECT 1"},
		{SQL: " text 1:a\nSELECT 1"},
	}
	seen := map[string]Query{}
	for _, q := range questions {
		key := db.queryKey(q)
		if other, ok := seen[key]; ok {
			t.Errorf("%+v and %+v have one key", other, q)
		}
		seen[key] = q
	}
	for _, same := range [][2]Query{
		{{SQL: "SELECT 1"}, {SQL: "SELECT 1", MaxRows: 100}},
		{{SQL: "SELECT 1", MaxRows: 1000}, {SQL: "SELECT 1", MaxRows: 5000}},
	} {
		if a, b := db.queryKey(same[0]), db.queryKey(same[1]); a != b {
			t.Errorf("%q and %q are the same question", a, b)
		}
	}
}

// TestSameQuestionAtTheSameTime lets eight callers wait for the one connection: those who ask the same share a run,
// which shows in the time that it took, unless the answer depends on the moment.
func TestSameQuestionAtTheSameTime(t *testing.T) {
	const slow = "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 2000) SELECT count(*) %s FROM r"
	for _, tt := range []struct {
		name, sql string
		joined    int // callers who wait for the first one's run
		kept      bool
	}{
		{"a question of the data", fmt.Sprintf(slow, ""), 7, true},
		{"a question of the moment", fmt.Sprintf(slow, ", date('now')"), 7, false},
		{"a question of chance", fmt.Sprintf(slow, ", random()"), 0, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			db := open(t, Limits{Concurrency: 1})
			c, err := db.borrow(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			in := queryInput{Query: tt.sql}
			key := db.queryKey(Query{SQL: tt.sql})
			got := make([]said, 8)
			var all sync.WaitGroup
			for i := range got {
				all.Go(func() { got[i] = tell(t, db, in, true) })
			}
			for db.joined(key) != tt.joined {
				time.Sleep(time.Millisecond)
			}
			db.free <- c
			all.Wait()
			for _, s := range got[1:] {
				if tt.kept && s != got[0] {
					t.Errorf("got %+v and %+v", got[0], s)
				}
				if s.Error != "" || s.Rows != 1 {
					t.Errorf("got %+v", s)
				}
			}
			if isKept(t, db, in) != tt.kept {
				t.Errorf("kept is %v", !tt.kept)
			}
		})
	}
}

// joined returns how many callers wait for someone else's run.
func (db *DB) joined(key string) int {
	db.answers.running.mu.Lock()
	defer db.answers.running.mu.Unlock()
	if f, ok := db.answers.running.running[key]; ok {
		return f.waiting - 1
	}
	return 0
}

func TestErrorsThatComeBack(t *testing.T) {
	for kind, want := range map[Kind]bool{
		Invalid: true, Denied: true, TooBig: true,
		Timeout: false, Canceled: false, Memory: false, Busy: false, Failed: false,
	} {
		if got := comesBack(kind); got != want {
			t.Errorf("%s comes back: %v, want %v", kind, got, want)
		}
	}
}
