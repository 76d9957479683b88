package guide

import (
	"fmt"
	"strings"
)

// averages returns the average of the measure over the times or things of a kind. Times
// without any orders count as nothing; things without any do not count.
func averages(q question, src source) query {
	inner := q
	inner.dims = append(append([]kind{}, q.dims...), q.average)
	s := query{from: body(inner, src)}
	for _, k := range inner.dims {
		s.columns = append(s.columns, as(src.kinds[k], heading(k)))
	}
	s.columns = append(s.columns, as(expression(q, q.measures[0]), "Figure"))
	columns := q.columns()
	figure, n := "AVG(Figure)", "COUNT(*)"
	if q.average.isTime() {
		figure, n = "TOTAL(Figure) / "+decimal(q.whole), fmt.Sprint(q.whole)
		if len(q.dims) == 1 && q.dims[0].isTime() {
			n = q.wholeIn(q.dims[0])
			figure = "TOTAL(Figure) / " + n
		}
	}
	out := query{with: s.as("parts"), from: strings.Join(append([]string{"FROM parts"}, groupBy(len(q.dims))...), "\n"), order: ordering(q)}
	for _, k := range q.dims {
		out.columns = append(out.columns, ident(heading(k)))
	}
	out.columns = append(out.columns, as(rounded(figure, columns[0].unit), columns[0].heading), as(n, columns[1].heading))
	return out
}

// wholeIn tells in SQL how many of the whole times to average over are in each of k.
func (q question) wholeIn(k kind) string {
	var labels []string
	n := map[string]int{}
	for _, s := range q.parts {
		l := labelOf(k, s.first)
		labels, n[l] = include(labels, l), n[l]+1
	}
	expr := "CASE " + ident(heading(k))
	for _, l := range labels {
		expr += fmt.Sprintf(" WHEN %s THEN %d", literal(l), n[l])
	}
	return expr + " END"
}

// shared sets each figure of s against all of them. The names of what is grouped by only
// choose what shows.
func shared(q question, s query) query {
	k, columns := q.dims[0], q.columns()
	figure := ident(columns[0].heading)
	all := "SUM(" + figure + ") OVER ()"
	out := query{with: s.as("groups"), from: "FROM groups", order: ordering(q), columns: []string{ident(heading(k)),
		as(rounded(figure, columns[0].unit), columns[0].heading),
		as(rounded(all, columns[1].unit), columns[1].heading),
		as(q.fine("100.0 * "+figure+" / "+all, percent), columns[2].heading),
	}}
	if len(q.names[k]) == 0 {
		return out
	}
	chosen := query{with: out.as("shares"), from: "FROM shares\nWHERE " + ident(heading(k)) + equals(q.names[k]), order: ordering(q)}
	for _, c := range append([]column{{heading: heading(k)}}, columns...) {
		chosen.columns = append(chosen.columns, ident(c.heading))
	}
	return chosen
}

// rated returns how many orders or products have a trait, of how many that could.
func rated(q question, src source) query {
	s := query{from: body(q, src), order: ordering(q)}
	for _, k := range q.dims {
		s.columns = append(s.columns, as(src.kinds[k], heading(k)))
	}
	has := "TOTAL(" + strings.Join(q.rate.conditions(), " AND ") + ")"
	columns := q.columns()
	s.columns = append(s.columns, as("CAST("+has+" AS INTEGER)", columns[0].heading), as("COUNT(*)", columns[1].heading),
		as(q.fine("100.0 * "+has+" / NULLIF(COUNT(*), 0)", percent), columns[2].heading))
	return s
}
