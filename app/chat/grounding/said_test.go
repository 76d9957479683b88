package grounding_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/pomerium/pomchat/app/chat/grounding"
)

// northwind returns tables that questions about Northwind bring, by the letters of said.txt.
func northwindTables(t testing.TB) map[string]grounding.Table {
	t.Helper()
	db := openNorthwind(t)
	const (
		sales = `SUM(d.UnitPrice * d.Quantity * (1 - d.Discount))`
		from  = ` FROM Orders o JOIN "Order Details" d USING (OrderID) `
	)
	out := map[string]grounding.Table{}
	for letter, query := range map[string]string{
		"y": `SELECT strftime('%Y', OrderDate) Year, ROUND(` + sales + `, 2) Sales, COUNT(DISTINCT o.OrderID) Orders, ROUND(SUM(d.Quantity), 0) Units` + from + `GROUP BY 1`,
		"c": `SELECT ShipCountry Country, ROUND(` + sales + `, 2) Sales, COUNT(DISTINCT o.OrderID) Orders` + from + `GROUP BY 1 ORDER BY 2 DESC`,
		"o": `SELECT OrderID, CustomerID, OrderDate, ShippedDate, Freight FROM Orders ORDER BY OrderID LIMIT 400`,
		"s": `SELECT CategoryName Category, ` + sales + ` / 1265793.04 Share FROM "Order Details" d JOIN Products USING (ProductID) JOIN Categories USING (CategoryID) GROUP BY 1`,
		"m": `SELECT strftime('%Y-%m', OrderDate) Month, ROUND(` + sales + `, 2) Sales` + from + `GROUP BY 1`,
	} {
		out[letter] = queryTable(t, db, query)
	}
	return out
}

// Sentences as models write them, one a line in said.txt: the tables, what must come out, and the
// sentence. What must come out is the worst of its figures:
//
//	right     all that can be tied to rows is, for certain; nothing is listed
//	doubted   a mark is weak, since the rows are said to be others or speak little for it
//	wrong     a figure is listed as not found
//	silent    nothing is told
func TestWhatIsSaidIsJudged(t *testing.T) {
	said, err := os.ReadFile("testdata/said/said.txt")
	if err != nil {
		t.Fatal(err)
	}
	all := northwindTables(t)
	sentences := 0
	for _, line := range strings.Split(strings.TrimSpace(string(said)), "\n") {
		if line == "" || line[0] == '#' {
			continue
		}
		fields := strings.SplitN(line, " ", 3)
		var tables []grounding.Table
		for i, letter := range strings.Split(fields[0], "") {
			table := all[letter]
			table.Call, table.Number = fmt.Sprintf("call_%d", i+1), i+1
			tables = append(tables, table)
		}
		text := strings.ReplaceAll(fields[2], `\n`, "\n")
		r := grounding.Check(text, tables)
		if got := worst(r); got != fields[1] {
			t.Errorf("%s\nis %s, not %s:\n%s", text, got, fields[1], strings.Join(lines(t, text, r, tables), "\n"))
		}
		sentences++
	}
	if sentences < 300 {
		t.Errorf("%d sentences prove little", sentences)
	}
}

func worst(r grounding.Report) string {
	out := "silent"
	for _, m := range r.Marks {
		switch {
		case m.Weak:
			out = "doubted"
		case out == "silent":
			out = "right"
		}
	}
	if len(r.NotFound) > 0 {
		out = "wrong"
	}
	return out
}
