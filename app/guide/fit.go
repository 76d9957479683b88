package guide

import "fmt"

// needsReach reports whether q can be planned only once it is known from when to when
// the orders run.
func (q question) needsReach() bool { return q.growth.isSet() || q.average.isTime() }

// fit returns q for data that run as far as r, and a remark on what that changed. Its
// error is a refusal.
func (q question) fit(r reach) (question, string, error) {
	switch {
	case !q.needsReach():
		return q, "", nil
	case r.isZero():
		return q, "", refuse("I could not find out from when to when the orders run.")
	case q.growth.isSet():
		return q.fitGrowth(r)
	default:
		return q.fitAverage(r)
	}
}

// fitAverage restricts q to times of which the data hold every day, so that none of them
// pulls the average down.
func (q question) fitAverage(r reach) (question, string, error) {
	k := q.average
	var full []span
	var cut []string
	asked := q.when
	for s := (span{unit: k}).at(r.first); !s.first.After(r.last); s = s.next() {
		switch {
		case !asked.holds(s):
		case len(asked.spans) > 0 && !asked.covers(s):
			return q, "", refuse("%s is not a whole %s there, so an average per %s would mislead.", s, k, k)
		case !r.covers(s):
			cut = append(cut, s.String())
		default:
			full = append(full, s)
		}
	}
	if len(full) == 0 {
		return q, "", refuse("%s, which leaves no whole %s there to average over.", r, k)
	}
	q.when, q.whole, q.parts, q.asked = period{spans: full}, len(full), full, &asked
	first, last := full[0].String(), full[len(full)-1].String()
	remark := fmt.Sprintf("The average is over %s whole %s, %s to %s", whole(len(full)), k.plural(), first, last)
	switch {
	case len(q.dims) == 1 && q.dims[0].isTime():
		remark = fmt.Sprintf("Each average is over the whole %s of its %s, from %s to %s", k.plural(), q.dims[0], first, last)
	case len(full) == 1:
		remark = fmt.Sprintf("The average is over one whole %s, %s", k, first)
	}
	if len(cut) > 0 {
		remark += fmt.Sprintf("; the orders run from %s to %s, so %s%s and left out", date(r.first), date(r.last), list(cut, "and"), areNotWhole(cut, k))
	}
	return q, remark + ".", nil
}

// covers reports whether all of s lies in one span of p, or in spans that follow each
// other.
func (p period) covers(s span) bool {
	for _, one := range joinAdjacent(p.spans) {
		if one.contains(s) {
			return true
		}
	}
	return false
}
