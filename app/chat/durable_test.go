package chat_test

import (
	"context"
	"encoding/json"
	"errors"
	"iter"
	"slices"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/chat/chattest"
)

// see returns the events of a run up to the first that it is to see, at the moment at
// which a reader gets that one.
func (b *bench) see(runID string, is func(chat.Event) bool) []chat.Event {
	b.t.Helper()
	sub, err := b.Subscribe(b.t.Context(), b.caller.Subject, runID, 0)
	if err != nil {
		b.t.Fatal(err)
	}
	var seen []chat.Event
	for {
		events, err := sub.Next(b.t.Context())
		if err != nil || len(events) == 0 {
			b.t.Fatalf("it never came: %v %v", outline(seen), err)
		}
		for _, n := range events {
			if seen = append(seen, n.Event); is(n.Event) {
				return seen
			}
		}
	}
}

func isA[E chat.Event](e chat.Event) bool { _, ok := e.(E); return ok }

// gate is a store that takes in no events while it is shut.
type gate struct {
	*chattest.Store
	shut chan struct{}
}

func (g *gate) AppendEvents(ctx context.Context, runID string, events []chat.Numbered) error {
	<-g.shut
	return g.Store.AppendEvents(ctx, runID, events)
}

func (g *gate) AppendAll(ctx context.Context, runs []chat.RunEvents) error {
	<-g.shut
	return g.Store.AppendAll(ctx, runs)
}

// Nobody sees a question that a crash could take back.
func TestAQuestionToThePersonIsStoredBeforeItIsSeen(t *testing.T) {
	remote := chattest.Reply{Chunks: []chat.Chunk{
		chat.ItemDone{PartID: "c1", Raw: json.RawMessage(`{"own":1}`)},
		chat.HostedApproval{CallID: "c1", Tool: chat.ToolRef{Name: "crm__close", Server: "crm", ServerName: "CRM", Tool: "close"}, Arguments: `{}`},
		chat.ReplyDone{Reason: "tool-calls"},
	}}
	for _, tt := range []struct {
		name  string
		reply chattest.Reply
		is    func(chat.Event) bool
	}{
		{"the approval of a call", chattest.Ask(write("c1", `{}`)), isA[chat.ToolApprovalRequest]},
		{"the approval of a call of the provider", remote, isA[chat.ToolApprovalRequest]},
		{"what a server asks", chattest.Ask(chat.CallReady{CallID: "c1", Name: "desk__ask"}), isA[chat.ElicitationAsked]},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				shut := make(chan struct{})
				b := newBench(t, chattest.NewModel(tt.reply), writers)
				b.Journal = &gate{b.store, shut}
				b.tools.Watched("ask", asksFirst)
				run := b.ask(chat.Question{Text: "Write"})
				synctest.Wait()
				early, err := b.Subscribe(t.Context(), "ann", run.ID, 0)
				if err != nil {
					t.Fatal(err)
				}
				events, err := early.Next(t.Context())
				if err != nil {
					t.Fatal(err)
				}
				if slices.ContainsFunc(events, func(n chat.Numbered) bool { return tt.is(n.Event) }) {
					t.Error("it is seen before it is stored")
				}
				close(shut)
				seen := b.see(run.ID, tt.is)
				stored, err := b.store.Events(t.Context(), "ann", run.ID, 0)
				if err != nil {
					t.Fatal(err)
				}
				if len(stored) < len(seen) {
					t.Errorf("%d events are stored when %d are seen", len(stored), len(seen))
				}
				if err := b.Stop(t.Context(), chat.Caller{Identity: chat.Identity{Subject: "ann"}}, run.ID); err != nil {
					t.Fatal(err)
				}
				b.checkWhole(run, b.follow(run.ID, 0))
			})
		})
	}
}

// Who claims to have seen more than there is of a run that goes on reads on from here, and
// misses no question that is about to be seen.
func TestAReaderThatSawTooMuchOfALiveRunReadsOn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		shut := make(chan struct{})
		b := newBench(t, chattest.NewModel(chattest.Ask(write("c1", `{}`)), chattest.Say("Done.")), writers)
		b.Journal = &gate{b.store, shut}
		run := b.ask(chat.Question{Text: "Write"})
		synctest.Wait()
		sub, err := b.Subscribe(t.Context(), "ann", run.ID, 1<<40)
		if err != nil {
			t.Fatal(err)
		}
		close(shut)
		synctest.Wait()
		b.decide(run.ID, b.asks(run.ID)[0].ID, chat.Decision{Approved: true})
		seen := b.rest(sub)
		got := outline(seen)
		if len(got) == 0 || got[0] != "tool-approval-request c1 This may change something." || got[len(got)-1] != "finish stop" {
			t.Errorf("it read %v", got)
		}
	})
}

