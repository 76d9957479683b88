package chat_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/chat/chattest"
)

// bench is an engine with everything around it, and one thread.
type bench struct {
	*chat.Engine
	t      testing.TB
	store  *chattest.Store
	model  *chattest.Model
	tools  *chattest.Toolbox
	caller chat.Caller
	thread string
}

func newBench(t testing.TB, model *chattest.Model, tools map[string]chattest.ToolFunc, change ...func(*chat.EngineConfig)) *bench {
	t.Helper()
	b := &bench{
		t: t, store: chattest.NewStore(), model: model, tools: chattest.NewToolbox(tools),
		caller: chat.Caller{Identity: chat.Identity{Subject: "ann"}}, thread: "thr_1",
	}
	log := slog.New(slog.DiscardHandler)
	var ids atomic.Int64
	config := chat.EngineConfig{
		Threads: b.store, Journal: b.store, Grants: b.store, Results: b.store, Files: b.store, Models: chat.NewCatalogue(log, "", model), Toolbox: b.tools,
		Limits: chat.DefaultLimits(), Instructions: "Be brief.", Log: log, Now: time.Now,
		NewID: func(prefix string) string { return fmt.Sprintf("%s_%d", prefix, ids.Add(1)) },
	}
	for _, f := range change {
		f(&config)
	}
	b.Engine = chat.NewEngine(config)
	if err := b.store.CreateThread(t.Context(), "ann", chat.Thread{ID: b.thread, CreatedAt: time.Now(), UpdatedAt: time.Now()}); err != nil {
		t.Fatal(err)
	}
	return b
}

func (b *bench) ask(q chat.Question) chat.Started {
	b.t.Helper()
	started, err := b.Start(b.t.Context(), b.caller, b.thread, q)
	if err != nil {
		b.t.Fatal(err)
	}
	return started
}

// follow returns all events of a run, waiting for its end.
func (b *bench) follow(runID string, after int) []chat.Event {
	b.t.Helper()
	sub, err := b.Subscribe(b.t.Context(), b.caller.Subject, runID, after)
	if err != nil {
		b.t.Fatal(err)
	}
	return b.rest(sub)
}

// rest returns what a subscription has yet to read, to the end of its run.
func (b *bench) rest(sub *chat.Subscription) (all []chat.Event) {
	b.t.Helper()
	for {
		events, err := sub.Next(b.t.Context())
		if err != nil {
			b.t.Fatal(err)
		}
		if len(events) == 0 {
			return all
		}
		for _, n := range events {
			all = append(all, n.Event)
		}
	}
}

// outline names events shortly: their type and what tells them apart. It leaves out
// what they cost.
func outline(events []chat.Event) []string {
	var out []string
	for _, e := range events {
		line, err := chat.EncodeEvent(e)
		if err != nil {
			panic(err)
		}
		var tag struct{ Type string }
		_ = json.Unmarshal(line, &tag)
		switch e := e.(type) {
		case chat.UsageTold:
			continue
		case chat.TextDelta:
			tag.Type += " " + e.Delta
		case chat.ToolInputAvailable:
			tag.Type += " " + e.ToolName + " " + string(e.Input)
		case chat.ToolOutputAvailable:
			tag.Type += " " + e.Output.Text
		case chat.ToolOutputError:
			tag.Type += " " + e.ErrorText
		case chat.ToolApprovalRequest:
			tag.Type += " " + e.CallID + " " + e.Reason
		case chat.ToolApprovalResponse:
			tag.Type += fmt.Sprintf(" %s %v %s", e.CallID, e.Approved, e.Scope)
		case chat.Finish:
			tag.Type += " " + e.Reason
		case chat.Failed:
			tag.Type += " " + string(e.Kind) + " " + e.ErrorText
		case chat.TitleSet:
			tag.Type += " " + e.Data.Title
		}
		out = append(out, tag.Type)
	}
	return out
}

func echo(_ context.Context, arguments json.RawMessage) (chat.ToolResult, error) {
	return chat.ToolResult{Text: string(arguments)}, nil
}

