package chat_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/chat/chattest"
)

// rerunBench is a thread with one call of each tool, all ended: c_read of a tool that
// only reads, c_write of one that may write, c_gone of none, c_web of the provider's own.
func rerunBench(t *testing.T, read chattest.ToolFunc, change ...func(*chat.EngineConfig)) *bench {
	t.Helper()
	call := func(tool string) chat.CallReady {
		return chat.CallReady{CallID: "c_" + tool, Name: "desk__" + tool, Arguments: `{"n":1}`}
	}
	asked := chattest.Ask(call("read"), call("write"), call("gone"))
	hosted := []chat.Chunk{
		chat.HostedCall{CallID: "c_web", Tool: chat.ToolRef{Name: "web_search", Tool: "web_search"}, Arguments: `{}`},
		chat.HostedResult{CallID: "c_web", Result: chat.ToolResult{Text: "2 pages"}},
	}
	asked.Chunks = append(hosted, asked.Chunks...)
	model := chattest.NewModel(asked, chattest.Say("Done.")).CanRun(chat.WebSearch)
	b := newBench(t, model, map[string]chattest.ToolFunc{"read": read, "write": echo}, change...)
	run := b.ask(chat.Question{Text: "Read and write"})
	synctest.Wait()
	b.decide(run.ID, b.asks(run.ID)[0].ID, chat.Decision{Approved: true, Scope: chat.Everywhere})
	b.follow(run.ID, 0)
	synctest.Wait() // the run logs its end after it has told it
	return b
}

func (b *bench) rerun(callID, input string) (chat.Rerun, error) {
	return b.Rerun(b.t.Context(), b.caller, b.thread, callID, json.RawMessage(input))
}

func TestACallIsRunAgainWithOtherArguments(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := rerunBench(t, func(_ context.Context, arguments json.RawMessage) (chat.ToolResult, error) {
			time.Sleep(time.Second)
			if string(arguments) == `{"n":0}` {
				return chat.ToolResult{Text: "nothing is there", IsError: true}, nil
			}
			return grid(300), nil
		})
		before, err := b.store.Messages(t.Context(), "ann", b.thread)
		if err != nil {
			t.Fatal(err)
		}
		began := time.Now()
		got, err := b.rerun("c_read", `{"n":2}`)
		if err != nil {
			t.Fatal(err)
		}
		id, total := got.Output.ResultID, 300
		head, _ := chat.Rows(chat.ToolResult{Structured: got.Output.Structured})
		if id == "" || len(head.Rows) != 200 {
			t.Errorf("kept as %q, with %d rows here", id, len(head.Rows))
		}
		got.Output.Text, got.Output.Structured = "", nil
		want := chat.Rerun{
			Tool:      chat.ToolRef{Name: "desk__read", Server: "desk", ServerName: "Desk", Tool: "read"},
			Input:     json.RawMessage(`{"n":2}`),
			Output:    chat.ToolResult{RowCount: &total, ResultID: id, Truncated: true},
			StartedAt: began, DurationMS: 1000,
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		kept, err := b.store.Result(t.Context(), "ann", id)
		if diff := cmp.Diff(chat.Result{ID: id, ThreadID: b.thread, Tool: want.Tool, Output: grid(300), At: time.Now()}, kept); err != nil || diff != "" {
			t.Errorf("%v, kept (-want +got):\n%s", err, diff)
		}

		failed, err := b.rerun("c_read", `{"n":0}`)
		if diff := cmp.Diff(chat.ToolResult{Text: "nothing is there", IsError: true}, failed.Output); err != nil || diff != "" {
			t.Errorf("%v, a failing tool (-want +got):\n%s", err, diff)
		}
		after, err := b.store.Messages(t.Context(), "ann", b.thread)
		if diff := cmp.Diff(before, after); err != nil || diff != "" {
			t.Errorf("%v, the thread has changed:\n%s", err, diff)
		}
		if err := b.store.DeleteThread(t.Context(), "ann", b.thread); err != nil {
			t.Fatal(err)
		}
		if _, err := b.store.Result(t.Context(), "ann", id); chat.KindOf(err) != chat.KindNotFound {
			t.Errorf("the result outlives its thread: %v", err)
		}
		if open := b.tools.StillOpen(); open != 0 {
			t.Errorf("%d tools are open", open)
		}
	})
}

