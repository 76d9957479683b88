package guide

import "fmt"

// answerWithin writes who ranks first, or last, in each of several groups.
func answerWithin(q question, remark string, t table) (string, error) {
	v, err := newView(q.apart(), t)
	if err != nil {
		return "", err
	}
	name := capital(escape(title(q)))
	switch {
	case len(t.rows) == 0:
		return joined(fmt.Sprintf("Nothing in the database matches: %s.", escape(title(q))), v.coverage(), notes(q)), nil
	case t.truncated:
		return joined(fmt.Sprintf("%s: the server returned only %s of its %s rows; what it returned is in the result above.", name, whole(len(t.rows)), atLeast(t)), notes(q)), nil
	}
	columns, numeric := v.headings(), []bool{false, false}
	for _, c := range v.columns {
		columns, numeric = append(columns, c.heading), append(numeric, true)
	}
	shown := min(len(t.rows), mostTableRows)
	cells := make([][]string, shown)
	for r := range shown {
		for d, k := range v.q.dims {
			cells[r] = append(cells[r], escape(label(k, text(t.rows[r][v.dims[d]]))))
		}
		for i := range v.columns {
			cells[r] = append(cells[r], v.cell(r, i))
		}
	}
	return joined(name+":", markdownTable(columns, numeric, cells)+remainder(len(t.rows), shown), v.coverage(), remark, notes(q)), nil
}
