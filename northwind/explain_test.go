package northwind

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// TestPlans writes down what the tool says about statements of every kind. Read the golden file as a model.
func TestPlans(t *testing.T) {
	db := sample(t)
	var b strings.Builder
	for _, sql := range []string{
		`SELECT * FROM Orders`,
		`SELECT count(*) FROM Orders`,
		`SELECT CompanyName, sum(Freight) FROM Orders o JOIN Customers c USING (CustomerID) GROUP BY 1 ORDER BY 2`,
		`SELECT c.City FROM Invoices i JOIN Customers c ON c.CustomerID = i.CustomerID`,
		`SELECT ProductName FROM "Sales by Category" ORDER BY ProductSales DESC LIMIT 3`,
		`SELECT * FROM "Order Subtotals" WHERE OrderID = 10248`,
		`SELECT * FROM Orders o WHERE OrderDate > ? AND EXISTS (SELECT 1 FROM "Order Details" d WHERE d.OrderID = o.OrderID)`,
		`SELECT e.LastName, m.LastName FROM Employees e LEFT JOIN Employees m ON m.EmployeeID = e.ReportsTo`,
		`SELECT City FROM Customers UNION SELECT City FROM Suppliers`,
		`SELECT * FROM Customers a JOIN Suppliers b ON a.Phone = b.Phone`,
		`WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT count(*) FROM r, json_each('[1]')`,
		`SELECT count(*) FROM Customers, Orders, Products`,
		`SELECT count(*) FROM Orders a, Orders b, Orders c, Orders d, Orders e, Orders f, Orders g`,
		`SELECT 1 FROM Customers c LEFT JOIN Shippers s ON s.Phone > c.Phone WHERE c.Country = 'Germany'`,
		`SELECT 1 FROM Customers c WHERE EXISTS (SELECT 1 FROM Suppliers s WHERE s.Phone > c.Phone)`,
		`SELECT City FROM Customers UNION ALL SELECT City FROM Suppliers`,
		`SELECT c.City, (SELECT count(*) FROM Suppliers) FROM Customers c JOIN json_each('[1]')`,
		`SELECT * FROM (SELECT * FROM Customers LIMIT 2) a, (SELECT * FROM Region) b`,
		`WITH RECURSIVE r AS MATERIALIZED (SELECT 1 AS n UNION ALL SELECT n + 1 FROM "r" AS again) SELECT sum(n) FROM r`,
		`WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 5) SELECT sum(n) FROM r`,
		`WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r LIMIT 5) SELECT sum(n) FROM r`,
		`WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT n FROM r LIMIT 5`,
		`WITH RECURSIVE r(n) AS (SELECT 1 UNION SELECT n % 3 FROM r) SELECT n FROM r`,
		`WITH RECURSIVE r(n) AS (SELECT 2 UNION ALL SELECT e.EmployeeID FROM r JOIN Employees e ON e.ReportsTo = r.n) SELECT n FROM r`,
		`EXPLAIN SELECT * FROM Orders`,
		`EXPLAIN QUERY PLAN SELECT * FROM Shippers`,
		`VALUES (1), (2)`,
		"; -- a comment\n/* another */ SELECT 1; ;",
		`PRAGMA table_info(Orders)`,
		`SELECT name FROM sqlite_schema`,
	} {
		p, err := db.Explain(t.Context(), Query{SQL: sql})
		if err != nil {
			t.Errorf("%s: %v", sql, err)
			continue
		}
		fmt.Fprintf(&b, "> %s\n%s reads %s\n%s%s\n\n", sql, p.Statement, strings.Join(p.Tables, ", "), p.Summary, p.tree())
	}
	golden(t, "plans.txt", b.String())
}

// TestExplainRefusesWhatQueryRefuses gives both the same statements and compares what they say.
func TestExplainRefusesWhatQueryRefuses(t *testing.T) {
	db := open(t, Limits{})
	for _, sql := range []string{
		"", "SELECT Nme FROM Customers", "SELECT * FROM Order Details", "SELECT 1; SELECT 2", "SELECT 1\x00",
		"DELETE FROM Orders", "EXPLAIN DELETE FROM Orders", "EXPLAIN QUERY PLAN DROP TABLE Orders", "ATTACH 'x' AS y",
		"PRAGMA query_only = 0", "SELECT * FROM sqlite_dbpage", "SELECT load_extension('x')", "BEGIN",
		"SELECT '" + strings.Repeat("x", maxSQL) + "'",
	} {
		_, want := db.Query(t.Context(), Query{SQL: sql})
		_, got := db.Explain(t.Context(), Query{SQL: sql})
		if want == nil || got == nil || want.Error() != got.Error() || KindOf(want) != KindOf(got) {
			t.Errorf("%s: explain_query says\n%v\nread_query says\n%v", headline(sql), got, want)
		}
	}
}

func TestExplainDoesNotRun(t *testing.T) {
	db := open(t, Limits{Concurrency: 1, Timeout: time.Minute})
	for range 2 {
		p, err := db.Explain(t.Context(), Query{SQL: endlessQuery})
		if err != nil || !p.Valid || p.Statement != "with" {
			t.Fatalf("got %+v, %v", p, err)
		}
		if got := ask(t, db, Query{SQL: "SELECT count(*) FROM Orders"}).Rows[0][0]; got != int64(3) {
			t.Errorf("the connection then counts %v orders", got)
		}
	}
}

func TestExplainTakesParameters(t *testing.T) {
	db := open(t, Limits{})
	const sql = "SELECT * FROM Customers WHERE Country = ?"
	without, err := db.Explain(t.Context(), Query{SQL: sql})
	if err != nil {
		t.Fatal(err)
	}
	with, err := db.Explain(t.Context(), Query{SQL: sql, Params: []any{"Germany"}})
	if err != nil {
		t.Fatal(err)
	}
	want := &Plan{
		Valid: true, Statement: "select", Tables: []string{"Customers"},
		Steps:   []PlanStep{{ID: 3, Detail: "SEARCH Customers USING INDEX CustomersByCountry (Country=?)"}},
		Summary: "Looks up Customers by the index CustomersByCountry.",
	}
	if diff := cmp.Diff([]*Plan{want, want}, []*Plan{without, with}); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if _, err := db.Explain(t.Context(), Query{SQL: sql, Params: []any{"a", "b"}}); KindOf(err) != Invalid {
		t.Errorf("two values for one parameter: %v", err)
	}
}

func TestLongPlanIsRefused(t *testing.T) {
	db := open(t, Limits{MaxBytes: 500})
	sql := strings.Join(slices.Repeat([]string{"SELECT CompanyName FROM Customers"}, 18), " UNION ALL ")
	if _, err := db.Explain(t.Context(), Query{SQL: sql}); KindOf(err) != TooBig {
		t.Errorf("got %v", err)
	}
}