func TestOnlyWhatNeedsNoApprovalIsRunAgain(t *testing.T) {
	const where = " Ask for it in the thread, where you can approve it."
	retold := func(change func(*chat.Tool)) func(*bench) { return func(b *bench) { b.tools.Retell(change) } }
	for _, tt := range []struct {
		name           string
		caller, thread string
		call, input    string
		policy         []string
		meanwhile      func(*bench)
		want           chat.Kind
		message        string
	}{
		{name: "another's", caller: "bob", want: chat.KindNotFound},
		{name: "of no thread", thread: "thr_x", want: chat.KindNotFound},
		{name: "of no call", call: "c_x", want: chat.KindNotFound, message: "There is no such call in this thread."},
		{name: "arguments that are no object", input: `[1]`, want: chat.KindInvalid, message: "The arguments must be a JSON object."},
		{name: "no arguments", input: `null`, want: chat.KindInvalid, message: "The arguments must be a JSON object."},
		{name: "a tool that writes, although it was approved for good", call: "c_write", want: chat.KindForbidden, message: "This may change something." + where},
		{name: "a tool that reads no more", meanwhile: retold(func(t *chat.Tool) { t.ReadOnly = false }), want: chat.KindForbidden, message: "This may change something." + where},
		{
			name: "a server that nobody vouches for", meanwhile: retold(func(t *chat.Tool) { t.Trusted = false }), want: chat.KindForbidden,
			message: "Desk says that this only reads, but nobody here vouches for that server." + where,
		},
		{
			name: "what the administrator wants to be approved", policy: []string{"desk/read"}, want: chat.KindForbidden,
			message: "Your administrator wants every call of this tool to be approved." + where,
		},
		{name: "a tool of another name now", meanwhile: retold(func(t *chat.Tool) { t.Tool += "_all" }), want: chat.KindConflict, message: "The tool is not there any more."},
		{name: "a tool of another server now", meanwhile: retold(func(t *chat.Tool) { t.Server = "table" }), want: chat.KindConflict, message: "The tool is not there any more."},
		{
			name: "a tool that the provider calls now", want: chat.KindConflict,
			meanwhile: func(b *bench) {
				b.tools.Retell(func(t *chat.Tool) { t.Server = "" })
				b.tools.ByProvider(chat.RemoteServer{ID: "desk", Name: "Desk"})
			},
			message: "The model's provider calls this server now, so nothing of it can be run again here.",
		},
		{name: "a tool of the provider", call: "c_web", want: chat.KindForbidden, message: "The model's provider carried this call out, so it cannot be run again here."},
		{name: "a tool that never was", call: "c_gone", want: chat.KindForbidden, message: "This was a tool of the chat itself. Only tools of servers can be run again."},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				called := 0
				b := rerunBench(t, func(context.Context, json.RawMessage) (chat.ToolResult, error) {
					called++
					return grid(1), nil
				})
				b.Approvals.AlwaysAsk = tt.policy
				if tt.meanwhile != nil {
					tt.meanwhile(b)
				}
				caller := chat.Caller{Identity: chat.Identity{Subject: chat.Subject(or(tt.caller, "ann"))}}
				_, err := b.Rerun(t.Context(), caller, or(tt.thread, b.thread), or(tt.call, "c_read"), json.RawMessage(or(tt.input, `{}`)))
				if chat.KindOf(err) != tt.want || tt.message != "" && chat.MessageOf(err) != tt.message {
					t.Errorf("%v, want %s: %s", err, tt.want, tt.message)
				}
				if called != 1 {
					t.Errorf("the tool was called %d times", called)
				}
			})
		})
	}
}

func or(value, otherwise string) string {
	if value == "" {
		return otherwise
	}
	return value
}

// A call of an answer that is being written can be run again once it has ended.
func TestACallOfAnAnswerThatGoesOnIsRunAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		calls := chattest.Ask(chat.CallReady{CallID: "c1", Name: "desk__echo", Arguments: `{"n":1}`}, write("c2", `{}`))
		b := newBench(t, chattest.NewModel(calls, chattest.Say("Done.")), writers)
		run := b.ask(chat.Question{Text: "Write"})
		synctest.Wait()
		if got, err := b.rerun("c1", `{"n":2}`); err != nil || got.Output.Text != `{"n":2}` {
			t.Errorf("%q, %v", got.Output.Text, err)
		}
		if _, err := b.rerun("c2", `{}`); chat.KindOf(err) != chat.KindConflict {
			t.Errorf("a call that waits: %v, want a conflict", err)
		}
		if err := b.Stop(t.Context(), chat.Caller{Identity: chat.Identity{Subject: "ann"}}, run.ID); err != nil {
			t.Fatal(err)
		}
	})
}

