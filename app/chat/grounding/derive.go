package grounding

import (
	"math"
	"slices"
	"strings"
)

// What can be derived from a table is without end: among the differences of a
// thousand numbers there is any number. So only these are looked at: sums and means over all rows,
// or the sum over rows that the sentence names; a cell's share of its column's total;
// and pairs of cells of one column or of one row, where the text points to the rows, or
// where the table is so small that it does so by itself. Whether a match then proves
// anything is decided as for cells, by the number of candidates.
const (
	smallTable = 4  // rows; all pairs of so few are looked at
	maxPairs   = 8  // rows of which pairs are looked at
	maxCited   = 10 // cells already found in a block of which pairs are looked at
	maxWidth   = 16 // columns of numbers of which pairs are looked at
)

// countsOf offers numbers of rows: of each table, and of the rows that a name in the
// sentence stands for.
func (s *search) countsOf(in scope) {
	if !s.countable() {
		return
	}
	for i, sheet := range s.index.sheets {
		if n := max(sheet.Total, len(sheet.Rows)); n > 1 {
			s.offer(candidate{value: float64(n), kind: Count, of: ref{i, allRows, noColumn}})
			for _, shown := range s.leftOut() {
				s.offer(candidate{value: float64(n - shown), kind: Count, of: ref{i, allRows, noColumn}})
			}
			if held := len(sheet.Rows); held > 1 && held < n {
				s.offer(candidate{value: float64(held), kind: Count, of: ref{i, allRows, noColumn}})
			}
		}
	}
	for _, at := range s.f.counted {
		sheet := s.index.sheets[at.sheet]
		if n := sheet.distinct(at.column); sheet.whole() && n < len(sheet.Rows) {
			s.offer(candidate{value: float64(n), kind: Count, of: at})
		}
	}
	for _, m := range in.named {
		if len(m.rows) > 1 && s.index.sheets[m.sheet].whole() {
			s.offer(candidate{value: float64(len(m.rows)), kind: Count, of: ref{m.sheet, m.rows[0], noColumn}, rows: m.rows})
		}
	}
}

// leftOut returns how many rows the lists of the answer show, if the figure counts
// what they leave out: "25 more are in the result".
func (s *search) leftOut() []int {
	w, ok := nextWord(s.doc.text, s.f.end)
	if !ok || !isRest(strings.ToLower(s.doc.text[w.start:w.end])) {
		return nil
	}
	var out []int
	run := 0
	for i, b := range s.doc.blocks {
		if i == 0 || b.kind != s.doc.blocks[i-1].kind || b.table != s.doc.blocks[i-1].table {
			run = 0
		}
		if b.kind != tableRow && b.kind != item {
			continue
		}
		if run++; run > 1 {
			out = out[:len(out)-1]
		}
		out = append(out, run)
	}
	return out
}

// group is rows of one sheet that belong together in a sentence.
type group struct {
	sheet int
	rows  []int
}

// groupsOf returns the rows that a sentence adds up, if it does: all that it names,
// those of one name, the top n.
func (s *search) groupsOf(in scope) []group {
	var out []group
	add := func(g group) {
		if len(g.rows) > 1 && len(g.rows) < len(s.index.sheets[g.sheet].Rows) {
			out = append(out, g)
		}
	}
	named, top := make([][]int, len(s.index.sheets)), s.topIn(s.doc.around(s.f))
	for _, m := range in.added {
		add(group{m.sheet, m.rows})
		if len(m.rows) == 1 && !slices.Contains(named[m.sheet], m.rows[0]) {
			named[m.sheet] = append(named[m.sheet], m.rows[0])
		}
	}
	for i, rows := range named {
		slices.Sort(rows)
		if len(rows) <= maxPairs {
			add(group{i, rows})
		}
		if n := min(top, len(s.index.sheets[i].Rows)); n > 1 {
			first := make([]int, n)
			for r := range first {
				first[r] = r
			}
			add(group{i, first})
		}
	}
	return out
}

