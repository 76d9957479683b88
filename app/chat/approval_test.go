package chat_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/chat/chattest"
)

// asks returns the approvals that a run's answer waits for.
func (b *bench) asks(runID string) []*chat.Approval {
	b.t.Helper()
	var waiting []*chat.Approval
	for _, p := range b.answerOf(runID).Parts {
		if call, ok := p.(chat.ToolPart); ok && call.State == chat.CallAsked {
			waiting = append(waiting, call.Approval)
		}
	}
	return waiting
}

// answerOf folds what a run has emitted until now.
func (b *bench) answerOf(runID string) chat.Message {
	b.t.Helper()
	sub, err := b.Subscribe(b.t.Context(), b.caller.Subject, runID, 0)
	if err != nil {
		b.t.Fatal(err)
	}
	events, err := sub.Next(b.t.Context())
	if err != nil {
		b.t.Fatal(err)
	}
	var m chat.Message
	for _, n := range events {
		m = chat.Apply(m, n.Event)
	}
	return m
}

func (b *bench) decide(runID, approvalID string, d chat.Decision) {
	b.t.Helper()
	if err := b.Decide(b.t.Context(), b.caller, runID, approvalID, d); err != nil {
		b.t.Fatal(err)
	}
}

func write(id, arguments string) chat.CallReady {
	return chat.CallReady{CallID: id, Name: "desk__write", Arguments: arguments}
}

var writers = map[string]chattest.ToolFunc{"write": echo, "write_more": echo, "echo": echo}

func TestACallThatMayChangeSomethingWaitsForThePerson(t *testing.T) {
	const asked = "tool-approval-request c1 This may change something."
	for _, tt := range []struct {
		name   string
		decide chat.Decision
		want   []string // after the request
	}{
		{"approved", chat.Decision{Approved: true}, []string{"tool-approval-response c1 true once", `tool-output-available {"n":1}`}},
		{"approved with other arguments", chat.Decision{Approved: true, Input: json.RawMessage(`{"n":2}`)}, []string{"tool-approval-response c1 true once", `tool-output-available {"n":2}`}},
		{"approved for good", chat.Decision{Approved: true, Scope: chat.Everywhere}, []string{"tool-approval-response c1 true always", `tool-output-available {"n":1}`}},
		{"forbidden", chat.Decision{}, []string{"tool-approval-response c1 false ", "tool-output-denied"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := newBench(t, chattest.NewModel(chattest.Ask(write("c1", `{"n":1}`)), chattest.Say("Done.")), writers)
				run := b.ask(chat.Question{Text: "Write"})
				synctest.Wait()
				if open := b.tools.StillOpen(); open != 0 {
					t.Errorf("%d tools are open while nobody works", open)
				}
				time.Sleep(24 * time.Hour) // no limit of time runs meanwhile
				b.decide(run.ID, b.asks(run.ID)[0].ID, tt.decide)
				live := b.follow(run.ID, 0)
				want := slices.Concat([]string{
					"start", "data-title Write", "start-step", "tool-input-start", "tool-input-delta", `tool-input-available desk__write {"n":1}`, asked,
				}, tt.want, []string{"finish-step", "start-step", "text-start", "text-delta Done.", "text-end", "finish-step", "finish stop"})
				if diff := cmp.Diff(want, outline(live)); diff != "" {
					t.Errorf("events (-want +got):\n%s", diff)
				}
				b.checkWhole(run, live)
			})
		})
	}
}

func TestDecisionsThatMakeNoSenseAreRefused(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, chattest.NewModel(chattest.Ask(write("c1", `{}`)), chattest.Say("Done.")), writers)
		run := b.ask(chat.Question{Text: "Write"})
		synctest.Wait()
		id := b.asks(run.ID)[0].ID
		other := chat.Caller{Identity: chat.Identity{Subject: "bob"}}
		for _, tt := range []struct {
			name         string
			caller       chat.Caller
			run, approve string
			decision     chat.Decision
			want         chat.Kind
		}{
			{"of another person", other, run.ID, id, chat.Decision{Approved: true}, chat.KindNotFound},
			{"about no run", b.caller, "run_x", id, chat.Decision{Approved: true}, chat.KindNotFound},
			{"about no call", b.caller, run.ID, "apr_x", chat.Decision{Approved: true}, chat.KindNotFound},
			{"for a while that does not exist", b.caller, run.ID, id, chat.Decision{Approved: true, Scope: "forever"}, chat.KindInvalid},
			{"with arguments that are no object", b.caller, run.ID, id, chat.Decision{Approved: true, Input: json.RawMessage(`[1]`)}, chat.KindInvalid},
			{"with arguments that are longer than a question may be", b.caller, run.ID, id, chat.Decision{Approved: true, Input: json.RawMessage(`{"n":"` + strings.Repeat("n", b.Limits().MaxText) + `"}`)}, chat.KindTooLarge},
			{"against it, with arguments", b.caller, run.ID, id, chat.Decision{Input: json.RawMessage(`{}`)}, chat.KindInvalid},
		} {
			if err := b.Decide(t.Context(), tt.caller, tt.run, tt.approve, tt.decision); chat.KindOf(err) != tt.want {
				t.Errorf("%s: %v, want kind %s", tt.name, err, tt.want)
			}
		}
		b.decide(run.ID, id, chat.Decision{Approved: true})
		live := b.follow(run.ID, 0)
		if err := b.Decide(t.Context(), b.caller, run.ID, id, chat.Decision{}); chat.KindOf(err) != chat.KindConflict {
			t.Errorf("a second decision: %v, want a conflict", err)
		}
		b.checkWhole(run, live)
	})
}

