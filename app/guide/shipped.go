package guide

import "slices"

// The columns that date an order.
const (
	placedColumn  = "o.OrderDate"
	shippedColumn = "o.ShippedDate"
)

// shippedThen returns words in which “shipped” dates the orders before it: “orders shipped in
// 1997”, “how many orders did we ship by month”. Where a word says when they were placed as
// well, and where other things than orders are measured, it stays what cannot be had.
func shippedThen(words []word) []word {
	at, to := -1, false
	for i, w := range words {
		ship := isSaid(words, i, "shipped") || isSaid(words, i, "ship") && isSaid(words, i-1, "we") && isSaid(words, i-2, "did") ||
			isSaid(words, i, "shipped by") && roleAt(words, i+1) == aNoun && (i+2 == len(words) || words[i+2].role != aName && words[i+2].role != unknown)
		where := isSaid(words, i, "shipped to", "shipped by", "shipped via", "shipped with") && !ship
		switch {
		case w.role == aMeasure && w.measure != orders, w.role == aTrait && w.trait == unshipped,
			isSaid(words, i, "placed", "place", "places", "orders placed", "ordered"):
			return words
		case (ship || where) && at < 0:
			at, to = i, where
		}
	}
	ordered := at >= 0 && slices.ContainsFunc(words[:at], func(w word) bool { return w.role == aMeasure && w.measure == orders })
	if !ordered || slices.ContainsFunc(words[:at], isTimely) || to && !slices.ContainsFunc(words[at:], isTimely) || !to && !timed(words, at+1) {
		return words
	}
	words = slices.Clone(words)
	words[at].term = term{role: filler, number: whenShipped}
	that := at - 1
	if isSaid(words, that, "were", "are") {
		that--
	}
	if isSaid(words, that, "that") {
		words[that].term = term{role: filler}
	}
	return words
}

// isTimely reports whether w names a time, or a part of one.
func isTimely(w word) bool {
	return slices.Contains([]role{aYear, aMonth, aQuarter, aHalf, aRange, aMoment}, w.role)
}

// timed reports whether the word at i is about time, or there is none.
func timed(words []word, i int) bool {
	if isSaid(words, i-1, "shipped by") {
		return true
	}
	if isSaid(words, i, "in", "during", "within", "from", "on", "by", "per", "each") {
		i++
	}
	if isSaid(words, i, "the") {
		i++
	}
	switch r := roleAt(words, i); r {
	case aYear, aMonth, aQuarter, aHalf, aRange, aMoment, between, since, after, before, through, until:
		return true
	case per:
		return words[i].kind.isTime() || i+1 < len(words) && words[i+1].kind.isTime()
	case aNumber, anOrdinal:
		return roleAt(words, i+1) == aMonth || isSaid(words, i+1, "of") || isShortYear(words, i)
	default:
		return r == aNoun && words[i].kind.isTime() || i >= len(words)
	}
}

// dated returns the column by which q dates orders.
func (q question) dated() string {
	if q.shipped {
		return shippedColumn
	}
	return placedColumn
}

// checkShipped refuses what the dates of shipping do not go with.
func checkShipped(q question) error {
	if !q.shipped {
		return nil
	}
	if q.table() != "" || q.list == "" && !slices.Equal(q.measures, []measure{orders}) || q.share || q.rate != "" || q.average != "" || q.growth.isSet() || q.has(unshipped) {
		return refuse("Of when orders were shipped I know how many there were, and which; other figures I date by when an order was placed.")
	}
	return nil
}

// checkNotThen refuses orders “not shipped in 1997”: they may have been shipped at another
// time, or not yet.
func checkNotThen(words []word, i int) error {
	if isSaid(words, i, "not shipped", "not been shipped") && i+1 < len(words) && timed(words, i+1) {
		return refuse("I cannot tell whether orders are meant that are not shipped yet, or that were shipped at another time; please say “not shipped yet”.")
	}
	return nil
}
