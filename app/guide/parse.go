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

const (
	mostTokens = 60
	mostYears  = 50
)

// parse reads a question. It returns a *refusal as its error unless every word is
// understood and the whole has one meaning. With dir nil, words that may be names
// are returned as maybe, and the question is not complete.
func parse(l lexicon, dir *directory, text string) (q question, maybe []string, err error) {
	tokens := lex(text)
	if len(tokens) > mostTokens {
		return question{}, nil, refuse("That is long for me; please ask one short question at a time.")
	}
	words := understand(l, dir, tokens)
	for _, w := range words {
		if w.role == reserved {
			return question{}, nil, &refusal{reason: w.reason, unknown: []string{phrase(w.tokens)}}
		}
	}
	missing := leftOver(words)
	if len(missing) > 0 && (dir != nil || !promising(words)) {
		return question{}, nil, &refusal{unknown: missing}
	}
	if len(missing) > 0 {
		return question{}, missing, nil
	}
	var c clause
	if err := c.read(words); err != nil {
		return question{}, nil, err
	}
	q, err = c.question()
	return q, nil, err
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
		case aMeasure, aNoun, aTrait, verb:
			return true
		default:
			return w.role == aRank && w.measure != ""
		}
	})
}
