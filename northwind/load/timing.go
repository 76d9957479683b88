package main

import (
	"context"
	"slices"
	"sync"
	"time"
)

// asker makes one client, who asks one question after the other with next and then closes. It is called by each client
// with its number.
type asker func(ctx context.Context, client int) (next func() error, closing func() error, err error)

// timing is how long requests took.
type timing struct {
	each  []time.Duration
	total time.Duration // of all turns
}

// measure lets the clients ask for the time of one turn.
func (t *timing) measure(ctx context.Context, clients int, turn time.Duration, ask asker) error {
	var (
		all    sync.WaitGroup
		mu     sync.Mutex
		failed error
	)
	begin := time.Now()
	end := begin.Add(turn)
	for n := range clients {
		all.Go(func() {
			each, err := client(ctx, n, end, ask)
			mu.Lock()
			defer mu.Unlock()
			t.each = append(t.each, each...)
			if err != nil {
				failed = err
			}
		})
	}
	all.Wait()
	t.total += time.Since(begin)
	return failed
}

// client asks until the end and returns how long each answer took.
func client(ctx context.Context, n int, end time.Time, ask asker) ([]time.Duration, error) {
	next, closing, err := ask(ctx, n)
	if err != nil {
		return nil, err
	}
	var each []time.Duration
	for now := time.Now(); now.Before(end); {
		if err := next(); err != nil {
			_ = closing()
			return nil, err
		}
		then := time.Now()
		each = append(each, then.Sub(now))
		now = then
	}
	return each, closing()
}

// rate returns requests per second.
func (t *timing) rate() float64 { return float64(len(t.each)) / t.total.Seconds() }

// quantile returns the time within which that part of the requests was answered.
func (t *timing) quantile(q float64) time.Duration {
	if len(t.each) == 0 {
		return 0
	}
	slices.Sort(t.each)
	return t.each[int(q*float64(len(t.each)-1))]
}
