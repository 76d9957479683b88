package web

import (
	"net/http"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/pomerium/pomchat/app/chat"
)

func TestASearchSaysWhereItFoundThreadsArchivedOnesToo(t *testing.T) {
	c, path := talked(t)
	detail := get[ThreadDetail](c, "GET", path, "")
	get[ThreadSummary](c, "PATCH", path, `{"archived":true}`)
	want := detail.Thread
	want.Archived = true
	for query, match := range map[string]*chat.Match{
		"?archived=true":          nil,
		"?q=k%C3%A4s":             {Title: []chat.Span{{Start: 0, End: 3}}, Ranges: []chat.Span{}},
		"?q=ANSWER":               {Title: []chat.Span{}, MessageID: detail.Messages[1].ID, Text: "The first answer.", Ranges: []chat.Span{{Start: 10, End: 16}}},
		"?q=second&archived=true": {Title: []chat.Span{}, MessageID: detail.Messages[3].ID, Text: "The second answer.", Ranges: []chat.Span{{Start: 4, End: 10}}},
	} {
		want.Match = match
		if diff := cmp.Diff(ThreadPage{Threads: []ThreadSummary{want}}, get[ThreadPage](c, "GET", "/api/threads"+query, "")); diff != "" {
			t.Errorf("%s (-want +got)\n%s", query, diff)
		}
	}
	for _, query := range []string{"", "?q=%20", "?q=third"} {
		for _, found := range get[ThreadPage](c, "GET", "/api/threads"+query, "").Threads {
			if found.ID == want.ID {
				t.Errorf("%q finds %+v", query, found)
			}
		}
	}
}

func TestAThreadIsUnreadUntilItsNewestAnswerWasSeen(t *testing.T) {
	c, path := talked(t)
	detail := get[ThreadDetail](c, "GET", path, "")
	see := func(until time.Time) bool {
		t.Helper()
		if res, text := c.do("POST", path+"/seen", `{"until":"`+until.Format(time.RFC3339Nano)+`"}`); res.StatusCode != http.StatusNoContent {
			t.Fatalf("%s %s", res.Status, text)
		}
		return !get[ThreadPage](c, "GET", "/api/threads", "").Threads[0].Unread
	}
	got := []bool{!detail.Thread.Unread, see(*detail.Messages[1].EndedAt), see(*detail.Messages[3].EndedAt)}
	if diff := cmp.Diff([]bool{false, false, true}, got); diff != "" {
		t.Errorf("at first, with the first answer seen, and with the second: %s", diff)
	}
	if res, text := c.do("POST", path+"/seen", `{}`); res.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("without a time: %s %s", res.Status, text)
	}
}
