package northwind

import (
	"fmt"
	"strings"
	"testing"
	"time"

	sqlite3 "modernc.org/sqlite/lib"
)

// TestLessons writes down what a model is told about its mistakes. Read the golden file as that model.
func TestLessons(t *testing.T) {
	db := open(t, Limits{})
	var b strings.Builder
	for _, sql := range []string{
		// Names.
		`SELECT * FROM OrderDetails`,
		`SELECT * FROM order_detail`,
		`SELECT * FROM Costumers`,
		`SELECT * FROM Invoices`,
		`SELECT * FROM Order Details`,
		`SELECT * FROM Orders JOIN Order Details USING (OrderID)`,
		`SELECT Nme FROM Customers`,
		`SELECT CompanyNam FROM Customers`,
		`SELECT c.Company FROM Orders AS o JOIN Customers c ON o.CustomerID = c.CustomerID`,
		`SELECT o.CompanyName FROM Orders o`,
		`SELECT o.Grp FROM Orders o`,
		`SELECT max("CompanyNme") FROM Customers WHERE "Contry" <> 'Germany'`,
		`SELECT * FROM Customers WHERE Country = "Germany"`,
		`SELECT CustomerID FROM Orders o JOIN Customers c ON o.CustomerID = c.CustomerID`,
		`SELECT CustomerID FROM Orders JOIN Customers JOIN Orders AS again`,
		`SELECT UnitPrice FROM Products, "Order Details"`,
		`SELECT * FROM Orders JOIN Products USING (ProductID)`,
		`SELECT * FROM Orders NATURAL JOIN Nowhere`,

		`SELECT * FROM Order`,
		`SELECT * FROM Customers c JOIN Order o USING (CustomerID)`,
		`SELECT x.Country FROM Customers c JOIN Orders USING (CustomerID)`,
		`SELECT * FROM Customers WHERE Country = Germany`,
		`SELECT * FROM Customers WHERE Country IN ('France', Germany)`,
		`SELECT * FROM Customers WHERE Country LIKE Germ`,
		`SELECT * FROM Customers WHERE Country BETWEEN 'A' AND Germany AND CompanyName = 'x'`,
		`SELECT * FROM Customers WHERE Country = ‘Germany’`,
		`SELECT * FROM Customers WHERE Country = “Germany”`,
		`SELECT * FROM Customers WHERE Country = ‘New Zealand’`,
		`SELECT * FROM Customers WHERE CompanyName = 'O'Brien'`,

		// Queries with a name.
		`WITH t AS (SELECT CustomerID cid, count(*) AS n FROM Orders GROUP BY 1) SELECT cidd FROM t`,
		`WITH t(a, b) AS (SELECT CustomerID, 1 FROM Orders) SELECT t.CustomerID FROM t`,
		`WITH t AS (SELECT * FROM Orders o JOIN Customers USING (CustomerID)), u AS MATERIALIZED (SELECT t.*, upper(Country) AS land FROM t) SELECT lnd FROM u`,
		`WITH t AS (SELECT CustomerID AS cid FROM Orders WHERE OderDate > '1997') SELECT cid FROM t`,
		`SELECT s.lnd FROM (SELECT Country AS land, CASE 1 WHEN 1 THEN 2 END FROM Customers) AS s JOIN Orders`,
		`SELECT land FROM (SELECT max(Country) FROM Customers GROUP BY Land)`,
		`SELECT (SELECT c.Lnd FROM Orders o) FROM Customers c`,

		// Dialects.
		`SELECT YEAR(OrderDate) FROM Orders`,
		`SELECT DATEDIFF(day, 1, 2) FROM Orders`,
		`SELECT TOP 5 * FROM Orders`,
		`SELECT EXTRACT(YEAR FROM OrderDate) FROM Orders`,
		`SELECT * FROM Customers WHERE CompanyName ILIKE 'b%'`,
		`SELECT date(OrderDate) + INTERVAL '1 month' FROM Orders`,
		`SELECT CompanyName REGEXP 'a' FROM Customers`,
		`SELECT frobnicate(1)`,
		`select extract(year from OrderDate) from Orders`,
		`SELECT OrderDate::date FROM Orders`,
		`SELECT ISNULL(Country, 'x') FROM Customers`,
		`SELECT left(Country, 2) FROM Customers`,
		`SELECT position('a' IN Country) FROM Customers`,
		`SELECT substring(Country FROM 1 FOR 2) FROM Customers`,
		`SELECT try_cast(Country AS int) FROM Customers`,
		`SELECT * FROM Orders FETCH FIRST 5 ROWS ONLY`,
		`SELECT * FROM Orders LIMIT 5 OFFSET 3 ROWS`,
		`SELECT Country FROM Customers QUALIFY row_number() OVER () = 1`,
		`SELECT DISTINCT ON (Country) * FROM Customers`,
		`SELECT * FROM Orders WHERE OrderDate > DATE '1997-01-01'`,
		`SELECT * FROM Orders WHERE OrderDate > #1997-01-01#`,
		`SELECT date_add(OrderDate, interval 1 day) FROM Orders`,
		`SELECT Country, count(*) FROM Customers GROUP BY ROLLUP (Country)`,
		`SELECT * FROM Products WHERE UnitPrice > ALL (SELECT 1)`,
		`SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY UnitPrice) FROM Products`,
		`SELECT * FROM Customers, LATERAL (SELECT 1)`,
		`SELECT rand()`, `SELECT lpad('a', 3)`, `SELECT weekday(OrderDate) FROM Orders`, `SELECT dayofweek(OrderDate) FROM Orders`,
		`SELECT initcap('a')`, `SELECT uuid()`,
		`SELECT sysdate`,
		`SELECT * FROM Customers WHERE Country MATCH 'Germany'`,
		`SHOW TABLES`, `SHOW COLUMNS FROM Orders`, `DESCRIBE Orders`, `desc Orders`, `USE northwind`, `EXPLAIN ANALYZE SELECT 1`,
		`SELECT * FROM information_schema.tables`, `SELECT * FROM pg_tables`, `SELECT * FROM generate_series(1, 2)`, `SELECT 1 FROM dual`,
		"```sql\nSELECT 1\n```",
		`(SELECT 1)`,
		`SELECT 1 UNION ALL (SELECT 2)`,

		// Grammar and data.
		`SELECT count(* FROM Orders`,
		`SELECT (1`,
		`SELECT * FROM Orders WHERE count(*) > 1`,
		`SELECT Country, sum(1) FROM Customers WHERE sum(1) > 2 GROUP BY 1`,
		`SELECT substr('x') FROM Orders`,
		`SELECT abs(-9223372036854775808)`,
		`SELECT json_extract('{', '$')`,
		`SELECT 1 UNION SELECT 1, 2`,
		`SELECT ?`,
		`SELECT count(DISTINCT CustomerID, OrderDate) FROM Orders`,
		`SELECT 1; SELECT 2`,
		` -- nothing`,

		// Limits and policy.
		`SELECT a.*` + strings.Repeat(", a.*", 40) + ` FROM Orders a`,
		`SELECT 1` + strings.Repeat(" UNION SELECT 1", 30),
		`SELECT 1 WHERE 1` + strings.Repeat(" OR 1", 200),
		`SELECT max(1` + strings.Repeat(", 1", 70) + `)`,
		`ATTACH 'pwn.db'`,
		`EXPLAIN DROP`,
		`INSERT INTO Orders VALUS (1)`,
		`SELECT zeroblob(2000000)`,
		`SELECT '` + strings.Repeat("x", maxSQL) + `'`,
		`DELETE FROM Orders`,
		`WITH x AS (SELECT replace('a', 'b', 'c')) UPDATE Orders SET CustomerID = 1`,
		`PRAGMA query_only = 0`,
		`SELECT * FROM sqlite_dbpage`,
		`SELECT load_extension('x')`,
		`EXPLAIN ATTACH 'x' AS y`,
	} {
		out, err := db.Query(t.Context(), Query{SQL: sql})
		if err == nil {
			t.Errorf("%s ran: %s", sql, out.Text())
			continue
		}
		assertDiscreet(t, err.Error())
		fmt.Fprintf(&b, "> %s\n%s: %v\n\n", headline(sql)+strings.Repeat("…", min(1, len(sql)/200)), KindOf(err), err)
	}
	golden(t, "lessons.txt", b.String())
}

