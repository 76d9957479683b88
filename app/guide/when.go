package guide

import (
	"slices"
	"time"
)

// times are what a question says about time, before it is decided what it means together.
type times struct {
	named  []stay
	since  time.Time // not before this day
	before time.Time // before this day
	limits kind      // what the limits were named in; empty if there are none
}

// stay is a time, or a range from one to another.
type stay struct {
	from, to moment
	ranged   bool
	opens    bool // it comes after “from”
}

func (t times) isZero() bool { return len(t.named) == 0 && t.limits == "" }

// takeTime reads the time at i: one, a range of two, or a limit such as “since 1997”. It
// returns how many words after i it has read.
func (c *clause) takeTime(words []word, i int) (int, error) {
	at := func(j int) (moment, bool) {
		if j < len(words) && words[j].role == aMoment {
			return words[j].moment, true
		}
		return moment{}, false
	}
	joined := func(j int, roles ...role) bool { return j < len(words) && slices.Contains(roles, words[j].role) }
	w := words[i]
	switch w.role {
	case between:
		from, ok1 := at(i + 1)
		last, ok2 := at(i + 3)
		if !ok1 || !ok2 || !joined(i+2, and) {
			return 0, refuse("After “between” I understand two times only, as in “between 1996 and 1997”.")
		}
		c.times.named = append(c.times.named, stay{from: from, to: last, ranged: true})
		return 3, nil
	case aMoment:
		if i > 0 && (words[i-1].role == to || words[i-1].role == until) || c.pending != unknown {
			return 0, refuse("I did not understand the time; say “in 1997”, “since 1997” or “from 1996 to 1997”.")
		}
		if last, ok := at(i + 2); ok && joined(i+1, to, through, until) {
			c.times.named = append(c.times.named, stay{from: w.moment, to: last, ranged: true})
			return 2, nil
		}
		if next, ok := at(i + 2); joined(i+1, onward, on) && !(words[i+1].role == on && ok && next.unit == day) {
			return 1, c.times.limit(since, w.moment)
		}
		opens := i > 0 && w.tokens != nil && fold(phrase(words[i-1].tokens)) == "from"
		c.times.named = append(c.times.named, stay{from: w.moment, to: w.moment, opens: opens})
		return 0, nil
	default:
		m, ok := at(i + 1)
		if !ok {
			return 0, refuse("After “%s” I understand a time only, as in “%s 1997”.", phrase(w.tokens), phrase(w.tokens))
		}
		return 1, c.times.limit(w.role, m)
	}
}

// limit takes in “since”, “after”, “before” or “through” the time m.
func (t *times) limit(r role, m moment) error {
	if m.year == 0 {
		return refuse("Please give the year as well, as in “since March 1997”.")
	}
	s, ok := m.span()
	if !ok {
		return refuse("There is no such day.")
	}
	opens := r == since || r == after
	if opens && !t.since.IsZero() || !opens && !t.before.IsZero() {
		return refuse("I did not understand the limits of time together.")
	}
	switch r {
	case since:
		t.since = s.first
	case after:
		t.since = s.last.AddDate(0, 0, 1)
	case before:
		t.before = s.first
	case through:
		t.before = s.last.AddDate(0, 0, 1)
	}
	if t.limits != "" && t.limits != m.unit {
		m.unit = day
	}
	t.limits = m.unit
	return nil
}

