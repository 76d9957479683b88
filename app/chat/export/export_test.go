package export_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/chat/export"
)

func at(minutes int) time.Time { return time.Date(2026, 11, 27, 12, minutes, 0, 0, time.UTC) }

// document is a thread of two questions: one that was answered with all kinds of calls, and
// one that failed.
func document() export.Document {
	ended, called, rows := at(2), at(1), 77
	text := func(id, text string) chat.Part { return chat.TextPart{ID: id, Text: text, State: "done"} }
	tool := chat.ToolRef{Name: "nw__query", Server: "nw", ServerName: "Northwind", Tool: "query"}
	return export.New(
		chat.Identity{Subject: "ann", Name: "Ann Example", Email: "ann@example.com"},
		chat.Thread{ID: "thr_1", Title: "Sales *by* year", Archived: true, CreatedAt: at(0), UpdatedAt: at(3)},
		[]chat.Message{
			{ID: "q1", Role: chat.RoleUser, Status: chat.StatusFinished, CreatedAt: at(0), Parts: chat.Parts{text("0", "Sales by year?\n1. <b>all</b>")}},
			{
				ID: "a1", ParentID: "q1", Role: chat.RoleAssistant, Status: chat.StatusFinished, Model: "guide", CreatedAt: at(0), EndedAt: &ended,
				Notices: []chat.ServerNotice{{Name: "GitHub", Status: chat.ServerDown, Error: "It is away."}},
				Parts: chat.Parts{
					chat.ReasoningPart{ID: "r", Text: "private thoughts", State: "done"},
					chat.ToolPart{
						CallID: "c1", Tool: tool, State: chat.CallReturned, StartedAt: &called, DurationMS: 12,
						Input:  json.RawMessage(`{"sql":"select year, note\nfrom \"Orders\"","limit":2}`),
						Output: &chat.ToolResult{RowCount: &rows, Structured: json.RawMessage(`{"columns":["year","note"],"rows":[[1996,"a|b"],[1997,null]]}`)},
					},
					chat.ToolPart{CallID: "c2", Tool: tool, State: chat.CallFailed, Input: json.RawMessage(`{"sql":"select"}`), ErrorText: "No such\ntable.", Trace: &chat.Trace{RequestID: "req_9"}},
					chat.ToolPart{CallID: "c3", Tool: chat.ToolRef{Name: "note"}, State: chat.CallDenied, Input: json.RawMessage(`{"text":"` + "```" + `"}`)},
					chat.ToolPart{CallID: "c4", Tool: tool, State: chat.CallReturned, Input: json.RawMessage(`{}`), Output: &chat.ToolResult{Text: "Not there.", IsError: true}},
					chat.ToolPart{CallID: "c5", Tool: tool, State: chat.CallRunning, Input: json.RawMessage(`{"query":"shoes"}`)},
					text("t", "# Result\nIt was **617,085.20** [1:2]. <img src=x>"),
					chat.SourcePart{ID: "s1", URL: "https://example.com/?a=1&b=<2>", Title: "A [page]"},
					chat.SourcePart{ID: "s2", URL: "javascript:alert(1)"},
					chat.FilePart{ID: "f", Name: "a_b.csv", MediaType: "text/csv", Size: 12},
				},
			},
			{ID: "q2", ParentID: "a1", Role: chat.RoleUser, Status: chat.StatusFinished, CreatedAt: at(3), Parts: chat.Parts{text("0", "Mend this:\n\tx = 1")}},
			{
				ID: "a2", ParentID: "q2", Role: chat.RoleAssistant, Status: chat.StatusFailed, CreatedAt: at(3), Parts: chat.Parts{},
				Failure: &chat.Failure{Kind: chat.KindProviderBusy, Message: "Slow down."},
			},
		},
		at(5).Add(5*time.Microsecond),
	)
}

const written = `# Sales \*by\* year

Asked by Ann Example (ann@example.com) · begun 2026-11-27 12:00 UTC · last changed 2026-11-27 12:03 UTC · archived · exported 2026-11-27 12:05 UTC

## Question 1

2026-11-27 12:00 UTC

> Sales by year?\
> 1\. \<b\>all\</b\>

### Answer

2026-11-27 12:00 UTC · guide · took 2m0s

> **GitHub could not be used.** It is away.

#### Call 1: Northwind → query

2026-11-27 12:01 UTC · took 12ms

~~~sql
select year, note
from "Orders"
~~~

~~~json
{
  "limit": 2
}
~~~

| \# | year | note |
| ---: | ---: | --- |
| 1 | 1996 | a\|b |
| 2 | 1997 |  |

The first 2 of 77 rows.

#### Call 2: Northwind → query

~~~sql
select
~~~

> **Failed.** No such table. Request id: req\_9

#### Call 3: note

~~~~json
{
  "text": "~~~"
}
~~~~

> **Not approved**, so it was not carried out.

#### Call 4: Northwind → query

> **The tool reported a failure.**

~~~text
Not there.
~~~

#### Call 5: Northwind → query

~~~json
{
  "query": "shoes"
}
~~~

> **Not carried out** when this was exported.

#### Result
It was **617,085.20** [1:2]. \<img src=x>

File: a\_b.csv (text/csv, 12 bytes)

Sources:

1. [A \[page\]](<https://example.com/?a=1&amp;b=%3C2%3E>)

## Question 2

2026-11-27 12:03 UTC

> ~~~text
> Mend this:
> 	x = 1
> ~~~

### Answer

2026-11-27 12:03 UTC

> **Failed.** Slow down.

---

A figure's source is written \[call:row\]; rows count from 1.

`

func TestMarkdownIsAReportOfOneLineOfTheThread(t *testing.T) {
	var out bytes.Buffer
	if err := export.Markdown(&out, document()); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.ReplaceAll(written, "~", "`"), out.String()); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestJSONIsTheWholeDocument(t *testing.T) {
	want := document()
	for _, d := range []export.Document{want, export.New(chat.Identity{}, chat.Thread{}, nil, at(0))} {
		var out bytes.Buffer
		if err := export.JSON(&out, d); err != nil {
			t.Fatal(err)
		}
		var got export.Document
		if err := json.Unmarshal(out.Bytes(), &got); err != nil {
			t.Fatalf("%v in %s", err, out.String())
		}
		if d.Messages == nil {
			d.Messages = []chat.Message{}
		}
		if diff := cmp.Diff(d, got); diff != "" {
			t.Errorf("(-want +got)\n%s", diff)
		}
	}
}

// full is a disk that is.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("no space left") }

func TestAFailureToWriteIsTold(t *testing.T) {
	for name, write := range map[string]func() error{
		"Markdown": func() error { return export.Markdown(full{}, document()) },
		"JSON":     func() error { return export.JSON(full{}, document()) },
	} {
		if err := write(); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}
