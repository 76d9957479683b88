package guide

import (
	"fmt"
	"slices"
	"time"
)

const mostMonths = 1200 // of data whose groups are listed one by one

// holds reports whether the month m of the year y lies in p.
func (p period) holds(y int, m time.Month) bool {
	return (len(p.years) == 0 || slices.Contains(p.years, y)) &&
		y >= p.since && (p.before == 0 || y < p.before) &&
		(p.month == 0 || p.month == int(m)) &&
		(p.quarter == 0 || p.quarter == quarterOf(m))
}

func quarterOf(m time.Month) int { return (int(m) + 2) / 3 }

// labels returns the labels of the column k for all times of p that lie between two
// days, or nothing if these are no dates.
func (p period) labels(k kind, from, to string) []string {
	first, err1 := time.Parse(time.DateOnly, from)
	last, err2 := time.Parse(time.DateOnly, to)
	if err1 != nil || err2 != nil {
		return nil
	}
	var out []string
	t := time.Date(first.Year(), first.Month(), 1, 0, 0, 0, 0, time.UTC)
	for range mostMonths {
		if t.After(last) {
			return out
		}
		if p.holds(t.Year(), t.Month()) {
			out = include(out, labelOf(k, t))
		}
		t = t.AddDate(0, 1, 0)
	}
	return nil
}

// labelOf returns the label that the column k has for t.
func labelOf(k kind, t time.Time) string {
	switch k {
	case year:
		return t.Format("2006")
	case quarter:
		return fmt.Sprintf("%s-Q%d", t.Format("2006"), quarterOf(t.Month()))
	default:
		return t.Format("2006-01")
	}
}

// due returns the groups of the dimension d that have a row if they have any orders,
// and false if they are not known from the question and the reach of the data.
func (v view) due(d int) ([]string, bool) {
	k := v.q.dims[d]
	if k.isTime() {
		from, to := v.reach()
		all := v.q.when.labels(k, from, to)
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
	preposition := map[bool]string{true: "in", false: "for"}[k.isTime()]
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
func (q question) isFiltered() bool { return len(q.names)+len(q.traits) > 0 || !q.when.isZero() }
