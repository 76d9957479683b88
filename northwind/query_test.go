package northwind

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// ask runs a query and forgets how long it took.
func ask(t *testing.T, db *DB, q Query) *QueryOutput {
	t.Helper()
	out, err := db.Query(t.Context(), q)
	if err != nil {
		t.Fatalf("%s: %v", q.SQL, err)
	}
	out.ElapsedMS = 0
	return out
}

func TestQueryAnswers(t *testing.T) {
	db := open(t, Limits{MaxCell: 20})
	at := func(n int) *int { return &n }
	tests := []struct {
		name string
		q    Query
		want QueryOutput
	}{
		{
			name: "dates keep the spelling in which they are stored",
			q:    Query{SQL: "SELECT OrderID, OrderDate FROM Orders ORDER BY 1", MaxRows: 2},
			want: QueryOutput{
				Columns:  []Column{{"OrderID", "integer"}, {"OrderDate", "date"}},
				Rows:     [][]any{{int64(1), "1996-07-04"}, {int64(2), "1996-07-05 00:00:00"}},
				RowCount: 2, TotalRows: 3, TotalIsExact: true, Truncated: true, NextOffset: at(2), CutAt: "max_rows 2",
			},
		},
		{
			name: "an offset continues and counts from the first row",
			q:    Query{SQL: "SELECT OrderID FROM Orders ORDER BY 1", MaxRows: 2, Offset: 2},
			want: QueryOutput{
				Columns: []Column{{"OrderID", "integer"}}, Rows: [][]any{{int64(3)}},
				RowCount: 1, TotalRows: 3, TotalIsExact: true,
			},
		},
		{
			name: "an offset past the end gives no rows and the true total",
			q:    Query{SQL: "SELECT OrderID FROM Orders", Offset: 7},
			want: QueryOutput{
				Columns: []Column{{"OrderID", "integer"}}, Rows: [][]any{},
				TotalRows: 3, TotalIsExact: true,
			},
		},
		{
			name: "a full page that is the whole result is not truncated",
			q:    Query{SQL: "SELECT OrderID FROM Orders ORDER BY 1", MaxRows: 3},
			want: QueryOutput{
				Columns: []Column{{"OrderID", "integer"}}, Rows: [][]any{{int64(1)}, {int64(2)}, {int64(3)}},
				RowCount: 3, TotalRows: 3, TotalIsExact: true,
			},
		},
		{
			name: "parameters are bound by position and never read as SQL",
			q: Query{
				SQL:    "SELECT ?, ?, ?, ?, ?",
				Params: []any{"'; DROP", int64(7), 1.5, true, nil},
			},
			want: QueryOutput{
				Columns:  []Column{{"?", "text"}, {"?_2", "integer"}, {"?_3", "real"}, {"?_4", "integer"}, {"?_5", "null"}},
				Rows:     [][]any{{"'; DROP", int64(7), 1.5, int64(1), nil}},
				RowCount: 1, TotalRows: 1, TotalIsExact: true,
			},
		},
		{
			name: "integers that JSON readers would round come as digits",
			q:    Query{SQL: "SELECT 9007199254740991 AS a, 9007199254740992 AS b, -9223372036854775808 AS c"},
			want: QueryOutput{
				Columns:  []Column{{"a", "integer"}, {"b", "integer"}, {"c", "integer"}},
				Rows:     [][]any{{int64(9007199254740991), "9007199254740992", "-9223372036854775808"}},
				RowCount: 1, TotalRows: 1, TotalIsExact: true,
			},
		},
		{
			name: "infinity has a name, and not-a-number is NULL in SQLite",
			q:    Query{SQL: "SELECT 9e999 AS a, -9e999 AS b, 9e999 - 9e999 AS c"},
			want: QueryOutput{
				Columns:  []Column{{"a", "real"}, {"b", "real"}, {"c", "null"}},
				Rows:     [][]any{{"Infinity", "-Infinity", nil}},
				RowCount: 1, TotalRows: 1, TotalIsExact: true,
			},
		},
		{
			name: "blobs are named by their size",
			q:    Query{SQL: "SELECT Picture FROM Categories ORDER BY CategoryID"},
			want: QueryOutput{
				Columns: []Column{{"Picture", "blob"}}, Rows: [][]any{{"<blob 5 bytes>"}, {nil}},
				RowCount: 2, TotalRows: 2, TotalIsExact: true,
			},
		},
		{
			name: "repeated column names are numbered, whatever their case, and spare the names that are there",
			q:    Query{SQL: "SELECT 1 AS a, 2 AS A, 3 AS a_2, 4 AS ''"},
			want: QueryOutput{
				Columns:  []Column{{"a", "integer"}, {"A_3", "integer"}, {"a_2", "integer"}, {"column", "integer"}},
				Rows:     [][]any{{int64(1), int64(2), int64(3), int64(4)}},
				RowCount: 1, TotalRows: 1, TotalIsExact: true,
			},
		},
		{
			name: "a long cell is cut between characters and counted",
			q:    Query{SQL: "SELECT 'äöüäöüäöüäöüäöüäöüäöü' AS a, 'äöüäöüäöüäöüäöüäöüäö' AS b"},
			want: QueryOutput{
				Columns:  []Column{{"a", "text"}, {"b", "text"}},
				Rows:     [][]any{{"äöüäöüäöüäöüäöüäöüäö… [2 more bytes]", "äöüäöüäöüäöüäöüäöüäö"}},
				RowCount: 1, TotalRows: 1, TotalIsExact: true, CellsCut: 1,
			},
		},
		{
			name: "text that is not UTF-8 is made so",
			q:    Query{SQL: "SELECT CAST(x'61ff62' AS TEXT) AS a"},
			want: QueryOutput{
				Columns: []Column{{"a", "text"}}, Rows: [][]any{{"a\uFFFDb"}},
				RowCount: 1, TotalRows: 1, TotalIsExact: true,
			},
		},
		{
			name: "a decimal column stays real though the page holds whole numbers, and mixed columns are any",
			q:    Query{SQL: "SELECT UnitPrice, CASE ProductID WHEN 1 THEN 1 ELSE 'x' END AS m FROM Products WHERE ProductID IN (1, 3)"},
			want: QueryOutput{
				Columns: []Column{{"UnitPrice", "real"}, {"m", "any"}}, Rows: [][]any{{int64(18), int64(1)}, {int64(10), "x"}},
				RowCount: 2, TotalRows: 2, TotalIsExact: true,
			},
		},
		{
			name: "without rows the declared types speak",
			q:    Query{SQL: "SELECT *, 1 + 1 AS computed FROM Orders WHERE 0"},
			want: QueryOutput{
				Columns:      []Column{{"OrderID", "integer"}, {"CustomerID", "text"}, {"OrderDate", "date"}, {"Group", "text"}, {"computed", "null"}},
				Rows:         [][]any{},
				TotalIsExact: true,
			},
		},
		{
			name: "comments and semicolons around the statement are fine",
			q:    Query{SQL: " ;/* one */; -- two\nSELECT 1 AS a; ; -- three"},
			want: QueryOutput{
				Columns: []Column{{"a", "integer"}}, Rows: [][]any{{int64(1)}},
				RowCount: 1, TotalRows: 1, TotalIsExact: true,
			},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, *ask(t, db, tt.q)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func TestOtherReadOnlyStatements(t *testing.T) {
	db := open(t, Limits{})
	for _, sql := range []string{
		"VALUES (1), (2)",
		"WITH x AS (SELECT 1 AS a) SELECT count(*) FROM x",
		"WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 10) SELECT sum(n) FROM r",
		"EXPLAIN SELECT * FROM Orders",
		"EXPLAIN QUERY PLAN SELECT * FROM Orders",
		"PRAGMA table_info('Order Details')",
		"PRAGMA foreign_key_list(Orders)",
		"SELECT name FROM pragma_table_xinfo('Orders')",
		"SELECT sql FROM sqlite_schema",
		"SELECT value FROM json_each('[1, 2]')",
		"SELECT rank() OVER (ORDER BY UnitPrice) FROM Products",
		"SELECT strftime('%Y-%m', OrderDate), count(*) FROM Orders GROUP BY 1 HAVING count(*) > 0 ORDER BY 2 DESC",
		"SELECT CompanyName FROM Customers WHERE CompanyName LIKE '%söhne' OR CompanyName GLOB 'C*' UNION SELECT 'x' EXCEPT SELECT 'y'",
		"SELECT group_concat(ProductName, ', ' ORDER BY ProductName) FROM Products",
	} {
		t.Run(sql, func(t *testing.T) {
			if out := ask(t, db, Query{SQL: sql}); out.RowCount == 0 {
				t.Error("no rows")
			}
		})
	}
}

func TestPagesCoverTheResultOnce(t *testing.T) {
	const all = "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 500) SELECT n, printf('%.*c', n % 90, 'x') AS filler FROM r"
	for _, lim := range []Limits{{MaxRows: 7}, {MaxBytes: 700}, {MaxBytes: 1000, MaxRows: 40, MaxCell: 20}, {}} {
		t.Run(fmt.Sprintf("%d rows and %d bytes", lim.MaxRows, lim.MaxBytes), func(t *testing.T) {
			db := open(t, lim)
			next := int64(1)
			for offset := 0; ; {
				out := ask(t, db, Query{SQL: all, MaxRows: 100, Offset: offset})
				if out.TotalRows != 500 || !out.TotalIsExact {
					t.Fatalf("at offset %d the total is %d, exact %t", offset, out.TotalRows, out.TotalIsExact)
				}
				if encoded, _ := out.MarshalJSON(); len(out.Text()) > db.limits.MaxBytes || len(encoded) > jsonFactor*db.limits.MaxBytes {
					t.Fatalf("at offset %d there are %d bytes of text and %d of JSON", offset, len(out.Text()), len(encoded))
				}
				for _, r := range out.Rows {
					if r[0] != next {
						t.Fatalf("at offset %d row %v follows where %d should", offset, r[0], next)
					}
					next++
				}
				if !out.Truncated {
					break
				}
				offset = *out.NextOffset
			}
			if next != 501 {
				t.Errorf("pages end before row %d", next)
			}
		})
	}
}

func TestTotalIsGivenUp(t *testing.T) {
	const endless = "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT n FROM r"
	t.Run("past the limit of counted rows", func(t *testing.T) {
		out := ask(t, open(t, Limits{CountRows: 50}), Query{SQL: endless, MaxRows: 1})
		if want := "1 of at least 51 rows, truncated at max_rows 1; continue with offset 1, or aggregate or filter in SQL\nn\n1"; out.Text() != want {
			t.Errorf("got %q, want %q", out.Text(), want)
		}
	})
	t.Run("when the next row takes too long, and the rows before it are returned", func(t *testing.T) {
		out := ask(t, open(t, Limits{CountTime: 20 * time.Millisecond}), Query{SQL: "SELECT 1 AS n UNION ALL SELECT n FROM (" + endless + ") WHERE n < 0", MaxRows: 1})
		if want := "1 of at least 1 rows, truncated at max_rows 1; continue with offset 1, or aggregate or filter in SQL\nn\n1"; out.Text() != want {
			t.Errorf("got %q, want %q", out.Text(), want)
		}
	})
}

func TestRowLimitIsKept(t *testing.T) {
	const many = "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 2000) SELECT n FROM r"
	for _, tt := range []struct{ limit, asked, want int }{{0, 0, 100}, {0, 5000, 1000}, {30, 0, 30}, {30, 40, 30}, {30, 7, 7}} {
		out := ask(t, open(t, Limits{MaxRows: tt.limit}), Query{SQL: many, MaxRows: tt.asked})
		if out.RowCount != tt.want {
			t.Errorf("with limit %d, asking for %d gives %d rows, want %d", tt.limit, tt.asked, out.RowCount, tt.want)
		}
	}
}

func TestCutResultNamesItsLimit(t *testing.T) {
	const many = "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 2000) SELECT n FROM r"
	for _, tt := range []struct {
		limits Limits
		asked  int
		want   string
	}{
		{Limits{}, 0, "100 of 2000 rows, truncated at max_rows 100; "},
		{Limits{}, 5000, "1000 of 2000 rows, truncated at max_rows 1000, the highest; "},
		{Limits{MaxRows: 30}, 0, "30 of 2000 rows, truncated at max_rows 30, the highest; "},
		{Limits{MaxBytes: 300}, 50, "17 of 2000 rows, truncated at 300 bytes; "},
		{Limits{}, 1000, "1000 of 2000 rows, truncated at max_rows 1000, the highest; "},
	} {
		if got := ask(t, open(t, tt.limits), Query{SQL: many, MaxRows: tt.asked}).Text(); !strings.HasPrefix(got, tt.want) {
			t.Errorf("asking for %d of %+v gives %.80q, want %q", tt.asked, tt.limits, got, tt.want)
		}
	}
}

func TestOutputForms(t *testing.T) {
	next := 4
	out := QueryOutput{
		Columns: []Column{{"a|b", "text"}, {"n", "real"}},
		Rows: [][]any{
			{"pipe | back \\ line\r\nend", 0.30000000000000004},
			{"quote \" tab\t null\x00 delete\x7f", 1e-7},
			{nil, -1e21}, {"é€😀<&>\u2028", int64(-5)},
			{"NULL", nil}, {"'NULL'", nil}, {"''NULL", nil}, {"NULLS", nil}, {"null", nil},
		},
		RowCount: 9, TotalRows: 19, Truncated: true, NextOffset: &next, CutAt: "max_rows 9", CellsCut: 1, ElapsedMS: 1.25,
	}
	text := "9 of at least 19 rows, truncated at max_rows 9; continue with offset 4, or aggregate or filter in SQL\n" +
		"a\\|b|n\n" +
		"pipe \\| back \\\\ line\\r\\nend|0.3\n" +
		"quote \" tab\t null\x00 delete\x7f|1e-07\n" +
		"NULL|-1e+21\n" +
		"é€😀<&>\u2028|-5\n" +
		"'NULL'|NULL\n" +
		"''NULL''|NULL\n" +
		"'''NULL'|NULL\n" +
		"NULLS|NULL\n" +
		"null|NULL"
	if diff := cmp.Diff(text, out.Text()); diff != "" {
		t.Errorf("text (-want +got)\n%s", diff)
	}
	encoded, err := out.MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	var back QueryOutput
	if err := json.Unmarshal(encoded, &back); err != nil {
		t.Fatalf("%v in %s", err, encoded)
	}
	out.Rows[3][1] = -5.0 // what a JSON reader makes of it
	out.CutAt = ""        // only the text has it
	if diff := cmp.Diff(out, back); diff != "" {
		t.Errorf("JSON and back (-want +got)\n%s", diff)
	}
	if !strings.Contains(string(encoded), "0.30000000000000004") {
		t.Errorf("JSON rounds a real: %s", encoded)
	}
}
