package store

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/chat/chattest"
)

// room bounds how large the database may become, as a full disk does, in pages. What it
// has already it keeps.
func (s *Store) room(t *testing.T, pages string) {
	t.Helper()
	if _, err := s.writer.ExecContext(t.Context(), "PRAGMA max_page_count = "+pages); err != nil {
		t.Fatal(err)
	}
}

const (
	none   = "1"
	plenty = "1000000"
)

const diskIsFull = "The server's disk is full, so nothing could be saved."

func TestAFullDiskIsToldAndPasses(t *testing.T) {
	s := openForTest(t)
	ctx := t.Context()
	long := strings.Repeat("long ", 20_000)
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	question := chat.Message{ID: "q", Role: chat.RoleUser, Status: chat.StatusFinished, Parts: chat.Parts{chat.TextPart{ID: "1", Text: "Hi"}}, CreatedAt: now}
	run := chat.Run{ID: "r", Owner: "ann", ThreadID: "t", MessageID: "a", Status: chat.StatusRunning, CreatedAt: now}
	answer := chat.Message{ID: "a", ParentID: "q", Role: chat.RoleAssistant, Status: chat.StatusRunning, Parts: chat.Parts{}, RunID: "r", CreatedAt: now}
	if err := errors.Join(
		s.CreateThread(ctx, "ann", chat.Thread{ID: "t", CreatedAt: now, UpdatedAt: now}),
		s.BeginRun(ctx, run, []chat.Message{question, answer}, "Hi", chat.Settings{}),
		s.AppendEvents(ctx, "r", []chat.Numbered{{Seq: 1, Event: chat.TextDelta{ID: "1", Delta: "Hel"}}}),
	); err != nil {
		t.Fatal(err)
	}
	ended, whole := run, answer
	ended.Status, whole.Status, whole.EndedAt = chat.StatusFinished, chat.StatusFinished, &now
	whole.Parts = chat.Parts{chat.TextPart{ID: "1", Step: 1, Text: long, State: "done"}}
	next := func() []chat.Numbered {
		events, err := s.Events(ctx, "ann", "r", 0)
		if err != nil {
			t.Fatal(err)
		}
		return []chat.Numbered{{Seq: len(events) + 1, Event: chat.TextDelta{ID: "1", Delta: long}}}
	}
	writes := []struct {
		op string
		do func() error
	}{
		{"create thread", func() error { return s.CreateThread(ctx, "ann", chat.Thread{ID: "t2", Title: long}) }},
		{"update thread", func() error {
			_, err := s.UpdateThread(ctx, "ann", "t", chat.ThreadPatch{Title: &long})
			return err
		}},
		{"append events", func() error { return s.AppendEvents(ctx, "r", next()) }},
		{"append events", func() error { return s.AppendAll(ctx, []chat.RunEvents{{RunID: "r", Events: next()}}) }},
		{"save answer", func() error {
			half := whole
			half.Status, half.EndedAt = chat.StatusRunning, nil
			return s.SaveAnswer(ctx, run, half)
		}},
		{"keep result", func() error {
			return s.KeepResult(ctx, "ann", chat.Result{ID: "res", ThreadID: "t", Output: chat.ToolResult{Text: long}})
		}},
		{"keep file", func() error {
			return s.KeepFile(ctx, "ann", chat.File{ID: "fil", ThreadID: "t", Content: []byte(long)})
		}},
		{"end run", func() error { return s.EndRun(ctx, ended, next(), whole) }},
	}
	// kept is what there is of it all.
	type kept struct {
		Threads  []chat.Thread
		Messages []chat.Message
		Run      chat.Run
		Events   []chat.Numbered
	}
	look := func() (k kept) {
		t.Helper()
		page, err := s.ListThreads(ctx, "ann", chat.ThreadQuery{Limit: 9})
		k.Threads = page.Threads
		var errs [3]error
		k.Messages, errs[0] = s.Messages(ctx, "ann", "t")
		k.Run, errs[1] = s.Run(ctx, "ann", "r")
		k.Events, errs[2] = s.Events(ctx, "ann", "r", 0)
		if err := errors.Join(err, errors.Join(errs[:]...)); err != nil {
			t.Fatal(err)
		}
		return k
	}

	before := look()
	s.room(t, none)
	for _, w := range writes {
		if diff := cmp.Diff(told{chat.KindInternal, w.op, diskIsFull}, tell(t, w.do())); diff != "" {
			t.Error(diff)
		}
	}
	if diff := cmp.Diff(before, look()); diff != "" {
		t.Errorf("what was stored is not as it was: %s", diff)
	}
	s.room(t, plenty)
	for _, w := range writes {
		if err := w.do(); err != nil {
			t.Errorf("with room again: %v", err)
		}
	}
	if got := look(); got.Run.Status != chat.StatusFinished || len(got.Events) != 4 || got.Messages[1].Text() != long {
		t.Errorf("with room again, the run is %s with %d events", got.Run.Status, len(got.Events))
	}
}

