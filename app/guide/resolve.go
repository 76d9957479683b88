package guide

import "slices"

const (
	shownByDefault = 10
	mostDims       = 2
	mostYears      = 50
)

// question decides what the clause as a whole asks. Its error is a refusal.
func (c *clause) question() (question, error) {
	if c.whether != "" {
		return c.status()
	}
	when, err := c.times.together(c.compares).period()
	if err != nil {
		return question{}, err
	}
	q := question{measures: slices.Clone(c.measures), rank: c.rank, when: when, names: c.names, without: c.without, traits: slices.Clone(c.traits), shipped: c.shipped}
	if c.share && c.inPercent && c.growth != noGain {
		c.share, c.growth = false, byRate
	}
	if c.rankOf != "" {
		q.measures = include(q.measures, c.rankOf)
	}
	for _, settle := range []func(*question) error{
		c.settlePick, c.settleGroups, c.settleBound, c.settleLargest, c.settleOrders, c.settleCount, c.settleNouns, c.settleRate, c.settleGrowth, c.settleShape, c.checkSense,
	} {
		if err := settle(&q); err != nil {
			return question{}, err
		}
	}
	return q, nil
}

// settleGroups reads what came after "by" and "per".
func (c *clause) settleGroups(q *question) error {
	for _, g := range c.groups {
		switch {
		case c.average && g.per && q.average.isTime() && g.kind.isTime() && finer(q.average, g.kind):
			q.dims = include(q.dims, g.kind) // “average monthly sales per year”
		case c.average && g.per && q.average != "":
			return refuse("I did not understand over what to average.")
		case c.average && g.per:
			q.average = g.kind
		case g.kind == order:
			return refuse("I can work out averages per order, as in “average units per order”, but not list every order.")
		default:
			q.dims = include(q.dims, g.kind)
		}
	}
	if c.average && q.average == "" {
		return refuse("Please say over what to average, as in “average sales per month” or “average order value”.")
	}
	if !c.average && slices.Contains(q.measures, averageFreight) && slices.ContainsFunc(c.groups, func(g grouping) bool { return g.per && g.kind.isTime() }) {
		return refuse("That could be the average of one order or of one %s; please say “average freight by month” or “freight by month”.", q.dims[0])
	}
	if c.trend && !slices.ContainsFunc(q.dims, kind.isTime) {
		q.dims = append(q.dims, month)
	}
	return nil
}

// settleLargest reads the largest order of each of several things as a figure of these,
// and the one who has it as the first by that figure.
func (c *clause) settleLargest(q *question) error {
	i := slices.Index(q.measures, orders)
	groups := slices.ContainsFunc(q.dims, func(k kind) bool { return k != order })
	if i < 0 || !c.ofOrders || c.rank == unranked || !groups && len(c.nouns) == 0 && !c.who {
		return nil
	}
	one := c.single && c.number == 0
	picked := c.picks && !groups && len(c.nouns) == 1 && !c.nouns[0].many
	ranks := 0
	for _, w := range c.words {
		if w.role == aRank {
			ranks++
		}
	}
	if !one || ranks > 1 || len(q.measures) > 1 || len(q.traits) > 0 || c.average || c.share || c.growth != noGain || !picked && (!groups || len(c.nouns) > 0) {
		return refuse("I cannot tell whether the orders of highest value are meant or the highest number of orders; please ask for the “largest order by” something, or for “top 5 customers by orders”.")
	}
	q.measures = []measure{map[rank]measure{top: largestOrder, bottom: smallestOrder}[c.rank]}
	if !picked {
		q.rank = unranked
	}
	return nil
}

