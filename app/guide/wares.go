package guide

import "slices"

// waresRanked returns words in which a category that is ranked stands for the products of
// it: “best selling beverages” are products, and “the most sold beverage” is one.
func waresRanked(words []word) []word {
	if !slices.ContainsFunc(words, func(w word) bool { return w.role == aRank }) {
		return words
	}
	for i, w := range words {
		if w.role != aName || len(w.names) != 1 || w.names[0].kind != category || !isRankedThere(words, i) {
			continue
		}
		things := word{term: term{role: aNoun, kind: product, many: !isOneOf(w)}, tokens: w.tokens}
		return slices.Insert(slices.Clone(words), i+1, things)
	}
	return words
}

// isRankedThere reports whether the name at i stands where what is ranked does: after the
// rank or after “which”, and before nothing that could be ranked in its place.
func isRankedThere(words []word, i int) bool {
	before := i - 1
	if roleAt(words, before) == aNumber {
		before--
	}
	for _, w := range words[:i] {
		if w.role == who || w.role == aNoun && !w.kind.isTime() {
			return false // “which country buys the most Seafood” ranks countries
		}
	}
	asked := roleAt(words, before) == aRank && words[before].number != most || isSaid(words, before, "which", "what")
	taken := []role{aNoun, aMeasure, aName, and, aTrait, unknown, comparing, aShare, aGrowth, anAverage}
	return asked && (i+1 == len(words) || !slices.Contains(taken, words[i+1].role))
}

// isOneOf reports whether the name of a category is said in the singular: “beverage”.
func isOneOf(w word) bool {
	all := significant(w.names[0].text)
	return all[len(all)-1] == w.tokens[len(w.tokens)-1].fold+"s"
}

// costsAsPrice returns words in which what a thing costs is its list price: “what does Chai
// cost?”, “how much is Chai?”. The costs of the business stay what they are.
func costsAsPrice(words []word) []word {
	named := func(w word) bool { return w.role == aName || w.role == unknown }
	thing := func(from, end int) bool {
		return from < end && !slices.ContainsFunc(words[from:end], func(w word) bool { return !named(w) && !isSaid([]word{w}, 0, "the", "product", "and") }) &&
			slices.ContainsFunc(words[from:end], named)
	}
	last := len(words) - 1
	asks := isSaid(words, 0, "what", "how much")
	switch {
	case asks && isSaid(words, 1, "does", "do") && isSaid(words, last, "cost") && thing(2, last):
		words = slices.Clone(words)
		words[0].term, words[last].term = term{role: lead}, term{role: aMeasure, measure: price}
	case isSaid(words, 0, "how much") && isSaid(words, 1, "is", "are") && thing(2, last+1):
		words = slices.Clone(words)
		words[0].term = term{role: aMeasure, measure: price}
	}
	return words
}
