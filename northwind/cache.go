package northwind

import (
	"container/list"
	"sync"
)

// cache keeps the values that were used last, as many as its bytes allow. It is safe for concurrent use.
type cache[V interface{ size() int }] struct {
	capacity int // bytes

	mu     sync.Mutex
	size   int // bytes
	byKey  map[string]*list.Element
	recent list.List // of *entry[V], the one used last at the front
}

type entry[V any] struct {
	key   string
	value V
	size  int // bytes
}

const (
	// largestShare is the part of a cache that one entry may take, so that a few large ones do not drive out all else.
	largestShare = 16
	// entryOverhead is about what an entry takes besides its texts.
	entryOverhead = 512
)

// newCache returns an empty cache of so many bytes; one of 0 or less keeps nothing.
func newCache[V interface{ size() int }](capacity int) *cache[V] {
	return &cache[V]{capacity: capacity, byKey: map[string]*list.Element{}}
}

// get returns the value under the key, if it is kept. It is shared: nobody may change what it refers to.
func (c *cache[V]) get(key string) (value V, ok bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	e, ok := c.byKey[key]
	if !ok {
		return value, false
	}
	c.recent.MoveToFront(e)
	return e.Value.(*entry[V]).value, true
}

// put keeps the value unless it is too large, and drops those that were not used for the longest time.
func (c *cache[V]) put(key string, value V) {
	size := entryOverhead + len(key) + value.size()
	if size > c.capacity/largestShare {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if _, ok := c.byKey[key]; ok {
		return
	}
	c.byKey[key] = c.recent.PushFront(&entry[V]{key, value, size})
	for c.size += size; c.size > c.capacity; {
		last := c.recent.Remove(c.recent.Back()).(*entry[V])
		delete(c.byKey, last.key)
		c.size -= last.size
	}
}
