package northwind

import (
	"container/list"
	"sync"
)

// cache keeps the outcomes that were used last, as many as its bytes allow. It is safe for concurrent use.
type cache struct {
	capacity int // bytes

	mu     sync.Mutex
	size   int // bytes
	byKey  map[string]*list.Element
	recent list.List // of *entry, the one used last at the front
}

type entry struct {
	key     string
	outcome result
	size    int
}

const (
	// largestShare is the part of a cache that one entry may take, so that a few large ones do not drive out all else.
	largestShare = 16
	// entryOverhead is about what an entry takes besides its texts.
	entryOverhead = 512
)

// newCache returns an empty cache of so many bytes; one of 0 or less keeps nothing.
func newCache(capacity int) *cache {
	return &cache{capacity: capacity, byKey: map[string]*list.Element{}}
}

// get returns the outcome under the key, if it is kept.
func (c *cache) get(key string) (result, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	e, ok := c.byKey[key]
	if !ok {
		return result{}, false
	}
	c.recent.MoveToFront(e)
	return e.Value.(*entry).outcome, true
}

// put keeps the outcome unless it is too large, and drops those that were not used for the longest time.
func (c *cache) put(key string, o result) {
	size := entryOverhead + len(key) + o.size()
	if size > c.capacity/largestShare {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if _, ok := c.byKey[key]; ok {
		return
	}
	c.byKey[key] = c.recent.PushFront(&entry{key, o, size})
	for c.size += size; c.size > c.capacity; {
		last := c.recent.Remove(c.recent.Back()).(*entry)
		delete(c.byKey, last.key)
		c.size -= last.size
	}
}

// size returns the bytes of the texts of an outcome.
func (o result) size() int {
	n := len(o.reply.text) + cap(o.reply.structured)
	if o.err != nil {
		n += len(o.err.Error())
	}
	return n
}
