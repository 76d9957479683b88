package toolbox

import (
	"context"
	"errors"
	"strings"
	"sync"
	"time"
)

// Why a clock ends a call.
var (
	errSilent  = errors.New("the server was silent for too long")
	errTooLong = errors.New("the call took too long")
)

// clock ends a call that is silent for too long, or that takes too long as a whole.
// The time in which it is paused counts for neither. It is safe for concurrent use.
type clock struct {
	idle time.Duration
	end  context.CancelCauseFunc

	mu     sync.Mutex
	timer  *time.Timer
	last   time.Time     // when the server was last heard, or the clock last began to run
	since  time.Time     // when the clock last began to run
	left   time.Duration // of the whole time, then
	paused int
}

// startClock returns a running clock. It must be stopped.
func startClock(idle, whole time.Duration, end context.CancelCauseFunc) *clock {
	now := time.Now()
	c := &clock{idle: idle, end: end, last: now, since: now, left: whole}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.timer = time.AfterFunc(min(idle, whole), c.ring)
	return c
}

// ring ends the call if it is time. What the server said since the timer was set
// puts it off.
func (c *clock) ring() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.paused > 0 {
		return
	}
	now := time.Now()
	silence, whole := c.idle-now.Sub(c.last), c.left-now.Sub(c.since)
	switch {
	case whole <= 0:
		c.end(errTooLong)
	case silence <= 0:
		c.end(errSilent)
	default:
		c.timer.Reset(min(silence, whole))
	}
}

// heard notes a sign of life.
func (c *clock) heard() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.last = time.Now()
}

// pause stops the clock until the returned function is called. Pauses may overlap.
func (c *clock) pause() (resume func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.paused == 0 {
		c.timer.Stop()
		c.left -= time.Since(c.since)
	}
	c.paused++
	return sync.OnceFunc(func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		if c.paused--; c.paused == 0 {
			c.since = time.Now()
			c.last = c.since
			c.timer.Reset(max(0, min(c.idle, c.left)))
		}
	})
}

func (c *clock) stop() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.paused++ // a timer that rings just now finds it so
	c.timer.Stop()
}

// lasting writes a duration without the zeros at its end: "10m", "1m30s".
func lasting(d time.Duration) string {
	s := d.String()
	if strings.HasSuffix(s, "m0s") {
		s = strings.TrimSuffix(s, "0s")
	}
	if strings.HasSuffix(s, "h0m") {
		s = strings.TrimSuffix(s, "0m")
	}
	return s
}
