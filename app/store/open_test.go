package store_test

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/store"
)

func TestOpenRefuses(t *testing.T) {
	for _, tt := range []struct {
		name string
		dsn  func(t *testing.T, dir string) string
		want string // DIR stands for the folder
	}{
		{
			"nothing", func(*testing.T, string) string { return "" },
			`no place for the data is given: name a file, or ":memory:"`,
		},
		{
			"another kind of database", func(*testing.T, string) string { return "mysql://user:secret@db/chat" },
			`data of the kind "mysql" is not supported: name a file by its plain path, ":memory:", or a URL that begins with postgres://`,
		},
		{
			"an SQLite URI", func(*testing.T, string) string { return "file:chat.db?mode=memory" },
			`data of the kind "file" is not supported: name a file by its plain path, ":memory:", or a URL that begins with postgres://`,
		},
		{
			"a folder", func(_ *testing.T, dir string) string { return dir },
			"the data file DIR is a folder: name a file in it",
		},
		{
			"a file below a file", func(t *testing.T, dir string) string {
				write(t, filepath.Join(dir, "note"), "Hello.")
				return filepath.Join(dir, "note", "chat.db")
			},
			"the folder DIR/note for the data cannot be created: not a directory",
		},
		{
			"no database", func(t *testing.T, dir string) string {
				return write(t, filepath.Join(dir, "note"), strings.Repeat("Hello. ", 999))
			},
			"the data file DIR/note is not an SQLite database: name another file",
		},
		{
			"a damaged database", func(t *testing.T, dir string) string {
				path := made(t, dir)
				data, err := os.ReadFile(path)
				if err != nil {
					t.Fatal(err)
				}
				return write(t, path, string(data[:100])+strings.Repeat("?", len(data)-100))
			},
			"the data file DIR/chat.db is damaged: restore it from a copy, or name another file",
		},
		{
			"the database of another program", func(t *testing.T, dir string) string {
				return run(t, filepath.Join(dir, "other.db"), "CREATE TABLE songs (title TEXT)")
			},
			"the data file DIR/other.db belongs to another program: name another file",
		},
		{
			"data of a newer version", func(t *testing.T, dir string) string {
				return run(t, made(t, dir), "PRAGMA user_version = 99")
			},
			"the data file DIR/chat.db was made by a newer pomchat (version 99 of the data, this one knows 3): " +
				"use that pomchat, or name another file",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			dir := t.TempDir()
			dsn := tt.dsn(t, dir)
			s, err := store.Open(t.Context(), dsn)
			if err == nil {
				t.Fatal("opened", errors.Join(s.Close()))
			}
			if diff := cmp.Diff(tt.want, strings.ReplaceAll(err.Error(), dir, "DIR")); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestOpenLeavesTheDatabaseOfAnotherProgramAlone(t *testing.T) {
	path := run(t, filepath.Join(t.TempDir(), "other.db"), "CREATE TABLE songs (title TEXT)")
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := store.Open(t.Context(), path); err == nil {
		t.Fatal("opened")
	}
	after, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if string(before) != string(after) {
		t.Error("the file has changed")
	}
}

func TestOpenCreatesWhatOnlyItsOwnerReads(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a", "b c?d%20#e")
	s := open(t, filepath.Join(dir, "chat.db"))
	if err := s.CreateThread(t.Context(), "ann", chat.Thread{ID: "t"}); err != nil {
		t.Fatal(err)
	}
	got := map[string]os.FileMode{}
	for _, name := range []string{".", "chat.db", "chat.db-wal", "chat.db-shm"} {
		info, err := os.Stat(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		got[name] = info.Mode().Perm()
	}
	want := map[string]os.FileMode{".": 0o700, "chat.db": 0o600, "chat.db-wal": 0o600, "chat.db-shm": 0o600}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestAFileIsForOneStoreAtATime(t *testing.T) {
	path := filepath.Join(t.TempDir(), "chat.db")
	first, err := store.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	want := "the data file " + path + " is in use by another pomchat: stop that one, or name another file"
	if _, err := store.Open(t.Context(), path); err == nil || err.Error() != want {
		t.Errorf("a second store: %v, want %s", err, want)
	}
	if err := first.CreateThread(t.Context(), "ann", chat.Thread{ID: "t"}); err != nil {
		t.Errorf("the first store: %v", err)
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := open(t, path).Thread(t.Context(), "ann", "t"); err != nil {
		t.Errorf("the next store: %v", err)
	}
}

func TestCloseLeavesOneFileThatOpensAgain(t *testing.T) {
	dir := t.TempDir()
	path := made(t, dir)
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var left []string
	for _, e := range entries {
		left = append(left, e.Name())
	}
	if diff := cmp.Diff([]string{"chat.db", "chat.db.lock"}, left); diff != "" {
		t.Errorf("files (-want +got):\n%s", diff)
	}
	if _, err := open(t, path).Thread(t.Context(), "ann", "t"); err != nil {
		t.Error(err)
	}
}

func TestDataOutlivesAProcessThatDoesNotClose(t *testing.T) {
	path := filepath.Join(t.TempDir(), "chat.db")
	cut := open(t, path)
	ctx := t.Context()
	r := chat.Run{ID: "r", Owner: "ann", ThreadID: "t", MessageID: "a", Status: chat.StatusRunning, CreatedAt: time.UnixMicro(1).UTC()}
	answer := chat.Message{ID: "a", Role: chat.RoleAssistant, Status: chat.StatusRunning, Parts: chat.Parts{}}
	written := []chat.Numbered{{Seq: 1, Event: chat.StartStep{}}}
	if err := errors.Join(
		cut.CreateThread(ctx, "ann", chat.Thread{ID: "t"}),
		cut.BeginRun(ctx, r, []chat.Message{answer}, "Title", chat.Settings{}),
		cut.AppendEvents(ctx, "r", written),
	); err != nil {
		t.Fatal(err)
	}
	next := open(t, asAfterACrash(t, path))
	active, err := next.ActiveRuns(ctx)
	if err != nil {
		t.Fatal(err)
	}
	events, err := next.Events(ctx, "ann", "r", 0)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]any{[]chat.Run{r}, written}, []any{active, events}); diff != "" {
		t.Error(diff)
	}
}

// asAfterACrash copies a data file that is in use, with its log: what a process
// that did not close leaves to the next one.
func asAfterACrash(t *testing.T, path string) string {
	t.Helper()
	copied := filepath.Join(t.TempDir(), "chat.db")
	for _, suffix := range []string{"", "-wal"} {
		data, err := os.ReadFile(path + suffix)
		if err != nil {
			t.Fatal(err)
		}
		write(t, copied+suffix, string(data))
	}
	return copied
}

func TestDataInMemoryOutlivesACancelledStatement(t *testing.T) {
	s := open(t, ":memory:")
	if err := s.CreateThread(t.Context(), "ann", chat.Thread{ID: "t", Title: "Orders"}); err != nil {
		t.Fatal(err)
	}
	for after := range 20 {
		ctx, cancel := context.WithTimeout(t.Context(), time.Duration(after)*20*time.Microsecond)
		for ctx.Err() == nil {
			if _, err := s.ListThreads(ctx, "ann", chat.ThreadQuery{Search: "orders", Limit: 9}); err != nil && ctx.Err() == nil {
				t.Fatal(err)
			}
		}
		cancel()
	}
	if _, err := s.Thread(t.Context(), "ann", "t"); err != nil {
		t.Error(err)
	}
}

// made returns the path of a closed data file with one thread.
func made(t *testing.T, dir string) string {
	t.Helper()
	path := filepath.Join(dir, "chat.db")
	s, err := store.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(s.CreateThread(t.Context(), "ann", chat.Thread{ID: "t"}), s.Close()); err != nil {
		t.Fatal(err)
	}
	return path
}

func write(t *testing.T, path, content string) string {
	t.Helper()
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// run runs SQL on the database in that file.
func run(t *testing.T, path, query string) string {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	_, err = db.ExecContext(t.Context(), query)
	if err := errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
	return path
}
