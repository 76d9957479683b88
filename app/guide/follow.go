package guide

import (
	"maps"
	"slices"
)

// follow returns what the clause f, a message that goes on from an answer, makes of c,
// whose question was q. It refuses what could be meant in two ways.
func (c clause) follow(f clause, q question, how cue) (clause, error) {
	out := c
	out.words = f.words
	out.names = maps.Clone(c.names)
	switch {
	case c.record != "":
		return out, refuse("The last answer was one order; please ask the whole question.")
	case len(c.pages) > 0:
		return out, refuse("I cannot tell whether these places are meant or the whole ranking; please ask the whole question.")
	case f.whether != "":
		return f, nil
	case f.rankOf != "" || f.relative || len(f.verbs) > 0 && !slices.Equal(f.verbs, c.verbs) || f.who && !c.who || f.amount && !c.amount:
		return out, refuse("I cannot tell how that goes on from the last answer; please ask the whole question.")
	case f.shipped != c.shipped && (f.shipped || len(f.measures) > 0):
		return out, refuse("I cannot tell whether those placed or those shipped at that time are meant; please ask the whole question.")
	case f.bound.op != "" || c.bound.op != "" && len(f.measures) > 0 || q.pick && len(f.measures)+len(f.nouns)+len(f.groups) > 0:
		return out, refuse("I cannot tell how that goes on from the last answer; please ask the whole question.")
	case f.isTotal() && len(q.dims) > 0:
		return out, followTotal(&out, q)
	case f.overall || f.total && len(q.dims) > 0:
		return out, refuse("I cannot tell how much of the last question that takes back; please ask the whole question.")
	case f.isEmpty() && !how.each:
		return out, refuse("I cannot tell what to change about the last answer; please ask the whole question.")
	case f.average && (c.share || c.growth != noGain), f.share && (c.average || c.growth != noGain), f.growth != noGain && (c.average || c.share):
		return out, refuse("I can show an average, a share or a growth, but not two of them at once; please ask the whole question.")
	}
	out.ofTop, out.inPercent = false, f.inPercent || c.inPercent
	out.average, out.share, out.rateOnly = c.average || f.average, c.share || f.share, c.rateOnly || f.rateOnly
	out.growth, out.down = max(c.growth, f.growth), c.down || f.down
	switch {
	case f.isShift():
		out.words = nil // they are accounted for
		return out, shiftTimes(&out, f.previous)
	case f.previous != "":
		out.previous = f.previous
	}
	out.traits = f.traits
	for _, t := range c.traits {
		if !slices.ContainsFunc(f.traits, func(f trait) bool { return f.ofOrder() == t.ofOrder() }) || how.also {
			out.traits = include(slices.Clone(out.traits), t)
		}
	}
	if how.each {
		return out, followList(&out, f, q)
	}
	for _, step := range []func(*clause, clause, question, cue) error{followTimes, followNames, followMeasures, followGroups, followRank} {
		if err := step(&out, f, q, how); err != nil {
			return out, err
		}
	}
	return out, nil
}

// isTotal reports whether f says “total” and nothing else.
func (f clause) isTotal() bool {
	was := f.total
	f.total = false
	return was && f.isEmpty() && !f.overall && !f.apart && !f.asks && len(f.words) <= 2
}

// followTotal puts all groups of the answer together.
func followTotal(out *clause, q question) error {
	s := spec{}
	if q.list == "" {
		s = q.first()
	}
	if q.list != "" || len(q.measures) != 1 || !s.additive || q.rank != unranked || q.average != "" || q.share || q.rate != "" || q.growth.isSet() || severalNames(q.names) || len(q.when.spans) > 1 || len(out.verbs) > 0 {
		return refuse("I cannot tell what to add up; please ask the whole question.")
	}
	out.measures, out.groups, out.nouns, out.trend, out.words = slices.Clone(q.measures), nil, nil, false, nil
	return nil
}

// followList asks for the things that were counted.
func followList(out *clause, f clause, q question) error {
	if len(f.words) > 0 || q.list != "" || len(q.dims) > 0 || len(q.measures) != 1 || q.average != "" || q.share || q.rate != "" || q.growth.isSet() || len(out.verbs) > 0 {
		return refuse("I cannot tell what to list; please ask the whole question.")
	}
	switch m := q.measures[0]; {
	case m == orders:
		out.picks, out.howMany, out.counted = true, false, false
		return nil
	case q.table() != "" && m == countOf(q.table()):
		out.measures, out.nouns = nil, []noun{{kind: q.table(), many: true}}
		out.howMany, out.counted = false, false
		return nil
	default:
		return refuse("I cannot tell what to list; please ask the whole question.")
	}
}

