package guide

import (
	"fmt"
	"slices"
	"time"
)

// reach is from when to when the orders of the data run; it is zero if that is not known.
type reach struct {
	first, last time.Time
	shipped     bool // it is from when to when orders were shipped
}

// newReach reads two days, and returns a zero reach if they are none.
func newReach(from, to string) reach {
	first, err1 := time.Parse(time.DateOnly, from)
	last, err2 := time.Parse(time.DateOnly, to)
	if err1 != nil || err2 != nil || last.Before(first) {
		return reach{}
	}
	return reach{first: first, last: last}
}

func (r reach) isZero() bool { return r.first.IsZero() || r.last.IsZero() }

// covers reports whether the data hold every day of s.
func (r reach) covers(s span) bool { return r.span().contains(s) }

func (r reach) span() span { return span{ranged: true, unit: day, first: r.first, last: r.last} }

// String says from when to when the data run.
func (r reach) String() string {
	if r.shipped {
		return fmt.Sprintf("Orders were shipped from %s to %s", date(r.first), date(r.last))
	}
	return fmt.Sprintf("The orders run from %s to %s", date(r.first), date(r.last))
}

// completeness says which spans the data cover in part or not at all. It is empty if
// all are covered.
func (r reach) completeness(spans []span) string {
	var partial, outside []string
	var unit kind
	spans = slices.Clone(spans)
	slices.SortStableFunc(spans, func(a, b span) int { return a.first.Compare(b.first) })
	for _, s := range spans {
		switch {
		case !r.span().meets(s):
			outside = append(outside, s.String())
		case !r.covers(s):
			partial, unit = append(partial, s.String()), s.unit
			if s.ranged {
				unit = stretch
			}
		}
	}
	switch {
	case len(outside) > 0 && len(partial) == 0:
		return r.String() + ", so there are none for " + list(outside, "and") + "."
	case len(outside) > 0:
		return r.String() + ", so there are none for " + list(outside, "and") + ", and " + list(partial, "and") + areNotWhole(partial, unit) + "."
	case len(partial) > 0:
		return r.String() + ", so " + list(partial, "and") + areNotWhole(partial, unit) + "."
	default:
		return ""
	}
}

func areNotWhole(labels []string, unit kind) string {
	switch {
	case unit == stretch:
		return " is covered in part only"
	case len(labels) == 1:
		return " is not a whole " + string(unit)
	default:
		return " are not whole " + unit.plural()
	}
}

// labels returns the labels of the column k for all times of p that the data may hold.
func (r reach) labels(p period, k kind) []string {
	const most = 1200 // months, or days, whose groups are listed one by one
	if r.isZero() {
		return nil
	}
	var out []string
	unit := month
	if k == day {
		unit = day
	}
	s := span{unit: unit}.at(r.first)
	for range most {
		if s.first.After(r.last) {
			return out
		}
		if p.holds(s) {
			out = include(out, labelOf(k, s.first))
		}
		s = s.next()
	}
	return nil
}

// labelOf returns the label that the column k has for t.
func labelOf(k kind, t time.Time) string {
	switch k {
	case year:
		return t.Format("2006")
	case half:
		return fmt.Sprintf("%s-H%d", t.Format("2006"), (t.Month()+5)/6)
	case day:
		return t.Format(time.DateOnly)
	case quarter:
		return fmt.Sprintf("%s-Q%d", t.Format("2006"), quarterOf(t.Month()))
	default:
		return t.Format("2006-01")
	}
}
