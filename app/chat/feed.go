package chat

import (
	"context"
	"sync"
)

// feed is the live log of one run: one writer, any number of readers, each at
// its own place. The writer never waits for a reader.
type feed struct {
	mu     sync.Mutex
	events []Numbered
	ended  bool
	wake   chan struct{} // closed and replaced whenever something was added
}

func newFeed() *feed { return &feed{wake: make(chan struct{})} }

// add appends e and returns it with its number.
func (f *feed) add(e Event) Numbered {
	f.mu.Lock()
	defer f.mu.Unlock()
	n := Numbered{Seq: len(f.events) + 1, Event: e}
	f.events = append(f.events, n)
	f.ended = IsTerminal(e)
	close(f.wake)
	f.wake = make(chan struct{})
	return n
}

// after returns the events after that number, whether the last one is the end of
// the run, and a channel that closes when there is more.
func (f *feed) after(seq int) (events []Numbered, ended bool, wake <-chan struct{}) {
	f.mu.Lock()
	defer f.mu.Unlock()
	seq = min(max(seq, 0), len(f.events))
	return f.events[seq:len(f.events):len(f.events)], f.ended, f.wake
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
		events, ended, wake := s.feed.after(s.seq)
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
