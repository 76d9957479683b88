package web

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/chat/chattest"
)

// What a thread has used is what all its answers have, those of other branches too.
func TestWhatAThreadHasUsed(t *testing.T) {
	c := newClient(t, chattest.NewModel(chattest.Say("One."), chattest.Say("Two.")))
	path := "/api/threads/" + get[ThreadSummary](c, "POST", "/api/threads", "").ID
	if got := get[ThreadDetail](c, "GET", path, ""); got.Usage != nil || got.Cost != nil {
		t.Errorf("before the first answer: %+v, %+v", got.Usage, got.Cost)
	}
	for _, question := range []string{`{"text":"One?"}`, `{"text":"Two?","parentId":""}`} {
		run := get[RunStarted](c, "POST", path+"/runs", question)
		c.do("GET", "/api/runs/"+run.RunID+"/events", "")
	}
	if diff := cmp.Diff(&chat.Usage{InputTokens: 20, OutputTokens: 2}, get[ThreadDetail](c, "GET", path, "").Usage); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestTotals(t *testing.T) {
	one := &chat.Usage{InputTokens: 100, CachedTokens: 40, OutputTokens: 10, ReasoningTokens: 4, ToolTokens: 30, ContextTokens: 110}
	about := &chat.Usage{InputTokens: 7, OutputTokens: 1, Estimated: true}
	for _, tt := range []struct {
		name     string
		messages []chat.Message
		used     *chat.Usage
		cost     *chat.Cost
	}{
		{"no messages", nil, nil, nil},
		{"none that tells", []chat.Message{{}, {}}, nil, nil},
		{"without prices", []chat.Message{{}, {Usage: one}}, &chat.Usage{InputTokens: 100, CachedTokens: 40, OutputTokens: 10, ReasoningTokens: 4, ToolTokens: 30}, nil},
		{
			"with some", []chat.Message{{Usage: one, Cost: &chat.Cost{USD: 0.25}}, {Usage: one}, {Usage: about, Cost: &chat.Cost{USD: 0.5}}},
			&chat.Usage{InputTokens: 207, CachedTokens: 80, OutputTokens: 21, ReasoningTokens: 8, ToolTokens: 60, Estimated: true}, &chat.Cost{USD: 0.75},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			used, cost := totals(tt.messages)
			if diff := cmp.Diff([]any{tt.used, tt.cost}, []any{used, cost}); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
