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
	case late:
		return []string{"o.ShippedDate > o.RequiredDate"}
	case unshipped:
		return []string{"o.ShippedDate IS NULL"}
	default:
		return nil
	}
}

// scope says the trait f after the name of what has it.
func (f trait) scope() string {
	switch f {
	case discontinued:
		return "that are discontinued"
	case belowLevel:
		return "that are below their reorder level"
	case reorder:
		return "that are to be reordered"
	case late:
		return "that were shipped late"
	case unshipped:
		return "that are not shipped yet"
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
	case late:
		return "An order was late if it was shipped after the day for which it was required; orders that are not shipped yet are left out"
	default:
		return ""
	}
}

// ofProducts reports whether f is said of products.
func (f trait) ofProducts() bool { return f == discontinued || f.ofStock() }

// ofOrder reports whether f is said of orders.
func (f trait) ofOrder() bool { return f == late || f == unshipped }

// ofStock reports whether f compares the stock of products with their reorder level.
func (f trait) ofStock() bool { return f == belowLevel || f == reorder }
