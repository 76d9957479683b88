package chat

import (
	"context"
	"errors"
	"time"
)

// ErrQuiet says that nothing has happened for as long as a reader wanted to wait.
var ErrQuiet = errors.New("nothing has happened yet")

// Subscription reads the events of one run, from a given number on. It is for
// one reader.
type Subscription struct {
	feed  *feed
	seq   int
	ready chan struct{} // there may be more
	timer *time.Timer   // nil until somebody waits for so long
}

func subscribe(f *feed, after int) *Subscription {
	return &Subscription{feed: f, seq: after, ready: make(chan struct{}, 1)}
}

// Next waits for events and returns all that there are. After the terminal event
// it returns none and no error. If ctx ends first it returns ctx's error, and the
// subscription may still be used.
func (s *Subscription) Next(ctx context.Context) ([]Numbered, error) {
	return s.next(ctx, nil)
}

// NextWithin is Next for who does not wait longer than d: then it returns ErrQuiet.
func (s *Subscription) NextWithin(ctx context.Context, d time.Duration) ([]Numbered, error) {
	if s.timer == nil {
		s.timer = time.NewTimer(d)
	} else {
		s.timer.Reset(d)
	}
	defer s.timer.Stop()
	return s.next(ctx, s.timer.C)
}

func (s *Subscription) next(ctx context.Context, enough <-chan time.Time) ([]Numbered, error) {
	for {
		events, ended := s.feed.shown(s.seq, s.ready)
		if len(events) > 0 {
			s.seq = events[len(events)-1].Seq
			return events, nil
		}
		if ended {
			return nil, nil
		}
		select {
		case <-s.ready:
		case <-enough:
			s.feed.leave(s.ready)
			return nil, ErrQuiet
		case <-ctx.Done():
			s.feed.leave(s.ready)
			return nil, context.Cause(ctx)
		}
	}
}
