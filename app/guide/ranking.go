package guide

import "fmt"

// winner names who is first or last; several may share that place.
func (v view) winner(by rank) string {
	place := map[rank]string{top: "first", bottom: "last"}[by]
	what := v.q.subject() + plainScope(v.q)
	of, rest := "", ""
	if by == bottom {
		of, rest = v.among()
	}
	if len(v.t.rows) == 1 {
		return of + fmt.Sprintf("**%s** comes %s by %s, with **%s**.", v.group(0), place, what, v.value(0)) + rest
	}
	var names []string
	for r := range v.t.rows[:min(mostTableRows, len(v.t.rows))] {
		names = append(names, "**"+v.group(r)+"**")
	}
	return of + fmt.Sprintf("%s share the %s place by %s, with **%s** each.", list(names, "and"), place, what, v.value(0)) + rest
}

// inAll returns how many groups there are beside those that rank, 0 if that is unknown.
func (v view) inAll() int {
	at, err := v.t.require(groupsHeading(v.q.dims[0]))
	if err != nil {
		return 0
	}
	all, _ := amountOf(v.t.rows[0][at[0]])
	return int(all)
}

// among says of which groups the last is the last one, and how many more have nothing
// at all.
func (v view) among() (of, rest string) {
	k, all := v.q.dims[0], v.inAll()
	if all == 0 || k == v.q.table() && !v.q.isFiltered() {
		return "", ""
	}
	due, known := v.due(0)
	if known && len(due) == all {
		return "", ""
	}
	of = fmt.Sprintf("Of the %s %s, ", whole(all), v.population())
	if known {
		rest = fmt.Sprintf(" There are none in %s of the %s %s.", whole(len(due)-all), whole(len(due)), k.plural())
	}
	return of, rest
}

func (v view) leaders(by rank, n int) string {
	end := map[rank]string{top: "top", bottom: "bottom"}[by]
	what := v.q.subject() + plainScope(v.q)
	sentence := fmt.Sprintf("**%s** is at the %s by %s, with **%s**, before %s with **%s**.", v.group(0), end, what, v.value(0), v.group(1), v.value(1))
	if len(v.ties(0)) > 1 {
		sentence = fmt.Sprintf("**%s** are at the %s by %s, with **%s** each.", v.sharing(0), end, what, v.value(0))
	}
	_, rest := v.among()
	if by == top {
		rest = ""
	}
	switch rows, all := len(v.t.rows), v.inAll(); {
	case all == 0 || all < rows:
		return sentence
	case all <= rows:
		return sentence + fmt.Sprintf(" These are all %s %s.", whole(rows), v.population()) + rest
	case rows > n:
		return sentence + fmt.Sprintf(" These are the %s %s of %s %s, and those that share the last rank.", end, whole(n), whole(all), v.population()) + rest
	default:
		return sentence + fmt.Sprintf(" These are the %s %s of %s %s.", end, whole(rows), whole(all), v.population()) + rest
	}
}
