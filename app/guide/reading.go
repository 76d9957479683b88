package guide

import (
	"errors"
	"slices"
)

// reading is what a message means.
type reading struct {
	clause clause
	q      question // fits the data, unless it needs them
	remark string
	needs  bool     // names, or the reach of the data, are to be looked up first
	lacks  []string // words that may be names
}

// mostTurns is how many turns an answer may build on.
const mostTurns = 12

var errNoBase = errors.New("nothing to go on from")

// read understands the last of turns: as a question of its own, or as one that goes on
// from the answer before. Its error is a refusal. With dir nil it may not get further
// than that something has to be looked up.
func (g *Guide) read(dir *directory, turns []turn) (reading, error) {
	text := turns[len(turns)-1].text
	tokens := lex(text)
	if len(tokens) > mostTokens {
		return reading{}, refuse("That is long for me; please ask one short question at a time.")
	}
	turns = g.standing(turns)
	if number, err := readRecord(tokens, func() bool { return g.afterRecord(turns) }); err != nil || number != "" {
		return recordOf(number), err
	}
	if more := g.readBeyond(tokens); more.asked {
		return g.readOn(dir, turns, more)
	}
	how, rest := g.cues.of(tokens)
	own := len(turns) > 1 && g.isOwn(turns[len(turns)-2])
	alone, err := g.parse(dir, rest, own && (how.given || len(rest) <= shortMessage))
	if c := alone.clause; len(turns) > 1 && !c.asks && c.growth != noGain && len(c.measures)+len(c.nouns) == 0 && c.rank == unranked {
		how.given = true // the growth of what the answer before showed
	}
	if c := alone.clause; own && !how.given && err == nil && !alone.needs && !c.overall {
		asks := c.asks || len(c.verbs) > 0 || c.howMany || c.who || c.amount
		switch {
		case c.isCount(rest):
			return g.goOnCounting(dir, turns, alone)
		case !asks && opens(rest):
			how = cue{given: true, alone: true, add: rest[0].fold == "with"}
		case (!asks || c.rank != unranked) && c.isBare():
			how = cue{given: true, alone: true, bare: true}
		}
	}
	switch {
	case alone.needs:
		return alone, nil
	case !how.given && (err == nil || len(turns) == 1 || !alone.clause.isFragment()):
		if err == nil && own && alone.clause.isBrief(rest) {
			if base, baseErr := g.base(dir, turns[:len(turns)-1]); baseErr == nil && (base.needs || base.q.leaves(alone.q)) {
				if base.needs {
					return base, nil
				}
				if !alone.clause.isOfItsOwn() {
					return reading{}, stillAbout(base.q)
				}
				alone.remark = joined(alone.remark, "I took that as a question of its own, no longer about the figures"+plainScope(base.q.dropped(alone.q))+".")
			}
		}
		if err == nil && len(turns) > 1 && alone.clause.picksAll(alone.q) {
			return reading{}, refuse("I cannot tell whether all %s are meant or those of the last answer; please ask the whole question.", alone.q.list.plural())
		}
		return alone, err
	case len(turns) == 1 && how.alone && err == nil:
		return alone, nil
	case len(turns) == 1:
		return reading{}, refuse("There is no answer before this that it could go on from; please ask the whole question.")
	case len(turns) > mostTurns:
		turns = turns[len(turns)-mostTurns:]
	}
	if alone.clause.names == nil { // the words themselves were refused
		return reading{}, err
	}
	base, baseErr := g.base(dir, turns[:len(turns)-1])
	switch {
	case baseErr != nil && !how.given:
		return reading{}, err
	case baseErr != nil:
		return reading{}, refuse("I can only go on from an answer of mine to the question just before, and there is none; please ask the whole question.")
	case base.needs:
		return base, nil
	}
	return g.goOn(dir, base, alone, err, how)
}

// shortMessage is how many words a message without a cue may have, so that names are
// looked up for it although it asks for nothing by itself.
const shortMessage = 6

// goOn returns what a message means after base.
func (g *Guide) goOn(dir *directory, base, alone reading, aloneErr error, how cue) (reading, error) {
	merged, err := base.clause.follow(alone.clause, base.q, how)
	var out reading
	if err == nil {
		out, err = g.settle(dir, merged)
	}
	whole := how.alone && aloneErr == nil && (how.bare || alone.clause.isWhole())
	switch {
	case err == nil && whole && !out.needs && !alone.needs && plan(out.q) != plan(alone.q):
		return reading{}, stillAbout(base.q)
	case err == nil:
		return out, nil
	case whole && !base.q.isFiltered():
		return alone, nil
	case how.bare:
		return reading{}, stillAbout(base.q)
	default:
		return reading{}, err
	}
}

// goOnCounting answers a number that is asked for, and nothing else, within what the answer
// before was restricted to.
func (g *Guide) goOnCounting(dir *directory, turns []turn, alone reading) (reading, error) {
	base, err := g.base(dir, turns[:len(turns)-1])
	switch {
	case err != nil || err == nil && !base.needs && !base.q.isFiltered():
		return alone, nil
	case base.needs:
		return base, nil
	case base.q.growth.isSet() || base.q.share || base.q.average != "" || base.q.rate != "" || base.q.rank != unranked || base.q.list != "",
		slices.ContainsFunc(base.q.dims, func(k kind) bool { return len(base.q.names[k]) != 1 }):
		return reading{}, stillAbout(base.q)
	}
	return g.goOn(dir, base, alone, errNoBase, cue{given: true})
}

