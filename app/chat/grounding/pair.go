package grounding

import "math"

// at returns the number of a cell, or the total of its column.
func (s *search) at(r ref) float64 {
	sheet := s.index.sheets[r.sheet]
	if r.row == allRows {
		return sheet.columns[r.column].sum
	}
	return sheet.value(r.row, r.column)
}

// pair derives what f can be from two numbers, whichever is the first.
func (s *search) pair(a, b ref) {
	x, y := s.at(a), s.at(b)
	if math.IsNaN(x) || math.IsNaN(y) {
		return
	}
	switch {
	case s.f.part:
		if x > y {
			a, b, x, y = b, a, y, x
		}
		if x > 0 && x < y && !s.f.vague {
			s.share(a, b, x/y)
		}
	case s.f.unit == noUnit:
		if x < y {
			a, b, x, y = b, a, y, x
		}
		if s.f.sign < 0 {
			a, b, x, y = b, a, y, x
		}
		if x != y {
			s.offer(candidate{value: x - y, kind: Difference, of: a, by: b, pair: true})
		}
	case s.f.unit == points:
		if x < y {
			a, b, x, y = b, a, y, x
		}
		scale := 1.0
		if s.index.sheets[a.sheet].columns[a.column].fraction && math.Abs(x) <= 1 && math.Abs(y) <= 1 {
			scale = 100
		}
		s.offer(candidate{value: (x - y) * scale, kind: Difference, of: a, by: b, pair: true})
		s.offer(candidate{value: (y - x) * scale, kind: Difference, of: b, by: a, pair: true})
		if sheet := s.index.sheets[a.sheet]; a.sheet == b.sheet && a.column == b.column && a.row >= 0 && b.row >= 0 && sheet.whole() && sheet.columns[a.column].sum > 0 {
			part := (x - y) / sheet.columns[a.column].sum * 100 // of their shares in the whole
			s.offer(candidate{value: part, kind: Difference, of: a, by: b, pair: true})
		}
	case s.f.unit == times:
		s.ratio(a, b)
	default:
		for range 2 {
			if y != 0 && (a.column == b.column || a.row != b.row || max(math.Abs(x), math.Abs(y)) <= 10*min(math.Abs(x), math.Abs(y))) {
				s.offer(candidate{value: s.f.parts((x - y) / math.Abs(y)), kind: Growth, of: a, by: b, pair: true})
			}
			if 0 < x && x < y {
				s.offer(candidate{value: s.f.parts(x / y), kind: Share, of: a, by: b, pair: true})
			}
			a, b, x, y = b, a, y, x
		}
	}
}

func (s *search) ratio(a, b ref) {
	x, y := s.at(a), s.at(b)
	if x != 0 && y != 0 {
		s.offer(candidate{value: x / y, kind: Ratio, of: a, by: b, pair: true})
		s.offer(candidate{value: y / x, kind: Ratio, of: b, by: a, pair: true})
	}
}

func (s *search) share(a, b ref, q float64) {
	if math.IsNaN(q) || q <= 0 {
		return
	}
	s.offer(candidate{value: s.f.parts(q), kind: Share, of: a, by: b, pair: true})
}
