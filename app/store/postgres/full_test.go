package postgres_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/store/postgres/postgrestest"
)

// TestAFullDiskIsToldAndPasses lets the disk of the database become full: what cannot be
// stored is told, what is stored can be read, and with room again all goes on.
func TestAFullDiskIsToldAndPasses(t *testing.T) {
	t.Parallel()
	pg, disk := postgrestest.StartWithDisk(t, "24m")
	pg.Run(t, "postgres", "CREATE TABLESPACE small LOCATION '"+disk+"'", "CREATE DATABASE small TABLESPACE small")
	s := open(t, pg.URL("small"))
	ctx := t.Context()
	now := time.UnixMicro(1).UTC()
	long := make([]byte, 4<<20) // more than there may be room for in what a table has
	for i := range long {
		long[i] = byte(i * i >> 3)
	}
	run := chat.Run{ID: "r", Owner: "ann", ThreadID: "t", MessageID: "a", Status: chat.StatusRunning, CreatedAt: now}
	answer := chat.Message{ID: "a", Role: chat.RoleAssistant, Status: chat.StatusRunning, Parts: chat.Parts{}, RunID: "r", CreatedAt: now}
	if err := errors.Join(
		s.CreateThread(ctx, "ann", chat.Thread{ID: "t", CreatedAt: now, UpdatedAt: now}),
		s.BeginRun(ctx, run, []chat.Message{answer}, "Hi", chat.Settings{}),
	); err != nil {
		t.Fatal(err)
	}
	ended, whole := run, answer
	ended.Status, whole.Status, whole.EndedAt = chat.StatusFinished, chat.StatusFinished, &now
	whole.Parts = chat.Parts{chat.TextPart{ID: "1", Step: 1, Text: strings.ToValidUTF8(string(long), "?"), State: "done"}}
	writes := []struct {
		op string
		do func() error
	}{
		{"keep file", func() error {
			return s.KeepFile(ctx, "ann", chat.File{ID: "f", ThreadID: "t", Content: long, At: now})
		}},
		{"append events", func() error {
			return s.AppendEvents(ctx, "r", []chat.Numbered{{Seq: 1, Event: chat.TextDelta{ID: "1", Delta: whole.Text()}}})
		}},
		{"end run", func() error { return s.EndRun(ctx, ended, nil, whole) }},
	}

	pg.Run(t, "small", "CREATE TABLE ballast (x text)", `DO $$ BEGIN LOOP
		BEGIN INSERT INTO ballast SELECT repeat('x', 1000) FROM generate_series(1, 100); EXCEPTION WHEN disk_full THEN EXIT; END;
		END LOOP; END $$`)
	for _, w := range writes {
		want := told{chat.KindInternal, w.op, "The server's disk is full, so nothing could be saved."}
		if diff := cmp.Diff(want, tell(t, w.do())); diff != "" {
			t.Error(diff)
		}
	}
	if got, err := s.Messages(ctx, "ann", "t"); err != nil || cmp.Diff([]chat.Message{answer}, got) != "" {
		t.Errorf("what was stored is not as it was: %v %v", got, err)
	}
	pg.Run(t, "small", "DROP TABLE ballast")
	for _, w := range writes {
		if err := w.do(); err != nil {
			t.Errorf("with room again: %v", err)
		}
	}
	if got, err := s.Messages(ctx, "ann", "t"); err != nil || len(got) != 1 || got[0].Text() != whole.Text() {
		t.Errorf("with room again, the answer is another (%v)", err)
	}
}
