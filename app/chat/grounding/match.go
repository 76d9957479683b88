package grounding

import (
	"math"
	"slices"
	"sort"
	"strings"
)

// checker looks for the figures of a document in an index.
type checker struct {
	doc   *document
	index *index
	given map[float64]bool
	found []*finding // by figure
	open  []*search  // of the figures that were not found, or not for certain

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
	c.found = make([]*finding, len(c.doc.figures))
	for i := range c.doc.figures {
		c.found[i] = c.look(i)
	}
	for _, s := range c.open {
		if found := s.again(); found != nil {
			c.found[s.i] = found
		}
	}
}

func (c *checker) look(i int) *finding {
	f := &c.doc.figures[i]
	if f.literal != "" {
		return c.lookLiteral(f)
	}
	s := &search{checker: c, i: i, f: f, ways: f.waysToRead(), columns: c.columnWords(f)}
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
	if len(f.cites) > 0 {
		if hit := s.inCited(s.citedBy(f)); hit != nil {
			return hit
		}
		if s.weak != nil && s.weak.exact { // the citation points to the row
			s.weak.weak = false
			return s.weak
		}
	}
	for _, rows := range in.sentence {
		if hit := s.try(cells, true, func() { s.cellsOf(rows) }); hit != nil {
			return hit
		}
	}
	for _, step := range []func() *finding{
		func() *finding { return s.try(counts, false, func() { s.countsOf(in) }) },
		func() *finding { return s.try(cells, true, func() { s.cellsOf(in.block) }) },
	} {
		if hit := step(); hit != nil {
			return hit
		}
	}
	if f.year {
		return nil // the year itself names its rows
	}
	for _, step := range []func() *finding{
		s.inLandmarks,
		s.inAllCells,
	} {
		if hit := step(); hit != nil {
			return hit
		}
	}
	if f.weak {
		return nil // too little to derive it from anything
	}
	for _, step := range []func() *finding{
		func() *finding { return s.try(sums, false, s.allTotals) },
		func() *finding { return s.try(sums, true, func() { s.sumsOf(in) }) },
		func() *finding { return s.derive(in) },
		func() *finding { return s.try(derived, false, s.anyShare) },
	} {
		if hit := step(); hit != nil {
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
		if fits && s.f.signed(p.value) && (exact && r.integer || p.kind != Count) {
			s.best.add(p, w, exact)
		}
	}
}

// match is the hits of one reading, exact ones if there are such.
type match struct {
	hits  []candidate
	way   int
	exact bool
}

func (m *match) add(h candidate, way int, exact bool) {
	if len(m.hits) > 0 && (m.exact && !exact || m.exact == exact && m.way != way) {
		return
	}
	if len(m.hits) == 0 || exact && !m.exact {
		*m = match{way: way, exact: exact}
	}
	if len(m.hits) < maxHits {
		m.hits = append(m.hits, h)
	}
}

// maxHits is how many equal hits are weighed against each other.
const maxHits = 64

// spend notes the chance of an accidental match of a reading.
func (s *search) spend(in class, way int, chance float64) {
	if s.spent[in] == nil {
		s.spent[in] = make([]float64, len(s.ways))
	}
	s.spent[in][way] = max(s.spent[in][way], chance)
}

func (s *search) admits(r *reading, p *candidate) bool {
	if p.kind != Cell {
		return r.role == asWritten && (p.kind != Count || s.countable())
	}
	return s.f.suits(r, &s.index.sheets[p.of.sheet].columns[p.of.column])
}

// judge accepts a match, keeps it as a weak one, or refuses it. The chance that counts is that of
// all that was looked at under the reading that matches and those before it.
func (s *search) judge(m match, tied bool) *finding {
	if len(m.hits) == 0 {
		return nil
	}
	chance := 0.0
	for _, ways := range s.spent {
		for w := 0; w <= m.way && w < len(ways); w++ {
			chance += ways[w]
		}
	}
	r := &s.ways[m.way]
	few := r.digits < fewDigits
	limit := maxChance
	switch {
	case few:
		limit = maxChanceFew
	case tied:
		limit = maxChanceTied
	}
	hits := s.choose(m.hits)
	out := &finding{kind: hits[0].kind, exact: m.exact, rescaled: r.role == asFraction || s.f.exp != 0 && r.role == asWritten, hits: hits}
	if chance <= limit {
		return out
	}
	if s.weak == nil && few && s.isPlausible(out, r, tied) {
		out.weak = true
		s.weak = out
	}
	return nil
}

// isPlausible reports whether a match that accident may explain is worth telling: where the text
// points to the row, and elsewhere if it is a cell to the last digit. Weak figures
// need both.
func (s *search) isPlausible(m *finding, r *reading, tied bool) bool {
	direct := m.kind == Cell || m.kind == Count
	switch {
	case s.f.weak:
		return tied && m.exact && direct
	case tied:
		return m.exact && direct || r.digits > 1
	default:
		return m.exact && m.kind == Cell
	}
}

// choose keeps the hits that the text speaks for: those in the column that it
// names, or that its other figures come from, if any; else all, of one kind.
func (s *search) choose(hits []candidate) []candidate {
	top := 0
	score := make([]int, len(hits))
	for i, h := range hits {
		if h.of.column == noColumn {
			continue
		}
		for _, w := range s.index.sheets[h.of.sheet].columns[h.of.column].words {
			if slices.ContainsFunc(s.columns, func(c word) bool { return c.key == w }) {
				score[i] += 2
			}
		}
		if s.beside(h.of) {
			score[i]++
		}
		top = max(top, score[i])
	}
	var out []candidate
	for i, h := range hits {
		if score[i] < top || len(out) == maxSources || len(out) > 0 && h.kind != out[0].kind {
			continue
		}
		if h.pair {
			return []candidate{h}
		}
		out = append(out, h)
	}
	return out
}

// beside reports whether another figure of the sentence comes from the same column.
func (s *search) beside(at ref) bool {
	first := sort.Search(len(s.doc.figures), func(i int) bool { return s.doc.figures[i].block >= s.f.block })
	for i := first; i < len(s.doc.figures) && s.doc.figures[i].block == s.f.block; i++ {
		f, g := &s.doc.figures[i], s.found[i]
		if f == s.f || f.sentence != s.f.sentence || g == nil || g.weak {
			continue
		}
		for _, h := range g.hits {
			if h.of.sheet == at.sheet && h.of.column == at.column {
				return true
			}
		}
	}
	return false
}

// cellsOf offers the cells of rows.
func (s *search) cellsOf(rows []row) {
	for _, r := range rows {
		sheet := s.index.sheets[r.sheet]
		for c := range sheet.columns {
			if v := sheet.value(r.row, c); !math.IsNaN(v) {
				s.offer(candidate{value: v, kind: Cell, of: ref{r.sheet, r.row, c}})
			}
		}
	}
}

// landmarks offers the cells that answers name without a label: the first and the
// last row, and the extremes of each column.
func (s *search) landmarks() {
	for i, sheet := range s.index.sheets {
		for c := range sheet.columns {
			col := &sheet.columns[c]
			if col.count == 0 {
				continue
			}
			rows := [...]int{0, len(sheet.Rows) - 1, col.min, col.max}
			for k, r := range rows {
				if v := sheet.value(r, c); !math.IsNaN(v) && !slices.Contains(rows[:k], r) {
					s.offer(candidate{value: v, kind: Cell, of: ref{i, r, c}})
				}
			}
		}
	}
}

// inLandmarks is try over landmarks. Having matched, all equal cells are as good.
func (s *search) inLandmarks() *finding {
	hit := s.try(cells, false, s.landmarks)
	if hit == nil {
		return nil
	}
	var best match
	for w := 0; w <= s.best.way; w++ {
		s.offerCells(&best, w)
	}
	hit.hits = s.choose(best.hits)
	return hit
}

// inAllCells is try over all cells.
func (s *search) inAllCells() *finding {
	var best match
	for w := range s.ways {
		s.spend(cells, w, s.ways[w].chance(s.offerCells(&best, w)))
	}
	return s.judge(best, false)
}

// offerCells offers all cells to one reading, and returns how many lie in its decade.
func (s *search) offerCells(best *match, way int) int {
	r, near := &s.ways[way], 0
	for i, sheet := range s.index.sheets {
		for c := range sheet.columns {
			col := &sheet.columns[c]
			if col.count == 0 || !s.f.suits(r, col) {
				continue
			}
			near += col.between(r.from, r.to)
			if col.between(r.lo-r.slack, math.Nextafter(r.hi+r.slack, math.MaxFloat64)) == 0 {
				continue
			}
			for row := range sheet.Rows {
				v := sheet.value(row, c)
				if fits, exact := r.fits(math.Abs(v)); fits && s.f.signed(v) {
					best.add(candidate{value: v, kind: Cell, of: ref{i, row, c}}, way, exact)
				}
			}
		}
	}
	return near
}

// lookLiteral looks for digits that must stand in a cell as they are.
func (c *checker) lookLiteral(f *figure) *finding {
	found := finding{kind: Cell, exact: true}
	for i, sheet := range c.index.sheets {
		for r := range sheet.Rows {
			for col := range sheet.columns {
				text := sheet.cell(r, col)
				if negative := f.sign < 0; negative {
					text, _ = strings.CutPrefix(text, "-")
				}
				if text == f.literal && len(found.hits) < maxSources {
					found.hits = append(found.hits, candidate{kind: Cell, of: ref{i, r, col}})
				}
			}
		}
	}
	if len(found.hits) == 0 {
		return nil
	}
	return &found
}

// countable reports whether f can be a number of rows.
func (s *search) countable() bool {
	return !s.f.money && s.f.unit == noUnit && s.f.sign == 0 && s.f.readings[0].value == math.Trunc(s.f.readings[0].value)
}
