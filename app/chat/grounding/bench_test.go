package grounding_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/pomerium/pomchat/app/chat/grounding"
)

// An answer of 50 figures over 10,000 cells: the limit is 5 ms.
func BenchmarkCheck(b *testing.B) {
	db := openNorthwind(b)
	t := queryTable(b, db, `SELECT c.CompanyName AS Customer, p.ProductName AS Product, o.OrderDate, d.UnitPrice, d.Quantity, d.Discount, o.Freight,
		round(d.UnitPrice*d.Quantity*(1-d.Discount), 2) AS Amount
		FROM Orders o JOIN "Order Details" d USING (OrderID) JOIN Customers c USING (CustomerID) JOIN Products p USING (ProductID) LIMIT 1250`)
	var right, mixed strings.Builder
	for i := range 25 {
		r := t.Rows[i*40]
		fmt.Fprintf(&right, "- **%s** bought %s for %v with freight of %v.\n", r[0], r[1], r[7], r[6])
		fmt.Fprintf(&mixed, "- **%s** bought %s for %v, which is %d.%d %% of it.\n", r[0], r[1], r[7], 10+i, i%10)
	}
	for _, bb := range []struct{ name, text string }{
		{"right", right.String()}, {"mixed", mixed.String()}, {"unnamed", strings.Repeat("Then it was 4,711.08 and 23.4 % in all.\n\n", 25)},
	} {
		b.Run(bb.name, func(b *testing.B) {
			tables := []grounding.Table{t}
			r := grounding.Check(bb.text, tables)
			b.ReportMetric(float64(len(r.Marks)), "marks")
			b.ReportMetric(float64(len(r.NotFound)), "not-found")
			for b.Loop() {
				grounding.Check(bb.text, tables)
			}
		})
	}
}
