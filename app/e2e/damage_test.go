package e2e

import (
	"database/sql"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	_ "modernc.org/sqlite"

	"github.com/pomerium/pomchat/app/chat"
)

// TestARunThatCannotBeRead has the server start on data in which a run that waits is written
// as this program does not know it. Nobody else is kept out, and the thread can be deleted.
func TestARunThatCannotBeRead(t *testing.T) {
	file := filepath.Join(t.TempDir(), "chat.db")
	env := []string{"HOME=" + t.TempDir(), "PATH=" + os.Getenv("PATH")}
	args := []string{"serve", "--data=" + file, "--always-ask=northwind/*"}
	s := &site{t: t}
	s.begin(env, args)
	t.Cleanup(func() { _ = s.process.end(syscall.SIGKILL) })
	bad := s.thread()
	s.until(s.ask(bad, "What were our sales by year?"), isA[chat.ToolApprovalRequest], 1)
	if err := s.process.end(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite", file)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec("UPDATE events SET event = replace(event, 'tool-approval-request', 'tool-approval-of-tomorrow')"); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	s.begin(env, args)
	if !strings.Contains(s.process.log.String(), "interrupted run left") {
		t.Errorf("the log does not tell:\n%s", s.process.log)
	}
	s.follow(s.ask(s.thread(), "help"), 0)
	if status, text := s.try(http.MethodPost, "/api/threads/"+bad+"/runs", `{"text":"And?"}`); status != http.StatusInternalServerError {
		t.Errorf("a question in its thread: %d %s", status, text)
	}
	s.do(http.MethodDelete, "/api/threads/"+bad, "")
}
