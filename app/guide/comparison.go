package guide

import (
	"fmt"
	"strings"
	"time"
)

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
		out.order = ident(columns[g.key()].heading) + map[bool]string{true: ", 1", false: " DESC, 1"}[g.falls]
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
