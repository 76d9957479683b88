package grounding

import "math"

// checker looks for the figures of a document in an index.
type checker struct {
	doc   *document
	index *index
	given map[float64]bool // values in the texts that were given
	asked []float64        // the same in order, if they are few

	givenDays map[date]bool // days in those texts
	days      []dated       // see dates
	found     []*finding    // by figure
	open      []*search     // of the figures that were not found, or not for certain

	last struct { // see rowsInSentence
		in        span
		all, most []row
	}
}

// finding is what a figure was found to be.
type finding struct {
	kind           Kind
	exact          bool
	rescaled, weak bool
	astray         bool // the text names other rows, see place
	hits           []candidate
}

// candidate is a number that follows from the data.
type candidate struct {
	value float64
	kind  Kind
	of    ref   // the cell, or the first operand
	rows  []int // in place of of.row, for sums and counts of some rows
	by    ref   // the second operand
	pair  bool  // there is one
}

// row is a row of a sheet.
type row struct{ sheet, row int }

// class is a class of numbers that are looked at for a figure, see search.spent.
type class int

const (
	cells class = iota
	counts
	sums
	derived
	classes
)

// search is the search for one figure, from what is most likely meant to what is
// least. Cells come before totals, and those before what is derived from two cells.
type search struct {
	*checker
	i       int // of the figure
	f       *figure
	ways    []reading
	columns []word             // those that tell the column
	spent   [classes][]float64 // chance of an accidental match so far, by class and reading; later pools of a class include earlier ones
	weak    *finding

	least, most float64 // sizes that matter to any reading

	best match // of the pool at hand
	near []int // how many of its numbers lie in the decade of each reading
}

// run looks for all figures, and then once more for those that were not found: by then
// others in their blocks are, and point to rows.
func (c *checker) run() {
	c.counts()
	c.found = make([]*finding, len(c.doc.figures))
	for i := range c.doc.figures {
		c.found[i] = c.look(i)
	}
	for _, s := range c.open {
		if found := s.again(); found != nil {
			c.found[s.i] = found
		}
	}
	c.place()
	c.bounds()
	c.dates()
}

func (c *checker) look(i int) *finding {
	f := &c.doc.figures[i]
	if f.literal != "" {
		return c.lookLiteral(f)
	}
	s := &search{checker: c, i: i, f: f, ways: f.waysToRead(c.scalesOf(f)), columns: c.columnWords(f)}
	found := s.first()
	if found == nil {
		c.open = append(c.open, s)
		found = s.rest()
	}
	return found
}

// again looks where others than the figure itself may have opened the view.
func (s *search) again() *finding {
	rows := s.blockRows(s.f)
	if hit := s.try(cells, true, func() { s.cellsOf(rows) }); hit != nil || s.f.weak {
		return hit
	}
	if hit := s.try(derived, true, func() { s.fromRows(rows, true) }); hit != nil {
		return hit
	}
	if hit := s.try(derived, true, s.fromCited); hit != nil {
		return hit
	}
	return s.rest()
}

// first looks for the figure, from what is most likely to what is least.
func (s *search) first() *finding {
	f, in := s.f, s.scopeOf(s.f)
	s.near, s.least = make([]int, len(s.ways)), math.MaxFloat64
	for _, r := range s.ways {
		s.least, s.most = min(s.least, r.from, r.lo-r.slack), max(s.most, r.to, r.hi+r.slack)
	}
	hit := firstOf(
		s.inCitation,
		func() *finding { return s.inSentence(in) },
		func() *finding { return s.try(counts, false, func() { s.countsOf(in) }) },
		func() *finding { return s.try(cells, true, func() { s.cellsOf(in.block) }) },
	)
	if hit != nil || f.year { // the year itself names its rows
		return hit
	}
	hit = firstOf(s.inLandmarks, s.inAllCells)
	if hit != nil || f.weak { // too little to derive it from anything
		return hit
	}
	return firstOf(
		func() *finding { return s.try(sums, false, s.allTotals) },
		func() *finding { return s.try(sums, true, func() { s.sumsOf(in) }) },
		func() *finding { return s.derivedBySaying(in) },
		func() *finding { return s.derive(in) },
		func() *finding { return s.try(derived, false, s.anyShare) },
	)
}

// firstOf returns what the first of steps finds that finds anything.
func firstOf(steps ...func() *finding) *finding {
	for _, step := range steps {
		if hit := step(); hit != nil {
			return hit
		}
	}
	return nil
}

// inCitation looks in the rows that the model cited after the figure. Of figures with
// few digits these are trusted to be meant, if the value is there.
func (s *search) inCitation() *finding {
	if len(s.f.cites) == 0 {
		return nil
	}
	hit := s.inCited(s.citedBy(s.f))
	if hit == nil && s.weak != nil && s.weak.exact {
		hit = s.weak
		hit.weak = false
	}
	return hit
}

// inSentence looks in the rows that the sentence names.
func (s *search) inSentence(in scope) *finding {
	for _, rows := range in.sentence {
		if hit := s.try(cells, true, func() { s.cellsOf(rows) }); hit != nil {
			return hit
		}
	}
	return nil
}

// rest returns what remains where no match was certain.
func (s *search) rest() *finding {
	if s.weak != nil {
		return s.weak
	}
	for _, n := range s.f.readings {
		if s.given[n.value*math.Pow10(s.f.exp)] {
			return &finding{kind: Given, exact: true}
		}
	}
	if !s.f.weak && (s.workedOut() || s.workedOutOfGiven()) {
		return &finding{kind: Given, exact: true}
	}
	return nil
}

// try looks for the figure among the candidates that pool offers. Tied tells that the text points
// to them.
func (s *search) try(in class, tied bool, pool func()) *finding {
	s.best = match{}
	clear(s.near)
	pool()
	for w := range s.ways {
		s.spend(in, w, s.ways[w].chance(s.near[w]))
	}
	return s.judge(s.best, tied)
}

// offer weighs one candidate of the pool at hand.
func (s *search) offer(p candidate) {
	size := math.Abs(p.value)
	if size < s.least || s.most < size {
		return
	}
	for w := range s.ways {
		r := &s.ways[w]
		near := r.from <= size && size < r.to
		fits, exact := r.fits(size)
		if !near && !fits || !s.admits(r, &p) {
			continue
		}
		if near {
			s.near[w]++
		}
		if fits && s.f.signed(p.value) && s.agrees(&p) && (exact && r.integer || p.kind != Count) {
			s.best.add(p, w, exact)
		}
	}
}
