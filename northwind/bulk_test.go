package northwind

import "testing"

// bulk skips a test under the race detector that asks one connection thousands of things, one after
// the other: there is nothing to race, and all of it takes five times as long. `make test-go` runs
// these without the detector.
func bulk(t testing.TB) {
	t.Helper()
	if raceDetector {
		t.Skip("runs without the race detector")
	}
}
