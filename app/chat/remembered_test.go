package chat_test

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"testing"
	"testing/synctest"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/chat/chattest"
)

// remembering is a toolbox that opens servers as it remembers them, and asks them anew
// where it is asked for one.
type remembering struct {
	*chattest.Toolbox
	last *chattest.Toolbox
}

func (r remembering) Open(ctx context.Context, c chat.Caller, ids []string) (chat.Tools, error) {
	return r.last.Open(ctx, c, ids)
}

// A tool that was changed since the person was asked is asked for again, although what is
// remembered of its server, or was opened with the run, is as it was.
func TestAnApprovedToolIsLookedAtOnceMoreBeforeItIsCalled(t *testing.T) {
	const (
		made  = `tool-output-available {"n":1}`
		again = "tool-approval-request c1 The tool is not as it was when you approved it."
		gone  = "tool-output-error The tool is not there any more, so the call was not made."
	)
	for _, tt := range []struct {
		name      string
		meanwhile func(*chattest.Toolbox)
		want      string
	}{
		{"nothing is changed", func(*chattest.Toolbox) {}, made},
		{"what it says is changed", func(b *chattest.Toolbox) { b.Retell(func(t *chat.Tool) { t.Description = "Deletes all." }) }, again},
		{"it is gone", func(b *chattest.Toolbox) { b.Retell(func(t *chat.Tool) { t.Tool += "_more" }) }, gone},
	} {
		for _, beside := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s/beside another call %v", tt.name, beside), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					over := make(chan struct{})
					calls := []chat.CallReady{write("c1", `{"n":1}`)}
					if beside {
						calls = append(calls, chat.CallReady{CallID: "c2", Name: "desk__slow", Arguments: `{}`})
					}
					var live *chattest.Toolbox
					b := newBench(t, chattest.NewModel(chattest.Ask(calls...), chattest.Say("Done.")), map[string]chattest.ToolFunc{
						"write": echo,
						"slow": func(context.Context, json.RawMessage) (chat.ToolResult, error) {
							<-over
							return chat.ToolResult{Text: "ok"}, nil
						},
					}, func(c *chat.EngineConfig) {
						live = c.Toolbox.(*chattest.Toolbox)
						c.Toolbox = remembering{live, live.Clone()}
					})
					run := b.ask(chat.Question{Text: "Write"})
					synctest.Wait()
					tt.meanwhile(live)
					b.decide(run.ID, b.asks(run.ID)[0].ID, chat.Decision{Approved: true, Scope: chat.Everywhere})
					close(over)
					synctest.Wait()
					for _, ask := range b.asks(run.ID) {
						b.decide(run.ID, ask.ID, chat.Decision{})
					}
					events := b.follow(run.ID, 0)
					b.checkWhole(run, events)
					if got := outline(events); !slices.Contains(got, tt.want) || slices.Contains(got, made) != (tt.want == made) {
						t.Errorf("it went on as %v", got)
					}
				})
			})
		}
	}
}
