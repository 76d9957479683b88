package llm

import (
	"encoding/json"
	"net/http"
	"strings"
	"sync"

	"github.com/pomerium/pomchat/app/chat"
)

// maxGone is how many containers that are gone are remembered.
const maxGone = 10_000

// containers remembers those that a provider has given up, as it does twenty minutes after
// something ran in them. A program that ran in one is refused with it from then on, and
// with the program the whole thread. It is safe for concurrent use.
type containers struct {
	mu   sync.Mutex
	gone map[string]bool // by id
}

func newContainers() *containers { return &containers{gone: map[string]bool{}} }

// isGone reports whether a container is known to be gone.
func (c *containers) isGone(id string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.gone[id]
}

// lose notes that the containers of earlier answers are gone, and reports whether any of
// them was not known to be. A provider does not say which it means; that of the answer
// being written has just been used.
func (c *containers) lose(path []chat.Message) (fresh bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, m := range path[:max(0, len(path)-1)] {
		for _, n := range m.Native {
			var it ownItem
			if !strings.Contains(string(n.Raw), typeProgram) || json.Unmarshal(n.Raw, &it) != nil || it.Container == "" || c.gone[it.Container] {
				continue
			}
			if len(c.gone) >= maxGone {
				clear(c.gone)
			}
			c.gone[it.Container], fresh = true, true
		}
	}
	return fresh
}

// aboutContainers reports whether a provider refuses a program because of its container.
func (f failure) aboutContainers() bool {
	says := strings.ToLower(f.message)
	return (f.status == http.StatusBadRequest || f.status == http.StatusNotFound) &&
		(containsAny(says, "container is expired", "expected container_id") || containsAll(says, "container", "not found"))
}
