package e2e

import (
	"bufio"
	"encoding/json"
	"errors"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/llm/llmtest"
)

// TestAFullDisk lets the disk under the data of the binary become full: what cannot be
// saved is told in a sentence, what was saved can be read, and once there is room again
// all goes on, without a restart and after one.
func TestAFullDisk(t *testing.T) {
	t.Parallel()
	fake := llmtest.NewServer(t)
	d := newDisk(t)
	s := d.begin(t, fake)
	old := s.thread()
	s.follow(s.ask(old, "What were our sales by year?"), 0)
	kept := s.messages(old)

	thread := s.thread()
	d.fill(t)
	s.untilRefused(thread)
	for path, want := range map[string]int{"/livez": 200, "/readyz": 200, "/api/threads": 200, "/api/threads/" + old: 200, "/api/me": 200} {
		if status, text := s.try(http.MethodGet, path, ""); status != want {
			t.Errorf("with the disk full, %s says %d %s", path, status, text)
		}
	}
	if diff := cmp.Diff(kept, s.messages(old)); diff != "" {
		t.Errorf("with the disk full, an old answer is another: %s", diff)
	}

	d.free(t)
	s.follow(s.ask(thread, "What were our sales by year?"), 0)
	if got := s.last(thread); got.Status != chat.StatusFinished || !strings.Contains(got.Text(), "617085.2") {
		t.Errorf("with room again, the answer is %s: %s", got.Status, got.Text())
	}

	// The disk becomes full in the middle of an answer.
	run := s.ask(thread, "fake:slow")
	s.follow(run, 10)
	d.fill(t)
	events := s.follow(run, 0)
	failed, ok := events[len(events)-1].(chat.Failed)
	if !ok || failed.Kind != chat.KindInternal || !strings.Contains(failed.ErrorText, "saved") {
		t.Errorf("an answer that cannot be saved ends with %#v", events[len(events)-1])
	}
	d.free(t)
	s.follow(s.ask(thread, "fake:text"), 0)
	if got := s.last(thread); got.Text() != "You said: fake:text" {
		t.Errorf("the next answer is %s: %q", got.Status, got.Text())
	}
	before := s.messages(thread)
	for _, m := range before {
		if m.Status == chat.StatusRunning {
			t.Errorf("an answer is left open: %+v", m)
		}
	}

	// A start needs room, and says so.
	if err := s.process.end(syscall.SIGTERM); err != nil {
		t.Errorf("the end: %v\n%s", err, s.process.log)
	}
	d.fill(t)
	if _, err := d.launch(t, fake); err == nil || !strings.Contains(err.Error(), "pomchat: --data: the disk of the data file "+d.data()+" is full") {
		t.Errorf("a start on a full disk: %v", err)
	}
	d.free(t)
	s = d.begin(t, fake)
	if diff := cmp.Diff([][]chat.Message{kept, before}, [][]chat.Message{s.messages(old), s.messages(thread)}); diff != "" {
		t.Errorf("after a restart: %s", diff)
	}
}

// untilRefused asks long questions until one is refused because the disk is full: the
// database may have room of its own left.
func (s *site) untilRefused(thread string) {
	s.t.Helper()
	for range 50 {
		status, text := s.try(http.MethodPost, "/api/threads/"+thread+"/runs", `{"text":"fake:text `+strings.Repeat("long ", 20_000)+`"}`)
		var started struct{ RunID string }
		switch {
		case status == http.StatusInternalServerError && strings.Contains(text, "The server's disk is full, so nothing could be saved."):
			return
		case status != http.StatusCreated || json.Unmarshal([]byte(text), &started) != nil:
			s.t.Fatalf("on a full disk a question is answered %d %s", status, text)
		}
		s.follow(started.RunID, 0)
	}
	s.t.Fatal("no question is refused on a full disk")
}

