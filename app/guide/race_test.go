//go:build race

package guide

const raceDetector = true

// thinned is which part of the checks of single words is made: the race detector slows
// them down, and they start no goroutine.
const thinned = 6
