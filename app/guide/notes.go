package guide

import (
	"slices"
	"strings"
)

// notes returns what the figures of q mean, as one closing line: what was measured, in
// which unit, and which dates count.
func notes(q question) string {
	var out []string
	for _, m := range q.measures {
		s, _ := m.spec()
		if m == products && (len(q.traits) > 0 || q.rate != "") {
			continue
		}
		out = includeText(out, s.note)
	}
	out = includeText(out, q.derivation())
	for _, f := range append(slices.Clip(q.traits), q.rate, q.whether) {
		out = includeText(out, f.note())
	}
	if q.list != "" {
		out = includeText(out, listNote(q.list, len(q.traits) > 0 || q.whether != ""))
	}
	switch timely := q.table() == "" && q.isTimely(); {
	case q.shipped && !timely:
		out = append(out, "An order was shipped if it has a date of shipping; orders of all dates count")
	case q.shipped:
		out = append(out, "The time is when an order was shipped, not when it was placed")
	case timely && q.ofOrders():
		out = append(out, "The time is when an order was placed, not when it was shipped")
	case timely:
		out = append(out, "Dates are those of the orders")
	case q.table() == "":
		out = append(out, "Orders of all dates count")
	}
	if q.table() == "" && q.mentions(city) {
		out = append(out, "A city is the one to which an order was shipped")
	}
	if q.omitsEmpty() {
		out = append(out, "Only those with matching orders are listed")
	}
	if q.showsMoney() {
		out = append(out, noCurrency)
	}
	return "*" + strings.Join(out, ". ") + ".*"
}

// derivation says how a figure was worked out from others.
func (q question) derivation() string {
	if q.list != "" {
		return ""
	}
	name := string(q.measures[0])
	switch {
	case q.growth.isSet():
		return "Growth is the change in per cent of the earlier figure; from nothing there is none"
	case q.share:
		return "A share is of the " + name + scope(q) + " of all " + q.dims[0].plural()
	case q.average.isTime():
		return "The average is the total divided by the number of " + q.average.plural()
	case q.average == order:
		return "Every matching order counts"
	case q.average != "":
		return "The average is over those " + q.average.plural() + " that have matching orders"
	default:
		return ""
	}
}

func listNote(k kind, chosen bool) string {
	switch {
	case k == order:
		return "Each order is listed once"
	case k == product && chosen:
		return "Prices and stock are what the product list says today"
	case k == product:
		return "Every product on record is listed, discontinued ones included; prices and stock are what the product list says today"
	default:
		return "Every " + string(k) + " on record is listed, with or without orders"
	}
}

// showsMoney reports whether some figure of q is an amount of money.
func (q question) showsMoney() bool {
	if q.list != "" {
		return q.list == product
	}
	return slices.ContainsFunc(q.columns(), func(c column) bool { return c.unit == money })
}

// omitsEmpty reports whether groups of q without any order are likely, would matter
// to who comes last, and cannot be named.
func (q question) omitsEmpty() bool {
	open := slices.ContainsFunc(q.dims, func(k kind) bool { return !k.isTime() && len(q.names[k]) == 0 })
	return q.table() == "" && open && (q.rank == bottom || q.rank == unranked && q.isFiltered())
}
