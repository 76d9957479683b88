package chat

import (
	"slices"
	"strconv"
	"strings"
)

// isTold reports whether the page says that an answer is without a server. A gateway lists
// to everybody what they may not use, or have never connected: that is no news with each
// answer, unless they chose the server by name, or this thread has used it before.
func (t *turn) isTold(n ServerNotice) bool {
	if t.plan.settings.Servers != nil || n.Status != ServerNoAccess && n.Status != ServerNeedsConnect {
		return true
	}
	return slices.ContainsFunc(t.plan.path, func(m Message) bool {
		return slices.ContainsFunc(m.calls(), func(p ToolPart) bool { return p.Tool.Server == n.Server })
	})
}

// maxApart is how many servers a model is told by name that it could have.
const maxApart = 20

// instructions tells a model, beside what every model is told, which servers the person
// could connect: it can say so to a question that needs one. The names are the gateway's.
func (t *turn) instructions() string {
	var names []string
	for _, n := range t.tools.Unavailable() {
		if n.Status == ServerNeedsConnect && len(names) < maxApart {
			names = append(names, strconv.Quote(n.Name))
		}
	}
	told := t.engine.Instructions
	if len(names) == 0 {
		return told
	}
	return told + "\n\nThe person has not connected these servers, so you have no tools of theirs: " + strings.Join(names, ", ") +
		". If a question needs one of them, say that it can be connected under Servers, and asked again then. Else do not mention them."
}
