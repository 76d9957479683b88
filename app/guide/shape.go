package guide

import (
	"maps"
	"slices"
)

// settleShape checks groups and rank against each other and fills in what was left
// open: a limit, and a group for several names or times.
func (c *clause) settleShape(q *question) error {
	if err := c.settleWithin(q); err != nil {
		return err
	}
	q.dims = mergeTime(q.dims)
	if len(q.dims) > mostDims {
		return refuse("I can group by two things at most.")
	}
	if q.table() == supplier && len(q.names[origin]) > 0 {
		q.names = maps.Clone(q.names)
		q.names[country] = q.names[origin]
		delete(q.names, origin)
	}
	if q.list != "" {
		if q.rank != unranked || len(q.dims) > 0 || c.share || c.average || q.growth.isSet() {
			return refuse("I did not understand how to rank or group a plain list.")
		}
		return checkTables(*q)
	}
	if c.share && q.rate == "" {
		q.share = true
		if len(q.dims) == 0 && len(q.names) == 1 && q.rank == unranked { // one name is no list to rank
			for k := range q.names {
				q.dims = []kind{k}
			}
		}
		if len(q.dims) == 0 && len(q.names) == 2 && len(q.names[product]) == 1 && len(q.names[category]) == 1 && nameBefore(c.words, product, category) {
			q.dims = []kind{product} // “share of Chai in Beverages sales”
		}
	}
	if err := c.settleRank(q); err != nil {
		return err
	}
	if q.rank == unranked {
		if err := spread(q); err != nil {
			return err
		}
	}
	return checkTables(*q)
}

func (c *clause) settleRank(q *question) error {
	if slices.Contains(q.measures, price) && len(q.dims) == 0 {
		q.dims = []kind{product}
	}
	if q.rank == unranked && c.down && q.growth.isSet() && q.growth.steps == "" && len(q.dims) == 1 && len(q.names[q.dims[0]]) == 0 {
		q.growth.falls = true
	}
	if q.rank == unranked {
		return nil
	}
	if len(q.dims) != 1 || q.growth.steps != "" {
		return refuse("A top or bottom list needs one thing to rank, as in “top 5 customers”.")
	}
	switch {
	case c.before:
		return refuse("I cannot tell by what to rank; please say it after the rank, as in “top 5 customers by orders”.")
	case c.compares && !q.growth.isSet():
		return refuse("I can rank or compare, but not both at once.")
	}
	if err := c.settleFall(q); err != nil {
		return err
	}
	q.limit = c.number
	if q.limit == 0 {
		q.limit = shownByDefault
		one := len(c.nouns) > 0 && !slices.ContainsFunc(c.nouns, func(n noun) bool { return n.many }) ||
			len(c.nouns) == 0 && c.who || q.dims[0] == order && c.single
		if one {
			q.limit = 1
		}
	}
	return nil
}

// nameBefore reports whether a name of a comes before one of b.
func nameBefore(words []word, a, b kind) bool {
	i := slices.IndexFunc(words, func(w word) bool { return w.role == aName && isNameOf(w, a) })
	j := slices.IndexFunc(words, func(w word) bool { return w.role == aName && isNameOf(w, b) })
	return i >= 0 && i < j
}

// settleFall turns a rank of what fell round, and refuses ranks of changes that may be
// taken with their sign or without.
func (c *clause) settleFall(q *question) error {
	switch {
	case c.growth == noGain:
		return nil
	case c.down && q.rank == bottom:
		return refuse("I did not understand whether the smallest or the largest decrease is meant.")
	case c.byAmount == upward && q.rank == bottom, c.growth == byRate && isSmall(c.words):
		return refuse("I cannot tell whether those that fell count for the smallest increase; please ask for the “bottom 5 products by sales growth”.")
	case c.byAmount == amid && c.rank != unranked && !ranksBy(c.words):
		return refuse("I cannot tell whether a fall is a smaller change than a rise; please ask for the biggest increase or the biggest decrease.")
	case c.down:
		q.rank, q.growth.falls = bottom, true
	}
	return nil
}

func isSmall(words []word) bool {
	return slices.ContainsFunc(words, func(w word) bool {
		return w.role == aRank && slices.Contains([]string{"smallest", "least", "the least"}, fold(phrase(w.tokens)))
	})
}

// ranksBy reports whether the rank is one of “top” and “bottom”, which go by the sign.
func ranksBy(words []word) bool {
	return slices.ContainsFunc(words, func(w word) bool {
		return w.role == aRank && slices.Contains([]string{"top", "bottom", "highest", "lowest"}, fold(phrase(w.tokens)))
	})
}

// settleWithin reads a rank in each of several groups: “the best month of each year”.
func (c *clause) settleWithin(q *question) error {
	if q.rank == unranked || q.list != "" {
		return nil
	}
	var each []kind
	for _, g := range c.groups {
		if g.per && slices.Contains(q.dims, g.kind) {
			each = include(each, g.kind)
		}
	}
	if c.apart {
		for _, k := range kinds() {
			if len(q.names[k]) > 1 {
				each = include(each, k)
			}
		}
	}
	q.dims = slices.DeleteFunc(slices.Clone(q.dims), func(k kind) bool { return slices.Contains(each, k) })
	switch {
	case len(each) == 0 && c.apart:
		return refuse("I did not understand what to show apart.")
	case len(each) == 0:
		return nil
	case len(each) > 1 || len(q.dims) != 1 || q.growth.isSet() || c.share || c.average || q.rate != "" || c.compares || c.trend:
		return refuse("I can rank one thing in each of another, as in “best month of each year”, and not more.")
	case q.dims[0].isTime() && each[0].isTime() && !finer(q.dims[0], each[0]):
		return refuse("There is no %s in a %s.", q.dims[0], each[0])
	case measuredPer(c.words):
		return refuse("I cannot tell whether to rank in each %[1]s or by an average per %[1]s; please say “in each %[1]s” right after what is ranked.", each[0])
	}
	q.within = each[0]
	return nil
}

