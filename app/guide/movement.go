package guide

import (
	"fmt"
	"strings"
)

// movement says what grew or fell between two times.
func (v view) movement() string {
	name := capital(escape(string(v.q.measures[0]))) + plainScope(v.q)
	switch {
	case len(v.dims) == 0:
		return name + " " + v.moved(0) + "."
	case v.q.growth.steps != "":
		return v.steepest(name)
	}
	high, low, ok := v.extremes()
	by, n := v.q.cut()
	switch {
	case !ok:
		return fmt.Sprintf("%s: there is nothing before to compare with.", capital(escape(title(v.q))))
	case n > 0 && v.q.rank != unranked && len(v.t.rows) == 1:
		place := map[bool]string{true: "first", false: "last"}[by == top || v.q.growth.falls]
		return fmt.Sprintf("**%s** comes %s by %s%s, with **%s**: %s %s.", v.group(0), place, escape(v.q.subject()), plainScope(v.q), v.value(0), v.q.measures[0], v.moved(0))
	case n == 0 && v.q.growth.falls:
		return fmt.Sprintf("**%s** %s at the top by %s%s, with **%s**.", v.sharing(low), v.verb(low, "is", "are"), escape(v.q.subject()), plainScope(v.q), v.value(low))
	case len(v.t.rows) == 1:
		return v.group(0) + ": " + string(v.q.measures[0]) + plainScope(v.q) + " " + v.moved(0) + "."
	case n > 0:
		verb := "is"
		if len(v.ties(0)) > 1 {
			verb = "are"
		}
		return fmt.Sprintf("**%s** %s at the %s by %s%s, with **%s**.", v.sharing(0), verb, map[bool]string{true: "top", false: "bottom"}[by == top || v.q.growth.falls], escape(v.q.subject()), plainScope(v.q), v.value(0))
	default:
		return fmt.Sprintf("%s: highest for %s with **%s**, lowest for %s with **%s**.", capital(escape(title(v.q))), v.sharing(high), v.value(high), v.sharing(low), v.value(low))
	}
}

// moved says how the figure of row r went from what it was to what it became.
func (v view) moved(r int) string {
	before, after := "**"+v.cell(r, 0)+"** ("+v.columns[0].heading+")", "**"+v.cell(r, 1)+"** ("+v.columns[1].heading+")"
	change, ok := amountOf(v.t.rows[r][v.figures[2]])
	by := "**" + strings.TrimLeft(v.cell(r, 2), "+-") + "**"
	if _, ok := amountOf(v.t.rows[r][v.figures[3]]); ok {
		by += " (**" + v.cell(r, 3) + "**)"
	}
	switch {
	case !ok:
		return fmt.Sprintf("cannot be compared: %s and %s", before, after)
	case change > 0:
		return fmt.Sprintf("rose by %s, from %s to %s", by, before, after)
	case change < 0:
		return fmt.Sprintf("fell by %s, from %s to %s", by, before, after)
	default:
		return fmt.Sprintf("did not change: %s and %s", before, after)
	}
}

// steepest names the strongest growth and the weakest among neighbours.
func (v view) steepest(name string) string {
	high, low, ok := v.extremes()
	switch {
	case !ok:
		return name + ": there is nothing before to compare with."
	case high == low:
		return fmt.Sprintf("%s, %s: %s.", name, v.group(high), v.moved(high))
	default:
		return fmt.Sprintf("%s: the strongest growth was **%s** (%s), the weakest **%s** (%s).", name, v.value(high), v.group(high), v.value(low), v.group(low))
	}
}
