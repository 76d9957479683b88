package guide

import "slices"

// planList returns the SQL that lists things.
func planList(q question) string {
	src := sourceOf(q)
	name := heading(q.list)
	if q.list == order {
		name = "Order ID"
	}
	columns := []string{as(src.kinds[q.list], name)}
	switch q.list {
	case customer:
		columns = append(columns, "c.City", "c.Country")
	case supplier:
		columns = append(columns, "s.City", "s.Country")
	case employee:
		columns = append(columns, "e.Title", "e.City", "e.Country")
	case product:
		columns = append(columns, "k.CategoryName AS Category", as("p.UnitPrice", priceHeading), as("p.UnitsInStock", "Units in stock"))
		if slices.ContainsFunc(q.traits, trait.ofStock) {
			columns = append(columns, as("p.UnitsOnOrder", "Units on order"), as("p.ReorderLevel", "Reorder level"))
		}
		columns = append(columns, q.statusColumns()...)
	case category:
		columns = append(columns, "k.Description")
	case shipper:
		columns = append(columns, "h.Phone")
	case order:
		columns = append(columns, orderColumns(q)...)
	}
	// An order shows once, however many of its lines match.
	return query{distinct: q.lineLevel() || q.list == supplier && (q.mentions(product) || q.mentions(category)), columns: columns, from: body(q, src), order: "1"}.String()
}

func orderColumns(q question) []string {
	columns := []string{as("c.CompanyName", "Customer"), as("o.OrderDate", "Order date"), as("o.RequiredDate", "Required")}
	if !q.has(unshipped) {
		columns = append(columns, as("o.ShippedDate", "Shipped"))
	}
	if q.has(late) {
		columns = append(columns, as("CAST(julianday(o.ShippedDate) - julianday(o.RequiredDate) AS INTEGER)", "Days late"))
	}
	return columns
}