func TestEveryScriptBecomesOneAnswerWithOneEnd(t *testing.T) {
	broken := errors.New("wires are cut")
	for _, tt := range []struct {
		name    string
		replies []chattest.Reply
		limits  func(*chat.Limits)
		want    []string
	}{
		{
			name:    "text arrives as it is written",
			replies: []chattest.Reply{chattest.Say("Hel", "lo.")},
			want:    []string{"start", "data-title Hi", "start-step", "text-start", "text-delta Hel", "text-delta lo.", "text-end", "finish-step", "finish stop"},
		},
		{
			name:    "a call is carried out and its result answered",
			replies: []chattest.Reply{chattest.Ask(chat.CallReady{CallID: "c1", Name: "desk__echo", Arguments: `{"x":1}`}), chattest.Say("One.")},
			want: []string{
				"start", "data-title Hi", "start-step", "tool-input-start", "tool-input-delta", `tool-input-available desk__echo {"x":1}`, `tool-output-available {"x":1}`, "finish-step",
				"start-step", "text-start", "text-delta One.", "text-end", "finish-step", "finish stop",
			},
		},
		{
			name:    "a call of an unknown tool is told to the model",
			replies: []chattest.Reply{chattest.Ask(chat.CallReady{CallID: "c1", Name: "desk__nope"}), chattest.Say("Oh.")},
			want: []string{
				"start", "data-title Hi", "start-step", "tool-input-start", "tool-input-delta", "tool-input-available desk__nope {}", `tool-output-error There is no tool called "desk__nope".`, "finish-step",
				"start-step", "text-start", "text-delta Oh.", "text-end", "finish-step", "finish stop",
			},
		},
		{
			name:    "arguments that are no object are told to the model and kept as they are",
			replies: []chattest.Reply{chattest.Ask(chat.CallReady{CallID: "c1", Name: "desk__echo", Arguments: `{"x":`}), chattest.Say("Oh.")},
			want: []string{
				"start", "data-title Hi", "start-step", "tool-input-start", "tool-input-delta", `tool-input-available desk__echo "{\"x\":"`, "tool-output-error The arguments are not a JSON object.", "finish-step",
				"start-step", "text-start", "text-delta Oh.", "text-end", "finish-step", "finish stop",
			},
		},
		{
			name:    "a lost server is told to the model without its internals",
			replies: []chattest.Reply{chattest.Ask(chat.CallReady{CallID: "c1", Name: "desk__lost"}), chattest.Say("Oh.")},
			want: []string{
				"start", "data-title Hi", "start-step", "tool-input-start", "tool-input-delta", "tool-input-available desk__lost {}", "tool-output-error Something went wrong on our side. The log has the details.", "finish-step",
				"start-step", "text-start", "text-delta Oh.", "text-end", "finish-step", "finish stop",
			},
		},
		{
			name:    "what was written before a failure stays",
			replies: []chattest.Reply{{Chunks: []chat.Chunk{chat.TextChunk{ID: "a", Delta: "Half"}}, Err: &chat.Error{Kind: chat.KindProviderDown, Message: "It is down.", Err: broken}}},
			want:    []string{"start", "data-title Hi", "start-step", "text-start", "text-delta Half", "text-end", "error provider_down It is down."},
		},
		{
			name:    "a stream without an end is a failure",
			replies: []chattest.Reply{{Chunks: []chat.Chunk{chat.TextChunk{ID: "a", Delta: "Half"}}}},
			want:    []string{"start", "data-title Hi", "start-step", "text-start", "text-delta Half", "text-end", "error provider_protocol The model's answer broke off before its end."},
		},
		{
			name:    "a call that never became complete gets a result all the same",
			replies: []chattest.Reply{{Chunks: []chat.Chunk{chat.CallStarted{CallID: "c1", Name: "desk__echo"}}, Err: broken}},
			want: []string{
				"start", "data-title Hi", "start-step", "tool-input-start",
				"tool-output-error The answer ended before that, so the call was not made.",
				"error internal Something went wrong on our side. The log has the details.",
			},
		},
		{
			name:    "a model that never stops calling is stopped",
			replies: []chattest.Reply{chattest.Ask(chat.CallReady{CallID: "c1", Name: "desk__echo"}), chattest.Ask(chat.CallReady{CallID: "c2", Name: "desk__echo"})},
			limits:  func(l *chat.Limits) { l.MaxSteps = 2 },
			want: []string{
				"start", "data-title Hi",
				"start-step", "tool-input-start", "tool-input-delta", "tool-input-available desk__echo {}", "tool-output-available {}", "finish-step",
				"start-step", "tool-input-start", "tool-input-delta", "tool-input-available desk__echo {}", "tool-output-available {}", "finish-step",
				"error limit The model called tools in 2 rounds without coming to an answer, and more is not allowed. Let it continue, or ask for less at once.",
			},
		},
		{
			name:    "a silent model runs out of time",
			replies: []chattest.Reply{{Hang: true}},
			limits:  func(l *chat.Limits) { l.MaxTime = time.Minute },
			want:    []string{"start", "data-title Hi", "start-step", "error limit The answer was not complete after 1 minute, the longest that is allowed. Let it continue, or ask for less at once."},
		},
		{
			name:    "a tool whose server is silent is given up, and the model goes on",
			replies: []chattest.Reply{chattest.Ask(chat.CallReady{CallID: "c1", Name: "desk__hang"}), chattest.Say("Oh.")},
			want: []string{
				"start", "data-title Hi", "start-step", "tool-input-start", "tool-input-delta", "tool-input-available desk__hang {}",
				"tool-output-error Desk was silent for 1m0s, so the call was ended.", "finish-step",
				"start-step", "text-start", "text-delta Oh.", "text-end", "finish-step", "finish stop",
			},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := newBench(t, chattest.NewModel(tt.replies...), map[string]chattest.ToolFunc{
					"echo": echo,
					"lost": func(context.Context, json.RawMessage) (chat.ToolResult, error) { return chat.ToolResult{}, broken },
					"hang": func(ctx context.Context, _ json.RawMessage) (chat.ToolResult, error) {
						select {
						case <-ctx.Done():
							return chat.ToolResult{}, ctx.Err()
						case <-time.After(time.Minute):
							return chat.ToolResult{}, &chat.Error{Kind: chat.KindLimit, Message: "Desk was silent for 1m0s, so the call was ended."}
						}
					},
				}, func(c *chat.EngineConfig) {
					if tt.limits != nil {
						tt.limits(&c.Limits)
					}
				})
				run := b.ask(chat.Question{Text: "Hi"})
				live := b.follow(run.ID, 0)
				if diff := cmp.Diff(tt.want, outline(live)); diff != "" {
					t.Errorf("events (-want +got):\n%s", diff)
				}
				b.checkWhole(run, live)
			})
		})
	}
}