// allTotals offers totals and means of columns.
func (s *search) allTotals() {
	for i := range s.index.sheets {
		s.totals(i)
	}
}

// sumsOf offers sums of the rows that the sentence adds up, and their shares.
func (s *search) sumsOf(in scope) {
	for _, g := range s.groupsOf(in) {
		s.sumOf(g)
	}
}

func (s *search) totals(i int) {
	sheet := s.index.sheets[i]
	for c := range sheet.columns {
		col := &sheet.columns[c]
		if sheet.whole() && !col.key && col.count > 1 && (s.f.unit == noUnit || col.percent) {
			s.offer(candidate{value: col.sum, kind: Total, of: ref{i, allRows, c}})
			s.offer(candidate{value: col.sum / float64(col.count), kind: Average, of: ref{i, allRows, c}})
		}
	}
}

func (s *search) sumOf(g group) {
	sheet := s.index.sheets[g.sheet]
	for c := range sheet.columns {
		col := &sheet.columns[c]
		sum, n := 0.0, 0
		for _, r := range g.rows {
			if v := sheet.value(r, c); !math.IsNaN(v) {
				sum += v
				n++
			}
		}
		if col.key || n < 2 {
			continue
		}
		of := ref{g.sheet, g.rows[0], c}
		switch {
		case s.f.unit == noUnit && !s.f.part:
			s.offer(candidate{value: sum, kind: Total, of: of, rows: g.rows})
		case s.f.isShare() && sheet.whole() && col.sum > 0:
			s.offer(candidate{value: s.f.parts(sum / col.sum), kind: Share, of: of, rows: g.rows, by: ref{g.sheet, allRows, c}, pair: true})
		}
	}
}

func (f *figure) isShare() bool { return f.unit == percent || f.unit == perMille || f.part }

// parts returns a quotient in the unit of f.
func (f *figure) parts(q float64) float64 {
	switch {
	case f.part:
		return q
	case f.unit == perMille:
		return q * 1000
	default:
		return q * 100
	}
}

// derive looks in what can be derived from the rows that the text points to, from
// the narrowest pool to the widest.
func (s *search) derive(in scope) *finding {
	pools := in.sentence
	if n := len(pools); n == 0 || !slices.Equal(pools[n-1], in.block) {
		pools = append(slices.Clone(pools), in.block)
	}
	for _, rows := range pools {
		if hit := s.try(derived, true, func() { s.fromRows(rows, true) }); hit != nil {
			return hit
		}
	}
	if hit := s.try(derived, true, s.fromCited); hit != nil {
		return hit
	}
	return s.try(derived, s.pointsAnywhere(in), func() {
		var single []row
		for i, sheet := range s.index.sheets {
			if len(sheet.Rows) > smallTable {
				continue
			}
			var rows []row
			for r := range sheet.Rows {
				rows = append(rows, row{i, r})
			}
			s.fromSheet(i, rows, false)
			if len(rows) == 1 {
				single = append(single, rows...)
			}
		}
		s.betweenSheets(single[max(0, len(single)-maxPairs):])
	})
}

// pointsAnywhere reports whether the text points to any row, or its sentence to any column.
func (s *search) pointsAnywhere(in scope) bool {
	return len(in.named) > 0 || len(in.block) > 0 || slices.ContainsFunc(s.index.sheets, func(t *sheet) bool {
		return slices.ContainsFunc(t.columns, func(k column) bool { return s.saysColumn(s.f, &k) })
	})
}

// betweenSheets derives from pairs of cells of different results, in columns that
// mean the same by their names or because there are no others.
func (s *search) betweenSheets(rows []row) {
	for a, r := range rows {
		for _, q := range rows[:a] {
			if r.sheet == q.sheet {
				continue
			}
			x, y := s.index.sheets[r.sheet], s.index.sheets[q.sheet]
			for c := range x.columns {
				for d := range y.columns {
					alone := len(x.columns) == 1 && len(y.columns) == 1
					if !x.columns[c].key && !y.columns[d].key && (alone || x.columns[c].sharesWord(&y.columns[d])) {
						s.pair(ref{r.sheet, r.row, c}, ref{q.sheet, q.row, d})
					}
				}
			}
		}
	}
}

