package chat_test

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/chat/chattest"
)

// lobby is a server behind a gateway: it lets in who shows a token that is not older
// than five minutes, once it is connected.
type lobby struct {
	*bench
	out  atomic.Bool // it is not connected
	over atomic.Bool // the gateway takes no token
}

func newLobby(t *testing.T, replies ...chattest.Reply) *lobby {
	l := &lobby{}
	slow := func(ctx context.Context, _ json.RawMessage) (chat.ToolResult, error) {
		time.Sleep(4*time.Minute + 30*time.Second)
		return chat.ToolResult{Text: "At last."}, nil
	}
	l.bench = newBench(t, chattest.NewModel(replies...), map[string]chattest.ToolFunc{"read": l.read, "slow": slow})
	l.caller = l.now()
	return l
}

// now is the person with a token that comes now.
func (l *lobby) now() chat.Caller {
	return chat.Caller{Identity: chat.Identity{Subject: "ann"}, Token: chat.NewToken(time.Now().String()), TokenAt: time.Now()}
}

func (l *lobby) read(context.Context, json.RawMessage) (chat.ToolResult, error) {
	if l.over.Load() {
		return chat.ToolResult{}, &chat.Error{Kind: chat.KindUnauthenticated, Message: "Desk asks you to log in.", Err: chat.ErrTokenRefused}
	}
	shown := l.tools.Renewals()
	if at := shown[len(shown)-1].TokenAt; l.out.Load() || time.Since(at) > 5*time.Minute {
		return chat.ToolResult{}, &chat.Error{Kind: chat.KindUnauthenticated, Message: "Desk asks you to log in.", Trace: chat.Trace{Status: 401}}
	}
	return chat.ToolResult{Text: "Come in."}, nil
}

func (l *lobby) renew(runID string, c chat.Caller, r chat.Renewal) {
	l.t.Helper()
	synctest.Wait()
	if err := l.Renew(l.t.Context(), c, runID, r); err != nil {
		l.t.Fatal(err)
	}
	synctest.Wait()
}

// waits tells what the calls of a run wait for.
func (l *lobby) waits(runID string) []string {
	l.t.Helper()
	synctest.Wait()
	var waits []string
	for _, p := range l.answerOf(runID).Parts {
		if call, ok := p.(chat.ToolPart); ok && call.State == chat.CallWaiting {
			waits = append(waits, call.CallID+" "+string(call.Wait.For))
		}
	}
	return waits
}

