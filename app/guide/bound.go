package guide

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// bound is what a figure is compared with: “more than 10 orders”.
type bound struct {
	op    string // in SQL; empty if there is none
	value string // digits, and maybe a point and decimals
}

// String says the bound in English.
func (b bound) String() string {
	name := map[string]string{">": "over", ">=": "of at least", "<": "under", "<=": "of at most"}[b.op]
	return name + " " + group(b.value)
}

const boundPattern = `^(?:\d{1,9}|\d{1,3}(?:,\d{3}){1,3})(?:\.\d{1,4})?$`

// bounded returns words in which a comparison is part of the figure beside it. Its error
// is a refusal: of a comparison with anything but a number, or of nothing.
func bounded(words []word) ([]word, error) {
	var out []word
	words = slices.Clone(words)
	for i := 0; i < len(words); i++ {
		w := words[i]
		if w.role != comparing {
			out = append(out, w)
			continue
		}
		refused := &refusal{reason: w.reason, unknown: []string{phrase(w.tokens)}}
		if i+1 >= len(words) || len(words[i+1].tokens) != 1 || !regexp.MustCompile(boundPattern).MatchString(words[i+1].tokens[0].text) {
			return nil, refused
		}
		b := bound{op: w.op, value: strings.ReplaceAll(words[i+1].tokens[0].text, ",", "")}
		last := len(out) - 1
		if last > 0 && isSaid(out, last, "of") && roleAt(out, last-1) == aMeasure {
			last--
		}
		before := last >= 0 && out[last].role == aMeasure && out[last].bound.op == ""
		after := roleAt(words, i+2) == aMeasure && (i+3 >= len(words) || words[i+3].role != comparing)
		switch {
		case before == after:
			return nil, refused
		case before:
			out[last].bound = b
		default:
			words[i+2].bound = b
		}
		i++
	}
	return out, nil
}

// settleBound reads “customers with sales over 100000”: those things whose figure is so
// large, or so small.
func (c *clause) settleBound(q *question) error {
	if c.bound.op == "" {
		return nil
	}
	for _, k := range kinds() {
		if i := slices.Index(q.measures, countOf(k)); i >= 0 && c.howMany && len(q.measures) == 2 {
			q.measures = slices.Delete(q.measures, i, i+1)
			q.dims = append(q.dims, k)
		}
	}
	q.bound = c.bound
	if len(q.measures) != 1 || len(c.groups) > 0 || len(c.nouns)+len(q.dims) != 1 || c.rank != unranked || c.share || c.average || c.growth != noGain || c.previous != "" || c.compares || len(c.verbs) > 0 || c.trend {
		return refuse("I can compare one figure of one sort of thing with a number, as in “customers with sales over 10000”.")
	}
	if s := q.first(); s.table == "" && q.bound.op[0] == '<' {
		return refuse("Those without any orders would be missing there; I can find what is over a number, or show the “bottom 5”.")
	}
	return nil
}

// settlePick reads “which customers bought Chai” as those with units sold.
func (c *clause) settlePick(q *question) error {
	if len(c.verbs) != 1 || len(c.measures) > 0 || c.rank != unranked || c.amount || c.howMany || c.share || c.average || c.growth != noGain || c.previous != "" || c.compares || c.relative || c.total ||
		len(c.groups) > 0 || len(c.names) == 0 || len(c.traits) > 0 || !(c.asks || c.who) {
		return nil
	}
	subject := c.verbs[0]
	var thing kind
	switch {
	case len(c.nouns) == 1:
		thing = c.nouns[0].kind
	case len(c.nouns) == 0 && c.who:
		thing = subject
	}
	named := func(kinds ...kind) bool {
		return slices.ContainsFunc(kinds, func(k kind) bool { return len(c.names[k]) > 0 })
	}
	goods := named(product, category, supplier, origin)
	ok := false
	switch thing {
	case subject:
		ok = goods && !named(thing) && !(subject == customer && named(employee))
	case product, category:
		ok = !named(thing, product) && (subject == customer && named(customer) && !named(employee) || subject == employee && named(employee) && !named(customer))
	}
	if !ok || severalNames(c.names) || c.weBuy() {
		return nil
	}
	q.measures, q.pick = []measure{units}, true
	if len(c.nouns) == 0 {
		q.dims = append(q.dims, thing)
	}
	return nil
}

// having returns the condition on the groups of q, in SQL, or nothing.
func having(q question) string {
	if q.bound.op == "" {
		return ""
	}
	return "\nHAVING " + expression(q, q.measures[0]) + " " + q.bound.op + " " + q.bound.value
}

// chosen writes who is over a bound, or bought what was named.
func (v view) chosen() string {
	k := v.q.dims[0]
	n := len(v.t.rows)
	things := k.plural()
	if n == 1 {
		things = string(k)
	}
	what := v.q.bounded()
	if v.q.pick {
		what = string(v.q.measures[0])
	}
	if n == 1 {
		return "**1** " + things + " with " + escape(what) + plainScope(v.q) + ": **" + v.group(0) + "**, with **" + v.value(0) + "**."
	}
	return "**" + strconv.Itoa(n) + "** " + things + " with " + escape(what) + plainScope(v.q) + ":"
}

// bounded names the first measure with its bound.
func (q question) bounded() string {
	if q.bound.op == "" {
		return q.subject()
	}
	return q.subject() + " " + q.bound.String()
}
