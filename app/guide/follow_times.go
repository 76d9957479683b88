package guide

import "slices"

// shiftTimes puts the time before the one of the answer in its place: “the year before”.
func shiftTimes(out *clause, back kind) error {
	if len(out.times.named) != 1 || out.times.named[0].ranged || out.times.limits != "" || out.growth != noGain || out.previous != "" {
		return refuse("I cannot tell which time is meant; please name it.")
	}
	m := out.times.named[0].from
	s, ok := m.span()
	if m.year == 0 || !ok {
		return refuse("I cannot tell which year is meant; please name it.")
	}
	switch {
	case back == year:
		m.year--
	case back == m.unit:
		before := s.at(s.first.AddDate(0, 0, -1)).first
		m.year = before.Year()
		switch m.unit {
		case quarter:
			m.n = quarterOf(before.Month())
		case month:
			m.n = int(before.Month())
		}
	default:
		return refuse("I cannot tell which %s is meant; please name it.", back)
	}
	out.times.named = []stay{{from: m, to: m}}
	return nil
}

// limitTimes keeps of the time of the answer what lies within the limits of f.
func limitTimes(out *clause, f clause, q question, how cue) error {
	limits, err := f.times.period()
	switch {
	case err != nil:
		return err
	case how.also || len(q.when.spans) != 1 || q.when.isOpen():
		return refuse("I cannot tell which time is meant; please ask the whole question.")
	}
	at, limit := q.when.spans[0], limits.spans[0]
	switch {
	case !how.within && !limit.meets(at):
		out.times = f.times
		return nil
	case !how.within:
		return refuse("I cannot tell whether that is still within %s; please ask the whole question.", at)
	case !limit.meets(at):
		return refuse("Nothing of %s lies there; please ask the whole question.", at)
	case limit.contains(at):
		return nil
	}
	first, last := at.first, at.last
	if !limit.first.IsZero() {
		first = later(first, limit.first)
	}
	if !limit.last.IsZero() {
		last = earlier(last, limit.last)
	}
	days := func(y, m, d int) moment { return moment{unit: day, year: y, n: m, day: d} }
	out.times = times{named: []stay{{
		from: days(first.Year(), int(first.Month()), first.Day()), to: days(last.Year(), int(last.Month()), last.Day()), ranged: true}}}
	return nil
}

// severalTimes reports whether t sets several times side by side.
func severalTimes(t times) bool {
	return len(t.named) > 1 && t.limits == "" && !slices.ContainsFunc(t.named, func(s stay) bool { return s.ranged })
}

// sameUnits reports whether the times of both are of one unit and have their years.
func sameUnits(a, b times) bool {
	return !slices.ContainsFunc(slices.Concat(a.named, b.named), func(s stay) bool {
		return s.ranged || s.from.unit != a.named[0].from.unit || s.from.year == 0
	})
}
