package guide

import (
	"fmt"
	"slices"
	"strings"
)

// source is a table to start from and what can be reached from it.
type source struct {
	from  string
	table kind // the kind of its rows; empty for orders
	kinds map[kind]string
}

// sourceOf returns where the figures of q come from. The map says by which expression
// each kind shows.
func sourceOf(q question) source {
	switch table := q.table(); table {
	case product:
		return source{from: "Products p", table: product, kinds: map[kind]string{
			product: "p.ProductName", category: "k.CategoryName", supplier: "s.CompanyName", origin: "s.Country"}}
	case customer:
		return source{from: "Customers c", table: customer, kinds: map[kind]string{customer: "c.CompanyName", country: "c.Country", city: "c.City"}}
	case supplier:
		return source{from: "Suppliers s", table: supplier, kinds: map[kind]string{supplier: "s.CompanyName", country: "s.Country", city: "s.City", product: "p.ProductName", category: "k.CategoryName"}}
	case employee:
		return source{from: "Employees e", table: employee, kinds: map[kind]string{employee: fullName, country: "e.Country", city: "e.City"}}
	case category:
		return source{from: "Categories k", table: category, kinds: map[kind]string{category: "k.CategoryName"}}
	case shipper:
		return source{from: "Shippers h", table: shipper, kinds: map[kind]string{shipper: "h.CompanyName"}}
	default:
		at := q.dated()
		return source{from: "Orders o", kinds: map[kind]string{
			order:    "o.OrderID",
			year:     "strftime('%Y', " + at + ")",
			half:     "strftime('%Y', " + at + ") || '-H' || ((strftime('%m', " + at + ") + 5) / 6)",
			day:      at,
			quarter:  "strftime('%Y', " + at + ") || '-Q' || ((strftime('%m', " + at + ") + 2) / 3)",
			month:    "strftime('%Y-%m', " + at + ")",
			country:  "o.ShipCountry",
			city:     "o.ShipCity",
			customer: "c.CompanyName",
			employee: fullName,
			shipper:  "h.CompanyName",
			product:  "p.ProductName",
			category: "k.CategoryName",
			supplier: "s.CompanyName",
			origin:   "s.Country",
			stretch:  q.when.cases(at),
		}}
	}
}

// cases tells in SQL which of the spans of p an order belongs to.
func (p period) cases(column string) string {
	var b strings.Builder
	b.WriteString("CASE")
	for _, s := range p.spans {
		b.WriteString(" WHEN " + strings.Join(s.condition(column), " AND ") + " THEN " + literal(s.String()))
	}
	return b.String() + " END"
}

const fullName = "e.FirstName || ' ' || e.LastName"

// ofLines reports whether k is known per line of an order only.
func (k kind) ofLines() bool { return k == product || k == category || k == supplier || k == origin }

// table returns the things q is about, or empty for orders.
func (q question) table() kind {
	switch q.list {
	case "":
	case order:
		return ""
	default:
		return q.list
	}
	s, _ := q.measures[0].spec()
	return s.table
}

func describeTable(k kind) string {
	switch k {
	case product:
		return "products by category or supplier"
	case customer, supplier, employee:
		return fmt.Sprintf("%s by country or city", k.plural())
	default:
		return fmt.Sprintf("how many %s there are", k.plural())
	}
}

// lineLevel reports whether q groups or filters by what only lines of orders know.
func (q question) lineLevel() bool {
	return q.table() == "" && slices.ContainsFunc(kinds(), func(k kind) bool { return k.ofLines() && q.mentions(k) })
}
