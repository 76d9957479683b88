package guide

import (
	"fmt"
	"slices"
	"strings"
)

// summary says the key figures of a result with one group a row.
func (v view) summary() string {
	k := v.q.dims[0]
	high, low, ok := v.extremes()
	by, n := v.q.cut()
	what := capital(escape(v.q.subject())) + plainScope(v.q)
	switch {
	case len(v.t.rows) == 1 && n != 1 && len(v.q.names[k]) == 1:
		return fmt.Sprintf("%s: **%s**.", what, v.value(0))
	case len(v.t.rows) == 1 && n != 1 || !ok:
		return sentences(fmt.Sprintf("%s: **%s** %s %s", what, v.value(0), k.preposition(), v.group(0)), capital(v.none()))
	case n == 1:
		return v.winner(by)
	case n > 0:
		return v.leaders(by, n)
	case v.value(high) == v.value(low):
		return sentences(fmt.Sprintf("%s: **%s** for each of the %s %s", what, v.value(high), whole(len(v.t.rows)), v.population()), capital(v.none()))
	case k.isTime():
		return fmt.Sprintf("%s: highest %s %s with **%s**, %s.", what, k.preposition(), v.sharing(high), v.value(high), v.end(low))
	default:
		return fmt.Sprintf("%s: **%s** %s with **%s**; %s.", what, v.sharing(high), v.verb(high, "leads", "lead"), v.value(high), v.end(low))
	}
}

// end says which groups have nothing at all, or else which one, in the row low, has
// least.
func (v view) end(low int) string {
	name, value := v.sharing(low), v.value(low)
	last := v.verb(low, "comes", "come") + " last with"
	switch none := v.none(); {
	case none != "":
		return none
	case v.q.dims[0].isTime():
		return fmt.Sprintf("lowest %s %s with **%s**", v.q.dims[0].preposition(), name, value)
	case v.isWhole():
		return fmt.Sprintf("%s %s **%s**", name, last, value)
	default:
		return fmt.Sprintf("of the %s %s, %s %s **%s**", whole(len(v.t.rows)), v.population(), name, last, value)
	}
}

// ties returns the rows that have the first figure of row r.
func (v view) ties(r int) []int {
	var out []int
	for i := range v.t.rows {
		if v.value(i) == v.value(r) {
			out = append(out, i)
		}
	}
	return out
}

// sharing names the groups that have the first figure of row r.
func (v view) sharing(r int) string {
	const mostNamed = 3
	rows := v.ties(r)
	if len(rows) > mostNamed {
		return fmt.Sprintf("%s and %s others", v.group(rows[0]), whole(len(rows)-1))
	}
	var names []string
	for _, i := range rows {
		names = append(names, v.group(i))
	}
	return list(names, "and")
}

func (v view) verb(r int, one, many string) string {
	if len(v.ties(r)) > 1 {
		return many
	}
	return one
}

// sentences ends each of parts that is not empty with a full stop.
func sentences(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), ". ") + "."
}

// extremes returns the rows with the highest and the lowest first figure, and false
// where there is none.
func (v view) extremes() (high, low int, ok bool) {
	high, low = -1, -1
	for r := range v.t.rows {
		x, isNumber := v.amount(r)
		if !isNumber {
			continue
		}
		if high < 0 {
			high, low = r, r
		}
		if best, _ := v.amount(high); x > best {
			high = r
		}
		if worst, _ := v.amount(low); x < worst {
			low = r
		}
	}
	return high, low, high >= 0
}

// table shows the groups. A long row of times is left to the result itself.
func (v view) table() string {
	rows := len(v.t.rows)
	if rows == 1 && len(v.figures) == 1 {
		return ""
	}
	if len(v.dims) == 0 {
		return ""
	}
	if rows > mostTableRows && len(v.q.dims) > 0 && v.q.dims[0].isTime() {
		if v.isWhole() {
			return fmt.Sprintf("All %s %s are in the result above.", whole(rows), v.q.dims[0].plural())
		}
		return fmt.Sprintf("The %s %s are in the result above.", whole(rows), v.population())
	}
	columns, numeric := v.headings(), []bool{false}
	for _, c := range v.columns {
		columns, numeric = append(columns, c.heading), append(numeric, true)
	}
	shown := min(rows, mostTableRows)
	cells := make([][]string, shown)
	for r := range shown {
		cells[r] = []string{strings.TrimPrefix(v.group(r), string(order)+" ")}
		for i := range v.columns {
			cells[r] = append(cells[r], v.cell(r, i))
		}
	}
	return markdownTable(columns, numeric, cells) + remainder(max(v.t.total, rows), shown)
}

// peak says the highest figure of a result with two groups a row.
func (v view) peak() string {
	high, low, ok := v.extremes()
	if !ok {
		return "None of the rows holds a figure."
	}
	sentence := fmt.Sprintf("%s: highest for %s with **%s**", capital(escape(title(v.q))), v.group(high), v.value(high))
	switch rows, pairs := len(v.t.rows), v.cells(); {
	case rows < pairs && !v.anyDue():
		return sentence + "."
	case rows < pairs:
		return sentence + "; some pairs have none."
	case v.isWhole() || !v.q.isFiltered():
		return sentence + fmt.Sprintf(", lowest for %s with **%s**.", v.group(low), v.value(low))
	default:
		return sentence + "."
	}
}

// crossTable sets the groups of one kind against those of the other, if they are few
// enough to read.
func (v view) crossTable() string {
	d, a := 0, 1
	if v.q.dims[0].isTime() {
		d, a = 1, 0
	}
	down, across := v.dims[d], v.dims[a]
	var rows, columns []string
	values := map[[2]string]string{}
	for r, row := range v.t.rows {
		x, y := text(row[down]), text(row[across])
		rows, columns = include(rows, x), include(columns, y)
		values[[2]string{x, y}] = v.value(r)
	}
	slices.Sort(columns)
	if len(rows) > mostTableRows || len(columns) >= mostTableColumns || v.t.truncated || len(v.columns) > 1 {
		return fmt.Sprintf("All %s rows are in the result above.", whole(max(v.t.total, len(v.t.rows))))
	}
	heads := []string{heading(v.q.dims[d])}
	for _, b := range columns {
		heads = append(heads, label(v.q.dims[a], b))
	}
	cells := make([][]string, len(rows))
	for i, x := range rows {
		cells[i] = []string{escape(label(v.q.dims[d], x))}
		for _, y := range columns {
			value, ok := values[[2]string{x, y}]
			if !ok {
				value = "–"
			}
			cells[i] = append(cells[i], value)
		}
	}
	return markdownTable(heads, append([]bool{false}, slices.Repeat([]bool{true}, len(columns))...), cells)
}
