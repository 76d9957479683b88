package guide

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// span is a stretch of days, both ends included.
type span struct {
	label       string
	unit        kind
	first, last time.Time
}

// spansOf returns the spans that the labels of the time column k stand for. A label
// that is none is left out.
func spansOf(k kind, labels []string) []span {
	var out []span
	for _, l := range labels {
		if s, ok := spanOf(k, l); ok {
			out = append(out, s)
		}
	}
	return out
}

func spanOf(k kind, label string) (span, bool) {
	m := regexp.MustCompile(`^(\d{4})(?:-Q?(\d{1,2}))?$`).FindStringSubmatch(label)
	if m == nil {
		return span{}, false
	}
	y := atoi(m[1])
	switch {
	case k == year && m[2] == "":
		return newSpan(label, year, y, 1, 12), true
	case k == quarter && m[2] != "":
		return newSpan(label, quarter, y, 3*atoi(m[2])-2, 3), true
	case k == month && m[2] != "":
		return newSpan(label, month, y, atoi(m[2]), 1), true
	default:
		return span{}, false
	}
}

func newSpan(label string, k kind, y, month, months int) span {
	first := time.Date(y, time.Month(month), 1, 0, 0, 0, 0, time.UTC)
	return span{label: label, unit: k, first: first, last: first.AddDate(0, months, -1)}
}

// spans returns the spans that p names.
func (p period) spans() []span {
	var out []span
	for _, y := range p.years {
		name := strconv.Itoa(y)
		switch {
		case p.month != 0:
			out = append(out, newSpan(fmt.Sprintf("%s-%02d", name, p.month), month, y, p.month, 1))
		case p.quarter != 0:
			out = append(out, newSpan(name+"-Q"+strconv.Itoa(p.quarter), quarter, y, 3*p.quarter-2, 3))
		default:
			out = append(out, newSpan(name, year, y, 1, 12))
		}
	}
	return out
}

// completeness says which spans the data, which run from one day to another, cover
// in part or not at all. It is empty if all are covered.
func completeness(spans []span, from, to string) string {
	first, err1 := time.Parse(time.DateOnly, from)
	last, err2 := time.Parse(time.DateOnly, to)
	if err1 != nil || err2 != nil {
		return ""
	}
	var partial, outside []string
	var unit kind
	slices.SortStableFunc(spans, func(a, b span) int { return a.first.Compare(b.first) })
	for _, s := range spans {
		switch {
		case s.first.After(last) || s.last.Before(first):
			outside = append(outside, label(s.unit, s.label))
		case s.first.Before(first) || s.last.After(last):
			partial, unit = append(partial, label(s.unit, s.label)), s.unit
		}
	}
	data := strings.TrimSuffix(reach(from, to), ".")
	switch {
	case len(outside) > 0 && len(partial) == 0:
		return data + ", so there are none for " + list(outside, "and") + "."
	case len(outside) > 0:
		return data + ", so there are none for " + list(outside, "and") + ", and " + list(partial, "and") + areNotWhole(partial, unit) + "."
	case len(partial) > 0:
		return data + ", so " + list(partial, "and") + areNotWhole(partial, unit) + "."
	default:
		return ""
	}
}

// reach says from when to when the data run; it is empty if these are no dates.
func reach(from, to string) string {
	first, err1 := time.Parse(time.DateOnly, from)
	last, err2 := time.Parse(time.DateOnly, to)
	if err1 != nil || err2 != nil {
		return ""
	}
	return fmt.Sprintf("The orders run from %s to %s.", day(first), day(last))
}

func areNotWhole(labels []string, unit kind) string {
	if len(labels) == 1 {
		return " is not a whole " + string(unit)
	}
	return " are not whole " + unit.plural()
}

func day(t time.Time) string { return t.Format("2 January 2006") }
