package guide

import (
	"fmt"
	"slices"
	"strings"
)

// view is a result together with its question.
type view struct {
	q       question
	t       table
	dims    []int // columns of the groups
	figures []int // columns of the figures
	columns []column
	key     int // which of the figures matters
}

func newView(q question, t table) (view, error) {
	v := view{q: q, t: t, columns: q.columns(), key: q.key()}
	names := v.headings()
	dims := len(names)
	for _, c := range v.columns {
		names = append(names, c.heading)
	}
	at, err := t.require(names...)
	if err != nil {
		return view{}, err
	}
	v.dims, v.figures = at[:dims], at[dims:]
	return v, nil
}

// headings returns those of the groups.
func (v view) headings() []string {
	var out []string
	if v.q.growth.steps != "" {
		out = append(out, v.q.growth.heading())
	}
	for _, k := range v.q.dims {
		out = append(out, heading(k))
	}
	return out
}

func (v view) isEmpty() bool {
	if len(v.t.rows) == 0 {
		return true
	}
	return len(v.dims) == 0 && !slices.ContainsFunc(v.figures, func(i int) bool { return v.t.rows[0][i] != nil })
}

// group returns the escaped name of row r's group.
func (v view) group(r int) string {
	if v.q.growth.steps != "" {
		return escape(text(v.t.rows[r][v.dims[0]]))
	}
	var names []string
	for i, k := range v.q.dims {
		name := escape(label(k, text(v.t.rows[r][v.dims[i]])))
		if k == order {
			name = "order " + name
		}
		names = append(names, name)
	}
	return strings.Join(names, ", ")
}

// value returns the formatted key figure of row r.
func (v view) value(r int) string { return v.cell(r, v.key) }

// cell returns the formatted figure i of row r.
func (v view) cell(r, i int) string { return figure(v.t.rows[r][v.figures[i]], v.columns[i].unit) }

// amount returns the key figure of row r, and false if it has none.
func (v view) amount(r int) (float64, bool) { return amountOf(v.t.rows[r][v.figures[v.key]]) }

// totals says the figures of a result that has one row for all.
func (v view) totals() string {
	switch {
	case v.q.rate != "":
		return fmt.Sprintf("**%s** %s%s %s: **%s** of **%s**.", v.cell(0, 2), v.q.rateOf(), plainScope(v.q), v.q.rate.predicate(), v.cell(0, 0), v.cell(0, 1))
	case v.q.average != "":
		return fmt.Sprintf("%s%s averaged **%s** per %s.", capital(string(v.q.measures[0])), plainScope(v.q), v.cell(0, 0), v.q.average) + v.over()
	}
	var out []string
	for i, m := range v.q.measures {
		s, _ := m.spec()
		out = append(out, fmt.Sprintf(s.sentence, plainScope(v.q), "**"+v.cell(0, i)+"**"))
	}
	return strings.Join(out, "\n\n")
}

// over says over how many things an average is taken.
func (v view) over() string {
	if v.q.average.isTime() {
		return ""
	}
	n, _ := amountOf(v.t.rows[0][v.figures[1]])
	things := v.q.average.plural()
	if n == 1 {
		things = string(v.q.average)
	}
	if v.q.average != order {
		things += " with matching orders"
	}
	return fmt.Sprintf(" That is over %s %s.", v.cell(0, 1), things)
}

func (q question) rateOf() string {
	switch {
	case q.rate.base() == late.base():
		return "of the " + string(q.measures[0]) + " shipped"
	default:
		return "of the " + string(q.measures[0])
	}
}

// part says a share of one group.
func (v view) part() string {
	return fmt.Sprintf("%s: **%s**, which is **%s** of **%s**, all %s%s.", v.group(0), v.cell(0, 0), v.cell(0, 2), v.cell(0, 1), v.q.measures[0], plainScope(v.q))
}

// coverage says which of the times that the answer is about the data do not cover.
func (v view) coverage() string {
	r := v.reach()
	if r.isZero() {
		return ""
	}
	spans := v.spans()
	if len(spans) == 0 || v.q.when.isOpen() && !slices.ContainsFunc(v.q.dims, kind.isTime) {
		return r.String() + "."
	}
	return r.completeness(spans)
}

// reach returns from when to when the data run, as the rows tell it.
func (v view) reach() reach {
	at, err := v.t.require(fromHeading, toHeading)
	if err != nil {
		at, err = v.t.require(firstHeading, lastHeading)
	}
	if err != nil {
		return reach{}
	}
	var from, to string
	for i, r := range v.t.rows {
		first, last := text(r[at[0]]), text(r[at[1]])
		if i == 0 {
			from, to = first, last
		}
		from, to = min(from, first), max(to, last)
	}
	r := newReach(from, to)
	r.shipped = v.q.shipped
	return r
}

// spans returns the times that the answer is about: those that were asked for, and
// those of the rows.
func (v view) spans() []span {
	when := v.q.when
	for i, k := range v.q.dims {
		if !k.isTime() || k == stretch {
			continue
		}
		rows := spansOf(k, v.labels(i))
		if when.month != 0 || when.quarter != 0 {
			return within(rows, when)
		}
		if slices.ContainsFunc(when.spans, func(s span) bool { return !s.ranged && finer(s.unit, k) }) {
			return when.spans
		}
		for _, s := range when.closed() {
			if !slices.ContainsFunc(rows, s.contains) {
				rows = append(rows, s)
			}
		}
		return rows
	}
	return when.closed()
}

// finer reports whether times of the kind a are parts of those of the kind b.
func finer(a, b kind) bool {
	size := map[kind]int{day: 1, month: 2, quarter: 3, half: 4, year: 5}
	return size[a] < size[b]
}

// within returns the month or quarter of p in each of spans.
func within(spans []span, p period) []span {
	var out []span
	for _, s := range spans {
		m := moment{unit: month, year: s.first.Year(), n: p.month}
		if p.quarter != 0 {
			m.unit, m.n = quarter, p.quarter
		}
		if one, ok := m.span(); ok && !slices.Contains(out, one) {
			out = append(out, one)
		}
	}
	return out
}
