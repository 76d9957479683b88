package guide

import (
	"fmt"
	"slices"
)

// source is a table to start from and what can be reached from it.
type source struct {
	from  string
	table kind // the kind of its rows; empty for orders
	kinds map[kind]string
}

// sourceOf returns where the figures of table, or of orders if it is empty, come
// from. The map says by which expression each kind shows.
func sourceOf(table kind) source {
	switch table {
	case product:
		return source{from: "Products p", table: product, kinds: map[kind]string{
			product: "p.ProductName", category: "k.CategoryName", supplier: "s.CompanyName"}}
	case customer:
		return source{from: "Customers c", table: customer, kinds: map[kind]string{customer: "c.CompanyName", country: "c.Country"}}
	case supplier:
		return source{from: "Suppliers s", table: supplier, kinds: map[kind]string{supplier: "s.CompanyName", country: "s.Country"}}
	case employee:
		return source{from: "Employees e", table: employee, kinds: map[kind]string{employee: fullName, country: "e.Country"}}
	case category:
		return source{from: "Categories k", table: category, kinds: map[kind]string{category: "k.CategoryName"}}
	case shipper:
		return source{from: "Shippers h", table: shipper, kinds: map[kind]string{shipper: "h.CompanyName"}}
	default:
		return source{from: "Orders o", kinds: map[kind]string{
			order:    "o.OrderID",
			year:     "strftime('%Y', o.OrderDate)",
			quarter:  "strftime('%Y', o.OrderDate) || '-Q' || ((strftime('%m', o.OrderDate) + 2) / 3)",
			month:    "strftime('%Y-%m', o.OrderDate)",
			country:  "o.ShipCountry",
			customer: "c.CompanyName",
			employee: fullName,
			shipper:  "h.CompanyName",
			product:  "p.ProductName",
			category: "k.CategoryName",
			supplier: "s.CompanyName",
		}}
	}
}

const fullName = "e.FirstName || ' ' || e.LastName"

// ofLines reports whether k is known per line of an order only.
func (k kind) ofLines() bool { return k == product || k == category || k == supplier }

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

// checkTables refuses what the tables cannot tell: a group or filter that does not
// apply, or measures that do not go together.
func checkTables(q question) error {
	for _, m := range q.measures {
		s, ok := m.spec()
		switch {
		case !ok:
			return refuse("I cannot count %s.", m)
		case len(q.measures) > 1 && s.table != "":
			return refuse("I can show “%s” on its own only, not beside another figure.", m)
		case s.whole && q.lineLevel():
			return refuse("“%s” belongs to whole orders and cannot be divided among products, categories or suppliers.", m)
		}
	}
	if err := checkMeasures(q); err != nil {
		return err
	}
	src, about := sourceOf(q.table()), q.table()
	if about == "" {
		return checkTraits(q)
	}
	if q.isTimely() {
		return refuse("The list of %s has no dates; sales, orders, units and freight do.", about.plural())
	}
	for _, k := range kinds() {
		_, ok := src.kinds[k]
		if q.mentions(k) && (!ok || k == about && q.priceless()) {
			return refuse("I can tell %s only, and cannot go by %s there.", describeTable(about), k)
		}
	}
	return checkTraits(q)
}

// priceless reports whether q counts or averages, so that one thing alone makes no
// sense.
func (q question) priceless() bool {
	return q.list != "" || !slices.Contains(q.measures, price) && !slices.Contains(q.measures, stock)
}

// checkMeasures refuses figures that would be doubled by others, or have no meaning
// in groups.
func checkMeasures(q question) error {
	lines, whole := q.lineLevel(), false
	for _, m := range q.measures {
		s, _ := m.spec()
		lines = lines || s.lines && m != averageOrder
		whole = whole || m == freight || m == averageFreight
	}
	switch {
	case whole && (lines || slices.Contains(q.measures, averageOrder)):
		return refuse("Freight belongs to whole orders; please ask for it apart from figures about their lines.")
	case slices.Contains(q.measures, price) && !slices.Equal(q.dims, []kind{product}):
		return refuse("A single price belongs to a product; by group I can show the “average price”.")
	case slices.Contains(q.measures, buyers) && q.mentions(customer), slices.Contains(q.measures, destinations) && q.mentions(country):
		return refuse("I did not understand what to count by what.")
	}
	return nil
}

func checkTraits(q question) error {
	if q.has(discontinued) && slices.ContainsFunc(q.traits, trait.ofStock) {
		return refuse("Discontinued products are not reordered; please ask for the one or the other.")
	}
	for _, f := range q.traits {
		ok, subject := q.table() == product, "products"
		if f.ofOrder() {
			subject, ok = "lists and numbers of orders", q.table() == "" && !slices.ContainsFunc(q.measures, func(m measure) bool { return m != orders })
		}
		if !ok {
			return refuse("I did not understand “%s” here; I know it of %s only.", f, subject)
		}
	}
	return nil
}

func describeTable(k kind) string {
	switch k {
	case product:
		return "products by category or supplier"
	case customer, supplier, employee:
		return fmt.Sprintf("%s by country", k.plural())
	default:
		return fmt.Sprintf("how many %s there are", k.plural())
	}
}

// lineLevel reports whether q groups or filters by what only lines of orders know.
func (q question) lineLevel() bool {
	return q.table() == "" && slices.ContainsFunc(kinds(), func(k kind) bool { return k.ofLines() && q.mentions(k) })
}
