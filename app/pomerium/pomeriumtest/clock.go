package pomeriumtest

import (
	"context"
	"sync"
	"time"
)

// clock is that of the machine, plus what it was advanced by. The zero value is
// ready for use.
type clock struct {
	mu    sync.Mutex
	ahead time.Duration
	moved chan struct{} // closed by the next advance; nil if nobody waits
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return time.Now().Add(c.ahead)
}

func (c *clock) advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.ahead += d
	if c.moved != nil {
		close(c.moved)
		c.moved = nil
	}
}

// until returns how long it is to a time, and a channel that is closed when that
// is no longer so.
func (c *clock) until(t time.Time) (time.Duration, <-chan struct{}) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.moved == nil {
		c.moved = make(chan struct{})
	}
	return t.Sub(time.Now().Add(c.ahead)), c.moved
}

// wait waits for a time. It reports false if ctx ended before.
func (c *clock) wait(ctx context.Context, t time.Time) bool {
	for {
		left, moved := c.until(t)
		if left <= 0 {
			return true
		}
		timer := time.NewTimer(left)
		select {
		case <-timer.C:
		case <-moved:
		case <-ctx.Done():
			timer.Stop()
			return false
		}
		timer.Stop()
	}
}

// Advance moves the clock of the gateway forward, at once: tokens, sessions and
// codes grow older by d, and requests that are under way nearer to their timeouts.
// Assertions keep the time of the machine, by which the servers check them.
func (g *Gateway) Advance(d time.Duration) { g.clock.advance(d) }