// What goes wrong at the server is told by kind, with what it can be looked up by; only the
// end of the person's own session as that.
func TestFailuresOfARerun(t *testing.T) {
	for _, tt := range []struct {
		name string
		err  error
		want chat.Error
	}{
		{
			"policy refuses it", &chat.Error{Kind: chat.KindForbidden, Message: "Blocked.", Trace: chat.Trace{RequestID: "req_1"}},
			chat.Error{Kind: chat.KindForbidden, Message: "Blocked.", Trace: chat.Trace{RequestID: "req_1"}},
		},
		{
			"its server wants a login", &chat.Error{Kind: chat.KindUnauthenticated, Message: "Who are you?", Trace: chat.Trace{Status: 401}},
			chat.Error{Kind: chat.KindConflict, Message: "Desk has to be connected to your account first. (Who are you?)", Trace: chat.Trace{Status: 401}},
		},
		{
			"the session has ended", &chat.Error{Kind: chat.KindUnauthenticated, Message: "Sign in.", Err: chat.ErrTokenRefused},
			chat.Error{Kind: chat.KindUnauthenticated, Message: "Sign in."},
		},
	} {
		synctest.Test(t, func(t *testing.T) {
			fail := false
			b := rerunBench(t, func(context.Context, json.RawMessage) (chat.ToolResult, error) {
				if fail {
					return chat.ToolResult{}, tt.err
				}
				return grid(1), nil
			})
			fail = true
			_, err := b.rerun("c_read", `{}`)
			got := chat.Error{Kind: chat.KindOf(err), Message: chat.MessageOf(err), Trace: chat.TraceOf(err)}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tt.name, diff)
			}
		})
	}
	synctest.Test(t, func(t *testing.T) {
		armed := false
		b := rerunBench(t, func(context.Context, json.RawMessage) (chat.ToolResult, error) {
			if armed {
				panic("no such thing")
			}
			return grid(1), nil
		})
		armed = true
		if _, err := b.rerun("c_read", `{}`); chat.KindOf(err) != chat.KindInternal {
			t.Errorf("a tool that panics: %v", err)
		}
	})
}

// A re-run goes on for as long as its client stays, its time lasts and the server runs.
func TestHowARerunEnds(t *testing.T) {
	for _, tt := range []struct {
		name  string
		after time.Duration
		end   func(b *bench, leave func())
		want  chat.Kind
	}{
		{"its client leaves", time.Second, func(_ *bench, leave func()) { leave() }, chat.KindInternal},
		{"its time is up", 3 * time.Minute, nil, chat.KindLimit},
		{"the server is shut down", time.Second, func(b *bench, _ func()) { _ = b.Close(b.t.Context()) }, chat.KindInterrupted},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				slow := false
				b := rerunBench(t, func(ctx context.Context, _ json.RawMessage) (chat.ToolResult, error) {
					if slow {
						<-ctx.Done()
						return chat.ToolResult{}, fmt.Errorf("call: %w", context.Cause(ctx))
					}
					return grid(1), nil
				}, func(c *chat.EngineConfig) { c.Limits.MaxTime = 3 * time.Minute })
				slow = true
				ctx, leave := context.WithCancel(t.Context())
				defer leave()
				began := time.Now()
				failed := make(chan error, 1)
				go func() {
					_, err := b.Rerun(ctx, b.caller, b.thread, "c_read", json.RawMessage(`{}`))
					failed <- err
				}()
				if tt.end != nil {
					time.Sleep(tt.after)
					go tt.end(b, leave)
				}
				if err := <-failed; chat.KindOf(err) != tt.want {
					t.Errorf("%v, want %s", err, tt.want)
				}
				if took := time.Since(began); took != tt.after {
					t.Errorf("it took %s, want %s", took, tt.after)
				}
				synctest.Wait()
				if open := b.tools.StillOpen(); open != 0 {
					t.Errorf("%d tools are open", open)
				}
			})
		})
	}
}

