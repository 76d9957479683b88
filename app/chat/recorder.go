package chat

import "sync"

// recorder is where a run's events go: to its readers, into the answer and, from
// time to time, into the store. It is safe for concurrent use.
type recorder struct {
	mu     sync.Mutex
	feed   *feed
	answer Message // with the first folded events
	folded int
	kept   int // the first so many events are stored
}

// emit records an event that does not end the run.
func (r *recorder) emit(e Event) { r.feed.add(e) }

// hold records an event that readers get once it is released, and nothing that comes
// after it before.
func (r *recorder) hold(e Event) (release func()) { return r.feed.hold(e) }

// emitAll records events between which nobody sees the run.
func (r *recorder) emitAll(events []Event) { r.feed.addAll(events) }

// keep remembers a provider's own item.
func (r *recorder) keep(n Native) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.answer.Native = append(r.answer.Native, n)
}

// message returns the answer as far as it has come.
func (r *recorder) message() Message {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.fold()
	m := r.answer
	m.Native = append([]Native(nil), m.Native...)
	return m
}

// steps returns how many steps the answer has so far.
func (r *recorder) steps() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.fold()
	return r.answer.Steps
}

// fold brings the answer up to date. The caller holds the lock.
func (r *recorder) fold() {
	events, _ := r.feed.from(r.folded)
	r.answer = applyAll(r.answer, events)
	r.folded += len(events)
}

// pending returns the events that are not stored yet.
func (r *recorder) pending() []Numbered {
	r.mu.Lock()
	defer r.mu.Unlock()
	events, _ := r.feed.from(r.kept)
	return events
}

// stored says that so many more events are stored.
func (r *recorder) stored(n int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.kept += n
}

// conclusion returns what is left to store once end has happened, and the
// complete answer, without telling readers yet.
func (r *recorder) conclusion(end Event) ([]Numbered, Message) {
	answer := Apply(r.message(), end)
	r.mu.Lock()
	defer r.mu.Unlock()
	rest, next := r.feed.from(r.kept)
	return append(rest, Numbered{Seq: next, Event: end}), answer
}

// end tells readers that the run is over.
func (r *recorder) end(e Event) { r.feed.add(e) }
