package guide

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Headings of columns that say something about a whole result.
const (
	rankHeading = "Rank"
	fromHeading = "Data from"
	toHeading   = "Data to"
)

// Headings of columns that say from when to when the orders of a group are.
const (
	firstHeading = "First order"
	lastHeading  = "Last order"
)

// query is one SELECT with what it is built on.
type query struct {
	with     []string // as “name AS (…)”
	distinct bool
	columns  []string
	from     string // FROM and all that follows, but the order
	order    string
}

// String writes the query as SQL.
func (s query) String() string {
	var b strings.Builder
	if len(s.with) > 0 {
		b.WriteString("WITH " + strings.Join(s.with, ", ") + "\n")
	}
	b.WriteString(map[bool]string{true: "SELECT DISTINCT\n  ", false: "SELECT\n  "}[s.distinct] + strings.Join(s.columns, ",\n  ") + "\n" + s.from)
	if s.order != "" {
		b.WriteString("\nORDER BY " + s.order)
	}
	return b.String()
}

// as returns s as a table that a later query can read by that name.
func (s query) as(name string) []string {
	with, inner := s.with, s
	inner.with, inner.order = nil, ""
	return append(slices.Clip(with), name+" AS (\n"+indent(inner.String())+"\n)")
}

// plan returns the SQL that answers q, which fits the data: one SELECT, in an order that
// depends on the data alone. Literals are names spelt as in the data, and numbers.
func plan(q question) string {
	if q.record != "" {
		return planRecord(q)
	}
	if q.list != "" {
		return planList(q)
	}
	src := sourceOf(q)
	var s query
	switch {
	case q.within != "":
		s = grouped(q.apart(), src)
	case q.growth.isSet():
		s = compared(q, src)
	case q.rate != "":
		s = rated(q, src)
	case q.average != "":
		s = averages(q, src)
	default:
		s = grouped(q, src)
	}
	if q.share {
		s = shared(q, s)
	}
	if by, n := q.cut(); n > 0 {
		s = ranked(q, s, by, n)
	}
	switch {
	case q.table() != "" || !q.isTimely() || q.needsReach():
	case q.coversItself(src):
		s.columns = append(s.columns, edges()...)
	default:
		s.columns = append(s.columns, coverage(q.dated())...)
	}
	return s.String()
}

// apart returns q as the figures of each pair of what ranks and what it ranks in.
func (q question) apart() question {
	q.dims, q.rank, q.within = []kind{q.within, q.dims[0]}, unranked, ""
	return q
}

// cut returns which end ranks and how many ranks to keep, 0 for all of them.
func (q question) cut() (rank, int) {
	switch {
	case q.rank != unranked:
		return q.rank, q.limit
	case q.bound.op != "" || q.pick:
		return unranked, 0
	case len(q.dims) == 1 && len(q.names[q.dims[0]]) == 0 && slices.Contains([]kind{product, customer, supplier, order, city}, q.dims[0]):
		return map[bool]rank{true: bottom, false: top}[q.growth.falls], shownByDefault
	default:
		return unranked, 0
	}
}

// fine returns an expression as its unit shows it, unless it is coarse and still to be
// ranked by.
func (q question) fine(expr string, u unit) string {
	if _, n := q.cut(); n > 0 && u.coarse() {
		return expr
	}
	return rounded(expr, u)
}

// grouped returns the figures of each group.
func grouped(q question, src source) query {
	s := query{from: body(q, src) + having(q), order: ordering(q)}
	for _, k := range q.dims {
		s.columns = append(s.columns, as(src.kinds[k], heading(k)))
	}
	for _, m := range q.measures {
		about, _ := m.spec()
		expr := expression(q, m)
		if !q.share {
			expr = rounded(expr, about.unit)
		}
		s.columns = append(s.columns, as(expr, about.heading))
	}
	return s
}

