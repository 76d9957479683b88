package chat_test

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/chat/chattest"
)

// sensitive is a run of a call that waits for approval, and what it did.
type sensitive struct {
	*bench
	run  chat.Started
	made []string
}

// newSensitive asks for a call of pomchat, or of the provider.
func newSensitive(t *testing.T, hosted bool) *sensitive {
	reply := chattest.Ask(write("c1", `{"n":1}`))
	ref := chat.ToolRef{Name: "crm__write", Server: "crm", ServerName: "CRM", Tool: "write"}
	if hosted {
		reply = chattest.Reply{Chunks: []chat.Chunk{
			chat.ItemDone{PartID: "c1", Raw: json.RawMessage(`{"own":1}`)},
			chat.HostedApproval{CallID: "c1", Tool: ref, Arguments: `{"n":1}`}, chat.ReplyDone{Reason: "tool-calls"},
		}}
	}
	s := &sensitive{bench: newBench(t, chattest.NewModel(reply, chattest.Say("Done.")), nil)}
	s.tools.Watched("write", func(_ context.Context, arguments json.RawMessage, _ chat.Watcher) (chat.ToolResult, error) {
		s.made = append(s.made, string(arguments))
		return chat.ToolResult{Text: "Written."}, nil
	})
	s.tools.ByProvider(chat.RemoteServer{ID: "crm", Name: "CRM", URL: "https://crm.example.com", Tools: []chat.Tool{{ToolRef: ref, ServerURL: "https://crm.example.com"}}})
	s.run = s.ask(chat.Question{Text: "Write"})
	synctest.Wait()
	return s
}

// told is what the provider is told of the call, in the second request to it.
func (s *sensitive) told() string {
	prompts := s.model.Prompts()
	if len(prompts) < 2 {
		return "nothing"
	}
	path := prompts[1].Path
	call := path[len(path)-1].Parts[0].(chat.ToolPart)
	approved := call.Approval != nil && call.Approval.Approved != nil && *call.Approval.Approved
	return fmt.Sprint(call.State, " ", approved)
}

func TestAnApprovalIsCheckedAgainWhenTheCallIsCarriedOut(t *testing.T) {
	const changed = "tool-approval-request c1 The tool is not as it was when you approved it."
	for _, tt := range []struct {
		name   string
		retell func(*chat.Tool)
		again  bool
	}{
		{"as it was", func(*chat.Tool) {}, false},
		{"another title", func(t *chat.Tool) { t.Title = "Other" }, false},
		{"another description", func(t *chat.Tool) { t.Description = "Writes all." }, true},
		{"another address of the server", func(t *chat.Tool) { t.ServerURL = "https://evil" }, true},
		{"another promise, which needs no approval", func(t *chat.Tool) { t.ReadOnly, t.Trusted = true, true }, true},
	} {
		for _, hosted := range []bool{false, true} {
			for _, crash := range []bool{false, true} {
				t.Run(fmt.Sprintf("%s/by the provider %v/after a crash %v", tt.name, hosted, crash), func(t *testing.T) {
					synctest.Test(t, func(t *testing.T) {
						s := newSensitive(t, hosted)
						if crash {
							s.bench = s.restarted()
						}
						first := s.asks(s.run.ID)[0]
						s.tools.Retell(tt.retell)
						s.decide(s.run.ID, first.ID, chat.Decision{Approved: true, Scope: chat.Everywhere})
						synctest.Wait()
						if again := s.asks(s.run.ID); len(again) > 0 != tt.again {
							t.Fatalf("asked again: %v, want %v", len(again) > 0, tt.again)
						}
						if tt.again {
							if len(s.made) > 0 || s.told() != "nothing" {
								t.Errorf("it was called with %v, and the provider told %s", s.made, s.told())
							}
							second := s.asks(s.run.ID)[0]
							if err := s.Decide(t.Context(), s.caller, s.run.ID, first.ID, chat.Decision{Approved: true}); chat.KindOf(err) != chat.KindNotFound {
								t.Errorf("the old approval: %v, want not found", err)
							}
							s.decide(s.run.ID, second.ID, chat.Decision{Approved: true})
						}
						live := s.follow(s.run.ID, 0)
						s.checkWhole(s.run, live)
						if got := slices.Contains(outline(live), changed); got != tt.again {
							t.Errorf("it is said that the tool has changed: %v, want %v", got, tt.again)
						}
						if want := "approval-responded true"; hosted && s.told() != want {
							t.Errorf("the provider is told %q, want %q", s.told(), want)
						}
						if diff := cmp.Diff([]string{`{"n":1}`}, s.made); !hosted && diff != "" {
							t.Errorf("calls (-want +got):\n%s", diff)
						}
					})
				})
			}
		}
	}
}

func TestAnApprovedToolThatIsGoneIsNotCalled(t *testing.T) {
	for _, tt := range []struct {
		hosted bool
		want   string
	}{
		{false, `tool-output-error There is no tool called "desk__write".`},
		{true, "tool-output-error The tool is not there any more, so the call was not made."},
	} {
		synctest.Test(t, func(t *testing.T) {
			s := newSensitive(t, tt.hosted)
			next := s.restarted(func(c *chat.EngineConfig) { c.Toolbox = chattest.NewToolbox(nil) })
			next.decide(s.run.ID, next.asks(s.run.ID)[0].ID, chat.Decision{Approved: true})
			live := next.follow(s.run.ID, 0)
			if got := outline(live); !slices.Contains(got, tt.want) || got[len(got)-1] != "finish stop" {
				t.Errorf("the run went on as %v", got)
			}
			next.checkWhole(s.run, live)
		})
	}
}
