package guide

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// The words that ask for the following rows of a ranking: “next 5”, “the next five
// customers”, “10 more”, “show me more”. They must be the whole message.
const (
	someOf       = `(?:\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty)`
	moreOpening  = `^(?:(?:and|now|ok|so|then|please|can you|could you|can i see|whats|what are|which are|who are|who is|what is|list) )*(?:(?:show|give|get)(?: me| us)? )?(?:the )?`
	nextPattern  = moreOpening + `(?:next|following)(?: (` + someOf + `))?(?: (?:ones?|rows|places|page))?(?: ([a-z]+))?(?: please)?$`
	morePattern  = moreOpening + `(?:(` + someOf + `) )?more(?: (?:rows|places|of them|of those|of these|of that))?(?: ([a-z]+))?(?: please)?$`
	otherPattern = `^(?:and )?(?:who|what) (?:comes|is) next$`
)

// beyond is a request for the following rows of the ranking that was answered before.
type beyond struct {
	asked bool
	n     int  // how many, 0 if that is not said
	kind  kind // what they are, if that is said
}

// readBeyond reads tokens as such a request.
func (g *Guide) readBeyond(tokens []token) beyond {
	var folded []string
	for _, t := range tokens {
		folded = append(folded, t.fold)
	}
	s := strings.Join(folded, " ")
	if !strings.Contains(s, "next") && !strings.Contains(s, "more") && !strings.Contains(s, "following") {
		return beyond{}
	}
	if regexp.MustCompile(otherPattern).MatchString(s) {
		return beyond{asked: true, n: 1}
	}
	for _, p := range []string{nextPattern, morePattern} {
		m := regexp.MustCompile(p).FindStringSubmatch(s)
		if m == nil {
			continue
		}
		out := beyond{asked: true}
		if m[1] != "" {
			if out.n = g.words[m[1]].number; out.n == 0 {
				out.n = atoi(m[1])
			}
			if out.n == 0 {
				return beyond{}
			}
		}
		switch w := g.words[m[2]]; {
		case m[2] == "" || m[2] == "please":
		case w.role == aNoun && w.kind.isTime() && out.n == 0:
			return beyond{} // “next year”
		case w.role == aNoun && (w.many || out.n == 1 || out.n == 0):
			out.kind = w.kind
		case w.role == aMeasure && w.measure == orders:
			out.kind = order
		default:
			return beyond{}
		}
		return out
	}
	return beyond{}
}

// readOn returns the ranking of the answer before, from the place on at which that ended.
func (g *Guide) readOn(dir *directory, turns []turn, more beyond) (reading, error) {
	if len(turns) < 2 {
		return reading{}, refuse("There is no list before this that could go on; please ask for one, as in “top 5 customers by sales”.")
	}
	base, err := g.base(dir, turns[:len(turns)-1])
	switch {
	case err != nil:
		return reading{}, refuse("I can only go on with a ranking of mine in the answer just before, as after “top 5 customers by sales”.")
	case base.needs:
		return base, nil
	}
	by, shown := base.q.cut()
	switch {
	case shown == 0 || len(base.q.dims) != 1 || base.q.within != "":
		return reading{}, refuse("The last answer is no ranking of which I showed a part, so there is nothing that comes next.")
	case more.kind != "" && more.kind != base.q.dims[0]:
		return reading{}, refuse("The last answer ranks %s; I cannot tell which %s come next.", base.q.dims[0].plural(), more.kind.plural())
	case more.n == 0 && shown == 1:
		return reading{}, refuse("I cannot tell how many are meant; please say “next 5”.")
	case more.n == 0:
		more.n = shown
	}
	out := base
	out.clause.words = nil // they are accounted for
	out.clause.pages = append(slices.Clone(base.q.pages), shown)
	out.q.pages, out.q.limit, out.q.rank = out.clause.pages, more.n, by
	if len(out.q.pages) > mostTurns {
		return reading{}, refuse("That is far down the list for me; please ask for more of it at once, as in “top 100 customers”.")
	}
	return out, nil
}

// window returns the condition, in SQL, on the rank of the n rows that follow the pages of a
// ranking shown before, and those that share the last rank. Where ranks are shared, a page has
// more rows than it was to have, and the next one begins after all of these.
func window(pages []int, n int) string {
	shown := ""
	for _, p := range pages {
		shown = fmt.Sprintf("(SELECT COUNT(*) FROM ranked WHERE %s <= %s%d)", rankHeading, shown, p)
		shown += " + "
	}
	if shown == "" {
		return fmt.Sprintf("%s <= %d", rankHeading, n)
	}
	return fmt.Sprintf("%s > %s AND %[1]s <= %[3]s%d", rankHeading, strings.TrimSuffix(shown, " + "), shown, n)
}

// following says which places of a ranking the rows of v hold.
func (v view) following() (string, error) {
	by, _ := v.q.cut()
	end := map[rank]string{top: "top", bottom: "bottom"}[by]
	if v.q.growth.falls {
		end = "top"
	}
	at, err := v.t.require(rankHeading)
	if err != nil {
		return "", err
	}
	last := len(v.t.rows) - 1
	first, final := figure(v.t.rows[0][at[0]], count), figure(v.t.rows[last][at[0]], count)
	what := escape(v.q.subject()) + plainScope(v.q)
	if first == final {
		return fmt.Sprintf("In place **%s** from the %s by %s: **%s**, with **%s**.", first, end, what, v.sharing(0), v.value(0)), nil
	}
	say := fmt.Sprintf("Places **%s** to **%s** from the %s by %s: from **%s** with **%s** to **%s** with **%s**.", first, final, end, what, v.group(0), v.value(0), v.group(last), v.value(last))
	if all := v.inAll(); all > 0 {
		say += fmt.Sprintf(" There are %s %s in all.", whole(all), v.population())
	}
	return say, nil
}
