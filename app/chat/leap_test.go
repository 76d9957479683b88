package chat_test

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/chat/chattest"
)

// next is the events that a reader gets who has seen those up to a number.
func (b *bench) next(runID string, after int) []chat.Numbered {
	b.t.Helper()
	sub, err := b.Subscribe(b.t.Context(), "ann", runID, after)
	if err != nil {
		b.t.Fatal(err)
	}
	events, err := sub.Next(b.t.Context())
	if err != nil {
		b.t.Fatal(err)
	}
	return events
}

// A reader may have seen any number of events that a crash took back.
func TestWhoSawWhatACrashTookBackLearnsOfTheEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, chattest.NewModel(chattest.Reply{Chunks: []chat.Chunk{chat.TextChunk{ID: "a", Delta: "Half"}}, Hang: true}), nil)
		b.Journal = &gate{b.store, make(chan struct{})}
		run := b.ask(chat.Question{Text: "Hi"})
		synctest.Wait()
		seen := len(b.next(run.ID, 0))
		next := b.restarted(func(c *chat.EngineConfig) { c.Journal = b.store })
		stored := len(next.next(run.ID, 0))
		if stored >= seen {
			t.Fatalf("%d events are stored, %d were seen", stored, seen)
		}
		for after := range seen + 100 {
			events := next.next(run.ID, after)
			if len(events) == 0 || !chat.IsTerminal(events[len(events)-1].Event) || events[0].Seq <= after {
				t.Errorf("who has seen %d gets %v", after, events)
			}
		}
		close(b.Journal.(*gate).shut)
		if err := b.Stop(t.Context(), chat.Caller{Identity: chat.Identity{Subject: "ann"}}, run.ID); err != nil {
			t.Fatal(err)
		}
	})
}

// Not even two crashes, between which nothing was stored, give a number to two events.
func TestNumbersOfEventsAreNotUsedTwice(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, chattest.NewModel(chattest.Ask(write("c1", `{}`)), chattest.Say("Done.")), writers)
		run := b.ask(chat.Question{Text: "Write"})
		synctest.Wait()
		shut := make(chan struct{})
		first := b.restarted()
		first.Journal = &gate{b.store, shut}
		last := len(first.next(run.ID, 0))
		first.decide(run.ID, first.asks(run.ID)[0].ID, chat.Decision{Approved: true})
		synctest.Wait()
		seen := first.next(run.ID, last)
		if len(seen) == 0 || !isA[chat.ToolApprovalResponse](seen[0].Event) {
			t.Fatalf("seen was %v", seen)
		}
		time.Sleep(time.Second)
		second := b.restarted(func(c *chat.EngineConfig) { c.Journal = b.store })
		second.decide(run.ID, second.asks(run.ID)[0].ID, chat.Decision{})
		live := second.follow(run.ID, 0)
		second.checkWhole(run, live)
		if got := second.next(run.ID, seen[len(seen)-1].Seq); len(got) == 0 || !chat.IsTerminal(got[len(got)-1].Event) {
			t.Errorf("who has seen %v gets %v", seen, got)
		}
		close(shut)
		synctest.Wait()
	})
}