// TestAFullDiskEndsAnAnswerAndNothingElse lets the disk become full while an answer is
// written: its end is told although it cannot be stored, and with room again the thread
// goes on.
func TestAFullDiskEndsAnAnswerAndNothingElse(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := openForTest(t)
		ctx := t.Context()
		long := strings.Repeat("long ", 10_000)
		model := chattest.NewModel(
			chattest.Say("Hello."),
			chattest.Ask(chat.CallReady{CallID: "c", Name: "desk__fill", Arguments: "{}"}), chattest.Say(long),
			chattest.Say("Here I am again."),
		)
		log := slog.New(slog.DiscardHandler)
		engine := chat.NewEngine(chat.EngineConfig{
			Threads: s, Journal: s, Grants: s, Results: s, Files: s, Models: chat.NewCatalogue(log, "", model),
			Toolbox: chattest.NewToolbox(map[string]chattest.ToolFunc{"fill": func(context.Context, json.RawMessage) (chat.ToolResult, error) {
				s.room(t, none)
				return chat.ToolResult{Text: long}, nil
			}}),
			Limits: chat.DefaultLimits(), Log: log, Now: time.Now, NewID: chat.NewID,
		})
		if err := s.CreateThread(ctx, "ann", chat.Thread{ID: "t"}); err != nil {
			t.Fatal(err)
		}
		ann := chat.Caller{Identity: chat.Identity{Subject: "ann"}}
		// ask returns how the answer to a question ends, or why there is none.
		ask := func(text string) chat.Event {
			t.Helper()
			run, err := engine.Start(ctx, ann, "t", chat.Question{Text: text})
			if err != nil {
				return chat.Failed{Kind: chat.KindOf(err), ErrorText: chat.MessageOf(err)}
			}
			sub, err := engine.Subscribe(ctx, "ann", run.ID, 0)
			if err != nil {
				t.Fatal(err)
			}
			var last chat.Event
			for {
				events, err := sub.Next(ctx)
				if err != nil {
					t.Fatal(err)
				}
				if len(events) == 0 {
					break
				}
				last = events[len(events)-1].Event
			}
			switch e := last.(type) {
			case chat.Finish:
				return chat.Finish{Reason: e.Reason}
			case chat.Failed:
				return chat.Failed{Kind: e.Kind, ErrorText: e.ErrorText}
			default:
				return last
			}
		}
		got := []chat.Event{ask("Hi"), ask("Fill the disk"), ask(long)}
		s.room(t, plenty)
		got = append(got, ask("Are you there?"))
		want := []chat.Event{
			chat.Finish{Reason: "stop"},
			chat.Failed{Kind: chat.KindInternal, ErrorText: "The answer could not be saved."},
			chat.Failed{Kind: chat.KindInternal, ErrorText: diskIsFull},
			chat.Finish{Reason: "stop"},
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
		messages, err := s.Messages(ctx, "ann", "t")
		if err != nil {
			t.Fatal(err)
		}
		var texts []string
		for _, m := range messages {
			texts = append(texts, string(m.Status)+": "+m.Text())
		}
		wantTexts := []string{
			"finished: Hi", "finished: Hello.",
			"finished: Fill the disk", "failed: ",
			"finished: Are you there?", "finished: Here I am again.",
		}
		if diff := cmp.Diff(wantTexts, texts); diff != "" {
			t.Error(diff)
		}
		if err := engine.Close(ctx); err != nil {
			t.Error(err)
		}
	})
}
