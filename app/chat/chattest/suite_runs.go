package chattest

import (
	"fmt"
	"slices"
	"sync"

	"github.com/pomerium/pomchat/app/chat"
)

func lifeOfRun(c *storeCase) {
	c.begin("t", "r", "q", "a")
	want := thread("t", "Question", 0)
	want.Settings = chat.Settings{Model: "m", Servers: []string{}}
	want.UpdatedAt, want.ActiveRun = at(2), "r"
	got, err := c.Thread(c.ctx, ann, "t")
	c.must(err)
	same(c, "thread while it runs", got, want)
	same(c, "listed while it runs", c.firstPage(ann), chat.ThreadPage{Threads: []chat.Thread{want}})

	c.must(c.AppendEvents(c.ctx, "r", numbered(1, chat.StartStep{})))
	for _, bad := range []struct {
		name   string
		status chat.Status
		events []chat.Numbered
		answer string
		want   chat.Kind
	}{
		{"a run that goes on", chat.StatusRunning, nil, "a", chat.KindInvalid},
		{"the answer of another run", chat.StatusFinished, nil, "q", chat.KindInvalid},
		{"a gap", chat.StatusFinished, numbered(3, chat.FinishStep{}), "a", chat.KindConflict},
	} {
		before := c.everything("t", "r")
		r := c.run("t", "r", "a")
		r.Status = bad.status
		c.kind(bad.name, c.EndRun(c.ctx, r, bad.events, answer(bad.answer, "q", "r")), bad.want)
		same(c, "after "+bad.name, c.everything("t", "r"), before)
	}

	r, last := c.ended("t", "r", "a"), answer("a", "q", "r")
	c.must(c.EndRun(c.ctx, r, numbered(2, chat.FinishStep{}, chat.Finish{Reason: "stop"}), last))
	want.UpdatedAt, want.ActiveRun, want.Unread = *last.EndedAt, "", true
	same(c, "all after the end", c.everything("t", "r"), snapshot{
		Thread: want, Run: r, Messages: []chat.Message{question("q"), last}, Native: last.Native,
		Events: numbered(1, chat.StartStep{}, chat.FinishStep{}, chat.Finish{Reason: "stop"}),
	})
	c.kind("a second end", c.EndRun(c.ctx, r, nil, last), chat.KindConflict)
	c.kind("events after the end", c.AppendEvents(c.ctx, "r", numbered(4, chat.StartStep{})), chat.KindConflict)
}

func oneRun(c *storeCase) {
	c.begin("t", "r", "q", "a")
	second := []chat.Message{begun("a2", "q", "r2")}
	c.kind("a second run", c.BeginRun(c.ctx, c.run("t", "r2", "a2"), second, "", chat.Settings{}), chat.KindConflict)
	c.begin("other", "r3", "q3", "a3")
	c.must(c.EndRun(c.ctx, c.ended("t", "r", "a"), nil, answer("a", "q", "r")))
	c.must(c.BeginRun(c.ctx, c.run("t", "r2", "a2"), second, "", chat.Settings{}))
}

func race(c *storeCase) {
	c.must(c.CreateThread(c.ctx, ann, thread("t", "", 0)))
	const n = 8
	errs := make([]error, n)
	var wait sync.WaitGroup
	for i := range n {
		wait.Go(func() {
			r := c.run("t", fmt.Sprint("r", i), fmt.Sprint("a", i))
			errs[i] = c.BeginRun(c.ctx, r, []chat.Message{begun(r.MessageID, "", r.ID)}, "", chat.Settings{})
		})
	}
	wait.Wait()
	won := 0
	for _, err := range errs {
		if err == nil {
			won++
			continue
		}
		c.kind("a loser", err, chat.KindConflict)
	}
	same(c, "winners", won, 1)
	all, err := c.Messages(c.ctx, ann, "t")
	c.must(err)
	same(c, "messages", len(all), 1)
}

func nothing(c *storeCase) {
	c.begin("t", "r", "q", "a")
	c.must(c.EndRun(c.ctx, c.ended("t", "r", "a"), nil, answer("a", "q", "r")))
	before := c.everything("t", "r")
	taken := []chat.Message{question("q9"), begun("a", "q9", "r9")}
	c.kind("an id in use", c.BeginRun(c.ctx, c.run("t", "r9", "a"), taken, "Lost", chat.Settings{}), chat.KindConflict)
	c.kind("a run in use", c.BeginRun(c.ctx, c.run("t", "r", "a9"), nil, "Lost", chat.Settings{}), chat.KindConflict)
	c.kind("an ended run", c.BeginRun(c.ctx, c.ended("t", "r9", "a9"), nil, "Lost", chat.Settings{}), chat.KindInvalid)
	same(c, "after all that", c.everything("t", "r"), before)
	same(c, "a search for it", c.list(ann, chat.ThreadQuery{Limit: 9, Search: "lost"}), nil)
}

