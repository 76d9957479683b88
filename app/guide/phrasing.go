package guide

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// title says in a few words what q asks, so that the reader can check it.
func title(q question) string {
	if q.list != "" {
		return q.list.plural() + scope(q)
	}
	var ms []string
	for _, m := range q.measures {
		ms = append(ms, string(m))
	}
	figures := list(ms, "and")
	var ds []string
	for _, k := range q.dims {
		ds = append(ds, string(k))
	}
	switch {
	case q.rank != unranked:
		end := map[rank]string{top: "top", bottom: "bottom"}[q.rank]
		if q.limit == 1 {
			return fmt.Sprintf("%s %s by %s%s", end, q.dims[0], figures, scope(q))
		}
		return fmt.Sprintf("%s %d %s by %s%s", end, q.limit, q.dims[0].plural(), figures, scope(q))
	case len(ds) > 0:
		return fmt.Sprintf("%s by %s%s", figures, list(ds, "and"), scope(q))
	default:
		return figures + scope(q)
	}
}

// scope says to what q is restricted, with a leading space, or nothing.
func scope(q question) string {
	var parts []string
	var traits []string
	for _, f := range q.traits {
		traits = append(traits, f.scope())
	}
	if !q.ofOrders() {
		parts, traits = traits, nil
	}
	for _, k := range kinds() {
		if len(q.names[k]) == 0 {
			continue
		}
		things := string(k)
		if len(q.names[k]) > 1 {
			things = k.plural()
		}
		before := map[kind]string{
			category: "in the " + things, product: "for the " + things, customer: "for the " + things, employee: "by the " + things,
			shipper: "shipped by", supplier: "from the " + things, country: "in",
		}[k]
		parts = append(parts, before+" "+list(q.names[k], "and"))
	}
	switch when := q.when.String(); {
	case when != "" && q.ofOrders():
		parts = append(parts, "placed "+when)
	case when != "":
		parts = append(parts, when)
	}
	parts = append(parts, traits...)
	if len(parts) == 0 {
		return ""
	}
	return " " + strings.Join(parts, " ")
}

// ofOrders reports whether q is about orders as such, which were placed at one time and
// shipped at another.
func (q question) ofOrders() bool {
	return q.list == order || slices.ContainsFunc(q.traits, trait.ofOrder)
}

// plainScope is scope for Markdown.
func plainScope(q question) string {
	if s := scope(q); s != "" {
		return " " + escape(s)
	}
	return ""
}

// label returns the name of a group as people write it: 1997-04 is April 1997.
func label(k kind, s string) string {
	span, ok := spanOf(k, s)
	switch {
	case ok && k == month:
		return span.first.Format("January 2006")
	case ok && k == quarter:
		return "Q" + s[len(s)-1:] + " " + s[:4]
	default:
		return s
	}
}

// String says the period in English, or nothing if it restricts nothing.
func (p period) String() string {
	var parts []string
	if p.month != 0 {
		parts = append(parts, time.Month(p.month).String())
	}
	if p.quarter != 0 {
		parts = append(parts, "Q"+strconv.Itoa(p.quarter))
	}
	var years []string
	for _, y := range p.years {
		years = append(years, strconv.Itoa(y))
	}
	switch n := len(years); {
	case n > 2 && p.ranged:
		parts = append(parts, years[0]+" to "+years[n-1])
	case n > 0:
		parts = append(parts, list(years, "and"))
	case len(parts) > 0:
		parts = append(parts, "of any year")
	}
	var out []string
	if len(parts) > 0 {
		out = append(out, "in "+strings.Join(parts, " "))
	}
	if p.since != 0 {
		out = append(out, "since "+strconv.Itoa(p.since))
	}
	if p.before != 0 {
		out = append(out, "before "+strconv.Itoa(p.before))
	}
	return strings.Join(out, " and ")
}

// capital returns s with its first letter in upper case.
func capital(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// notes returns what the figures of q measure, as one closing line.
func notes(q question) string {
	var out []string
	for _, m := range q.measures {
		if s, _ := m.spec(); m != products || len(q.traits) == 0 {
			out = includeText(out, s.note)
		}
	}
	for _, f := range q.traits {
		out = includeText(out, f.note())
	}
	switch timely := q.table() == "" && q.isTimely(); {
	case timely && q.ofOrders():
		out = append(out, "The time is when an order was placed, not when it was shipped")
	case timely:
		out = append(out, "Dates are those of the orders")
	}
	if q.omitsEmpty() {
		out = append(out, "Only those with matching orders are listed")
	}
	if len(out) == 0 {
		return ""
	}
	return "*" + strings.Join(out, ". ") + ".*"
}

// includeText adds s to lines, unless it is empty or there already.
func includeText(lines []string, s string) []string {
	if s == "" {
		return lines
	}
	return include(lines, s)
}

// omitsEmpty reports whether groups of q without any order are likely, would matter
// to who comes last, and cannot be named.
func (q question) omitsEmpty() bool {
	open := slices.ContainsFunc(q.dims, func(k kind) bool { return !k.isTime() && len(q.names[k]) == 0 })
	return q.table() == "" && open && (q.rank == bottom || q.rank == unranked && q.isFiltered())
}
