package e2e

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/llm/llmtest"
	"github.com/pomerium/pomchat/app/store/postgres/postgrestest"
)

// moments are those at which a run is cut off: a question, and after how many events of which
// kind. A text is read for so long that some of it is stored.
var moments = []struct {
	name, question string
	is             func(chat.Event) bool
	times          int
	waits          bool // for a person, and so outlives the process
}{
	{"in the middle of a text", "fake:slow", isA[chat.TextDelta], 50, false},
	{"in a call after another one", "fake:chain desk__rows {}\ndesk__slow {}", isA[chat.ToolProgressed], 1, false},
	{"while a server asks the person", "fake:call desk__form {}", isA[chat.ElicitationAsked], 1, true},
	{"while an approval is awaited", `fake:call desk__write {"n":1}`, isA[chat.ToolApprovalRequest], 1, true},
}

func isA[E chat.Event](e chat.Event) bool { _, ok := e.(E); return ok }

// TestRunsThatAreCutOff ends the server in the middle of a run, by kill -9 and in order, on
// either store and with a model behind either API. The thread is whole, its events read the
// same from each process after that, and it goes on: the answer, and the next question.
func TestRunsThatAreCutOff(t *testing.T) {
	stores := map[string]func(t *testing.T) string{
		"a file": func(t *testing.T) string { return filepath.Join(t.TempDir(), "chat.db") },
	}
	pg, err := postgrestest.New()
	if err == nil {
		t.Cleanup(pg.Close)
		stores["PostgreSQL"] = func(t *testing.T) string { return pg.Database(t) }
	} else if os.Getenv("CI") != "" {
		t.Fatal(err)
	}
	for store, data := range stores {
		for _, api := range []string{"responses", "chat"} {
			for _, sig := range []syscall.Signal{syscall.SIGKILL, syscall.SIGTERM} {
				t.Run(fmt.Sprintf("%s, %s, %s", store, api, sig), func(t *testing.T) {
					fake := llmtest.NewServerWith(t, llmtest.Config{API: api})
					env := []string{"OPENAI_API_KEY=sk", "OPENAI_BASE_URL=" + fake.BaseURL, "HOME=" + t.TempDir(), "PATH=" + os.Getenv("PATH")}
					for _, m := range moments {
						t.Run(m.name, func(t *testing.T) {
							d := newDesk()
							t.Cleanup(d.stop)
							args := []string{"serve", "--runs-per-minute=1000", "--data=" + data(t), "--mcp=Desk=" + d.URL + "/mcp", "--trust=*"}
							s := &site{t: t}
							s.begin(env, args)
							t.Cleanup(func() { _ = s.process.end(syscall.SIGKILL) })
							thread := s.thread()
							run := s.ask(thread, m.question)
							s.until(run, m.is, m.times)
							_ = s.process.end(sig)
							s.begin(env, args)
							if m.waits {
								s.goesOn(thread, run, m.is)
							} else {
								s.isCutOff(thread)
							}
							s.replays(run, func() {
								_ = s.process.end(sig)
								s.begin(env, args)
							})
							d.release() // a call of which a crash took back the trace is made again
							s.continues(thread)
						})
					}
				})
			}
		}
	}
}

func (s *site) begin(env, args []string) {
	s.t.Helper()
	p, err := launch(s.t.TempDir(), env, args...)
	if err != nil {
		s.t.Fatal(err)
	}
	s.base, s.process = p.base, p
}

// until follows a run up to such an event, and returns what it read.
func (s *site) until(run string, is func(chat.Event) bool, times int) []chat.Event {
	s.t.Helper()
	return s.followUntil(run, func(events []chat.Event) bool {
		if is(events[len(events)-1]) {
			times--
		}
		return times == 0
	})
}

// isCutOff checks what became of an answer that nobody could wait for.
func (s *site) isCutOff(thread string) {
	s.t.Helper()
	answer := s.last(thread)
	if answer.Status != chat.StatusFailed || answer.Failure.Kind != chat.KindInterrupted {
		s.t.Errorf("after the restart the answer is %s: %+v", answer.Status, answer.Failure)
	}
	for _, p := range answer.Parts {
		if call, ok := p.(chat.ToolPart); ok && (!call.State.Done() || call.Asks != nil && call.Asks.Action == "") {
			s.t.Errorf("a call is left open: %+v", call)
		}
	}
	if _, text := s.try(http.MethodGet, "/api/threads/"+thread, ""); strings.Contains(text, `"waiting":true`) || strings.Contains(text, `"activeRunId"`) {
		s.t.Error("the thread is held by a run that ended")
	}
}

