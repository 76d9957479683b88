package pomerium

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"time"
)

const (
	// freshFor is how long fetched keys are used without another look: what
	// Pomerium's Cache-Control says.
	freshFor = 60 * time.Second
	// usableFor is how long they are used at all while a look is under way, or
	// fails. A key that Pomerium no longer publishes is accepted no longer.
	usableFor = 3 * time.Minute
	// fetchGap is the least time from the beginning of one fetch to that of the
	// next, however many unknown keys the assertions name.
	fetchGap = 2 * time.Second
	// fetchTimeout is how long one fetch may take.
	fetchTimeout = 5 * time.Second
)

// keyring holds the keys of Pomerium and renews them when they are asked for, as
// RFC 5861 has it: within freshFor at once, within usableFor at once but with a
// fetch behind it, else after a fetch. There is at most one fetch at a time, and
// whoever needs it waits for that one. It is safe for concurrent use.
type keyring struct {
	ctx   context.Context // ends the fetches
	fetch func(context.Context) (map[string]publicKey, error)
	log   *slog.Logger

	mu      sync.Mutex
	keys    map[string]publicKey // replaced as a whole, never changed
	asOf    time.Time            // when the fetch of keys began
	began   time.Time            // when the last fetch began
	flight  *flight              // the one under way, or nil
	failing bool                 // the last one failed
}

// flight is a fetch. Its err may be read once done is closed.
type flight struct {
	done chan struct{}
	err  error
}

// find returns the key with this id. It refuses an id as unknown only by keys
// that came after the question. The error is ErrInvalid or ErrUnavailable; the
// latter also when ctx ends the wait.
func (r *keyring) find(ctx context.Context, id string) (publicKey, error) {
	key, known, pending := r.look(id)
	if known {
		return key, nil
	}
	select {
	case <-pending.done:
	case <-ctx.Done():
		return publicKey{}, fmt.Errorf("%w: gave up waiting for them: %w", ErrUnavailable, context.Cause(ctx))
	}
	if pending.err != nil {
		return publicKey{}, fmt.Errorf("%w: %w", ErrUnavailable, pending.err)
	}
	if key, known := r.recall(id); known {
		return key, nil
	}
	return publicKey{}, refuse("it names the key %s, which Pomerium does not publish", quote(id))
}

// look returns the key if it is known, else the fetch to wait for.
func (r *keyring) look(id string) (publicKey, bool, *flight) {
	r.mu.Lock()
	defer r.mu.Unlock()
	age := time.Since(r.asOf)
	key, known := r.keys[id]
	known = known && age < usableFor
	if known && age < freshFor {
		return key, true, nil
	}
	if r.flight == nil {
		r.flight = &flight{done: make(chan struct{})}
		go r.fly(r.flight, time.Until(r.began.Add(fetchGap)))
	}
	return key, known, r.flight
}

// recall returns the key if it is known.
func (r *keyring) recall(id string) (publicKey, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	key, known := r.keys[id]
	return key, known && time.Since(r.asOf) < usableFor
}

// fly fetches the keys after a delay. It does so on behalf of all who wait, and so
// under the context of the keyring rather than that of any of them.
func (r *keyring) fly(f *flight, delay time.Duration) {
	keys, began, err := r.fetchAfter(delay)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.flight, r.began = nil, began
	r.note(keys, err)
	if err == nil {
		r.keys, r.asOf = keys, began
	}
	r.failing = err != nil
	f.err = err
	close(f.done)
}

func (r *keyring) fetchAfter(delay time.Duration) (keys map[string]publicKey, began time.Time, err error) {
	timer := time.NewTimer(delay)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-r.ctx.Done():
		return nil, time.Now(), context.Cause(r.ctx)
	}
	ctx, cancel := context.WithTimeout(r.ctx, fetchTimeout)
	defer cancel()
	began = time.Now()
	keys, err = r.fetch(ctx)
	return keys, began, err
}

// note logs what changed, once: a server whose Pomerium is away would otherwise
// say so every fetchGap.
func (r *keyring) note(keys map[string]publicKey, err error) {
	ids := sortedIDs(keys)
	switch {
	case r.ctx.Err() != nil:
	case err != nil && !r.failing:
		r.log.LogAttrs(r.ctx, slog.LevelWarn, "the keys of Pomerium cannot be fetched", slog.Any("err", err))
	case err == nil && (r.failing || !slices.Equal(sortedIDs(r.keys), ids)):
		r.log.LogAttrs(r.ctx, slog.LevelInfo, "fetched the keys of Pomerium", slog.Any("kids", ids))
	}
}

func sortedIDs(keys map[string]publicKey) []string {
	ids := make([]string, 0, len(keys))
	for id := range keys {
		ids = append(ids, cut(id))
	}
	slices.Sort(ids)
	return ids
}