// Re-runs and questions share what one person may do at a time, and in a minute.
func TestRerunsCountLikeQuestions(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		hold := make(chan struct{})
		held := false
		b := rerunBench(t, func(context.Context, json.RawMessage) (chat.ToolResult, error) {
			if held {
				<-hold
			}
			return grid(1), nil
		}, func(c *chat.EngineConfig) { c.Limits.MaxPerUser, c.Limits.PerMinute = 1, 3 })
		held = true
		done := make(chan error, 1)
		go func() {
			_, err := b.rerun("c_read", `{}`)
			done <- err
		}()
		synctest.Wait()
		_, again := b.rerun("c_read", `{}`)
		_, question := b.Start(t.Context(), b.caller, b.thread, chat.Question{Text: "And?"})
		for _, err := range []error{again, question} {
			if chat.KindOf(err) != chat.KindLimit || chat.RetryAfterOf(err) != 0 {
				t.Errorf("beside another: %v, want a limit", err)
			}
		}
		close(hold)
		if err := <-done; err != nil {
			t.Error(err)
		}
		if _, err := b.rerun("c_read", `{}`); err != nil {
			t.Error(err)
		}
		if _, err := b.rerun("c_read", `{}`); chat.KindOf(err) != chat.KindLimit || chat.RetryAfterOf(err) != time.Minute {
			t.Errorf("the fourth in a minute: %v after %s, want a limit", err, chat.RetryAfterOf(err))
		}
	})
}

// callers is a toolbox that notes who opens it, and what.
type callers struct {
	*chattest.Toolbox
	tokens []string
	opened [][]string
}

func (c *callers) Open(ctx context.Context, who chat.Caller, ids []string) (chat.Tools, error) {
	c.tokens, c.opened = append(c.tokens, who.Token.Reveal()), append(c.opened, ids)
	return c.Toolbox.Open(ctx, who, ids)
}

func TestARerunIsMadeWithTheTokenOfItsRequestAndLogged(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var log bytes.Buffer
		var box *callers
		b := rerunBench(t, echo, func(c *chat.EngineConfig) {
			box = &callers{Toolbox: c.Toolbox.(*chattest.Toolbox)}
			c.Toolbox, c.Log = box, slog.New(slog.NewTextHandler(&log, nil))
		})
		box.tokens, box.opened = nil, nil
		b.caller.Token = chat.NewToken("fresh")
		if _, err := b.rerun("c_read", `{"secret":"word"}`); err != nil {
			t.Fatal(err)
		}
		if _, err := b.rerun("c_write", `{"secret":"word"}`); err == nil {
			t.Fatal("it was written again")
		}
		if diff := cmp.Diff([]string{"fresh", "fresh"}, box.tokens); diff != "" {
			t.Errorf("tokens (-want +got):\n%s", diff)
		}
		if diff := cmp.Diff([][]string{{"desk"}, {"desk"}}, box.opened); diff != "" {
			t.Errorf("opened servers (-want +got):\n%s", diff)
		}
		for _, want := range []string{
			`msg="call run again" thread=thr_1 call=c_read server=desk tool=read took=0s`,
			`msg="call not run again" thread=thr_1 call=c_write server=desk tool=write took=0s kind=forbidden`,
		} {
			if !strings.Contains(log.String(), want) {
				t.Errorf("there is no %s in\n%s", want, &log)
			}
		}
		for _, secret := range []string{"word", "fresh"} {
			if strings.Contains(log.String(), secret) {
				t.Errorf("the log tells %q", secret)
			}
		}
	})
}

// What a server asks within a re-run, nobody sees, and so nobody answers.
func TestARerunAnswersNoQuestions(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := rerunBench(t, echo)
		b.tools.Watched("read", func(ctx context.Context, _ json.RawMessage, w chat.Watcher) (chat.ToolResult, error) {
			w.Log(chat.ToolLog{Level: "info", Text: "asking"})
			w.Progress(chat.ToolProgress{Done: 1})
			answer, err := w.Elicit(ctx, chat.Elicitation{Message: "Really?"})
			return chat.ToolResult{Text: answer.Action}, err
		})
		if got, err := b.rerun("c_read", `{}`); err != nil || got.Output.Text != "cancel" {
			t.Errorf("%q, %v", got.Output.Text, err)
		}
	})
}
