package grounding_test

import (
	"cmp"
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/pomerium/pomchat/app/chat/grounding"
)

// Tables of real rows, and the column that names them.
var realTables = []struct {
	name, query string
}{
	{"10 rows", `SELECT c.CompanyName AS Customer, c.Country, count(DISTINCT o.OrderID) AS Orders, sum(d.Quantity) AS Units,
		round(sum(d.UnitPrice*d.Quantity*(1-d.Discount)), 2) AS Revenue
		FROM Orders o JOIN "Order Details" d USING (OrderID) JOIN Customers c USING (CustomerID) GROUP BY 1 ORDER BY 5 DESC LIMIT 10`},
	{"100 rows", `SELECT c.CompanyName || ' ' || strftime('%Y', o.OrderDate) AS Customer, c.Country, count(DISTINCT o.OrderID) AS Orders, sum(d.Quantity) AS Units,
		round(sum(d.UnitPrice*d.Quantity*(1-d.Discount)), 2) AS Revenue
		FROM Orders o JOIN "Order Details" d USING (OrderID) JOIN Customers c USING (CustomerID) GROUP BY 1 ORDER BY 5 DESC LIMIT 100`},
	{"1,000 rows", `SELECT c.CompanyName AS Customer, p.ProductName AS Product, o.OrderDate, d.UnitPrice, d.Quantity, d.Discount, o.Freight,
		round(d.UnitPrice*d.Quantity*(1-d.Discount), 2) AS Amount
		FROM Orders o JOIN "Order Details" d USING (OrderID) JOIN Customers c USING (CustomerID) JOIN Products p USING (ProductID) LIMIT 1000`},
}

// An invented figure must come out as not found. Those tried have three or more
// significant digits and the sizes that the data have, since nobody invents others; in one half of the
// sentences they are said of a row by its name, which is where a match is accepted most
// easily. What remains are accidents: figures that some number of the table really rounds
// to. The bounds are about twice what was measured.
func TestInventedFiguresAreNotFound(t *testing.T) {
	db := openNorthwind(t)
	const paragraphs, texts = 200, 5
	const tries = paragraphs * texts
	for _, tt := range realTables {
		tables := []grounding.Table{queryTable(t, db, tt.query)}
		cells := numbers(tables[0])
		all := 0
		for _, form := range forms() {
			random := rand.New(rand.NewPCG(7, 11))
			found := 0
			for range texts {
				var text strings.Builder
				for i := range paragraphs {
					of := ""
					if i%2 == 0 {
						of = fmt.Sprintf("For %s it", tables[0].Rows[random.IntN(len(tables[0].Rows))][0])
					}
					fmt.Fprintf(&text, "%s comes to %s in all.\n\n", cmp.Or(of, "It"), form.write(random, cells[random.IntN(len(cells))]))
				}
				r := grounding.Check(text.String(), tables)
				if len(r.Marks)+len(r.NotFound) != paragraphs {
					t.Fatalf("%d figures in %s", len(r.Marks)+len(r.NotFound), text.String())
				}
				found += len(r.Marks)
			}
			rate := float64(found) / tries
			t.Logf("%-10s %-12s %.2f %%", tt.name, form.name, 100*rate)
			if rate > form.bound {
				t.Errorf("%s: %.2f %% of the invented figures like %s are found, more than %.1f %%", tt.name, 100*rate, form.name, 100*form.bound)
			}
			all += found
		}
		rate := float64(all) / float64(tries*len(forms()))
		t.Logf("%-10s %-12s %.2f %%", tt.name, "all", 100*rate)
		if rate > 0.015 {
			t.Errorf("%s: %.2f %% of the invented figures are found", tt.name, 100*rate)
		}
	}
}

type form struct {
	name  string
	bound float64 // rate of false matches that is accepted
	write func(random *rand.Rand, like float64) string
}

// forms are the ways to write an invented number like a real one: off by up to a half.
func forms() []form {
	near := func(random *rand.Rand, like float64) float64 {
		return math.Abs(like) * (0.5 + random.Float64())
	}
	atLeast := func(v, least float64) float64 {
		for v < least {
			v = v*7 + least/2
		}
		return v
	}
	return []form{
		{"123", 0.02, func(random *rand.Rand, like float64) string {
			return fmt.Sprint(100 + random.IntN(900))
		}},
		{"12,345", 0.02, func(random *rand.Rand, like float64) string {
			return group(fmt.Sprintf("%.0f", atLeast(near(random, like), 2500)))
		}},
		{"1,234.56", 0.02, func(random *rand.Rand, like float64) string {
			return group(fmt.Sprintf("%.2f", atLeast(near(random, like), 1.5)))
		}},
		{"12.3 %", 0.04, func(random *rand.Rand, like float64) string { return fmt.Sprintf("%.1f %%", 10+89*random.Float64()) }},
		{"1.23 million", 0.02, func(random *rand.Rand, like float64) string {
			return fmt.Sprintf("%.2f million", 1+9*random.Float64())
		}},
		{"123k", 0.02, func(random *rand.Rand, like float64) string { return fmt.Sprintf("%dk", 100+random.IntN(900)) }},
	}
}

func numbers(t grounding.Table) []float64 {
	var out []float64
	for _, row := range t.Rows {
		for _, cell := range row {
			if n, ok := cell.(json.Number); ok {
				if v, err := n.Float64(); err == nil && v != 0 {
					out = append(out, v)
				}
			}
		}
	}
	return out
}

func group(s string) string {
	whole, fraction, found := strings.Cut(s, ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if found {
		whole += "." + fraction
	}
	return whole
}
