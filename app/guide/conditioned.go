package guide

import "slices"

// The measures that count the orders of a trait beside other figures.
const (
	lateOrders   measure = "orders shipped late"
	onTimeOrders measure = "orders shipped on time"
	openOrders   measure = "orders not shipped yet"
)

// countOfTrait returns the measure that counts orders with the trait f.
func countOfTrait(f trait) measure {
	switch f {
	case late:
		return lateOrders
	case onTime:
		return onTimeOrders
	case unshipped:
		return openOrders
	default:
		return ""
	}
}

// traitOf returns the trait of the orders that m counts, if there is one.
func (m measure) traitOf() trait {
	for _, f := range []trait{late, onTime, unshipped} {
		if countOfTrait(f) == m {
			return f
		}
	}
	return ""
}

// traitSpec returns what is known of the orders with a trait.
func traitSpec(m measure) (spec, bool) {
	f := m.traitOf()
	if f == "" {
		return spec{}, false
	}
	expr := "COUNT(DISTINCT CASE WHEN " + f.conditions()[0] + " THEN o.OrderID END)"
	return spec{heading: capital(string(m)), expr: expr, totals: expr, additive: true,
		sentence: "Orders that " + f.predicate() + "%s: %v.", note: f.note()}, true
}

// conditioned returns words in which “late orders” is one figure where it stands beside
// others: “orders and late orders”. After “of” or “with” it says of which orders the
// others are.
func conditioned(words []word) []word {
	var out []word
	merged := 0
	for i := 0; i < len(words); i++ {
		n := 0
		if !of(words, i) {
			n = traitedOrders(words, i)
		}
		if n == 0 || !besideOthers(words, i, n) {
			out = append(out, words[i])
			continue
		}
		w := word{term: term{role: aMeasure, many: true}}
		for _, part := range words[i : i+n] {
			w.tokens = append(w.tokens, part.tokens...)
			if part.role == aTrait {
				w.measure = countOfTrait(part.trait)
			}
		}
		out = append(out, w)
		merged, i = merged+1, i+n-1
	}
	return out
}

// of reports whether the word at i follows a word that makes it belong to what is before.
func of(words []word, i int) bool {
	return isSaid(words, i-1, "of", "for", "with", "from", "in", "the", "all", "our", "by", "per") && !(isSaid(words, i-1, "with", "the") && roleAt(words, i-2) == against)
}

// traitedOrders returns how many words at i are orders with a trait, 0 if these are none.
func traitedOrders(words []word, i int) int {
	orderly := func(j int) bool { return roleAt(words, j) == aMeasure && words[j].measure == orders }
	traited := func(j int) bool { return roleAt(words, j) == aTrait && words[j].trait.ofOrder() }
	switch {
	case traited(i) && orderly(i+1), orderly(i) && traited(i+1):
		return 2
	default:
		return 0
	}
}

// besideOthers reports whether some other figure is asked for beside the n words at i.
func besideOthers(words []word, i, n int) bool {
	rest := append(slices.Clone(words[:i]), words[i+n:]...)
	if slices.ContainsFunc(rest, func(w word) bool { return w.role == aShare || w.role == anAverage }) {
		return false
	}
	if slices.ContainsFunc(rest, func(w word) bool { return w.role == aMeasure }) {
		return true
	}
	row := func(and_, noun int) bool {
		return roleAt(words, and_) == and && roleAt(words, noun) == aNoun && words[noun].many
	}
	return row(i-1, i-2) || row(i+n, i+n+1)
}
