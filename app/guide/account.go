package guide

import "slices"

// account holds that q takes in every word with a meaning: what a word says must show in
// the question that was read from it. Its error is a refusal that names the word.
func (q question) account(words []word) error {
	for i, w := range words {
		if !q.shows(words, i) {
			return &refusal{reason: "I could not take that in together with the rest; please ask it in another way.", unknown: []string{phrase(w.tokens)}}
		}
	}
	return nil
}

func (q question) shows(words []word, i int) bool {
	w := words[i]
	switch w.role {
	case aMeasure:
		return q.showsMeasure(w.measure) && w.bound == (bound{}) || w.bound == q.bound && slices.Contains(q.measures, w.measure)
	case aNoun:
		return besideName(words, i) || qualifies(words, i) || q.showsKind(w.kind)
	case per:
		return w.kind == "" || q.showsKind(w.kind)
	case aTrait:
		return q.has(w.trait) || q.rate == w.trait || q.whether == w.trait
	case aName:
		if w.without {
			return slices.ContainsFunc(w.names, func(n name) bool {
				return slices.Contains(q.without[n.kind], n.text) || n.kind == country && slices.Contains(q.without[origin], n.text)
			})
		}
		return slices.ContainsFunc(w.names, func(n name) bool {
			return slices.Contains(q.names[n.kind], n.text) || n.kind == country && slices.Contains(q.names[origin], n.text)
		})
	case aMoment:
		return q.showsTime(w.moment)
	case aNumber, anOrdinal:
		return q.limit == w.number
	case aRank:
		if slices.Contains(q.measures, largestOrder) || slices.Contains(q.measures, smallestOrder) {
			return true
		}
		return q.rank != unranked && (w.measure == "" || q.showsMeasure(w.measure))
	case anAverage:
		return q.average != ""
	case aShare:
		return q.share || q.rate != "" || w.number == inPercent && q.growth.isSet()
	case aGrowth, theSpanBefore:
		return q.growth.isSet()
	case counting:
		return q.list == ""
	case against:
		return opposed(words, i)
	default:
		return true
	}
}

func (q question) showsMeasure(m measure) bool {
	switch {
	case slices.Contains(q.measures, m):
		return true
	case m == orders && slices.ContainsFunc(q.traits, trait.ofOrder):
		return true
	case m == orders && (slices.Contains(q.measures, largestOrder) || slices.Contains(q.measures, smallestOrder)):
		return true
	case m == orders:
		return slices.Contains(q.dims, order) || q.list == order || q.average == order
	case m == units:
		return slices.Contains(q.measures, stock) || slices.Contains(q.measures, onOrder)
	case m == stock:
		return q.list == product
	default:
		return false
	}
}

func (q question) showsKind(k kind) bool {
	return slices.Contains(q.dims, k) || q.list == k || q.average == k || q.within == k || q.growth.steps == k || slices.Contains(q.measures, countOf(k)) ||
		k == customer && slices.Contains(q.measures, buyers) || k == product && slices.Contains(q.measures, averagePrice) ||
		k.isTime() && slices.ContainsFunc(q.dims, func(d kind) bool { return d.isTime() && finer(d, k) })
}

// showsTime reports whether the times of q were read from m: they hold it, or begin or
// end beside it.
func (q question) showsTime(m moment) bool {
	when := q.period()
	if when.month != 0 || when.quarter != 0 {
		return m.n == when.month || m.n == when.quarter
	}
	spans := when.spans
	if q.growth.isSet() && q.growth.steps == "" {
		spans = q.growth.pair[:]
	}
	return slices.ContainsFunc(spans, func(s span) bool {
		if m.year == 0 {
			return s.unit == m.unit || s.ranged
		}
		at, ok := m.span()
		if !ok {
			return false
		}
		beside := !s.last.IsZero() && s.last.AddDate(0, 0, 1).Equal(at.first) || !s.first.IsZero() && s.first.AddDate(0, 0, -1).Equal(at.last)
		return beside || s.meets(at) && (s.contains(at) || at.contains(s))
	})
}

// opposed reports whether what follows the “versus” at i has something of its sort before
// it. At the head of a question, “compare” may be followed by anything.
func opposed(words []word, i int) bool {
	sort := func(w word) (role, kind) {
		switch w.role {
		case aName:
			return aName, w.names[0].kind
		case aMoment, theSpanBefore:
			return aMoment, ""
		case aMeasure, aNoun:
			return aMeasure, ""
		default:
			return unknown, ""
		}
	}
	before := words[:i]
	if !slices.ContainsFunc(before, func(w word) bool { r, _ := sort(w); return r != unknown }) {
		return true
	}
	for _, w := range words[i+1:] {
		r, k := sort(w)
		if r == unknown {
			continue
		}
		return slices.ContainsFunc(before, func(b word) bool {
			r2, k2 := sort(b)
			return r2 == r && k2 == k
		})
	}
	return false
}
