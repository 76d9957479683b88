package grounding

import (
	"math"
	"slices"
	"strings"
)

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
				if fits, exact := r.fits(math.Abs(v)); fits && s.f.signed(v) && s.agreesWith(v, col, i) {
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
