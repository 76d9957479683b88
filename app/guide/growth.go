package guide

import (
	"fmt"
	"strings"
	"time"
)

// growth compares the figures of one time with those of another.
type growth struct {
	by    gain
	pair  [2]span // what is compared, the earlier one first
	falls bool    // only what fell is asked for
	steps kind    // or else: each time of this kind with the one before
	pairs []pair  // the days that are compared, once it is known what the data hold
}

// gain says as what a growth is shown, and by what it ranks.
type gain int

// The gains.
const (
	noGain gain = iota
	byRate
	byChange
)

// pair is two stretches of days to compare.
type pair struct {
	label         string
	before, after span
}

func (g growth) isSet() bool { return g.by != noGain }

func (g growth) key() int {
	if g.by == byChange {
		return 2
	}
	return 3
}

const (
	changeHeading = "Change"
	growthHeading = "Growth %"
	beforeHeading = "Before"
	afterHeading  = "After"
)

func (g growth) columns(u unit) []column {
	before, after := beforeHeading, afterHeading
	if g.steps == "" && len(g.pairs) == 1 {
		before, after = g.pairs[0].before.compact(), g.pairs[0].after.compact()
	}
	return []column{{before, u}, {after, u}, {changeHeading, u.moved()}, {growthHeading, changed}}
}

// moved returns the unit of the difference of two figures in u.
func (u unit) moved() unit {
	switch u {
	case money:
		return moved
	case ratio:
		return drifted
	default:
		return shifted
	}
}

func (g growth) subject(name string) string {
	what := map[gain]string{byRate: "growth", byChange: "change"}[g.by]
	if g.falls {
		what = "fall"
	}
	if g.steps != "" {
		return fmt.Sprintf("%s of %s from one %s to the next", what, name, g.steps)
	}
	return fmt.Sprintf("%s of %s from %s to %s", what, name, g.pair[0], g.pair[1])
}

// fitGrowth decides which days to compare, so that both sides are of equal length, and
// says so where these are not the whole of what was named.
func (q question) fitGrowth(r reach) (question, string, error) {
	if q.growth.steps != "" {
		return q.fitSteps(r)
	}
	a, b := q.growth.pair[0], q.growth.pair[1]
	for _, s := range []span{a, b} {
		if !r.span().meets(s) {
			return q, "", refuse("%s, so there is nothing to compare for %s.", r, s)
		}
	}
	p, ok := align(a, b, r)
	if !ok {
		return q, "", refuse("%s, so %s and %s have no equal stretch of days to compare.", r, a, b)
	}
	q.growth.pairs = []pair{p}
	return q, remarkOn(p, a, b, r), nil
}

// align returns the days of a and b that can be compared: all of them if the data cover
// both, or else the same days of two years.
func align(a, b span, r reach) (pair, bool) {
	p := pair{label: a.String() + " to " + b.String(), before: a, after: b}
	if r.covers(a) && r.covers(b) {
		return p, true
	}
	years := b.first.Year() - a.first.Year()
	if years == 0 || !a.first.AddDate(years, 0, 0).Equal(b.first) || a.unit != b.unit || a.ranged != b.ranged {
		return pair{}, false
	}
	first, last := later(a.first, r.first), earlier(a.last, r.last)
	first = later(first, later(b.first, r.first).AddDate(-years, 0, 0))
	last = earlier(last, earlier(b.last, r.last).AddDate(-years, 0, 0))
	if last.Before(first) {
		return pair{}, false
	}
	p.before = span{unit: day, ranged: true, first: first, last: last}
	p.after = span{unit: day, ranged: true, first: first.AddDate(years, 0, 0), last: last.AddDate(years, 0, 0)}
	return p, true
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

// remarkOn says why p compares less than all of a and b, if it does.
func remarkOn(p pair, a, b span, r reach) string {
	if p.before == a && p.after == b {
		return ""
	}
	return fmt.Sprintf("%s, so %s and %s are not both whole: I compare the days that the data hold of both, %s with %s.", r, a, b, p.before.compact(), p.after.compact())
}

// fitSteps finds the pairs of neighbours. Years are compared over the days that both
// have; of shorter times only whole ones count.
func (q question) fitSteps(r reach) (question, string, error) {
	k := q.growth.steps
	var all []span
	var cut []string
	for s := (span{unit: k}).at(r.first); !s.first.After(r.last); s = s.next() {
		switch {
		case !q.when.holds(s):
		case len(q.when.spans) > 0 && !q.when.covers(s):
			return q, "", refuse("%s is not a whole %s there, so it cannot be compared.", s, k)
		case k != year && !r.covers(s):
			cut = append(cut, s.String())
		default:
			all = append(all, s)
		}
	}
	var remarks []string
	for i := 1; i < len(all); i++ {
		p, ok := align(all[i-1], all[i], r)
		if !ok || !all[i-1].next().first.Equal(all[i].first) {
			continue
		}
		if remark := remarkOn(p, all[i-1], all[i], r); remark != "" {
			p.label += ", " + p.before.days()
			remarks = include(remarks, remark)
		}
		q.growth.pairs = append(q.growth.pairs, p)
	}
	switch {
	case len(q.growth.pairs) == 0:
		return q, "", refuse("%s, which leaves no two whole %s to compare there.", r, k.plural())
	case len(cut) > 0:
		remarks = append(remarks, fmt.Sprintf("%s, so %s%s and left out.", r, list(cut, "and"), areNotWhole(cut, k)))
	case k == year && len(remarks) > 0:
		remarks = []string{r.String() + ", so years are compared over the days that the data hold of both."}
	}
	return q, strings.Join(remarks, " "), nil
}

// compact names s shortly: “4 Jul to 31 Dec 1996”.
func (s span) compact() string {
	if !s.ranged || s.unit != day || s.first.Year() != s.last.Year() {
		return s.String()
	}
	return s.days() + " " + s.last.Format("2006")
}

// days names the days of s within its year.
func (s span) days() string {
	first := "2 Jan"
	switch {
	case s.first.Equal(s.last):
		return s.last.Format("2 Jan")
	case s.first.Month() == s.last.Month():
		return s.first.Format("2") + " to " + s.last.Format("2 January")
	}
	return s.first.Format(first) + " to " + s.last.Format("2 Jan")
}
