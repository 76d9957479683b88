package store_test

import (
	"database/sql"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/pomerium/pomchat/app/chat"
)

// TestDataOfTheFirstVersionIsTakenOver opens a file as the first version made it: its
// threads are found by their words, its events are read, and it can be written to.
func TestDataOfTheFirstVersionIsTakenOver(t *testing.T) {
	path := filepath.Join(t.TempDir(), "chat.db")
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	script, err := os.ReadFile("schema.sql")
	if err != nil {
		t.Fatal(err)
	}
	for _, statement := range []string{
		string(script), "PRAGMA user_version = 1", "PRAGMA application_id = 1347240776",
		`INSERT INTO threads VALUES (1, 't', 'ann', 'Sales in Zürich', 0, '{"servers":null}', 1, 2)`,
		`INSERT INTO messages VALUES (1, 'q', 1, '', 'user', 'finished', '[{"type":"text","id":"1","step":0,"text":"How much Käse?","state":"done"}]', '', '', 0, '', NULL, NULL, NULL, NULL, 1, NULL)`,
		`INSERT INTO messages VALUES (2, 'a', 1, 'q', 'assistant', 'finished', '[]', 'r', 'm', 1, 'stop', NULL, NULL, NULL, NULL, 1, 2)`,
		`INSERT INTO runs VALUES (1, 'r', 'ann', 1, 'a', 'finished', 1)`,
		`INSERT INTO events VALUES (1, 1, '{"type":"start-step"}'), (1, 2, '{"type":"text-delta","id":"t","delta":"x"}')`,
	} {
		if _, err := db.Exec(statement); err != nil {
			t.Fatalf("%s: %v", statement[:min(60, len(statement))], err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	s := open(t, path)
	for search, want := range map[string]int{"zurich": 1, "kase": 1, "sales KÄ": 1, "butter": 0} {
		page, err := s.ListThreads(t.Context(), "ann", chat.ThreadQuery{Search: search, Limit: 9})
		if err != nil || len(page.Threads) != want {
			t.Errorf("%q finds %d threads (%v), want %d", search, len(page.Threads), err, want)
		}
	}
	events, err := s.Events(t.Context(), "ann", "r", 0)
	if err != nil {
		t.Fatal(err)
	}
	want := []chat.Numbered{{Seq: 1, Event: chat.StartStep{}}, {Seq: 2, Event: chat.TextDelta{ID: "t", Delta: "x"}}}
	if diff := cmp.Diff(want, events); diff != "" {
		t.Errorf("events (-want +got):\n%s", diff)
	}
	for until, unread := range map[int64]bool{0: false, 2: false} {
		if err := s.SeeThread(t.Context(), "ann", "t", time.UnixMicro(until)); err != nil {
			t.Fatal(err)
		}
		if got, err := s.Thread(t.Context(), "ann", "t"); err != nil || got.Unread != unread {
			t.Errorf("unread is %v (%v), though its answer is old", got.Unread, err)
		}
	}
	if err := s.DeleteThread(t.Context(), "ann", "t"); err != nil {
		t.Error(err)
	}
}
