package store_test

import (
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/store"
)

func BenchmarkAppend50Events(b *testing.B) {
	s := open(b, filepath.Join(b.TempDir(), "chat.db"))
	begin(b, s, "ann", 0, 1)
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

func BenchmarkOpenThreadOf1000Messages(b *testing.B) {
	s := open(b, filepath.Join(b.TempDir(), "chat.db"))
	begin(b, s, "ann", 0, 1000)
	for b.Loop() {
		messages, err := s.Messages(b.Context(), "ann", "ann-t0")
		if err != nil || len(messages) != 1000 {
			b.Fatal(len(messages), err)
		}
	}
}

func BenchmarkAmong4000Threads(b *testing.B) {
	s := open(b, filepath.Join(b.TempDir(), "chat.db"))
	for _, owner := range []chat.Subject{"ann", "bob", "eve", "joe"} {
		for i := range 1000 {
			begin(b, s, owner, i, 2)
		}
	}
	for _, q := range []chat.ThreadQuery{
		{Limit: 50},
		{Limit: 50, Search: "order 777"},
		{Limit: 50, Search: "o"},
	} {
		b.Run(fmt.Sprintf("search %q", q.Search), func(b *testing.B) {
			for b.Loop() {
				page, err := s.ListThreads(b.Context(), "ann", q)
				if err != nil || len(page.Threads) == 0 {
					b.Fatal(len(page.Threads), err)
				}
			}
		})
	}
}

// BenchmarkSearchAmong100000Messages looks for words that are rare, that every message
// has, and that only begin so, among the messages of two people.
func BenchmarkSearchAmong100000Messages(b *testing.B) {
	s := open(b, filepath.Join(b.TempDir(), "chat.db"))
	for _, owner := range []chat.Subject{"ann", "bob"} {
		for i := range 500 {
			begin(b, s, owner, i, 100)
		}
	}
	for _, q := range []string{"77", "customers", "customers region 7", "c", "nowhere", "order last year pay"} {
		b.Run(fmt.Sprintf("%q", q), func(b *testing.B) {
			for b.Loop() {
				if _, err := s.ListThreads(b.Context(), "ann", chat.ThreadQuery{Limit: 50, Search: q}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// begin creates a thread with n messages, the last of which a run is writing.
func begin(b *testing.B, s *store.Store, owner chat.Subject, i, n int) {
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
