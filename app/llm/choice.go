package llm

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/pomerium/pomchat/app/chat"
)

// preferredModels are the default models, best choice for a chat with tools
// first: what balances quality, speed and price.
func preferredModels() []string {
	return []string{
		"gpt-6.1-sol", "gpt-6.1-terra", "gpt-6-sol", "gpt-5.6-sol", "gpt-5.5",
		"gpt-5.4", "gpt-5.2", "gpt-5.1", "gpt-5", "gpt-4.1", "gpt-4o",
	}
}

// choice decides which of a provider's models people see, under which names and
// in which order.
type choice struct {
	provider  string
	flavour   flavour
	model     string   // the administrator's, or empty
	allow     []string // patterns of ids; nil means those that suit a chat
	preferred []string // ids, best first
	hosts     func(chat.HostedTool) bool
}

// of returns the models to show, the default first; none if none is allowed. The
// administrator's own is among them in any case, and so are those which the list of
// an Azure resource lacks, where models are called as their deployments are.
func (c choice) of(offered []offeredModel) []chat.ModelInfo {
	ids := make(map[string]bool, len(offered))
	for _, m := range offered {
		ids[m.ID] = true
	}
	var shown []offeredModel
	for _, m := range offered {
		if m.ID != "" && (m.ID == c.model || c.shows(m.ID, ids)) {
			shown = append(shown, m)
		}
	}
	if c.model != "" && !ids[c.model] {
		shown = append(shown, offeredModel{ID: c.model})
	}
	if c.flavour == azure || len(offered) == 0 {
		for _, id := range c.named() {
			if !ids[id] && id != c.model {
				shown = append(shown, offeredModel{ID: id})
			}
		}
	}
	if id := c.first(); len(shown) == 0 && len(offered) == 0 && id != "" {
		shown = append(shown, offeredModel{ID: id})
	}
	slices.SortStableFunc(shown, c.compare)
	shown = slices.CompactFunc(shown, func(a, b offeredModel) bool { return a.ID == b.ID })
	out := make([]chat.ModelInfo, len(shown))
	for i, m := range shown {
		out[i] = c.info(m)
		out[i].Default = i == 0
	}
	return out
}

// info describes a model. Of those of a compatible server nothing is known but what
// the server says itself.
func (c choice) info(m offeredModel) chat.ModelInfo {
	info := chat.ModelInfo{ID: m.ID, Label: c.label(m.ID), Provider: c.provider, Note: note(m), ContextTokens: m.context()}
	known := familyOf(bare(m.ID))
	switch {
	case c.flavour != compatible:
		if info.ContextTokens == 0 {
			info.ContextTokens = known.context
		}
	case known.prefix == "":
		// The administrator says that the server has them.
		known.hosted = []chat.HostedTool{chat.WebSearch, chat.CodeInterpreter}
	}
	for _, tool := range known.hosted {
		if c.hosts(tool) {
			info.Hosted = append(info.Hosted, tool)
		}
	}
	return info
}

// shows reports whether people see a model: one that is allowed, or, if nothing is
// said of that, one that suits a chat and is no dated state of another.
func (c choice) shows(id string, ids map[string]bool) bool {
	if c.allow != nil {
		return c.allows(id)
	}
	return suits(id, c.flavour == openAI) && !isSnapshotOf(ids, id)
}

func (c choice) allows(id string) bool {
	return slices.ContainsFunc(c.allow, func(pattern string) bool { return matches(pattern, id) })
}

// named returns the ids among the patterns that are allowed.
func (c choice) named() []string {
	return slices.DeleteFunc(slices.Clone(c.allow), func(pattern string) bool { return strings.Contains(pattern, "*") })
}

// first is the model to offer where nothing is known, empty if none is allowed.
func (c choice) first() string {
	for _, id := range slices.Concat(c.preferred, preferredModels()) {
		if c.allow == nil || c.allows(id) {
			return id
		}
	}
	return ""
}

// idle returns the patterns that allow none of the offered models. Those that name a
// deployment at Azure need not.
func (c choice) idle(offered []offeredModel) []string {
	return slices.DeleteFunc(slices.Clone(c.allow), func(pattern string) bool {
		return c.flavour == azure && !strings.Contains(pattern, "*") ||
			slices.ContainsFunc(offered, func(m offeredModel) bool { return matches(pattern, m.ID) })
	})
}

// isSnapshotOf reports whether id is a dated state of a model that is itself in
// the list: "gpt-4o-2024-08-06", "gpt-4-0613".
func isSnapshotOf(ids map[string]bool, id string) bool {
	for _, layout := range []string{"-2006-01-02", "-0102"} {
		cut := len(id) - len(layout)
		if cut <= 0 || !ids[id[:cut]] {
			continue
		}
		if _, err := time.Parse(layout, id[cut:]); err == nil {
			return true
		}
	}
	return false
}

// compare puts the administrator's model first, then the preferred ones, then
// the newest.
func (c choice) compare(a, b offeredModel) int {
	return cmp.Or(
		cmp.Compare(c.rank(a.ID), c.rank(b.ID)),
		cmp.Compare(created(b), created(a)),
		cmp.Compare(a.ID, b.ID),
	)
}

func (c choice) rank(id string) int {
	if id == c.model {
		return -1
	}
	if i := slices.Index(c.preferred, id); i >= 0 {
		return i
	}
	return len(c.preferred)
}

// created is the time of a model's creation in Unix seconds, 0 if unknown.
func created(m offeredModel) float64 {
	seconds, err := strconv.ParseFloat(string(m.Created), 64)
	if err != nil {
		return 0
	}
	return seconds
}

// label writes an id of OpenAI as people say it, "GPT-6.1 Sol"; ids of others
// are names already.
func (c choice) label(id string) string {
	if c.flavour == compatible {
		return id
	}
	if rest, ok := strings.CutPrefix(id, "ft:"); ok {
		fields := strings.Split(rest, ":")
		if name := strings.Join(slices.DeleteFunc(fields[1:], func(s string) bool { return s == "" }), " "); name != "" {
			return name + " (tuned " + c.label(fields[0]) + ")"
		}
	}
	family, rest, found := strings.Cut(id, "-")
	switch family {
	case "gpt":
		family = "GPT"
	case "chatgpt":
		family = "ChatGPT"
	default:
		return id
	}
	if !found {
		return family
	}
	words := strings.Split(rest, "-")
	for i, w := range words[1:] {
		if w != "" {
			words[i+1] = strings.ToUpper(w[:1]) + w[1:]
		}
	}
	return family + "-" + strings.Join(words, " ")
}

// note tells when a model will be gone, if that is known.
func note(m offeredModel) string {
	day, _, _ := strings.Cut(string(m.Shutdown), "T")
	date, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return ""
	}
	return "Will be shut down on " + date.Format("2 January 2006") + "."
}
