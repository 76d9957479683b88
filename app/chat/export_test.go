package chat

// MatchTools is what a search among tools finds, best first.
func MatchTools(tools []Tool, query string) []Tool { return belt{all: tools}.matching(query) }

// Answered is the calls of an answer that are to be carried out now.
func Answered(m Message) []ToolPart { return m.answered() }

// Answers is whether a grant answers a call that waits.
func Answers(g Grant, p ToolPart) bool { return g.answers(p) }
