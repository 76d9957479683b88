package llm

import (
	"net/http"
	"strings"
	"sync"
)

// knob is an optional parameter of a request, by its path in the body. A model
// that refuses one is asked again without it. "store" is none: what is said
// here is never kept there.
type knob string

const (
	knobEffort   knob = "reasoning.effort"
	knobSummary  knob = "reasoning.summary"
	knobInclude  knob = "include"
	knobSafety   knob = "safety_identifier"
	knobCacheKey knob = "prompt_cache_key"
)

func knobs() []knob {
	return []knob{knobEffort, knobSummary, knobInclude, knobSafety, knobCacheKey}
}

// refusals remembers which model refused which knob, for the life of the
// process. It is safe for concurrent use.
type refusals struct {
	mu   sync.Mutex
	seen map[string]map[knob]bool // by model
}

func newRefusals() *refusals { return &refusals{seen: map[string]map[knob]bool{}} }

// allows returns whether model has not yet refused k.
func (r *refusals) allows(model string, k knob) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return !r.seen[model][k]
}

// learn notes the knobs that f says model refuses, and returns those which were
// not known before. Being asked again without them is worth it if there are any.
func (r *refusals) learn(model string, f failure) []knob {
	r.mu.Lock()
	defer r.mu.Unlock()
	var fresh []knob
	for _, k := range refusedKnobs(f) {
		if r.seen[model][k] {
			continue
		}
		if r.seen[model] == nil {
			r.seen[model] = map[knob]bool{}
		}
		r.seen[model][k] = true
		fresh = append(fresh, k)
	}
	return fresh
}

// refusedKnobs tells which knobs a failure names: in its param, or, where a
// server gives none, in quotes in its message. A bare "reasoning" is all of it.
func refusedKnobs(f failure) []knob {
	if f.status != http.StatusBadRequest && f.status != http.StatusUnprocessableEntity {
		return nil
	}
	var out []knob
	for _, k := range knobs() {
		group, _, _ := strings.Cut(string(k), ".")
		for _, name := range []string{string(k), group} {
			if f.param == name || strings.HasPrefix(f.param, name+"[") || f.param == "" && quotes(f.message, name) {
				out = append(out, k)
				break
			}
		}
	}
	return out
}

// quotes returns whether message complains of a parameter that it puts in quotes.
func quotes(message, name string) bool {
	lower := strings.ToLower(message)
	if !containsAny(lower, "unsupported", "not support", "unknown", "unrecognized") {
		return false
	}
	for _, q := range []string{"'", `"`, "`"} {
		if strings.Contains(message, q+name+q) {
			return true
		}
	}
	return false
}
