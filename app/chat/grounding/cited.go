package grounding

import (
	"slices"
	"sort"
)

// citedSet is the rows that citations name.
type citedSet struct {
	ranges []rowRange
	rows   []row // the same one by one, unless there are more than maxScope
	bad    bool  // some of it does not exist
}

// rowRange is rows of a sheet, from and to included; whole tells that there are no others.
type rowRange struct {
	sheet, from, to int
	whole           bool
}

// resolve finds the rows that the i-th citation names.
func (c *checker) resolve(into *citedSet, i int) {
	for _, part := range c.doc.cites[i].rows {
		at := slices.IndexFunc(c.index.sheets, func(s *sheet) bool { return s.Number == part.call })
		if at < 0 {
			into.bad = true
			continue
		}
		n := len(c.index.sheets[at].Rows)
		r := rowRange{sheet: at, from: part.from - 1, to: part.to - 1}
		if part.to == all {
			r.to = n - 1
		}
		r.whole = r.from == 0 && r.to == n-1
		if !r.whole && (r.from > r.to || r.to >= n) {
			into.bad = true
			continue
		}
		into.ranges = append(into.ranges, r)
		for k := r.from; k <= r.to && len(into.rows) <= maxScope; k++ {
			into.rows = append(into.rows, row{at, k})
		}
	}
}

func (c *checker) citedBy(f *figure) citedSet {
	var set citedSet
	for _, i := range f.cites {
		c.resolve(&set, i)
	}
	if len(set.rows) > maxScope {
		set.rows = nil
	}
	return set
}

// inCited looks for the figure in the rows that the model cited: their cells, their
// sum, totals and numbers of tables cited as a whole, and what derives from them.
func (s *search) inCited(set citedSet) *finding {
	if hit := s.try(cells, true, func() { s.cellsOf(set.rows) }); hit != nil {
		return hit
	}
	if hit := s.try(sums, true, func() { s.sumsCited(set) }); hit != nil {
		return hit
	}
	if len(set.rows) > maxPairs {
		return nil
	}
	return s.try(derived, true, func() {
		s.fromRows(set.rows, false)
		s.betweenSheets(set.rows)
	})
}

// sumsCited offers totals and numbers of rows of the tables that are cited as a whole.
func (s *search) sumsCited(set citedSet) {
	for _, r := range set.ranges {
		sheet := s.index.sheets[r.sheet]
		if n := max(sheet.Total, len(sheet.Rows)); r.whole && n > 1 {
			s.offer(candidate{value: float64(n), kind: Count, of: ref{r.sheet, allRows, noColumn}})
		}
		if r.whole {
			s.totals(r.sheet)
		}
	}
	if len(set.rows) < 2 {
		return
	}
	g := group{sheet: set.rows[0].sheet}
	for _, r := range set.rows {
		if r.sheet != g.sheet {
			return
		}
		g.rows = append(g.rows, r.row)
	}
	if slices.Sort(g.rows); len(g.rows) < len(s.index.sheets[g.sheet].Rows) {
		s.sumOf(g)
	}
}

// has reports whether a row is cited; allRows asks for the whole sheet.
func (set *citedSet) has(sheet, row int) bool {
	return slices.ContainsFunc(set.ranges, func(r rowRange) bool {
		return r.sheet == sheet && (r.whole || row != allRows && r.from <= row && row <= r.to)
	})
}

// holds reports whether the first operand of h is of the cited rows.
func (set *citedSet) holds(h candidate) bool {
	for _, r := range h.rows {
		if !set.has(h.of.sheet, r) {
			return false
		}
	}
	return len(h.rows) > 0 || set.has(h.of.sheet, h.of.row)
}

// touches reports whether any operand of h is of the cited rows.
func (set *citedSet) touches(h candidate) bool {
	return set.holds(h) || h.pair && set.has(h.by.sheet, h.by.row)
}

// verdict tells whether the figure follows from the rows that the model cited after
// it, and keeps of equal hits those that do.
func (c *checker) verdict(f *figure, found *finding) Verdict {
	if len(f.cites) == 0 {
		return Absent
	}
	if found == nil {
		return Wrong
	}
	set := c.citedBy(f)
	var held []candidate
	for _, h := range found.hits {
		if set.holds(h) {
			held = append(held, h)
		}
	}
	if set.bad || len(held) == 0 {
		return Wrong
	}
	found.hits = held
	return Right
}

// judgeCitation tells what is wrong with the i-th citation, if anything.
//
// One without a figure may stand for a name, a date or a list: it is right if its
// rows are among those that the sentence names, or are the whole result.
func (c *checker) judgeCitation(i int) (citedSet, Problem) {
	var set citedSet
	c.resolve(&set, i)
	if set.bad {
		return set, NoRows
	}
	at := c.doc.cites[i].figure
	var found *finding
	if at >= 0 {
		found = c.found[at]
	}
	switch {
	case found != nil && slices.ContainsFunc(found.hits, set.touches):
		return set, ""
	case found != nil && len(found.hits) > 0:
		return set, Elsewhere
	case at >= 0 && !c.doc.figures[at].year:
		return set, NotFound
	case slices.ContainsFunc(set.ranges, func(r rowRange) bool { return r.whole }), c.names(c.doc.cites[i].start, &set):
		return set, ""
	default:
		return set, NoFigure
	}
}

// names reports whether the sentence at i names any of the cited rows.
func (c *checker) names(i int, set *citedSet) bool {
	blocks := c.doc.blocks
	b := sort.Search(len(blocks), func(k int) bool { return blocks[k].end > i })
	if b == len(blocks) {
		return false
	}
	sentences := blocks[b].sentences
	k := sort.Search(len(sentences), func(k int) bool { return sentences[k].end > i })
	if k == len(sentences) {
		return false
	}
	for _, m := range c.mentionsIn(sentences[k].clip(i)) {
		if slices.ContainsFunc(m.rows, func(r int) bool { return set.has(m.sheet, r) }) {
			return true
		}
	}
	return false
}
