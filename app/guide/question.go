package guide

import "slices"

// measure is something that can be counted, summed or averaged.
type measure string

// The measures of orders and their lines.
const (
	sales          measure = "sales"
	orders         measure = "orders"
	units          measure = "units sold"
	freight        measure = "freight"
	averageFreight measure = "average freight"
	averageOrder   measure = "average order value"
	buyers         measure = "customers with orders"
	destinations   measure = "countries with orders"
)

// The measures of the things themselves.
const (
	customers    measure = "customers"
	products     measure = "products"
	suppliers    measure = "suppliers"
	employees    measure = "employees"
	categories   measure = "categories"
	shippers     measure = "shippers"
	price        measure = "list price"
	averagePrice measure = "average list price"
	stock        measure = "units in stock"
)

// kind is a sort of thing: one can group by it, filter by one of its names, or
// list it.
type kind string

// The kinds.
const (
	year     kind = "year"
	quarter  kind = "quarter"
	month    kind = "month"
	country  kind = "country"
	category kind = "category"
	product  kind = "product"
	customer kind = "customer"
	employee kind = "employee"
	shipper  kind = "shipper"
	supplier kind = "supplier"
	order    kind = "order" // to be listed only
)

func (k kind) isTime() bool { return k == year || k == quarter || k == month }

// plural returns the name of several of the kind.
func (k kind) plural() string {
	switch k {
	case country:
		return "countries"
	case category:
		return "categories"
	default:
		return string(k) + "s"
	}
}

// trait is a condition that has no name in the data.
type trait string

// The traits.
const (
	discontinued trait = "discontinued"
	belowLevel   trait = "below the reorder level"
	reorder      trait = "to be reordered"
	late         trait = "shipped late"
	unshipped    trait = "not shipped yet"
)

// question is what was asked, fully understood.
type question struct {
	list     kind      // list these things, in place of measures
	measures []measure // at least one, unless list is set; the first one ranks
	dims     []kind    // at most two
	rank     rank      // none, or which end
	limit    int       // how many ranks, if there is a rank
	when     period
	names    map[kind][]string // filters, spelt as in the data
	traits   []trait
}

// rank says which end of an order is asked for.
type rank int

// The ranks.
const (
	unranked rank = iota
	top
	bottom
)

// period restricts orders by their date. Zero fields restrict nothing.
type period struct {
	years   []int
	ranged  bool // the years were given as a range, so their sum is meant
	since   int  // from the first of January of this year on
	before  int  // up to the end of the year before
	month   int  // 1 to 12
	quarter int  // 1 to 4
}

func (p period) isZero() bool {
	return len(p.years) == 0 && p.since == 0 && p.before == 0 && p.month == 0 && p.quarter == 0
}

func (q question) isTimely() bool {
	return !q.when.isZero() || slices.ContainsFunc(q.dims, kind.isTime)
}

func (q question) has(t trait) bool { return slices.Contains(q.traits, t) }

// mentions reports whether q groups or filters by k.
func (q question) mentions(k kind) bool {
	return slices.Contains(q.dims, k) || len(q.names[k]) > 0
}

// kinds lists those kinds that have names, in the order in which people read them.
func kinds() []kind {
	return []kind{category, product, customer, employee, shipper, supplier, country}
}