func TestACallWaitsUntilItsServerLetsThePersonIn(t *testing.T) {
	read := chat.CallReady{CallID: "c1", Name: "desk__read", Arguments: `{}`}
	slow := chat.CallReady{CallID: "c0", Name: "desk__slow", Arguments: `{}`}
	answer := chattest.Say("Done.")
	retry, without := chat.Renewal{Retry: []string{"c1"}}, chat.Renewal{Without: []string{"c1"}}
	for _, tt := range []struct {
		name    string
		replies []chattest.Reply
		out     bool
		do      func(l *lobby, run string)
		want    []string // what comes of the call
	}{
		{
			"the token has run out, and a fresh one comes",
			[]chattest.Reply{chattest.Ask(slow), chattest.Ask(slow2), chattest.Ask(read), answer}, false,
			func(l *lobby, run string) {
				time.Sleep(9*time.Minute + time.Second)
				l.expect(run, "c1 token")
				time.Sleep(time.Hour) // waiting is not at work: it costs no time of the run
				l.renew(run, l.now(), chat.Renewal{})
			},
			[]string{"data-tool-wait", "data-tool-resumed", "tool-output-available Come in.", "finish stop"},
		},
		{
			"a fresh token comes before the old one has run out",
			[]chattest.Reply{chattest.Ask(slow), chattest.Ask(slow2), chattest.Ask(read), answer}, false,
			func(l *lobby, run string) {
				for range 2 {
					time.Sleep(4 * time.Minute)
					l.renew(run, l.now(), chat.Renewal{})
				}
			},
			[]string{"tool-output-available Come in.", "finish stop"},
		},
		{
			"the server is connected meanwhile", []chattest.Reply{chattest.Ask(read), answer}, true,
			func(l *lobby, run string) {
				l.expect(run, "c1 connect")
				l.renew(run, l.now(), chat.Renewal{}) // a token alone is no reason to try again
				l.expect(run, "c1 connect")
				l.out.Store(false)
				l.renew(run, l.now(), retry)
			},
			[]string{"data-tool-wait", "data-tool-resumed", "tool-output-available Come in.", "finish stop"},
		},
		{
			"the server lets nobody in, however often it is connected", []chattest.Reply{chattest.Ask(read), answer}, true,
			func(l *lobby, run string) {
				l.renew(run, l.now(), retry)
				l.expect(run, "c1 connect")
				l.renew(run, l.now(), retry)
			},
			[]string{
				"data-tool-wait", "data-tool-resumed", "data-tool-wait", "data-tool-resumed",
				"tool-output-error Desk still does not let you in. If it is connected, a policy may forbid it: ask whoever runs the gateway.", "finish stop",
			},
		},
		{
			"the gateway does not take a young token, but the next one", []chattest.Reply{chattest.Ask(slow), chattest.Ask(read), answer}, false,
			func(l *lobby, run string) {
				time.Sleep(time.Minute)
				l.renew(run, l.now(), chat.Renewal{})
				l.over.Store(true)
				time.Sleep(4 * time.Minute)
				l.expect(run, "c1 token")
				l.over.Store(false)
				l.renew(run, l.now(), chat.Renewal{})
			},
			[]string{"data-tool-wait", "data-tool-resumed", "tool-output-available Come in.", "finish stop"},
		},
		{
			"the gateway takes no token, however often there is a fresh one", []chattest.Reply{chattest.Ask(slow), chattest.Ask(read), answer}, false,
			func(l *lobby, run string) {
				time.Sleep(time.Minute)
				l.renew(run, l.now(), chat.Renewal{})
				l.over.Store(true)
				time.Sleep(4 * time.Minute)
				l.renew(run, l.now(), chat.Renewal{})
				l.expect(run, "c1 token")
				l.renew(run, l.now(), chat.Renewal{})
			},
			[]string{
				"data-tool-wait", "data-tool-resumed", "data-tool-wait", "data-tool-resumed",
				"tool-output-error Desk could not be asked: the gateway takes none of the tokens that it gives. Ask whoever runs it.", "finish stop",
			},
		},
		{
			"the person goes on without it", []chattest.Reply{chattest.Ask(read), answer}, true,
			func(l *lobby, run string) { l.renew(run, l.now(), without) },
			[]string{"data-tool-wait", "tool-output-error The person goes on without it; it was not carried out.", "finish stop"},
		},
		{
			"the person stops the run", []chattest.Reply{chattest.Ask(read), answer}, true,
			func(l *lobby, run string) {
				synctest.Wait()
				if err := l.Stop(l.t.Context(), chat.Caller{Identity: chat.Identity{Subject: "ann"}}, run); err != nil {
					l.t.Fatal(err)
				}
			},
			[]string{"data-tool-wait", "tool-output-error What it waited for did not come, so the call was not carried out.", "abort"},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				l := newLobby(t, tt.replies...)
				l.out.Store(tt.out)
				run := l.ask(chat.Question{Text: "Read"})
				tt.do(l, run.ID)
				live := l.follow(run.ID, 0)
				got := slices.DeleteFunc(outline(live), func(line string) bool {
					return !strings.HasPrefix(line, "data-tool") && !strings.HasPrefix(line, "tool-output") && !strings.HasPrefix(line, "finish ") &&
						line != "abort" || line == "tool-output-available At last."
				})
				if diff := cmp.Diff(tt.want, got); diff != "" {
					t.Errorf("(-want +got):\n%s", diff)
				}
				l.checkWhole(run, live)
			})
		})
	}
}

var slow2 = chat.CallReady{CallID: "c00", Name: "desk__slow", Arguments: `{"again":true}`}

func (l *lobby) expect(run string, want ...string) {
	l.t.Helper()
	if diff := cmp.Diff(want, l.waits(run)); diff != "" {
		l.t.Errorf("what waits (-want +got):\n%s", diff)
	}
}

// Who comes back after an hour brings a token with whatever they decide, and that is the
// one to go on with.
func TestWhateverThePersonDecidesBringsAToken(t *testing.T) {
	hour := func(l *lobby) func(context.Context, json.RawMessage, chat.Watcher) (chat.ToolResult, error) {
		return func(ctx context.Context, arguments json.RawMessage, w chat.Watcher) (chat.ToolResult, error) {
			if _, err := w.Elicit(ctx, chat.Elicitation{Message: "Which region?"}); err != nil {
				time.Sleep(time.Second) // a server is told of the end, with the token of that time
				return l.read(ctx, arguments)
			}
			return l.read(ctx, arguments)
		}
	}
	for _, tt := range []struct {
		name   string
		decide func(l *lobby, run string, call chat.ToolPart) error
		want   string // the outcome of the call that needs the token
	}{
		{"an answer to what a server asks", func(l *lobby, run string, call chat.ToolPart) error {
			return l.Answer(l.t.Context(), l.now(), run, call.Asks.ID, chat.ElicitationAnswer{Action: "decline"})
		}, "tool-output-available Come in."},
		{"a call that is stopped", func(l *lobby, run string, call chat.ToolPart) error {
			return l.StopCall(l.t.Context(), l.now(), run, call.CallID)
		}, "tool-output-available Come in."},
		{"a stop of the whole answer", func(l *lobby, run string, _ chat.ToolPart) error {
			return l.Stop(l.t.Context(), l.now(), run)
		}, "tool-output-available Come in."},
		{"an approval beside a call that goes on", func(l *lobby, run string, call chat.ToolPart) error {
			later := l.now()
			if err := l.Decide(l.t.Context(), later, run, l.asks(run)[0].ID, chat.Decision{Approved: true}); err != nil {
				return err
			}
			return l.Answer(l.t.Context(), l.caller, run, call.Asks.ID, chat.ElicitationAnswer{Action: "decline"})
		}, "tool-output-available Come in."},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				l := newLobby(t, chattest.Ask(
					chat.CallReady{CallID: "c1", Name: "desk__ask", Arguments: `{}`}, chat.CallReady{CallID: "c2", Name: "desk__write", Arguments: `{}`},
				), chattest.Say("Done."))
				l.tools.Watched("ask", hour(l))
				l.tools.Watched("write", func(context.Context, json.RawMessage, chat.Watcher) (chat.ToolResult, error) {
					return chat.ToolResult{Text: "written"}, nil
				})
				run := l.ask(chat.Question{Text: "Read"})
				synctest.Wait()
				time.Sleep(time.Hour)
				if err := tt.decide(l, run.ID, l.answerOf(run.ID).Parts[0].(chat.ToolPart)); err != nil {
					t.Fatal(err)
				}
				synctest.Wait()
				time.Sleep(time.Minute)
				for _, a := range l.asks(run.ID) {
					l.decide(run.ID, a.ID, chat.Decision{})
				}
				if got := outline(l.follow(run.ID, 0)); !slices.Contains(got, tt.want) {
					t.Errorf("got %v", got)
				}
			})
		})
	}
}

