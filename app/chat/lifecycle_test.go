package chat_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/chat/chattest"
)

func TestAThreadHasOneRunAtATimeAndAPersonSoMany(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, chattest.NewModel(chattest.Reply{Hang: true}, chattest.Reply{Hang: true}), nil, func(c *chat.EngineConfig) { c.Limits.MaxPerUser = 1 })
		first := b.ask(chat.Question{Text: "Hi"})
		_, err := b.Start(t.Context(), b.caller, b.thread, chat.Question{Text: "And?"})
		if chat.KindOf(err) != chat.KindLimit {
			t.Errorf("a run too many: %v, want a limit", err)
		}
		if err := b.Stop(t.Context(), chat.Caller{Identity: chat.Identity{Subject: "ann"}}, first.ID); err != nil {
			t.Fatal(err)
		}
	})
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, chattest.NewModel(chattest.Reply{Hang: true}), nil)
		first := b.ask(chat.Question{Text: "Hi"})
		_, err := b.Start(t.Context(), b.caller, b.thread, chat.Question{Text: "And?", ParentID: ptr("")})
		if chat.KindOf(err) != chat.KindConflict {
			t.Errorf("a second run: %v, want a conflict", err)
		}
		if err := b.Stop(t.Context(), chat.Caller{Identity: chat.Identity{Subject: "ann"}}, first.ID); err != nil {
			t.Fatal(err)
		}
	})
}

func TestShutdownEndsRunsAndStoresThem(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, chattest.NewModel(chattest.Reply{Chunks: []chat.Chunk{chat.TextChunk{ID: "a", Delta: "Half"}}, Hang: true}), nil)
		run := b.ask(chat.Question{Text: "Hi"})
		synctest.Wait()
		if err := b.Close(t.Context()); err != nil {
			t.Fatal(err)
		}
		live := b.follow(run.ID, 0)
		want := []string{
			"start", "data-title Hi", "start-step", "text-start", "text-delta Half", "text-end",
			"error interrupted The server was shut down while this answer was being written.",
		}
		if diff := cmp.Diff(want, outline(live)); diff != "" {
			t.Errorf("events (-want +got):\n%s", diff)
		}
		b.checkWhole(run, live)
		if _, err := b.Start(t.Context(), b.caller, b.thread, chat.Question{Text: "And?"}); chat.KindOf(err) != chat.KindInterrupted {
			t.Errorf("a question after the end: %v, want interrupted", err)
		}
	})
}

// A crash is a store whose run never ended: here, the events that were flushed
// before it, and a new engine over the same store.
func TestARunThatACrashCutOffIsClosedAtTheNextStart(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, chattest.NewModel(), nil)
		run := chat.Run{ID: "run_0", Owner: "ann", ThreadID: b.thread, MessageID: "msg_a", Status: chat.StatusRunning}
		question := chat.Message{ID: "msg_q", Role: chat.RoleUser, Status: chat.StatusFinished, Parts: chat.Parts{chat.TextPart{ID: "1", Text: "Hi"}}}
		answer := chat.Message{ID: "msg_a", ParentID: "msg_q", Role: chat.RoleAssistant, Status: chat.StatusRunning, Parts: chat.Parts{}}
		if err := b.store.BeginRun(t.Context(), run, []chat.Message{question, answer}, "Hi", chat.Settings{}); err != nil {
			t.Fatal(err)
		}
		if err := b.store.AppendEvents(t.Context(), run.ID, []chat.Numbered{
			{Seq: 1, Event: chat.Start{MessageID: "msg_a", Metadata: chat.StartDetails{RunID: "run_0", ParentID: "msg_q", Model: "scripted"}}},
			{Seq: 2, Event: chat.StartStep{}},
			{Seq: 3, Event: chat.TextStart{ID: "t"}},
			{Seq: 4, Event: chat.TextDelta{ID: "t", Delta: "Half"}},
			{Seq: 5, Event: chat.ToolInputStart{CallID: "c1", ToolName: "desk__echo", Dynamic: true}},
		}); err != nil {
			t.Fatal(err)
		}
		if err := b.Recover(t.Context()); err != nil {
			t.Fatal(err)
		}
		live := b.follow("run_0", 0)
		want := []string{
			"start", "start-step", "text-start", "text-delta Half", "tool-input-start", "text-end",
			"tool-output-error The server stopped before the result arrived; the call may have been carried out.",
			"error interrupted The server stopped while this answer was being written.",
		}
		if diff := cmp.Diff(want, outline(live)); diff != "" {
			t.Errorf("events (-want +got):\n%s", diff)
		}
		b.checkWhole(chat.Started{Run: run}, live)
		again := b.ask(chat.Question{Text: "And now?"})
		if got := outline(b.follow(again.ID, 0)); got[len(got)-1] != "finish stop" {
			t.Errorf("the next run ended with %q", got[len(got)-1])
		}
	})
}