// A crash comes at the moment at which the person sees the question, while another call
// goes on, so that the run was not parked yet.
func TestAnApprovalThatWasSeenSurvivesACrashAtOnce(t *testing.T) {
	own := func(id string) chat.Chunk { return chat.ItemDone{PartID: id, Raw: json.RawMessage(`{"own":1}`)} }
	local := chattest.Ask(write("c1", `{"n":1}`), chat.CallReady{CallID: "c2", Name: "desk__hang", Arguments: `{}`})
	local.Chunks = append([]chat.Chunk{own("c1")}, local.Chunks...)
	remote := chattest.Reply{Hang: true, Chunks: []chat.Chunk{own("c1"), chat.HostedApproval{
		CallID: "c1", Tool: chat.ToolRef{Name: "crm__close", Server: "crm", ServerName: "CRM", Tool: "close"}, Arguments: `{"n":1}`,
	}}}
	for _, tt := range []struct {
		name  string
		reply chattest.Reply
	}{{"of a call", local}, {"of a call of the provider, which is still writing", remote}} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				hang := func(ctx context.Context, _ json.RawMessage) (chat.ToolResult, error) {
					<-ctx.Done()
					return chat.ToolResult{}, ctx.Err()
				}
				model := chattest.NewModel(tt.reply, chattest.Say("Done."))
				b := newBench(t, model, map[string]chattest.ToolFunc{"write": echo, "hang": hang})
				run := b.ask(chat.Question{Text: "Write"})
				seen := b.see(run.ID, isA[chat.ToolApprovalRequest])
				next := b.restarted()
				ask := next.asks(run.ID)
				if len(ask) != 1 {
					t.Fatalf("%d calls wait after the restart", len(ask))
				}
				later, err := next.Subscribe(t.Context(), "ann", run.ID, len(seen)+100)
				if err != nil {
					t.Fatal(err)
				}
				next.decide(run.ID, ask[0].ID, chat.Decision{Approved: true})
				live := next.follow(run.ID, 0)
				next.checkWhole(run, live)
				if got := outline(live); got[len(got)-1] != "finish stop" {
					t.Errorf("the run went on as %v", got)
				}
				events, err := later.Next(t.Context())
				if err != nil || !slices.ContainsFunc(events, func(n chat.Numbered) bool { return isA[chat.ToolApprovalResponse](n.Event) }) || events[0].Seq <= len(seen)+100 {
					t.Errorf("a reader that had seen more than was stored gets %v, %v", events, err)
				}
				prompts := model.Prompts()
				last := prompts[len(prompts)-1].Path
				if diff := cmp.Diff([]chat.Native{{Provider: "chattest", Model: "scripted", PartID: "c1", Raw: json.RawMessage(`{"own":1}`)}}, last[len(last)-1].Native); diff != "" {
					t.Errorf("the provider's own items (-want +got):\n%s", diff)
				}
				if err := b.Close(context.Background()); err != nil { // the crashed one, for its goroutines' sake
					t.Fatal(err)
				}
			})
		})
	}
}

// Nobody is asked again, after a crash, for what was carried out: by us, when the run was
// parked and when it was at work with another call, or by the provider.
func TestADecisionIsStoredBeforeItsCallIsCarriedOut(t *testing.T) {
	beside := chat.CallReady{CallID: "c2", Name: "desk__slow", Arguments: `{}`}
	hosted := chattest.Reply{Chunks: []chat.Chunk{
		chat.HostedApproval{CallID: "c1", Tool: chat.ToolRef{Name: "crm__close", Server: "crm", ServerName: "CRM", Tool: "close"}, Arguments: `{}`},
		chat.ReplyDone{Reason: "tool-calls"},
	}}
	for _, tt := range []struct {
		name  string
		reply chattest.Reply
	}{
		{"the run was parked", chattest.Ask(write("c1", `{}`))},
		{"another call went on", chattest.Ask(write("c1", `{}`), beside)},
		{"the provider carries it out", hosted},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var b *bench
				var run chat.Started
				var stored []string
				look := func() {
					events, err := b.store.Events(t.Context(), "ann", run.ID, 0)
					if err != nil {
						t.Error(err)
					}
					for _, n := range events {
						stored = append(stored, outline([]chat.Event{n.Event})...)
					}
				}
				over := make(chan struct{})
				model := &looking{Model: chattest.NewModel(tt.reply, chattest.Say("Done."))}
				b = newBench(t, model.Model, map[string]chattest.ToolFunc{
					"write": func(context.Context, json.RawMessage) (chat.ToolResult, error) {
						look()
						return chat.ToolResult{Text: "ok"}, nil
					},
					"slow": func(context.Context, json.RawMessage) (chat.ToolResult, error) {
						<-over
						return chat.ToolResult{Text: "ok"}, nil
					},
				}, func(c *chat.EngineConfig) { c.Models = chat.NewCatalogue(c.Log, "", model) })
				run = b.ask(chat.Question{Text: "Write"})
				synctest.Wait()
				if tt.name == "the provider carries it out" {
					model.look = look
				}
				b.decide(run.ID, b.asks(run.ID)[0].ID, chat.Decision{Approved: true})
				close(over)
				b.follow(run.ID, 0)
				if !slices.Contains(stored, "tool-approval-response c1 true once") {
					t.Errorf("when the call is carried out, this is stored: %v", stored)
				}
			})
		})
	}
}

