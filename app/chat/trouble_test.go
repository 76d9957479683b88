package chat_test

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/chat/chattest"
)

// fullDisk is a journal that cannot end runs for a while.
type fullDisk struct {
	*chattest.Store
	failures int
}

func (d *fullDisk) EndRun(ctx context.Context, r chat.Run, events []chat.Numbered, answer chat.Message) error {
	if d.failures > 0 {
		d.failures--
		return &chat.Error{Kind: chat.KindInternal, Op: "end run", Err: errors.New("database or disk is full")}
	}
	return d.Store.EndRun(ctx, r, events, answer)
}

func TestAnEndThatCannotBeStoredAtOnceIsStoredLater(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, chattest.NewModel(chattest.Say("Hello.")), nil)
		disk := &fullDisk{Store: b.store, failures: 3}
		b.Journal = disk
		run := b.ask(chat.Question{Text: "Hi"})
		live := b.follow(run.ID, 0)
		if got := outline(live); got[len(got)-1] != "finish stop" {
			t.Errorf("ended with %q", got[len(got)-1])
		}
		b.checkWhole(run, live)
	})
}

func TestAnEndThatCannotBeStoredAtAllIsToldAndFreesTheThread(t *testing.T) {
	for _, tt := range []struct {
		name string
		next func(b *bench, run chat.Started) error
	}{
		{"by the next question", func(b *bench, _ chat.Started) error {
			again := b.ask(chat.Question{Text: "And now?", ParentID: ptr("")})
			b.follow(again.ID, 0)
			return nil
		}},
		{"by a stop", func(b *bench, run chat.Started) error {
			return b.Stop(b.t.Context(), chat.Caller{Identity: chat.Identity{Subject: "ann"}}, run.ID)
		}},
		{"by whoever follows it", func(b *bench, run chat.Started) error {
			got := outline(b.follow(run.ID, 0))
			if want := "error interrupted The rest of this answer could not be saved."; len(got) == 0 || got[len(got)-1] != want {
				b.t.Errorf("who follows it reads %q, want %q at the end", got, want)
			}
			return nil
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := newBench(t, chattest.NewModel(chattest.Say("Hello."), chattest.Say("Yes.")), nil)
				disk := &fullDisk{Store: b.store, failures: 1 << 20}
				b.Journal = disk
				run := b.ask(chat.Question{Text: "Hi"})
				got := outline(b.follow(run.ID, 0))
				if want := "error internal The answer could not be saved."; got[len(got)-1] != want {
					t.Errorf("ended with %q, want %q", got[len(got)-1], want)
				}
				disk.failures = 0
				if err := tt.next(b, run); err != nil {
					t.Fatal(err)
				}
				messages, err := b.store.Messages(t.Context(), "ann", b.thread)
				if err != nil {
					t.Fatal(err)
				}
				if answer := messages[1]; answer.Status != chat.StatusFailed || answer.Failure.Kind != chat.KindInterrupted {
					t.Errorf("the answer that was not saved: %+v", answer)
				}
				if thread, _ := b.store.Thread(t.Context(), "ann", b.thread); thread.ActiveRun != "" {
					t.Errorf("the thread is held by %s", thread.ActiveRun)
				}
			})
		})
	}
}

// What was stored of an answer whose end could not be is in the thread that the next answer
// goes on from, and is itself an answer that can be continued.
func TestAnAnswerWithoutAnEndIsClosedBeforeItIsGoneOnFrom(t *testing.T) {
	for _, tt := range []struct {
		name string
		next func(run chat.Started) chat.Question
	}{
		{"by a question after it", func(chat.Started) chat.Question { return chat.Question{Text: "And now?"} }},
		{"by its rest", func(run chat.Started) chat.Question { return chat.Question{ParentID: &run.MessageID} }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				half := chattest.Reply{Chunks: []chat.Chunk{chat.TextChunk{ID: "a", Delta: "One, two,"}}, Hang: true}
				b := newBench(t, chattest.NewModel(half, chattest.Say(" three.")), nil)
				disk := &fullDisk{Store: b.store, failures: 1 << 20}
				b.Journal = disk
				run := b.ask(chat.Question{Text: "Count"})
				time.Sleep(time.Second) // what was written is stored from time to time
				if err := b.Stop(t.Context(), chat.Caller{Identity: chat.Identity{Subject: "ann"}}, run.ID); err != nil {
					t.Fatal(err)
				}
				disk.failures = 0
				b.follow(b.ask(tt.next(run)).ID, 0)
				prompts := b.model.Prompts()
				told := prompts[len(prompts)-1].Path[1]
				if told.Text() != "One, two," || told.Status != chat.StatusFailed {
					t.Errorf("the model is told of an answer that is %s: %q", told.Status, told.Text())
				}
			})
		})
	}
}

