package northwind

import (
	"fmt"
	"strings"
	"testing"
)

// TestRemarks writes down the first line of results whose statements mean something else than they seem to. Read the golden
// file as a model that sees no more of them.
func TestRemarks(t *testing.T) {
	db := sample(t)
	var b strings.Builder
	for _, q := range []Query{
		{SQL: `SELECT count(*) FROM Orders WHERE strftime('%Y', OrderDate) = 1997`},
		{SQL: `SELECT OrderID FROM Orders WHERE 1997 < strftime('%Y', OrderDate)`},
		{SQL: `SELECT OrderID FROM Orders WHERE strftime('%m', OrderDate) NOT IN (1, 2)`},
		{SQL: `SELECT OrderID FROM Orders WHERE substr(OrderDate, 1, 4) BETWEEN 1997 AND 1998`},
		{SQL: `SELECT OrderID FROM Orders WHERE strftime('%Y', OrderDate) = ?`, Params: []any{int64(1997)}},
		{SQL: `WITH y AS (SELECT OrderID, strftime('%Y', OrderDate) AS Year FROM Orders) SELECT * FROM y WHERE y.Year = 1997`},
		{SQL: `SELECT strftime('%Y', OrderDate) AS "Year", count(*) AS n FROM Orders GROUP BY 1 HAVING "Year" >= 1997`},
		{SQL: `SELECT CustomerID FROM Orders GROUP BY 1 HAVING count(*) > '5'`},
		{SQL: `SELECT ProductName FROM Products WHERE Discontinued = 'true'`},
		{SQL: `SELECT OrderID FROM Orders WHERE ShipVia = ?`, Params: []any{"Speedy Express"}},
		{SQL: `SELECT OrderID FROM Orders WHERE OrderDate > 1997-01-01`},
		{SQL: `SELECT OrderID FROM Orders WHERE OrderDate BETWEEN 1/1/1997 AND 12/31/1997`},
		{SQL: `SELECT cast(OrderDate AS date) FROM Orders LIMIT 1`},
		{SQL: `SELECT current_date - 5 > '1'`},
		{SQL: `SELECT date('1997-05-01') - 5`},
		{SQL: `SELECT OrderDate - 30 FROM Orders LIMIT 1`},
		{SQL: `SELECT max(o.ShippedDate - o.OrderDate) FROM Orders o`},
		{SQL: `SELECT FirstName + ' ' + LastName FROM Employees`},
		{SQL: `SELECT FirstName + LastName FROM Employees`},
		{SQL: `SELECT 'a' + 'b'`},
		{SQL: `SELECT CompanyName FROM Customers WHERE Region = NULL`},
		{SQL: `SELECT CompanyName FROM Customers WHERE Region <> NULL`},
		{SQL: `SELECT CompanyName FROM Customers WHERE Region = ?`, Params: []any{nil}},
		{SQL: `SELECT NULL = 1, 'a' + 1, OrderDate > 1997-01-01 FROM Orders LIMIT 1`},
	} {
		out := ask(t, db, q)
		if out.Note == "" {
			t.Errorf("nothing is said about %s", q.SQL)
		}
		first, _, _ := strings.Cut(out.Text(), "\n")
		fmt.Fprintf(&b, "> %s\n%s\n\n", q.SQL, first)
	}
	golden(t, "remarks.txt", b.String())
}