// goesOn answers what waits, and checks that its call was carried out.
func (s *site) goesOn(thread, run string, asked func(chat.Event) bool) {
	s.t.Helper()
	var m chat.Message
	for _, e := range s.until(run, asked, 1) {
		m = chat.Apply(m, e)
	}
	call, want := calls(m)[0], `Written: {"n":1}`
	if call.Asks == nil {
		s.do(http.MethodPost, "/api/runs/"+run+"/approvals/"+call.Approval.ID, `{"approved":true}`)
	} else {
		s.do(http.MethodPost, "/api/runs/"+run+"/elicitations/"+call.Asks.ID, `{"action":"accept","content":{"name":"Ann","age":20}}`)
		want = `Answered: accept {"age":20,"name":"Ann"}`
	}
	s.follow(run, 0)
	if answer := s.last(thread); answer.Status != chat.StatusFinished || !strings.Contains(answer.Text(), want) {
		s.t.Errorf("after what it waited for, the answer is %s: %s", answer.Status, answer.Text())
	}
}

// replays checks that a run that ended reads the same from each event on, whoever reads it.
func (s *site) replays(run string, restart func()) {
	s.t.Helper()
	whole := s.stream(run, "")
	restart()
	events := strings.SplitAfter(whole, "\n\n")
	ids := make([]string, len(events))
	for i, e := range events {
		ids[i], _, _ = strings.Cut(strings.TrimPrefix(e, "id: "), "\n")
	}
	begins := slices.IndexFunc(events, func(e string) bool { return strings.HasPrefix(e, "id: ") })
	for i := begins; strings.HasPrefix(events[i], "id: "); i++ {
		want := events[0] + strings.Join(events[i+1:], "")
		if !strings.HasPrefix(events[i+1], "id: ") {
			continue // who has seen the end learns only that there is no more
		}
		if got := s.stream(run, ids[i]); got != want {
			s.t.Errorf("after event %s the stream is\n%s\nand not\n%s", ids[i], got, want)
		}
	}
	if got := s.stream(run, ""); got != whole {
		s.t.Errorf("the stream is\n%s\nand was\n%s", got, whole)
	}
	end := events[0] + strings.Join(events[len(events)-3:], "")
	if got := s.stream(run, "9000000000000000000"); got != end {
		s.t.Errorf("who has seen too much reads\n%s\nand not the end:\n%s", got, end)
	}
	for _, id := range []string{"-1", "none", "1e3", "99999999999999999999"} {
		if got := s.stream(run, id); !strings.HasPrefix(got, "422 ") || !strings.Contains(got, "Last-Event-ID must be the number of an event") {
			s.t.Errorf("after event %q the stream is %s", id, got)
		}
	}
}

// stream returns all of a run's stream after an event, or why there is none.
func (s *site) stream(run, after string) string {
	s.t.Helper()
	ctx, cancel := deadlined()
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, s.base+"/api/runs/"+run+"/events", nil)
	if err != nil {
		s.t.Fatal(err)
	}
	if after != "" {
		req.Header.Set("Last-Event-ID", after)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		s.t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	if res.StatusCode != http.StatusOK {
		return fmt.Sprint(res.StatusCode, " ", string(text))
	}
	return string(text)
}

// continues lets an answer that was cut off go on, and asks the next question.
func (s *site) continues(thread string) {
	s.t.Helper()
	if answer := s.last(thread); answer.Status != chat.StatusFinished {
		s.follow(s.post(thread, map[string]string{"parentId": answer.ID}), 0)
		if rest := s.last(thread); rest.Status != chat.StatusFinished || rest.ParentID != answer.ID || rest.Text() == "" {
			s.t.Errorf("continued as %s after %s: %q, %+v", rest.Status, rest.ParentID, rest.Text(), rest.Failure)
		}
	}
	s.follow(s.ask(thread, "fake:text"), 0)
	if next := s.last(thread); next.Text() != "You said: fake:text" {
		s.t.Errorf("the next answer is %s: %q, %+v", next.Status, next.Text(), next.Failure)
	}
}

// do is send for what answers nothing.
func (s *site) do(method, path, body string) {
	s.t.Helper()
	if status, answer := s.try(method, path, body); status/100 != 2 {
		s.t.Fatalf("%s %s: %d %s", method, path, status, answer)
	}
}

// TestAServerThatIsOusted has another take over the database: the server cannot keep anything
// any more, and ends, so that whoever looks after it learns of that.
func TestAServerThatIsOusted(t *testing.T) {
	pg := postgrestest.Start(t)
	dsn := pg.Database(t)
	p, err := launch(t.TempDir(), []string{"HOME=" + t.TempDir(), "PATH=" + os.Getenv("PATH")}, "serve", "--data="+dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.end(syscall.SIGKILL) })
	// As another process does that waits for the lock when the connection is cut.
	pg.Run(t, "db1", "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'", "UPDATE pomchat.store SET holder = 'another'")
	select {
	case <-p.done:
	case <-time.After(time.Minute):
		t.Fatalf("it goes on: %s", p.log)
	}
	if exit, ok := errors.AsType[*exec.ExitError](p.err); !ok || exit.ExitCode() != 1 {
		t.Errorf("it ended with %v", p.err)
	}
	if want := "pomchat: --data: another pomchat has taken the database over"; !strings.Contains(p.log.String(), want) {
		t.Errorf("it does not say %q:\n%s", want, p.log)
	}
}
