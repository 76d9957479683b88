package guide

import (
	"fmt"
	"regexp"
	"strconv"
	"time"
)

// span is a stretch of days, both ends included. An end that is zero is open.
type span struct {
	unit        kind // what it is one of, or what both its ends are if it is a range
	ranged      bool
	first, last time.Time
}

// moment is a time as it is named: a year, or a part of one. A moment without a year
// is still to get one.
type moment struct {
	unit kind
	year int
	n    int // which month, quarter or half
	day  int // of the month n
}

// span returns the days of m, whose year is known, and false if there are no such days.
func (m moment) span() (span, bool) {
	from := func(month, months int) span {
		first := time.Date(m.year, time.Month(month), 1, 0, 0, 0, 0, time.UTC)
		return span{unit: m.unit, first: first, last: first.AddDate(0, months, -1)}
	}
	switch m.unit {
	case year:
		return from(1, 12), true
	case half:
		return from(6*m.n-5, 6), true
	case quarter:
		return from(3*m.n-2, 3), true
	case month:
		return from(m.n, 1), true
	default:
		d := time.Date(m.year, time.Month(m.n), m.day, 0, 0, 0, 0, time.UTC)
		return span{unit: day, first: d, last: d}, d.Day() == m.day
	}
}

// spanOf returns the span that a label of the time column k stands for.
func spanOf(k kind, label string) (span, bool) {
	if k == day {
		d, err := time.Parse(time.DateOnly, label)
		return span{unit: day, first: d, last: d}, err == nil
	}
	m := regexp.MustCompile(`^(\d{4})(?:-[QH]?(\d{1,2}))?$`).FindStringSubmatch(label)
	if m == nil || (k == year) != (m[2] == "") || k != year && k != half && k != quarter && k != month {
		return span{}, false
	}
	return moment{unit: k, year: atoi(m[1]), n: atoi("0" + m[2])}.span()
}

// spansOf returns the spans of labels. A label that stands for none is left out.
func spansOf(k kind, labels []string) []span {
	var out []span
	for _, l := range labels {
		if s, ok := spanOf(k, l); ok {
			out = append(out, s)
		}
	}
	return out
}

// label returns the name of a group as people write it: 1997-04 is April 1997.
func label(k kind, s string) string {
	if span, ok := spanOf(k, s); ok {
		return span.String()
	}
	return s
}

// String names s as people do.
func (s span) String() string {
	y := strconv.Itoa(s.first.Year())
	switch {
	case s.ranged || s.unit == "":
		return s.begin() + " to " + s.end()
	case s.unit == year:
		return y
	case s.unit == half:
		return fmt.Sprintf("H%d %s", (s.first.Month()+5)/6, y)
	case s.unit == quarter:
		return fmt.Sprintf("Q%d %s", quarterOf(s.first.Month()), y)
	case s.unit == month:
		return s.first.Format("January 2006")
	default:
		return date(s.first)
	}
}

// begin and end name the first and the last unit of a range.
func (s span) begin() string { return s.at(s.first).String() }
func (s span) end() string   { return s.at(s.last).String() }

// at returns the unit of s in which t lies.
func (s span) at(t time.Time) span {
	m := moment{unit: s.unit, year: t.Year()}
	switch s.unit {
	case year:
	case half:
		m.n = (int(t.Month()) + 5) / 6
	case quarter:
		m.n = quarterOf(t.Month())
	case month:
		m.n = int(t.Month())
	default:
		return span{unit: day, first: t, last: t}
	}
	out, _ := m.span()
	return out
}

// next returns the span of the same unit after s.
func (s span) next() span { return s.at(s.last.AddDate(0, 0, 1)) }

// parts returns the units of which a closed s consists.
func (s span) parts() []span {
	if !s.ranged || s.unit == day || s.unit == "" {
		return []span{s}
	}
	var out []span
	for p := s.at(s.first); !p.first.After(s.last); p = p.next() {
		out = append(out, p)
	}
	return out
}

// contains reports whether all of other lies in s.
func (s span) contains(other span) bool {
	return (s.first.IsZero() || !other.first.Before(s.first)) && (s.last.IsZero() || !other.last.After(s.last))
}

// meets reports whether s and other have a day in common.
func (s span) meets(other span) bool {
	apart := !s.last.IsZero() && other.first.After(s.last) || !s.first.IsZero() && !other.last.IsZero() && other.last.Before(s.first)
	return !apart
}

// condition returns what a date in the column fulfils if it lies in s, in SQL.
func (s span) condition(column string) []string {
	var out []string
	if !s.first.IsZero() {
		out = append(out, column+" >= "+literal(s.first.Format(time.DateOnly)))
	}
	if !s.last.IsZero() {
		out = append(out, column+" < "+literal(s.last.AddDate(0, 0, 1).Format(time.DateOnly)))
	}
	return out
}

func quarterOf(m time.Month) int { return (int(m) + 2) / 3 }

func date(t time.Time) string { return t.Format("2 January 2006") }
