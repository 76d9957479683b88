package guide

import (
	"slices"
	"strings"
)

// cue is what a message says about its relation to the answer before it.
type cue struct {
	given  bool
	alone  bool // the message may still be a question of its own: “and …”
	also   bool // what it names comes in addition: “also …”
	add    bool // a figure that it names comes in addition
	deep   bool // what it groups by comes in addition: “break it down …”
	bare   bool // it names too little for a question, and does not say that it goes on either
	within bool // what it names lies within the answer: “only …”
	each   bool // what was counted is to be listed: “which ones?”
}

// cues are the phrases at the beginning or the end of a message that refer to the answer
// before it.
type cues struct{ leading, trailing map[string]cue }

func newCues() cues {
	leading, trailing := map[string]cue{}, map[string]cue{}
	set := func(in map[string]cue, c cue, phrases ...string) {
		c.given = true
		for _, p := range phrases {
			in[p] = c
		}
	}
	set(leading, cue{alone: true, add: true}, "and", "ok and", "and then")
	set(leading, cue{alone: true}, "now", "and now", "ok now", "now show", "now show me", "now give me", "then", "ok then", "so now")
	set(leading, cue{add: true, also: true}, "also", "and also", "plus", "add", "now add", "also show", "also add", "additionally", "include", "also include", "as well as")
	set(leading, cue{within: true}, "only", "just", "now only", "now just", "and only", "ok only", "only show", "just show", "show only", "but only", "filter", "restrict it to", "limit it to")
	set(leading, cue{}, "what about", "how about", "and what about", "and how about", "ok what about",
		"the same", "same", "and the same", "now the same", "do the same", "same thing", "the same thing", "same question", "the same question", "same again", "the same again", "the same but", "same but", "show the same", "show me the same", "give me the same", "the same thing but", "now the same but",
		"show that", "show it", "show this", "show them", "show those", "make it", "make that", "give me that", "give me those", "i meant", "i mean", "rather", "instead", "restrict it", "limit it", "restrict that", "limit that")
	set(leading, cue{deep: true}, "break it down", "break that down", "break this down", "break them down", "break down", "now break it down", "now break that down", "split it", "split that", "split this", "split them", "now split it", "now split that", "can you break it down",
		"can you break that down", "can you split that", "can you split it", "drill down", "please break it down", "please break that down", "group it", "group that", "split")
	set(leading, cue{each: true}, "which ones", "which ones are they", "which are they", "which are these", "which are those", "list them", "show them all", "name them", "who are they", "list those", "list these", "and which ones", "show me them", "which one")
	set(trailing, cue{add: true, also: true}, "too", "as well", "also")
	set(trailing, cue{within: true}, "only")
	set(trailing, cue{}, "instead", "rather", "again", "then")
	return cues{leading, trailing}
}

const longestCue = 5

// opens reports whether tokens begin with a preposition, as what is added to a question
// does.
func opens(tokens []token) bool {
	return len(tokens) > 0 && slices.Contains(strings.Fields("by for of in per with from to since before after during on until through between within via at"), tokens[0].fold)
}

// of returns what tokens say about the answer before, and the rest of them.
func (all cues) of(tokens []token) (cue, []token) {
	var out cue
	take := func(c cue) {
		alone := c.alone && (out.alone || !out.given)
		out = cue{given: true, alone: alone, also: out.also || c.also, add: (out.add || !out.given) && c.add || out.also || c.also, deep: out.deep || c.deep, within: out.within || c.within, each: out.each || c.each}
	}
	fold := func(ts []token) string {
		var words []string
		for _, t := range ts {
			words = append(words, t.fold)
		}
		return strings.Join(words, " ")
	}
	polite := func(t token) bool { return slices.Contains([]string{"please", "thanks", "thx", "pls"}, t.fold) }
	for len(tokens) > 0 && polite(tokens[0]) {
		tokens = tokens[1:]
	}
	for len(tokens) > 0 && polite(tokens[len(tokens)-1]) {
		tokens = tokens[:len(tokens)-1]
	}
	for found := true; found; {
		found = false
		for n := min(longestCue, len(tokens)); n > 0 && !found; n-- {
			if c, ok := all.leading[fold(tokens[:n])]; ok {
				take(c)
				tokens, found = tokens[n:], true
			}
		}
	}
	for n := min(longestCue, len(tokens)); n > 0; n-- {
		if c, ok := all.trailing[fold(tokens[len(tokens)-n:])]; ok && len(tokens) > n {
			take(c)
			return out, tokens[:len(tokens)-n]
		}
	}
	return out, tokens
}
