package guide

// conditions returns what a row with the trait f fulfils, in SQL.
func (f trait) conditions() []string {
	switch f {
	case discontinued:
		return []string{"p.Discontinued = 1"}
	case belowLevel:
		return []string{"p.Discontinued = 0", "p.UnitsInStock < p.ReorderLevel"}
	case reorder:
		return []string{"p.Discontinued = 0", "p.UnitsInStock + p.UnitsOnOrder <= p.ReorderLevel"}
	case outOfStock:
		return []string{"p.UnitsInStock = 0"}
	case late:
		return []string{"o.ShippedDate > o.RequiredDate"}
	case onTime:
		return []string{"o.ShippedDate <= o.RequiredDate"}
	case unshipped:
		return []string{"o.ShippedDate IS NULL"}
	case idle:
		return []string{"NOT EXISTS (SELECT 1 FROM Orders x WHERE x.CustomerID = c.CustomerID)"}
	default:
		return nil
	}
}

// base returns what a row fulfils that could have the trait f, in SQL, or nothing if any
// could.
func (f trait) base() string {
	switch f {
	case late, onTime:
		return "o.ShippedDate IS NOT NULL"
	case belowLevel, reorder:
		return "p.Discontinued = 0"
	default:
		return ""
	}
}

// predicate says the trait f after “that”.
func (f trait) predicate() string {
	switch f {
	case discontinued:
		return "are discontinued"
	case belowLevel:
		return "are below their reorder level"
	case reorder:
		return "are to be reordered"
	case outOfStock:
		return "are out of stock"
	case late:
		return "were shipped late"
	case onTime:
		return "were shipped on time"
	case unshipped:
		return "are not shipped yet"
	case idle:
		return "have no orders"
	default:
		return ""
	}
}

// note defines the trait f for the end of an answer, where its name leaves a choice.
func (f trait) note() string {
	switch f {
	case belowLevel:
		return "A product is below its reorder level if fewer units are in stock than that level; units on order do not count, and discontinued products are left out"
	case reorder:
		return "A product is to be reordered if its units in stock and on order together are at or below its reorder level; discontinued products are left out"
	case outOfStock:
		return "A product is out of stock if no units are in stock; units on order do not count, and discontinued products do"
	case late:
		return "An order was late if it was shipped after the day for which it was required; orders that are not shipped yet are left out"
	case onTime:
		return "An order was on time if it was shipped by the day for which it was required; orders that are not shipped yet are left out"
	case unshipped:
		return "An order is not shipped yet if it has no date of shipping"
	case discontinued:
		return "Discontinued is what the product list says today"
	default:
		return ""
	}
}

// ofProducts reports whether f is said of products.
func (f trait) ofProducts() bool { return f == discontinued || f.ofStock() }

// ofOrder reports whether f is said of orders.
func (f trait) ofOrder() bool { return f == late || f == onTime || f == unshipped }

// ofStock reports whether f is about the stock of products.
func (f trait) ofStock() bool { return f == belowLevel || f == reorder || f == outOfStock }

// rateHeading and baseHeading head the numbers of those that have the trait of a rate,
// and of those that could.
func (q question) rateHeading() string {
	return capital(string(q.measures[0])) + " " + string(q.rate)
}

func (q question) baseHeading() string {
	switch q.rate.base() {
	case "":
		return capital(string(q.measures[0]))
	case late.base():
		return capital(string(q.measures[0])) + " shipped"
	default:
		return capital(string(q.measures[0])) + " not discontinued"
	}
}
