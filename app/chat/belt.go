package chat

import "slices"

// belt is the tools of a run: all that are open to it and not switched off, and the
// engine's own. What a model is told in each request has a limit: if all tools
// together are over it, a model gets find_tools, and those that it has found or used.
type belt struct {
	all    []Tool
	limit  int // tokens
	search bool
}

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
	b.search = canSearch && tokens > limit
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
	known := map[string]bool{}
	for _, m := range path {
		for _, call := range m.calls() {
			known[call.Tool.Name] = true
			for _, name := range foundIn(call) {
				known[name] = true
			}
		}
	}
	offered := []Tool{b.finder()}
	left := b.limit
	for _, t := range b.all {
		if known[t.Name] && left >= t.Tokens() {
			offered, left = append(offered, t), left-t.Tokens()
		}
	}
	if wasCut(path) {
		offered = append(offered, resultReader())
	}
	return offered
}
