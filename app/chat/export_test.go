package chat

// MatchTools is what a search among tools finds, best first.
func MatchTools(tools []Tool, query string) []Tool { return belt{all: tools}.matching(query) }
