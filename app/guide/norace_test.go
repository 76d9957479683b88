//go:build !race

package guide

const (
	raceDetector = false
	thinned      = 1
	thinnedPairs = 1
)
