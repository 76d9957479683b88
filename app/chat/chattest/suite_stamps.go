package chattest

import (
	"cmp"
	"maps"
	"slices"

	"github.com/pomerium/pomchat/app/chat"
)

// stamps changes a thread in every way. Its times stay where they can, so that nothing but
// the stamp tells one run from the next.
func stamps(c *storeCase) {
	c.must(c.CreateThread(c.ctx, ann, thread("t", "", 9)))
	ends := func(run, answerID string, status chat.Status, text string) func() error {
		return func() error {
			r, done := c.run("t", run, answerID), answer(answerID, "", run)
			r.Status, done.Status, done.Parts = status, status, chat.Parts{chat.TextPart{ID: "0", Text: text, State: "done"}}
			return c.EndRun(c.ctx, r, nil, done)
		}
	}
	begins := func(run, answerID string) func() error {
		return func() error {
			return c.BeginRun(c.ctx, c.run("t", run, answerID), []chat.Message{begun(answerID, "", run)}, "", chat.Settings{})
		}
	}
	patch := func(p chat.ThreadPatch) func() error {
		return func() error { _, err := c.UpdateThread(c.ctx, ann, "t", p); return err }
	}
	title, before, yes, model := "Orders", "", true, "m"
	type state struct {
		Thread   chat.Thread
		Messages []chat.Message
	}
	known := map[string]string{}
	for _, tt := range []struct {
		name   string
		change func() error
		active bool
	}{
		{"nothing yet", func() error { return nil }, false},
		{"a title", patch(chat.ThreadPatch{Title: &title}), false},
		{"the same title", patch(chat.ThreadPatch{Title: &title}), false},
		{"the title from before", patch(chat.ThreadPatch{Title: &before}), false},
		{"the archive", patch(chat.ThreadPatch{Archived: &yes}), false},
		{"settings", patch(chat.ThreadPatch{Settings: &chat.SettingsPatch{Model: &model}}), false},
		{"a run begins", begins("r1", "a1"), true},
		{"its answer is saved", func() error { return c.SaveAnswer(c.ctx, c.run("t", "r1", "a1"), begun("a1", "", "r1")) }, true},
		{"it ends", ends("r1", "a1", chat.StatusFinished, "One"), false},
		{"it cannot end again", func() error {
			c.kind("end", ends("r1", "a1", chat.StatusFailed, "Two")(), chat.KindConflict)
			c.kind("save", c.SaveAnswer(c.ctx, c.run("t", "r1", "a1"), answer("a1", "", "r1")), chat.KindConflict)
			return nil
		}, false},
		{"its answer is seen", func() error { return c.SeeThread(c.ctx, ann, "t", at(9)) }, false},
		{"it is seen again", func() error { return c.SeeThread(c.ctx, ann, "t", at(9)) }, false},
		{"another begins", begins("r2", "a2"), true},
		{"and fails", ends("r2", "a2", chat.StatusFailed, "Three"), false},
		{"old events are given up", func() error { _, err := c.PruneEvents(c.ctx, at(99)); return err }, false},
		{"another thread is written to", func() error { c.begin("t2", "r3", "q3", "a3"); return nil }, false},
	} {
		c.must(tt.change())
		stamp, err := c.Stamp(c.ctx, ann, "t")
		c.must(err)
		var now state
		now.Thread, err = c.Storage.Thread(c.ctx, ann, "t")
		c.must(err)
		now.Messages, err = c.Messages(c.ctx, ann, "t")
		c.must(err)
		if tt.active || stamp == "" {
			same(c, tt.name+": no stamp", stamp == "", tt.active)
			continue
		}
		same(c, tt.name+": states of this stamp", cmp.Or(known[stamp], show(now)), show(now))
		known[stamp] = show(now)
	}
	states := slices.Sorted(maps.Values(known))
	same(c, "states that have several stamps", len(slices.Compact(states)), len(known))
}