func TestAnApprovalHoldsForAsLongAsThePersonSaid(t *testing.T) {
	ask := func() chattest.Reply { return chattest.Ask(write("c1", `{}`)) }
	for _, tt := range []struct {
		name      string
		scope     chat.Scope
		elsewhere bool // the second question is asked in another thread
		asksAgain bool
	}{
		{"once", chat.Once, false, true},
		{"in this thread", chat.InThread, false, false},
		{"in this thread and no other", chat.InThread, true, true},
		{"everywhere", chat.Everywhere, true, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := newBench(t, chattest.NewModel(ask(), chattest.Say("Done."), ask(), chattest.Say("Done.")), writers)
				if err := b.store.CreateThread(t.Context(), "ann", chat.Thread{ID: "thr_2"}); err != nil {
					t.Fatal(err)
				}
				first := b.ask(chat.Question{Text: "Write"})
				synctest.Wait()
				b.decide(first.ID, b.asks(first.ID)[0].ID, chat.Decision{Approved: true, Scope: tt.scope})
				b.follow(first.ID, 0)
				if tt.elsewhere {
					b.thread = "thr_2"
				}
				second := b.ask(chat.Question{Text: "Again"})
				synctest.Wait()
				again := b.asks(second.ID)
				if len(again) > 0 != tt.asksAgain {
					t.Errorf("asks again: %v, want %v", len(again) > 0, tt.asksAgain)
				}
				if len(again) > 0 {
					b.decide(second.ID, again[0].ID, chat.Decision{})
				}
				b.follow(second.ID, 0)
			})
		})
	}
}

