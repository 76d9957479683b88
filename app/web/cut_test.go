package web

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/chat/chattest"
)

// A socket that is cut after any event while the answer is still being written costs nothing
// either: its reader comes back at once, and reads on to the end as if it had never gone. The
// answer waits for a tool three times, so that each cut is made in its middle.
func TestSocketsCutInTheMiddleOfAnAnswer(t *testing.T) {
	const calls = 3
	entered, release := make(chan struct{}), make(chan struct{})
	wait := func(ctx context.Context, arguments json.RawMessage) (chat.ToolResult, error) {
		select {
		case entered <- struct{}{}:
			<-release
		case <-ctx.Done():
		}
		return chat.ToolResult{Text: string(arguments)}, nil
	}
	var replies []chattest.Reply
	for i := range calls {
		reply := chattest.Ask(chat.CallReady{CallID: fmt.Sprint("c", i), Name: "desk__wait", Arguments: fmt.Sprintf(`{"n":%d}`, i)})
		reply.Chunks = append(chattest.Say("One ", "moment, ", "please.").Chunks[:3], reply.Chunks...)
		replies = append(replies, reply)
	}
	c := newClientWith(t, chattest.NewModel(append(replies, chattest.Say("Do", "ne."))...), map[string]chattest.ToolFunc{"wait": wait})
	thread := get[ThreadSummary](c, "POST", "/api/threads", "")
	run := get[RunStarted](c, "POST", "/api/threads/"+thread.ID+"/runs", `{"text":"Hi there"}`)
	path := "/api/runs/" + run.RunID + "/events"

	lead := c.listen(path, 0)
	var cut sync.WaitGroup
	var others []*listener
	for i := range calls {
		<-entered
		before := lead.until(fmt.Sprintf(`"type":"tool-input-available","toolCallId":"c%d"`, i))
		for n := len(others) + 1; n <= before; n++ {
			head := c.listen(path, 0)
			head.upTo(n)
			head.cut()
			other := c.listen(path, n)
			other.events = head.events
			others = append(others, other)
		}
		release <- struct{}{}
	}
	want := lead.toTheEnd()
	if len(others) < len(want)*2/3 {
		t.Errorf("of %d events only %d were cut after", len(want), len(others))
	}
	for i, other := range others {
		cut.Go(func() {
			if diff := cmp.Diff(want, other.toTheEnd()); diff != "" {
				t.Errorf("cut after event %d (-want +got):\n%s", i+1, diff)
			}
		})
	}
	cut.Wait()
}

// listener reads a stream event by event.
type listener struct {
	t      *testing.T
	res    *http.Response
	in     *bufio.Scanner
	events []string
}

// listen follows a run from the event after that number on.
func (c *client) listen(path string, after int) *listener {
	c.t.Helper()
	req, err := http.NewRequestWithContext(c.t.Context(), http.MethodGet, c.base+path, nil)
	if err != nil {
		c.t.Fatal(err)
	}
	req.Header.Set("X-Test-User", c.user)
	if after > 0 {
		req.Header.Set("Last-Event-ID", strconv.Itoa(after))
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		c.t.Fatal(err)
	}
	l := &listener{t: c.t, res: res, in: bufio.NewScanner(res.Body)}
	l.in.Split(splitEvents)
	c.t.Cleanup(l.cut)
	return l
}

// splitEvents splits what ends with an empty line.
func splitEvents(data []byte, atEOF bool) (advance int, token []byte, err error) {
	if i := strings.Index(string(data), "\n\n"); i >= 0 {
		return i + 2, data[:i], nil
	}
	if atEOF && len(data) > 0 {
		return 0, nil, io.ErrUnexpectedEOF
	}
	return 0, nil, nil
}

// next reads one event, and reports whether there was one. Comments count for nothing.
func (l *listener) next() bool {
	for l.in.Scan() {
		if text := l.in.Text(); !strings.HasPrefix(text, ":") {
			l.events = append(l.events, text)
			return true
		}
	}
	return false
}

// upTo reads so many events.
func (l *listener) upTo(n int) {
	l.t.Helper()
	for len(l.events) < n {
		if !l.next() {
			l.t.Fatalf("the stream ended after %d events: %v", len(l.events), l.in.Err())
		}
	}
}

// until reads up to the event that has the words, and returns how many there are by then.
func (l *listener) until(words string) int {
	l.t.Helper()
	for {
		l.upTo(len(l.events) + 1)
		if strings.Contains(l.events[len(l.events)-1], words) {
			return len(l.events)
		}
	}
}

// toTheEnd reads what is left, and returns all events.
func (l *listener) toTheEnd() []string {
	for l.next() {
	}
	if err := l.in.Err(); err != nil {
		l.t.Error(err)
	}
	return l.events
}

func (l *listener) cut() { _ = l.res.Body.Close() }
