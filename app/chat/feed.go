package chat

import (
	"slices"
	"sync"
	"time"
)

// feed is the live log of one run: any number of readers, each at its own place. Who
// writes never waits for a reader.
type feed struct {
	mu     sync.Mutex
	events eventLog
	next   int   // number of the next event
	held   []int // numbers of events that readers do not get yet, nor what comes after
	ended  bool
	// waiting are the readers that are told when something is added.
	waiting []chan<- struct{}
}

func newFeed() *feed { return &feed{next: 1} }

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
	f.events.add(n)
	f.next++
	if f.ended = IsTerminal(e); f.ended {
		f.held = nil
	}
	f.rouse()
	return n
}

func (f *feed) rouse() {
	for _, reader := range f.waiting {
		select {
		case reader <- struct{}{}:
		default: // it has been told before, and has not looked yet
		}
	}
	f.waiting = f.waiting[:0]
}

// from returns all events but the first so many, held ones too, and the number of the
// next.
func (f *feed) from(i int) (events []Numbered, next int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.events.between(i, f.events.n), f.next
}

// shown returns what readers get after that number, and whether the last one is the end
// of the run. If there is nothing and there will be, the reader is told when there is.
func (f *feed) shown(seq int, reader chan<- struct{}) (events []Numbered, ended bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	end := f.events.n
	if len(f.held) > 0 {
		end = f.events.upTo(f.held[0] - 1)
	}
	events = f.events.between(f.events.upTo(seq), end)
	if len(events) == 0 && !f.ended {
		f.waiting = append(f.waiting, reader)
	}
	return events, f.ended
}

// leave forgets a reader that waits no longer.
func (f *feed) leave(reader chan<- struct{}) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.waiting = slices.DeleteFunc(f.waiting, func(c chan<- struct{}) bool { return c == reader })
}

// last returns the greatest number that readers get so far.
func (f *feed) last() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(f.held) > 0 {
		return f.held[0] - 1
	}
	return f.next - 1
}

// endedFeed is the feed of a run that is over.
func endedFeed(events []Numbered) *feed {
	f := newFeed()
	f.events, f.ended = newEventLog(events), true
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