// checkWhole checks what holds after every run: it is stored as its readers saw
// it, its answer is the fold of its events, no call lacks a result, nothing is
// left open, and the thread is free for the next question.
func (b *bench) checkWhole(run chat.Started, live []chat.Event) {
	b.t.Helper()
	synctest.Wait()
	if diff := cmp.Diff(outline(live), outline(b.follow(run.ID, 0))); diff != "" {
		b.t.Errorf("stored events (-live +stored):\n%s", diff)
	}
	var folded chat.Message
	for _, e := range live {
		folded = chat.Apply(folded, e)
	}
	messages, err := b.store.Messages(b.t.Context(), "ann", b.thread)
	if err != nil {
		b.t.Fatal(err)
	}
	stored := messages[len(messages)-1]
	if diff := cmp.Diff(mustJSON(folded), mustJSON(stored)); diff != "" {
		b.t.Errorf("stored answer (-folded +stored):\n%s", diff)
	}
	if rest := chat.Closing(stored, ""); len(rest) > 0 {
		b.t.Errorf("left open: %v", outline(rest))
	}
	if n := b.tools.StillOpen(); n != 0 {
		b.t.Errorf("%d toolboxes left open", n)
	}
	if thread, err := b.store.Thread(b.t.Context(), "ann", b.thread); err != nil || thread.ActiveRun != "" {
		b.t.Errorf("thread after the run: %+v, %v", thread, err)
	}
}

func mustJSON(v any) string {
	b, err := json.MarshalIndent(v, "", " ")
	if err != nil {
		panic(err)
	}
	return string(b)
}