func followNames(out *clause, f clause, q question, how cue) error {
	if f.place == "" && len(out.names[country])+len(out.names[origin]) == 0 && (slices.Contains(q.dims, supplier) || slices.Contains(q.dims, origin)) {
		for _, place := range f.names[country] {
			return refuse("I cannot tell whether suppliers from %[1]s are meant or orders from there; please say “only suppliers from %[1]s” or ask the whole question.", place)
		}
		for _, place := range f.without[country] {
			return refuse("I cannot tell whether suppliers from %[1]s are to be left out or orders from there; please ask the whole question.", place)
		}
	}
	for k, names := range f.names {
		if k == country && len(out.names[origin]) > 0 && len(out.names[country]) == 0 {
			k = origin
		}
		if how.also || len(out.names[k]) > 1 && how.add {
			names = append(slices.Clone(out.names[k]), names...)
		}
		out.names[k] = names
	}
	if len(f.names[country]) > 0 && len(out.names[city]) > 0 || len(f.names[city]) > 0 && len(out.names[country]) > 0 {
		return refuse("I cannot tell whether the place before is still meant; please ask the whole question.")
	}
	out.without = maps.Clone(out.without)
	for k := range f.names {
		delete(out.without, k)
	}
	for k, names := range f.without {
		if len(out.names[k]) > 0 {
			return refuse("I cannot tell what remains; please ask the whole question.")
		}
		if out.without == nil {
			out.without = map[kind][]string{}
		}
		out.without[k] = append(slices.Clone(out.without[k]), names...)
	}
	if len(f.names[country]) > 0 {
		out.place = f.place
	}
	return nil
}

func followMeasures(out *clause, f clause, q question, how cue) error {
	switch {
	case len(f.measures) == 0 && !f.counted:
		return nil
	case len(f.measures) == 0 && q.list != "":
		out.measures, out.nouns = []measure{countOf(q.list)}, nil
		out.howMany, out.counted, out.picks = true, false, false
		return nil
	case len(f.measures) == 0:
		return refuse("I did not understand what to count; please ask the whole question.")
	case q.list != "":
		return refuse("The last answer was a list; please ask the whole question.")
	case how.add:
		out.measures = slices.Clone(out.measures)
		if len(out.measures) == 0 {
			out.measures = slices.Clone(q.measures)
		}
		for _, m := range f.measures {
			out.measures = include(out.measures, m)
		}
	default:
		out.measures = f.measures
	}
	out.howMany, out.counted = out.howMany || f.howMany, f.counted
	return nil
}

// followGroups replaces what the answer was grouped by, or deepens it.
func followGroups(out *clause, f clause, q question, how cue) error {
	switch {
	case len(f.groups)+len(f.nouns) == 0 && !f.trend:
		return nil
	case len(f.nouns) > 0:
		return followNouns(out, f, q, how)
	case out.average && f.average:
		out.groups = append(slices.Clone(out.groups), f.groups...)
		return nil
	case q.rank != unranked:
		return refuse("I cannot tell whether to rank those as well; please ask the whole question, as in “top 5 countries” or “sales by country”.")
	}
	for _, g := range f.groups {
		if len(q.names[g.kind]) == 1 && len(f.names[g.kind]) == 0 {
			return refuse("I cannot tell whether %s alone is still meant, or every %s; please ask the whole question.", q.names[g.kind][0], g.kind)
		}
	}
	groups := f.groups
	if how.deep || how.also {
		groups = slices.Clone(out.groups)
		for _, g := range f.groups {
			if slices.ContainsFunc(out.nouns, func(n noun) bool { return n.kind == g.kind }) || slices.Contains(q.dims, g.kind) {
				return refuse("The last answer is by %s already.", g.kind)
			}
			groups = append(groups, g)
		}
	} else if q.list == "" {
		out.nouns = nil
	}
	if slices.ContainsFunc(out.groups, func(g grouping) bool { return out.average && g.per }) && !how.deep && !how.also {
		groups = append(slices.DeleteFunc(slices.Clone(out.groups), func(g grouping) bool { return !g.per }), groups...)
	}
	out.groups, out.trend = groups, f.trend || out.trend && (how.deep || how.also)
	return nil
}