// ranked keeps those groups of s whose rank is at most n; several may share the last.
func ranked(q question, s query, by rank, n int) query {
	k, columns := q.dims[0], q.columns()
	key := ident(columns[q.ranks()].heading)
	direction, all := " DESC", "COUNT(*)"
	if by == bottom {
		direction = ""
	}
	if q.mayLack() {
		all, direction = "COUNT("+key+")", direction+" NULLS LAST"
	}
	out := query{
		with:    s.as("figures"),
		columns: []string{rankHeading, ident(heading(k))},
		from:    "FROM ranked\nWHERE " + window(q.pages, n),
		order:   rankHeading + ", " + ident(heading(k)),
	}
	if q.mayLack() {
		out.from += " AND " + key + " IS NOT NULL"
	}
	parts, over := "", ""
	if q.within != "" {
		each := ident(heading(q.within))
		parts, over = "PARTITION BY "+each+" ", "PARTITION BY "+each
		out.columns = append([]string{each}, out.columns...)
		out.order = each + ", " + out.order
	}
	out.with = append(out.with, "ranked AS (\n  SELECT *, RANK() OVER ("+parts+"ORDER BY "+key+direction+") AS "+rankHeading+", "+all+" OVER ("+over+") AS InAll\n  FROM figures\n)")
	for _, c := range columns {
		expr := ident(c.heading)
		if c.unit.coarse() {
			expr = rounded(expr, c.unit)
		}
		out.columns = append(out.columns, as(expr, c.heading))
	}
	out.columns = append(out.columns, as("InAll", groupsHeading(k)))
	return out
}

// mayLack reports whether a group may have no figure to rank by: there is no growth from
// nothing, and no share of nothing.
func (q question) mayLack() bool { return q.growth.by == byRate || q.rate != "" }

// coversItself reports whether the groups are spans of time that hold all orders
// together, so that their own first and last orders tell what the data cover.
func (q question) coversItself(src source) bool {
	return q.rank == unranked && !q.share && q.average == "" && q.rate == "" && len(q.dims) == 1 && q.dims[0].isTime() && len(conditions(q, src)) == 0
}

func edges() []string {
	return []string{as("MIN(o.OrderDate)", firstHeading), as("MAX(o.OrderDate)", lastHeading)}
}

func coverage(column string) []string {
	column = strings.TrimPrefix(column, "o.")
	return []string{
		as("(SELECT MIN("+column+") FROM Orders)", fromHeading),
		as("(SELECT MAX("+column+") FROM Orders)", toHeading),
	}
}

// body returns FROM, JOIN, WHERE and GROUP BY, one clause a line.
func body(q question, src source) string {
	lines := append([]string{"FROM " + src.from}, joinClauses(q)...)
	lines = append(lines, where(conditions(q, src))...)
	return strings.Join(append(lines, groupBy(len(q.dims))...), "\n")
}

func where(conditions []string) []string {
	var lines []string
	for i, c := range conditions {
		lines = append(lines, map[bool]string{true: "WHERE ", false: "  AND "}[i == 0]+c)
	}
	return lines
}

// groupBy groups by the first n columns.
func groupBy(n int) []string {
	if n == 0 {
		return nil
	}
	var columns []string
	for i := range n {
		columns = append(columns, strconv.Itoa(i+1))
	}
	return []string{"GROUP BY " + strings.Join(columns, ", ")}
}

// ordering puts spans of time in their own order, and other groups by size.
func ordering(q question) string {
	switch {
	case len(q.dims) == 0:
		return ""
	case len(q.dims) == 1 && !q.dims[0].isTime():
		return ident(q.columns()[q.ranks()].heading) + " DESC, 1"
	case len(q.dims) == 1:
		return "1"
	default:
		return "1, 2"
	}
}

func heading(k kind) string {
	if k == order {
		return "Order"
	}
	return strings.ToUpper(string(k[:1])) + string(k[1:])
}

func groupsHeading(k kind) string { return heading(kind(k.plural())) + " in all" }

func as(expr, heading string) string {
	if expr == ident(heading) {
		return expr
	}
	return expr + " AS " + ident(heading)
}

// ident quotes a name where SQL needs it: SQL-92 §5.2, delimited identifiers.
func ident(s string) string {
	for _, r := range s {
		if (r < 'A' || r > 'Z') && (r < 'a' || r > 'z') {
			return `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
		}
	}
	if slices.Contains([]string{"Order", "Before", "After"}, s) {
		return `"` + s + `"`
	}
	return s
}

// literal quotes a text: SQL-92 §5.3, character string literals.
func literal(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }

func indent(s string) string { return "  " + strings.ReplaceAll(s, "\n", "\n  ") }

// decimal writes n so that SQL divides by it without dropping the remainder.
func decimal(n int) string { return fmt.Sprintf("%d.0", n) }
