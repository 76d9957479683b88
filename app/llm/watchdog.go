package llm

import (
	"errors"
	"io"
	"time"
)

// errIdle is the cause with which a watchdog ends a request.
var errIdle = errors.New("the provider has fallen silent")

// watchdog bites when something takes longer than idle. It watches only between
// watch and rest, so that a slow reader of a reply is not taken for a silent
// provider. It is for one goroutine; bite runs on another.
type watchdog struct {
	idle  time.Duration
	timer *time.Timer
}

// newWatchdog returns a watchdog that is resting.
func newWatchdog(idle time.Duration, bite func()) *watchdog {
	w := &watchdog{idle: idle, timer: time.AfterFunc(idle, bite)}
	w.timer.Stop()
	return w
}

func (w *watchdog) watch() { w.timer.Reset(w.idle) }
func (w *watchdog) rest()  { w.timer.Stop() }

// hurry makes the watchdog less patient from now on.
func (w *watchdog) hurry(idle time.Duration) { w.idle = min(w.idle, idle) }

// guard returns body watched while it is read. Any byte will do: a server that
// sends comments to keep a connection alive is not silent.
func (w *watchdog) guard(body io.ReadCloser) io.ReadCloser {
	return &guardedBody{ReadCloser: body, dog: w}
}

type guardedBody struct {
	io.ReadCloser
	dog *watchdog
}

func (b *guardedBody) Read(p []byte) (int, error) {
	b.dog.watch()
	defer b.dog.rest()
	return b.ReadCloser.Read(p)
}
