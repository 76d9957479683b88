package chattest

import (
	"encoding/json"
	"maps"
	"slices"
	"time"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/chat/grounding"
)

// at is a fixed time and that many minutes.
func at(minutes int) time.Time {
	return time.Date(2026, 11, 22, 12, minutes, 0, 123456000, time.UTC)
}

func thread(id, title string, minutes int) chat.Thread {
	return chat.Thread{ID: id, Title: title, CreatedAt: at(minutes), UpdatedAt: at(minutes)}
}

func (c *storeCase) run(threadID, id, answerID string) chat.Run {
	return chat.Run{
		ID: id, Owner: ann, ThreadID: threadID, MessageID: answerID,
		Status: chat.StatusRunning, CreatedAt: at(2),
		Chosen: chat.Settings{Model: "m", Servers: []string{"nw"}, ToolsOff: []string{"nw__x"}, Hosted: []chat.HostedTool{chat.WebSearch}},
	}
}

func (c *storeCase) ended(threadID, id, answerID string) chat.Run {
	r := c.run(threadID, id, answerID)
	r.Status = chat.StatusFinished
	return r
}

func question(id string) chat.Message {
	return chat.Message{
		ID: id, Role: chat.RoleUser, Status: chat.StatusFinished, CreatedAt: at(2),
		Parts: chat.Parts{chat.TextPart{ID: "0", Text: "A question about <orders>", State: "done", By: &chat.Person{Name: "Ann", Email: "ann@example.com"}}},
	}
}

// begun is the empty answer that a run begins with.
func begun(id, parentID, runID string) chat.Message {
	return chat.Message{
		ID: id, ParentID: parentID, Role: chat.RoleAssistant, Status: chat.StatusRunning,
		RunID: runID, Model: "m", Parts: chat.Parts{}, CreatedAt: at(2),
	}
}

// answer is a finished answer in which no field is zero but Failure.
func answer(id, parentID, runID string) chat.Message {
	m := begun(id, parentID, runID)
	called, ended, rows := at(3), at(4), 2
	m.Status, m.Steps, m.FinishReason, m.EndedAt = chat.StatusFinished, 2, "stop", &ended
	m.Usage = &chat.Usage{InputTokens: 10, CachedTokens: 5, OutputTokens: 7, ReasoningTokens: 3, ToolTokens: 4}
	m.Grounding = []chat.TextGrounding{{TextID: "t", Report: grounding.Report{
		Marks:    []grounding.Mark{{Start: 0, End: 3, Text: "Two", Kind: grounding.Cell, Sources: []grounding.Source{{Call: "c1", Number: 1, Rows: []int{1}, Column: 0}}, Cited: grounding.Absent}},
		NotFound: []grounding.Figure{}, Citations: []grounding.Citation{},
	}}}
	m.Cost = &chat.Cost{USD: 0.0125}
	m.Notices = []chat.ServerNotice{{Server: "gh", Name: "GitHub", Status: chat.ServerDown, Error: "It is away."}}
	m.Parts = chat.Parts{
		chat.ReasoningPart{ID: "r", Step: 1, Text: "Hm.", State: "done"},
		chat.ToolPart{
			CallID: "c1", Step: 1, State: chat.CallReturned, StartedAt: &called, DurationMS: 12,
			As: "ann@example.com", Pauses: []chat.Pause{{From: at(2), To: &called}},
			Tool:  chat.ToolRef{Name: "nw__query", Server: "nw", ServerName: "Northwind", Tool: "query", Title: "Query"},
			Input: json.RawMessage(`{"sql":"select 1"}`),
			Output: &chat.ToolResult{
				Text: "1\n2", RowCount: &rows, Structured: json.RawMessage(`{"rows":[[1],[2.50]]}`),
			},
		},
		chat.ToolPart{CallID: "c2", Step: 1, State: chat.CallFailed, ErrorText: "No such tool."},
		chat.ToolPart{CallID: "c3", Step: 1, State: chat.CallAsked, Approval: &chat.Approval{ID: "apr", Reason: "It writes.", Scopes: []chat.Scope{chat.Once}, Of: "f"}},
		chat.SourcePart{ID: "s", Step: 2, URL: "https://example.com/?a=1&b=2", Title: "A <page>", TextID: "t", Start: 1, End: 4},
		chat.FilePart{ID: "f", Step: 2, URL: "/api/files/f", MediaType: "text/csv", Name: "a.csv", Size: 12, CallID: "c1"},
		chat.AttachmentPart{ID: "a1", Name: "Orders <1>", MediaType: "text/plain", Text: "n\n1 & 2", Server: "nw", ServerName: "Northwind", URI: "northwind://tables/a%20b"},
		chat.TextPart{ID: "t", Step: 2, Text: "Two & a half <b>crates</b>.", State: "done"},
	}
	m.Native = []chat.Native{
		{Provider: "openai", Model: "m", PartID: "r", Raw: json.RawMessage(`{ "type": "reasoning", "html": "<&>" }`)},
		{Provider: "openai", Model: "m", PartID: "c1", Raw: json.RawMessage(`{"n":1.0}`)},
	}
	return m
}

// everyEvent returns one of each kind of event, in the order of their names, of
// which some have all fields set.
func everyEvent() []chat.Event {
	types := chat.EventTypes()
	full := map[string]chat.Event{
		"start": chat.Start{MessageID: "a", Metadata: chat.StartDetails{
			RunID: "r", ParentID: "q", Model: "m", At: at(2),
		}},
		"text-delta": chat.TextDelta{ID: "t", Delta: "Zeile\n\u2028<&>\x00"},
		"tool-input-available": chat.ToolInputAvailable{
			CallID: "c", ToolName: "nw__query", Input: json.RawMessage(`{"sql":"select 1"}`), At: at(3),
		},
		"tool-output-available": chat.ToolOutputAvailable{
			CallID: "c", Output: chat.ToolResult{Text: "1", Structured: json.RawMessage(`[1]`)}, DurationMS: 3,
		},
	}
	maps.Copy(types, full)
	out := make([]chat.Event, 0, len(types))
	for _, name := range slices.Sorted(maps.Keys(types)) {
		out = append(out, types[name])
	}
	return out
}

// numbered gives events numbers from first on.
func numbered(first int, events ...chat.Event) []chat.Numbered {
	out := make([]chat.Numbered, 0, len(events))
	for i, e := range events {
		out = append(out, chat.Numbered{Seq: first + i, Event: e})
	}
	return out
}
