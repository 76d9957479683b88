package grounding

import (
	"math"
	"slices"
	"sort"
	"strings"
)

// A value that is right may be said of the wrong row: "Germany: 245,584.61" with the sales of the
// USA. So what a sentence names is compared with where its figures come from. A sentence that
// holds several figures is divided between each two at the first comma or "and", and what is
// named in the part of a figure, in whole and not by a word of it, must name the figure's row.
// Where nothing is named there, the last part before that names anything counts. Of a derived
// figure one operand is enough. A mark that fails is weak, and no more: language is free.

// anchor is a place in a sentence that names rows of one sheet.
type anchor struct {
	start, end int
	column     int     // the first column that has the name; noColumn for dates
	full       bool    // the whole name stands there, not only a word of it
	rows       [][]int // by mention
}

func (a *anchor) names(r int) bool {
	return slices.ContainsFunc(a.rows, func(rows []int) bool {
		_, found := slices.BinarySearch(rows, r)
		return found
	})
}

// place doubts the findings whose rows are not the ones that the text names, and keeps of equal
// hits those that are.
func (c *checker) place() {
	for i := range c.doc.figures {
		f, found := &c.doc.figures[i], c.found[i]
		if found == nil || f.year || len(found.hits) == 0 {
			continue
		}
		if _, ok := c.keyOf(i); ok { // it is a name itself
			continue
		}
		var kept []candidate
		for _, h := range found.hits {
			if c.inPlace(f, h) {
				kept = append(kept, h)
			}
		}
		if len(kept) == 0 || f.isReversed(c, kept[0]) {
			found.astray = true
			continue
		}
		found.hits = kept
	}
}

// inPlace reports whether the text may speak of an operand's row.
func (c *checker) inPlace(f *figure, h candidate) bool {
	if h.rows != nil || h.of.column == noColumn {
		return true
	}
	at := []ref{h.of}
	if h.pair {
		at = append(at, h.by)
	}
	single := false
	for _, r := range at {
		if r.row == allRows {
			continue
		}
		if c.fits(f, r) {
			return true
		}
		single = true
	}
	return !single
}

// fits reports whether what is named near f names that row, or nothing of its sheet.
func (c *checker) fits(f *figure, at ref) bool {
	in := c.doc.around(f)
	anchors := c.anchors(in, at.sheet, f)
	if len(anchors) == 0 {
		return c.fitsParent(f, at)
	}
	parts := []span{in}
	if c.doc.blocks[f.block].kind != tableRow {
		parts = c.parts(f, in, anchors)
	}
	for i, p := range parts {
		named := within(anchors, p)
		if len(named) > 0 {
			return allName(named, at.row)
		}
		if i == 0 && c.hasWord(p, func(word string) bool { return isElsewhere(word) || monthOf(word) > 0 }) {
			return true
		}
	}
	return true
}

// within returns the anchors that begin in a piece of the text.
func within(anchors []anchor, p span) []anchor {
	var out []anchor
	for _, a := range anchors {
		if p.has(a.start) {
			out = append(out, a)
		}
	}
	return out
}

// allName reports whether, of the anchors of each column, one names the row: "Germany in 1997"
// must name it twice. A word of a name may only speak for a row.
func allName(anchors []anchor, r int) bool {
	for _, a := range anchors {
		if a.full && !slices.ContainsFunc(anchors, func(b anchor) bool { return b.column == a.column && b.names(r) }) {
			return false
		}
	}
	return true
}

// fitsParent is fits for an item that names nothing, below an item that does.
func (c *checker) fitsParent(f *figure, at ref) bool {
	b := &c.doc.blocks[f.block]
	if b.kind != item || b.parent < 0 || c.doc.blocks[b.parent].kind != item {
		return true
	}
	p := &c.doc.blocks[b.parent]
	anchors := c.anchors(span{p.start, p.end}, at.sheet, f)
	return slices.ContainsFunc(anchors, func(a anchor) bool { return a.names(at.row) || !a.full }) || len(anchors) == 0
}

// maxAnchors is how many places of a sentence are looked at; a sentence with more is a list
// that only its writer can read.
const maxAnchors = 40

// anchors returns the places in a piece of the text that name rows of a sheet, besides f: whole
// names, dates, and numbers that are keys.
func (c *checker) anchors(in span, sheet int, f *figure) []anchor {
	var out []anchor
	add := func(start, end, column int, full bool, rows []int) {
		if start < f.end && f.start < end {
			return
		}
		if n := len(out); n > 0 && out[n-1].start == start {
			out[n-1].rows, out[n-1].full = append(out[n-1].rows, rows), out[n-1].full || full
			return
		}
		out = append(out, anchor{start, end, column, full, [][]int{rows}})
	}
	for _, m := range c.mentionsIn(in) {
		if m.sheet == sheet && len(out) < maxAnchors {
			add(m.start, m.end, m.column, m.full, m.rows)
		}
	}
	for i := c.figureFrom(in.start); i < len(c.doc.figures) && c.doc.figures[i].start < in.end && len(out) < maxAnchors; i++ {
		if k, ok := c.keyOf(i); ok && k.sheet == sheet {
			add(c.doc.figures[i].start, c.doc.figures[i].end, k.column, true, []int{k.row})
		}
	}
	sort.SliceStable(out, func(i, k int) bool { return out[i].start < out[k].start })
	return out
}

