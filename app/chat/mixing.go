package chat

import "slices"

// Mixing says whether a thread may use web search beside MCP servers. What a server
// tells can get out by the words of a search: that is the way in which data leaks
// that OpenAI's own guide to MCP warns of.
//
// Source: https://platform.openai.com/docs/guides/tools-connectors-mcp#risks-and-safety
type Mixing string

// The ways of mixing.
const (
	MixingAsks      Mixing = "ask"    // the person has to agree, for each thread
	MixingAllowed   Mixing = "allow"  // nobody is asked
	MixingForbidden Mixing = "forbid" // web search only in threads without servers
)

// check returns an error if the settings, in a thread with these messages, mix what
// must not be mixed: KindForbidden, or KindNeedsConsent if the person may agree.
func (m Mixing) check(s Settings, path []Message) error {
	if m == MixingAllowed || !slices.Contains(s.Hosted, WebSearch) || !s.usesServers() && !calledServers(path) {
		return nil
	}
	if m == MixingForbidden {
		return &Error{
			Kind: KindForbidden, Op: "start run",
			Message: "Your administrator does not allow web search in a thread that uses servers. Switch one of them off, or start a new thread.",
		}
	}
	if s.Mixed {
		return nil
	}
	return &Error{
		Kind: KindNeedsConsent, Op: "start run",
		Message: "With web search on, what your servers return could leave the company in the words of a search. Agree to that for this thread, or switch one of them off.",
	}
}

// usesServers reports whether servers are chosen.
func (s Settings) usesServers() bool { return s.Servers == nil || len(s.Servers) > 0 }

// calledServers reports whether a server has told something in the thread, by what a call
// returned, by why it failed, or by a resource that was attached.
func calledServers(path []Message) bool {
	return slices.ContainsFunc(path, func(m Message) bool {
		return slices.ContainsFunc(m.Attachments(), func(a AttachmentPart) bool { return a.Server != "" }) || slices.ContainsFunc(m.calls(), func(p ToolPart) bool {
			return p.Tool.Server != "" && (p.Output != nil || p.ErrorText != "" && p.StartedAt != nil)
		})
	})
}