func messages(c *storeCase) {
	c.begin("t", "r", "q", "a")
	c.must(c.EndRun(c.ctx, c.ended("t", "r", "a"), nil, answer("a", "q", "r")))
	for i := range 3 {
		id := fmt.Sprint(9 - i)
		c.must(c.BeginRun(c.ctx, c.run("t", "r"+id, "a"+id), []chat.Message{begun("a"+id, "q", "r"+id)}, "Question", chat.Settings{}))
		failed := answer("a"+id, "q", "r"+id)
		failed.Status, failed.Failure = chat.StatusFailed, &chat.Failure{Kind: chat.KindProviderBusy, Message: "Slow down."}
		failed.FinishReason, failed.Usage, failed.Native, failed.Parts = "", nil, nil, chat.Parts{}
		c.must(c.EndRun(c.ctx, c.ended("t", "r"+id, "a"+id), nil, failed))
	}
	got, err := c.Messages(c.ctx, ann, "t")
	c.must(err)
	var ids []string
	for _, m := range got {
		ids = append(ids, m.ID)
	}
	same(c, "order", ids, []string{"q", "a", "a9", "a8", "a7"})
	want := answer("a", "q", "r")
	same(c, "answer", got[1], want)
	same(c, "native items, byte for byte", got[1].Native, want.Native)
	same(c, "failure", got[2].Failure, &chat.Failure{Kind: chat.KindProviderBusy, Message: "Slow down."})

	c.must(c.CreateThread(c.ctx, ann, thread("empty", "", 0)))
	none, err := c.Messages(c.ctx, ann, "empty")
	c.must(err)
	same(c, "messages of an empty thread", len(none), 0)
}

func numbering(c *storeCase) {
	c.begin("t", "r", "q", "a")
	c.must(c.AppendEvents(c.ctx, "r", numbered(1, everyEvent()...)))
	n := len(everyEvent())
	for name, batch := range map[string][]chat.Numbered{
		"a repeat":               numbered(n, chat.StartStep{}),
		"a gap":                  numbered(n+2, chat.StartStep{}),
		"a gap inside the batch": {{Seq: n + 1, Event: chat.StartStep{}}, {Seq: n + 3, Event: chat.FinishStep{}}},
		"a start from zero":      numbered(0, chat.StartStep{}),
	} {
		c.kind(name, c.AppendEvents(c.ctx, "r", batch), chat.KindConflict)
	}
	c.must(c.AppendEvents(c.ctx, "r", nil))
	c.must(c.AppendEvents(c.ctx, "r", numbered(n+1, chat.StartStep{}, chat.FinishStep{})))
	leapt := n + 2 + chat.Leap
	c.kind("a gap that is no leap", c.AppendEvents(c.ctx, "r", numbered(leapt-1, chat.StartStep{})), chat.KindConflict)
	c.kind("a leap inside the batch", c.AppendEvents(c.ctx, "r", []chat.Numbered{{Seq: n + 3, Event: chat.StartStep{}}, {Seq: leapt + 9, Event: chat.FinishStep{}}}), chat.KindConflict)
	c.must(c.AppendEvents(c.ctx, "r", numbered(leapt, chat.StartStep{}, chat.FinishStep{})))
	c.must(c.AppendEvents(c.ctx, "r", numbered(leapt+2, chat.StartStep{})))
	all := slices.Concat(
		numbered(1, append(everyEvent(), chat.StartStep{}, chat.FinishStep{})...),
		numbered(leapt, chat.StartStep{}, chat.FinishStep{}, chat.StartStep{}),
	)
	for _, after := range []int{-1, 0, 1, n, n + 1, n + 2, n + 99, leapt - 1, leapt, leapt + 1, leapt + 2, leapt + 99} {
		got, err := c.Events(c.ctx, ann, "r", after)
		c.must(err)
		want := slices.DeleteFunc(slices.Clone(all), func(n chat.Numbered) bool { return n.Seq <= after })
		same(c, fmt.Sprint("how many after ", after), len(got), len(want))
		for i := range want {
			same(c, fmt.Sprint("event ", want[i].Seq), got[i], want[i])
		}
	}
}

func crash(c *storeCase) {
	none, err := c.ActiveRuns(c.ctx)
	c.must(err)
	same(c, "active runs of an empty store", len(none), 0)
	c.begin("t1", "r1", "q1", "a1")
	c.begin("t2", "r2", "q2", "a2")
	c.must(c.CreateThread(c.ctx, bob, thread("t3", "", 0)))
	foreign := c.run("t3", "r3", "a3")
	foreign.Owner, foreign.CreatedAt = bob, at(1)
	c.must(c.BeginRun(c.ctx, foreign, []chat.Message{begun("a3", "", "r3")}, "", chat.Settings{}))
	c.must(c.EndRun(c.ctx, c.ended("t1", "r1", "a1"), nil, answer("a1", "q1", "r1")))
	got, err := c.ActiveRuns(c.ctx)
	c.must(err)
	same(c, "active runs, the oldest first", got, []chat.Run{foreign, c.run("t2", "r2", "a2")})
}

func cascade(c *storeCase) {
	c.begin("t", "r", "q", "a")
	c.begin("kept", "rk", "qk", "ak")
	c.must(c.AppendEvents(c.ctx, "r", numbered(1, chat.StartStep{})))
	kept := c.everything("kept", "rk")
	c.must(c.DeleteThread(c.ctx, ann, "t"))
	_, err := c.Thread(c.ctx, ann, "t")
	c.kind("Thread", err, chat.KindNotFound)
	_, err = c.Storage.Run(c.ctx, ann, "r")
	c.kind("Run", err, chat.KindNotFound)
	_, err = c.Events(c.ctx, ann, "r", 0)
	c.kind("Events", err, chat.KindNotFound)
	c.kind("AppendEvents", c.AppendEvents(c.ctx, "r", numbered(2, chat.FinishStep{})), chat.KindNotFound)
	c.kind("EndRun", c.EndRun(c.ctx, c.ended("t", "r", "a"), nil, answer("a", "q", "r")), chat.KindNotFound)
	active, err := c.ActiveRuns(c.ctx)
	c.must(err)
	same(c, "active runs", active, []chat.Run{c.run("kept", "rk", "ak")})
	same(c, "another thread", c.everything("kept", "rk"), kept)
	c.begin("t", "r", "q", "a")
	again, err := c.Events(c.ctx, ann, "r", 0)
	c.must(err)
	same(c, "events of a new run with the old id", len(again), 0)
}