func TestStopCancelsModelAndToolAndIsStored(t *testing.T) {
	for _, tt := range []struct {
		name  string
		reply chattest.Reply
		want  []string
	}{
		{
			name:  "while the model writes",
			reply: chattest.Reply{Chunks: []chat.Chunk{chat.TextChunk{ID: "a", Delta: "Half"}}, Hang: true},
			want:  []string{"start", "data-title Hi", "start-step", "text-start", "text-delta Half", "text-end", "abort"},
		},
		{
			name:  "while a tool works",
			reply: chattest.Ask(chat.CallReady{CallID: "c1", Name: "desk__hang"}),
			want: []string{
				"start", "data-title Hi", "start-step", "tool-input-start", "tool-input-delta", "tool-input-available desk__hang {}",
				"tool-output-error Stopped before the result arrived; the call may have been carried out.", "abort",
			},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				cancelled := false
				b := newBench(t, chattest.NewModel(tt.reply), map[string]chattest.ToolFunc{
					"hang": func(ctx context.Context, _ json.RawMessage) (chat.ToolResult, error) {
						<-ctx.Done()
						cancelled = true
						return chat.ToolResult{}, ctx.Err()
					},
				})
				run := b.ask(chat.Question{Text: "Hi"})
				synctest.Wait()
				if err := b.Stop(t.Context(), chat.Caller{Identity: chat.Identity{Subject: "bob"}}, run.ID); chat.KindOf(err) != chat.KindNotFound {
					t.Errorf("another's stop: %v, want not found", err)
				}
				if err := b.Stop(t.Context(), chat.Caller{Identity: chat.Identity{Subject: "ann"}}, run.ID); err != nil {
					t.Fatal(err)
				}
				live := b.follow(run.ID, 0)
				if diff := cmp.Diff(tt.want, outline(live)); diff != "" {
					t.Errorf("events (-want +got):\n%s", diff)
				}
				if tt.reply.Hang == cancelled {
					t.Errorf("tool cancelled: %v", cancelled)
				}
				b.checkWhole(run, live)
				if err := b.Stop(t.Context(), chat.Caller{Identity: chat.Identity{Subject: "ann"}}, run.ID); err != nil {
					t.Errorf("a second stop: %v", err)
				}
			})
		})
	}
}

func TestReadersComeAndGoWithoutEffectOnTheRun(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, chattest.NewModel(chattest.Say("a", "b", "c")), nil)
		asked, leave := context.WithCancel(t.Context())
		run, err := b.Start(asked, b.caller, b.thread, chat.Question{Text: "Hi"})
		if err != nil {
			t.Fatal(err)
		}
		leave()
		all := b.follow(run.ID, 0)
		for after := range len(all) + 1 {
			if diff := cmp.Diff(all[after:], b.follow(run.ID, after), cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("resumed after %d (-want +got):\n%s", after, diff)
			}
		}
		if _, err := b.Subscribe(t.Context(), "bob", run.ID, 0); chat.KindOf(err) != chat.KindNotFound {
			t.Errorf("another's subscription: %v, want not found", err)
		}
	})
}

func TestQuestionsThatCannotBeAnsweredAreRefused(t *testing.T) {
	root := ""
	for _, tt := range []struct {
		name     string
		question chat.Question
		kind     chat.Kind
	}{
		{"nothing is asked", chat.Question{Text: " \n"}, chat.KindInvalid},
		{"the text is too long", chat.Question{Text: strings.Repeat("x", 256<<10+1)}, chat.KindTooLarge},
		{"there is no such model", chat.Question{Text: "Hi", Chosen: chat.Settings{Model: "hal"}}, chat.KindModelNotFound},
		{"there is no such message", chat.Question{Text: "Hi", ParentID: ptr("msg_x")}, chat.KindNotFound},
		{"nothing to answer anew", chat.Question{ParentID: &root}, chat.KindInvalid},
	} {
		t.Run(tt.name, func(t *testing.T) {
			b := newBench(t, chattest.NewModel(), nil)
			_, err := b.Start(t.Context(), b.caller, b.thread, tt.question)
			if chat.KindOf(err) != tt.kind {
				t.Errorf("got %v, want kind %s", err, tt.kind)
			}
			if messages, _ := b.store.Messages(t.Context(), "ann", b.thread); len(messages) > 0 {
				t.Errorf("messages were stored: %v", messages)
			}
		})
	}
}

func ptr[T any](v T) *T { return &v }
