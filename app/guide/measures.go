package guide

// unit is how a figure is written.
type unit int

// The units.
const (
	count   unit = iota // a whole number
	money               // two decimals
	ratio               // two decimals, and no money
	percent             // one decimal and a sign
	changed             // a percent with its sign
	moved               // money with its sign
	shifted             // a whole number with its sign
	drifted             // a ratio with its sign
)

// spec is all that is known about a measure.
type spec struct {
	heading  string // of its column
	table    kind   // the things it is about, or empty for orders
	expr     string // its aggregate in SQL, before any rounding
	totals   string // the same where each order is one row t with its totals
	unit     unit
	lines    bool   // it needs the lines of orders
	perOrder bool   // it needs the total of each order
	whole    bool   // it belongs to whole orders, and cannot be divided among products
	alone    bool   // it makes no sense beside other figures
	additive bool   // those of two groups that share nothing add up
	sentence string // %s is the scope, %v the figure
	note     string // what was measured, for the end of an answer
}

const priceHeading = "List price"

const (
	lineGross = "d.UnitPrice * d.Quantity"
	lineValue = lineGross + " * (1 - d.Discount)"
	lineOff   = lineGross + " * d.Discount"
)

// onOrders reports whether m is taken from orders.
func (m measure) onOrders() bool {
	s, ok := m.spec()
	return ok && s.table == ""
}

// spec returns what is known about m, and false if there is no such measure.
func (m measure) spec() (spec, bool) {
	for _, of := range []func(measure) (spec, bool){lineSpec, orderSpec, traitSpec, thingSpec} {
		if s, ok := of(m); ok {
			return s, true
		}
	}
	return spec{}, false
}

// Every answer about money says that.
const noCurrency = "The database names no currency"

func lineSpec(m measure) (spec, bool) {
	switch m {
	case sales:
		return spec{heading: "Sales", expr: "SUM(" + lineValue + ")", totals: "SUM(t.Sales)", unit: money, lines: true, additive: true,
			sentence: "Sales%s came to %v.", note: "Sales are after discounts and without freight"}, true
	case gross:
		return spec{heading: "Gross sales", expr: "SUM(" + lineGross + ")", totals: "SUM(t.Gross)", unit: money, lines: true, additive: true,
			sentence: "Gross sales%s came to %v.", note: "Gross sales are before discounts and without freight"}, true
	case discounts:
		return spec{heading: "Discounts", expr: "SUM(" + lineOff + ")", totals: "SUM(t.Discounts)", unit: money, lines: true, additive: true,
			sentence: "Discounts%s came to %v.", note: "Discounts are the amounts taken off the gross sales"}, true
	case units:
		return spec{heading: "Units sold", expr: "SUM(d.Quantity)", totals: "SUM(t.Units)", lines: true, additive: true,
			sentence: "Units sold%s: %v.", note: "Units are the quantities on the lines of orders"}, true
	case averageOrder:
		return spec{heading: "Average order value", expr: "SUM(" + lineValue + ") / COUNT(DISTINCT o.OrderID)", totals: "AVG(t.Sales)", unit: money, lines: true, whole: true,
			sentence: "The average order%s was worth %v.", note: "The value of an order is after discounts and without freight"}, true
	case largestOrder:
		return spec{heading: "Largest order", totals: "MAX(t.Sales)", unit: money, lines: true, whole: true, perOrder: true,
			sentence: "The largest order%s was worth %v.", note: "The value of an order is after discounts and without freight"}, true
	case smallestOrder:
		return spec{heading: "Smallest order", totals: "MIN(t.Sales)", unit: money, lines: true, whole: true, perOrder: true,
			sentence: "The smallest order%s was worth %v.", note: "The value of an order is after discounts and without freight"}, true
	default:
		return spec{}, false
	}
}

func orderSpec(m measure) (spec, bool) {
	switch m {
	case orders:
		return spec{heading: "Orders", expr: "COUNT(DISTINCT o.OrderID)", totals: "COUNT(*)", additive: true,
			sentence: "Orders%s: %v.", note: "Each order counts once"}, true
	case freight:
		return spec{heading: "Freight", expr: "SUM(o.Freight)", unit: money, whole: true, additive: true,
			sentence: "Freight%s came to %v.", note: "Freight is charged per order"}, true
	case averageFreight:
		return spec{heading: "Average freight", expr: "AVG(o.Freight)", unit: money, whole: true,
			sentence: "Freight%s averaged %v per order.", note: "Freight is charged per order"}, true
	case shippingDays:
		return spec{heading: "Average days to ship", expr: "AVG(julianday(o.ShippedDate) - julianday(o.OrderDate))", unit: ratio, whole: true,
			sentence: "Orders%s were shipped after %v days on average.", note: "These are the days from the order to its shipping; orders that are not shipped yet are left out"}, true
	case daysLate:
		return spec{heading: "Average days late", expr: "AVG(julianday(o.ShippedDate) - julianday(o.RequiredDate))", unit: ratio, whole: true,
			sentence: "The delay%s averaged %v days.", note: "These are the days from the day for which an order was required to its shipping"}, true
	case buyers:
		return spec{heading: "Customers with orders", expr: "COUNT(DISTINCT o.CustomerID)", totals: "COUNT(DISTINCT o.CustomerID)",
			sentence: "Customers with at least one order%s: %v.", note: "Customers count if they placed at least one order"}, true
	case destinations:
		return spec{heading: "Countries with orders", expr: "COUNT(DISTINCT o.ShipCountry)", totals: "COUNT(DISTINCT o.ShipCountry)",
			sentence: "Countries with at least one order%s: %v.", note: "Countries count if at least one order went there"}, true
	default:
		return spec{}, false
	}
}

func thingSpec(m measure) (spec, bool) {
	counted := func(k kind, heading string) (spec, bool) {
		return spec{heading: heading, table: k, expr: "COUNT(*)", alone: true, additive: true,
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
		s, ok := counted(supplier, "Suppliers")
		s.note = "Every supplier on record counts"
		return s, ok
	case employees:
		return counted(employee, "Employees")
	case categories:
		return counted(category, "Categories")
	case shippers:
		return counted(shipper, "Shippers")
	case price:
		return spec{heading: priceHeading, table: product, expr: "MAX(p.UnitPrice)", unit: money, alone: true,
			sentence: "The list price%s is %v.", note: "Prices are today's list prices, not what past orders paid"}, true
	case averagePrice:
		return spec{heading: "Average list price", table: product, expr: "AVG(p.UnitPrice)", unit: money,
			sentence: "The average list price%s is %v.", note: "Prices are today's list prices, each product counting once"}, true
	case stock:
		return spec{heading: "Units in stock", table: product, expr: "SUM(p.UnitsInStock)", additive: true,
			sentence: "Units in stock%s: %v.", note: "Stock is what the product list says today"}, true
	case onOrder:
		return spec{heading: "Units on order", table: product, expr: "SUM(p.UnitsOnOrder)", additive: true,
			sentence: "Units on order%s: %v.", note: "Units on order are what the product list says is ordered from suppliers today"}, true
	case stockValue:
		return spec{heading: "Stock value", table: product, expr: "SUM(p.UnitsInStock * p.UnitPrice)", unit: money, additive: true,
			sentence: "The stock%s is worth %v.", note: "Stock is valued at today's list prices, not at cost"}, true
	default:
		return spec{}, false
	}
}
