package guide

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

// unraced is which tests `make test-go` runs without the race detector.
const unraced = "WrittenByHand|Declined"

// bulk skips a test under the race detector that asks hundreds of questions, one after the other: there is
// nothing to race that others do not race too, and all of it takes five times as long. One that would then
// run nowhere fails.
func bulk(t *testing.T) {
	t.Helper()
	if !regexp.MustCompile(unraced).MatchString(t.Name()) {
		t.Fatalf("make test-go runs %s nowhere: its name does not match %s", t.Name(), unraced)
	}
	if raceDetector {
		t.Skip("runs without the race detector")
	}
}

func TestBulkRunsWithoutTheRaceDetector(t *testing.T) {
	makefile, err := os.ReadFile("../../Makefile")
	if err != nil {
		t.Fatal(err)
	}
	if want := "go test -shuffle=on -run='" + unraced + "' ./app/guide\n"; !strings.Contains(string(makefile), want) {
		t.Errorf("the Makefile does not have %q", want)
	}
}