// period decides what t means, and refuses what could be read in two ways.
func (t times) period() (period, error) {
	if t.limits != "" {
		return t.limited()
	}
	named, err := t.dated()
	if err != nil {
		return period{}, err
	}
	var p period
	for _, s := range named {
		switch {
		case s.from.year == 0 && s.from.unit == month && len(named) == 1 && !s.ranged:
			return period{month: s.from.n}, nil
		case s.from.year == 0 && s.from.unit == quarter && len(named) == 1 && !s.ranged:
			return period{quarter: s.from.n}, nil
		case s.from.year == 0 || s.to.year == 0:
			return period{}, refuse("Please give the year as well, as in “March 1997”.")
		}
		one, err := s.span()
		if err != nil {
			return period{}, err
		}
		if !slices.Contains(p.spans, one) {
			p.spans = append(p.spans, one)
		}
	}
	slices.SortStableFunc(p.spans, func(a, b span) int { return a.first.Compare(b.first) })
	for i := range p.spans[min(1, len(p.spans)):] {
		if p.spans[i].meets(p.spans[i+1]) {
			return period{}, refuse("%s and %s overlap; please ask for one of them.", p.spans[i], p.spans[i+1])
		}
	}
	return p, nil
}

func (t times) limited() (period, error) {
	switch {
	case len(t.named) > 0:
		return period{}, refuse("I did not understand the limits of time together with another time.")
	case !t.before.IsZero() && !t.since.Before(t.before):
		return period{}, refuse("No time is both since %s and before %s.", date(t.since), date(t.before))
	}
	s := span{unit: t.limits, first: t.since}
	if !t.before.IsZero() {
		s.last = t.before.AddDate(0, 0, -1)
	}
	s.ranged = !s.first.IsZero() && !s.last.IsZero()
	return period{spans: []span{s}}, nil
}

// span returns the days of s, whose years are known.
func (s stay) span() (span, error) {
	from, ok1 := s.from.span()
	last, ok2 := s.to.span()
	switch {
	case !ok1 || !ok2:
		return span{}, refuse("There is no such day.")
	case !s.ranged || s.from == s.to:
		return from, nil
	case from.first.After(last.last):
		return span{}, refuse("I did not understand the time from %s to %s.", from, last)
	case last.last.Sub(from.first) > mostYears*366*24*time.Hour:
		return span{}, refuse("The time from %s to %s is too long for me.", from, last)
	}
	out := span{unit: from.unit, ranged: true, first: from.first, last: last.last}
	if from.unit != last.unit {
		out.unit = day
	}
	return out, nil
}

// dated gives each time its year: that of the other end of its range, or the only year
// that is named.
func (t times) dated() ([]stay, error) {
	out := slices.Clone(t.named)
	var years []int // named by themselves
	var with []int  // named with a month or quarter
	lacking := 0
	for i := range out {
		s := &out[i]
		if s.ranged && (s.from.year == 0 && s.to.unit == year || s.to.year == 0 && s.from.unit == year) {
			return nil, refuse("I did not understand the time; please name both ends of it, as in “from March 1997 to May 1997”.")
		}
		if s.from.year == 0 {
			s.from.year = s.to.year
		}
		if s.to.year == 0 {
			s.to.year = s.from.year
		}
		switch {
		case s.from.year == 0:
			lacking++
		case s.from.unit == year && !s.ranged:
			years = include(years, s.from.year)
		default:
			with = include(include(with, s.from.year), s.to.year)
		}
	}
	switch {
	case len(years) > 0 && len(with) > 0 && lacking > 0, len(years) > 1 && lacking > 0, len(years) == 0 && len(with) > 1 && lacking > 0,
		len(years) > 0 && len(with) > 0:
		return nil, refuse("I did not understand which month or quarter goes with which year.")
	case lacking == 0 || len(years)+len(with) == 0:
		return out, nil
	}
	for i := range out {
		if out[i].from.year == 0 {
			out[i].from.year = append(years, with...)[0]
			out[i].to.year = out[i].from.year
		}
	}
	return slices.DeleteFunc(out, func(s stay) bool { return len(years) > 0 && s.from.unit == year }), nil
}

// together returns t as it is meant where times are compared: “compare 1996 to 1997” sets
// two times apart, and names no range.
func (t times) together(compares bool) times {
	if compares && len(t.named) == 1 && t.named[0].ranged {
		s := t.named[0]
		t.named = []stay{{from: s.from, to: s.from}, {from: s.to, to: s.to}}
	}
	return t
}
