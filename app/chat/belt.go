package chat

import "slices"

// belt is the tools of a run: all that are open to it and not switched off, and the
// engine's own. What a model is told in each request has a limit: if all tools
// together are over it, a model gets find_tools, and those that it has found or used, the
// last ones first.
type belt struct {
	all    []Tool
	limit  int // tokens
	search bool
}

// mostOffered is how many tools of servers a model is told of in a request, however short
// they are: providers refuse more than 128 functions, the engine's own among them.
const mostOffered = 120

// newBelt returns the belt of a run. A model that cannot search gets all tools.
func newBelt(all []Tool, off []string, limit int, canSearch bool) belt {
	b := belt{limit: limit}
	tokens := 0
	for _, t := range all {
		if !slices.Contains(off, t.Name) {
			b.all = append(b.all, t)
			tokens += t.Tokens()
		}
	}
	b.search = canSearch && (tokens > limit || len(b.all) > mostOffered)
	return b
}

// find returns the tool of that name, offered or not.
func (b belt) find(name string) (Tool, bool) {
	if own, ok := b.own(name); ok {
		return own, true
	}
	i := slices.IndexFunc(b.all, func(t Tool) bool { return t.Name == name })
	if i < 0 {
		return Tool{ToolRef: ToolRef{Name: name, Tool: name}}, false
	}
	return b.all[i], true
}

func (b belt) own(name string) (Tool, bool) {
	switch {
	case name == findToolsName && b.search:
		return b.finder(), true
	case name == readResultName:
		return resultReader(), true
	}
	return Tool{}, false
}

// offer returns the tools to tell a model that has come so far.
func (b belt) offer(path []Message) []Tool {
	if !b.search {
		if wasCut(path) {
			return append(slices.Clip(b.all), resultReader())
		}
		return b.all
	}
	fitting := map[string]bool{}
	for _, t := range b.fit(b.named(latest(path))) {
		fitting[t.Name] = true
	}
	offered := []Tool{b.finder()}
	for _, t := range b.all {
		if fitting[t.Name] {
			offered = append(offered, t)
		}
	}
	if wasCut(path) {
		offered = append(offered, resultReader())
	}
	return offered
}

// fit returns those of the tools that a request has room for; the first go first.
func (b belt) fit(tools []Tool) (fitting []Tool) {
	left := b.limit
	for _, t := range tools {
		if left >= t.Tokens() && len(fitting) < mostOffered {
			fitting, left = append(fitting, t), left-t.Tokens()
		}
	}
	return fitting
}

// named returns the tools of these names that there are, in the order of the names.
func (b belt) named(names []string) (tools []Tool) {
	at := make(map[string]int, len(b.all))
	for i, t := range b.all {
		at[t.Name] = i
	}
	for _, name := range names {
		if i, ok := at[name]; ok {
			tools = append(tools, b.all[i])
		}
	}
	return tools
}

// latest returns the names of the tools that a model has found or called, each once: the
// latest first, and of one search the best.
func latest(path []Message) (names []string) {
	seen := map[string]bool{}
	for _, m := range slices.Backward(path) {
		for _, call := range slices.Backward(m.calls()) {
			for _, name := range append(foundIn(call), call.Tool.Name) {
				if !seen[name] {
					seen[name] = true
					names = append(names, name)
				}
			}
		}
	}
	return names
}
