package chat_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/chat/chattest"
)

// lateSaves is a store whose answers of runs that go on are saved when they may be; of each it
// tells first.
type lateSaves struct {
	*chattest.Store
	asked chan struct{}
	may   chan struct{}
}

func (s *lateSaves) SaveAnswer(ctx context.Context, r chat.Run, answer chat.Message) error {
	s.asked <- struct{}{}
	<-s.may
	return s.Store.SaveAnswer(ctx, r, answer)
}

// A run that is stopped while it is about to wait for a person ends, and does not wait.
func TestARunIsStoppedAtTheMomentAtWhichItIsParked(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, chattest.NewModel(chattest.Ask(write("c1", `{}`))), writers)
		store := &lateSaves{Store: b.store, asked: make(chan struct{}), may: make(chan struct{})}
		b.Journal = store
		run := b.ask(chat.Question{Text: "Write"})
		<-store.asked // for the question, before it is seen
		store.may <- struct{}{}
		<-store.asked // and when the run is to be parked
		stopped := make(chan error)
		go func() { stopped <- b.Stop(t.Context(), chat.Caller{Identity: chat.Identity{Subject: "ann"}}, run.ID) }()
		synctest.Wait()
		store.may <- struct{}{}
		if err := <-stopped; err != nil {
			t.Error(err)
		}
		live := b.follow(run.ID, 0)
		b.checkWhole(run, live)
		want := []string{"tool-output-error It was not approved, so the call was not carried out.", "abort"}
		got := outline(live)
		if diff := cmp.Diff(want, got[len(got)-2:]); diff != "" {
			t.Errorf("the end (-want +got):\n%s", diff)
		}
	})
}

// refusesOne is a store that takes no events of one run, nor of others together with them.
type refusesOne struct {
	*chattest.Store
	run atomic.Value
}

func (s *refusesOne) AppendEvents(ctx context.Context, runID string, events []chat.Numbered) error {
	if runID == s.run.Load() {
		return errors.New("a damaged page")
	}
	return s.Store.AppendEvents(ctx, runID, events)
}

func (s *refusesOne) AppendAll(ctx context.Context, runs []chat.RunEvents) error {
	for _, r := range runs {
		if r.RunID == s.run.Load() {
			return errors.New("a damaged page")
		}
	}
	return s.Store.AppendAll(ctx, runs)
}

// A run whose events cannot be stored is stopped, and none of those that are stored with it.
func TestARunThatCannotBeStoredEndsNoOther(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		slow := func(context.Context, json.RawMessage) (chat.ToolResult, error) {
			time.Sleep(time.Minute)
			return chat.ToolResult{Text: "ok"}, nil
		}
		calls := chattest.Ask(chat.CallReady{CallID: "c1", Name: "desk__slow", Arguments: `{}`})
		b := newBench(t, chattest.NewModel(calls, calls, chattest.Say("Done."), chattest.Say("Done.")), map[string]chattest.ToolFunc{"slow": slow})
		store := &refusesOne{Store: b.store}
		b.Journal = store
		bad := b.ask(chat.Question{Text: "One"})
		if err := b.store.CreateThread(t.Context(), "ann", chat.Thread{ID: "thr_2"}); err != nil {
			t.Fatal(err)
		}
		b.thread = "thr_2"
		good := b.ask(chat.Question{Text: "Two"})
		store.run.Store(bad.ID)
		ends := map[string]string{}
		for name, run := range map[string]chat.Started{"the bad one": bad, "the good one": good} {
			got := outline(b.follow(run.ID, 0))
			ends[name] = got[len(got)-1]
		}
		want := map[string]string{"the bad one": "error internal The answer cannot be saved, so it was stopped.", "the good one": "finish stop"}
		if diff := cmp.Diff(want, ends); diff != "" {
			t.Errorf("the ends (-want +got):\n%s", diff)
		}
	})
}

// Where a thread is gone, so is the reason to go on with its answer; nothing is amiss.
func TestARunWhoseThreadIsDeletedEndsQuietly(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var log bytes.Buffer
		b := newBench(t, chattest.NewModel(chattest.Reply{Chunks: []chat.Chunk{chat.TextChunk{ID: "a", Delta: "Half"}}, Hang: true}), nil,
			func(c *chat.EngineConfig) {
				c.Log = slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelError}))
			})
		run := b.ask(chat.Question{Text: "Hi"})
		sub, err := b.Subscribe(t.Context(), "ann", run.ID, 0)
		if err != nil {
			t.Fatal(err)
		}
		if err := b.store.DeleteThread(t.Context(), "ann", b.thread); err != nil {
			t.Fatal(err)
		}
		seen := b.rest(sub)
		synctest.Wait()
		got := outline(seen)
		if want := "error not_found The thread was deleted, so the answer was stopped."; got[len(got)-1] != want {
			t.Errorf("its readers are told %q, want %q", got[len(got)-1], want)
		}
		if load := b.Load(); load != (chat.Load{}) {
			t.Errorf("what goes on: %+v", load)
		}
		if log.Len() > 0 {
			t.Errorf("the log tells of errors:\n%s", log.String())
		}
	})
}
