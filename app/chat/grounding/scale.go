package grounding

import (
	"slices"
	"strings"
)

// maxScales is how many scales an answer may announce.
const maxScales = 2

// announced returns the powers of ten that the text says once for many figures: "in thousands",
// "in Mio. €", "in 1,000s". What they hold for is not said either, so that they give every
// figure of the text a second reading, and the data decide.
func (d *document) announced() []int {
	var out []int
	for i, w := range d.words {
		text := strings.ToLower(d.prose[w.start:w.end])
		exp := scaleOf(text, false, false)
		switch text {
		case "000s", "1000s":
			exp = 3
		case "000":
			if before := runeBefore(d.prose, w.start); before == '\'' || before == '’' {
				exp = 3
			}
		case "000000s":
			exp = 6
		}
		if exp == 0 || len(out) == maxScales || slices.Contains(out, exp) || !d.isAnnounced(i) {
			continue
		}
		out = append(out, exp)
	}
	return out
}

// isAnnounced reports whether the i-th word, a scale, stands after "in", with at most two words
// such as a currency between them and no number.
func (d *document) isAnnounced(i int) bool {
	if isDigit(d.prose[d.words[i].start]) { // 1,000s are two words
		return i > 0 && (isIn(d.wordAt(i-1)) || d.wordAt(i-1) == "1" && i > 1 && isIn(d.wordAt(i-2)))
	}
	for k := i - 1; k >= 0 && k >= i-3; k-- {
		word := d.wordAt(k)
		if isIn(word) {
			return true
		}
		if isDigit(word[0]) || word == "a" || word == "the" {
			return false
		}
	}
	return false
}

// wordAt returns the i-th word in lower case.
func (d *document) wordAt(i int) string {
	return strings.ToLower(d.prose[d.words[i].start:d.words[i].end])
}

func isIn(s string) bool {
	switch s {
	case "in", "en", "em":
		return true
	}
	return false
}

// scalesOf returns the scales that hold for f besides the one that is written with it: those
// that the text announces, and that of the head of its column in a table.
func (c *checker) scalesOf(f *figure) []int {
	if f.exp != 0 || f.unit != noUnit || f.year || f.literal != "" || f.part {
		return nil
	}
	out := c.doc.scales
	if head := c.headOf(f); head.start < head.end {
		var named column
		if named.readName(c.doc.text[head.start:head.end]); named.exp != 0 && !slices.Contains(out, named.exp) {
			out = append(slices.Clip(out), named.exp)
		}
	}
	return out
}