// figureFrom returns the index of the first figure at or after an offset.
func (c *checker) figureFrom(at int) int {
	return sort.Search(len(c.doc.figures), func(i int) bool { return c.doc.figures[i].start >= at })
}

// keyOf returns the cell of the i-th figure if that is a key, such as the number of an order.
func (c *checker) keyOf(i int) (ref, bool) {
	f, found := &c.doc.figures[i], c.found[i]
	if f.year || found == nil || found.weak || found.kind != Cell || len(found.hits) != 1 {
		return ref{}, false
	}
	at := found.hits[0].of
	col := &c.index.sheets[at.sheet].columns[at.column]
	return at, col.key && !col.years
}

// parts divides the text around f at its figures: the part of f first, then those before it,
// backwards.
func (c *checker) parts(f *figure, in span, anchors []anchor) []span {
	isPlain := func(g *figure) bool {
		return !g.year && !slices.ContainsFunc(anchors, func(a anchor) bool { return a.start < g.end && g.start < a.end })
	}
	var cuts []int // between the figures of the sentence, up to the first after f
	last := -1
	for i := c.figureFrom(in.start); i < len(c.doc.figures) && c.doc.figures[i].start < in.end; i++ {
		g := &c.doc.figures[i]
		if !isPlain(g) && g != f {
			continue
		}
		if last >= 0 {
			if n := separatorIn(c.doc.prose[last:g.start]); n >= 0 {
				cuts = append(cuts, last+n)
			}
		}
		if last = g.end; len(cuts) > 0 && cuts[len(cuts)-1] >= f.end {
			break
		}
	}
	end, out := in.end, []span(nil)
	for i := len(cuts) - 1; i >= 0; i-- {
		if cuts[i] >= f.end {
			end = cuts[i]
			continue
		}
		out = append(out, span{cuts[i], end})
		end = cuts[i]
	}
	return append(out, span{in.start, end})
}

// separatorIn returns where the first mark or word that separates two statements stands, or -1.
func separatorIn(s string) int {
	at := strings.IndexAny(s, ",;()\n|—–")
	if at >= 0 && s[at] == '(' { // "208,083.97 (1996) to": what it holds belongs to the first
		at += max(0, strings.IndexByte(s[at:], ')'))
	}
	if n := strings.Index(s, ". "); n >= 0 && (at < 0 || n < at) {
		at = n
	}
	for w, ok := nextWord(s, 0); ok && (at < 0 || w.start < at); w, ok = nextWord(s, w.end) {
		if isJoining(strings.ToLower(s[w.start:w.end])) {
			return w.start
		}
	}
	return at
}

// isReversed reports whether a change is said to go the other way in time: "fell by 5 from 1996
// to 1997", where it grew.
func (f *figure) isReversed(c *checker, h candidate) bool {
	if f.way == 0 || f.wayAfter || !h.pair || h.of.sheet != h.by.sheet || h.of.row < 0 || h.by.row < 0 {
		return false
	}
	of, by := c.index.sheets[h.of.sheet].timeOf(h.of.row), c.index.sheets[h.by.sheet].timeOf(h.by.row)
	if of == (date{}) || by == (date{}) || of == by {
		return false
	}
	switch later := by.before(of); h.kind {
	case Growth:
		return !later
	case Difference: // of the larger and the smaller
		return later != (f.way > 0)
	default:
		return false
	}
}

// timeOf returns the date of a row, if it has one.
func (s *sheet) timeOf(r int) date {
	year, month, quarter := s.calendar()
	if year >= 0 && !math.IsNaN(s.value(r, year)) {
		d := date{year: int(s.value(r, year))}
		if month >= 0 && !math.IsNaN(s.value(r, month)) {
			d.month = int(s.value(r, month))
		}
		if quarter >= 0 && !math.IsNaN(s.value(r, quarter)) {
			d.quarter = int(s.value(r, quarter))
		}
		return d
	}
	for c := range s.columns {
		if d, ok := cellDate(s.cell(r, c)); ok {
			return d
		}
	}
	return date{}
}

func (d date) before(e date) bool {
	for _, p := range [][2]int{{d.year, e.year}, {d.quarter, e.quarter}, {d.month, e.month}, {d.day, e.day}} {
		if p[0] != p[1] {
			return p[0] < p[1]
		}
	}
	return false
}
