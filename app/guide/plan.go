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

// plan returns the SQL that answers q: one SELECT, in an order that depends on the
// data alone. Literals are names spelt as in the data, and numbers.
func plan(q question) string {
	if q.list != "" {
		return planList(q)
	}
	src := sourceOf(q.table())
	if by, n := q.cut(); n > 0 {
		return planRanked(q, src, by, n)
	}
	var columns []string
	for _, k := range q.dims {
		columns = append(columns, as(src.kinds[k], heading(k)))
	}
	columns = append(columns, figures(q)...)
	switch {
	case q.table() != "" || !q.isTimely():
	case q.coversItself(src):
		columns = append(columns, edges()...)
	default:
		columns = append(columns, coverage()...)
	}
	sql := "SELECT\n  " + strings.Join(columns, ",\n  ") + "\n" + body(q, src)
	if order := ordering(q); order != "" {
		sql += "\nORDER BY " + order
	}
	return sql
}

// cut returns which measure ranks and how many ranks to keep, 0 for all of them.
func (q question) cut() (rank, int) {
	switch {
	case q.rank != unranked:
		return q.rank, q.limit
	case len(q.dims) == 1 && len(q.names[q.dims[0]]) == 0 && slices.Contains([]kind{product, customer, supplier}, q.dims[0]):
		return top, shownByDefault
	default:
		return unranked, 0
	}
}

// planRanked keeps those groups whose rank is at most n; several may share the last.
func planRanked(q question, src source, by rank, n int) string {
	k := q.dims[0]
	direction := " DESC"
	if by == bottom {
		direction = ""
	}
	ranking := ident(first(q).heading) + direction
	outer := []string{rankHeading, ident(heading(k))}
	for _, m := range q.measures {
		s, _ := m.spec()
		outer = append(outer, ident(s.heading))
	}
	outer = append(outer, as("InAll", groupsHeading(k)))
	if q.table() == "" && q.isTimely() {
		outer = append(outer, coverage()...)
	}
	inner := append([]string{as(src.kinds[k], heading(k))}, figures(q)...)
	return "WITH figures AS (\n  SELECT\n    " + strings.Join(inner, ",\n    ") + "\n" + indent(body(q, src)) +
		"\n), ranked AS (\n  SELECT *, RANK() OVER (ORDER BY " + ranking + ") AS " + rankHeading + ", COUNT(*) OVER () AS InAll\n  FROM figures\n)\n" +
		"SELECT\n  " + strings.Join(outer, ",\n  ") + "\nFROM ranked\nWHERE " + rankHeading + " <= " + strconv.Itoa(n) +
		"\nORDER BY " + rankHeading + ", " + ident(heading(k))
}

func planList(q question) string {
	src := sourceOf(q.list)
	columns := []string{as(src.kinds[q.list], heading(q.list))}
	switch q.list {
	case customer:
		columns = append(columns, "c.City", "c.Country")
	case supplier:
		columns = append(columns, "s.City", "s.Country")
	case employee:
		columns = append(columns, "e.Title", "e.City", "e.Country")
	case product:
		columns = append(columns, "k.CategoryName AS Category", as("p.UnitPrice", priceHeading), as("p.UnitsInStock", "Units in stock"))
		if slices.ContainsFunc(q.traits, trait.ofStock) {
			columns = append(columns, as("p.UnitsOnOrder", "Units on order"), as("p.ReorderLevel", "Reorder level"))
		}
	case category:
		columns = append(columns, "k.Description")
	case shipper:
		columns = append(columns, "h.Phone")
	case order:
		columns = append(columns, orderColumns(q)...)
	}
	return selects(q) + strings.Join(columns, ",\n  ") + "\n" + body(q, src) + "\nORDER BY 1"
}

// selects opens the SELECT of a list. An order shows once, however many of its lines
// match.
func selects(q question) string {
	if q.lineLevel() {
		return "SELECT DISTINCT\n  "
	}
	return "SELECT\n  "
}

func orderColumns(q question) []string {
	columns := []string{as("c.CompanyName", "Customer"), as("o.OrderDate", "Order date"), as("o.RequiredDate", "Required")}
	if !q.has(unshipped) {
		columns = append(columns, as("o.ShippedDate", "Shipped"))
	}
	if q.has(late) {
		columns = append(columns, as("CAST(julianday(o.ShippedDate) - julianday(o.RequiredDate) AS INTEGER)", "Days late"))
	}
	return columns
}

func figures(q question) []string {
	var out []string
	for _, m := range q.measures {
		s, _ := m.spec()
		expr := s.expr
		if m == orders && !joinsLines(q) {
			expr = "COUNT(*)"
		}
		out = append(out, as(expr, s.heading))
	}
	return out
}

// coversItself reports whether the groups are spans of time that hold all orders
// together, so that their own first and last orders tell what the data cover.
func (q question) coversItself(src source) bool {
	return len(q.dims) == 1 && q.dims[0].isTime() && len(conditions(q, src)) == 0
}

func edges() []string {
	return []string{as("MIN(o.OrderDate)", firstHeading), as("MAX(o.OrderDate)", lastHeading)}
}

func coverage() []string {
	return []string{
		as("(SELECT MIN(OrderDate) FROM Orders)", fromHeading),
		as("(SELECT MAX(OrderDate) FROM Orders)", toHeading),
	}
}

// body returns FROM, JOIN, WHERE and GROUP BY, one clause a line.
func body(q question, src source) string {
	lines := append([]string{"FROM " + src.from}, joinClauses(q)...)
	for i, c := range conditions(q, src) {
		lines = append(lines, map[bool]string{true: "WHERE ", false: "  AND "}[i == 0]+c)
	}
	if len(q.dims) > 0 {
		lines = append(lines, "GROUP BY "+strings.Join([]string{"1", "2"}[:len(q.dims)], ", "))
	}
	return strings.Join(lines, "\n")
}

// ordering puts spans of time in their own order, and other groups by size.
func ordering(q question) string {
	switch {
	case len(q.dims) == 0:
		return ""
	case len(q.dims) == 1 && !q.dims[0].isTime():
		return ident(first(q).heading) + " DESC, 1"
	case len(q.dims) == 1:
		return "1"
	default:
		return "1, 2"
	}
}

func first(q question) spec {
	s, _ := q.measures[0].spec()
	return s
}

func heading(k kind) string {
	if k == order {
		return "Order ID"
	}
	return strings.ToUpper(string(k[:1])) + string(k[1:])
}

func groupsHeading(k kind) string { return heading(kind(k.plural())) + " in all" }

func as(expr, heading string) string {
	if expr == heading {
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
	return s
}

// literal quotes a text: SQL-92 §5.3, character string literals.
func literal(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }

func indent(s string) string { return "  " + strings.ReplaceAll(s, "\n", "\n  ") }

func date(year int) string { return fmt.Sprintf("'%04d-01-01'", year) }
