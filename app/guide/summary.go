package guide

import (
	"fmt"
	"slices"
)

// summary says the key figures of a result with one group a row.
func (v view) summary() string {
	k, what := v.q.dims[0], escape(string(v.q.measures[0]))
	high, low, ok := v.extremes()
	switch by, n := v.q.cut(); {
	case len(v.t.rows) == 1 && n != 1 || !ok:
		return fmt.Sprintf("%s: **%s**.", v.group(0), v.value(0))
	case n == 1:
		return v.winner(by)
	case n > 0:
		return v.leaders(by, n)
	case k.isTime():
		return fmt.Sprintf("%s%s: highest in %s with **%s**, lowest in %s with **%s**.",
			capital(what), plainScope(v.q), v.group(high), v.value(high), v.group(low), v.value(low))
	default:
		return fmt.Sprintf("%s%s: **%s** leads with **%s**; %s comes last with **%s**.",
			capital(what), plainScope(v.q), v.group(high), v.value(high), v.group(low), v.value(low))
	}
}

// extremes returns the rows with the highest and the lowest first figure, and false
// where there is none.
func (v view) extremes() (high, low int, ok bool) {
	high, low = -1, -1
	for r := range v.t.rows {
		x, isNumber := amountOf(v.t.rows[r][v.figures[0]])
		if !isNumber {
			continue
		}
		if high < 0 {
			high, low = r, r
		}
		if best, _ := amountOf(v.t.rows[high][v.figures[0]]); x > best {
			high = r
		}
		if worst, _ := amountOf(v.t.rows[low][v.figures[0]]); x < worst {
			low = r
		}
	}
	return high, low, high >= 0
}

// winner names who is first or last; several may share that place.
func (v view) winner(by rank) string {
	place := map[rank]string{top: "first", bottom: "last"}[by]
	what := string(v.q.measures[0]) + plainScope(v.q)
	if len(v.t.rows) == 1 {
		return fmt.Sprintf("**%s** comes %s by %s, with **%s**.", v.group(0), place, what, v.value(0))
	}
	var names []string
	for r := range v.t.rows[:min(mostTableRows, len(v.t.rows))] {
		names = append(names, "**"+v.group(r)+"**")
	}
	return fmt.Sprintf("%s share the %s place by %s, with **%s** each.", list(names, "and"), place, what, v.value(0))
}

func (v view) leaders(by rank, n int) string {
	k, end := v.q.dims[0], map[rank]string{top: "top", bottom: "bottom"}[by]
	what := string(v.q.measures[0]) + plainScope(v.q)
	sentence := fmt.Sprintf("**%s** is at the %s by %s, with **%s**, before %s with **%s**.", v.group(0), end, what, v.value(0), v.group(1), v.value(1))
	at, err := v.t.require(groupsHeading(k))
	if err != nil {
		return sentence
	}
	all, _ := amountOf(v.t.rows[0][at[0]])
	switch rows := len(v.t.rows); {
	case int(all) <= rows:
		return sentence + fmt.Sprintf(" These are all %s %s.", whole(rows), k.plural())
	case rows > n:
		return sentence + fmt.Sprintf(" These are the %s %s of %s %s, and those that share the last rank.", end, whole(n), whole(int(all)), k.plural())
	default:
		return sentence + fmt.Sprintf(" These are the %s %s of %s %s.", end, whole(rows), whole(int(all)), k.plural())
	}
}

// table shows the groups. A long row of times is left to the result itself.
func (v view) table() string {
	rows := len(v.t.rows)
	if rows == 1 && len(v.figures) == 1 {
		return ""
	}
	if rows > mostTableRows && v.q.dims[0].isTime() {
		return fmt.Sprintf("All %s %s are in the result above.", whole(rows), v.q.dims[0].plural())
	}
	columns, numeric := []string{heading(v.q.dims[0])}, []bool{false}
	for _, s := range v.specs {
		columns, numeric = append(columns, s.heading), append(numeric, true)
	}
	shown := min(rows, mostTableRows)
	cells := make([][]string, shown)
	for r := range shown {
		cells[r] = []string{v.group(r)}
		for i, s := range v.specs {
			cells[r] = append(cells[r], figure(v.t.rows[r][v.figures[i]], s.unit))
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
	return fmt.Sprintf("%s: highest for %s with **%s**, lowest for %s with **%s**.",
		capital(escape(title(v.q))), v.group(high), v.value(high), v.group(low), v.value(low))
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
	if len(rows) > mostTableRows || len(columns) >= mostTableColumns || v.t.truncated || len(v.specs) > 1 {
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
