package guide

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// joinsLines reports whether q reads the lines of orders.
func joinsLines(q question) bool {
	return q.lineLevel() || slices.ContainsFunc(q.measures, func(m measure) bool {
		s, _ := m.spec()
		return s.lines
	})
}

// joinClauses returns a JOIN for each table that q needs beside its first one.
func joinClauses(q question) []string {
	var joins []string
	about := q.table()
	if about == "" {
		if joinsLines(q) {
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
	if about == "" || about == product {
		if q.mentions(category) || q.list == product {
			joins = append(joins, "JOIN Categories k ON k.CategoryID = p.CategoryID")
		}
		if q.mentions(supplier) {
			joins = append(joins, "JOIN Suppliers s ON s.SupplierID = p.SupplierID")
		}
	}
	return joins
}

// conditions returns what a row must fulfil.
func conditions(q question, src source) []string {
	out := timeConditions(q.when)
	for _, k := range kinds() {
		if len(q.names[k]) > 0 {
			out = append(out, src.kinds[k]+equals(q.names[k]))
		}
	}
	for _, f := range q.traits {
		out = append(out, f.conditions()...)
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

func timeConditions(p period) []string {
	var out []string
	switch n := len(p.years); {
	case n > 0 && p.years[n-1]-p.years[0] == n-1:
		out = append(out, "o.OrderDate >= "+date(p.years[0]), "o.OrderDate < "+date(p.years[n-1]+1))
	case n > 0:
		var years []string
		for _, y := range p.years {
			years = append(years, strconv.Itoa(y))
		}
		out = append(out, "strftime('%Y', o.OrderDate)"+equals(years))
	}
	if p.since != 0 {
		out = append(out, "o.OrderDate >= "+date(p.since))
	}
	if p.before != 0 {
		out = append(out, "o.OrderDate < "+date(p.before))
	}
	if p.month != 0 {
		out = append(out, fmt.Sprintf("strftime('%%m', o.OrderDate) = '%02d'", p.month))
	}
	if p.quarter != 0 {
		out = append(out, fmt.Sprintf("(strftime('%%m', o.OrderDate) + 2) / 3 = %d", p.quarter))
	}
	return out
}
