package guide

import (
	"fmt"
	"slices"
	"strings"
)

// title says in a few words what q asks, so that the reader can check it.
func title(q question) string {
	if q.record != "" {
		return "order " + q.record
	}
	if q.whether != "" {
		return "whether " + q.names[product][0] + " is " + string(q.whether)
	}
	if q.list != "" {
		return q.list.plural() + scope(q)
	}
	names := []string{q.bounded()}
	for _, m := range q.measures[1:] {
		names = append(names, string(m))
	}
	figures := list(names, "and")
	var ds []string
	for _, k := range q.dims {
		ds = append(ds, string(k))
	}
	switch {
	case q.rank != unranked:
		end := map[bool]string{true: "top", false: "bottom"}[q.rank == top || q.growth.falls]
		each := ""
		if q.within != "" {
			each = " in each " + string(q.within)
		}
		if len(q.pages) > 0 {
			return fmt.Sprintf("next %d of the %s %s by %s%s", q.limit, end, q.dims[0].plural(), figures, scope(q))
		}
		if q.limit == 1 {
			return fmt.Sprintf("%s %s%s by %s%s", end, q.dims[0], each, figures, scope(q))
		}
		return fmt.Sprintf("%s %d %s%s by %s%s", end, q.limit, q.dims[0].plural(), each, figures, scope(q))
	case len(ds) > 0:
		return fmt.Sprintf("%s by %s%s", figures, list(ds, "and"), scope(q))
	default:
		return figures + scope(q)
	}
}

// scope says to what q is restricted, with a leading space, or nothing.
func scope(q question) string {
	var parts, of, traits []string
	for _, f := range q.traits {
		if f == late && slices.Equal(q.measures, []measure{daysLate}) {
			of = append(of, "of late orders")
			continue
		}
		if f.ofOrder() && q.list != order && slices.ContainsFunc(q.measures, func(m measure) bool { return m != orders && m != shippingDays && m != daysLate }) {
			of = append(of, "of orders that "+f.predicate())
			continue
		}
		traits = append(traits, "that "+f.predicate())
	}
	if !q.ofOrders() {
		parts, traits = traits, nil
	}
	parts = append(parts, of...)
	for _, k := range kinds() {
		if len(q.names[k]) == 0 || q.share && len(q.dims) > 0 && q.dims[0] == k {
			continue
		}
		things := string(k)
		if len(q.names[k]) > 1 {
			things = k.plural()
		}
		before := map[kind]string{
			category: "in the " + things, product: "for the " + things, customer: "for the " + things, employee: "by the " + things,
			shipper: "shipped by", supplier: "from the " + things, origin: "from suppliers in", country: "in", city: "in",
		}[k]
		parts = append(parts, before+" "+list(q.names[k], "and")+q.together(k, len(q.names[k])))
	}
	for _, k := range kinds() {
		if len(q.without[k]) > 0 {
			before := map[kind]string{country: "outside", city: "outside", origin: "not from suppliers in"}[k]
			if before == "" {
				before = "without the " + map[bool]string{true: string(k), false: k.plural()}[len(q.without[k]) == 1]
			}
			parts = append(parts, before+" "+list(q.without[k], "and"))
		}
	}
	switch when := q.period().String() + q.together(year, len(q.period().spans)); {
	case q.shipped && when == "":
		parts = append(parts, "that were shipped")
	case q.shipped:
		parts = append(parts, "shipped "+when)
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

// together says that n things or times of the kind k that are named count as one, where a
// rank does not show them apart.
func (q question) together(k kind, n int) string {
	apart := k == q.within || k.isTime() && q.within.isTime()
	if q.rank != unranked && n > 1 && !apart {
		return " together"
	}
	return ""
}

// period returns the times that were asked for.
func (q question) period() period {
	if q.asked != nil {
		return *q.asked
	}
	return q.when
}

// ofOrders reports whether q is about orders as such, which were placed at one time and
// shipped at another.
func (q question) ofOrders() bool {
	return q.list == order || slices.ContainsFunc(q.traits, trait.ofOrder) || q.rate.ofOrder()
}

// plainScope is scope for Markdown.
func plainScope(q question) string {
	if s := scope(q); s != "" {
		return " " + escape(s)
	}
	return ""
}

// capital returns s with its first letter in upper case.
func capital(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// includeText adds s to lines, unless it is empty or there already.
func includeText(lines []string, s string) []string {
	if s == "" {
		return lines
	}
	return include(lines, s)
}
