package northwind

import (
	"context"
	"slices"
	"sync"
	"time"
)

// room keeps a few long queries from shutting out all others. A long query may run to its deadline while nobody needs its
// connection. When others wait, the one that has run longest beyond its share is ended, so that even the last one in the
// queue gets its turn in time. It is safe for concurrent use.
type room struct {
	size int           // connections
	wait time.Duration // the longest wait in the queue

	mu      sync.Mutex
	seats   []*seat // in the order of their start
	waiting int
	overdue int
}

// seat is one running query.
type seat struct {
	since  time.Time
	leave  context.CancelCauseFunc
	asked  bool // to make room
	orphan bool // nobody waits for its outcome any more
}

// Load says how busy a [DB] is.
type Load struct {
	Connections int // all there are
	Running     int // queries that hold a connection, the overdue ones among them
	Overdue     int // queries whose callers were answered, in a step of SQLite that nothing interrupts
	Waiting     int // queries that wait for a connection
}

// Load returns how busy the DB is at this moment.
func (db *DB) Load() Load {
	r := &db.room
	r.mu.Lock()
	defer r.mu.Unlock()
	return Load{Connections: r.size, Running: len(r.seats), Overdue: r.overdue, Waiting: r.waiting}
}

func (r *room) enter(now time.Time, leave context.CancelCauseFunc) *seat {
	r.mu.Lock()
	defer r.mu.Unlock()
	s := &seat{since: now, leave: leave}
	r.seats = append(r.seats, s)
	return s
}

func (r *room) leave(s *seat) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if i := slices.Index(r.seats, s); i >= 0 {
		r.seats = slices.Delete(r.seats, i, i+1)
	}
	if s.orphan {
		r.overdue--
	}
	s.orphan = false
}

// abandon counts the query as overdue until it leaves, if it has not.
func (r *room) abandon(s *seat) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if slices.Contains(r.seats, s) {
		s.orphan = true
		r.overdue++
	}
}

// maxWaiting is the most queries in the queue.
const maxWaiting = 512

// queue counts one more that waits, until leave is called, or reports that the queue is full. While it waits, it makes
// long queries end; not by its own goroutine, which would lose its place in the queue.
func (r *room) queue() (leave func(), ok bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.waiting >= maxWaiting {
		return nil, false
	}
	r.waiting++
	left := false
	var press *time.Timer
	press = time.AfterFunc(r.patience(), func() {
		r.mu.Lock()
		defer r.mu.Unlock()
		if !left {
			press.Reset(r.make(time.Now()))
		}
	})
	return func() {
		r.mu.Lock()
		defer r.mu.Unlock()
		left = true
		press.Stop()
		r.waiting--
	}, true
}

// patience is how long a query waits before others are asked to make room for it.
func (r *room) patience() time.Duration { return r.wait / 8 }

// share is how long a query may run while others wait: the longer the queue, the shorter, so that the last in it has its
// turn after a quarter of the wait and some more; but never so short that it ends queries of the usual length.
func (r *room) share() time.Duration {
	all := r.wait / 4
	if r.waiting > r.size {
		all = all * time.Duration(r.size) / time.Duration(r.waiting)
	}
	return max(all, r.wait/20, time.Millisecond)
}

// make asks the query that has run longest to make room, if it has had its share and was not asked before. It returns when to
// ask again. The caller holds the lock.
func (r *room) make(now time.Time) time.Duration {
	share := r.share()
	for _, s := range r.seats {
		if s.asked {
			continue
		}
		if ran := now.Sub(s.since); ran < share {
			return share - ran
		}
		s.asked = true
		s.leave(errRoom)
		return share
	}
	return share
}
