package toolbox

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/pomerium/pomchat/app/chat"
)

// maxRemember is how many statuses are kept before the outdated ones are swept out.
const maxRemember = 4096

// probeKey is whose view of which server a status is.
type probeKey struct {
	subject chat.Subject
	id, url string
}

func keyOf(c chat.Caller, s server) probeKey { return probeKey{c.Subject, s.id, s.url} }

// probes remembers statuses, and lets all who want to know the same one wait for
// one answer.
type probes struct {
	mu      sync.Mutex
	known   map[probeKey]*pending
	ctx     context.Context // of what is being found out; it belongs to nobody in particular
	cancel  context.CancelFunc
	running sync.WaitGroup
}

// pending is a status, complete once done is closed.
type pending struct {
	done chan struct{}
	finding
}

// finding is a server's status and for how long it holds.
type finding struct {
	server chat.Server
	holds  time.Duration
}

// within reports whether the status is younger than that.
func (f finding) within(d time.Duration) bool { return time.Since(f.server.CheckedAt) < d }

func (p *probes) init() {
	p.known = map[probeKey]*pending{}
	p.ctx, p.cancel = context.WithCancel(context.Background())
}

// get returns what is remembered if it suffices, else what ask finds out. It waits
// no longer than ctx, whose end does not stop the asking: others may wait too.
func (p *probes) get(ctx context.Context, key probeKey, suffices func(finding) bool, ask func(context.Context) finding) (chat.Server, error) {
	answer, err := p.begin(key, suffices, ask)
	if err != nil {
		return chat.Server{}, err
	}
	select {
	case <-answer.done:
		return answer.server, nil
	case <-ctx.Done():
		return chat.Server{}, context.Cause(ctx)
	}
}

func (p *probes) begin(key probeKey, suffices func(finding) bool, ask func(context.Context) finding) (*pending, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if err := p.ctx.Err(); err != nil {
		return nil, fmt.Errorf("the toolbox is closed: %w", err)
	}
	if old := p.known[key]; old != nil && (!old.finished() || suffices(old.finding)) {
		return old, nil
	}
	if len(p.known) >= maxRemember {
		p.sweep(suffices)
	}
	answer := &pending{done: make(chan struct{})}
	p.known[key] = answer
	p.running.Go(func() {
		defer close(answer.done)
		answer.finding = ask(p.ctx)
	})
	return answer, nil
}

func (p *probes) sweep(suffices func(finding) bool) {
	for key, old := range p.known {
		if old.finished() && !suffices(old.finding) {
			delete(p.known, key)
		}
	}
}

// forget makes the next one ask anew.
func (p *probes) forget(key probeKey) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if old := p.known[key]; old != nil && old.finished() {
		delete(p.known, key)
	}
}

// forgetServer makes all ask anew about a server.
func (p *probes) forgetServer(s server) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for key, old := range p.known {
		if key.id == s.id && key.url == s.url && old.finished() {
			delete(p.known, key)
		}
	}
}

func (p *probes) close() {
	p.mu.Lock()
	p.cancel()
	p.mu.Unlock()
	p.running.Wait()
}

func (p *pending) finished() bool {
	select {
	case <-p.done:
		return true
	default:
		return false
	}
}
