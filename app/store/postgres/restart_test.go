package postgres_test

import (
	"context"
	"encoding/json"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/chat/chattest"
	"github.com/pomerium/pomchat/app/store/postgres"
	"github.com/pomerium/pomchat/app/store/postgres/postgrestest"
)

// talk is an engine on a store, and a thread of Ann's.
type talk struct {
	*testing.T
	engine *chat.Engine
	store  *postgres.Store
}

func newTalk(t *testing.T, s *postgres.Store, tool chattest.ToolFunc, replies ...chattest.Reply) *talk {
	t.Helper()
	log := slog.New(slog.DiscardHandler)
	engine := chat.NewEngine(chat.EngineConfig{
		Threads: s, Journal: s, Grants: s, Results: s, Files: s, Models: chat.NewCatalogue(log, "", chattest.NewModel(replies...)),
		Toolbox: chattest.NewToolbox(map[string]chattest.ToolFunc{"fail": tool}),
		Limits:  chat.DefaultLimits(), Log: log, Now: func() time.Time { return time.Now().UTC().Truncate(time.Microsecond) }, NewID: chat.NewID,
	})
	t.Cleanup(func() {
		if err := engine.Close(context.Background()); err != nil {
			t.Error(err)
		}
	})
	if err := s.CreateThread(t.Context(), "ann", chat.Thread{ID: "t"}); err != nil {
		t.Fatal(err)
	}
	return &talk{t, engine, s}
}

// ask returns how the answer to a question ends, or why there is none.
func (k *talk) ask(text string) chat.Event {
	k.Helper()
	ctx := k.Context()
	run, err := k.engine.Start(ctx, chat.Caller{Identity: chat.Identity{Subject: "ann"}}, "t", chat.Question{Text: text})
	if err != nil {
		return chat.Failed{Kind: chat.KindOf(err), ErrorText: chat.MessageOf(err)}
	}
	sub, err := k.engine.Subscribe(ctx, "ann", run.ID, 0)
	if err != nil {
		k.Fatal(err)
	}
	var last chat.Event
	for {
		events, err := sub.Next(ctx)
		if err != nil {
			k.Fatal(err)
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

// texts are the messages of the thread, as they are stored.
func (k *talk) texts() []string {
	k.Helper()
	messages, err := k.store.Messages(k.Context(), "ann", "t")
	if err != nil {
		k.Fatal(err)
	}
	var out []string
	for _, m := range messages {
		out = append(out, string(m.Status)+": "+m.Text())
	}
	return out
}

var callsTool = chattest.Ask(chat.CallReady{CallID: "c", Name: "desk__fail", Arguments: "{}"})

// TestAnAnswerOutlivesACrashOfTheServer lets the server crash while an answer is written,
// and come back: nobody notices.
func TestAnAnswerOutlivesACrashOfTheServer(t *testing.T) {
	for _, signal := range []string{"QUIT", "INT"} {
		t.Run(signal, func(t *testing.T) {
			t.Parallel()
			pg := postgrestest.Start(t)
			k := newTalk(t, open(t, pg.Database(t)), func(context.Context, json.RawMessage) (chat.ToolResult, error) {
				if err := pg.End(signal); err != nil {
					t.Error(err)
				}
				back := make(chan error)
				time.AfterFunc(time.Second, func() { back <- pg.Begin() })
				t.Cleanup(func() {
					if err := <-back; err != nil {
						t.Error(err)
					}
				})
				return chat.ToolResult{Text: "it has failed"}, nil
			}, callsTool, chattest.Say("It is back."), chattest.Say("Yes."))
			got := []chat.Event{k.ask("Crash"), k.ask("Are you there?")}
			if diff := cmp.Diff([]chat.Event{chat.Finish{Reason: "stop"}, chat.Finish{Reason: "stop"}}, got); diff != "" {
				t.Error(diff)
			}
			want := []string{"finished: Crash", "finished: It is back.", "finished: Are you there?", "finished: Yes."}
			if diff := cmp.Diff(want, k.texts()); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestAServerThatStaysAwayEndsAnAnswerAndNothingElse lets the server stay away for longer
// than it is waited for: the end of the answer is told although it cannot be stored, and
// once the server is back the thread goes on.
func TestAServerThatStaysAwayEndsAnAnswerAndNothingElse(t *testing.T) {
	t.Parallel()
	pg := postgrestest.Start(t)
	long := strings.Repeat("long ", 1000)
	k := newTalk(t, open(t, pg.Database(t)), func(context.Context, json.RawMessage) (chat.ToolResult, error) {
		if err := pg.End("QUIT"); err != nil {
			t.Error(err)
		}
		return chat.ToolResult{Text: long}, nil
	}, callsTool, chattest.Say(long), chattest.Say("Here I am again."))
	got := []chat.Event{k.ask("Crash"), k.ask("Hello?")}
	if err := pg.Begin(); err != nil {
		t.Fatal(err)
	}
	got = append(got, k.ask("Are you there?"))
	want := []chat.Event{
		chat.Failed{Kind: chat.KindInternal, ErrorText: "The answer could not be saved."},
		chat.Failed{Kind: chat.KindInternal, ErrorText: "The server's database cannot be reached at the moment. Try again soon."},
		chat.Finish{Reason: "stop"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	texts := []string{"finished: Crash", "failed: ", "finished: Are you there?", "finished: Here I am again."}
	if diff := cmp.Diff(texts, k.texts()); diff != "" {
		t.Error(diff)
	}
}