func TestAWaitingCallOutlivesTheProcess(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLobby(t, chattest.Ask(chat.CallReady{CallID: "c1", Name: "desk__read", Arguments: `{}`}), chattest.Say("Done."))
		l.out.Store(true)
		run := l.ask(chat.Question{Text: "Read"})
		l.expect(run.ID, "c1 connect")
		next := &lobby{bench: l.restarted()}
		next.expect(run.ID, "c1 connect")
		next.tools.Watched("read", func(ctx context.Context, arguments json.RawMessage, _ chat.Watcher) (chat.ToolResult, error) {
			return next.read(ctx, arguments)
		})
		next.renew(run.ID, l.now(), chat.Renewal{Retry: []string{"c1"}})
		live := next.follow(run.ID, 0)
		if got := outline(live); !slices.Contains(got, "tool-output-available Come in.") || got[len(got)-1] != "finish stop" {
			t.Errorf("the run went on as %v", got)
		}
		next.checkWhole(run, live)
	})
}

func TestRenewalsThatCannotBe(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLobby(t, chattest.Ask(chat.CallReady{CallID: "c1", Name: "desk__read", Arguments: `{}`}), chattest.Say("Done."))
		l.out.Store(true)
		run := l.ask(chat.Question{Text: "Read"})
		synctest.Wait()
		bob := l.now()
		bob.Subject = "bob"
		for _, tt := range []struct {
			name string
			c    chat.Caller
			run  string
			r    chat.Renewal
			want chat.Kind
		}{
			{"another's run", bob, run.ID, chat.Renewal{}, chat.KindNotFound},
			{"no run", l.now(), "run_0", chat.Renewal{}, chat.KindNotFound},
			{"a call that does not wait", l.now(), run.ID, chat.Renewal{Retry: []string{"c2"}}, chat.KindConflict},
			{"a call that does not wait is given up", l.now(), run.ID, chat.Renewal{Without: []string{"c1", "c2"}}, chat.KindConflict},
		} {
			if err := l.Renew(t.Context(), tt.c, tt.run, tt.r); chat.KindOf(err) != tt.want {
				t.Errorf("%s: %v, want %s", tt.name, err, tt.want)
			}
		}
		l.expect(run.ID, "c1 connect")
		l.renew(run.ID, l.now(), chat.Renewal{Without: []string{"c1"}})
		l.follow(run.ID, 0)
		yes := chat.ElicitationAnswer{Action: "accept", Content: json.RawMessage(`{}`)}
		for name, err := range map[string]error{
			"a token":     l.Renew(t.Context(), l.now(), run.ID, chat.Renewal{}),
			"a decision":  l.Decide(t.Context(), l.caller, run.ID, "apr_1", chat.Decision{}),
			"a filled-in": l.Answer(t.Context(), l.caller, run.ID, "ask_1", yes),
		} {
			if want := "This answer has ended; nothing in it waits for you any more."; chat.KindOf(err) != chat.KindConflict || chat.MessageOf(err) != want {
				t.Errorf("%s for a run that has ended: %v", name, err)
			}
		}
	})
}

// Without a gateway there is nothing that the person could do.
func TestWithoutATokenNothingWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLobby(t, chattest.Ask(chat.CallReady{CallID: "c1", Name: "desk__read", Arguments: `{}`}), chattest.Say("Done."))
		l.out.Store(true)
		l.caller = chat.Caller{Identity: chat.Identity{Subject: "ann"}}
		run := l.ask(chat.Question{Text: "Read"})
		got := outline(l.follow(run.ID, 0))
		if !slices.Contains(got, "tool-output-error Desk asks you to log in.") {
			t.Errorf("got %v", got)
		}
	})
}
