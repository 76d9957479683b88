package llm_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/pomerium/pomchat/app/llm"
)

// A list is good for five minutes. A failure is told to the log once, keeps the
// last list, and is tried again after 15 seconds.
func TestModelsAreRemembered(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var asked int
		var down bool
		var log bytes.Buffer
		c := clientOver(t, transport(func(r *http.Request) (*http.Response, error) {
			asked++
			if down {
				return nil, errors.New("no route to host")
			}
			return says(200, `{"data":[{"id":"gpt-4.1"},{"id":"gpt-4o"}]}`)(r)
		}), func(cfg *llm.Config) { cfg.Log = slog.New(slog.NewTextHandler(&log, nil)) })

		type state struct{ asked, models, warnings int }
		look := func() state {
			models, err := c.Models(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			return state{asked, len(models), strings.Count(log.String(), "level=WARN")}
		}
		steps := []struct {
			name string
			wait time.Duration
			down bool
			want state
		}{
			{name: "the first asks", want: state{1, 2, 0}},
			{name: "the next remembers", wait: 4 * time.Minute, want: state{1, 2, 0}},
			{name: "after five minutes it asks again", wait: time.Minute, want: state{2, 2, 0}},
			{name: "a failure keeps the list and warns", wait: 5 * time.Minute, down: true, want: state{3, 2, 1}},
			{name: "for a while nobody asks", wait: 14 * time.Second, down: true, want: state{3, 2, 1}},
			{name: "another failure does not warn again", wait: time.Second, down: true, want: state{4, 2, 1}},
			{name: "it recovers", wait: 15 * time.Second, want: state{5, 2, 1}},
			{name: "a new failure warns again", wait: 5 * time.Minute, down: true, want: state{6, 2, 2}},
		}
		for _, s := range steps {
			time.Sleep(s.wait)
			down = s.down
			if got := look(); got != s.want {
				t.Errorf("%s: got %+v, want %+v", s.name, got, s.want)
			}
		}
	})
}

// Of many who ask at once, one request is made; who gives up does so at once,
// and if it was the one who asked, another takes over.
func TestModelsAreAskedForOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var asked atomic.Int32
		c := clientOver(t, transport(func(r *http.Request) (*http.Response, error) {
			asked.Add(1)
			select {
			case <-r.Context().Done():
				return nil, r.Context().Err()
			case <-time.After(2 * time.Second):
				return says(200, `{"data":[{"id":"gpt-4.1"}]}`)(r)
			}
		}))
		leader, cancel := context.WithCancel(t.Context())
		var all sync.WaitGroup
		all.Go(func() {
			if _, err := c.Models(leader); !errors.Is(err, context.Canceled) {
				t.Errorf("the one that gave up got %v", err)
			}
		})
		synctest.Wait()
		for range 10 {
			all.Go(func() {
				if models, err := c.Models(t.Context()); err != nil || len(models) != 1 {
					t.Errorf("got %v, %v", models, err)
				}
			})
		}
		time.Sleep(time.Second)
		cancel()
		all.Wait()
		if got := asked.Load(); got != 2 {
			t.Errorf("%d requests were made, want 2", got)
		}
	})
}

func TestModelsDoNotWaitForLong(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := clientOver(t, transport(func(r *http.Request) (*http.Response, error) {
			<-r.Context().Done()
			return nil, r.Context().Err()
		}))
		began := time.Now()
		models, err := c.Models(t.Context())
		if took := time.Since(began); err != nil || len(models) != 1 || took != 5*time.Second {
			t.Errorf("got %v, %v after %s", models, err, took)
		}
	})
}
