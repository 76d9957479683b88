package guide

import (
	"fmt"
	"slices"
)

// due returns the groups of the dimension d that have a row if they have any orders,
// and false if they are not known from the question and the reach of the data.
func (v view) due(d int) ([]string, bool) {
	k := v.q.dims[d]
	if k.isTime() {
		if k == stretch {
			return v.q.when.names(), true
		}
		all := v.reach().labels(v.q.when, k)
		for _, s := range v.q.parts {
			all = include(all, labelOf(k, s.first))
		}
		return all, len(all) > 0
	}
	return v.q.names[k], len(v.q.names[k]) > 0
}

// lacking returns which of the due groups of the dimension d have no row.
func (v view) lacking(d int) []string {
	all, _ := v.due(d)
	have := v.labels(d)
	return slices.DeleteFunc(slices.Clone(all), func(l string) bool { return slices.Contains(have, l) })
}

// labels returns the groups of the dimension d that have a row.
func (v view) labels(d int) []string {
	var out []string
	for _, r := range v.t.rows {
		out = include(out, text(r[v.dims[d]]))
	}
	return out
}

// none says which groups of the only dimension have no row, or nothing.
func (v view) none() string {
	const mostNamed = 6
	k, lacking := v.q.dims[0], v.lacking(0)
	preposition := k.preposition()
	switch all, _ := v.due(0); {
	case len(lacking) == 0:
		return ""
	case len(lacking) > mostNamed:
		return fmt.Sprintf("none %s %s of the %s %s", preposition, whole(len(lacking)), whole(len(all)), k.plural())
	}
	var names []string
	for _, l := range lacking {
		names = append(names, escape(label(k, l)))
	}
	return "none " + preposition + " " + list(names, "and")
}

// isWhole reports whether every group that there could be has a row: the one with the
// lowest figure is the lowest of all.
func (v view) isWhole() bool {
	for d, k := range v.q.dims {
		if _, known := v.due(d); !known && k != v.q.table() {
			return false
		}
	}
	return v.cells() == len(v.t.rows)
}

// anyDue reports whether the groups of some dimension are known. Where none are, a pair
// without a row may be one that cannot be, as a product in another category.
func (v view) anyDue() bool {
	for d := range v.q.dims {
		if _, known := v.due(d); known {
			return true
		}
	}
	return false
}

// cells returns how many rows there would be if every group, or pair of groups, had one.
// A dimension whose groups are not known has those that show.
func (v view) cells() int {
	n := 1
	for d := range v.q.dims {
		all, known := v.due(d)
		if !known {
			all = v.labels(d)
		}
		n *= len(all)
	}
	return n
}

// population names those groups of the first dimension that can have a row: customers
// without orders have no sales.
func (v view) population() string {
	k, about := v.q.dims[0], v.q.table()
	what := "orders"
	if about != "" {
		what = about.plural()
	}
	switch filtered := v.q.isFiltered(); {
	case k == order && filtered:
		return "matching orders"
	case k == order:
		return "orders"
	case k == about && filtered:
		return k.plural() + " that match"
	case k == about:
		return k.plural()
	case filtered:
		return k.plural() + " with matching " + what
	default:
		return k.plural() + " with " + what
	}
}

// isFiltered reports whether q is about some of the orders or things only.
func (q question) isFiltered() bool {
	return q.record != "" || len(q.names)+len(q.without)+len(q.traits) > 0 || q.bound.op != "" || !q.when.isZero() || q.growth.isSet()
}
