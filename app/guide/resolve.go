package guide

import "slices"

const (
	shownByDefault = 10
	mostDims       = 2
)

// question decides what the clause as a whole asks. Its error is a refusal.
func (c *clause) question() (question, error) {
	if err := c.checkTime(); err != nil {
		return question{}, err
	}
	q := question{measures: c.measures, dims: c.dims, rank: c.rank, when: c.when, names: c.names, traits: c.traits}
	if c.trend && !slices.ContainsFunc(q.dims, kind.isTime) {
		q.dims = append(slices.Clip(q.dims), month)
	}
	if c.rankOf != "" {
		q.measures = include(q.measures, c.rankOf)
	}
	if err := c.settleCount(&q); err != nil {
		return question{}, err
	}
	if err := c.settleNouns(&q); err != nil {
		return question{}, err
	}
	if err := c.settleShape(&q); err != nil {
		return question{}, err
	}
	return q, c.checkSense(q)
}

// checkSense refuses what has a measure and groups, and still two meanings.
func (c *clause) checkSense(q question) error {
	k := q.table()
	switch {
	case k != "" && len(c.verbs) > 0:
		return refuse("The list of %s says nothing about what was bought or sold; for that, ask for sales, orders or units sold.", k.plural())
	case c.relative && q.rank == unranked:
		return refuse("I can filter by one customer or group by name, but not by what they did.")
	case k == "" && (c.place == employee || c.place == supplier):
		return refuse("I cannot tell whether the country is where the %s are or where the orders went.", c.place.plural())
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
	about := func(k kind) bool { return k != country && k != customer }
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
	return q.isTimely() || slices.ContainsFunc(q.dims, about) ||
		slices.ContainsFunc(c.nouns, func(n noun) bool { return about(n.kind) }) || q.has(late) || q.has(unshipped)
}

// settleNouns gives each noun outside "by" its part: a group, a thing to count or a
// thing to list; and finds the measure where none was named.
func (c *clause) settleNouns(q *question) error {
	if c.who && len(c.nouns) == 0 && !q.mentions(employee) && !q.mentions(customer) {
		if len(c.verbs) != 1 {
			return refuse("I did not understand who is meant: customers or employees?")
		}
		c.nouns = append(c.nouns, noun{kind: c.verbs[0]})
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
		if done := c.settleMeasure(q); done {
			return nil
		}
	}
	if len(q.measures) == 0 {
		return refuse("I did not understand what to measure; for example sales, orders, units or freight.")
	}
	for _, n := range c.nouns {
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
	return picked && slices.Equal(q.measures, []measure{orders}) && !c.howMany &&
		len(c.nouns)+len(q.dims)+len(c.verbs) == 0 && q.rank == unranked
}

// settleMeasure reports whether it has read the nouns as well.
func (c *clause) settleMeasure(q *question) bool {
	one := len(c.nouns) == 1
	switch {
	case c.rank != unranked && (len(c.nouns) > 0 || len(c.dims) > 0), c.amount && len(c.verbs) > 0 && len(c.names[product]) == 0:
		q.measures = []measure{sales}
	case len(c.verbs) > 0:
	case one && len(c.dims) > 0 && !c.nouns[0].kind.isTime() && c.nouns[0].kind != country:
		q.measures = []measure{countOf(c.nouns[0].kind)}
		if q.measures[0] == customers && (!q.when.isZero() || slices.ContainsFunc(c.dims, func(k kind) bool { return k != country })) {
			q.measures[0] = buyers
		}
		return true
	case one && listable(c.nouns[0].kind):
		q.list = c.nouns[0].kind
		return true
	case len(c.nouns) == 0 && slices.ContainsFunc(q.traits, trait.ofProducts):
		q.list = product
		return true
	}
	return false
}

func listable(k kind) bool { return !k.isTime() && k != country }

// settleShape checks groups and rank against each other and fills in what was left
// open: a limit, and a group for several names or years.
func (c *clause) settleShape(q *question) error {
	q.dims = mergeTime(q.dims)
	if len(q.dims) > mostDims {
		return refuse("I can group by two things at most.")
	}
	if q.list != "" {
		if q.rank != unranked || len(q.dims) > 0 {
			return refuse("I did not understand how to rank or group a plain list.")
		}
		return checkTables(*q)
	}
	if err := c.settleRank(q); err != nil {
		return err
	}
	if q.rank == unranked {
		spread(q)
	}
	return checkTables(*q)
}

func (c *clause) settleRank(q *question) error {
	if slices.Contains(q.measures, price) && len(q.dims) == 0 {
		q.dims = []kind{product}
	}
	if q.rank == unranked {
		return nil
	}
	if len(q.dims) != 1 {
		return refuse("A top or bottom list needs one thing to rank, as in “top 5 customers”.")
	}
	q.limit = c.number
	if q.limit == 0 {
		q.limit = shownByDefault
		if !slices.ContainsFunc(c.nouns, func(n noun) bool { return n.many }) && len(c.nouns) > 0 {
			q.limit = 1
		}
	}
	return nil
}

// mergeTime drops a longer span of time beside a shorter one, whose names contain it.
func mergeTime(dims []kind) []kind {
	covered := func(k kind) bool {
		return k == year && (slices.Contains(dims, quarter) || slices.Contains(dims, month)) ||
			k == quarter && slices.Contains(dims, month)
	}
	return slices.DeleteFunc(slices.Clone(dims), covered)
}

// spread groups by what several values were named of, so that each shows.
func spread(q *question) {
	for _, k := range kinds() {
		if len(q.names[k]) > 1 && len(q.dims) < mostDims {
			q.dims = include(q.dims, k)
		}
	}
	timely := slices.ContainsFunc(q.dims, kind.isTime)
	if len(q.when.years) > 1 && !q.when.ranged && !timely && len(q.dims) < mostDims {
		q.dims = append(q.dims, year)
	}
}
