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
	to            // joins two times to a range, or says nothing
	between       // opens a range of times
	since         // limits the time
	after
	before
	through // limits the time, the last one included
	until   // ends a range; alone it does not say whether the last one counts
	onward  // after a time: and all that follows
	on      // before a day, or onward
	against // sets two things side by side
	aMeasure
	aNoun // a kind of thing
	aRank
	aNumber
	anOrdinal // 3rd
	aYear
	aRange // of years
	aMonth
	aQuarter
	aHalf
	aMoment // a time that is put together from the words above
	aTrait
	anAverage
	aShare
	aGrowth
	theSpanBefore // the year before
	aName         // of a thing in the data
	leavesOut     // what follows is left out
	comparing     // a figure is compared with the number that follows
	reserved      // well known, and not to be had
)

// term is the meaning of a word or phrase.
type term struct {
	role    role
	measure measure // of a measure, or of a rank such as "cheapest"
	kind    kind    // of a noun, or the subject that a verb has ("who sold" is an employee)
	many    bool    // a noun in plural
	rank    rank
	trait   trait
	number  int // a number, year, month, quarter or half, or one of those below
	last    int // the last year of a range
	moment  moment
	reason  string // why a reserved word is refused
	names   []name // what a name may stand for
	without bool   // the name is left out
	op      string // of a comparison, in SQL
	bound   bound  // what a measure is compared with
}

// lexicon maps folded phrases, words joined by one space, to their meaning.
type lexicon map[string]term

// What the number of a term says that has none.
const (
	trend       = 1 // a per that names no span of time
	pick        = 1 // a lead that asks for each of several things
	tally       = 1 // a measure that is said to be a number
	entire      = 1 // a filler that means all of the data
	summed      = 5 // a filler that means all groups together
	apart       = 6 // a filler that sets the names after it apart
	loose       = 4 // units, of what is sold or of what is in stock
	worth       = 7 // sales, of what is one order
	most        = 1 // a rank that is said of a number, not of a size
	inPercent   = 2 // a share that may be the unit of a growth
	amid        = 2 // growth that is meant as an amount
	down        = 3 // growth that goes down
	whenShipped = 8 // a filler that dates orders by when they were shipped
	upward      = 4 // growth that goes up, meant as an amount
)

// longest is the number of words of the longest phrase in a lexicon.
const longest = 5

func (l lexicon) add(t term, phrases ...string) {
	for _, p := range phrases {
		l[strings.Join(folds(p), " ")] = t
	}
}

// match returns the longest phrase that begins at tokens[0], and its length in
// tokens, which is 0 where none does. No phrase reaches across a comma.
func (l lexicon) match(tokens []token) (term, int) {
	reach := 1
	for reach < min(longest, len(tokens)) && !tokens[reach].cut {
		reach++
	}
	for n := min(reach, len(tokens)); n > 0; n-- {
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
