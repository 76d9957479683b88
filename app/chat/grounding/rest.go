package grounding

import (
	"math"
	"slices"
)

// maxRest is how many rows the rest of a table may have: all but those that are named.
const maxRest = 200

// derivedBySaying looks for what words of the sentence ask for: "a month" for a year's cell by
// twelve, "all but" and "the rest" for all rows without those that are named.
func (s *search) derivedBySaying(in scope) *finding {
	if s.f.unit == noUnit && !s.f.part {
		if parts := s.periods(); parts != nil {
			if hit := s.try(derived, true, func() { s.perPeriod(in, parts) }); hit != nil {
				return hit
			}
		}
	}
	if !s.sentenceHas(s.f, isRemainder) {
		return nil
	}
	return s.try(derived, true, func() {
		for _, g := range s.groupsOf(in) {
			s.sumOf(s.without(g))
		}
		for _, rows := range in.sentence {
			for _, r := range rows {
				s.sumOf(s.without(group{r.sheet, []int{r.row}}))
			}
		}
		s.others()
	})
}

// others offers the sums of the last n rows, where the sentence counts them: "the other 18 countries".
func (s *search) others() {
	in := s.doc.around(s.f)
	for i := s.figureFrom(in.start); i < len(s.doc.figures) && s.doc.figures[i].start < in.end; i++ {
		f := &s.doc.figures[i]
		if !f.isPlainCount() {
			continue
		}
		for k, sheet := range s.index.sheets {
			if first := len(sheet.Rows) - int(f.readings[0].value); first > 0 && first < len(sheet.Rows)-1 {
				g := group{sheet: k}
				for r := range first {
					g.rows = append(g.rows, r)
				}
				s.sumOf(s.without(g))
			}
		}
	}
}

// without returns the other rows of the sheet, if all are known and not too many.
func (s *search) without(g group) group {
	sheet := s.index.sheets[g.sheet]
	out := group{sheet: g.sheet}
	if !sheet.whole() || len(sheet.Rows) > maxRest {
		return out
	}
	named := make([]bool, len(sheet.Rows))
	for _, r := range g.rows {
		named[r] = true
	}
	for r := range sheet.Rows {
		if !named[r] {
			out.rows = append(out.rows, r)
		}
	}
	return out
}

// periods returns into how many parts the sentence divides a year: 12 for "monthly".
func (s *search) periods() (parts []int) {
	s.sentenceHas(s.f, func(word string) bool {
		if n := partsOfYear(word); n > 0 && !slices.Contains(parts, n) {
			parts = append(parts, n)
		}
		return false
	})
	return parts
}

// perPeriod offers the cells of years, by the number of their months or quarters. A row stands
// for a year if its table tells years, or has no other row.
func (s *search) perPeriod(in scope, parts []int) {
	seen := map[row]bool{}
	for _, rows := range append(slices.Clip(in.sentence), in.block) {
		for _, r := range rows {
			sheet := s.index.sheets[r.sheet]
			if seen[r] || len(sheet.Rows) > 1 && !slices.ContainsFunc(sheet.columns, func(c column) bool { return c.years }) {
				continue
			}
			seen[r] = true
			s.perPeriodOf(r, parts)
		}
	}
	for i, sheet := range s.index.sheets {
		if r := (row{i, 0}); len(sheet.Rows) == 1 && !seen[r] {
			s.perPeriodOf(r, parts)
		}
	}
}

func (s *search) perPeriodOf(r row, parts []int) {
	sheet := s.index.sheets[r.sheet]
	for c := range sheet.columns {
		v := sheet.value(r.row, c)
		if math.IsNaN(v) || sheet.columns[c].key {
			continue
		}
		for _, n := range parts {
			s.offer(candidate{value: v / float64(n), kind: Average, of: ref{r.sheet, r.row, c}})
		}
	}
}

// workedOut reports whether the text itself works the figure out: "617,085.20 / 12 = 51,423.77".
func (s *search) workedOut() bool {
	if s.i < 2 {
		return false
	}
	a, b := &s.doc.figures[s.i-2], &s.doc.figures[s.i-1]
	if a.block != s.f.block || b.block != s.f.block || s.f.start-a.start > maxGap {
		return false
	}
	op, equal := operatorIn(s.doc.prose[a.end:b.start]), operatorIn(s.doc.prose[b.end:s.f.start])
	if a.unit == times && op == 0 {
		op = '*'
	}
	if equal != '=' {
		return false
	}
	for _, x := range a.readings {
		for _, y := range b.readings {
			if s.isValue(op, x.value*math.Pow10(a.exp), y.value*math.Pow10(b.exp)) {
				return true
			}
		}
	}
	return false
}

// isValue reports whether the figure is what an operator makes of two numbers.
func (s *search) isValue(op byte, x, y float64) bool {
	v := math.NaN()
	switch op {
	case '+':
		v = x + y
	case '-':
		v = x - y
	case '*':
		v = x * y
	case '/':
		v = x / y
	}
	size := math.Abs(v)
	return slices.ContainsFunc(s.ways, func(r reading) bool {
		fits, _ := r.fits(size)
		return fits || (s.f.unit == percent && r.role == asWritten && op == '/' && r.lo <= size*100 && size*100 <= r.hi)
	})
}

// operatorIn returns the one operator that stands between two figures, or 0.
func operatorIn(s string) byte {
	op := byte(0)
	for _, r := range s {
		now := byte(0)
		switch r {
		case '+':
			now = '+'
		case '-', '−', '–':
			now = '-'
		case '*', '×', '·', '⋅':
			now = '*'
		case '/', '÷':
			now = '/'
		case '=', '≈':
			now = '='
		case ',', ';', '.', ':':
			return 0
		}
		if now != 0 && op != 0 && now != op { // "**" of bold text is no other
			return 0
		}
		if now != 0 {
			op = now
		}
	}
	return op
}

// workedOutOfGiven reports whether the figure is what an operator makes of two numbers of the
// question: 12 × 37.
func (s *search) workedOutOfGiven() bool {
	if len(s.asked) < 2 || len(s.asked) > maxAsked {
		return false
	}
	for i, x := range s.asked {
		for k, y := range s.asked {
			for _, op := range []byte("+-*/") {
				if i != k && s.isValue(op, x, y) {
					return true
				}
			}
			if i != k && s.isValue('*', x, y/100) {
				return true
			}
		}
	}
	return false
}

// maxAsked is how many numbers a question may have for an answer to work with any two of them.
const maxAsked = 6
