package chattest

import (
	"context"
	"encoding/json"
	"fmt"
	"reflect"
	"testing"

	"github.com/pomerium/pomchat/app/chat"
)

// Storage is what a store has to be.
type Storage interface {
	chat.Threads
	chat.Journal
	chat.Results
	chat.Grants
	chat.Files
}

// TestStore checks that the stores which open returns keep the promises of
// chat.Threads and chat.Journal. Each case gets an empty store of its own, which
// open closes by t.Cleanup. Beyond what the interfaces say, it asks that
//
//   - times are kept in UTC to the microsecond;
//   - UpdatedAt moves with a question and the end of an answer, not with a title, the
//     archive or settings, and never back;
//   - each word of a search begins a word of the title or of any message's text,
//     in any case and with any accents; a blank search finds all, one of
//     punctuation alone finds nothing;
//   - a bad cursor or a limit below 1 is KindInvalid, an id in use KindConflict;
//   - events with a gap or a repeat, or after the end, are KindConflict, and none
//     of the batch is stored.
func TestStore(t *testing.T, open func(t *testing.T) Storage) {
	for _, tt := range []struct {
		name string
		run  func(c *storeCase)
	}{
		{"a thread comes back as it was created", roundTripThread},
		{"what belongs to another is not found, and stays as it was", isolation},
		{"what does not exist is not found", absence},
		{"threads come newest first, page by page, none lost and none twice", paging},
		{"a bad cursor and a bad limit are refused", badPages},
		{"a search finds all words in title and messages, as people type them", search},
		{"a search says where it found what it found", matches},
		{"a patch changes what it names and nothing else", patches},
		{"the archive is a list of its own", archive},
		{"an answer is unread until its owner has seen it", unread},
		{"two states of an idle thread have the same stamp only if they are the same", stamps},
		{"a run begins and ends, all or nothing", lifeOfRun},
		{"one run at a time writes in a thread", oneRun},
		{"of many that begin at once, one wins", race},
		{"a run that cannot begin leaves no trace", nothing},
		{"messages come in the order of creation with all their fields", messages},
		{"events are numbered without gap or repeat", numbering},
		{"events of several runs are stored together or not at all", together},
		{"old events are given up, and no others", pruning},
		{"runs that a crash cut off are told", crash},
		{"an answer that waits is stored as far as it has come", savedAnswer},
		{"results come back whole, and to their owner alone", results},
		{"files come back byte for byte, and to their owner alone", files},
		{"grants are listed, replaced and revoked", grants},
		{"deleting a thread deletes all that hangs on it", cascade},
	} {
		t.Run(tt.name, func(t *testing.T) { tt.run(&storeCase{t, t.Context(), open(t)}) })
	}
}

const (
	ann chat.Subject = "ann"
	bob chat.Subject = "bob"
)

// storeCase is one case: a test, its context and its store.
type storeCase struct {
	*testing.T
	ctx context.Context
	Storage
}

// must ends the case if err is one.
func (c *storeCase) must(err error) {
	c.Helper()
	if err != nil {
		c.Fatal(err)
	}
}

// same compares whole values. JSON leaves out a message's Native: compare those by
// themselves too, so that a report shows them.
func same[T any](c *storeCase, what string, got, want T) {
	c.Helper()
	if !reflect.DeepEqual(got, want) {
		c.Errorf("%s:\n got %s\nwant %s", what, show(got), show(want))
	}
}

func (c *storeCase) kind(what string, err error, want chat.Kind) {
	c.Helper()
	switch {
	case err == nil:
		c.Errorf("%s: no error, want kind %s", what, want)
	case chat.KindOf(err) != want:
		c.Errorf("%s: kind %s (%v), want %s", what, chat.KindOf(err), err, want)
	}
}

func show(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		return fmt.Sprintf("%+v", v)
	}
	return string(b)
}

// snapshot is all that a store tells of a thread and one of its runs.
type snapshot struct {
	Thread   chat.Thread
	Run      chat.Run
	Messages []chat.Message
	Native   []chat.Native
	Events   []chat.Numbered
}

func (c *storeCase) everything(threadID, runID string) snapshot {
	c.Helper()
	var s snapshot
	var err error
	s.Thread, err = c.Storage.Thread(c.ctx, ann, threadID)
	c.must(err)
	s.Run, err = c.Storage.Run(c.ctx, ann, runID)
	c.must(err)
	s.Messages, err = c.Storage.Messages(c.ctx, ann, threadID)
	c.must(err)
	for _, m := range s.Messages {
		s.Native = append(s.Native, m.Native...)
	}
	s.Events, err = c.Storage.Events(c.ctx, ann, runID, 0)
	c.must(err)
	return s
}

// list returns the ids on all pages of q.
func (c *storeCase) list(owner chat.Subject, q chat.ThreadQuery) []string {
	c.Helper()
	var ids []string
	for pages := 0; ; pages++ {
		page, err := c.ListThreads(c.ctx, owner, q)
		c.must(err)
		for _, t := range page.Threads {
			ids = append(ids, t.ID)
		}
		if len(page.Threads) > q.Limit || page.Next != "" && len(page.Threads) < q.Limit || pages > 99 {
			c.Fatalf("page %d of %+v has %d threads and cursor %q", pages, q, len(page.Threads), page.Next)
		}
		if page.Next == "" {
			return ids
		}
		q.Cursor = page.Next
	}
}

// begin creates a thread and begins a run in it: a question and an empty answer.
func (c *storeCase) begin(threadID, runID, questionID, answerID string) {
	c.Helper()
	c.must(c.CreateThread(c.ctx, ann, thread(threadID, "", 0)))
	first := []chat.Message{question(questionID), begun(answerID, questionID, runID)}
	settings := chat.Settings{Model: "m", Servers: []string{}}
	c.must(c.BeginRun(c.ctx, c.run(threadID, runID, answerID), first, "Question", settings))
}

func (c *storeCase) firstPage(owner chat.Subject) chat.ThreadPage {
	c.Helper()
	page, err := c.ListThreads(c.ctx, owner, chat.ThreadQuery{Limit: 9})
	c.must(err)
	return page
}
