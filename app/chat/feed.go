package chat

import (
	"context"
	"slices"
	"sort"
	"sync"
	"time"
)

// feed is the live log of one run: any number of readers, each at its own place. Who
// writes never waits for a reader.
type feed struct {
	mu     sync.Mutex
	events []Numbered
	next   int   // number of the next event
	held   []int // numbers of events that readers do not get yet, nor what comes after
	ended  bool
	wake   chan struct{} // closed and replaced whenever something was added
}

func newFeed() *feed { return &feed{next: 1, wake: make(chan struct{})} }

// add appends e and returns it with its number.
func (f *feed) add(e Event) Numbered {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.push(e)
}

// addAll appends events at once.
func (f *feed) addAll(events []Event) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, e := range events {
		f.push(e)
	}
}

// hold appends e, which readers get once it is released.
func (f *feed) hold(e Event) (release func()) {
	f.mu.Lock()
	defer f.mu.Unlock()
	n := f.push(e)
	f.held = append(f.held, n.Seq)
	return func() {
		f.mu.Lock()
		defer f.mu.Unlock()
		f.held = slices.DeleteFunc(f.held, func(seq int) bool { return seq == n.Seq })
		f.rouse()
	}
}

// push appends an event. The end of a run releases all that is held. The caller
// holds the lock.
func (f *feed) push(e Event) Numbered {
	n := Numbered{Seq: f.next, Event: e}
	f.events, f.next = append(f.events, n), f.next+1
	if f.ended = IsTerminal(e); f.ended {
		f.held = nil
	}
	f.rouse()
	return n
}

func (f *feed) rouse() {
	close(f.wake)
	f.wake = make(chan struct{})
}

// from returns all events but the first so many, held ones too, and the number of the
// next.
func (f *feed) from(i int) (events []Numbered, next int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	end := len(f.events)
	return f.events[i:end:end], f.next
}

// shown returns what readers get after that number, whether the last one is the end
// of the run, and a channel that closes when there is more.
func (f *feed) shown(seq int) (events []Numbered, ended bool, wake <-chan struct{}) {
	f.mu.Lock()
	defer f.mu.Unlock()
	end := len(f.events)
	if len(f.held) > 0 {
		end = f.upTo(f.held[0] - 1)
	}
	return f.events[min(f.upTo(seq), end):end:end], f.ended, f.wake
}

// last returns the greatest number so far.
func (f *feed) last() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.next - 1
}

// upTo returns how many events have at most that number. The caller holds the lock.
func (f *feed) upTo(seq int) int {
	return sort.Search(len(f.events), func(i int) bool { return f.events[i].Seq > seq })
}

// Subscription reads the events of one run, from a given number on. It is for
// one reader.
type Subscription struct {
	feed *feed
	seq  int
}

// Next waits for events and returns all that there are. After the terminal event
// it returns none and no error. If ctx ends first it returns ctx's error, and the
// subscription may still be used.
func (s *Subscription) Next(ctx context.Context) ([]Numbered, error) {
	for {
		events, ended, wake := s.feed.shown(s.seq)
		if len(events) > 0 {
			s.seq = events[len(events)-1].Seq
			return events, nil
		}
		if ended {
			return nil, nil
		}
		select {
		case <-wake:
		case <-ctx.Done():
			return nil, context.Cause(ctx)
		}
	}
}

// endedFeed is the feed of a run that is over.
func endedFeed(events []Numbered) *feed {
	f := newFeed()
	f.events, f.ended = events, true
	return f
}

// Leap is by how much, at least, the numbers of a run's events go up when it is taken up
// after the end of the process: a crash takes events back that readers have seen, and what
// they have not seen must have other numbers.
const Leap = 1_000_000

// leapt returns the number of the next event of a run that is taken up at a time. That
// it was taken up before, and lost all that came of it, makes no difference.
func leapt(r Run, events []Numbered, now time.Time) int {
	return lastOf(events) + Leap*(1+int(now.Sub(r.CreatedAt)/time.Second))
}

// lastOf returns the number of the last event, 0 if there is none.
func lastOf(events []Numbered) int {
	if len(events) == 0 {
		return 0
	}
	return events[len(events)-1].Seq
}