// settleOrders reads orders as what is ranked: “the largest order”.
func (c *clause) settleOrders(q *question) error {
	if slices.Contains(q.measures, daysLate) {
		q.traits = include(q.traits, late)
	}
	if c.bareUnits && (slices.Contains(q.measures, stock) || slices.Contains(q.measures, onOrder)) {
		q.measures = slices.DeleteFunc(q.measures, func(m measure) bool { return m == units })
	}
	i := slices.Index(q.measures, orders)
	if c.worth && (!c.ofOrders || len(c.nouns)+len(q.dims)+len(q.traits) > 0) {
		return refuse("I did not understand which value is meant; sales, stock value and average order value I know.")
	}
	if f := slices.IndexFunc(q.traits, trait.ofOrder); f >= 0 && i < 0 && len(q.measures) > 0 && !slices.Contains(q.measures, daysLate) {
		return refuse("I know “%s” of whole orders only; please say “orders” as well.", q.traits[f])
	}
	if i >= 0 && len(q.measures) > 1 && slices.ContainsFunc(q.traits, trait.ofOrder) {
		if !c.ofThose {
			return refuse("I cannot tell whether all figures are meant to be of those orders alone; please ask for them apart.")
		}
		q.measures = slices.Delete(q.measures, i, i+1)
		return nil
	}
	if i < 0 || c.rank == unranked || c.rankOf != "" || c.mostly || c.howMany || len(c.nouns)+len(q.dims) > 0 || len(c.verbs) > 0 || c.who || c.growth != noGain {
		return nil
	}
	q.measures = slices.Delete(q.measures, i, i+1)
	q.dims = []kind{order}
	if len(q.measures) == 0 {
		q.measures = []measure{sales}
	}
	return nil
}

// checkSense refuses what has a measure and groups, and still two meanings.
func (c *clause) checkSense(q *question) error {
	k := q.table()
	switch {
	case slices.Contains(c.verbs, customer) && (c.weBuy() || q.mentions(supplier)):
		return refuse("The database holds what was sold to customers, and nothing that was bought from suppliers.")
	case slices.Contains(c.verbs, customer) && (q.mentions(employee) || q.mentions(shipper)) && c.rank != unranked:
		return refuse("I did not understand who bought what.")
	case k != "" && len(c.verbs) > 0:
		return refuse("The list of %s says nothing about what was bought or sold; for that, ask for sales, orders or units sold.", k.plural())
	case c.relative && q.rank == unranked:
		return refuse("I can filter by one customer or group by name, but not by what they did.")
	case k == "" && c.place != "" && len(q.names[city])+len(q.without[city]) > 0:
		return refuse("I go by the city to which orders were shipped, and not by where the %s are.", c.place.plural())
	case k == "" && (c.place == employee || c.place == product || c.place == supplier):
		return refuse("I cannot tell whether the country is where the %s are or where the orders went.", c.place.plural())
	case c.picks && len(q.measures) > 1 && len(q.dims) == 0 && slices.Contains(q.measures, orders):
		return refuse("I can list orders with their dates, or show figures of all of them, but not list each with its figures.")
	case q.share && q.rank != unranked && c.ofTop:
		return refuse("That could be the share of each of them or of all together; please ask for the “top 5 customers by share of sales”.")
	case q.average.isTime() && q.rank == unranked && slices.ContainsFunc(c.nouns, func(n noun) bool { return n.kind.isTime() }):
		return refuse("I did not understand over what to average; please say “average monthly sales by year”.")
	case c.picks && q.growth.isSet() && q.rank == unranked && len(q.dims) > 0:
		return refuse("I can show the growth of all %s or rank them, but not pick those that grew or fell.", q.dims[0].plural())
	default:
		return nil
	}
}

// settleCount finds what a "how many" without a noun counts, and whether the
// customers who exist are meant or those who bought.
func (c *clause) settleCount(q *question) error {
	if c.counted {
		if len(c.verbs) == 0 || len(c.names[product]) == 0 {
			return refuse("I did not understand what to count.")
		}
		q.measures = include(q.measures, units)
	}
	if i := slices.Index(q.measures, customers); i >= 0 && (c.concernsOrders(q) || len(c.verbs) > 0) {
		q.measures[i] = buyers
	}
	return nil
}

// concernsOrders reports whether a filter, group or other measure is about orders,
// where customers alone would be counted from their own table.
func (c *clause) concernsOrders(q *question) bool {
	about := func(k kind) bool { return k != country && k != city && k != customer }
	for k := range q.names {
		if about(k) {
			return true
		}
	}
	for _, m := range q.measures {
		if m != customers && m.onOrders() {
			return true
		}
	}
	return q.isTimely() || c.growth != noGain || slices.ContainsFunc(q.dims, about) ||
		slices.ContainsFunc(c.nouns, func(n noun) bool { return about(n.kind) }) || slices.ContainsFunc(q.traits, trait.ofOrder)
}

