package guide

import (
	"slices"
	"strings"
)

// joinsLines reports whether q reads the lines of orders.
func joinsLines(q question) bool {
	return q.lineLevel() || slices.ContainsFunc(q.measures, func(m measure) bool {
		s, _ := m.spec()
		return s.lines
	})
}

// joinsTotals reports whether q reads the lines of each order added up before, so that
// what belongs to whole orders does not count once a line.
func joinsTotals(q question) bool {
	return !q.lineLevel() && joinsLines(q) && slices.ContainsFunc(q.measures, func(m measure) bool {
		s, _ := m.spec()
		return s.table == "" && (s.whole && !s.lines || s.perOrder)
	})
}

const totals = `JOIN (
  SELECT d.OrderID, SUM(` + lineValue + `) AS Sales, SUM(` + lineGross + `) AS Gross,
    SUM(` + lineOff + `) AS Discounts, SUM(d.Quantity) AS Units
  FROM "Order Details" d
  GROUP BY d.OrderID
) t ON t.OrderID = o.OrderID`

// expression returns the aggregate of m in SQL.
func expression(q question, m measure) string {
	s, _ := m.spec()
	switch {
	case joinsTotals(q) && s.totals != "":
		return s.totals
	case m == suppliers && (q.mentions(product) || q.mentions(category)):
		return "COUNT(DISTINCT s.SupplierID)"
	case m == orders && !joinsLines(q):
		return "COUNT(*)"
	default:
		return s.expr
	}
}

// joinClauses returns a JOIN for each table that q needs beside its first one.
func joinClauses(q question) []string {
	var joins []string
	about := q.table()
	if about == "" {
		switch {
		case joinsTotals(q):
			joins = append(joins, totals)
		case joinsLines(q):
			joins = append(joins, `JOIN "Order Details" d ON d.OrderID = o.OrderID`)
		}
		if q.lineLevel() {
			joins = append(joins, "JOIN Products p ON p.ProductID = d.ProductID")
		}
		for _, j := range []struct {
			kind kind
			join string
		}{
			{customer, "JOIN Customers c ON c.CustomerID = o.CustomerID"},
			{employee, "JOIN Employees e ON e.EmployeeID = o.EmployeeID"},
			{shipper, "JOIN Shippers h ON h.ShipperID = o.ShipVia"},
		} {
			if q.mentions(j.kind) || q.list == order && j.kind == customer {
				joins = append(joins, j.join)
			}
		}
	}
	if about == supplier && (q.mentions(product) || q.mentions(category)) {
		joins = append(joins, "JOIN Products p ON p.SupplierID = s.SupplierID")
		if q.mentions(category) {
			joins = append(joins, "JOIN Categories k ON k.CategoryID = p.CategoryID")
		}
	}
	if about == "" || about == product {
		if q.mentions(category) || q.list == product {
			joins = append(joins, "JOIN Categories k ON k.CategoryID = p.CategoryID")
		}
		if q.mentions(supplier) || q.mentions(origin) {
			joins = append(joins, "JOIN Suppliers s ON s.SupplierID = p.SupplierID")
		}
	}
	return joins
}

// conditions returns what a row must fulfil. Names of what shares are taken of, and the
// trait of a rate, only choose among the rows.
func conditions(q question, src source) []string {
	out := q.when.conditions(q.dated())
	if q.shipped && len(out) == 0 {
		out = []string{shippedColumn + " IS NOT NULL"}
	}
	for _, k := range kinds() {
		if len(q.names[k]) > 0 && !(q.share && len(q.dims) > 0 && q.dims[0] == k) {
			out = append(out, src.kinds[k]+equals(q.names[k]))
		}
	}
	for _, k := range kinds() {
		if len(q.without[k]) > 0 {
			out = append(out, src.kinds[k]+excepts(q.without[k]))
		}
	}
	for _, f := range q.traits {
		out = append(out, f.conditions()...)
	}
	if base := q.rate.base(); base != "" {
		out = append(out, base)
	}
	return out
}

func equals(values []string) string {
	quoted := make([]string, len(values))
	for i, v := range values {
		quoted[i] = literal(v)
	}
	if len(quoted) == 1 {
		return " = " + quoted[0]
	}
	return " IN (" + strings.Join(quoted, ", ") + ")"
}
