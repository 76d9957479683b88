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

// What is left of a name that does not fit.
const (
	hashed   = 8                             // digits of the hash at its end
	room     = maxName - len("___") - hashed // for both names
	ofServer = 20                            // that the server's is not cut below
)

// callName returns the name by which the model calls a tool: server__tool. It
// depends on the two names alone, so it stays when other servers come and go.
// Where the plain form would be too long, hold other characters or read like
// another pair's, it ends in 8 digits of a hash of both. Of a long one the tool's own
// name stays, as far as it can: a model goes by that.
func callName(server, tool string) string {
	s, t := clean(server), clean(tool)
	exact := s == server && t == tool && tool != "" && !strings.Contains(server, "__") && !strings.HasSuffix(server, "_")
	if plain := s + "__" + t; exact && len(plain) <= maxName && !readsHashed(t) {
		return plain
	}
	sum := sha256.Sum256([]byte(server + "\x00" + tool))
	s = s[:min(len(s), max(room-len(t), ofServer))]
	t = t[:min(len(t), room-len(s))]
	return s + "__" + t + "_" + hex.EncodeToString(sum[:hashed/2])
}

// readsHashed reports whether a name ends like one with a hash.
func readsHashed(name string) bool {
	at := len(name) - hashed - 1
	return at >= 0 && name[at] == '_' && strings.Trim(name[at+1:], "0123456789abcdef") == ""
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
