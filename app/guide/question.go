package guide

import "slices"

// measure is something that can be counted, summed or averaged.
type measure string

// The measures of orders and their lines.
const (
	sales          measure = "sales"
	gross          measure = "gross sales"
	discounts      measure = "discounts"
	orders         measure = "orders"
	units          measure = "units sold"
	freight        measure = "freight"
	averageFreight measure = "average freight"
	averageOrder   measure = "average order value"
	buyers         measure = "customers with orders"
	destinations   measure = "countries with orders"
	shippingDays   measure = "average days to ship"
	daysLate       measure = "average days late"
	largestOrder   measure = "largest order value"
	smallestOrder  measure = "smallest order value"
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
	onOrder      measure = "units on order"
	stockValue   measure = "stock value"
)

// kind is a sort of thing: one can group by it, filter by one of its names, or
// list it.
type kind string

// The kinds.
const (
	year     kind = "year"
	quarter  kind = "quarter"
	month    kind = "month"
	half     kind = "half-year"
	day      kind = "day"
	stretch  kind = "period" // any times that are set side by side
	country  kind = "country"
	category kind = "category"
	product  kind = "product"
	customer kind = "customer"
	employee kind = "employee"
	shipper  kind = "shipper"
	supplier kind = "supplier"
	origin   kind = "supplier country"
	city     kind = "city"
	order    kind = "order" // to be listed, ranked or averaged over
)

func (k kind) isTime() bool {
	return k == year || k == half || k == quarter || k == month || k == day || k == stretch
}

// preposition returns the one before a group of the kind.
func (k kind) preposition() string {
	switch {
	case k == day:
		return "on"
	case k.isTime():
		return "in"
	default:
		return "for"
	}
}

// plural returns the name of several of the kind.
func (k kind) plural() string {
	switch k {
	case country:
		return "countries"
	case origin:
		return "supplier countries"
	case category:
		return "categories"
	case city:
		return "cities"
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
	outOfStock   trait = "out of stock"
	late         trait = "shipped late"
	onTime       trait = "shipped on time"
	unshipped    trait = "not shipped yet"
	idle         trait = "without orders"
	inStock      trait = "in stock" // only asked of one product
)

// question is what was asked, fully understood.
type question struct {
	list     kind      // list these things, in place of measures
	measures []measure // at least one, unless list is set; the first one ranks
	dims     []kind    // at most two
	rank     rank      // none, or which end
	within   kind      // rank in each of these apart
	limit    int       // how many ranks, if there is a rank
	when     period
	names    map[kind][]string // filters, spelt as in the data
	without  map[kind][]string // names that are left out
	bound    bound             // only groups whose figure is so large, or so small
	pick     bool              // all groups are asked for, and their figure is beside the point
	traits   []trait
	average  kind  // the measure is averaged over things or times of this kind
	share    bool  // each figure is set against all of them together
	rate     trait // the share of those that have it
	growth   growth
	pages    []int  // how many ranks each page of the ranking had that was shown before
	shipped  bool   // orders are dated by when they were shipped, and only those count that were
	record   string // the number of the one order that is asked for
	whether  trait  // whether the one product that is named has this

	// These are set once it is known what the data hold.
	asked *period // when before it was cut to whole times, if it was
	whole int     // how many whole times there are to average over
	parts []span  // these times
}

// rank says which end of an order is asked for.
type rank int

// The ranks.
const (
	unranked rank = iota
	top
	bottom
)

func (q question) isTimely() bool {
	return !q.when.isZero() || q.growth.isSet() || slices.ContainsFunc(q.dims, kind.isTime) || q.average.isTime() || q.within.isTime()
}

func (q question) has(t trait) bool { return slices.Contains(q.traits, t) }

// mentions reports whether q groups, filters or averages by k.
func (q question) mentions(k kind) bool {
	return slices.Contains(q.dims, k) || len(q.names[k]) > 0 || len(q.without[k]) > 0 || q.average == k || q.within == k
}

// kinds lists those kinds that have names, in the order in which people read them.
func kinds() []kind {
	return []kind{category, product, customer, employee, shipper, supplier, origin, city, country}
}