// followNouns puts a noun in the place of the one before: “the same for products”.
func followNouns(out *clause, f clause, q question, how cue) error {
	if len(f.nouns) != 1 || len(f.groups) > 0 || how.also || f.picks || isSaid(f.words, 0, "in") {
		return refuse("I cannot tell how that goes on from the last answer; please ask the whole question.")
	}
	n := f.nouns[0]
	if len(q.names[n.kind]) == 1 && len(f.names[n.kind]) == 0 {
		return refuse("I cannot tell whether %s alone is still meant, or every %s; please ask the whole question.", q.names[n.kind][0], n.kind)
	}
	counts := q.list == "" && len(q.measures) == 1 && len(q.dims) == 0 && q.table() != "" && q.measures[0] == countOf(q.table())
	switch {
	case counts && len(f.measures) == 0:
		out.measures, out.nouns = []measure{countOf(n.kind)}, nil
	case n.kind.isTime() && len(q.dims) == 0:
		out.groups = []grouping{{n.kind, false}}
	case len(q.dims) == 0 && q.list == "":
		out.groups = []grouping{{n.kind, false}}
	case q.list == "" && (len(q.dims) != 1 || q.dims[0].isTime() != n.kind.isTime()):
		return refuse("I cannot tell what that takes the place of; please ask the whole question.")
	case len(out.nouns) == 1 && len(out.groups) == 0:
		out.nouns = []noun{{kind: n.kind, many: n.many && out.nouns[0].many || n.many && q.limit != 1}}
	case len(out.nouns) == 0 && !out.who:
		out.groups = []grouping{{n.kind, false}}
	default:
		return refuse("I cannot tell what that takes the place of; please ask the whole question.")
	}
	return nil
}

func followRank(out *clause, f clause, q question, how cue) error {
	if f.rank == unranked {
		return nil
	}
	if q.list != "" {
		return refuse("I did not understand by what to rank that list; please ask the whole question.")
	}
	out.rank, out.mostly, out.before = f.rank, f.mostly, false
	singles := !ranksBy(f.words) && len(f.nouns) == 0 && !f.mostly
	switch {
	case f.number != 0:
		out.number = f.number
	case singles && q.rank != unranked && q.rank != f.rank && q.limit > 1:
		return refuse("I cannot tell how many are meant; please say “bottom 5” or “top 1”.")
	case singles && q.rank == f.rank || singles && q.rank == unranked && how.within:
		out.number = 1
	case q.rank != unranked:
		out.number = q.limit
	}
	return nil
}

// followTimes puts the times of f in the place of those of the answer, or within them.
func followTimes(out *clause, f clause, q question, how cue) error {
	switch {
	case f.times.isZero():
		return nil
	case f.times.limits != "" && !q.growth.isSet() && !q.average.isTime() && len(out.times.named) > 0:
		return limitTimes(out, f, q, how)
	case f.times.limits != "":
		if !q.when.isZero() && len(out.times.named) > 0 && (q.growth.isSet() || how.also) {
			return refuse("I cannot tell which time is meant; please ask the whole question.")
		}
		out.times = f.times
		return nil
	case f.compares || f.growth != noGain && len(f.times.named) == 1 && f.times.named[0].opens && len(out.times.named) > 0:
		return compareTimes(out, f, q)
	case how.also, how.add && severalTimes(out.times) && sameUnits(out.times, f.times):
		out.times.named = append(slices.Clone(out.times.named), f.times.named...)
		return nil
	case q.growth.isSet() && q.growth.steps == "" && len(f.times.named) == 1 && !f.times.named[0].ranged:
		return refuse("I cannot tell which two times to compare; please name both.")
	}
	lacking := slices.ContainsFunc(f.times.named, func(s stay) bool { return s.from.year == 0 && s.to.year == 0 })
	named := slices.Clone(f.times.named)
	before := out.times.named
	switch {
	case lacking && out.times.limits != "", lacking && len(before) > 1:
		return refuse("I cannot tell which year is meant; please name it.")
	case lacking && len(before) == 1:
		y := before[0].to.year
		if before[0].ranged && before[0].from.year != y && before[0].from.year != 0 {
			return refuse("I cannot tell which year is meant; please name it.")
		}
		for i := range named {
			if named[i].from.year == 0 && named[i].to.year == 0 {
				named[i].from.year, named[i].to.year = y, y
			}
		}
	case !lacking && len(before) == 1 && before[0].from.unit != year && len(named) == 1 && named[0].from.unit == year && !named[0].ranged:
		if before[0].from.year != 0 || before[0].to.year != 0 {
			return refuse("I cannot tell whether all of %d is meant or the same part of it; please ask the whole question.", named[0].from.year)
		}
		named = append(named, before[0])
	}
	out.times = times{named: named}
	return nil
}

// compareTimes sets the time of the answer against the one of f.
func compareTimes(out *clause, f clause, q question) error {
	before := out.times.named
	if len(before) != 1 || len(f.times.named) != 1 || before[0].ranged || f.times.named[0].ranged || out.times.limits != "" || q.growth.isSet() || before[0].from.unit != f.times.named[0].from.unit {
		return refuse("I cannot tell which two times to compare; please name both.")
	}
	other := f.times.named[0]
	if other.from.year == 0 {
		other.from.year, other.to.year = before[0].from.year, before[0].from.year
	}
	out.times.named = []stay{before[0], other}
	out.growth = max(out.growth, byRate)
	return nil
}
