package chattest

import (
	"fmt"
	"slices"
	"time"

	"github.com/pomerium/pomchat/app/chat"
)

func roundTripThread(c *storeCase) {
	for i, servers := range [][]string{nil, {}, {"northwind", "github"}} {
		want := thread(fmt.Sprint("t", i), "Größe & <b>", i)
		want.Settings = chat.Settings{Model: "gpt", Servers: servers}
		want.Archived = i == 1
		given := want
		given.ActiveRun, given.Unread = "run_made_up", true
		given.CreatedAt = want.CreatedAt.In(time.FixedZone("there", 3600)).Add(789)
		c.must(c.CreateThread(c.ctx, ann, given))
		got, err := c.Thread(c.ctx, ann, want.ID)
		c.must(err)
		same(c, "thread", got, want)
		c.kind("same id again", c.CreateThread(c.ctx, bob, given), chat.KindConflict)
	}
}

func isolation(c *storeCase) {
	c.begin("t", "r", "q", "a")
	c.must(c.AppendEvents(c.ctx, "r", numbered(1, chat.StartStep{})))
	before := c.everything("t", "r")
	foreign := c.run("t", "r2", "a2")
	foreign.Owner = bob
	title := "stolen"
	ended := c.run("t", "r", "a")
	ended.Owner, ended.Status = bob, chat.StatusFailed
	for name, try := range map[string]func() error{
		"Thread": func() error { _, err := c.Thread(c.ctx, bob, "t"); return err },
		"UpdateThread": func() error {
			_, err := c.UpdateThread(c.ctx, bob, "t", chat.ThreadPatch{Title: &title})
			return err
		},
		"SeeThread":    func() error { return c.SeeThread(c.ctx, bob, "t", at(9)) },
		"DeleteThread": func() error { return c.DeleteThread(c.ctx, bob, "t") },
		"Stamp":        func() error { _, err := c.Stamp(c.ctx, bob, "t"); return err },
		"Messages":     func() error { _, err := c.Messages(c.ctx, bob, "t"); return err },
		"BeginRun":     func() error { return c.BeginRun(c.ctx, foreign, nil, title, chat.Settings{}) },
		"EndRun":       func() error { return c.EndRun(c.ctx, ended, nil, answer("a", "q", "r")) },
		"Run":          func() error { _, err := c.Storage.Run(c.ctx, bob, "r"); return err },
		"Events":       func() error { _, err := c.Events(c.ctx, bob, "r", 0); return err },
	} {
		c.kind(name, try(), chat.KindNotFound)
	}
	same(c, "after all that", c.everything("t", "r"), before)
	same(c, "the other's list", c.list(bob, chat.ThreadQuery{Limit: 9}), nil)
	same(c, "the other's search", c.list(bob, chat.ThreadQuery{Limit: 9, Search: "question"}), nil)
}

func absence(c *storeCase) {
	for name, try := range map[string]func() error{
		"Thread":       func() error { _, err := c.Thread(c.ctx, ann, "t"); return err },
		"UpdateThread": func() error { _, err := c.UpdateThread(c.ctx, ann, "t", chat.ThreadPatch{}); return err },
		"SeeThread":    func() error { return c.SeeThread(c.ctx, ann, "t", at(9)) },
		"DeleteThread": func() error { return c.DeleteThread(c.ctx, ann, "t") },
		"Stamp":        func() error { _, err := c.Stamp(c.ctx, ann, "t"); return err },
		"Messages":     func() error { _, err := c.Messages(c.ctx, ann, "t"); return err },
		"BeginRun":     func() error { return c.BeginRun(c.ctx, c.run("t", "r", "a"), nil, "", chat.Settings{}) },
		"AppendEvents": func() error { return c.AppendEvents(c.ctx, "r", numbered(1, chat.StartStep{})) },
		"EndRun":       func() error { return c.EndRun(c.ctx, c.ended("t", "r", "a"), nil, answer("a", "", "r")) },
		"Run":          func() error { _, err := c.Storage.Run(c.ctx, ann, "r"); return err },
		"Events":       func() error { _, err := c.Events(c.ctx, ann, "r", 0); return err },
	} {
		c.kind(name, try(), chat.KindNotFound)
	}
}

func paging(c *storeCase) {
	const n = 23
	var want []string
	for i := range n {
		c.must(c.CreateThread(c.ctx, ann, thread(fmt.Sprintf("t%02d", i), "Orders", i/5)))
		c.must(c.CreateThread(c.ctx, bob, thread(fmt.Sprintf("b%02d", i), "Orders", i/5)))
		want = append(want, fmt.Sprintf("t%02d", i))
	}
	slices.Reverse(want)
	for _, limit := range []int{1, 2, 5, 7, n - 1, n, n + 1} {
		for _, words := range []string{"", "orders"} {
			got := c.list(ann, chat.ThreadQuery{Limit: limit, Search: words})
			same(c, fmt.Sprintf("pages of %d, search %q", limit, words), got, want)
		}
	}
}

