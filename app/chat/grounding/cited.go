package grounding

import "slices"

// citedSet is the rows that citations name: single ones, and sheets as a whole.
type citedSet struct {
	rows  []row
	whole []int
	bad   bool // some of it does not exist
}

// resolve finds the rows that the i-th citation names.
func (c *checker) resolve(into *citedSet, i int) {
	for _, part := range c.doc.cites[i].rows {
		at := slices.IndexFunc(c.index.sheets, func(s *sheet) bool { return s.Number == part.call })
		if at < 0 {
			into.bad = true
			continue
		}
		last := part.to
		if n := len(c.index.sheets[at].Rows); last == all {
			last = n
		} else if part.from > last || last > n {
			into.bad = true
			continue
		}
		if part.from == 1 && last == len(c.index.sheets[at].Rows) {
			into.whole = append(into.whole, at)
		}
		for r := part.from; r <= last && len(into.rows) < maxCells; r++ {
			into.rows = append(into.rows, row{at, r - 1})
		}
	}
}

func (c *checker) citedBy(f *figure) citedSet {
	var set citedSet
	for _, i := range f.cites {
		c.resolve(&set, i)
	}
	return set
}

// inCited looks for the figure in the rows that the model cited: their cells, their
// sum, totals and numbers of tables cited as a whole, and what derives from them.
func (s *search) inCited(set citedSet) *finding {
	if len(set.rows) == 0 || len(set.rows) > maxScope {
		set.rows = nil
	}
	if hit := s.try(cells, true, func() { s.cellsOf(set.rows) }); hit != nil {
		return hit
	}
	if hit := s.try(sums, true, func() { s.sumsCited(set) }); hit != nil {
		return hit
	}
	if len(set.rows) > maxPairs {
		return nil
	}
	return s.try(derived, true, func() { s.fromRows(set.rows, false) })
}

// sumsCited offers totals and numbers of rows of the tables that are cited as a whole.
func (s *search) sumsCited(set citedSet) {
	for _, at := range set.whole {
		sheet := s.index.sheets[at]
		if n := max(sheet.Total, len(sheet.Rows)); n > 1 {
			s.offer(candidate{value: float64(n), kind: Count, of: ref{at, allRows, noColumn}})
		}
		s.totals(at)
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

// holds reports whether the first operand of h is of the cited rows.
func (set *citedSet) holds(h candidate) bool {
	if h.of.row == allRows {
		return slices.Contains(set.whole, h.of.sheet)
	}
	rows := h.rows
	if rows == nil {
		rows = []int{h.of.row}
	}
	for _, r := range rows {
		if !slices.Contains(set.rows, row{h.of.sheet, r}) {
			return false
		}
	}
	return true
}

// touches reports whether any operand of h is of the cited rows.
func (set *citedSet) touches(h candidate) bool {
	return set.holds(h) || h.pair && (&citedSet{rows: set.rows, whole: set.whole}).holds(candidate{of: h.by})
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
	case len(set.whole) > 0, c.names(c.doc.cites[i].start, set.rows):
		return set, ""
	default:
		return set, NoFigure
	}
}

// names reports whether the sentence at i names any of rows.
func (c *checker) names(i int, rows []row) bool {
	for b := range c.doc.blocks {
		if block := &c.doc.blocks[b]; i < block.start || block.end <= i {
			continue
		}
		for _, in := range c.doc.blocks[b].sentences {
			if !in.has(i) {
				continue
			}
			for _, m := range c.mentionsIn(in) {
				for _, r := range rows {
					if _, ok := slices.BinarySearch(m.rows, r.row); ok && r.sheet == m.sheet {
						return true
					}
				}
			}
		}
	}
	return false
}
