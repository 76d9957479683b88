package chat

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// findToolsName is the name of the engine's own tool that finds tools. It has no
// server, so that no server's tool can be called so.
const findToolsName = "find_tools"

// finder is the tool find_tools, which tells what there is to be found.
func (b belt) finder() Tool {
	counts, order := map[string]int{}, []string{}
	for _, t := range b.all {
		if counts[t.ServerName]++; counts[t.ServerName] == 1 {
			order = append(order, t.ServerName)
		}
	}
	var there []string
	for _, name := range order {
		there = append(there, fmt.Sprintf("%s (%d)", name, counts[name]))
	}
	return Tool{
		ToolRef: ToolRef{Name: findToolsName, ServerName: ownName, Tool: findToolsName, Title: "Find tools"},
		Description: "Finds tools by what they do. There are too many to list them all: call this first, then the tools that it names. " +
			"Servers and how many tools each has: " + strings.Join(there, ", ") + ".",
		Schema:   json.RawMessage(`{"type":"object","properties":{"query":{"type":"string","description":"what the tool should do, in a few words"}},"required":["query"],"additionalProperties":false}`),
		ReadOnly: true, Trusted: true,
	}
}

// ownName is who carries out the engine's own tools.
const ownName = "pomchat"

// found is the structured result of find_tools.
type found struct {
	Tools []string `json:"tools"`
}

func foundIn(call ToolPart) []string {
	if call.Tool.Name != findToolsName || call.Output == nil {
		return nil
	}
	var f found
	if json.Unmarshal(call.Output.Structured, &f) != nil {
		return nil
	}
	return f.Tools
}

// mostFound is how many tools one search finds.
const mostFound = 8

// longestQuery is how much of a query is repeated, in characters.
const longestQuery = 200

// answer carries out find_tools.
func (b belt) answer(_ context.Context, arguments json.RawMessage) (ToolResult, error) {
	var in struct{ Query string }
	if err := json.Unmarshal(arguments, &in); err != nil || blank(in.Query) {
		return ToolResult{IsError: true, Text: `Say what the tool should do: {"query": "…"}.`}, nil
	}
	hits := b.matching(in.Query)
	if len(hits) == 0 {
		return ToolResult{IsError: true, Text: fmt.Sprintf("No tool has to do with %q. Try other words.", cutAtWord(in.Query, longestQuery))}, nil
	}
	fitting := b.fit(hits)
	if len(fitting) == 0 {
		return ToolResult{IsError: true, Text: "What was found is described at such length that it cannot be called here: " + namesOf(hits) + ". Try other words."}, nil
	}
	f, text := found{}, "You may call these now:"
	for _, t := range fitting {
		f.Tools = append(f.Tools, t.Name)
		text += fmt.Sprintf("\n%s: %s", t.Name, cutAtWord(firstLine(t.Description), 160))
	}
	if more := len(hits) - len(fitting); more > 0 {
		text += fmt.Sprintf("\n\n%d more were found, and there is no room for them. Search in other words if these do not serve.", more)
	}
	structured, err := json.Marshal(f)
	if err != nil {
		return ToolResult{}, fmt.Errorf("encode what was found: %w", err)
	}
	return ToolResult{Text: text, Structured: structured}, nil
}

// matching returns the tools that have most to do with the words, best first. A word in
// a name counts for more than one in a description, and a rare one for more than one
// that many tools have.
func (b belt) matching(query string) []Tool {
	type bag struct{ name, text map[string]bool }
	bags := make([]bag, len(b.all))
	common := map[string]int{}
	for i, t := range b.all {
		bags[i] = bag{setOf(words(t.Tool + " " + t.Title + " " + t.ServerName)), setOf(words(t.Description))}
		for w := range bags[i].name {
			common[w]++
		}
		for w := range bags[i].text {
			if !bags[i].name[w] {
				common[w]++
			}
		}
	}
	type hit struct {
		tool  Tool
		score float64
	}
	var hits []hit
	for i, t := range b.all {
		h := hit{tool: t}
		for _, w := range words(query) {
			if common[w] == 0 {
				continue
			}
			rare := 1 / float64(common[w])
			switch {
			case bags[i].name[w]:
				h.score += 3 * (1 + rare)
			case bags[i].text[w]:
				h.score += 1 + rare
			}
		}
		if h.score > 0 {
			hits = append(hits, h)
		}
	}
	slices.SortStableFunc(hits, func(a, b hit) int { return cmp.Compare(b.score, a.score) })
	var best []Tool
	for _, h := range hits[:min(len(hits), mostFound)] {
		best = append(best, h.tool)
	}
	return best
}

func setOf(list []string) map[string]bool {
	set := make(map[string]bool, len(list))
	for _, s := range list {
		set[s] = true
	}
	return set
}

// words returns the words of a text or of a name in any style, in lower case and
// without the endings of plurals, but for the shortest.
func words(text string) []string {
	var all []string
	var word []rune
	flush := func() {
		if len(word) > 1 {
			all = append(all, stem(strings.ToLower(string(word))))
		}
		word = word[:0]
	}
	for _, r := range text {
		switch {
		case !unicode.IsLetter(r) && !unicode.IsDigit(r):
			flush()
			continue
		case unicode.IsUpper(r) && len(word) > 0 && unicode.IsLower(word[len(word)-1]):
			flush()
		}
		word = append(word, r)
	}
	flush()
	return all
}

func stem(word string) string {
	if s, ok := strings.CutSuffix(word, "ies"); ok && len(s) > 2 {
		return s + "y"
	}
	if s, ok := strings.CutSuffix(word, "s"); ok && len(s) > 2 && !strings.HasSuffix(s, "s") {
		return s
	}
	return word
}

func namesOf(tools []Tool) string {
	names := make([]string, len(tools))
	for i, t := range tools {
		names[i] = t.Name
	}
	return strings.Join(names, ", ")
}

func firstLine(text string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(text), "\n")
	return line
}
