package toolbox

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/pomerium/pomchat/app/chat"
)

// maxRemember is how many answers are kept before the outdated ones are swept out.
const maxRemember = 4096

// probeKey is whose view of which server a status is.
type probeKey struct {
	subject chat.Subject
	id, url string
}

func keyOf(c chat.Caller, s server) probeKey { return probeKey{c.Subject, s.id, s.url} }

// finding is a server's status and for how long it holds.
type finding struct {
	server chat.Server
	holds  time.Duration
}

// within reports whether the status is younger than that.
func (f finding) within(d time.Duration) bool { return time.Since(f.server.CheckedAt) < d }

// memory remembers what was found out, and lets all who want to know the same thing
// wait for one answer. It is safe for concurrent use.
type memory[K comparable, V any] struct {
	mu      sync.Mutex
	known   map[K]*pending[V]
	ctx     context.Context // of what is being found out; it belongs to nobody in particular
	cancel  context.CancelFunc
	running sync.WaitGroup
}

// pending is an answer, complete once done is closed.
type pending[V any] struct {
	done  chan struct{}
	value V
	last  V    // what was remembered before
	stale bool // guarded by the memory's lock: it does not suffice any more
}

func (m *memory[K, V]) init() {
	m.known = map[K]*pending[V]{}
	m.ctx, m.cancel = context.WithCancel(context.Background())
}

// get returns what is remembered if it suffices, else what ask finds out, which is
// told what was remembered. It waits no longer than ctx, whose end does not stop the
// asking: others may wait too. Then it returns what was remembered, with the error.
func (m *memory[K, V]) get(ctx context.Context, key K, suffices func(V) bool, ask func(ctx context.Context, last V) V) (V, error) {
	var none V
	answer, err := m.begin(key, suffices, ask)
	if err != nil {
		return none, err
	}
	select {
	case <-answer.done:
		return answer.value, nil
	case <-ctx.Done():
		return answer.last, context.Cause(ctx)
	}
}

func (m *memory[K, V]) begin(key K, suffices func(V) bool, ask func(context.Context, V) V) (*pending[V], error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if err := m.ctx.Err(); err != nil {
		return nil, fmt.Errorf("the toolbox is closed: %w", err)
	}
	var last V
	if old := m.known[key]; old != nil {
		if !old.finished() || !old.stale && suffices(old.value) {
			return old, nil
		}
		last = old.value
	}
	if len(m.known) >= maxRemember {
		m.sweep(suffices)
	}
	answer := &pending[V]{done: make(chan struct{}), last: last}
	m.known[key] = answer
	m.running.Go(func() {
		defer close(answer.done)
		answer.value = ask(m.ctx, last)
	})
	return answer, nil
}

func (m *memory[K, V]) sweep(suffices func(V) bool) {
	for key, old := range m.known {
		if old.finished() && (old.stale || !suffices(old.value)) {
			delete(m.known, key)
		}
	}
}

// outdate makes the next one ask anew. What somebody is asking already may be from before,
// so it is used for who waits, and for nobody later.
func (m *memory[K, V]) outdate(of func(K) bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for key, old := range m.known {
		if of(key) {
			old.stale = true
		}
	}
}

// drop makes the next one ask anew, even if somebody is asking already.
func (m *memory[K, V]) drop(key K) {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.known, key)
}

func (m *memory[K, V]) close() {
	m.mu.Lock()
	m.cancel()
	m.mu.Unlock()
	m.running.Wait()
}

func (p *pending[V]) finished() bool {
	select {
	case <-p.done:
		return true
	default:
		return false
	}
}
