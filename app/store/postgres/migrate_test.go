package postgres_test

import (
	"os"
	"testing"
	"time"

	"github.com/pomerium/pomchat/app/chat"
)

// TestDataOfTheFirstVersionIsTakenOver opens a database as the first version made it: what was
// answered before counts as seen, and what is answered from now on does not.
func TestDataOfTheFirstVersionIsTakenOver(t *testing.T) {
	s := server(t)
	script, err := os.ReadFile("schema.sql")
	if err != nil {
		t.Fatal(err)
	}
	s.Run(t, "postgres", "CREATE DATABASE first OWNER pomchat")
	s.Run(t, "first", "CREATE SCHEMA pomchat; SET search_path = pomchat; "+string(script)+`;
		INSERT INTO store VALUES (1, '');
		INSERT INTO threads (id, owner, title, archived, settings, created_at, updated_at) VALUES
			('t', 'ann', 'Sales in Zürich', FALSE, '{"servers":null}', 1, 2), ('empty', 'ann', '', FALSE, '{"servers":null}', 1, 1);
		INSERT INTO messages (id, thread, parent_id, role, status, parts, run_id, model, steps, finish_reason, created_at, ended_at) VALUES
			('q', 1, '', 'user', 'finished', '[]', '', '', 0, '', 1, NULL), ('a', 1, 'q', 'assistant', 'finished', '[]', 'r', 'm', 1, 'stop', 1, 2);
		ALTER SCHEMA pomchat OWNER TO pomchat;
		DO $$ DECLARE r record; BEGIN FOR r IN SELECT tablename FROM pg_tables WHERE schemaname = 'pomchat' LOOP
			EXECUTE 'ALTER TABLE pomchat.' || r.tablename || ' OWNER TO pomchat'; END LOOP; END $$`)
	kept := open(t, s.URL("first"))
	unread := func() bool {
		got, err := kept.Thread(t.Context(), "ann", "t")
		if err != nil {
			t.Fatal(err)
		}
		return got.Unread
	}
	if unread() {
		t.Error("what was answered before is unread")
	}
	r := chat.Run{ID: "r2", Owner: "ann", ThreadID: "t", MessageID: "a2", Status: chat.StatusRunning, CreatedAt: time.UnixMicro(3)}
	ended := time.UnixMicro(4)
	answer := chat.Message{ID: "a2", ParentID: "q", Role: chat.RoleAssistant, Status: chat.StatusRunning, Parts: chat.Parts{}}
	if err := kept.BeginRun(t.Context(), r, []chat.Message{answer}, "", chat.Settings{}); err != nil {
		t.Fatal(err)
	}
	r.Status, answer.Status, answer.EndedAt = chat.StatusFinished, chat.StatusFinished, &ended
	if err := kept.EndRun(t.Context(), r, nil, answer); err != nil {
		t.Fatal(err)
	}
	if !unread() {
		t.Error("what was answered now is not unread")
	}
}