// isCount reports whether c names one thing to count, and nothing of which: “how many
// orders?”, “late orders”.
func (c clause) isCount(tokens []token) bool {
	counts := slices.Equal(c.measures, []measure{orders}) && (c.howMany || len(c.traits) > 0) || c.howMany && len(c.measures) == 1
	return counts && len(tokens) <= shortMessage && len(c.groups)+len(c.names)+len(c.without)+len(c.nouns)+len(c.verbs) == 0 && c.times.isZero() && c.rank == unranked && !c.overall &&
		!c.share && !c.average && c.growth == noGain && c.previous == ""
}

// isShift reports whether c names only the time before the one of the answer.
func (c clause) isShift() bool {
	return c.previous != "" && !c.compares && len(c.measures)+len(c.nouns)+len(c.groups)+len(c.names)+len(c.without)+len(c.traits)+len(c.verbs) == 0 && c.times.isZero() && c.growth == noGain &&
		c.rank == unranked && c.number == 0 && !c.share && !c.average && !c.counted && !c.trend && !c.total && !c.apart
}

// isBrief reports whether c is no whole sentence, and so may leave out what the answer
// before was about.
func (c clause) isBrief(tokens []token) bool {
	const most = 5
	return len(tokens) <= most && !c.asks && !c.who && !c.amount && !c.howMany && len(c.verbs) == 0 && !c.overall
}

// isOfItsOwn reports whether c, though brief, is no fragment: it names both what to measure
// and some filter of its own, as “sales in Germany in 1997” does and “only 1997” or “sales
// by country” do not.
func (c clause) isOfItsOwn() bool {
	return len(c.measures) > 0 && (len(c.names)+len(c.without) > 0 || !c.times.isZero())
}

// leaves reports whether q is restricted by what other says nothing of.
func (q question) leaves(other question) bool {
	d := q.dropped(other)
	return len(d.names)+len(d.without) > 0 || !d.when.isZero()
}

// dropped returns a question that has only those restrictions of q of which other says
// nothing.
func (q question) dropped(other question) question {
	out := question{names: map[kind][]string{}, without: map[kind][]string{}}
	for k, names := range q.names {
		if len(other.names[k]) == 0 && !slices.Contains(other.dims, k) {
			out.names[k] = names
		}
	}
	for k, names := range q.without {
		if len(other.names[k])+len(other.without[k]) == 0 && !slices.Contains(other.dims, k) {
			out.without[k] = names
		}
	}
	if other.period().isZero() && other.table() == "" && !other.growth.isSet() {
		out.when = q.period()
	}
	return out
}

func stillAbout(q question) error {
	return refuse("I cannot tell whether that is still about%s; please ask the whole question, or add “overall”.", orIts(scope(q)))
}

func orIts(scope string) string {
	if scope == "" {
		return " the last answer"
	}
	return " the figures" + scope
}

// base returns what the last of turns meant, if this Guide answered it from rows that it
// asked for.
func (g *Guide) base(dir *directory, turns []turn) (reading, error) {
	last := turns[len(turns)-1]
	if !g.isOwn(last) {
		return reading{}, errNoBase
	}
	r, err := g.read(dir, turns)
	if err != nil || r.needs {
		return r, err
	}
	if queryOf(last.calls[len(last.calls)-1]) != plan(r.q) {
		return reading{}, errNoBase
	}
	return r, nil
}

// settle decides what a clause means for the data.
func (g *Guide) settle(dir *directory, c clause) (reading, error) {
	q, err := c.question()
	if err == nil {
		err = q.account(c.words)
	}
	if err != nil {
		return reading{clause: c}, err
	}
	if q.needsReach() && dir == nil {
		return reading{clause: c, q: q, needs: true}, nil
	}
	r := reading{clause: c, q: q}
	if q.needsReach() {
		r.q, r.remark, err = q.fit(dir.reach)
	}
	return r, err
}

// isFragment reports whether c asks for nothing by itself, and so may go on from an
// answer.
func (c clause) isFragment() bool {
	ranks := c.rank != unranked && len(c.nouns)+len(c.groups) == 0
	return c.names != nil && (len(c.measures) == 0 || ranks) && len(c.verbs) == 0 && !c.who && !c.amount && c.rankOf == ""
}

// isBare reports whether c names only what to measure or to rank, of everything there is.
func (c clause) isBare() bool {
	return len(c.groups)+len(c.names)+len(c.without)+len(c.traits) == 0 && c.times.isZero()
}

// isEmpty reports whether c says nothing.
func (c clause) isEmpty() bool {
	return c.isBare() && len(c.measures)+len(c.nouns)+len(c.verbs) == 0 && c.rank == unranked && !c.counted && !c.average && !c.share && c.growth == noGain && c.previous == "" && !c.trend
}

// isWhole reports whether c is more than a fragment: it says both what to measure and of
// what.
func (c clause) isWhole() bool {
	return len(c.measures)+len(c.nouns) > 0 && (len(c.groups)+len(c.names)+len(c.without)+len(c.traits) > 0 || !c.times.isZero() || len(c.nouns) > 0 && len(c.measures) > 0 || c.rank != unranked && len(c.nouns) > 0) ||
		len(c.verbs) > 0
}

// picksAll reports whether c only says “which products”, and so may mean some of them.
func (c clause) picksAll(q question) bool {
	return q.list != "" && c.picks && len(c.names)+len(c.without)+len(c.traits)+len(c.groups) == 0 && c.times.isZero()
}