// measuredPer reports whether a “per” follows what to rank by: “by sales per month”.
func measuredPer(words []word) bool {
	for i := range words {
		if isSaid(words, i, "per", "monthly", "yearly", "annual", "quarterly") && (roleAt(words, i-1) == aMeasure && roleAt(words, i-2) == by || roleAt(words, i+1) == aMeasure) {
			return true
		}
	}
	return false
}

// mergeTime drops a longer span of time beside a shorter one, whose names contain it.
func mergeTime(dims []kind) []kind {
	covered := func(k kind) bool {
		return k.isTime() && slices.ContainsFunc(dims, func(d kind) bool { return d.isTime() && d != stretch && finer(d, k) })
	}
	return slices.DeleteFunc(slices.Clone(dims), covered)
}

// spread groups by what several values were named of, so that each shows.
func spread(q *question) error {
	var apart []kind
	for _, k := range kinds() {
		if len(q.names[k]) > 1 && !slices.Contains(q.dims, k) {
			apart = append(apart, k)
		}
	}
	if len(q.when.spans) > 1 && !slices.ContainsFunc(q.dims, kind.isTime) && !q.growth.isSet() && q.list == "" {
		k := q.when.unit()
		if k != year && k != half && k != quarter && k != month {
			k = stretch
		}
		apart = append(apart, k)
	}
	if len(q.dims)+len(apart) > mostDims {
		return refuse("I can group by two things at most, and need one to show %s apart.", apart[0].plural())
	}
	q.dims = append(slices.Clip(q.dims), apart...)
	return nil
}

// settleRate reads the share of those that have a trait.
func (c *clause) settleRate(q *question) error {
	counts := slices.Equal(q.measures, []measure{orders}) || slices.Equal(q.measures, []measure{products})
	switch {
	case !c.share:
		return nil
	case len(q.traits) == 1 && counts:
	case c.rateOnly:
		return refuse("I did not understand which rate is meant; I know the rate of late orders.")
	default:
		return nil
	}
	timely := c.inPercent && len(q.names) == 0 && !slices.ContainsFunc(q.dims, func(k kind) bool { return !k.isTime() })
	if c.partOf && !c.rateOnly && !timely && len(q.dims)+len(q.names) > 0 {
		return refuse("That could be a share of the orders or of the late ones; please ask “what percentage of orders were shipped late”, or for “late orders by” something.")
	}
	q.rate, q.traits = q.traits[0], nil
	return nil
}

// settleGrowth finds out which times to compare.
func (c *clause) settleGrowth(q *question) error {
	if c.growth == noGain && c.previous == "" {
		return nil
	}
	q.growth.by = max(c.growth, byRate)
	if i := slices.IndexFunc(q.dims, kind.isTime); i >= 0 {
		if len(mergeTime(q.dims)) > 1 || len(q.when.spans) > 1 || c.previous != "" || q.when.month != 0 || q.when.quarter != 0 {
			return refuse("I can show growth from year to year, quarter to quarter or month to month, and of one thing at a time.")
		}
		q.growth.steps, q.dims = mergeTime(q.dims)[0], nil
		if q.growth.steps == day {
			return refuse("I can show growth from year to year, quarter to quarter or month to month, but not from day to day.")
		}
		return nil
	}
	pair, ok := c.pairOf(q.when)
	switch {
	case ok:
		q.growth.pair, q.when = pair, period{}
	case q.when.isZero() && len(q.dims) == 0 && c.previous == "" && len(q.names) < 2 && !severalNames(q.names):
		q.growth.steps = year
	default:
		return refuse("Please say from when to when, as in “sales growth from 1996 to 1997”.")
	}
	return nil
}

func severalNames(names map[kind][]string) bool {
	for _, of := range names {
		if len(of) > 1 {
			return true
		}
	}
	return false
}

// pairOf returns the two times that p names, or the time that it names and the one
// before, if these are clear.
func (c *clause) pairOf(p period) ([2]span, bool) {
	var pair [2]span
	switch {
	case len(c.times.named) == 1 && c.times.named[0].opens && c.previous == "":
		return pair, false
	case p.isOpen() || len(p.spans) == 0 || len(p.spans) > 2:
		return pair, false
	case len(p.spans) == 2:
		a, b := p.spans[0], p.spans[1]
		return [2]span{a, b}, c.previous == "" && a.unit == b.unit && a.ranged == b.ranged
	}
	s := p.spans[0]
	switch {
	case s.ranged:
		return [2]span{s.at(s.first), s.at(s.last)}, c.previous == "" && s.unit != day
	case s.unit == year && (c.previous == "" || c.previous == year):
		return [2]span{s.at(s.first.AddDate(-1, 0, 0)), s}, true
	case c.previous == year && s.unit != day:
		return [2]span{s.at(s.first.AddDate(-1, 0, 0)), s}, true
	case c.previous != "" && c.previous == s.unit:
		return [2]span{s.at(s.first.AddDate(0, 0, -1)), s}, true
	default:
		return pair, false
	}
}
