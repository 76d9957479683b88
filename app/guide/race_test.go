//go:build race

package guide

const raceDetector = true

// thinned is which part of the checks of single words is made, and thinnedPairs of those of
// a question and a word: the race detector slows them down, and they start no goroutine.
const (
	thinned      = 6
	thinnedPairs = 18
)
