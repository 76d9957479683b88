//go:build !race

package northwind

const raceDetector = false
