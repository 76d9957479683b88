package guide

import "slices"

// checkTables refuses what the tables cannot tell: a group or filter that does not
// apply, or measures that do not go together.
func checkTables(q question) error {
	for _, m := range q.measures {
		s, ok := m.spec()
		switch {
		case !ok:
			return refuse("I cannot count %s.", m)
		case len(q.measures) > 1 && s.alone:
			return refuse("I can show “%s” on its own only, not beside another figure.", m)
		case s.table != q.table():
			return refuse("I cannot show “%s” and “%s” together.", q.measures[0], m)
		case s.whole && q.lineLevel():
			return refuse("“%s” belongs to whole orders and cannot be divided among products, categories or suppliers.", m)
		}
	}
	for _, check := range []func(question) error{checkMeasures, checkAbout, checkShipped, checkWithout, checkTraits, checkDerived} {
		if err := check(q); err != nil {
			return err
		}
	}
	return nil
}

// checkAbout refuses to group or filter things by what their table does not know.
func checkAbout(q question) error {
	src, about := sourceOf(q), q.table()
	if about == "" {
		return nil
	}
	if q.isTimely() {
		return refuse("The list of %s has no dates; sales, orders, units and freight do.", about.plural())
	}
	for _, k := range q.dims {
		if _, ok := src.kinds[k]; !ok {
			return refuse("I can tell %s only, and cannot go by %s there.", describeTable(about), k)
		}
	}
	for _, k := range kinds() {
		_, ok := src.kinds[k]
		if about == supplier && (k == product || k == category) && (slices.Contains(q.dims, k) || len(q.without[k]) > 0) {
			ok = false
		}
		if k == product && q.list == product && q.mentions(k) && len(q.traits) > 0 {
			return refuseStatus()
		}
		if q.mentions(k) && (!ok || k == about && q.priceless()) {
			return refuse("I can tell %s only, and cannot go by %s there.", describeTable(about), k)
		}
	}
	return nil
}

// priceless reports whether q counts or averages, so that one thing alone makes no
// sense.
func (q question) priceless() bool {
	return q.list != "" || !slices.ContainsFunc(q.measures, func(m measure) bool {
		return slices.Contains([]measure{price, stock, onOrder, stockValue}, m)
	})
}

// checkMeasures refuses figures that have no meaning in groups.
func checkMeasures(q question) error {
	switch {
	case slices.Contains(q.measures, price) && !slices.Equal(q.dims, []kind{product}):
		return refuse("A single price belongs to a product; by group I can show the “average price”.")
	case slices.Contains(q.measures, averagePrice) && slices.Contains(q.dims, product):
		return refuse("A product has one list price; please ask for the “price” of products.")
	case slices.Contains(q.measures, buyers) && q.mentions(customer), slices.Contains(q.measures, destinations) && q.mentions(country),
		slices.Contains(q.dims, order) && slices.ContainsFunc(q.measures, func(m measure) bool { return m == orders || m == buyers || m == destinations }):
		return refuse("I did not understand what to count by what.")
	case slices.Contains(q.measures, daysLate) && !q.has(late):
		return refuse("I did not understand which delay is meant.")
	default:
		return nil
	}
}

func checkTraits(q question) error {
	if q.has(discontinued) && slices.ContainsFunc(q.traits, trait.ofStock) {
		return refuse("Discontinued products are not reordered; please ask for the one or the other.")
	}
	if len(q.traits) > 1 && !(len(q.traits) == 2 && q.has(outOfStock) && !q.has(discontinued)) {
		return refuse("I did not understand these conditions together.")
	}
	for _, f := range append(slices.Clip(q.traits), q.rate) {
		ok, subject := q.table() == product, "products"
		if f == idle {
			ok, subject = q.table() == customer, "customers"
		}
		if f.ofOrder() {
			subject, ok = "orders", q.table() == "" && !q.lineLevel()
			ok = ok || q.table() == "" && (q.list == order || slices.Equal(q.measures, []measure{orders})) && q.rate == ""
		}
		if f != "" && !ok {
			return refuse("I did not understand “%s” here; I know it of whole %s only.", f, subject)
		}
	}
	return nil
}

// checkDerived refuses averages, shares and growth that could mean several things.
func checkDerived(q question) error {
	if q.bound.op != "" || q.pick {
		if len(q.dims) != 1 || len(q.measures) != 1 || q.share || q.rate != "" || q.average != "" || q.growth.isSet() || q.rank != unranked {
			return refuse("I can choose one sort of things by one figure at a time.")
		}
	}
	derived := 0
	for _, is := range []bool{q.average != "", q.share, q.rate != "", q.growth.isSet()} {
		if is {
			derived++
		}
	}
	timely := slices.ContainsFunc(q.dims, kind.isTime)
	switch {
	case derived == 0:
		return nil
	case derived > 1:
		return refuse("I can show an average, a share or a growth, but not two of them at once.")
	case len(q.measures) != 1:
		return refuse("I can work out an average, a share or a growth of one figure at a time.")
	case q.rate != "":
		if len(q.dims) > 1 {
			return refuse("I can show such a share by one thing at most.")
		}
		return nil
	case q.share:
		return checkShare(q)
	case q.table() != "":
		return refuse("The list of %s has no dates; sales, orders, units and freight do.", q.table().plural())
	case q.average != "":
		return checkAverage(q, timely)
	case len(q.dims) > 1 || timely || q.growth.steps != "" && len(q.dims) > 0:
		return refuse("I can show growth by one thing at a time.")
	default:
		return nil
	}
}

func checkShare(q question) error {
	s := q.first()
	switch {
	case len(q.dims) != 1:
		return refuse("A share needs to be of one thing, as in “share of sales by category”.")
	case !s.additive || q.measures[0] == orders && q.lineLevel():
		return refuse("Shares of “%s” would not add up to the whole there.", q.measures[0])
	default:
		return nil
	}
}

func checkAverage(q question, timely bool) error {
	s := q.first()
	switch {
	case !s.additive && q.measures[0] != buyers && q.measures[0] != destinations:
		return refuse("“%s” is an average already.", q.measures[0])
	case q.average == day:
		return refuse("I cannot tell whether days without any orders count; I can average per month, quarter or year.")
	case len(q.dims) > 1 || slices.Contains(q.dims, q.average) || slices.Contains(q.dims, stretch) || len(q.names[q.average]) > 0:
		return refuse("I did not understand over what to average.")
	case q.average.isTime() && (timely && !finer(q.average, q.dims[0]) || q.when.month != 0 || q.when.quarter != 0 || len(q.when.spans) > 1):
		return refuse("I can average over times, or show them apart, but not both.")
	case q.average == order && (q.measures[0] == orders || s.whole), q.average == customer && q.measures[0] == buyers, q.average == country && q.measures[0] == destinations:
		return refuse("I did not understand what to average.")
	case q.average.ofLines() && (s.whole || q.measures[0] == orders):
		return refuse("“%s” belongs to whole orders and cannot be divided among products, categories or suppliers.", q.measures[0])
	default:
		return nil
	}
}
