//go:build !race

package guide

const thinned = 1
