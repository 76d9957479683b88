package llm

import (
	"encoding/json"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/pomerium/pomchat/app/chat"
)

// misfits remembers the tools whose descriptions a model's provider refused, for the life
// of the process: the tools of one server end no turn. Such a tool is told plainly, as an
// object without any fields and in few words; if that is refused too, it is left out. A
// tool that its server describes anew is another. It is safe for concurrent use.
type misfits struct {
	mu   sync.Mutex
	seen map[misfit]int // how often it was refused, or one like it
}

type misfit struct{ model, tool string }

// maxMisfits is how many are remembered before all are forgotten.
const maxMisfits = 10_000

// fewWords is how many characters of a refused tool's description are told.
const fewWords = 500

func newMisfits() *misfits { return &misfits{seen: map[misfit]int{}} }

// fitting returns the tools as the model's provider takes them.
func (m *misfits) fitting(model string, tools []chat.Tool) []chat.Tool {
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(m.seen) == 0 {
		return tools
	}
	var fit []chat.Tool
	for _, t := range tools {
		switch m.seen[misfit{model, t.Fingerprint()}] {
		case 0:
			fit = append(fit, t)
		case 1:
			t.Description = cutText(t.Description, fewWords)
			t.Schema = json.RawMessage(`{"type":"object","properties":{}}`)
			fit = append(fit, t)
		}
	}
	return fit
}

// learn notes which tool f is about, and returns its name, empty if it is about none. All
// are the tools of the prompt, sent are those of them that were told. Providers name such
// tools one by one; so once a server has had one in the same reply, which before tells,
// all its others are taken for the like.
func (m *misfits) learn(model string, f failure, all, sent []chat.Tool, before map[string]bool) string {
	i := f.aboutTool(sent)
	if i < 0 {
		return ""
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(m.seen) > maxMisfits {
		clear(m.seen)
	}
	name, server := sent[i].Name, sent[i].Server
	of := slices.IndexFunc(all, func(t chat.Tool) bool { return t.Name == name })
	times := m.seen[misfit{model, all[of].Fingerprint()}] + 1
	for _, t := range all {
		if t.Name == name || before[server] && t.Server == server {
			key := misfit{model, t.Fingerprint()}
			m.seen[key] = max(m.seen[key], times)
		}
	}
	before[server] = true
	return name
}

// indexed is how a provider points to a tool of a request.
var indexed = regexp.MustCompile(`\btools(?:\[|\.)(\d+)\b`)

// aboutTool returns which of the tools a provider refuses, -1 if that is not what it says.
// It gives the name in quotes, or the place.
func (f failure) aboutTool(sent []chat.Tool) int {
	if f.status != http.StatusBadRequest && f.status != http.StatusUnprocessableEntity {
		return -1
	}
	if i := slices.IndexFunc(sent, func(t chat.Tool) bool {
		return strings.Contains(f.message, "'"+t.Name+"'") || strings.Contains(f.message, `"`+t.Name+`"`) || strings.Contains(f.message, "`"+t.Name+"`")
	}); i >= 0 {
		return i
	}
	for _, text := range []string{f.param, f.message} {
		if found := indexed.FindStringSubmatch(text); found != nil {
			if i, err := strconv.Atoi(found[1]); err == nil && i < len(sent) {
				return i
			}
		}
	}
	return -1
}
