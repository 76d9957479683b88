package toolbox

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/pomerium/pomchat/app/chat"
)

// What of a server's words about a call is passed on.
const (
	tellEvery = 250 * time.Millisecond // no more often
	maxLines  = 200                    // of its log
	maxLine   = 2 << 10                // bytes of one line
)

// ongoing is a call that is going on: who watches it, and for how long it may. What
// the server says is told from a goroutine of its own, the newest progress and all
// lines at once, so that neither a flood nor a slow watcher holds up the session. It
// is safe for concurrent use.
type ongoing struct {
	token   string // under which the server tells its progress
	watcher chat.Watcher
	clock   *clock
	ctx     context.Context // ends with the call
	cancel  context.CancelCauseFunc
	detach  func() bool // from the tools, whose end would end it

	mu      sync.Mutex
	over    bool
	cut     bool               // its end came while the server was at work
	newest  *chat.ToolProgress // not told yet
	lines   []chat.ToolLog     // not told yet
	logged  int
	raw     json.RawMessage // the newest result as it came
	asks    int
	telling bool          // the goroutine has been started
	news    chan struct{} // has room for one
	quit    chan struct{}
	running sync.WaitGroup // of the goroutine and of questions
	asking  chan struct{}  // a mutex: one question at a time
}

// begin starts the clock of a call. The context ends when the call shall; finish must
// be called.
func (t *tools) begin(ctx context.Context, w chat.Watcher) (context.Context, *ongoing) {
	ctx, cancel := context.WithCancelCause(ctx)
	if t.ctx.Err() != nil {
		cancel(errClosed)
	}
	o := &ongoing{
		token: fmt.Sprintf("call-%d", t.box.counted.Add(1)), watcher: w, ctx: ctx, cancel: cancel,
		detach: context.AfterFunc(t.ctx, func() { cancel(errClosed) }),
		clock:  startClock(t.box.cfg.Idle, t.box.cfg.CallCap, cancel),
		news:   make(chan struct{}, 1), quit: make(chan struct{}), asking: make(chan struct{}, 1),
	}
	return context.WithValue(ctx, ongoingKey{}, o), o
}

type ongoingKey struct{}

func ongoingOf(ctx context.Context) *ongoing {
	o, _ := ctx.Value(ongoingKey{}).(*ongoing)
	return o
}

// ofNobody hides the call, for what outlives it.
func ofNobody(ctx context.Context) context.Context {
	return context.WithValue(ctx, ongoingKey{}, (*ongoing)(nil))
}

// finish tells what is not told yet and waits until the watcher is left alone.
func (o *ongoing) finish() {
	o.clock.stop()
	o.detach()
	o.cancel(nil)
	o.mu.Lock()
	o.over = true
	o.mu.Unlock()
	close(o.quit)
	o.running.Wait()
}

// cutOff notes whether the end of the call came while the server was at work, which it is
// then told.
func (o *ongoing) cutOff(cut bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.cut = cut
}

func (o *ongoing) wasCut() bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.cut
}

// keepRaw notes a result as it came.
func (o *ongoing) keepRaw(result json.RawMessage) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.raw = result
}

func (o *ongoing) rawResult() json.RawMessage {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.raw
}

func (o *ongoing) progress(p mcp.ProgressNotificationParams) {
	o.clock.heard()
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.over {
		return
	}
	o.newest = &chat.ToolProgress{Done: p.Progress, Total: max(0, p.Total), Message: p.Message}
	o.tell()
}

// log passes on one line; after the last one, that there were more.
func (o *ongoing) log(params json.RawMessage) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.over || o.logged > maxLines {
		return
	}
	if o.logged == maxLines {
		o.logged++
		o.lines = append(o.lines, chat.ToolLog{Level: "notice", Text: fmt.Sprintf("The server logs more than %d lines; the others are left out.", maxLines)})
		o.tell()
		return
	}
	l, ok := logOf(params)
	if !ok {
		return
	}
	o.logged++
	o.lines = append(o.lines, l)
	o.tell()
}

// note adds a line of ours to what the server logs.
func (o *ongoing) note(text string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.over || o.logged > maxLines {
		return
	}
	o.logged++
	o.lines = append(o.lines, chat.ToolLog{Level: "notice", Text: text})
	o.tell()
}

// tell wakes the goroutine. The caller holds the lock.
func (o *ongoing) tell() {
	if !o.telling {
		o.telling = true
		o.running.Go(o.keepTelling)
	}
	select {
	case o.news <- struct{}{}:
	default:
	}
}

func (o *ongoing) keepTelling() {
	defer o.tellAll()
	for {
		select {
		case <-o.news:
			o.tellAll()
		case <-o.quit:
			return
		}
		select {
		case <-time.After(tellEvery):
		case <-o.quit:
			return
		}
	}
}

func (o *ongoing) tellAll() {
	o.mu.Lock()
	newest, lines := o.newest, o.lines
	o.newest, o.lines = nil, nil
	o.mu.Unlock()
	for _, l := range lines {
		o.watcher.Log(l)
	}
	if newest != nil {
		newest.Message = brief(newest.Message)
		o.watcher.Progress(*newest)
	}
}

// logOf reads a line of a server's log, whose data may be anything.
//
// Source: https://modelcontextprotocol.io/specification/2025-11-25/server/utilities/logging
func logOf(params json.RawMessage) (chat.ToolLog, bool) {
	var p struct {
		Level, Logger string
		Data          json.RawMessage
	}
	if json.Unmarshal(params, &p) != nil || len(p.Data) == 0 {
		return chat.ToolLog{}, false
	}
	levels := []string{"debug", "info", "notice", "warning", "error", "critical", "alert", "emergency"}
	if !slices.Contains(levels, p.Level) {
		p.Level = "info"
	}
	var text string
	if json.Unmarshal(p.Data, &text) != nil {
		var compact bytes.Buffer
		if json.Compact(&compact, p.Data) != nil {
			return chat.ToolLog{}, false
		}
		text = compact.String()
	}
	if p.Logger != "" {
		text = brief(p.Logger) + ": " + text
	}
	return chat.ToolLog{Level: p.Level, Text: shorten(strings.TrimSpace(text), maxLine)}, true
}

// shorten returns at most that many bytes of s, whole characters, and a sign if that
// is not all.
func shorten(s string, most int) string {
	if len(s) <= most {
		return s
	}
	const sign = "…"
	end := most - len(sign)
	for end > 0 && !utf8.RuneStart(s[end]) {
		end--
	}
	return s[:end] + sign
}
