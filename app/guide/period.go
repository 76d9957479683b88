package guide

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// period restricts orders by their date. A zero period restricts nothing.
type period struct {
	spans   []span // any of these, in the order of time; several are shown apart
	month   int    // 1 to 12, of any year
	quarter int    // 1 to 4, of any year
}

func (p period) isZero() bool { return len(p.spans) == 0 && p.month == 0 && p.quarter == 0 }

// isOpen reports whether p has no begin or no end.
func (p period) isOpen() bool {
	return slices.ContainsFunc(p.spans, func(s span) bool { return s.first.IsZero() || s.last.IsZero() })
}

// closed returns the spans of p, ranges as what they consist of; none if p is open.
func (p period) closed() []span {
	var out []span
	if p.isOpen() {
		return nil
	}
	for _, s := range p.spans {
		out = append(out, s.parts()...)
	}
	return out
}

// unit returns what all spans of p are one of, or nothing.
func (p period) unit() kind {
	var out kind
	for i, s := range p.spans {
		if s.ranged || i > 0 && s.unit != out {
			return ""
		}
		out = s.unit
	}
	return out
}

// holds reports whether some of s may lie in p.
func (p period) holds(s span) bool {
	return (len(p.spans) == 0 || slices.ContainsFunc(p.spans, s.meets)) &&
		(p.month == 0 || p.month == int(s.first.Month())) &&
		(p.quarter == 0 || p.quarter == quarterOf(s.first.Month()))
}

// conditions returns what a date in the column fulfils if it lies in p, in SQL.
func (p period) conditions(column string) []string {
	var either [][]string
	for _, s := range joinAdjacent(p.spans) {
		either = append(either, s.condition(column))
	}
	var out []string
	switch len(either) {
	case 0:
	case 1:
		out = either[0]
	default:
		var any []string
		for _, c := range either {
			any = append(any, strings.Join(c, " AND "))
		}
		out = []string{"(" + strings.Join(any, " OR ") + ")"}
	}
	if p.month != 0 {
		out = append(out, fmt.Sprintf("strftime('%%m', %s) = '%02d'", column, p.month))
	}
	if p.quarter != 0 {
		out = append(out, fmt.Sprintf("(strftime('%%m', %s) + 2) / 3 = %d", column, p.quarter))
	}
	return out
}

// joinAdjacent makes one span of those that follow each other without a gap.
func joinAdjacent(spans []span) []span {
	var out []span
	for _, s := range spans {
		if n := len(out) - 1; n >= 0 && !out[n].last.IsZero() && out[n].last.AddDate(0, 0, 1).Equal(s.first) {
			out[n].last = s.last
			continue
		}
		out = append(out, s)
	}
	return out
}

// String says the period in English, or nothing if it restricts nothing.
func (p period) String() string {
	switch {
	case p.month != 0:
		return "in " + time.Month(p.month).String() + " of any year"
	case p.quarter != 0:
		return "in Q" + strconv.Itoa(p.quarter) + " of any year"
	case len(p.spans) == 0:
		return ""
	}
	if unit := p.unit(); unit != "" && unit != day && !p.isOpen() {
		var names []string
		for _, s := range p.spans {
			names = append(names, s.String())
		}
		return "in " + list(names, "and")
	}
	var phrases []string
	for _, s := range p.spans {
		phrases = append(phrases, s.phrase())
	}
	return list(phrases, "and")
}

// phrase says when s is: "in 1997", "from March 1997 to May 1997", "since 1997".
func (s span) phrase() string {
	switch {
	case s.last.IsZero():
		return "since " + s.begin()
	case s.first.IsZero():
		return "before " + s.next().String()
	case s.ranged:
		return "from " + s.begin() + " to " + s.end()
	case s.unit == day:
		return "on " + s.String()
	default:
		return "in " + s.String()
	}
}

// names returns the names of the spans of p.
func (p period) names() []string {
	var out []string
	for _, s := range p.spans {
		out = append(out, s.String())
	}
	return out
}
