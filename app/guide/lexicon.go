package guide

import "strings"

// role is what a word does in a question.
type role int

// The roles.
const (
	unknown  role = iota
	filler        // says nothing
	verb          // to sell, to buy: says what is measured if nothing else does
	lead          // which, list: asks for things, as the bare noun does
	who           // asks for people
	counting      // how many: what follows is counted
	amount        // how much: money, if nothing else is measured
	by            // what follows groups, or orders
	per           // what follows groups
	and           // joins two of a sort
	to            // joins two years to a range, or says nothing
	between       // opens a range of years
	since         // limits the years
	after
	before
	aMeasure
	aNoun // a kind of thing
	aRank
	aNumber
	aYear
	aRange // of years
	aMonth
	aQuarter
	aTrait
	aName    // of a thing in the data
	reserved // well known, and not to be had
)

// term is the meaning of a word or phrase.
type term struct {
	role    role
	measure measure // of a measure, or of a rank such as "cheapest"
	kind    kind    // of a noun, or the subject that a verb has ("who sold" is an employee)
	many    bool    // a noun in plural
	rank    rank
	trait   trait
	number  int    // a number, year, month or quarter, or one of those below
	last    int    // the last year of a range
	reason  string // why a reserved word is refused
	names   []name // what a name may stand for
}

// lexicon maps folded phrases, words joined by one space, to their meaning.
type lexicon map[string]term

// What the number of a term says that has none.
const (
	trend = 1 // a per that names no span of time
	pick  = 1 // a lead that asks for each of several things
	tally = 1 // a measure that is said to be a number
)

// longest is the number of words of the longest phrase in a lexicon.
const longest = 5

func (l lexicon) add(t term, phrases ...string) {
	for _, p := range phrases {
		l[strings.Join(folds(p), " ")] = t
	}
}

// match returns the longest phrase that begins at tokens[0], and its length in
// tokens, which is 0 where none does.
func (l lexicon) match(tokens []token) (term, int) {
	for n := min(longest, len(tokens)); n > 0; n-- {
		words := make([]string, n)
		for i, t := range tokens[:n] {
			words[i] = t.fold
		}
		if t, ok := l[strings.Join(words, " ")]; ok {
			return t, n
		}
		if base := tokens[n-1].base; base != "" {
			words[n-1] = base
			if t, ok := l[strings.Join(words, " ")]; ok && t.role == aNoun {
				return t, n
			}
		}
	}
	return term{}, 0
}
