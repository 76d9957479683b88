package llm

import (
	"strings"

	"github.com/pomerium/pomchat/app/chat"
)

// family is what is known of OpenAI's models whose ids begin alike.
type family struct {
	prefix  string
	context int64 // tokens, as OpenAI states the context window
	hosted  []chat.HostedTool
}

// families lists the more special prefix first. Lists of models say nothing of this.
//
// Source: the page of each model under https://platform.openai.com/docs/models, and
// what gateways that resell the models repeat of them, read in November 2026. Where
// those did not agree or did not say which tools a model has, none are given.
func families() []family {
	search := []chat.HostedTool{chat.WebSearch}
	both := []chat.HostedTool{chat.WebSearch, chat.CodeInterpreter}
	return []family{
		{prefix: "gpt-6", context: 1_050_000, hosted: both},
		{prefix: "gpt-5.6", context: 1_050_000, hosted: both},
		{prefix: "gpt-5.5-pro", context: 1_050_000, hosted: search},
		{prefix: "gpt-5.5", context: 1_050_000, hosted: both},
		{prefix: "gpt-5.4-mini", context: 400_000, hosted: both},
		{prefix: "gpt-5.4-nano", context: 400_000, hosted: both},
		{prefix: "gpt-5.4-pro", context: 1_050_000, hosted: search},
		{prefix: "gpt-5.4", context: 1_050_000, hosted: both},
		{prefix: "gpt-5.2-pro", context: 400_000, hosted: search},
		{prefix: "gpt-5-pro", context: 400_000, hosted: search},
		{prefix: "gpt-5", context: 400_000, hosted: both}, // to 5.3
		{prefix: "gpt-4.1-nano", context: 1_047_576, hosted: []chat.HostedTool{chat.CodeInterpreter}},
		{prefix: "gpt-4.1", context: 1_047_576, hosted: both},
		{prefix: "gpt-4o", context: 128_000, hosted: both},
		{prefix: "chatgpt-4o", context: 128_000},
		{prefix: "gpt-4-turbo", context: 128_000},
		{prefix: "gpt-4", context: 8_192},
		{prefix: "gpt-3.5-turbo", context: 16_385},
		{prefix: "o4-mini", context: 200_000, hosted: both},
		{prefix: "o3-mini", context: 200_000},
		{prefix: "o3-pro", context: 200_000, hosted: search},
		{prefix: "o3", context: 200_000, hosted: both},
		{prefix: "o1-mini", context: 128_000},
		{prefix: "o1", context: 200_000},
	}
}

// familyOf returns what is known of a model, nothing if that is of no known family.
// A tuned model is as large as its base, but the hosted tools are not for it; nor
// are they for the variants that answer as ChatGPT does, or for Codex.
func familyOf(model string) family {
	base, tuned := strings.CutPrefix(model, "ft:")
	var found family
	for _, f := range families() {
		if rest, ok := strings.CutPrefix(base, f.prefix); ok && (rest == "" || strings.ContainsAny(rest[:1], "-.:")) {
			found = f
			break
		}
	}
	switch {
	case strings.HasPrefix(base, "gpt-5") && strings.Contains(base, "-chat"):
		return family{prefix: found.prefix, context: 128_000}
	case tuned, strings.Contains(base, "codex"):
		found.hosted = nil
	}
	return found
}

// matches reports whether an id is as a pattern says, in which each "*" stands for
// any text.
func matches(pattern, id string) bool {
	first, rest, found := strings.Cut(pattern, "*")
	if !found {
		return pattern == id
	}
	id, ok := strings.CutPrefix(id, first)
	if !ok {
		return false
	}
	pieces := strings.Split(rest, "*")
	for _, piece := range pieces[:len(pieces)-1] {
		_, after, ok := strings.Cut(id, piece)
		if !ok {
			return false
		}
		id = after
	}
	return strings.HasSuffix(id, pieces[len(pieces)-1])
}
