package guide

// clause is what the words of a question say, before it is decided what they mean
// together.
type clause struct {
	measures  []measure
	groups    []grouping // after "by" or "per"
	nouns     []noun     // elsewhere
	counted   bool       // "how many" that has not found its noun
	howMany   bool       // a number is asked for, not a list
	picks     bool       // a list is asked for: "which", "list"
	amount    bool       // "how much"
	who       bool
	asks      bool   // it has the form of a question or a request
	overall   bool   // all of the data are meant, in so many words
	total     bool   // all groups together are meant, in so many words
	relative  bool   // a "who" after what it describes
	trend     bool   // over time, in no given steps
	place     kind   // the noun before a country: the country may be theirs
	lastPlace kind   // what the last country named is one of
	verbs     []kind // what would do it: an employee sells, a customer buys
	rank      rank
	before    bool    // what would rank was named before the rank, and so may be wanted of those that rank by sales
	rankOf    measure // what the rank itself says: "cheapest"
	single    bool    // one order is meant: "the largest order"
	ofOrders  bool    // the rank is one of orders, by their value: "the largest orders"
	worth     bool    // sales as the value of orders
	apart     bool    // the names are to be shown apart: "in each of"
	mostly    bool    // the rank is one of numbers: "most"
	number    int
	pending   role // by or per that has not found its noun
	names     map[kind][]string
	without   map[kind][]string // names to be left out
	bound     bound             // the figure is compared with
	traits    []trait
	partOf    bool // a trait stands before what has it: “late orders”
	ofThose   bool // and figures of these are asked for: “sales of late orders”
	times     times
	average   bool
	share     bool
	ofTop     bool // the share was named before any rank, and so may be that of all who rank
	inPercent bool // the share may be the unit of a growth
	rateOnly  bool // the share is called a rate
	growth    gain
	down      bool // the growth is one downwards
	byAmount  int  // the word for a growth that is meant as an amount
	previous  kind // the span before is compared with
	compares  bool
	bareUnits bool   // “units”, of what is sold or in stock
	whether   trait  // what is asked of one product
	shipped   bool   // the times are those when orders were shipped
	pages     []int  // of a ranking that were shown before
	record    string // the number of the one order that is asked for
	words     []word // what it was read from
}

// grouping is something to group by.
type grouping struct {
	kind kind
	per  bool // it came after "per", and so may be what an average is over
}

type noun struct {
	kind kind
	many bool
}

// read takes in words one after the other. Its errors are refusals.
func (c *clause) read(words []word) error {
	c.names, c.words = map[kind][]string{}, words
	for i := 0; i < len(words); i++ {
		used, err := c.take(words, i)
		if err != nil {
			return err
		}
		i += used
	}
	c.whether = askedWhether(words)
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
		c.relative = c.relative || len(c.nouns)+len(c.measures)+len(c.groups) > 0
		c.who = true
	case filler:
		c.shipped = c.shipped || w.number == whenShipped
		c.overall, c.total, c.apart = c.overall || w.number == entire, c.total || w.number == summed, c.apart || w.number == apart
	case lead:
		c.asks = true
		c.picks = c.picks || w.number == pick
	case counting:
		c.counted, c.howMany = true, true
	case amount:
		c.amount = true
	case against:
		c.compares = true
	case by:
		return 0, c.expect(by)
	case per:
		return 0, c.takePer(w)
	case aMeasure:
		c.howMany = c.howMany || w.number == tally
		c.ofOrders = c.ofOrders || ranksOrders(words, i)
		return 0, c.takeMeasure(w)
	case aNoun:
		if i > 0 && (w.kind == country || w.kind == city) && words[i-1].role == aNoun && !w.tokens[0].cut {
			return 0, refuse("I go by the country or city to which orders went, not by that of a %s.", words[i-1].kind)
		}
		c.takeNoun(words, i)
	case aRank:
		return 0, c.takeRank(w)
	case aNumber, anOrdinal:
		return 0, c.takeNumber(words, i)
	case aTrait:
		c.traits = include(c.traits, w.trait)
		c.partOf = c.partOf || i+1 < len(words) && (words[i+1].role == aMeasure || words[i+1].role == aNoun)
		c.ofThose = c.ofThose || belongs(words, i) || i > 0 && words[i-1].role == aMeasure && belongs(words, i-1)
	case aName:
		return 0, c.takeName(words, i)
	case anAverage, aShare, aGrowth, theSpanBefore:
		return 0, c.takeDerived(w)
	case on:
		j := i + 1
		for j < len(words) && words[j].role == filler {
			j++
		}
		if j < len(words) && (isNameOf(words[j], category) || isNameOf(words[j], product)) {
			return 0, nil // “spend on Beverages”
		}
		if j == len(words) || words[j].role != aMoment || words[j].moment.unit != day {
			return 0, &refusal{unknown: []string{phrase(w.tokens)}}
		}
	case onward, through, until:
		return c.takeLimit(words, i)
	case aMoment, between, since, after, before:
		return c.takeTime(words, i)
	}
	return 0, nil
}