// TestNothingToRemark has statements that are like those with a remark and mean what they seem to.
func TestNothingToRemark(t *testing.T) {
	db := sample(t)
	queries := []Query{
		{SQL: `SELECT count(*) FROM Orders WHERE strftime('%Y', OrderDate) = '1997'`},
		{SQL: `SELECT count(*) FROM Orders WHERE CAST(strftime('%Y', OrderDate) AS INTEGER) = 1997`},
		{SQL: `SELECT count(*) FROM Orders WHERE strftime('%Y', OrderDate) + 0 = 1997`},
		{SQL: `SELECT count(*) FROM Orders WHERE 1 * strftime('%Y', OrderDate) = 1997`},
		{SQL: `SELECT count(*) FROM Orders WHERE length(strftime('%Y', OrderDate)) = 4`},
		{SQL: `SELECT count(*) FROM Orders WHERE strftime('%Y', OrderDate) = ?`, Params: []any{"1997"}},
		{SQL: `SELECT count(*) FROM Orders WHERE EmployeeID = ? AND strftime('%Y', OrderDate) = ?`, Params: []any{int64(1), "1997"}},
		{SQL: `SELECT count(*) FROM Orders WHERE strftime('%Y', OrderDate) = ?2 AND EmployeeID = ?1`, Params: []any{int64(1), "1997"}},
		{SQL: `SELECT strftime('%Y', OrderDate) - 1 = 1996 FROM Orders`},
		{SQL: `SELECT strftime('%Y', OrderDate) AS n, CAST(EmployeeID AS INTEGER) AS n FROM Orders WHERE n = 1997`},
		{SQL: `SELECT upper(CompanyName) AS EmployeeID FROM Orders JOIN Customers USING (CustomerID) WHERE EmployeeID = 1`},
		{SQL: `SELECT OrderID FROM Orders WHERE OrderDate > '1997-01-01' AND '1997-01-01' < OrderDate`},
		{SQL: `SELECT 1997 - 01 - 01, 1997 -01-01, 10-5-2, 100/10/5, 1997-20`},
		{SQL: `SELECT julianday(ShippedDate) - julianday(OrderDate) FROM Orders`},
		{SQL: `SELECT date(OrderDate, '+' || 5 || ' days'), date(OrderDate, '-30 days') FROM Orders`},
		{SQL: `SELECT PostalCode + 0, '5' + 1, UnitPrice + 1 - UnitsInStock FROM Suppliers, Products`},
		{SQL: `SELECT -UnitPrice FROM Products ORDER BY -UnitsInStock`},
		{SQL: `SELECT FirstName || ' ' || LastName FROM Employees`},
		{SQL: `SELECT CAST(OrderDate AS TEXT), CAST(OrderID AS INTEGER) FROM Orders`},
		{SQL: `SELECT CompanyName FROM Customers WHERE Region IS NULL OR Region IS NOT NULL OR coalesce(Region, NULL) = 'NULL'`},
		{SQL: `SELECT ProductName FROM Products WHERE UnitPrice > '20' AND Discontinued = '1'`},
		{SQL: `SELECT 'a = NULL, 1997-01-01' -- x = NULL` + "\n, \"NULL\" FROM (SELECT 1 AS \"NULL\") WHERE \"NULL\" = 1"},
		{SQL: `SELECT julianday(OrderDate) AS RequiredDate FROM Orders WHERE RequiredDate - 5 > 0`},
		{SQL: `SELECT OrderID FROM Orders WHERE PostalCode = 1 OR ShipPostalCode = 1`},
	}
	for _, r := range recipes() {
		queries = append(queries, Query{SQL: r.Query})
	}
	for _, q := range queries {
		if note := db.catalogue.remarks(q.SQL, q.Params); note != "" {
			t.Errorf("of %s it is said: %s", q.SQL, note)
		}
	}
}

// TestNoteFitsIntoTheResult holds that a note takes its room from the rows, and is left out where that is scarce.
func TestNoteFitsIntoTheResult(t *testing.T) {
	const sql = "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 2000) SELECT n, 'a' + 'b', n = NULL FROM r"
	for bytes, noted := range map[int]bool{1000: false, 4000: true, 8000: true} {
		out := ask(t, open(t, Limits{MaxBytes: bytes}), Query{SQL: sql, MaxRows: 1000})
		if len(out.Text()) > bytes || out.RowCount == 0 || (out.Note != "") != noted {
			t.Errorf("of %d bytes %d are taken by %d rows and the note %q", bytes, len(out.Text()), out.RowCount, out.Note)
		}
	}
}

// FuzzRemarks reads statements that need not be any, as lessons, remarks and hints do.
func FuzzRemarks(f *testing.F) {
	bulk(f)
	for _, a := range attacks(f) {
		f.Add(a.sql)
	}
	for _, sql := range []string{
		"WITH t AS (SELECT a.*, * FROM Orders a), u(x, y) AS NOT MATERIALIZED (VALUES (1)) SELECT q FROM t, (SELECT * FROM u) AS s WHERE",
		") AS (SELECT", "AS (SELECT *", "CAST(x AS DATE)", "? = ?1", "1997-01-01", "a IN (", "NOT IN 1", "- 5 -", "date(", "x.y.z = 'a'", "(SELECT a FROM",
	} {
		f.Add(sql)
	}
	cat := open(f, Limits{}).catalogue
	f.Fuzz(func(t *testing.T, sql string) {
		if len(sql) > maxSQL {
			return
		}
		cat.remarks(sql, []any{nil, "a", int64(1), 1.5})
		s := studied{expression: express(sql, []any{"a"}), cat: cat, sql: sql}
		s.conditions()
		ts := lex(sql)
		endless(ts)
		dialect(ts)
		for _, message := range []string{"no such column: x", "no such column: o.Cuntry", "ambiguous column name: CustomerID", "near \"x\": syntax error", "no such table: x", "cannot join using column x"} {
			for _, offset := range []int{-1, len(sql) / 2, len(sql)} {
				cat.lesson(&sqliteError{message: message, offset: offset}, sql)
			}
		}
	})
}
