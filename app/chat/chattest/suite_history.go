package chattest

import (
	"fmt"
	"slices"

	"github.com/pomerium/pomchat/app/chat"
)

// matches asks where searches find two threads: one whose title has words, and one with a
// question and an answer.
func matches(c *storeCase) {
	c.begin("a", "r1", "q1", "a1")
	done := answer("a1", "q1", "r1")
	done.Parts = chat.Parts{
		chat.ReasoningPart{ID: "0", Text: "orders", State: "done"},
		chat.TextPart{ID: "1", Text: "🧀 **Händel**", State: "done"},
		chat.TextPart{ID: "2", Text: "Ha\u0308ndel's ORDERS cheese", State: "done"},
		chat.AttachmentPart{ID: "3", Name: "ledger.csv", MediaType: "text/csv", Text: "freight\n32.38"},
	}
	c.must(c.EndRun(c.ctx, c.ended("a", "r1", "a1"), nil, done))
	yes := true
	c.must(c.CreateThread(c.ctx, ann, thread("b", "Orders by Händel", 1)))
	_, err := c.UpdateThread(c.ctx, ann, "b", chat.ThreadPatch{Archived: &yes})
	c.must(err)
	const said = "🧀 Händel Ha\u0308ndel's ORDERS cheese ledger.csv freight 32.38"
	none := []chat.Span{}
	for _, tt := range []struct {
		words string
		a, b  *chat.Match // nil where the thread is not found
	}{
		{"cheese", &chat.Match{Title: none, MessageID: "a1", Text: said, Ranges: spans(27, 33)}, nil},
		{"handel", &chat.Match{Title: none, MessageID: "a1", Text: said, Ranges: spans(3, 9, 10, 17)}, &chat.Match{Title: spans(10, 16), Ranges: none}},
		{"ord", &chat.Match{Title: none, MessageID: "q1", Text: "A question about <orders", Ranges: spans(18, 21)}, &chat.Match{Title: spans(0, 3), Ranges: none}},
		{"orders häND", &chat.Match{Title: none, MessageID: "a1", Text: said, Ranges: spans(3, 7, 10, 15, 20, 26)}, &chat.Match{Title: spans(0, 6, 10, 14), Ranges: none}},
		{"freight", &chat.Match{Title: none, MessageID: "a1", Text: "…ORDERS cheese ledger.csv freight 32.38", Ranges: spans(26, 33)}, nil},
		{"question", &chat.Match{Title: spans(0, 8), Ranges: none}, nil},
		{"o order", &chat.Match{Title: none, MessageID: "q1", Text: "A question about <orders", Ranges: spans(18, 23)}, &chat.Match{Title: spans(0, 5), Ranges: none}},
	} {
		want := []chat.Match{}
		for _, m := range []*chat.Match{tt.a, tt.b} {
			if m != nil {
				want = append(want, *m)
			}
		}
		page, err := c.ListThreads(c.ctx, ann, chat.ThreadQuery{Limit: 9, Search: tt.words, Any: true})
		c.must(err)
		same(c, fmt.Sprintf("matches of %q", tt.words), page.Matches, want)
	}
	page, err := c.ListThreads(c.ctx, ann, chat.ThreadQuery{Limit: 1, Search: "handel", Any: true})
	c.must(err)
	same(c, "matches of a page", len(page.Matches), 1)
	page, err = c.ListThreads(c.ctx, ann, chat.ThreadQuery{Limit: 9, Search: " "})
	c.must(err)
	same(c, "matches of no search", page.Matches, nil)
}

func unread(c *storeCase) {
	c.begin("t", "r", "q", "a")
	is := func(what string, want bool) {
		c.Helper()
		got, err := c.Thread(c.ctx, ann, "t")
		c.must(err)
		same(c, what, got.Unread, want)
		page := c.firstPage(ann)
		same(c, what+", in the list", slices.ContainsFunc(page.Threads, func(t chat.Thread) bool { return t.Unread }), want)
	}
	is("while it is written", false)
	c.must(c.SeeThread(c.ctx, ann, "t", at(59)))
	c.must(c.EndRun(c.ctx, c.ended("t", "r", "a"), nil, answer("a", "q", "r")))
	is("when it has ended, whatever was seen before", true)
	before := c.everything("t", "r")
	c.must(c.SeeThread(c.ctx, ann, "t", at(4).Add(-1000)))
	is("when only what came before has been seen", true)
	c.must(c.SeeThread(c.ctx, ann, "t", at(4)))
	is("when it has been seen", false)
	before.Thread.Unread = false
	same(c, "all else after that", c.everything("t", "r"), before)
	c.must(c.SeeThread(c.ctx, ann, "t", at(1)))
	is("when what came before is seen again", false)
	c.must(c.BeginRun(c.ctx, c.run("t", "r2", "a2"), []chat.Message{begun("a2", "q", "r2")}, "", chat.Settings{}))
	later := answer("a2", "q", "r2")
	ended := at(6)
	later.EndedAt = &ended
	c.must(c.EndRun(c.ctx, c.ended("t", "r2", "a2"), nil, later))
	is("when there is a new one", true)
}

// spans returns spans by their starts and ends in turn.
func spans(at ...int) []chat.Span {
	var all []chat.Span
	for i := 0; i < len(at); i += 2 {
		all = append(all, chat.Span{Start: at[i], End: at[i+1]})
	}
	return all
}
