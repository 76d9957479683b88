package northwind

import (
	"fmt"
	"strings"
	"testing"
	"time"
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

		// Dialects.
		`SELECT YEAR(OrderDate) FROM Orders`,
		`SELECT DATEDIFF(day, 1, 2) FROM Orders`,
		`SELECT TOP 5 * FROM Orders`,
		`SELECT EXTRACT(YEAR FROM OrderDate) FROM Orders`,
		`SELECT * FROM Customers WHERE CompanyName ILIKE 'b%'`,
		`SELECT date(OrderDate) + INTERVAL '1 month' FROM Orders`,
		`SELECT CompanyName REGEXP 'a' FROM Customers`,
		`SELECT frobnicate(1)`,

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
		`SELECT 1; SELECT 2`,
		` -- nothing`,

		// Limits and policy.
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