// fromRows derives from rows: shares of totals, pairs of rows in a column, pairs of
// columns in a row. With neighbours, each row is also compared with the ones before
// and after it, as growth from year to year is.
func (s *search) fromRows(rows []row, neighbours bool) {
	rows = slices.Clone(rows)
	slices.SortStableFunc(rows, func(a, b row) int { return a.sheet - b.sheet })
	for start := 0; start < len(rows); {
		end := start
		for end < len(rows) && rows[end].sheet == rows[start].sheet {
			end++
		}
		s.fromSheet(rows[start].sheet, rows[start:end], neighbours)
		start = end
	}
}

func (s *search) fromSheet(i int, rows []row, neighbours bool) {
	sheet := s.index.sheets[i]
	rows = rows[:min(len(rows), maxScope)]
	for c := range sheet.columns {
		col := &sheet.columns[c]
		if col.key || col.count == 0 {
			continue
		}
		if s.f.isShare() && sheet.whole() && col.count > 1 && col.sum > 0 {
			for _, r := range rows {
				s.share(ref{i, r.row, c}, ref{i, allRows, c}, sheet.value(r.row, c)/col.sum)
			}
		}
		if len(rows) > maxPairs {
			continue
		}
		for a, r := range rows {
			for _, q := range rows[a+1:] {
				s.pair(ref{i, r.row, c}, ref{i, q.row, c})
			}
			for _, n := range []int{r.row - 1, r.row + 1} {
				if neighbours && n >= 0 && n < len(sheet.Rows) && !slices.Contains(rows, row{i, n}) {
					s.pair(ref{i, r.row, c}, ref{i, n, c})
				}
			}
		}
	}
	if len(rows) <= maxPairs {
		for _, r := range rows {
			s.across(i, r.row)
		}
	}
}

// across derives from pairs of columns in a row.
func (s *search) across(i, r int) {
	sheet := s.index.sheets[i]
	var with []int
	for c := range sheet.columns {
		if !sheet.columns[c].key && len(with) < maxWidth && !math.IsNaN(sheet.value(r, c)) {
			with = append(with, c)
		}
	}
	for a, c := range with {
		for _, d := range with[a+1:] {
			s.pair(ref{i, r, c}, ref{i, r, d})
			if s.f.unit == noUnit { // such as sales per order
				s.ratio(ref{i, r, c}, ref{i, r, d})
			}
		}
	}
}

// fromCited derives from pairs of cells that other figures of the same block were
// found to be, of any tables: an answer that compares two results gives both.
func (s *search) fromCited() {
	var at []ref
	for j := range s.doc.figures {
		g, f := s.found[j], &s.doc.figures[j]
		if f.block != s.f.block || g == nil || g.weak || g.kind != Cell && g.kind != Total || len(g.hits) > 2 || f == s.f {
			continue
		}
		if of := g.hits[0].of; len(g.hits[0].rows) == 0 && !slices.Contains(at, of) {
			at = append(at, of)
		}
	}
	at = at[max(0, len(at)-maxCited):]
	for a := range at {
		for b := range at[:a] {
			s.pair(at[a], at[b])
		}
	}
}

// anyShare offers the share of each cell in its column's total.
func (s *search) anyShare() {
	if !s.f.isShare() {
		return
	}
	for i, sheet := range s.index.sheets {
		for c := range sheet.columns {
			col := &sheet.columns[c]
			if col.key || !sheet.whole() || col.count < 2 || col.sum <= 0 || len(sheet.Rows) > 200 {
				continue
			}
			for r := range sheet.Rows {
				s.share(ref{i, r, c}, ref{i, allRows, c}, sheet.value(r, c)/col.sum)
			}
		}
	}
}