func TestAnApprovalIsOfTheToolAsItWas(t *testing.T) {
	tool := chat.Tool{ToolRef: chat.ToolRef{Server: "crm", ServerName: "CRM", Tool: "close"}, Description: "Closes.", Schema: json.RawMessage(`{}`), ServerURL: "https://crm"}
	grant := chat.Grant{Scope: chat.Everywhere, Server: "crm", Tool: "close", ServerURL: "https://crm", Fingerprint: tool.Fingerprint()}
	changed := func(change func(*chat.Tool)) chat.Tool {
		other := tool
		change(&other)
		return other
	}
	for _, tt := range []struct {
		name string
		tool chat.Tool
		want bool
	}{
		{"the same", tool, true},
		{"another title", changed(func(t *chat.Tool) { t.Title = "Close" }), true},
		{"another description", changed(func(t *chat.Tool) { t.Description = "Closes all." }), false},
		{"other arguments", changed(func(t *chat.Tool) { t.Schema = json.RawMessage(`{"type":"object"}`) }), false},
		{"another promise", changed(func(t *chat.Tool) { t.ReadOnly = true }), false},
		{"another address", changed(func(t *chat.Tool) { t.ServerURL = "https://evil" }), false},
		{"another tool", changed(func(t *chat.Tool) { t.Tool = "open" }), false},
		{"another server", changed(func(t *chat.Tool) { t.Server = "erp" }), false},
	} {
		if got := grant.Allows(tt.tool, "thr_1"); got != tt.want {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
}

func TestWhoAsksForWhat(t *testing.T) {
	for _, tt := range []struct {
		name              string
		tool              string
		readOnly, trusted bool
		floor             []string
		want              string // the reason, or "" if nobody is asked
	}{
		{"a trusted server says that it only reads", "echo", true, true, nil, ""},
		{"nobody trusts the server", "echo", true, false, nil, "Desk says that this only reads, but nobody here vouches for that server."},
		{"a trusted server says that it writes", "echo", false, true, nil, "This may change something."},
		{"the administrator asks for each call of the server", "echo", true, true, []string{"desk/*"}, "Your administrator wants every call of this tool to be approved."},
		{"or names it by its host", "echo", true, true, []string{"desk.example.com/*"}, "Your administrator wants every call of this tool to be approved."},
		{"the administrator asks for other hosts", "echo", true, true, []string{"desk.example.org/*", "example.com/*"}, ""},
		{"the administrator asks for other tools", "echo", true, true, []string{"crm/*", "desk/write"}, ""},
		{"a server names its tool to slip through", "db/write", true, true, []string{"desk/*"}, "Your administrator wants every call of this tool to be approved."},
		{"a tool of any server, wherever in its name", "db/delete_all", true, true, []string{"*/db/delete_*"}, "Your administrator wants every call of this tool to be approved."},
		{"an administrator who writes it in capitals", "Echo", true, true, []string{"DESK/echo"}, "Your administrator wants every call of this tool to be approved."},
		{"one character of another kind", "ec/o", true, true, []string{"desk/ec?o"}, "Your administrator wants every call of this tool to be approved."},
		{"a pattern that is none asks for everything", "echo", true, true, []string{"["}, "Your administrator wants every call of this tool to be approved."},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tool := chat.Tool{ToolRef: chat.ToolRef{Server: "desk", ServerName: "Desk", Tool: tt.tool}, ServerURL: "https://Desk.example.com:8443/mcp", ReadOnly: tt.readOnly, Trusted: tt.trusted}
			if got := (chat.ApprovalPolicy{AlwaysAsk: tt.floor}).Reason(tool); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
	for _, bad := range []string{"[", "nasty", "/nasty", "nasty/"} {
		if err := (chat.ApprovalPolicy{AlwaysAsk: []string{"a/*", bad}}).Check(); err == nil || !strings.Contains(err.Error(), `"`+bad+`"`) {
			t.Errorf("the pattern %q: %v", bad, err)
		}
	}
}

// A floor that fits nothing protects nothing: it fits a server by whatever people see of it.
func TestAServerIsDemandedByAnyOfItsNames(t *testing.T) {
	tool := chat.Tool{
		ToolRef:   chat.ToolRef{Name: "sales__close", Server: "sales-example-com_mcp", ServerName: "CRM of the north", Tool: "close"},
		ServerURL: "https://sales.example.com./mcp", ReadOnly: true, Trusted: true,
	}
	for pattern, want := range map[string]bool{
		"sales-example-com_mcp/*": true, "sales.example.com/*": true, "Sales/*": true, "sales/close": true, "crm*/close": true,
		"example/*": false, "sales/open": false, "com/*": false, "north/*": false,
	} {
		if got := (chat.ApprovalPolicy{AlwaysAsk: []string{pattern}}).Reason(tool) != ""; got != want {
			t.Errorf("%s: asked %v, want %v", pattern, got, want)
		}
	}
}

// The administrator's floor cannot be lowered, neither by a grant nor by a scope.
func TestTheFloorIsAskedEachTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, chattest.NewModel(chattest.Ask(write("c1", `{}`)), chattest.Say("Done.")), writers,
			func(c *chat.EngineConfig) { c.Approvals.AlwaysAsk = []string{"desk/*"} })
		tool, _ := b.tools.Servers(t.Context(), b.caller, false)
		i := slices.IndexFunc(tool[0].Tools, func(t chat.Tool) bool { return t.Tool == "write" })
		if err := b.store.AddGrant(t.Context(), "ann", chat.Grant{ID: "g", Scope: chat.Everywhere, Server: "desk", Tool: "write", Fingerprint: tool[0].Tools[i].Fingerprint()}); err != nil {
			t.Fatal(err)
		}
		run := b.ask(chat.Question{Text: "Write"})
		synctest.Wait()
		ask := b.asks(run.ID)[0]
		if err := b.Decide(t.Context(), b.caller, run.ID, ask.ID, chat.Decision{Approved: true, Scope: chat.InThread}); chat.KindOf(err) != chat.KindInvalid {
			t.Errorf("approved for the thread: %v, want invalid", err)
		}
		b.decide(run.ID, ask.ID, chat.Decision{Approved: true})
		b.follow(run.ID, 0)
	})
}

func TestOneApprovalCoversAllCallsOfTheSameTool(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		more := chat.CallReady{CallID: "c3", Name: "desk__write_more", Arguments: `{}`}
		b := newBench(t, chattest.NewModel(chattest.Ask(write("c1", `{"n":1}`), write("c2", `{"n":2}`), more), chattest.Say("Done.")), writers)
		run := b.ask(chat.Question{Text: "Write"})
		synctest.Wait()
		b.decide(run.ID, b.asks(run.ID)[0].ID, chat.Decision{Approved: true, Scope: chat.InThread})
		synctest.Wait()
		left := b.asks(run.ID)
		if len(left) != 1 {
			t.Fatalf("%d calls wait, want that of the other tool", len(left))
		}
		b.decide(run.ID, left[0].ID, chat.Decision{})
		live := b.follow(run.ID, 0)
		b.checkWhole(run, live)
		got := outline(live)
		for _, want := range []string{"tool-approval-response c2 true thread", `tool-output-available {"n":2}`, "tool-approval-response c3 false "} {
			if !slices.Contains(got, want) {
				t.Errorf("no %q in %v", want, got)
			}
		}
	})
}

