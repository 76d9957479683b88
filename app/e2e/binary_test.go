package e2e

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/pomerium/pomchat/app/llm/llmtest"
	"github.com/pomerium/pomchat/app/store/postgres/postgrestest"
)

// binary is the path of the program under test, which TestMain builds.
var binary string

func TestMain(m *testing.M) {
	if to := os.Getenv(relayTo); to != "" {
		if err := beRelay(to); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(buildAndRun(m))
}

func buildAndRun(m *testing.M) int {
	dir, err := os.MkdirTemp("", "pomchat-e2e-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer func() { _ = os.RemoveAll(dir) }()
	binary = filepath.Join(dir, "pomchat")
	build := exec.Command("go", "build", "-trimpath", "-o", binary, ".")
	build.Dir = filepath.Join("..", "..")
	if out, err := build.CombinedOutput(); err != nil {
		fmt.Fprintf(os.Stderr, "build: %v\n%s", err, out)
		return 1
	}
	return m.Run()
}

// TestScripts runs the binary as its users do. Besides the commands of
// testscript, a script has
//
//	start [flags] command args…  starts pomchat on a free port, $ADDR, and waits until it listens;
//	                             -key: with the fake of OpenAI; -chat: with one that has only Chat
//	                             Completions; -beside: a second one, at $BESIDE
//	quit, crash                  ends it by SIGTERM, which must succeed, or by SIGKILL
//	ask [flags] question         asks and prints what the page would show: a text, or a run's JSON;
//	                             -more: in the newest thread; -begin: only to the first words;
//	                             -wait: to the first question to the person; -until=text: to an
//	                             event that has that text
//	decide BODY, answer BODY     decides about the call that waits, answers what a server asks
//	! answer BODY                the same, and prints what the refusal says
//	follow [flags]               reads the newest run once more, as a page that was loaded again
//	cancel                       stops the newest run, and follows it to its end
//	reread                       prints the newest thread as it is stored
//	post|patch path body         sends a write and prints status and body; THREAD and RUN are the newest
//	get|delete path              does so without a body, and prints the header too
//	keep NAME regexp             keeps the group of what was printed last as $NAME
//	mcp list | mcp tool json     speaks MCP to the server that was started
//	desk text                    fails unless that happened at the MCP server of the test, see desk;
//	                             -forget: nothing has happened; -go: its slow tool ends; -down: it does
//	database [-crash|-begin]     starts a PostgreSQL server with a database at $DATA, see database
//	mute                         connects to the server and says nothing
//	told text                    fails unless the model provider was sent that text since the last question
//	log text                     fails unless the log of the last start has that text; RUN is the newest
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:           "testdata",
		Setup:         setup,
		UpdateScripts: false,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"start":    withStage(start),
			"quit":     withStage(quit),
			"crash":    withStage(crash),
			"ask":      withStage(ask),
			"reread":   withStage(reread),
			"decide":   withStage(decide),
			"answer":   withStage(answer),
			"follow":   withStage(followAgain),
			"cancel":   withStage(cancel),
			"post":     withStage(write(http.MethodPost)),
			"patch":    withStage(write(http.MethodPatch)),
			"get":      withStage(read(http.MethodGet)),
			"delete":   withStage(read(http.MethodDelete)),
			"keep":     withStage(keep),
			"desk":     withStage(lookAtDesk),
			"mcp":      withStage(callMCP),
			"told":     withStage(told),
			"mute":     withStage(mute),
			"database": withStage(database),
			"log":      withStage(logged),
		},
	})
}

type stageKey struct{}

// stage is what one script plays on.
type stage struct {
	t        testing.TB
	postgres *postgrestest.Server // nil until a script asks for it
	fake     *llmtest.Server
	chat     *llmtest.Server // has only Chat Completions
	used     *llmtest.Server // one of both
	desk     *desk
	process  *process
	beside   []*process
	thread   string
	run      string
	settled  map[string]bool // questions that were answered, by id
	mark     int             // requests of the provider before the last question
}

func setup(env *testscript.Env) error {
	t := env.T().(testing.TB)
	s := &stage{
		t:    t,
		fake: llmtest.NewServerWith(t, llmtest.Config{Key: "sk-right"}),
		chat: llmtest.NewServerWith(t, llmtest.Config{Key: "sk-right", API: "chat"}),
		desk: newDesk(), settled: map[string]bool{},
	}
	s.used = s.fake
	env.Values[stageKey{}] = s
	env.Defer(func() {
		for _, p := range append(s.beside, s.process) {
			if p != nil {
				_ = p.end(syscall.SIGKILL)
			}
		}
		s.desk.stop()
	})
	env.Vars = append(env.Vars,
		"POMCHAT="+binary,
		"PATH="+filepath.Dir(binary)+string(os.PathListSeparator)+env.Getenv("PATH"),
		"XDG_STATE_HOME="+filepath.Join(env.WorkDir, "state"),
		"OPENAI_API_KEY=", "OPENAI_BASE_URL=", "FAKE="+s.fake.BaseURL,
		"DESK="+s.desk.URL+"/mcp", "OLD_DESK="+s.desk.URL+"/old", "PRIVATE_DESK="+s.desk.URL+"/private",
	)
	return nil
}