func TestAPanicEndsOneCallOrOneRunAndNothingElse(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, chattest.NewModel(chattest.Ask(chat.CallReady{CallID: "c1", Name: "desk__boom"}), chattest.Say("Oh.")), map[string]chattest.ToolFunc{
			"boom": func(context.Context, json.RawMessage) (chat.ToolResult, error) { panic("boom") },
		})
		run := b.ask(chat.Question{Text: "Hi"})
		live := b.follow(run.ID, 0)
		got := outline(live)
		if !slices.Contains(got, "tool-output-error Something went wrong on our side. The log has the details.") || got[len(got)-1] != "finish stop" {
			t.Errorf("a tool's panic: %v", got)
		}
		b.checkWhole(run, live)
	})
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, chattest.NewModel(chattest.Reply{Chunks: []chat.Chunk{chat.TextChunk{ID: "a", Delta: "Half"}}, Panic: "boom"}), nil)
		run := b.ask(chat.Question{Text: "Hi"})
		live := b.follow(run.ID, 0)
		want := []string{"start", "data-title Hi", "start-step", "text-start", "text-delta Half", "text-end", "error internal Something went wrong on our side. The log has the details."}
		if diff := cmp.Diff(want, outline(live)); diff != "" {
			t.Errorf("a model's panic (-want +got):\n%s", diff)
		}
		b.checkWhole(run, live)
	})
}

func TestAModelThatDoesNotStopWritingIsStopped(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, chattest.NewModel(chattest.Say(slices.Repeat([]string{strings.Repeat("x", 512)}, 5)...)), nil,
			func(c *chat.EngineConfig) { c.Limits.MaxWritten = 2 << 10 })
		run := b.ask(chat.Question{Text: "Hi"})
		live := b.follow(run.ID, 0)
		if got := outline(live); got[len(got)-1] != "error limit The answer was stopped at 2 kB, the most that is allowed. Let it continue, or ask for less at once." {
			t.Errorf("ended with %q", got[len(got)-1])
		}
		b.checkWhole(run, live)
	})
}

func TestAReaderThatSawMoreThanACrashLeftLearnsOfTheEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, chattest.NewModel(chattest.Say("Hello.")), nil)
		run := b.ask(chat.Question{Text: "Hi"})
		b.follow(run.ID, 0)
		if diff := cmp.Diff([]string{"finish stop"}, outline(b.follow(run.ID, 999))); diff != "" {
			t.Errorf("after an event that was never stored (-want +got):\n%s", diff)
		}
	})
}

// What was changed while a run was being prepared is not written back.
func TestAQuestionChangesOnlyTheSettingsThatItNames(t *testing.T) {
	settings := chat.Settings{Model: "big", Servers: []string{"wiki"}}
	for _, tt := range []struct {
		name   string
		chosen chat.Settings
		want   chat.Settings
	}{
		{"nothing", chat.Settings{}, settings},
		{"the model", chat.Settings{Model: "small"}, chat.Settings{Model: "small", Servers: []string{"wiki"}}},
		{"no servers at all", chat.Settings{Servers: []string{}}, chat.Settings{Model: "big", Servers: []string{}}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, settings.With(tt.chosen)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestSettingsHaveASaneSize(t *testing.T) {
	for _, tt := range []struct {
		name string
		give chat.Settings
		want chat.Kind
	}{
		{"as many servers as a person can choose", chat.Settings{Servers: slices.Repeat([]string{"wiki"}, 64)}, ""},
		{"more than that", chat.Settings{Servers: slices.Repeat([]string{"wiki"}, 65)}, chat.KindInvalid},
		{"a server's id that is none", chat.Settings{Servers: []string{strings.Repeat("x", 201)}}, chat.KindInvalid},
		{"a model's id that is none", chat.Settings{Model: strings.Repeat("x", 201)}, chat.KindInvalid},
	} {
		t.Run(tt.name, func(t *testing.T) {
			err := tt.give.Check()
			if tt.want == "" && err != nil || tt.want != "" && chat.KindOf(err) != tt.want {
				t.Errorf("got %v, want kind %q", err, tt.want)
			}
		})
	}
}

func TestTitlesThatPeopleWriteAreOneCleanLine(t *testing.T) {
	for _, tt := range []struct{ give, want string }{
		{"  Sales \n 1997 ", "Sales 1997"},
		{" \t\u0000\u202e ", ""},
		{"Über uns", "Über uns"},
	} {
		if got := chat.CleanTitle(tt.give); got != tt.want {
			t.Errorf("CleanTitle(%q) = %q, want %q", tt.give, got, tt.want)
		}
	}
}