// looking is a model that looks at something before it replies.
type looking struct {
	*chattest.Model
	look func() // nil for nothing
}

func (l *looking) Reply(ctx context.Context, p chat.Prompt) iter.Seq2[chat.Chunk, error] {
	if l.look != nil {
		l.look()
	}
	return l.Model.Reply(ctx, p)
}

// After a crash the thread knows of every call that may have changed something, so that no
// model makes it a second time unawares. What only reads need not be waited for.
func TestACallThatMayChangeSomethingIsStoredBeforeItIsCarriedOut(t *testing.T) {
	for _, tt := range []struct {
		name string
		call chat.CallReady
		want bool
	}{
		{"a call under an approval that was given for longer", write("c2", `{"n":2}`), true},
		{"a call that only reads", chat.CallReady{CallID: "c2", Name: "desk__read", Arguments: `{"n":2}`}, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var b *bench
				stored := false
				look := func(ctx context.Context, _ json.RawMessage) (chat.ToolResult, error) {
					thread, err := b.store.Thread(ctx, "ann", b.thread)
					if err != nil {
						return chat.ToolResult{}, err
					}
					events, err := b.store.Events(ctx, "ann", thread.ActiveRun, 0)
					stored = slices.ContainsFunc(events, func(n chat.Numbered) bool {
						ready, ok := n.Event.(chat.ToolInputAvailable)
						return ok && ready.CallID == "c2"
					})
					return chat.ToolResult{Text: "ok"}, err
				}
				b = newBench(t, chattest.NewModel(chattest.Ask(write("c1", `{"n":1}`)), chattest.Say("Done."), chattest.Ask(tt.call), chattest.Say("Done.")),
					map[string]chattest.ToolFunc{"write": look, "read": look})
				first := b.ask(chat.Question{Text: "Write"})
				synctest.Wait()
				b.decide(first.ID, b.asks(first.ID)[0].ID, chat.Decision{Approved: true, Scope: chat.InThread})
				b.follow(first.ID, 0)
				run := b.ask(chat.Question{Text: "Again"})
				b.checkWhole(run, b.follow(run.ID, 0))
				if stored != tt.want {
					t.Errorf("when it is carried out, it is stored: %v, want %v", stored, tt.want)
				}
			})
		})
	}
}

// fullOfEvents is a journal that takes in no more of them, but for the end.
type fullOfEvents struct{ *chattest.Store }

func (fullOfEvents) AppendEvents(context.Context, string, []chat.Numbered) error {
	return errors.New("database or disk is full")
}

func TestAQuestionThatCannotBeStoredEndsTheRun(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, chattest.NewModel(chattest.Ask(write("c1", `{}`))), writers)
		b.Journal = fullOfEvents{b.store}
		run := b.ask(chat.Question{Text: "Write"})
		live := b.follow(run.ID, 0)
		got := outline(live)
		if want := "error internal The answer cannot be saved, so it was stopped."; got[len(got)-1] != want {
			t.Errorf("ended with %q, want %q", got[len(got)-1], want)
		}
		b.checkWhole(run, live)
	})
}

func TestACallThatCannotBeStoredIsNotMade(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, chattest.NewModel(chattest.Ask(write("c1", `{"n":1}`)), chattest.Say("Done."), chattest.Ask(write("c2", `{"n":2}`))), writers)
		first := b.ask(chat.Question{Text: "Write"})
		synctest.Wait()
		b.decide(first.ID, b.asks(first.ID)[0].ID, chat.Decision{Approved: true, Scope: chat.InThread})
		b.follow(first.ID, 0)
		b.Journal = fullOfEvents{b.store}
		run := b.ask(chat.Question{Text: "Again"})
		live := b.follow(run.ID, 0)
		want := []string{
			`tool-input-available desk__write {"n":2}`, "tool-output-error The answer ended before that, so the call was not made.",
			"error internal The answer cannot be saved, so it was stopped.",
		}
		got := outline(live)
		if diff := cmp.Diff(want, got[max(0, len(got)-len(want)):]); diff != "" {
			t.Errorf("the end (-want +got):\n%s", diff)
		}
		b.checkWhole(run, live)
	})
}
