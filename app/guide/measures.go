package guide

// unit is how a figure is written.
type unit int

// The units.
const (
	count unit = iota // a whole number
	money             // two decimals
)

// spec is all that is known about a measure.
type spec struct {
	heading  string // of its column
	table    kind   // the things it is about, or empty for orders
	expr     string // its aggregate in SQL
	unit     unit
	lines    bool   // it needs the lines of orders
	whole    bool   // it belongs to whole orders, and cannot be divided among products
	sentence string // %s is the scope, %v the figure
	note     string // what was measured, for the end of an answer
}

const priceHeading = "List price"

const lineValue = "d.UnitPrice * d.Quantity * (1 - d.Discount)"

// onOrders reports whether m is taken from orders.
func (m measure) onOrders() bool {
	s, ok := m.spec()
	return ok && s.table == ""
}

// spec returns what is known about m, and false if there is no such measure.
func (m measure) spec() (spec, bool) {
	s, ok := orderSpec(m)
	if !ok {
		s, ok = thingSpec(m)
	}
	return s, ok
}

func orderSpec(m measure) (spec, bool) {
	switch m {
	case sales:
		return spec{heading: "Sales", expr: "ROUND(SUM(" + lineValue + "), 2)", unit: money, lines: true,
			sentence: "Sales%s came to %v.", note: "Sales are after discounts and without freight"}, true
	case orders:
		return spec{heading: "Orders", expr: "COUNT(DISTINCT o.OrderID)",
			sentence: "Orders%s: %v.", note: "Each order counts once"}, true
	case units:
		return spec{heading: "Units sold", expr: "SUM(d.Quantity)", lines: true,
			sentence: "Units sold%s: %v.", note: "Units are the quantities on the lines of orders"}, true
	case freight:
		return spec{heading: "Freight", expr: "ROUND(SUM(o.Freight), 2)", unit: money, whole: true,
			sentence: "Freight%s came to %v.", note: "Freight is charged per order"}, true
	case averageFreight:
		return spec{heading: "Average freight", expr: "ROUND(AVG(o.Freight), 2)", unit: money, whole: true,
			sentence: "Freight%s averaged %v per order.", note: "Freight is charged per order"}, true
	case averageOrder:
		return spec{heading: "Average order value", expr: "ROUND(SUM(" + lineValue + ") / COUNT(DISTINCT o.OrderID), 2)", unit: money, lines: true, whole: true,
			sentence: "The average order%s was worth %v.", note: "The value of an order is after discounts and without freight"}, true
	case buyers:
		return spec{heading: "Customers with orders", expr: "COUNT(DISTINCT o.CustomerID)",
			sentence: "Customers with at least one order%s: %v.", note: "Customers count if they placed at least one order"}, true
	case destinations:
		return spec{heading: "Countries with orders", expr: "COUNT(DISTINCT o.ShipCountry)",
			sentence: "Countries with at least one order%s: %v.", note: "Countries count if at least one order went there"}, true
	default:
		return spec{}, false
	}
}

func thingSpec(m measure) (spec, bool) {
	counted := func(k kind, heading string) (spec, bool) {
		return spec{heading: heading, table: k, expr: "COUNT(*)",
			sentence: heading + "%s: %v.", note: "Every " + string(k) + " on record counts, with or without orders"}, true
	}
	switch m {
	case customers:
		return counted(customer, "Customers")
	case products:
		s, ok := counted(product, "Products")
		s.note = "Every product on record counts, discontinued ones included"
		return s, ok
	case suppliers:
		return counted(supplier, "Suppliers")
	case employees:
		return counted(employee, "Employees")
	case categories:
		return counted(category, "Categories")
	case shippers:
		return counted(shipper, "Shippers")
	case price:
		return spec{heading: priceHeading, table: product, expr: "MAX(p.UnitPrice)", unit: money,
			sentence: "The list price%s is %v.", note: "Prices are today's list prices, not what past orders paid"}, true
	case averagePrice:
		return spec{heading: "Average list price", table: product, expr: "ROUND(AVG(p.UnitPrice), 2)", unit: money,
			sentence: "The average list price%s is %v.", note: "Prices are today's list prices, each product counting once"}, true
	case stock:
		return spec{heading: "Units in stock", table: product, expr: "SUM(p.UnitsInStock)",
			sentence: "Units in stock%s: %v.", note: "Stock is what the product list says today"}, true
	default:
		return spec{}, false
	}
}
