package e2e

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"syscall"
	"testing"

	"github.com/pomerium/pomchat/app/chat"
)

// TestKilledAtEveryState kills the server after each event of an answer that calls a
// tool, one after the other, and starts it again on the same data: the thread can be
// read, its answer has one end, the answer can be continued, and the next question is
// answered.
func TestKilledAtEveryState(t *testing.T) {
	env := []string{"XDG_STATE_HOME=" + t.TempDir(), "HOME=" + t.TempDir(), "PATH=" + os.Getenv("PATH")}
	begin := func() *site {
		t.Helper()
		p, err := launch(t.TempDir(), env, "serve", "--runs-per-minute=1000")
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = p.end(syscall.SIGKILL) })
		return &site{t: t, base: p.base, process: p}
	}
	const question = "What were our sales by year?"
	s := begin()
	whole := s.follow(s.ask(s.thread(), question), 0)
	for n := 1; n < len(whole); n++ {
		t.Run(fmt.Sprintf("after event %d, a %T", n, whole[n-1]), func(t *testing.T) {
			s.t = t
			thread := s.thread()
			run := s.ask(thread, question)
			s.follow(run, n)
			_ = s.process.end(syscall.SIGKILL)
			s = begin()
			s.t = t

			answer := s.last(thread)
			if answer.Status != chat.StatusFinished && answer.Status != chat.StatusFailed {
				t.Fatalf("after the restart the answer is %s", answer.Status)
			}
			for _, p := range answer.Parts {
				if call, ok := p.(chat.ToolPart); ok && !call.State.Done() {
					t.Errorf("a call is left open: %+v", call)
				}
			}
			if events := s.follow(run, 0); !chat.IsTerminal(events[len(events)-1]) {
				t.Errorf("the run has no end: %v", events)
			}
			if answer.Status == chat.StatusFailed {
				s.follow(s.post(thread, map[string]string{"parentId": answer.ID}), 0)
				if rest := s.last(thread); rest.Status != chat.StatusFinished || rest.ParentID != answer.ID {
					t.Errorf("continued as %s after %s", rest.Status, rest.ParentID)
				}
			}
			s.follow(s.ask(thread, question), 0)
			if next := s.last(thread); !strings.Contains(next.Text(), "617,085.20") {
				t.Errorf("the next answer is %q", next.Text())
			}
		})
	}
}

// site is a running pomchat as its page uses it.
type site struct {
	t       *testing.T
	base    string
	process *process
}

func (s *site) send(method, path string, body any, into any) {
	s.t.Helper()
	text, err := json.Marshal(body)
	if err != nil {
		s.t.Fatal(err)
	}
	status, answer := s.try(method, path, string(text))
	if status/100 != 2 {
		s.t.Fatalf("%s %s: %d %s", method, path, status, answer)
	}
	if err := json.Unmarshal([]byte(answer), into); err != nil {
		s.t.Fatal(err)
	}
}

// try is send for what may be refused.
func (s *site) try(method, path, body string) (status int, answer string) {
	s.t.Helper()
	ctx, cancel := deadlined()
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, method, s.base+path, strings.NewReader(body))
	if err != nil {
		s.t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		s.t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return res.StatusCode, string(text)
}

func (s *site) thread() string {
	s.t.Helper()
	var thread struct{ ID string }
	s.send(http.MethodPost, "/api/threads", nil, &thread)
	return thread.ID
}

func (s *site) ask(thread, question string) (run string) {
	s.t.Helper()
	return s.post(thread, map[string]string{"text": question})
}

func (s *site) post(thread string, body any) (run string) {
	s.t.Helper()
	var started struct{ RunID string }
	s.send(http.MethodPost, "/api/threads/"+thread+"/runs", body, &started)
	return started.RunID
}

// follow returns the first so many events of a run; all, to its end, for 0.
func (s *site) follow(run string, most int) []chat.Event {
	s.t.Helper()
	return s.followUntil(run, func(events []chat.Event) bool { return len(events) == most })
}

// followUntil returns the events of a run until there are enough, or to its end.
func (s *site) followUntil(run string, enough func([]chat.Event) bool) []chat.Event {
	s.t.Helper()
	res, err := http.Get(s.base + "/api/runs/" + run + "/events")
	if err != nil {
		s.t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	var events []chat.Event
	lines := bufio.NewScanner(res.Body)
	lines.Buffer(nil, 8<<20)
	for lines.Scan() {
		data, ok := strings.CutPrefix(lines.Text(), "data: ")
		if !ok || data == "[DONE]" {
			continue
		}
		e, err := chat.DecodeEvent([]byte(data))
		if err != nil {
			s.t.Fatal(err)
		}
		if events = append(events, e); enough(events) {
			return events
		}
	}
	if err := lines.Err(); err != nil {
		s.t.Fatal(err)
	}
	return events
}

// last returns the newest message of a thread.
func (s *site) last(thread string) chat.Message {
	s.t.Helper()
	var detail struct{ Messages []chat.Message }
	s.send(http.MethodGet, "/api/threads/"+thread, nil, &detail)
	return detail.Messages[len(detail.Messages)-1]
}
