package chat

import "sort"

// eventLog is a list of events that only grows. Most events of an answer are pieces of a
// text, of some bytes each; they are kept as that text and where its pieces end, which
// takes a fraction of the room. It is not safe for concurrent use.
type eventLog struct {
	entries []logEntry
	n       int // events
}

// logEntry is one event, or several pieces of one part that follow each other.
type logEntry struct {
	at     int // how many events come before it
	seq    int // number of its first event
	event  Event
	pieces *pieces // nil if it is one event; else event stands for all but their texts
}

func newEventLog(events []Numbered) eventLog {
	var l eventLog
	for _, n := range events {
		l.add(n)
	}
	return l
}

// add appends an event, whose number is greater than all before.
func (l *eventLog) add(n Numbered) {
	if !l.extend(n) {
		l.entries = append(l.entries, logEntry{at: l.n, seq: n.Seq, event: n.Event})
	}
	l.n++
}

// mostOfPieces is the most bytes of a text that is kept as one.
const mostOfPieces = 1 << 30

// extend adds an event to the last entry, if it goes on with it.
func (l *eventLog) extend(n Numbered) bool {
	part, text, ok := delta(n.Event)
	if !ok || len(l.entries) == 0 {
		return false
	}
	e := &l.entries[len(l.entries)-1]
	first, begins, ok := delta(e.event)
	if !ok || first != part || n.Seq != e.seq+l.n-e.at {
		return false
	}
	if e.pieces == nil {
		e.pieces, e.event = &pieces{}, withText(e.event, "")
		e.pieces.add(begins)
	}
	if e.pieces.text.Len() > mostOfPieces {
		return false
	}
	e.pieces.add(text)
	return true
}

// between returns the events from index i to before index j.
func (l *eventLog) between(i, j int) []Numbered {
	if i >= j {
		return nil
	}
	out := make([]Numbered, 0, j-i)
	for k := l.holding(i); i < j; k++ {
		e := &l.entries[k]
		if e.pieces == nil {
			out, i = append(out, Numbered{Seq: e.seq, Event: e.event}), i+1
			continue
		}
		for text := range e.pieces.from(i - e.at) {
			if i == j {
				break
			}
			out = append(out, Numbered{Seq: e.seq + i - e.at, Event: withText(e.event, text)})
			i++
		}
	}
	return out
}

// holding returns which entry holds the event of that index.
func (l *eventLog) holding(i int) int {
	return sort.Search(len(l.entries), func(k int) bool { return l.entries[k].at > i }) - 1
}

// upTo returns how many events have at most that number.
func (l *eventLog) upTo(seq int) int {
	k := sort.Search(len(l.entries), func(k int) bool { return l.entries[k].seq > seq }) - 1
	if k < 0 {
		return 0
	}
	e := &l.entries[k]
	size := 1
	if e.pieces != nil {
		size = e.pieces.n
	}
	return e.at + min(size, seq-e.seq+1)
}