func withStage(do func(*testscript.TestScript, *stage, bool, []string)) func(*testscript.TestScript, bool, []string) {
	return func(ts *testscript.TestScript, neg bool, args []string) {
		do(ts, ts.Value(stageKey{}).(*stage), neg, args)
	}
}

// process is a running pomchat.
type process struct {
	cmd  *exec.Cmd
	base string
	log  *output
	done chan struct{} // closed when it has ended
	err  error         // how it ended
}

// output is a buffer that may be read while it is written.
type output struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.buf.Write(p)
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.buf.String()
}

// address finds where a server listens in its log, in either format.
var address = regexp.MustCompile(`(?:address|url)"?[=:]"?(http://[0-9.:]+)`)

func start(ts *testscript.TestScript, s *stage, neg bool, args []string) {
	var flags []string
	for len(args) > 0 && strings.HasPrefix(args[0], "-") {
		flags, args = append(flags, args[0]), args[1:]
	}
	if neg || len(args) == 0 {
		ts.Fatalf("usage: start [-key|-chat] [-beside] command args…")
	}
	beside := slices.Contains(flags, "-beside")
	if s.process != nil && !beside {
		ts.Fatalf("a pomchat is running already")
	}
	env := []string{"XDG_STATE_HOME=" + ts.Getenv("XDG_STATE_HOME"), "HOME=" + ts.Getenv("HOME"), "PATH=" + ts.Getenv("PATH")}
	if s.used = s.fake; slices.Contains(flags, "-chat") {
		s.used = s.chat
	}
	s.mark = len(s.used.Requests())
	if slices.Contains(flags, "-chat") || slices.Contains(flags, "-key") {
		env = append(env, "OPENAI_API_KEY=sk-right", "OPENAI_BASE_URL="+s.used.BaseURL)
	}
	p, err := launch(ts.MkAbs("."), env, args...)
	if err != nil {
		ts.Fatalf("%v", err)
	}
	if beside {
		s.beside = append(s.beside, p)
		ts.Setenv("BESIDE", p.base)
		return
	}
	s.process = p
	ts.Setenv("ADDR", strings.TrimPrefix(p.base, "http://"))
}

// launch starts pomchat on a free port and waits until it listens.
func launch(dir string, env []string, args ...string) (*process, error) {
	return launchBy(nil, dir, env, args...)
}

// launchBy is launch by a command that becomes the one that is given to it.
func launchBy(by []string, dir string, env []string, args ...string) (*process, error) {
	p := &process{log: &output{}, done: make(chan struct{})}
	line := slices.Concat(by, []string{binary, args[0], "--listen=127.0.0.1:0"}, args[1:])
	p.cmd = exec.Command(line[0], line[1:]...)
	p.cmd.Dir, p.cmd.Env, p.cmd.Stderr = dir, env, p.log
	if err := p.cmd.Start(); err != nil {
		return nil, fmt.Errorf("start: %w", err)
	}
	go func() {
		p.err = p.cmd.Wait()
		close(p.done)
	}()
	for deadline := time.Now().Add(time.Minute); p.base == ""; {
		select {
		case <-p.done:
			return nil, fmt.Errorf("pomchat ended at once: %w\n%s", p.err, p.log)
		case <-time.After(5 * time.Millisecond):
		}
		if m := address.FindStringSubmatch(p.log.String()); m != nil {
			p.base = m[1]
		}
		if time.Now().After(deadline) {
			return nil, fmt.Errorf("pomchat does not listen:\n%s", p.log)
		}
	}
	return p, nil
}

// end sends a signal and waits for the process.
func (p *process) end(sig syscall.Signal) error {
	if err := p.cmd.Process.Signal(sig); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return err
	}
	select {
	case <-p.done:
		return p.err
	case <-time.After(30 * time.Second):
		_ = p.cmd.Process.Kill()
		return errors.New("it did not end")
	}
}

func quit(ts *testscript.TestScript, s *stage, _ bool, _ []string) {
	if err := s.running(ts).end(syscall.SIGTERM); err != nil {
		ts.Fatalf("quit: %v\n%s", err, s.process.log)
	}
	s.process = nil
}

func crash(ts *testscript.TestScript, s *stage, _ bool, _ []string) {
	_ = s.running(ts).end(syscall.SIGKILL)
	s.process = nil
}

func (s *stage) running(ts *testscript.TestScript) *process {
	if s.process == nil {
		ts.Fatalf("no pomchat is running")
	}
	return s.process
}

// logged waits a while for what is to be in the log.
func logged(ts *testscript.TestScript, s *stage, neg bool, args []string) {
	text := strings.ReplaceAll(args[0], "RUN", s.run)
	for end := time.Now().Add(10 * time.Second); !neg && time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		if strings.Contains(s.running(ts).log.String(), text) {
			return
		}
	}
	if has := strings.Contains(s.running(ts).log.String(), text); has == neg {
		ts.Fatalf("in the log: %v\n%s", has, s.process.log)
	}
}

// told looks at what the provider was sent.
func told(ts *testscript.TestScript, s *stage, neg bool, args []string) {
	found := false
	for _, r := range s.used.Requests()[s.mark:] {
		found = found || strings.Contains(string(r.Body), args[0])
	}
	if found == neg {
		ts.Fatalf("the provider was sent %q: %v", args[0], found)
	}
}

func deadlined() (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.Background(), time.Minute)
}