func (s *site) messages(thread string) []chat.Message {
	s.t.Helper()
	var detail struct{ Messages []chat.Message }
	s.send(http.MethodGet, "/api/threads/"+thread, nil, &detail)
	return detail.Messages
}

// disk is a small file system of its own, which a process holds.
type disk struct {
	holder *exec.Cmd
	dir    string // where it is, for who sees it
	root   string // where this process finds the root of who sees it
	enter  []string
}

// newDisk makes a disk that ends with the test, which is skipped where that is not
// possible.
func newDisk(t *testing.T) *disk {
	t.Helper()
	if runtime.GOOS != "linux" {
		t.Skipf("there is no way to make a small disk for a test on %s", runtime.GOOS)
	}
	var why []error
	for _, user := range []bool{false, true} {
		d, err := holdDisk(t, user)
		if err == nil {
			return d
		}
		why = append(why, err)
	}
	t.Skipf("this test may not make a small disk (as root, or where users may have namespaces, it can): %v", errors.Join(why...))
	return nil
}

// holdDisk mounts a disk in a name space of mounts of its own, and of users if need be.
func holdDisk(t *testing.T, user bool) (*disk, error) {
	d := &disk{dir: t.TempDir()}
	unshare := []string{"unshare", "--mount"}
	if user {
		unshare = append(unshare, "--user", "--map-root-user")
	}
	const mount = `mount -t tmpfs -o size=8m tmpfs "$1" && echo ready && exec cat`
	line := append(unshare, "sh", "-c", mount, "sh", d.dir)
	d.holder = exec.Command(line[0], line[1:]...)
	hold, err := d.holder.StdinPipe()
	if err != nil {
		return nil, err
	}
	said, err := d.holder.StdoutPipe()
	if err != nil {
		return nil, err
	}
	var complaints output
	d.holder.Stderr = &complaints
	if err := d.holder.Start(); err != nil {
		return nil, err
	}
	end := func() error {
		_ = hold.Close()
		return d.holder.Wait()
	}
	if ready, err := bufio.NewReader(said).ReadString('\n'); ready != "ready\n" {
		return nil, errors.Join(err, end(), errors.New(complaints.String()))
	}
	t.Cleanup(func() { _ = end() })
	pid := strconv.Itoa(d.holder.Process.Pid)
	d.root, d.enter = "/proc/"+pid+"/root", []string{"nsenter", "--target", pid, "--mount"}
	if user {
		d.enter = append(d.enter, "--user", "--preserve-credentials")
	}
	return d, exec.Command(d.enter[0], append(d.enter[1:], "true")...).Run()
}

func (d *disk) data() string { return filepath.Join(d.dir, "chat.db") }

// launch starts the binary with its data on the disk.
func (d *disk) launch(t *testing.T, fake *llmtest.Server) (*process, error) {
	env := []string{"OPENAI_API_KEY=sk", "OPENAI_BASE_URL=" + fake.BaseURL, "HOME=" + t.TempDir(), "PATH=" + os.Getenv("PATH")}
	return launchBy(d.enter, t.TempDir(), env, "serve", "--runs-per-minute=1000", "--data="+d.data())
}

func (d *disk) begin(t *testing.T, fake *llmtest.Server) *site {
	t.Helper()
	p, err := d.launch(t, fake)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.end(syscall.SIGKILL) })
	return &site{t: t, base: p.base, process: p}
}

func (d *disk) ballast() string { return filepath.Join(d.root, d.dir, "ballast") }

// fill writes until there is no room for another byte.
func (d *disk) fill(t *testing.T) {
	t.Helper()
	f, err := os.Create(d.ballast())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	for err == nil {
		_, err = f.Write(make([]byte, 4096))
	}
	if !errors.Is(err, syscall.ENOSPC) {
		t.Fatalf("the disk does not become full: %v", err)
	}
}

func (d *disk) free(t *testing.T) {
	t.Helper()
	if err := os.Remove(d.ballast()); err != nil {
		t.Fatal(err)
	}
}
