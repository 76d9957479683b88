package llm

import (
	"net/http"
	"slices"
	"strings"
	"sync"
)

// knob is something about a request that it can do without, or say in another way.
// A model that refuses one is asked again without it. "store" is none: what is
// said here is never kept there.
type knob string

const (
	knobEffort   knob = "reasoning.effort"
	knobSummary  knob = "reasoning.summary"
	knobInclude  knob = "include"
	knobSafety   knob = "safety_identifier"
	knobCacheKey knob = "prompt_cache_key"
	knobLength   knob = "max_output_tokens"

	// These are of Chat Completions alone.
	knobChatEffort knob = "reasoning_effort"
	knobChatLength knob = "max_completion_tokens"
	knobUsage      knob = "stream_options"    // else usage is not told
	knobThoughts   knob = "reasoning_content" // the server's own reasoning, in the turn that it belongs to
	knobSystem     knob = "system"            // else the instructions are the first thing that the person says
	knobCallIDs    knob = "tool_call_id"      // as they came; else short ones
)

// objection is how servers refuse a knob: by the path of a parameter in the body,
// or in words of which all occur.
type objection struct {
	knob  knob
	paths []string
	words []string
}

func objections() []objection {
	return []objection{
		{knob: knobEffort, paths: []string{"reasoning.effort", "reasoning"}},
		{knob: knobSummary, paths: []string{"reasoning.summary", "reasoning"}},
		{knob: knobInclude, paths: []string{"include"}},
		{knob: knobSafety, paths: []string{"safety_identifier"}},
		{knob: knobCacheKey, paths: []string{"prompt_cache_key"}},
		{knob: knobLength, paths: []string{"max_output_tokens"}},
		{knob: knobChatLength, paths: []string{"max_completion_tokens", "max_tokens"}},
		{knob: knobChatLength, words: []string{"max", "tokens", "too large"}},
		{knob: knobChatEffort, paths: []string{"reasoning_effort"}},
		{knob: knobUsage, paths: []string{"stream_options", "stream_options.include_usage"}},
		{knob: knobThoughts, paths: []string{"reasoning_content"}},
		{knob: knobSystem, words: []string{"system", "role", "not support"}},
		{knob: knobCallIDs, words: []string{"tool call id", "length of 9"}},
	}
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
// server gives none, in its message. A bare "reasoning" is all of it.
func refusedKnobs(f failure) []knob {
	if f.status != http.StatusBadRequest && f.status != http.StatusUnprocessableEntity {
		return nil
	}
	var out []knob
	for _, o := range objections() {
		if slices.ContainsFunc(o.paths, f.objectsTo) || len(o.words) > 0 && containsAll(strings.ToLower(f.message), o.words...) {
			out = append(out, o.knob)
		}
	}
	return out
}

// aboutItems reports whether a provider refuses the items of an earlier reply, one of
// which it may name by its place.
func (f failure) aboutItems() bool {
	return f.code == "invalid_encrypted_content" || f.aboutContainers() ||
		f.status >= 400 && f.status < 500 && (strings.HasPrefix(f.param, "input[") || containsAny(strings.ToLower(f.message),
			"items are not persisted", "required following item", "required 'reasoning' item", "encrypted content", "duplicate item found"))
}

// objectsTo returns whether a failure names a parameter.
func (f failure) objectsTo(path string) bool {
	if f.param != "" {
		return f.param == path || strings.HasPrefix(f.param, path+"[") || strings.HasSuffix(f.param, "]."+path)
	}
	return quotes(f.message, path)
}

// quotes returns whether message complains of a parameter that it puts in quotes.
func quotes(message, name string) bool {
	if !containsAny(strings.ToLower(message), "unsupported", "not support", "unknown", "unrecognized", "not permitted", "forbidden") {
		return false
	}
	for _, q := range []string{"'", `"`, "`"} {
		if strings.Contains(message, q+name+q) {
			return true
		}
	}
	return false
}

func containsAll(s string, words ...string) bool {
	return !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(s, w) })
}
