package toolbox

import (
	"crypto/sha256"
	"encoding/json"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/pomerium/pomchat/app/chat"
)

// changedTools tells a model why a call may have been refused.
const changedTools = "\n\n[The server's tools may be others than those listed here. They are listed anew for the next question.]"

// notKnown reports whether a server says that it has no such tool, or that the arguments
// are not what the tool wants, in the words of the usual SDKs.
func notKnown(text string) bool {
	const longest = 2 << 10
	text = strings.ToLower(text[:min(len(text), longest)])
	return strings.Contains(text, "-32602") || strings.Contains(text, "unknown tool") || strings.Contains(text, "no such tool") ||
		strings.Contains(text, "tool ") && strings.Contains(text, " not found")
}

// history remembers which tools of which server a caller has seen, so that a change
// shows: a tool that is approved today may be another tomorrow. It holds at most
// maxRemember views, and forgets those that were not looked at for the longest time.
type history struct {
	mu   sync.Mutex
	seen map[probeKey]*view
}

// view is what a caller has seen of a server.
type view struct {
	tools   map[string]fingerprint // by their own names
	changes *chat.ToolChanges      // of the newest change, nil before the first
	at      time.Time              // of the last look
}

// fingerprint stands for what a tool says of itself.
type fingerprint [sha256.Size / 2]byte

// compare notes the tools and returns how they differ from those before the newest
// change, nil if there was none.
func (h *history) compare(key probeKey, listed []*mcp.Tool, now time.Time) *chat.ToolChanges {
	tools := make(map[string]fingerprint, len(listed))
	for _, t := range slices.Backward(listed) { // of two with one name the first counts
		tools[t.Name] = fingerprintOf(t)
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	last := h.seen[key]
	if last == nil {
		h.makeRoom()
		h.seen[key] = &view{tools: tools, at: now}
		return nil
	}
	if c := difference(last.tools, tools); c != nil {
		c.At = now
		last.tools, last.changes = tools, c
	}
	last.at = now
	return last.changes
}

// makeRoom forgets the oldest view if there are too many.
func (h *history) makeRoom() {
	if h.seen == nil {
		h.seen = map[probeKey]*view{}
	}
	if len(h.seen) < maxRemember {
		return
	}
	var oldest probeKey
	var at time.Time
	for key, v := range h.seen {
		if at.IsZero() || v.at.Before(at) {
			oldest, at = key, v.at
		}
	}
	delete(h.seen, oldest)
}

// difference returns how the tools differ, nil if they do not.
func difference(before, after map[string]fingerprint) *chat.ToolChanges {
	c := chat.ToolChanges{Added: []string{}, Removed: []string{}, Changed: []string{}}
	for name, now := range after {
		was, known := before[name]
		switch {
		case !known:
			c.Added = append(c.Added, name)
		case was != now:
			c.Changed = append(c.Changed, name)
		}
	}
	for name := range before {
		if _, still := after[name]; !still {
			c.Removed = append(c.Removed, name)
		}
	}
	if len(c.Added)+len(c.Removed)+len(c.Changed) == 0 {
		return nil
	}
	slices.Sort(c.Added)
	slices.Sort(c.Removed)
	slices.Sort(c.Changed)
	return &c
}

// fingerprintOf covers the description, the arguments and the promises of a tool.
func fingerprintOf(t *mcp.Tool) (f fingerprint) {
	text, err := json.Marshal([]any{t.Description, t.InputSchema, t.Annotations})
	if err != nil {
		return f // what came as JSON can be written as JSON
	}
	sum := sha256.Sum256(text)
	copy(f[:], sum[:])
	return f
}