// takeLimit reads a word that is a limit only before a time, and “to” elsewhere.
func (c *clause) takeLimit(words []word, i int) (int, error) {
	if words[i].role == through && i+1 < len(words) && words[i+1].role == aMoment {
		return c.takeTime(words, i)
	}
	return 0, refuse("I did not understand the time; say “before 1998”, “through 1997” or “since 1997”.")
}

func (c *clause) expect(r role) error {
	if c.pending != unknown {
		return refuse("I did not understand by what to group or rank.")
	}
	c.pending = r
	return nil
}

func (c *clause) takePer(w word) error {
	switch {
	case w.number == trend:
		c.trend = true
		return nil
	case w.kind != "":
		c.groups = include(c.groups, grouping{w.kind, true})
		return nil
	default:
		return c.expect(per)
	}
}

func (c *clause) takeMeasure(w word) error {
	if c.pending == per {
		c.pending = unknown
		if w.measure != orders || w.many {
			return refuse("I can work out averages per order, but not per unit or per sale.")
		}
		c.groups = include(c.groups, grouping{order, true})
		return nil
	}
	m := w.measure
	if w.bound.op != "" {
		if c.bound.op != "" {
			return refuse("I can compare one figure with one number at a time.")
		}
		c.bound = w.bound
	}
	c.worth = c.worth || m == sales && w.number == worth
	c.pending, c.counted = unknown, c.counted && m != orders && m.traitOf() == "" && m != units && m != stock && m != onOrder
	c.bareUnits = c.bareUnits || m == units && w.number == loose
	c.single = c.single || m == orders && !w.many
	c.measures = include(c.measures, m)
	c.before = c.before && c.rank == unranked
	return nil
}

func (c *clause) takeNoun(words []word, i int) {
	k := words[i].kind
	switch {
	case besideName(words, i), qualifies(words, i):
	case c.pending != unknown:
		c.groups, c.pending = include(c.groups, grouping{k, c.pending == per}), unknown
	case c.counted, besideMeasure(words, i), mostOf(words, i) && len(c.nouns)+len(c.groups) > 0:
		c.counted = false
		c.measures = include(c.measures, countOf(k))
	default:
		c.nouns = append(c.nouns, noun{kind: k, many: words[i].many})
	}
}

func (c *clause) takeRank(w word) error {
	if c.rank != unranked && c.rank != w.rank || c.rankOf != "" && w.measure != "" && c.rankOf != w.measure {
		return refuse("I can show the top or the bottom of a list, but not both at once.")
	}
	if c.rank == unranked {
		c.before = len(c.measures) > 0 && c.measures[0] != sales || c.growth != noGain && w.number != most || c.total
	}
	c.rank, c.mostly = w.rank, c.mostly || w.number == most
	if w.measure != "" {
		c.rankOf = w.measure
	}
	return nil
}

// takeNumber reads how many are to be ranked: a number beside the rank, or before what is
// ranked.
func (c *clause) takeNumber(words []word, i int) error {
	before, next := unknown, unknown
	if i > 0 {
		before = words[i-1].role
	}
	if i+1 < len(words) {
		next = words[i+1].role
	}
	beside := before == aRank || next == aRank || (next == aNoun || next == aMeasure) && before != aNoun
	switch {
	case words[i].role == anOrdinal || !beside:
		return refuse("I did not understand what the number %s is for.", phrase(words[i].tokens))
	case c.number != 0:
		return refuse("I did not understand the numbers %d and %d together.", c.number, words[i].number)
	}
	c.number = words[i].number
	return nil
}

// takeDerived reads a word that asks for what is worked out from figures.
func (c *clause) takeDerived(w word) error {
	switch w.role {
	case anAverage:
		c.average = true
	case aShare:
		c.share, c.rateOnly = true, c.rateOnly || w.number == tally
		c.inPercent = w.number == inPercent
		c.ofTop = c.ofTop || c.rank == unranked
	case theSpanBefore:
		if c.previous != "" && c.previous != w.kind {
			return refuse("I did not understand what to compare with.")
		}
		c.previous = w.kind
	case aGrowth:
		c.before = c.before && c.rank == unranked
		c.growth = max(c.growth, byRate)
		if w.number == amid || w.number == down || w.number == upward {
			c.growth, c.byAmount = byChange, w.number
		}
		c.down = c.down || w.number == down
		if w.kind != "" {
			c.groups = include(c.groups, grouping{w.kind, true})
		}
		if w.rank != unranked {
			return c.takeRank(w)
		}
	}
	return nil
}
