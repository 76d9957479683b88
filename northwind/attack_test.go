package northwind

import (
	"slices"
	"strings"
	"testing"
	"time"
)

// bombTime is the deadline for attacks that shall run into it. All others have time.
const bombTime = 100 * time.Millisecond

// TestAttacks runs every statement of the corpus over one connection, and after each looks for what it could have
// changed.
func TestAttacks(t *testing.T) {
	bulk(t)
	corpus := attacks(t)
	patient, hasty := besiege(t, time.Minute), besiege(t, bombTime)
	t.Chdir(t.TempDir())
	for _, a := range corpus {
		if a.tool != "" {
			continue
		}
		t.Run(a.name, func(t *testing.T) {
			s := patient
			if slices.Contains(a.want, string(Timeout)) {
				s = hasty
			}
			start := time.Now()
			out, err := s.db.Query(t.Context(), Query{SQL: a.sql})
			text := ""
			if err == nil {
				text = out.Text()
			} else {
				text = err.Error()
				assertDiscreet(t, text)
			}
			a.judge(t, outcome(err), text)
			s.assertUnharmed(t)
			t.Logf("%s after %v", outcome(err), time.Since(start).Round(10*time.Microsecond))
		})
	}
}

// outcome is the word for err in the corpus, and in the log of the server but for "ok".
func outcome(err error) string {
	if err == nil {
		return answered
	}
	return string(KindOf(err))
}

// judge fails the test if the outcome, or the text of an answer, is not what the corpus says.
func (a attack) judge(t *testing.T, outcome, text string) {
	t.Helper()
	if !slices.Contains(a.want, outcome) {
		t.Errorf("%s\nthe outcome is %s, want %s: %s", a.source, outcome, strings.Join(a.want, " or "), text)
	}
	if outcome == answered && text != a.answer {
		t.Errorf("the answer is\n%s\nwant\n%s", text, a.answer)
	}
}

// assertDiscreet fails if a message shows the inside of the server.
func assertDiscreet(t *testing.T, message string) {
	t.Helper()
	lower := strings.ToLower(message)
	for _, secret := range []string{imageName, "vfs", "/", "sql logic error", "goroutine"} {
		if strings.Contains(lower, secret) && !strings.Contains(lower, "julianday") && !strings.Contains(lower, "and/or") {
			t.Errorf("the message shows %q: %s", secret, message)
		}
	}
}

// headline is the start of a statement, for the name of a test.
func headline(sql string) string {
	return strings.ToValidUTF8(sql[:min(len(sql), 60)], "\uFFFD")
}
