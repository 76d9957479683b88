package northwind

import (
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"
)

// TestHints writes down what a model is told when a query has no rows. Read the golden file as that model.
func TestHints(t *testing.T) {
	db := sample(t)
	var b strings.Builder
	for _, in := range []queryInput{
		{Query: `select * from Customers where City='Germany'`},
		{Query: `select * from Customers where City='Koln'`},
		{Query: `select * from Products where ProductName='Chai '`},
		{Query: `select * from Customers where Country='Germny'`},
		{Query: `select * from Employees where FirstName='Nancy Davolio'`},
		{Query: `select * from Customers where Region='NULL'`},
		{Query: `select * from Customers where Region=NULL`},
		{Query: `select * from Orders where OrderDate='1996'`},
		{Query: `select * from Orders where OrderDate='07/04/1996'`},
		{Query: `select * from Orders where OrderDate='4.7.1996'`},
		{Query: `select * from Orders where OrderDate='2024-01-01'`},
		{Query: `select * from Orders where OrderDate LIKE '%2024%'`},
		{Query: `select * from Customers where PostalCode = 'wx3 6fw'`},
		{Query: `SELECT o.OrderID FROM Orders o JOIN Customers c USING (CustomerID) WHERE c.City = ? AND o.ShipCountry = 'Germany'`, Params: []any{"Koln"}},
		{Query: `SELECT 1 FROM Orders JOIN Customers USING (CustomerID) WHERE CustomerID IN ('ALFKJ', 'Alfreds Futterkiste')`},
		{Query: `SELECT * FROM Customers WHERE 'Alfreds' = CompanyName`},
		{Query: `SELECT * FROM Customers WHERE City LIKE '%koln%'`},
		{Query: `SELECT * FROM Customers WHERE CompanyName LIKE 'Futter%'`},
		{Query: `SELECT * FROM Customers WHERE CompanyName LIKE '%chai%'`},
		{Query: `SELECT * FROM Customers WHERE CompanyName = 'Market'`},
		{Query: `SELECT * FROM Customers WHERE City = 'Atlantis'`},
		{Query: `SELECT * FROM Products WHERE ProductName = 'Futterkiste'`},
		{Query: `SELECT * FROM Invoices WHERE City = 'Germany'`},
		{Query: `SELECT * FROM Invoices WHERE Country = 'Germny'`},
		{Query: `SELECT * FROM Customers WHERE City = 'Koln' AND Country = 'Germny' AND Region = 'Nowhere'`},
		{Query: `SELECT * FROM Customers WHERE City = 'a` + "\n" + `b|c' OR Country = '` + strings.Repeat("x", 90) + `'`},
		{Query: `SELECT * FROM Orders WHERE OrderDate = '1996-07-04 00:00:00'`},
	} {
		r, err := db.read(t.Context(), in)
		if err != nil {
			t.Errorf("%s: %v", in.Query, err)
			continue
		}
		first, _, _ := strings.Cut(r.text, "\n")
		if !strings.HasPrefix(first, "0 rows. ") {
			t.Errorf("%s gives %q", in.Query, first)
		}
		fmt.Fprintf(&b, "> %s\n%s\n\n", strings.ReplaceAll(in.Query, "\n", "⏎"), first)
	}
	golden(t, "hints.txt", b.String())
}

// TestNothingToHint has queries without rows for reasons that no value tells.
func TestNothingToHint(t *testing.T) {
	db := sample(t)
	for _, sql := range []string{
		`SELECT * FROM Orders WHERE OrderID < 0`,
		`SELECT * FROM Customers WHERE City = 'BERLIN' AND Country = 'france'`,
		`SELECT * FROM Customers WHERE City IN ('Berlin', 'Paris') AND Country = 'USA'`,
		`SELECT * FROM Customers WHERE City LIKE 'ber%' AND Country LIKE '%an_e'`,
		`SELECT * FROM Customers WHERE NOT City = 'Koln' AND 0`,
		`SELECT * FROM Customers WHERE City NOT LIKE '%koln%' AND City NOT IN ('Koln') AND 0`,
		`SELECT * FROM Customers WHERE City COLLATE BINARY = 'BERLIN'`,
		`SELECT * FROM Customers WHERE City || '' = 'Koln'`,
		`SELECT * FROM Customers WHERE upper(City) = 'Koln'`,
		`SELECT City AS x FROM Customers WHERE x = 'Koln' AND 0`,
		`WITH c AS (SELECT 'a' AS City) SELECT * FROM c WHERE City = 'Koln'`,
		`SELECT * FROM Invoices WHERE Country = 'Germany' AND OrderID = 1`,
		`SELECT * FROM Products WHERE UnitPrice = '20.5x'`,
		`SELECT * FROM Customers WHERE City = '' OR City LIKE '%' AND 0`,
		`EXPLAIN SELECT * FROM Customers WHERE City = 'Koln'`,
		`PRAGMA table_info(nowhere)`,
	} {
		r, err := db.read(t.Context(), queryInput{Query: sql})
		if err != nil {
			t.Errorf("%s: %v", sql, err)
			continue
		}
		if first, _, _ := strings.Cut(r.text, "\n"); strings.Contains(first, " has ") || strings.Contains(first, "LIKE") {
			t.Errorf("%s gives %q", sql, first)
		}
	}
}

