package chat

import (
	"fmt"
	"slices"
)

// Settings are a thread's choices for its next turn.
type Settings struct {
	// Model is a model id; empty means the default.
	Model string `json:"model,omitempty"`
	// Servers are the ids of the chosen servers; nil means all of them.
	Servers []string `json:"servers"`
	// ToolsOff are the names of tools (see ToolRef.Name) that are switched off; nil
	// leaves it as it is.
	ToolsOff []string `json:"toolsOff,omitempty" nullable:"false" doc:"Names of tools that are switched off."`
	// Hosted are the provider's own tools that are switched on; nil leaves it as it is.
	Hosted []HostedTool `json:"hosted,omitempty" enum:"web_search,code_interpreter" nullable:"false" doc:"The model provider's own tools that are switched on."`
	// Mixed says that the person agreed to web search beside servers; see Mixing.
	Mixed bool `json:"mixed,omitempty" doc:"You agreed that what servers return may get out by web search."`
}

// With returns s with what chosen says: its model unless that is empty, and each of
// its lists unless that is nil.
func (s Settings) With(chosen Settings) Settings {
	if chosen.Model != "" {
		s.Model = chosen.Model
	}
	if chosen.Servers != nil {
		s.Servers = chosen.Servers
	}
	if chosen.ToolsOff != nil {
		s.ToolsOff = chosen.ToolsOff
	}
	if chosen.Hosted != nil {
		s.Hosted = chosen.Hosted
	}
	s.Mixed = s.Mixed || chosen.Mixed
	return s
}

// SettingsPatch changes the settings that it names: those that are not nil.
type SettingsPatch struct {
	Model    *string
	Servers  *[]string
	ToolsOff []string
	Hosted   []HostedTool
	Mixed    *bool
}

// Over returns old settings with the changes.
func (p SettingsPatch) Over(old Settings) Settings {
	s := old.With(Settings{ToolsOff: p.ToolsOff, Hosted: p.Hosted})
	if p.Model != nil {
		s.Model = *p.Model
	}
	if p.Servers != nil {
		s.Servers = *p.Servers
	}
	if p.Mixed != nil {
		s.Mixed = *p.Mixed
	}
	return s
}

// Bounds of settings, which come from a browser.
const (
	maxServers  = 64
	maxToolsOff = 2000
	maxID       = 200
)

// Check returns an *Error of KindInvalid unless the settings are of a sane size and
// name hosted tools that exist.
func (s Settings) Check() error {
	wrong := func(format string, args ...any) error {
		return &Error{Kind: KindInvalid, Op: "check settings", Message: fmt.Sprintf(format, args...)}
	}
	long := func(id string) bool { return len(id) > maxID }
	switch {
	case long(s.Model):
		return wrong("The name of the model is too long.")
	case len(s.Servers) > maxServers:
		return wrong("At most %d servers can be chosen.", maxServers)
	case slices.ContainsFunc(s.Servers, long):
		return wrong("The id of a server is too long.")
	case len(s.ToolsOff) > maxToolsOff:
		return wrong("At most %d tools can be switched off; leave out their server instead.", maxToolsOff)
	case slices.ContainsFunc(s.ToolsOff, long):
		return wrong("The name of a tool is too long.")
	}
	for _, h := range s.Hosted {
		if h != WebSearch && h != CodeInterpreter {
			return wrong("There is no tool called %q at any provider.", string(h))
		}
	}
	return nil
}
