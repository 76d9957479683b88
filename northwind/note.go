package northwind

import (
	"bytes"
	"context"
	"slices"
	"sync"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// note is where a handler tells the [memo] in front of it that the same request will always get the same answer,
// whoever sends it. It travels in the context because the SDK lies between the two. It is safe for concurrent use: the
// handler may outlive the request.
type note struct {
	mu   sync.Mutex
	kept bool
	use  use
}

type noteKey struct{}

// withNote returns a context in which a handler can say that its answer lasts.
func withNote(ctx context.Context) (context.Context, *note) {
	n := &note{}
	return context.WithValue(ctx, noteKey{}, n), n
}

// lasting says that the answer to the request of ctx lasts, and what the audit had to say about it: nothing, if the
// event of u is "".
func lasting(ctx context.Context, u use) {
	n, ok := ctx.Value(noteKey{}).(*note)
	if !ok {
		return
	}
	u.arguments = bytes.Clone(u.arguments) // of the SDK's much larger buffer
	n.mu.Lock()
	defer n.mu.Unlock()
	n.kept, n.use = true, u
}

// lasts returns what was said.
func (n *note) lasts() (use, bool) {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.use, n.kept
}

// noteLists is the middleware of a server whose lists are the same for every caller and never change.
func noteLists(next mcp.MethodHandler) mcp.MethodHandler {
	lists := []string{"tools/list", "resources/list", "resources/templates/list", "prompts/list"}
	return func(ctx context.Context, method string, req mcp.Request) (mcp.Result, error) {
		result, err := next(ctx, method, req)
		if err == nil && slices.Contains(lists, method) {
			lasting(ctx, use{})
		}
		return result, err
	}
}
