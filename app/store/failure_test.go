package store

import (
	"context"
	"database/sql"
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/pomerium/pomchat/app/chat"
)

// told is what a failure tells the person and the log.
type told struct {
	Kind    chat.Kind
	Op      string
	Message string
}

func tell(t *testing.T, err error) told {
	t.Helper()
	e, ok := errors.AsType[*chat.Error](err)
	if !ok {
		t.Fatalf("not a *chat.Error: %v", err)
	}
	return told{e.Kind, e.Op, e.Message}
}

func TestALockEndsWithTheContextAndPasses(t *testing.T) {
	s := openForTest(t)
	path := s.path(t)
	other, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	other.SetMaxOpenConns(1)
	exec := func(query string) {
		if _, err := other.ExecContext(t.Context(), query); err != nil {
			t.Fatal(err)
		}
	}
	exec("BEGIN IMMEDIATE")
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	err = s.CreateThread(ctx, "ann", chat.Thread{ID: "t"})
	if got := tell(t, err); got.Kind != chat.KindInternal || got.Op != "create thread" || !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %+v from %v", got, err)
	}
	exec("ROLLBACK")
	if err := s.CreateThread(t.Context(), "ann", chat.Thread{ID: "t"}); err != nil {
		t.Error("with the lock gone:", err)
	}
}

func TestADamagedRowIsNamed(t *testing.T) {
	s := openForTest(t)
	ctx := t.Context()
	if err := s.CreateThread(ctx, "ann", chat.Thread{ID: "t"}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.writer.ExecContext(ctx, "UPDATE threads SET settings = '{'"); err != nil {
		t.Fatal(err)
	}
	_, err := s.Thread(ctx, "ann", "t")
	want := "load thread: decode settings of thread t: unexpected end of JSON input"
	if err == nil || err.Error() != want || chat.KindOf(err) != chat.KindInternal {
		t.Errorf("got %v, want %s", err, want)
	}
}

func TestManyWordsAreRefused(t *testing.T) {
	s := openForTest(t)
	words := make([]string, 33)
	for i := range words {
		words[i] = strings.Repeat("x", i+1)
	}
	_, err := s.ListThreads(t.Context(), "ann", chat.ThreadQuery{Limit: 1, Search: strings.Join(words, " ")})
	want := told{chat.KindInvalid, "list threads", "Search for fewer words."}
	if diff := cmp.Diff(want, tell(t, err)); diff != "" {
		t.Error(diff)
	}
	if _, err := s.ListThreads(t.Context(), "ann", chat.ThreadQuery{Limit: 1, Search: strings.Join(words[1:], " ")}); err != nil {
		t.Error(err)
	}
}

func TestNoWordsStayBehind(t *testing.T) {
	s := openForTest(t)
	ctx := t.Context()
	question := chat.Message{ID: "q", Parts: chat.Parts{chat.TextPart{Text: "secret"}}}
	r := chat.Run{ID: "r", Owner: "ann", ThreadID: "t", Status: chat.StatusRunning}
	if err := errors.Join(
		s.CreateThread(ctx, "ann", chat.Thread{ID: "t", Title: "secret"}),
		s.BeginRun(ctx, r, []chat.Message{question}, "secret, still", chat.Settings{}),
		s.DeleteThread(ctx, "ann", "t"),
	); err != nil {
		t.Fatal(err)
	}
	got := map[string]int{}
	for _, table := range []string{"threads", "messages", "runs", "events", "words"} {
		var n int
		if err := s.reader.QueryRowContext(ctx, "SELECT count(*) FROM "+table).Scan(&n); err != nil {
			t.Fatal(err)
		}
		got[table] = n
	}
	want := map[string]int{"threads": 0, "messages": 0, "runs": 0, "events": 0, "words": 0}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func openForTest(t *testing.T) *Store {
	t.Helper()
	s, err := Open(t.Context(), filepath.Join(t.TempDir(), "chat.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// path asks the database where it lies.
func (s *Store) path(t *testing.T) string {
	t.Helper()
	var path string
	err := s.reader.QueryRowContext(t.Context(), "SELECT file FROM pragma_database_list WHERE name = 'main'").Scan(&path)
	if err != nil {
		t.Fatal(err)
	}
	return path
}
