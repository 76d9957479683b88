package guide

import "slices"

// clause is what the words of a question say, before it is decided what they mean
// together.
type clause struct {
	measures  []measure
	dims      []kind // after "by" or "per"
	nouns     []noun // elsewhere
	counted   bool   // "how many" that has not found its noun
	howMany   bool   // a number is asked for, not a list
	picks     bool   // a list is asked for: "which", "list"
	amount    bool   // "how much"
	who       bool
	relative  bool   // a "who" after what it describes
	trend     bool   // over time, in no given steps
	place     kind   // the noun before a country: the country may be theirs
	verbs     []kind // what would do it: an employee sells, a customer buys
	rank      rank
	rankOf    measure // what the rank itself says: "cheapest"
	number    int
	pending   role // by or per that has not found its noun
	names     map[kind][]string
	traits    []trait
	when      period
	monthsSet int // how often a month or quarter was named
}

type noun struct {
	kind kind
	many bool
}

// read takes in words one after the other. Its errors are refusals.
func (c *clause) read(words []word) error {
	c.names = map[kind][]string{}
	for i := 0; i < len(words); i++ {
		used, err := c.take(words, i)
		if err != nil {
			return err
		}
		i += used
	}
	switch {
	case c.pending != unknown:
		return refuse("I did not understand by what to group or rank.")
	case c.number != 0 && c.rank == unranked:
		return refuse("I did not understand what the number %d is for.", c.number)
	}
	return nil
}

// take reads the word at i and returns how many after it it has read as well.
func (c *clause) take(words []word, i int) (int, error) {
	w := words[i]
	switch w.role {
	case verb:
		c.verbs = append(c.verbs, w.kind)
	case who:
		c.relative = c.relative || len(c.nouns)+len(c.measures)+len(c.dims) > 0
		c.who = true
	case lead:
		c.picks = c.picks || w.number == pick
	case counting:
		c.counted, c.howMany = true, true
	case amount:
		c.amount = true
	case by:
		return 0, c.expect(by)
	case per:
		if w.number == trend {
			c.trend = true
			return 0, nil
		}
		if w.kind != "" {
			c.dims = include(c.dims, w.kind)
			return 0, nil
		}
		return 0, c.expect(per)
	case aMeasure:
		c.howMany = c.howMany || w.number == tally
		return 0, c.takeMeasure(w.measure)
	case aNoun:
		c.takeNoun(words, i)
	case aRank:
		return 0, c.takeRank(w)
	case aNumber:
		if c.number != 0 {
			return 0, refuse("I did not understand the numbers %d and %d together.", c.number, w.number)
		}
		c.number = w.number
	case aTrait:
		c.traits = include(c.traits, w.trait)
	case aName:
		return 0, c.takeName(words, i)
	case aYear, aRange, aMonth, aQuarter, between, since, after, before:
		return c.takeTime(words, i)
	}
	return 0, nil
}

func (c *clause) expect(r role) error {
	if c.pending != unknown {
		return refuse("I did not understand by what to group or rank.")
	}
	c.pending = r
	return nil
}

func (c *clause) takeMeasure(m measure) error {
	if c.pending == per {
		return refuse("I can work out “average order value” and “average freight”, but not other figures per order or per unit.")
	}
	c.pending, c.counted = unknown, c.counted && m != orders && m != units && m != stock
	c.measures = include(c.measures, m)
	return nil
}

func (c *clause) takeNoun(words []word, i int) {
	k := words[i].kind
	switch {
	case besideName(words, i):
	case c.pending != unknown:
		c.dims, c.pending = include(c.dims, k), unknown
	case c.counted, besideMeasure(words, i), mostOf(words, i) && len(c.nouns)+len(c.dims) > 0:
		c.counted = false
		c.measures = include(c.measures, countOf(k))
	default:
		c.nouns = append(c.nouns, noun{kind: k, many: words[i].many})
	}
}

// besideName reports whether the noun at i only says what kind a name next to it is.
func besideName(words []word, i int) bool {
	return i+1 < len(words) && isNameOf(words[i+1], words[i].kind) || i > 0 && isNameOf(words[i-1], words[i].kind)
}

// besideMeasure reports whether the noun at i stands in a row with a measure, and so
// is to be counted: "orders and customers".
func besideMeasure(words []word, i int) bool {
	row := func(j, k int) bool {
		return j >= 0 && k >= 0 && max(j, k) < len(words) && words[j].role == and && words[k].role == aMeasure
	}
	return words[i].many && (row(i-1, i-2) || row(i+1, i+2))
}

// mostOf reports whether the noun at i is what there is most or least of.
func mostOf(words []word, i int) bool { return words[i].many && i > 0 && words[i-1].role == aRank }

func isNameOf(w word, k kind) bool {
	return w.role == aName && slices.ContainsFunc(w.names, func(n name) bool { return n.kind == k })
}

func (c *clause) takeRank(w word) error {
	if c.rank != unranked && c.rank != w.rank || c.rankOf != "" && w.measure != "" && c.rankOf != w.measure {
		return refuse("I can show the top or the bottom of a list, but not both at once.")
	}
	c.rank = w.rank
	if w.measure != "" {
		c.rankOf = w.measure
	}
	return nil
}

// takeName adds a filter. A name of several things needs the word for its kind
// beside it.
func (c *clause) takeName(words []word, i int) error {
	found := words[i].names
	if len(found) > 1 {
		found = slices.DeleteFunc(slices.Clone(found), func(n name) bool {
			return (i == 0 || !isNoun(words[i-1], n.kind)) && (i+1 == len(words) || !isNoun(words[i+1], n.kind))
		})
	}
	if len(found) != 1 {
		return refuse("“%s” could be %s; please say which.", phrase(words[i].tokens), oneOf(words[i].names))
	}
	if found[0].kind == country {
		c.place = described(words[:i])
	}
	c.pending = unknown
	c.names[found[0].kind] = include(c.names[found[0].kind], found[0].text)
	return nil
}

// described returns the kind of the noun that ends words, fillers apart. A "for" or
// "to" makes plain that the orders are meant, not the noun.
func described(words []word) kind {
	for i := len(words) - 1; i >= 0; i-- {
		switch {
		case words[i].role == to || words[i].tokens[0].fold == "for":
			return ""
		case words[i].role != filler:
			return words[i].kind
		}
	}
	return ""
}

func isNoun(w word, k kind) bool { return w.role == aNoun && w.kind == k }

func include[T comparable](list []T, v T) []T {
	if slices.Contains(list, v) {
		return list
	}
	return append(list, v)
}

// countOf returns the measure that counts things of kind k; there is none for
// spans of time.
func countOf(k kind) measure {
	switch k {
	case customer:
		return customers
	case product:
		return products
	case supplier:
		return suppliers
	case employee:
		return employees
	case category:
		return categories
	case shipper:
		return shippers
	case country:
		return destinations
	default:
		return measure(k.plural())
	}
}
