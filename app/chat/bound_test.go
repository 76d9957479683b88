package chat_test

import (
	"encoding/json"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/chat/chattest"
)

// What a person makes of the arguments of one call is not what the others are called with.
func TestWhatAPersonChangesIsOneCall(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, chattest.NewModel(chattest.Ask(write("c1", `{"n":1}`), write("c2", `{"n":2}`)), chattest.Say("Done.")), writers)
		run := b.ask(chat.Question{Text: "Write"})
		synctest.Wait()
		b.decide(run.ID, b.asks(run.ID)[0].ID, chat.Decision{Approved: true, Scope: chat.InThread, Input: json.RawMessage(`{"n":3}`)})
		b.checkWhole(run, b.follow(run.ID, 0))
		var got []string
		for _, p := range b.answerOf(run.ID).Parts {
			if call, ok := p.(chat.ToolPart); ok {
				got = append(got, call.CallID+" "+string(call.Input)+" "+string(call.ModelInput)+" "+call.Output.Text)
			}
		}
		if diff := cmp.Diff([]string{`c1 {"n":3} {"n":1} {"n":3}`, `c2 {"n":2}  {"n":2}`}, got); diff != "" {
			t.Errorf("the calls (-want +got):\n%s", diff)
		}
	})
}

// An approval for longer answers what waits if that was asked of the same tool, as it was.
func TestWhichCallsThatWaitAnApprovalAnswers(t *testing.T) {
	tool := chat.ToolRef{Server: "crm", Tool: "close"}
	asked := chat.Approval{ServerURL: "https://crm", Of: "hash"}
	grant := chat.Grant{Scope: chat.Everywhere, Server: "crm", Tool: "close", ServerURL: "https://crm", Fingerprint: "hash"}
	for _, tt := range []struct {
		name  string
		tool  chat.ToolRef
		asked chat.Approval
		want  bool
	}{
		{"the same", tool, asked, true},
		{"another server", chat.ToolRef{Server: "erp", Tool: "close"}, asked, false},
		{"another tool", chat.ToolRef{Server: "crm", Tool: "open"}, asked, false},
		{"at another address", tool, chat.Approval{ServerURL: "https://evil", Of: "hash"}, false},
		{"described otherwise", tool, chat.Approval{ServerURL: "https://crm", Of: "other"}, false},
	} {
		if got := chat.Answers(grant, chat.ToolPart{Tool: tt.tool, Approval: &tt.asked}); got != tt.want {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
}

// Two tabs answer at once, while the run waits for something else: one decides, the others
// are told that it was decided.
func TestOneOfManyDecisionsCounts(t *testing.T) {
	for _, parked := range []bool{true, false} {
		synctest.Test(t, func(t *testing.T) {
			more := chat.CallReady{CallID: "c2", Name: "desk__write_more", Arguments: `{}`}
			b := newBench(t, chattest.NewModel(chattest.Ask(write("c1", `{}`), more), chattest.Say("Done.")), writers,
				func(c *chat.EngineConfig) { c.Limits.MaxPerUser = 1 })
			run := b.ask(chat.Question{Text: "Write"})
			synctest.Wait()
			asks := b.asks(run.ID)
			if !parked {
				b.decide(run.ID, asks[1].ID, chat.Decision{Approved: true})
			}
			var won, late atomic.Int64
			var all sync.WaitGroup
			for i := range 20 {
				all.Go(func() {
					switch err := b.Decide(t.Context(), b.caller, run.ID, asks[0].ID, chat.Decision{Approved: i%2 == 0}); {
					case err == nil:
						won.Add(1)
					case chat.KindOf(err) == chat.KindConflict:
						late.Add(1)
					default:
						t.Errorf("a decision: %v", err)
					}
				})
			}
			all.Wait()
			synctest.Wait()
			if won.Load() != 1 || late.Load() != 19 {
				t.Errorf("%d decisions count, and %d come too late", won.Load(), late.Load())
			}
			if parked {
				b.decide(run.ID, asks[1].ID, chat.Decision{Approved: true})
			}
			live := b.follow(run.ID, 0)
			b.checkWhole(run, live)
			decided := slices.DeleteFunc(outline(live), func(s string) bool { return !strings.HasPrefix(s, "tool-approval-response c1 ") })
			if len(decided) != 1 {
				t.Errorf("it is told that %v", decided)
			}
		})
	}
}

// While a call waited, its name may have gone to another tool.
func TestACallIsNotMadeOfAnotherToolOfItsName(t *testing.T) {
	for _, retell := range []func(*chat.Tool){
		func(t *chat.Tool) { t.Server, t.ServerName = "other", "Other" },
		func(t *chat.Tool) { t.Tool = "write_all" },
		func(t *chat.Tool) { t.Server, t.ReadOnly = "other", true },
	} {
		synctest.Test(t, func(t *testing.T) {
			s := newSensitive(t, false)
			s.tools.Retell(retell)
			s.decide(s.run.ID, s.asks(s.run.ID)[0].ID, chat.Decision{Approved: true})
			live := s.follow(s.run.ID, 0)
			s.checkWhole(s.run, live)
			const want = "tool-output-error Another tool has that name now, so the call was not made."
			if got := outline(live); !slices.Contains(got, want) || len(s.made) > 0 {
				t.Errorf("calls %v were made, and it went on as %v", s.made, got)
			}
		})
	}
}

// The provider calls what needs no approval, and asks for the rest.
func TestTheProviderIsToldWhatToAskFor(t *testing.T) {
	tool := func(name string, readOnly, trusted bool) chat.Tool {
		return chat.Tool{
			ToolRef:   chat.ToolRef{Name: "crm__" + name, Server: "crm", ServerName: "CRM", Tool: name},
			ServerURL: "https://crm.example.com", ReadOnly: readOnly, Trusted: trusted,
		}
	}
	server := chat.RemoteServer{ID: "crm", Name: "CRM", URL: "https://crm.example.com", Tools: []chat.Tool{
		tool("find", true, true), tool("find_in_secret", true, true), tool("guess", true, false), tool("off", true, true), tool("write", false, true),
	}}
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, chattest.NewModel(chattest.Say("Done.")), nil, func(c *chat.EngineConfig) { c.Approvals.AlwaysAsk = []string{"crm/*secret"} })
		b.tools.ByProvider(server)
		b.follow(b.ask(chat.Question{Text: "Find", Chosen: chat.Settings{ToolsOff: []string{"crm__off"}}}).ID, 0)
		got := b.model.Prompts()[0].Remote[0]
		var all []string
		for _, tool := range got.Tools {
			all = append(all, tool.Tool)
		}
		if diff := cmp.Diff([]string{"find", "find_in_secret", "guess", "write"}, all); diff != "" {
			t.Errorf("its tools (-want +got):\n%s", diff)
		}
		if diff := cmp.Diff([]string{"find_in_secret", "guess", "write"}, got.Ask); diff != "" {
			t.Errorf("what it asks for (-want +got):\n%s", diff)
		}
	})
}

// What is carried out elsewhere is carried out as it was asked for.
func TestTheArgumentsOfACallOfTheProviderStay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSensitive(t, true)
		ask := s.asks(s.run.ID)[0]
		err := s.Decide(t.Context(), s.caller, s.run.ID, ask.ID, chat.Decision{Approved: true, Input: json.RawMessage(`{"n":2}`)})
		if chat.KindOf(err) != chat.KindInvalid || len(s.asks(s.run.ID)) != 1 {
			t.Errorf("approved with other arguments: %v, and %d calls wait", err, len(s.asks(s.run.ID)))
		}
		s.decide(s.run.ID, ask.ID, chat.Decision{Approved: true})
		s.follow(s.run.ID, 0)
	})
}