func badPages(c *storeCase) {
	c.must(c.CreateThread(c.ctx, ann, thread("t", "", 0)))
	for _, q := range []chat.ThreadQuery{{}, {Limit: -1}, {Limit: 5, Cursor: "?"}, {Limit: 5, Cursor: "YWJj"}} {
		_, err := c.ListThreads(c.ctx, ann, q)
		c.kind(fmt.Sprintf("%+v", q), err, chat.KindInvalid)
	}
}

func search(c *storeCase) {
	c.begin("a", "r1", "q1", "a1")
	done := answer("a1", "q1", "r1")
	done.Parts = chat.Parts{
		chat.ReasoningPart{ID: "0", Text: "secretly", State: "done"},
		chat.TextPart{ID: "1", Text: "Ernst Händel's café ordered \"Gudbrandsdalsost\" — 42 crates.", State: "done"},
		chat.AttachmentPart{ID: "a1", Name: "harbours.csv", MediaType: "text/csv", Text: "name\nTrieste\n"},
	}
	c.must(c.EndRun(c.ctx, c.ended("a", "r1", "a1"), nil, done))
	c.must(c.CreateThread(c.ctx, ann, thread("b", "Freight of NEAR ships, 1997", 5)))
	for _, tt := range []struct {
		words string
		want  []string
	}{
		{"", []string{"b", "a"}},
		{"  ", []string{"b", "a"}},
		{"  ...  ", nil},
		{"%", nil},
		{"cafe", []string{"a"}},
		{"CAFÉ", []string{"a"}},
		{"hand ernst", []string{"a"}},
		{"Händel’s", []string{"a"}},
		{"question gudbrands", []string{"a"}},
		{"42", []string{"a"}},
		{"harbours trieste", []string{"a"}},
		{"andel", nil},
		{"ernst freight", nil},
		{"secretly", nil},
		{"1997", []string{"b"}},
		{"near", []string{"b"}},
		{`NEAR("freight" AND) OR text:* ^ships -`, nil},
		{`"freight* ships"`, []string{"b"}},
	} {
		same(c, fmt.Sprintf("search %q", tt.words), c.list(ann, chat.ThreadQuery{Limit: 9, Search: tt.words}), tt.want)
	}
	renamed := "Shipping"
	_, err := c.UpdateThread(c.ctx, ann, "b", chat.ThreadPatch{Title: &renamed})
	c.must(err)
	same(c, "the old title", c.list(ann, chat.ThreadQuery{Limit: 9, Search: "freight"}), nil)
	same(c, "the new title", c.list(ann, chat.ThreadQuery{Limit: 9, Search: "shipping"}), []string{"b"})
	c.must(c.DeleteThread(c.ctx, ann, "a"))
	same(c, "a deleted thread", c.list(ann, chat.ThreadQuery{Limit: 9, Search: "cafe"}), nil)
}

func patches(c *storeCase) {
	title, yes, model, servers := "New", true, "m", []string{"s"}
	var all []string
	for i, tt := range []struct {
		patch chat.ThreadPatch
		want  func(t *chat.Thread)
	}{
		{chat.ThreadPatch{}, func(*chat.Thread) {}},
		{chat.ThreadPatch{Title: &title}, func(t *chat.Thread) { t.Title = title }},
		{chat.ThreadPatch{Archived: &yes}, func(t *chat.Thread) { t.Archived = true }},
		{chat.ThreadPatch{Settings: &chat.SettingsPatch{Model: &model}}, func(t *chat.Thread) { t.Settings.Model = model }},
		{chat.ThreadPatch{Settings: &chat.SettingsPatch{Model: &model, Servers: &servers}}, func(t *chat.Thread) { t.Settings = chat.Settings{Model: model, Servers: servers} }},
		{chat.ThreadPatch{Settings: &chat.SettingsPatch{Servers: &all, Mixed: &yes}}, func(t *chat.Thread) { t.Settings.Mixed = true }},
	} {
		want := thread(fmt.Sprint("t", i), "Old", 2)
		c.must(c.CreateThread(c.ctx, ann, want))
		tt.want(&want)
		got, err := c.UpdateThread(c.ctx, ann, want.ID, tt.patch)
		c.must(err)
		same(c, "answer to the patch", got, want)
		got, err = c.Thread(c.ctx, ann, want.ID)
		c.must(err)
		same(c, "thread after the patch", got, want)
	}
}

func archive(c *storeCase) {
	yes := true
	for i := range 4 {
		c.must(c.CreateThread(c.ctx, ann, thread(fmt.Sprint("t", i), "", i)))
	}
	for _, id := range []string{"t1", "t2"} {
		_, err := c.UpdateThread(c.ctx, ann, id, chat.ThreadPatch{Archived: &yes})
		c.must(err)
	}
	same(c, "at hand", c.list(ann, chat.ThreadQuery{Limit: 1}), []string{"t3", "t0"})
	same(c, "archived", c.list(ann, chat.ThreadQuery{Limit: 1, Archived: true}), []string{"t2", "t1"})
	same(c, "any", c.list(ann, chat.ThreadQuery{Limit: 1, Any: true}), []string{"t3", "t2", "t1", "t0"})
}