// settleNouns gives each noun outside "by" its part: a group, a thing to count or a
// thing to list; and finds the measure where none was named.
func (c *clause) settleNouns(q *question) error {
	nouns := c.nouns
	if c.who && len(nouns) == 0 && !q.mentions(employee) && !q.mentions(customer) {
		if len(c.verbs) != 1 {
			return refuse("I did not understand who is meant: customers or employees?")
		}
		nouns = []noun{{kind: c.verbs[0]}}
	}
	switch {
	case c.comparesStock(q):
		q.list, q.measures = product, nil
		return nil
	case c.picksOrders(q):
		q.list, q.measures = order, nil
		return nil
	}
	if len(q.measures) == 0 {
		if done := c.settleMeasure(q, nouns); done {
			return nil
		}
	}
	if len(q.measures) == 0 {
		return refuse("I did not understand what to measure; for example sales, orders, units or freight.")
	}
	for _, n := range nouns {
		if n.kind == product && q.rank == unranked && slices.Contains(q.measures, averagePrice) {
			continue
		}
		q.dims = include(q.dims, n.kind)
	}
	return nil
}

// comparesStock reports whether the stock is named only for its comparison with the
// reorder level, and the products are asked for.
func (c *clause) comparesStock(q *question) bool {
	return slices.Equal(q.measures, []measure{stock}) && slices.ContainsFunc(q.traits, trait.ofStock) &&
		slices.Equal(c.nouns, []noun{{kind: product, many: true}}) && len(q.dims) == 0 && q.rank == unranked && !c.howMany
}

// picksOrders reports whether the orders themselves are asked for, not their number.
func (c *clause) picksOrders(q *question) bool {
	picked := c.picks || slices.ContainsFunc(q.traits, trait.ofOrder)
	return picked && slices.Equal(q.measures, []measure{orders}) && !c.howMany && !c.share && !c.average && c.growth == noGain && c.previous == "" &&
		len(c.nouns)+len(q.dims)+len(c.verbs) == 0 && q.rank == unranked
}

// settleMeasure reports whether it has read the nouns as well.
func (c *clause) settleMeasure(q *question, nouns []noun) bool {
	one := len(nouns) == 1
	if c.share && slices.ContainsFunc(q.traits, trait.ofOrder) && c.rank != unranked {
		q.measures = []measure{orders}
		return false
	}
	switch {
	case c.growth != noGain && (!c.isBare() || c.rank != unranked) && len(c.verbs) == 0 && len(q.traits) == 0 && !c.counted && !(len(c.nouns) > 0 && c.rank == unranked && len(q.dims) > 0),
		c.total && slices.Equal(c.verbs, []kind{employee}) && len(nouns) == 0 && !c.counted:
		q.measures = []measure{sales}
	case c.rank != unranked && (len(nouns) > 0 || len(q.dims) > 0), c.amount && len(c.verbs) > 0 && len(c.names[product]) == 0:
		q.measures = []measure{sales}
	case len(c.verbs) > 0 || c.growth != noGain || c.average:
	case c.share && one && len(q.traits) > 0 || one && len(q.dims) > 0 && !nouns[0].kind.isTime() && nouns[0].kind != country:
		q.measures = []measure{countOf(nouns[0].kind)}
		if q.measures[0] == customers && (!q.when.isZero() || slices.ContainsFunc(q.dims, func(k kind) bool { return k != country && k != city })) {
			q.measures[0] = buyers
		}
		return true
	case c.share:
		if len(nouns) == 0 && slices.ContainsFunc(q.traits, trait.ofOrder) {
			q.measures = []measure{orders}
		}
	case one && listable(nouns[0].kind):
		q.list = nouns[0].kind
		return true
	case len(nouns) == 0 && slices.ContainsFunc(q.traits, trait.ofProducts):
		q.list = product
		if len(q.dims) > 0 {
			q.list, q.measures = "", []measure{products}
		}
		return true
	}
	return false
}

func listable(k kind) bool { return !k.isTime() && k != country && k != origin && k != city }

// weBuy reports whether it is us who buy or spend: of that the data say nothing.
func (c *clause) weBuy() bool {
	for i, w := range c.words {
		if w.role == verb && w.kind == customer && i > 0 && slices.Contains([]string{"we", "i", "you"}, fold(phrase(c.words[i-1].tokens))) {
			return true
		}
	}
	return false
}
