package grounding

import (
	"math"
	"slices"
	"strings"
)

// A round bound ("over 700,000") claims little, and is looked up in vain. But where the sentence names
// the row and the column, it must hold for that cell; and where it gives a range
// ("600k–620k"), a cell must lie in it. Everything else is left alone, since bounds also say
// which rows an answer is about.

// bounds judges the bounds and ranges that were not found.
func (c *checker) bounds() {
	for i := range c.doc.figures {
		f := &c.doc.figures[i]
		if c.found[i] != nil {
			continue
		}
		switch {
		case f.weak && (f.hedge == over || f.hedge == under):
			f.weak = !c.isBroken(f)
		case !f.weak && c.isRange(i-1):
			c.inRange(i-1, i)
		case !f.weak && c.isRange(i):
			c.inRange(i, i+1)
		}
	}
}

// isBroken reports whether a bound holds for none of the cells that it can be about.
func (c *checker) isBroken(f *figure) bool {
	if f.unit != noUnit || c.sentenceHas(f, isFiltering) {
		return false
	}
	limit := f.readings[0].value * math.Pow10(f.exp)
	broken := false
	for _, at := range c.about(f) {
		sheet := c.index.sheets[at.sheet]
		for _, col := range c.columnsFor(f, sheet, at.row, limit) {
			v := sheet.value(at.row, col)
			if f.hedge == over && v >= limit || f.hedge == under && v <= limit {
				return false
			}
			broken = true
		}
	}
	return broken
}

// about returns the rows that are named, in whole, in f's part of its sentence.
func (c *checker) about(f *figure) []row {
	in := c.doc.around(f)
	var out []row
	for i := range c.index.sheets {
		anchors := c.anchors(in, i, f)
		if len(anchors) == 0 {
			continue
		}
		parts := []span{in}
		if c.doc.blocks[f.block].kind != tableRow {
			parts = c.parts(f, in, anchors)
		}
		for _, a := range within(anchors, parts[0]) {
			for _, rows := range a.rows {
				if !a.full || len(rows) > maxPairs {
					return nil
				}
				for _, r := range rows {
					out = append(out, row{i, r})
				}
			}
		}
	}
	return out
}

// columnsFor returns the columns of a row that f can be about: those whose names stand in its
// sentence, else those whose cells have about its size.
func (c *checker) columnsFor(f *figure, s *sheet, r int, size float64) (out []int) {
	named := false
	for col := range s.columns {
		v := s.value(r, col)
		if math.IsNaN(v) || s.columns[col].key {
			continue
		}
		says := c.saysColumn(f, &s.columns[col])
		if says && !named {
			named, out = true, nil
		}
		if says || !named && math.Abs(v) < size*5 && size < math.Abs(v)*5 {
			out = append(out, col)
		}
	}
	return out
}

// isRange reports whether the i-th figure and the next are the ends of a range.
func (c *checker) isRange(i int) bool {
	if i < 0 || i+1 >= len(c.doc.figures) {
		return false
	}
	a, b := &c.doc.figures[i], &c.doc.figures[i+1]
	if a.block != b.block || b.start-a.end > 8 || a.year || b.year || a.unit != b.unit {
		return false
	}
	switch strings.Trim(c.doc.prose[a.end:b.start], " \u00a0") {
	case "-", "–", "—":
		return true
	case "and", "und", "et", "y", "e", "en":
		word, _ := wordBefore(c.doc.prose, c.doc.blocks[a.block].start, a.start)
		return isBetween(strings.ToLower(word))
	}
	return false
}

// inRange ties the ends of a range, as far as they are not found, to the cells in it that the
// text points to, if any.
func (c *checker) inRange(low, high int) {
	a, b := &c.doc.figures[low], &c.doc.figures[high]
	from, to := a.waysToRead(c.scalesOf(a)), b.waysToRead(c.scalesOf(b))
	if len(from) == 0 || len(from) != len(to) {
		return
	}
	rows := c.about(a)
	if len(rows) == 0 {
		rows = c.about(b)
	}
	var hits []candidate
	look := func(s *sheet, i, r, col, way int) {
		lo, hi := &from[way], &to[way]
		if v := s.value(r, col); !math.IsNaN(v) && lo.lo <= math.Abs(v) && math.Abs(v) <= hi.hi && a.suits(lo, &s.columns[col]) && !s.columns[col].key && len(hits) < maxSources {
			hits = append(hits, candidate{value: v, kind: Cell, of: ref{i, r, col}})
		}
	}
	for way := range from {
		for _, r := range rows {
			for col := range c.index.sheets[r.sheet].columns {
				look(c.index.sheets[r.sheet], r.sheet, r.row, col, way)
			}
		}
		for i, s := range c.index.sheets {
			for col := 0; col < len(s.columns) && len(rows) == 0; col++ {
				if c.saysColumn(a, &s.columns[col]) {
					for r := range s.Rows {
						look(s, i, r, col, way)
					}
				}
			}
		}
		if len(hits) > 0 {
			break
		}
	}
	if len(hits) == 0 {
		return
	}
	for _, i := range []int{low, high} {
		if c.found[i] == nil {
			c.found[i] = &finding{kind: Cell, rescaled: c.doc.figures[i].exp != 0, weak: true, hits: hits}
		}
	}
}

// saysColumn reports whether a word of a column's name stands in f's sentence, or in the head of
// its column in a table.
func (c *checker) saysColumn(f *figure, col *column) bool {
	words := c.columnWords(f)
	return slices.ContainsFunc(col.words, func(w uint64) bool {
		return slices.ContainsFunc(words, func(x word) bool { return x.key == w })
	})
}
