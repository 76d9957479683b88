package chattest

import (
	"encoding/json"

	"github.com/pomerium/pomchat/app/chat"
)

func savedAnswer(c *storeCase) {
	c.begin("t", "r", "q", "a")
	before := c.everything("t", "r")
	half := answer("a", "q", "r")
	half.Status, half.EndedAt, half.FinishReason = chat.StatusRunning, nil, ""
	r := c.run("t", "r", "a")
	c.must(c.SaveAnswer(c.ctx, r, half))
	before.Messages[1], before.Native = half, half.Native
	same(c, "after it was saved", c.everything("t", "r"), before)

	c.kind("of another run", c.SaveAnswer(c.ctx, r, answer("q", "", "r")), chat.KindInvalid)
	foreign := r
	foreign.Owner = bob
	c.kind("of another person", c.SaveAnswer(c.ctx, foreign, half), chat.KindNotFound)
	c.must(c.EndRun(c.ctx, c.ended("t", "r", "a"), nil, answer("a", "q", "r")))
	c.kind("after the end", c.SaveAnswer(c.ctx, r, half), chat.KindConflict)
	same(c, "the end stands", c.everything("t", "r").Messages[1], answer("a", "q", "r"))
}

func together(c *storeCase) {
	c.begin("t1", "r1", "q1", "a1")
	c.begin("t2", "r2", "q2", "a2")
	first, second := numbered(1, chat.StartStep{}), numbered(1, chat.StartStep{}, chat.FinishStep{})
	c.must(c.AppendAll(c.ctx, nil))
	c.kind("with a gap in one", c.AppendAll(c.ctx, []chat.RunEvents{{RunID: "r1", Events: first}, {RunID: "r2", Events: numbered(2, chat.StartStep{})}}), chat.KindConflict)
	c.kind("with a run that is none", c.AppendAll(c.ctx, []chat.RunEvents{{RunID: "r1", Events: first}, {RunID: "rx", Events: first}}), chat.KindNotFound)
	c.must(c.AppendAll(c.ctx, []chat.RunEvents{{RunID: "r1", Events: first}, {RunID: "r2", Events: second}}))
	for run, want := range map[string][]chat.Numbered{"r1": first, "r2": second} {
		got, err := c.Events(c.ctx, ann, run, 0)
		c.must(err)
		same(c, "events of "+run, got, want)
	}
}

func pruning(c *storeCase) {
	c.begin("old", "r1", "q1", "a1")
	c.begin("new", "r2", "q2", "a2")
	c.begin("going on", "r3", "q3", "a3")
	for _, run := range []string{"r1", "r2", "r3"} {
		c.must(c.AppendEvents(c.ctx, run, numbered(1, chat.StartStep{}, chat.FinishStep{})))
	}
	c.must(c.EndRun(c.ctx, c.ended("old", "r1", "a1"), numbered(3, chat.Finish{Reason: "stop"}), answer("a1", "q1", "r1")))
	later, ended := answer("a2", "q2", "r2"), at(9)
	later.EndedAt = &ended
	c.must(c.EndRun(c.ctx, c.ended("new", "r2", "a2"), numbered(3, chat.Finish{Reason: "stop"}), later))
	for _, want := range []int{1, 0} {
		n, err := c.PruneEvents(c.ctx, at(6))
		c.must(err)
		same(c, "runs whose events were given up", n, want)
	}
	for run, want := range map[string]int{"r1": 0, "r2": 3, "r3": 2} {
		events, err := c.Events(c.ctx, ann, run, 0)
		c.must(err)
		same(c, "events of "+run, len(events), want)
	}
	all, err := c.Messages(c.ctx, ann, "old")
	c.must(err)
	same(c, "the answer stays", all[1], answer("a1", "q1", "r1"))
}