// TestLessonsNameTheLimits holds the numbers that lessons tell against those of a connection in use.
func TestLessonsNameTheLimits(t *testing.T) {
	db := open(t, Limits{})
	c, err := db.borrow(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { db.free <- c }()
	for id, want := range map[int32]int32{
		sqlite3.SQLITE_LIMIT_COLUMN:          maxColumns,
		sqlite3.SQLITE_LIMIT_COMPOUND_SELECT: maxTerms,
		sqlite3.SQLITE_LIMIT_FUNCTION_ARG:    maxArguments,
	} {
		if got := sqlite3.Xsqlite3_limit(c.tls, c.db, id, -1); got != want {
			t.Errorf("the limit %d is %d, and lessons say %d", id, got, want)
		}
	}
}

func TestLimitsExplainThemselves(t *testing.T) {
	tests := []struct {
		name   string
		lim    Limits
		sql    string
		offset int
		want   string
	}{
		{
			name: "deadline",
			lim:  Limits{Timeout: 200 * time.Millisecond},
			sql:  endlessQuery,
			want: "the query was stopped after 200ms\nAdd a WHERE clause, check that every join has its ON condition, and give a recursive query an end.",
		},
		{
			name:   "deadline before the first row of a page",
			lim:    Limits{Timeout: 200 * time.Millisecond},
			sql:    "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT n FROM r",
			offset: 1_000_000_000_000,
			want:   "the query was stopped after 200ms\nIt had not come to row 1000000000000, where offset starts: use a smaller offset, or filter by a key instead.",
		},
		{
			name: "one row larger than a result",
			lim:  Limits{MaxBytes: 600},
			sql:  "SELECT printf('%.*c', 400, 'x'), 1",
			want: "a single row of 2 columns is over the limit of 600 bytes for a result\nSelect fewer columns, or parts of the long ones with substr().",
		},
		{
			name: "memory",
			sql:  hungryQuery,
			want: "the query ran into its limit of 48 MiB of memory\nFilter earlier, sort or de-duplicate fewer rows, or aggregate before you join.",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if _, err := open(t, tt.lim).Query(t.Context(), Query{SQL: tt.sql, Offset: tt.offset}); err == nil || err.Error() != tt.want {
				t.Errorf("got %v\nwant %s", err, tt.want)
			}
		})
	}
}
