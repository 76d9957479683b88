package guide

import (
	"fmt"
	"slices"
	"strings"
)

// refusal is why a question gets no answer. It is data for a person, and implements
// error so that a parser can return it.
type refusal struct {
	reason  string   // one or two sentences; may be empty if words are given
	unknown []string // words that were not understood, as typed
}

// Error returns the reason and the words.
func (r *refusal) Error() string {
	return strings.TrimSpace(r.reason + " " + strings.Join(r.unknown, ", "))
}

func refuse(format string, args ...any) error { return &refusal{reason: fmt.Sprintf(format, args...)} }

const mostTokens = 60

// parse reads a message as a question of its own. It refuses unless every word is
// understood and the whole has one meaning; of a refused one, the clause is returned if
// its words were understood. With dir nil, words that may be names have to be looked up,
// if the message is about the data at all or goesOn from an answer that is.
func (g *Guide) parse(dir *directory, tokens []token, goesOn bool) (reading, error) {
	words := rewritten(understand(g.words, dir, tokens))
	words, err := excluding(dir, words)
	if err != nil {
		return reading{}, err
	}
	if words, err = bounded(words); err != nil {
		return reading{}, err
	}
	for _, w := range words {
		if w.role == reserved {
			return reading{}, &refusal{reason: w.reason, unknown: []string{phrase(w.tokens)}}
		}
	}
	missing := leftOver(words)
	switch {
	case len(missing) > 0 && (dir != nil || !promising(words) && !ranksUnknown(words) && !goesOn):
		return reading{}, &refusal{unknown: missing}
	case len(missing) > 0:
		return reading{needs: true, lacks: missing}, nil
	}
	words = moments(words)
	if err := checkNeighbours(words); err != nil {
		return reading{}, err
	}
	words = conditioned(words)
	var c clause
	if err := c.read(words); err != nil {
		return reading{}, err
	}
	return g.settle(dir, c)
}

// leftOver returns the stretches of unknown words.
func leftOver(words []word) []string {
	var out []string
	var run []token
	for _, w := range append(slices.Clip(words), word{term: term{role: filler}}) {
		if w.role == unknown {
			run = append(run, w.tokens...)
			continue
		}
		if len(run) > 0 {
			out = append(out, phrase(run))
		}
		run = nil
	}
	return out
}

// promising reports whether words are about the data at all, so that a look at its
// names is worth a call.
func promising(words []word) bool {
	return slices.ContainsFunc(words, func(w word) bool {
		switch w.role {
		case aMeasure, aNoun, aTrait, verb, aShare, aGrowth, anAverage:
			return true
		default:
			return w.role == aRank && w.measure != ""
		}
	})
}

// ranksUnknown reports whether what is ranked may be a name: “top 3 beverages”.
func ranksUnknown(words []word) bool {
	for i, w := range words {
		if w.role == unknown && (roleAt(words, i-1) == aRank || roleAt(words, i-1) == aNumber && roleAt(words, i-2) == aRank) {
			return true
		}
	}
	return false
}
