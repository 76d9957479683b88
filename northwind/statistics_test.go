package northwind

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// TestStatisticsOfTheSample holds the statistics of every column of every table and view against the rows themselves,
// read page by page and counted here.
func TestStatisticsOfTheSample(t *testing.T) {
	bulk(t)
	db := sample(t)
	for _, table := range db.Catalogue().Tables {
		t.Run(table.Name, func(t *testing.T) {
			r, err := db.describe(t.Context(), table.Name)
			if err != nil {
				t.Fatal(err)
			}
			var got TableDescription
			if err := json.Unmarshal(r.structured, &got); err != nil {
				t.Fatal(err)
			}
			for i, c := range got.Columns {
				want := counted(columnOf(t, db, table, i))
				if diff := cmp.Diff(roundTrip(t, want), c.ColumnStatistics); diff != "" {
					t.Errorf("%s (-counted +told)\n%s", c.Name, diff)
				}
			}
		})
	}
}

// columnOf returns all cells of a column.
func columnOf(t *testing.T, db *DB, table Table, i int) []any {
	t.Helper()
	var cells []any
	for offset := 0; ; {
		out, err := db.Query(t.Context(), Query{
			SQL:     fmt.Sprintf("SELECT %s FROM %s", db.Catalogue().quote(table.Columns[i].Name), db.Catalogue().quote(table.Name)),
			MaxRows: 1000, Offset: offset,
		})
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range out.Rows {
			cells = append(cells, r[0])
		}
		if offset += out.RowCount; !out.Truncated {
			return cells
		}
	}
}

// counted computes statistics from the cells of a column, none of which is a blob.
func counted(cells []any) ColumnStatistics {
	var s ColumnStatistics
	rows := map[any]int{}
	for _, v := range cells {
		if v == nil {
			s.Nulls++
			continue
		}
		if n, ok := v.(int64); ok {
			v = float64(n) // a column may hold 1 and 1.5; none of the sample goes past 2⁵³
		}
		rows[v]++
	}
	s.Distinct = len(rows)
	var all []ValueCount
	for v, n := range rows {
		all = append(all, ValueCount{v, n})
	}
	if len(all) == 0 {
		return s
	}
	slices.SortFunc(all, func(a, b ValueCount) int { return order(a.Value, b.Value) })
	s.Min, s.Max = all[0].Value, all[len(all)-1].Value
	if len(all) <= 50 && 2*len(all) <= len(cells)-s.Nulls {
		slices.SortStableFunc(all, func(a, b ValueCount) int { return b.Rows - a.Rows })
		s.Top = all[:min(5, len(all))]
	}
	return s
}

// order is that of SQLite for numbers and for texts: numbers first.
func order(a, b any) int {
	x, number := a.(float64)
	y, numbers := b.(float64)
	switch {
	case number && numbers:
		return int(max(-1, min(1, (x-y)*1e9)))
	case number:
		return -1
	case numbers:
		return 1
	}
	s, u := a.(string), b.(string)
	if s < u {
		return -1
	}
	return 1
}

func roundTrip(t *testing.T, s ColumnStatistics) *ColumnStatistics {
	t.Helper()
	text, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	var back ColumnStatistics
	if err := json.Unmarshal(text, &back); err != nil {
		t.Fatal(err)
	}
	return &back
}

func TestStatisticsInWords(t *testing.T) {
	db := openImage(t, build(t, `CREATE TABLE t (none, one, same, few INT, many, long TEXT, bytes BLOB, mixed, "or|der");
		WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100)
		INSERT INTO t SELECT NULL, iif(i = 1, 'x', NULL), 'y', i % 3, i, printf('%.50c', 'z') || i, zeroblob(i % 2), iif(i % 2, 1.5, 'a'), i / 60 || '|' FROM n`), Limits{})
	r, err := db.describe(t.Context(), "t")
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "describe_statistics.txt", r.text+"\n")
}

// TestSlowViewsAreDescribedWithoutStatistics has a view that never ends, whose first rows come at once and whose number of
// rows the database states.
func TestSlowViewsAreDescribedWithoutStatistics(t *testing.T) {
	db := openImage(t, build(t, `CREATE TABLE t (a); ANALYZE; INSERT INTO sqlite_stat1 VALUES ('Endless', NULL, '1000');
		CREATE VIEW Endless AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n`), Limits{Timeout: time.Second})
	r, err := db.describe(t.Context(), "Endless")
	if err != nil {
		t.Fatal(err)
	}
	const want = "view Endless, 1000 rows\n- i\nFirst rows:\ni\n1\n2\n3"
	if r.text != want || r.lasts {
		t.Errorf("got %q, lasts: %v; want %q, which does not last", r.text, r.lasts, want)
	}
}
