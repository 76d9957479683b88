package pomeriumtest

import "context"

// held are the calls that the gateway does not get on with.
type held struct {
	tool    string        // of those that come from now on; empty for none
	waiting int           // those that came
	free    chan struct{} // closed by Release
}

// Hold lets calls of a tool, on whatever server, wait before anything is decided about
// them, as on a slow network, until [Gateway.Release].
func (g *Gateway) Hold(tool string) {
	g.Release()
	g.mu.Lock()
	defer g.mu.Unlock()
	g.held = held{tool: tool, free: make(chan struct{})}
}

// Held returns how many calls wait.
func (g *Gateway) Held() int {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.held.waiting
}

// Release lets the calls go on, and holds no more.
func (g *Gateway) Release() {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.held.free != nil {
		close(g.held.free)
	}
	g.held = held{}
}

// hold waits if a call of the tool has to, and reports whether it did.
func (g *Gateway) hold(ctx context.Context, tool string) bool {
	g.mu.Lock()
	free := g.held.free
	if free == nil || tool == "" || tool != g.held.tool {
		g.mu.Unlock()
		return false
	}
	g.held.waiting++
	g.mu.Unlock()
	select {
	case <-free:
		return true
	case <-g.closed:
		return true
	case <-ctx.Done():
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.held.free == free {
		g.held.waiting--
	}
	return true
}
