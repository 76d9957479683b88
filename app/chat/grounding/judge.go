package grounding

import (
	"slices"
	"sort"
)

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
		return (r.role == asWritten || r.role == rescaled) && (p.kind != Count || s.countable())
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
	out := &finding{kind: hits[0].kind, exact: m.exact, rescaled: r.role == asFraction || r.role == rescaled || s.f.exp != 0 && r.role == asWritten, hits: hits}
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
	case !s.isCountOf(m.hits[0]):
		return false
	case s.f.counted != nil && m.kind == Count:
		return m.exact
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
