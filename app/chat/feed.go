package chat

import (
	"context"
	"slices"
	"sync"
)

// feed is the live log of one run: any number of readers, each at its own place. Who
// writes never waits for a reader.
type feed struct {
	mu     sync.Mutex
	events []Numbered
	held   []int // numbers of events that readers do not get yet, nor what comes after
	ended  bool
	wake   chan struct{} // closed and replaced whenever something was added
}

func newFeed() *feed { return &feed{wake: make(chan struct{})} }

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
	n := Numbered{Seq: len(f.events) + 1, Event: e}
	f.events = append(f.events, n)
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

// after returns all events after that number, held ones too.
func (f *feed) after(seq int) []Numbered {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.between(seq, len(f.events))
}

// shown returns what readers get after that number, whether the last one is the end
// of the run, and a channel that closes when there is more.
func (f *feed) shown(seq int) (events []Numbered, ended bool, wake <-chan struct{}) {
	f.mu.Lock()
	defer f.mu.Unlock()
	end := len(f.events)
	if len(f.held) > 0 {
		end = f.held[0] - 1
	}
	return f.between(seq, end), f.ended, f.wake
}

func (f *feed) len() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return len(f.events)
}

// between returns the events after one number up to another. The caller holds the
// lock.
func (f *feed) between(seq, end int) []Numbered {
	return f.events[min(max(seq, 0), end):end:end]
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