// Servers may have tools of the same name that say the same of themselves.
func TestAnApprovalIsOfOneServer(t *testing.T) {
	tool := func(id, url string) chat.Tool {
		return chat.Tool{ToolRef: chat.ToolRef{Name: id + "__close", Server: id, ServerName: id, Tool: "close"}, Description: "Closes.", ServerURL: url}
	}
	crm, erp := tool("crm", "https://crm"), tool("erp", "https://erp")
	for _, scope := range []chat.Scope{chat.InThread, chat.Everywhere} {
		t.Run(string(scope), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := newBench(t, chattest.NewModel(chattest.Reply{Chunks: []chat.Chunk{
					chat.HostedApproval{CallID: "c1", Tool: crm.ToolRef, Arguments: `{}`},
					chat.HostedApproval{CallID: "c2", Tool: erp.ToolRef, Arguments: `{}`},
					chat.HostedApproval{CallID: "c3", Tool: crm.ToolRef, Arguments: `{}`},
					chat.ReplyDone{Reason: "tool-calls"},
				}}), nil)
				b.tools.ByProvider(
					chat.RemoteServer{ID: "crm", Name: "crm", URL: "https://crm", Tools: []chat.Tool{crm}},
					chat.RemoteServer{ID: "erp", Name: "erp", URL: "https://erp", Tools: []chat.Tool{erp}},
				)
				run := b.ask(chat.Question{Text: "Close"})
				synctest.Wait()
				waiting := b.asks(run.ID)
				b.decide(run.ID, waiting[0].ID, chat.Decision{Approved: true, Scope: scope})
				synctest.Wait()
				if left := b.asks(run.ID); len(left) != 1 || left[0].ID != waiting[1].ID {
					t.Fatalf("%d calls wait, want that of the other server", len(left))
				}
				b.decide(run.ID, waiting[1].ID, chat.Decision{})
				live := b.follow(run.ID, 0)
				b.checkWhole(run, live)
			})
		})
	}
}

// Another goroutine, or another process after a crash, may see a denial when only the
// first of its two events has happened.
func TestADeniedCallIsNeverCarriedOut(t *testing.T) {
	answered := func(approved bool) chat.Message {
		return chat.Message{Parts: chat.Parts{chat.ToolPart{CallID: "c1", State: chat.CallAnswered, Approval: &chat.Approval{ID: "a", Approved: &approved}}}}
	}
	if got := chat.Answered(answered(false)); len(got) > 0 {
		t.Errorf("to be carried out: %+v", got)
	}
	if got := chat.Answered(answered(true)); len(got) != 1 {
		t.Errorf("an approved call is not to be carried out: %+v", got)
	}
	if diff := cmp.Diff([]chat.Event{chat.ToolOutputDenied{CallID: "c1"}}, chat.Closing(answered(false), "It may have been carried out.")); diff != "" {
		t.Errorf("how it is closed (-want +got):\n%s", diff)
	}
}

func TestWhatTheModelWroteIsKeptBesideWhatThePersonMadeOfIt(t *testing.T) {
	const wrote = `{"n":1,"big":12345678901234567890}`
	for _, tt := range []struct {
		name          string
		edited        string
		called, wrote string
	}{
		{"as it was", "", wrote, ""},
		{"the same in other words", `{ "big": 12345678901234567890, "n": 1 }`, wrote, ""},
		{"another number", `{"n":1,"big":12345678901234567891}`, `{"n":1,"big":12345678901234567891}`, wrote},
		{"nothing", `{}`, `{}`, wrote},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := newBench(t, chattest.NewModel(chattest.Ask(write("c1", wrote)), chattest.Say("Done.")), writers)
				run := b.ask(chat.Question{Text: "Write"})
				synctest.Wait()
				b.decide(run.ID, b.asks(run.ID)[0].ID, chat.Decision{Approved: true, Input: edited(tt.edited)})
				b.checkWhole(run, b.follow(run.ID, 0))
				call := b.answerOf(run.ID).Parts[0].(chat.ToolPart)
				got := []string{call.Output.Text, string(call.Input), string(call.ModelInput)}
				if diff := cmp.Diff([]string{tt.called, tt.called, tt.wrote}, got); diff != "" {
					t.Errorf("the call, its arguments, and what the model wrote (-want +got):\n%s", diff)
				}
			})
		})
	}
}

func edited(arguments string) json.RawMessage {
	if arguments == "" {
		return nil
	}
	return json.RawMessage(arguments)
}
