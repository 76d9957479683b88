package guide

import "fmt"

// column is one figure of each row of a result.
type column struct {
	heading string
	unit    unit
}

// columns returns the figures of q in the order in which a result shows them.
func (q question) columns() []column {
	switch {
	case q.growth.isSet():
		return q.growth.columns(q.first().unit)
	case q.rate != "":
		return []column{{heading: q.rateHeading()}, {heading: q.baseHeading()}, {shareHeading, percent}}
	case q.average != "":
		of := q.average.plural()
		return []column{{"Average " + string(q.measures[0]) + " per " + string(q.average), averaged(q.first().unit)}, {heading: capital(of)}}
	}
	var out []column
	for _, m := range q.measures {
		s, _ := m.spec()
		out = append(out, column{s.heading, s.unit})
	}
	if q.share {
		out = append(out, column{out[0].heading + " in all", out[0].unit}, column{shareHeading, percent})
	}
	return out
}

const shareHeading = "Share %"

// averaged returns the unit of the average of figures in u.
func averaged(u unit) unit {
	if u == count {
		return ratio
	}
	return u
}

// key returns which of the columns ranks.
func (q question) key() int {
	switch {
	case q.growth.isSet():
		return q.growth.key()
	case q.rate != "" || q.share:
		return len(q.columns()) - 1
	default:
		return 0
	}
}

// ranks returns which of the columns the rows are ranked by: shares are rounded more than
// what they are shares of.
func (q question) ranks() int {
	if q.share {
		return 0
	}
	return q.key()
}

// subject names what the key column shows.
func (q question) subject() string {
	if q.list != "" {
		return q.list.plural()
	}
	name := string(q.measures[0])
	switch {
	case q.growth.isSet():
		return q.growth.subject(name)
	case q.rate != "":
		return fmt.Sprintf("share of %s that %s", name, q.rate.predicate())
	case q.share:
		return "share of " + name
	case q.average != "":
		return "average " + name + " per " + string(q.average)
	default:
		return name
	}
}

// first returns what is known about the first measure.
func (q question) first() spec {
	s, _ := q.measures[0].spec()
	return s
}

// coarse reports whether u shows so few digits that what is to be ranked is rounded
// after that.
func (u unit) coarse() bool { return u == percent || u == changed }

// rounded returns an expression as its unit shows it.
func rounded(expr string, u unit) string {
	switch u {
	case money, ratio, moved, drifted:
		return "ROUND(" + expr + ", 2)"
	case percent, changed:
		return "ROUND(" + expr + ", 1)"
	default:
		return expr
	}
}
