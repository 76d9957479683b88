package northwind

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
)

// nearest returns up to n candidates that someone who wrote name may have meant, best first: those equal but for
// case, spaces and punctuation, and only these if there are any; then those that differ in a few letters; then those
// that contain it or are contained in it.
func nearest(name string, candidates []string, n int) []string {
	type scored struct {
		name  string
		score int
	}
	var near []scored
	want := squash(name)
	for _, c := range candidates {
		have := squash(c)
		allowed := max(1, (max(len(want), len(have))+1)/3)
		switch d := distance(want, have); {
		case d <= allowed:
			near = append(near, scored{c, d})
		case len(want) >= 3 && len(have) >= 3 && (strings.Contains(have, want) || strings.Contains(want, have)):
			near = append(near, scored{c, allowed + d})
		}
	}
	slices.SortStableFunc(near, func(a, b scored) int { return cmp.Compare(a.score, b.score) })
	var names []string
	for _, s := range near[:min(n, len(near))] {
		if s.score > 0 && near[0].score == 0 {
			break
		}
		names = append(names, s.name)
	}
	return names
}

// squash keeps the letters and digits of a name, in lower case.
func squash(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, name)
}

// distance is the number of bytes to change, add, drop, or swap with the next one, to get from a to b: the distance of
// Levenshtein, but that two swapped letters are one mistake.
func distance(a, b string) int {
	var before []int
	previous := make([]int, len(b)+1)
	for j := range previous {
		previous[j] = j
	}
	for i := range len(a) {
		current := make([]int, len(b)+1)
		current[0] = i + 1
		for j := range len(b) {
			change := previous[j]
			if a[i] != b[j] {
				change++
			}
			current[j+1] = min(change, previous[j+1]+1, current[j]+1)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				current[j+1] = min(current[j+1], before[j-1]+1)
			}
		}
		before, previous = previous, current
	}
	return previous[len(b)]
}

// quoteName writes a table or column name as SQL needs it: in double quotes unless it is a plain word.
func quoteName(name string, keyword func(string) bool) string {
	plain := name != "" && !keyword(name)
	for i, r := range name {
		letter := r == '_' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
		if !letter && (i == 0 || r < '0' || r > '9') {
			plain = false
		}
	}
	if plain {
		return name
	}
	return `"` + strings.ReplaceAll(name, `"`, `""`) + `"`
}