func results(c *storeCase) {
	c.begin("t", "r", "q", "a")
	rows := 2
	kept := chat.Result{
		ID: "res_1", ThreadID: "t", Tool: chat.ToolRef{Name: "desk__list", Server: "desk", ServerName: "Desk", Tool: "list"}, At: at(3),
		Output: chat.ToolResult{Text: "2 rows", Structured: json.RawMessage(`{"rows":[[1],["é"]]}`), RowCount: &rows},
	}
	c.must(c.KeepResult(c.ctx, ann, kept))
	got, err := c.Result(c.ctx, ann, "res_1")
	c.must(err)
	same(c, "a result", got, kept)
	_, err = c.Result(c.ctx, bob, "res_1")
	c.kind("another's result", err, chat.KindNotFound)
	_, err = c.Result(c.ctx, ann, "res_2")
	c.kind("no result", err, chat.KindNotFound)
	c.kind("an id in use", c.KeepResult(c.ctx, ann, kept), chat.KindConflict)
	kept.ID = "res_3"
	c.kind("in another's thread", c.KeepResult(c.ctx, bob, kept), chat.KindNotFound)
	c.must(c.DeleteThread(c.ctx, ann, "t"))
	_, err = c.Result(c.ctx, ann, "res_1")
	c.kind("after its thread", err, chat.KindNotFound)
}

func files(c *storeCase) {
	c.begin("t", "r", "q", "a")
	kept := chat.File{ID: "fil_1", ThreadID: "t", Name: "Umsätze \"1997\".csv", MediaType: "text/csv", Content: []byte("a\x00\xff\n"), At: at(3)}
	c.must(c.KeepFile(c.ctx, ann, kept))
	got, err := c.File(c.ctx, ann, "fil_1")
	c.must(err)
	same(c, "a file", got, kept)
	_, err = c.File(c.ctx, bob, "fil_1")
	c.kind("another's file", err, chat.KindNotFound)
	c.kind("an id in use", c.KeepFile(c.ctx, ann, kept), chat.KindConflict)
	kept.ID = "fil_2"
	c.kind("in another's thread", c.KeepFile(c.ctx, bob, kept), chat.KindNotFound)
	c.must(c.DeleteThread(c.ctx, ann, "t"))
	_, err = c.File(c.ctx, ann, "fil_1")
	c.kind("after its thread", err, chat.KindNotFound)
}

func grants(c *storeCase) {
	c.begin("t", "r", "q", "a")
	always := chat.Grant{
		ID: "grt_1", Scope: chat.Everywhere, Server: "desk", ServerName: "Desk", ServerURL: "https://desk.example.com", Tool: "write", Fingerprint: "f1", At: at(3),
	}
	here := chat.Grant{ID: "grt_2", Scope: chat.InThread, ThreadID: "t", Server: "desk", ServerName: "Desk", Tool: "write", Fingerprint: "f1", At: at(4)}
	list := func(owner chat.Subject) []chat.Grant {
		all, err := c.Grants(c.ctx, owner)
		c.must(err)
		return all
	}
	same(c, "grants of nobody", len(list(ann)), 0)
	c.must(c.AddGrant(c.ctx, ann, always))
	c.must(c.AddGrant(c.ctx, ann, here))
	same(c, "both, the newest first", list(ann), []chat.Grant{here, always})
	same(c, "another's", len(list(bob)), 0)

	renewed := always
	renewed.ID, renewed.Fingerprint, renewed.At = "grt_3", "f2", at(5)
	c.must(c.AddGrant(c.ctx, ann, renewed))
	same(c, "after the tool changed", list(ann), []chat.Grant{renewed, here})

	foreign := here
	foreign.ID = "grt_4"
	c.kind("in another's thread", c.AddGrant(c.ctx, bob, foreign), chat.KindNotFound)
	c.kind("another's", c.RevokeGrant(c.ctx, bob, "grt_3"), chat.KindNotFound)
	c.must(c.RevokeGrant(c.ctx, ann, "grt_3"))
	c.kind("twice", c.RevokeGrant(c.ctx, ann, "grt_3"), chat.KindNotFound)
	c.must(c.DeleteThread(c.ctx, ann, "t"))
	same(c, "after the thread", len(list(ann)), 0)
}