// illegible is a store in which the events of one run cannot be read, or nothing any more.
type illegible struct {
	*chattest.Store
	run   string
	gone  bool // from the second look on
	looks int
}

func (s *illegible) Events(ctx context.Context, owner chat.Subject, runID string, after int) ([]chat.Numbered, error) {
	if s.gone || runID == s.run {
		return nil, &chat.Error{Kind: chat.KindInternal, Op: "load events", Err: errors.New("no event has the type data-new")}
	}
	return s.Store.Events(ctx, owner, runID, after)
}

func (s *illegible) ActiveRuns(ctx context.Context) ([]chat.Run, error) {
	runs, err := s.Store.ActiveRuns(ctx)
	if s.looks++; s.gone && s.looks > 1 {
		return nil, errors.New("the database is away")
	}
	return runs, err
}

// One run that a newer program wrote, or that is damaged, keeps nobody from their threads.
func TestARunThatCannotBeReadIsLeftAtTheNextStart(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, chattest.NewModel(chattest.Ask(write("c1", `{}`)), chattest.Ask(write("c1", `{}`)), chattest.Say("Done.")), writers)
		bad := b.ask(chat.Question{Text: "One"})
		if err := b.store.CreateThread(t.Context(), "ann", chat.Thread{ID: "thr_2"}); err != nil {
			t.Fatal(err)
		}
		b.thread = "thr_2"
		good := b.ask(chat.Question{Text: "Two"})
		synctest.Wait()
		next := b.restarted(func(c *chat.EngineConfig) { c.Journal = &illegible{Store: b.store, run: bad.ID} })
		next.decide(good.ID, next.asks(good.ID)[0].ID, chat.Decision{Approved: true})
		if got := outline(next.follow(good.ID, 0)); got[len(got)-1] != "finish stop" {
			t.Errorf("the other run went on as %v", got)
		}
		next.thread = "thr_1"
		if _, err := next.Start(t.Context(), next.caller, "thr_1", chat.Question{Text: "And?"}); chat.KindOf(err) != chat.KindInternal {
			t.Errorf("its own thread: %v, want an internal error", err)
		}
		config := b.EngineConfig
		config.Journal = &illegible{Store: b.store, gone: true}
		if err := chat.NewEngine(config).Recover(t.Context()); err == nil {
			t.Error("a store that goes away is taken for one bad run")
		}
		if err := b.Close(context.Background()); err != nil { // for its goroutines' sake
			t.Fatal(err)
		}
	})
}

func TestTheModelIsToldTheThreadAndItsOwnAnswerSoFar(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		raw := []byte(`{"type":"message"}`)
		first := chattest.Say("Hello.")
		first.Chunks = append([]chat.Chunk{chat.ItemDone{PartID: "a", Raw: raw}}, first.Chunks...)
		model := chattest.NewModel(first, chattest.Ask(chat.CallReady{CallID: "c1", Name: "desk__echo", Arguments: `{"x":1}`}), chattest.Say("One."), chattest.Say("Again."))
		b := newBench(t, model, map[string]chattest.ToolFunc{"echo": echo})
		one := b.ask(chat.Question{Text: "Hi"})
		b.follow(one.ID, 0)
		two := b.ask(chat.Question{Text: "Count"})
		b.follow(two.ID, 0)
		anew := b.ask(chat.Question{ParentID: &two.QuestionID})
		b.follow(anew.ID, 0)

		var told [][]string
		for _, p := range model.Prompts() {
			var lines []string
			for _, m := range p.Path {
				line := string(m.Role) + ": " + m.Text()
				for _, part := range m.Parts {
					if call, ok := part.(chat.ToolPart); ok {
						line += "[" + call.Tool.Name + " " + string(call.Input) + " " + call.Output.Text + "]"
					}
				}
				for _, n := range m.Native {
					line += " native " + n.Provider + " " + string(n.Raw)
				}
				lines = append(lines, line)
			}
			told = append(told, lines)
		}
		history := []string{"user: Hi", `assistant: Hello. native chattest {"type":"message"}`, "user: Count"}
		want := [][]string{
			{"user: Hi", "assistant: "},
			append(history[:3:3], "assistant: "),
			append(history[:3:3], "assistant: [desk__echo {\"x\":1} Call 1\n{\"x\":1}]"),
			append(history[:3:3], "assistant: "),
		}
		if diff := cmp.Diff(want, told); diff != "" {
			t.Errorf("prompts (-want +got):\n%s", diff)
		}
		messages, err := b.store.Messages(t.Context(), "ann", b.thread)
		if err != nil {
			t.Fatal(err)
		}
		if len(messages) != 5 || messages[4].ParentID != two.QuestionID || messages[3].ParentID != two.QuestionID {
			t.Errorf("a regenerated answer is no branch: %v", messages)
		}
	})
}
