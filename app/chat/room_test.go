package chat_test

import (
	"context"
	"encoding/json"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/chat/chattest"
)

// held is runs of Ann, each in a thread of its own, whose calls wait for approval and then
// last until they are let go.
type held struct {
	*bench
	runs []chat.Started
	made atomic.Int64
	gate chan struct{}
}

func newHeld(t *testing.T, runs, most int) *held {
	t.Helper()
	h := &held{gate: make(chan struct{})}
	var replies []chattest.Reply
	for range runs {
		replies = append(replies, chattest.Ask(write("c1", `{}`)))
	}
	for range runs {
		replies = append(replies, chattest.Say("Done."))
	}
	h.bench = newBench(t, chattest.NewModel(replies...), map[string]chattest.ToolFunc{
		"write": func(ctx context.Context, _ json.RawMessage) (chat.ToolResult, error) {
			h.made.Add(1)
			select {
			case <-h.gate:
				return chat.ToolResult{Text: "Written."}, nil
			case <-ctx.Done():
				return chat.ToolResult{}, ctx.Err()
			}
		},
	}, func(c *chat.EngineConfig) { c.Limits.MaxPerUser = most })
	for i := range runs {
		h.thread = fmt.Sprint("thr_of_its_own_", i)
		if err := h.store.CreateThread(t.Context(), "ann", chat.Thread{ID: h.thread}); err != nil {
			t.Fatal(err)
		}
		h.runs = append(h.runs, h.ask(chat.Question{Text: "Write"}))
		synctest.Wait()
	}
	return h
}

// Who lets many answers wait, and then approves them all, has no more at work than others.
func TestWhatGoesOnAfterAnApprovalCountsAsAtWork(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHeld(t, 3, 1)
		first, second, third := h.runs[0].ID, h.runs[1].ID, h.runs[2].ID
		h.decide(first, h.asks(first)[0].ID, chat.Decision{Approved: true})
		synctest.Wait()
		ask := h.asks(second)[0]
		err := h.Decide(t.Context(), h.caller, second, ask.ID, chat.Decision{Approved: true, Scope: chat.Everywhere})
		const want = "1 answer or call is going on for you already. Wait for it or stop it."
		if chat.KindOf(err) != chat.KindLimit || chat.MessageOf(err) != want {
			t.Errorf("approved beside another at work: %v, want %q", err, want)
		}
		if waiting := h.asks(second); len(waiting) != 1 || waiting[0].ID != ask.ID {
			t.Errorf("the question is not open any more")
		}
		if grants, _ := h.store.Grants(t.Context(), "ann"); len(grants) > 0 {
			t.Errorf("what was refused is kept for later: %+v", grants)
		}
		if err := h.Stop(t.Context(), chat.Caller{Identity: chat.Identity{Subject: "ann"}}, third); err != nil {
			t.Errorf("what waits can be stopped at any time: %v", err)
		}
		close(h.gate)
		h.follow(first, 0)
		h.decide(second, ask.ID, chat.Decision{Approved: true})
		h.thread = h.runs[1].ThreadID
		h.checkWhole(h.runs[1], h.follow(second, 0))
	})
}

func TestApprovalsAtTheSameMomentKeepToTheLimit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHeld(t, 6, 2)
		var all sync.WaitGroup
		for _, run := range h.runs {
			id := h.asks(run.ID)[0].ID
			all.Go(func() { _ = h.Decide(t.Context(), h.caller, run.ID, id, chat.Decision{Approved: true}) })
		}
		all.Wait()
		synctest.Wait()
		if load := h.Load(); load.Working != 2 || h.made.Load() != 2 {
			t.Errorf("%d runs are at work, with %d calls, want 2", load.Working, h.made.Load())
		}
		for _, run := range h.runs {
			if err := h.Stop(t.Context(), chat.Caller{Identity: chat.Identity{Subject: "ann"}}, run.ID); err != nil {
				t.Error(err)
			}
		}
	})
}

// What waits for a person costs memory, and outlives restarts.
func TestSoManyAnswersMayWaitForAPerson(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHeld(t, 3, 1)
		ask := func(b *bench, thread string) error {
			if err := b.store.CreateThread(t.Context(), "ann", chat.Thread{ID: thread}); err != nil {
				t.Fatal(err)
			}
			started, err := b.Start(t.Context(), b.caller, thread, chat.Question{Text: "Write"})
			if err == nil {
				b.follow(started.ID, 0)
			}
			return err
		}
		next := h.restarted(func(c *chat.EngineConfig) { c.Limits.MaxWaiting = 3 })
		const want = "3 answers wait for you already. Decide about one of them or stop it."
		if err := ask(next, "one_more"); chat.KindOf(err) != chat.KindLimit || chat.MessageOf(err) != want {
			t.Errorf("one more: %v, want %q", err, want)
		}
		if err := next.Stop(t.Context(), chat.Caller{Identity: chat.Identity{Subject: "ann"}}, h.runs[0].ID); err != nil {
			t.Fatal(err)
		}
		if err := ask(next, "another"); err != nil {
			t.Errorf("when one was stopped: %v", err)
		}
		for _, run := range h.runs[1:] {
			if err := next.Stop(t.Context(), chat.Caller{Identity: chat.Identity{Subject: "ann"}}, run.ID); err != nil {
				t.Error(err)
			}
		}
	})
}