// TestHintsClaimOnlyWhatIsKnown has columns of which the index does not know every value or how they compare.
func TestHintsClaimOnlyWhatIsKnown(t *testing.T) {
	for _, tt := range []struct{ name, table, rows string }{
		{"a number", "(a)", "(5)"},
		{"a blob", "(a TEXT)", "(x'00')"},
		{"a long text", "(a TEXT)", "('b' || hex(zeroblob(2000)))"},
		{"text that is not UTF-8", "(a TEXT)", "(CAST(x'6574ff65' AS TEXT))"},
		{"another collation", "(a TEXT COLLATE RTRIM)", "('b')"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			db := openImage(t, build(t, "CREATE TABLE t "+tt.table+"; INSERT INTO t VALUES "+tt.rows), Limits{})
			r, err := db.read(t.Context(), queryInput{Query: "SELECT * FROM t WHERE a = 'x'"})
			if err != nil || r.text != "0 rows\na" {
				t.Errorf("got %q, %v", r.text, err)
			}
		})
	}
}

// TestHintsAreKeptIfTheyAreWhole has an index that takes longer to make than a hint may.
func TestHintsAreKeptIfTheyAreWhole(t *testing.T) {
	in := queryInput{Query: "SELECT * FROM Customers WHERE Country = 'Germny'"}
	db := open(t, Limits{})
	first, second := tell(t, db, in, true), tell(t, db, in, true)
	if first != second || !isKept(t, db, in) || !strings.HasPrefix(first.Text, "0 rows. Country has no 'Germny'; it has 'Germany' (1 row).\n") {
		t.Errorf("got %+v, then %+v, kept: %v", first, second, isKept(t, db, in))
	}

	db = open(t, Limits{Concurrency: 2, Timeout: 500 * time.Millisecond})
	unlock, err := db.values.lock(t.Context()) // somebody makes the index
	if err != nil {
		t.Fatal(err)
	}
	if got := tell(t, db, in, true); !strings.HasPrefix(got.Text, "0 rows\n") || isKept(t, db, in) {
		t.Errorf("without an index: %+v, kept: %v", got, isKept(t, db, in))
	}
	unlock()
	if got := tell(t, db, in, true); !strings.HasPrefix(got.Text, "0 rows\n") || isKept(t, db, in) {
		t.Errorf("after it took too long once: %+v, kept: %v", got, isKept(t, db, in))
	}
	if _, err := db.FindValues(t.Context(), "x", 0); err != nil {
		t.Fatal(err)
	}
	if got := tell(t, db, in, false); got != tell(t, open(t, Limits{}), in, false) || !isKept(t, db, in) {
		t.Errorf("with an index that was made for find_values: %+v, kept: %v", got, isKept(t, db, in))
	}
}

// TestRowsNeedNoIndex holds that a query with rows costs no look at the values.
func TestRowsNeedNoIndex(t *testing.T) {
	session, log := connect(t, open(t, Limits{}), slog.LevelInfo)
	db := open(t, Limits{})
	for _, sql := range []string{"SELECT * FROM Customers WHERE Country = 'Germany'", "SELECT * FROM Customers WHERE CustomerID < ''", "SELECT 1 WHERE 0"} {
		tell(t, db, queryInput{Query: sql}, true)
	}
	if db.values.index != nil {
		t.Error("the index was made")
	}
	text, structured, _ := call(t, session, "read_query", map[string]any{"query": "SELECT CustomerID FROM Customers WHERE Country = 'Germny'"})
	if want := fmt.Sprintf(`"rows":0,"cached":false,"bytes":%d,`, len(text)+len(structured)); !strings.Contains(log.String(), want) {
		t.Errorf("the log has %s, want %s", log, want)
	}
	if strings.Contains(structured, "Germany") {
		t.Errorf("the hint is in the structured content: %s", structured)
	}
}
