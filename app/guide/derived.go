package guide

import (
	"fmt"
	"strings"
	"time"
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
	}
	out := query{with: s.as("parts"), from: strings.Join(append([]string{"FROM parts"}, groupBy(len(q.dims))...), "\n"), order: ordering(q)}
	for _, k := range q.dims {
		out.columns = append(out.columns, ident(heading(k)))
	}
	out.columns = append(out.columns, as(rounded(figure, columns[0].unit), columns[0].heading), as(n, columns[1].heading))
	return out
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

// compared returns the figures of two times side by side, or those of each time and the
// one before.
func compared(q question, src source) query {
	g, columns := q.growth, q.columns()
	s := query{with: []string{stretches(g.pairs)}, columns: []string{"x.Step", "x.Side"}}
	var groups []string
	for _, k := range q.dims {
		groups = append(groups, ident(heading(k)))
		s.columns = append(s.columns, as(src.kinds[k], heading(k)))
	}
	s.columns = append(s.columns, as(expression(q, q.measures[0]), "Figure"))
	lines := append([]string{"FROM stretches x", "JOIN " + src.from + " ON o.OrderDate BETWEEN x.FirstDay AND x.LastDay"}, joinClauses(q)...)
	from := q
	from.when = period{}
	lines = append(lines, where(conditions(from, src))...)
	s.from = strings.Join(append(lines, groupBy(2+len(groups))...), "\n")

	side := func(name string) string {
		expr := "MAX(CASE WHEN x.Side = '" + name + "' THEN f.Figure END)"
		if q.first().additive {
			expr = "COALESCE(" + expr + ", 0)"
		}
		return as(rounded(expr, q.first().unit), name)
	}
	sides := query{with: s.as("amounts"), columns: append(append([]string{"x.Step", "MIN(x.FirstDay) AS FirstDay"}, groups...), side(beforeHeading), side(afterHeading)),
		from: "FROM stretches x\nLEFT JOIN amounts f ON f.Step = x.Step AND f.Side = x.Side\n" + groupBySteps(groups)}
	if len(groups) > 0 {
		sides.from = strings.Replace(sides.from, "LEFT JOIN", "JOIN", 1)
	}
	before, after := ident(beforeHeading), ident(afterHeading)
	out := query{with: sides.as("sides"), from: "FROM sides", order: "FirstDay"}
	if g.falls {
		out.from += "\nWHERE " + after + " < " + before
	}
	if len(groups) > 0 {
		out.order = ident(columns[g.key()].heading) + " DESC, 1"
	}
	if g.steps != "" {
		out.columns = []string{as("Step", g.heading())}
	}
	out.columns = append(append(out.columns, groups...), as(before, columns[0].heading), as(after, columns[1].heading),
		as(rounded(after+" - "+before, columns[2].unit), changeHeading),
		as(q.fine("100.0 * ("+after+" - "+before+") / NULLIF("+before+", 0)", changed), growthHeading))
	return out
}

func groupBySteps(groups []string) string {
	return "GROUP BY " + strings.Join(append([]string{"x.Step"}, groups...), ", ")
}

func (g growth) heading() string { return heading(kind(g.steps.plural())) }

// stretches lists the days to compare as a table.
func stretches(pairs []pair) string {
	var rows []string
	for _, p := range pairs {
		for _, side := range []struct {
			name string
			span span
		}{{beforeHeading, p.before}, {afterHeading, p.after}} {
			rows = append(rows, fmt.Sprintf("    (%s, %s, '%s', '%s')", literal(p.label), literal(side.name),
				side.span.first.Format(time.DateOnly), side.span.last.Format(time.DateOnly)))
		}
	}
	return "stretches (Step, Side, FirstDay, LastDay) AS (\n  VALUES\n" + strings.Join(rows, ",\n") + "\n)"
}
