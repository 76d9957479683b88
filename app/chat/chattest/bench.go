package chattest

import (
	"fmt"
	"testing"
	"time"

	"github.com/pomerium/pomchat/app/chat"
)

// BenchmarkStore measures what people wait for in the stores that open returns, each
// empty, and closed by b.Cleanup.
func BenchmarkStore(b *testing.B, open func(b *testing.B) Storage) {
	b.Run("Append50Events", func(b *testing.B) { appendEvents(b, open(b)) })
	b.Run("OpenThreadOf1000Messages", func(b *testing.B) { openThread(b, open(b)) })
	b.Run("Among4000Threads", func(b *testing.B) {
		s := open(b)
		for _, owner := range []chat.Subject{"ann", "bob", "eve", "joe"} {
			for i := range 1000 {
				fill(b, s, owner, i, 2)
			}
		}
		searches(b, s, "", "order 777", "o")
	})
	// Words that are rare, that every message has, and that only begin so, among the
	// messages of two people.
	b.Run("SearchAmong100000Messages", func(b *testing.B) {
		s := open(b)
		for _, owner := range []chat.Subject{"ann", "bob"} {
			for i := range 500 {
				fill(b, s, owner, i, 100)
			}
		}
		searches(b, s, "77", "customers", "customers region 7", "c", "nowhere", "order last year pay")
	})
}

func appendEvents(b *testing.B, s Storage) {
	fill(b, s, "ann", 0, 1)
	seq := 0
	for b.Loop() {
		batch := make([]chat.Numbered, 50)
		for i := range batch {
			seq++
			batch[i] = chat.Numbered{Seq: seq, Event: chat.TextDelta{ID: "0", Delta: " orders"}}
		}
		if err := s.AppendEvents(b.Context(), "ann-r0-0", batch); err != nil {
			b.Fatal(err)
		}
	}
}

func openThread(b *testing.B, s Storage) {
	fill(b, s, "ann", 0, 1000)
	for b.Loop() {
		messages, err := s.Messages(b.Context(), "ann", "ann-t0")
		if err != nil || len(messages) != 1000 {
			b.Fatal(len(messages), err)
		}
	}
}

func searches(b *testing.B, s Storage, all ...string) {
	for _, q := range all {
		b.Run(fmt.Sprintf("%q", q), func(b *testing.B) {
			for b.Loop() {
				if _, err := s.ListThreads(b.Context(), "ann", chat.ThreadQuery{Limit: 50, Search: q}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// fill creates a thread with n messages, the last of which a run is writing.
func fill(b *testing.B, s Storage, owner chat.Subject, i, n int) {
	b.Helper()
	id := func(kind string, j int) string { return fmt.Sprintf("%s-%s%d-%d", owner, kind, i, j) }
	at := time.UnixMicro(int64(i)).UTC()
	t := chat.Thread{ID: fmt.Sprintf("%s-t%d", owner, i), CreatedAt: at, UpdatedAt: at}
	messages := make([]chat.Message, n)
	for j := range messages {
		text := fmt.Sprintf("Which customers in region %d have placed order %d since last year, and what did they pay for it?", j, i)
		messages[j] = chat.Message{
			ID: id("m", j), Role: chat.RoleUser, Status: chat.StatusFinished, CreatedAt: at,
			Parts: chat.Parts{chat.TextPart{ID: "0", Text: text, State: "done"}},
		}
	}
	r := chat.Run{ID: id("r", 0), Owner: owner, ThreadID: t.ID, MessageID: id("m", n-1), Status: chat.StatusRunning, CreatedAt: at}
	if err := s.CreateThread(b.Context(), owner, t); err != nil {
		b.Fatal(err)
	}
	if err := s.BeginRun(b.Context(), r, messages, fmt.Sprintf("Order %d", i), chat.Settings{}); err != nil {
		b.Fatal(err)
	}
}
