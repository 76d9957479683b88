package toolbox

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"github.com/pomerium/pomchat/app/chat"
)

// maxName is how long the name of a function may be for every model we know; the
// characters are [A-Za-z0-9_-].
const maxName = 64

// callName returns the name by which the model calls a tool: server__tool. It
// depends on the two names alone, so it stays when other servers come and go.
// Where the plain form would be too long, hold other characters or read like
// another pair's, it ends in 8 digits of a hash of both.
func callName(server, tool string) string {
	const hashed = 8
	plain := clean(server) + "__" + clean(tool)
	exact := clean(server) == server && clean(tool) == tool && tool != "" &&
		!strings.Contains(server, "__") && !strings.HasSuffix(server, "_")
	if exact && len(plain) <= maxName {
		return plain
	}
	sum := sha256.Sum256([]byte(server + "\x00" + tool))
	return plain[:min(len(plain), maxName-hashed-1)] + "_" + hex.EncodeToString(sum[:hashed/2])
}

// clean replaces what a name must not hold.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case 'a' <= r && r <= 'z', 'A' <= r && r <= 'Z', '0' <= r && r <= '9', r == '_', r == '-':
			return r
		}
		return '_'
	}, s)
}

// inOrder returns the tools sorted by name, each name once.
func inOrder(tools []chat.Tool) []chat.Tool {
	sorted := slices.Clone(tools)
	slices.SortStableFunc(sorted, func(a, b chat.Tool) int { return strings.Compare(a.Name, b.Name) })
	return slices.CompactFunc(sorted, func(a, b chat.Tool) bool { return a.Name == b.Name })
}
