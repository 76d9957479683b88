package guide

import "slices"

// rewritten returns words in which those that have a second meaning got it, where their
// neighbours leave no choice.
func rewritten(words []word) []word {
	words = waresRanked(costsAsPrice(slices.Clone(words)))
	for i := range words {
		switch {
		case isShortYear(words, i):
			words[i].term = term{role: aYear, number: 1900 + words[i].number}
		case isSaid(words, i, "ordered") && ordersThings(words, i):
			words[i].term = term{role: verb, kind: customer}
		case words[i].role == aRank && words[i].measure == "" && words[i].rank == top && rankedAgain(words, i):
			words[i].term = term{role: filler} // “top 5 cheapest”
		}
	}
	return shippedThen(words)
}

// isShortYear reports whether the number at i is a year without its century: “in 97”.
func isShortYear(words []word, i int) bool {
	if words[i].role != aNumber || words[i].number < 90 || len(words[i].tokens) != 1 || len(words[i].tokens[0].text) != 2 {
		return false
	}
	timely := []role{since, after, before, through, between, until, aMonth, aQuarter, aHalf}
	follows := slices.Contains(timely, roleAt(words, i-1)) || isSaid(words, i-1, "in", "during", "of", "for", "from") ||
		i > 1 && slices.Contains([]role{and, to, against}, roleAt(words, i-1)) && roleAt(words, i-2) == aYear
	return follows && !slices.Contains([]role{aNoun, aMeasure, aTrait, unknown, aName, aShare, aRank}, next(words, i))
}

// next returns the role of the word after i, or filler if there is none.
func next(words []word, i int) role {
	if i+1 < len(words) {
		return words[i+1].role
	}
	return filler
}

// ordersThings reports whether the “ordered” at i says what customers did, and nothing is
// counted by it but them.
func ordersThings(words []word, i int) bool {
	customers := slices.ContainsFunc(words[:i], func(w word) bool { return w.role == aNoun && w.kind == customer })
	return customers && !slices.ContainsFunc(words, func(w word) bool { return w.role == aRank || w.role == aMeasure || w.role == amount })
}

// rankedAgain reports whether a rank that says by what follows the one at i.
func rankedAgain(words []word, i int) bool {
	return roleAt(words, i+1) == aNumber && roleAt(words, i+2) == aRank && words[i+2].measure != ""
}
