package northwind

import (
	"context"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// caller is one of several who ask for the same.
type caller struct {
	asks     time.Duration // after the start
	hangsUp  time.Duration // after the start; 0 is never
	want     string        // the text of the reply, or the kind of the error
	wantDone time.Duration // after the start
}

// TestFlights lets callers ask for what takes ten seconds. The replies are numbered by run.
func TestFlights(t *testing.T) {
	const s = time.Second
	tests := []struct {
		name    string
		callers []caller
		runs    int
	}{
		{"one caller", []caller{{0, 0, "run 1", 10 * s}}, 1},
		{"two at the same time share a run", []caller{{0, 0, "run 1", 10 * s}, {4 * s, 0, "run 1", 10 * s}}, 1},
		{"one after the other has two runs", []caller{{0, 0, "run 1", 10 * s}, {11 * s, 0, "run 2", 21 * s}}, 2},
		{"a hang-up ends the run of one caller", []caller{{0, 3 * s, "canceled", 3 * s}}, 1},
		{"the one who joined hangs up", []caller{{0, 0, "run 1", 10 * s}, {1 * s, 3 * s, "canceled", 3 * s}}, 1},
		{"the one who began hangs up, and the run goes on for the other", []caller{{0, 3 * s, "run 1", 10 * s}, {1 * s, 0, "run 1", 10 * s}}, 1},
		{"the last hang-up ends the run", []caller{{0, 3 * s, "canceled", 6 * s}, {1 * s, 6 * s, "canceled", 6 * s}, {2 * s, 4 * s, "canceled", 4 * s}}, 1},
		{"no one joins a run that is being stopped", []caller{{0, 3 * s, "canceled", 3 * s}, {3*s + 1, 0, "run 2", 13*s + 1}}, 2},
		{"one who comes after the first hung up joins the others", []caller{{0, 3 * s, "run 1", 10 * s}, {1 * s, 0, "run 1", 10 * s}, {5 * s, 0, "run 1", 10 * s}}, 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var g flights
				runs := 0
				run := func(ctx context.Context) result {
					runs++
					text := "run " + string(rune('0'+runs))
					select {
					case <-time.After(10 * s):
						return result{reply: reply{text: text}}
					case <-ctx.Done():
						return result{err: &Error{Kind: Canceled}}
					}
				}
				start := time.Now()
				var all sync.WaitGroup
				for i, c := range tt.callers {
					all.Go(func() {
						ctx, cancel := context.WithCancel(t.Context())
						defer cancel()
						if c.hangsUp > 0 {
							time.AfterFunc(c.hangsUp, cancel)
						}
						time.Sleep(c.asks)
						o, _ := g.do(ctx, "key", run)
						got := o.reply.text
						if o.err != nil {
							got = string(KindOf(o.err))
						}
						if done := time.Since(start); got != c.want || done != c.wantDone {
							t.Errorf("caller %d got %q after %v, want %q after %v", i, got, done, c.want, c.wantDone)
						}
					})
				}
				all.Wait()
				if runs != tt.runs || len(g.running) != 0 {
					t.Errorf("%d runs, want %d; %d left", runs, tt.runs, len(g.running))
				}
			})
		})
	}
}

func TestFlightsOfOtherKeysAreNotShared(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var g flights
		var all sync.WaitGroup
		for _, key := range []string{"a", "b"} {
			all.Go(func() {
				o, shared := g.do(t.Context(), key, func(context.Context) result {
					time.Sleep(time.Second)
					return result{reply: reply{text: key}}
				})
				if o.reply.text != key || shared {
					t.Errorf("%s got %q, shared %v", key, o.reply.text, shared)
				}
			})
		}
		all.Wait()
	})
}

func TestFlightThatPanicsFailsThoseWhoJoined(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var g flights
		go func() {
			defer func() { _ = recover() }()
			g.do(t.Context(), "key", func(context.Context) result {
				time.Sleep(time.Second)
				panic("a fault of the server")
			})
		}()
		synctest.Wait()
		o, shared := g.do(t.Context(), "key", func(context.Context) result { return result{} })
		if KindOf(o.err) != Failed || !shared || len(g.running) != 0 {
			t.Errorf("got %v, shared %v; %d left", o.err, shared, len(g.running))
		}
	})
}

func TestFlightKeepsTheValuesOfItsCaller(t *testing.T) {
	type name struct{}
	var g flights
	ctx := context.WithValue(t.Context(), name{}, "Ana")
	o, _ := g.do(ctx, "key", func(ctx context.Context) result {
		who, _ := ctx.Value(name{}).(string)
		return result{reply: reply{text: who}}
	})
	if o.reply.text != "Ana" {
		t.Errorf("got %q", o.reply.text)
	}
}
