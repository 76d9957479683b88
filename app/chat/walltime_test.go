package chat_test

import (
	"context"
	"encoding/json"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/chat/chattest"
)

// A run has one time for all of its work, however often it waits in between.
func TestTheTimeOfARunIsForAllOfItsWork(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ask := chattest.Ask(write("c1", `{}`))
		b := newBench(t, chattest.NewModel(ask, ask, ask, chattest.Say("Done.")), map[string]chattest.ToolFunc{
			"write": func(ctx context.Context, _ json.RawMessage) (chat.ToolResult, error) {
				select {
				case <-time.After(25 * time.Second):
					return chat.ToolResult{Text: "Written."}, nil
				case <-ctx.Done():
					return chat.ToolResult{}, ctx.Err()
				}
			},
		}, func(c *chat.EngineConfig) { c.Limits.MaxTime = time.Minute })
		run := b.ask(chat.Question{Text: "Write"})
		for range 3 {
			synctest.Wait()
			time.Sleep(time.Hour)
			b.decide(run.ID, b.asks(run.ID)[0].ID, chat.Decision{Approved: true})
			time.Sleep(25 * time.Second)
		}
		live := b.follow(run.ID, 0)
		b.checkWhole(run, live)
		got := outline(live)
		const want = "error limit The answer was not complete after 1 minute, the longest that is allowed. Let it continue, or ask for less at once."
		if n := count(got, "tool-output-available Written."); n != 2 || got[len(got)-1] != want {
			t.Errorf("it made %d calls, and ended with %q", n, got[len(got)-1])
		}
	})
}

func count(all []string, one string) int {
	return len(slices.DeleteFunc(slices.Clone(all), func(s string) bool { return s != one }))
}
