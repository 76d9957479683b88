package grounding

import (
	"slices"
	"strings"
)

// Small numbers are silent, for prose counts its own items. But a number before the name of a column
// counts what the table lists: "There are 23 countries". Such a number can be no cell of another column;
// one that is larger than the table is no count either, and neither is any other number where
// the sentence says how many there are at all.

// counts decides what numbers before names are: claims, or counts of some rows that nothing can check.
func (c *checker) counts() {
	for i := range c.doc.figures {
		f := &c.doc.figures[i]
		if !f.isPlainCount() || c.doc.blocks[f.block].kind == tableRow {
			continue
		}
		noun := c.nounAfter(f)
		if noun == "" {
			continue
		}
		all := c.saysHowMany(f)
		f.counted, f.noun = c.countedBy(noun), keyOf(noun)
		n := int(f.readings[0].value)
		switch most, partial := c.mostOf(f.counted); {
		case f.counted != nil && all && !partial:
			f.weak = false
		case f.counted != nil && n <= most:
			f.weak = true // "13 countries have fewer than 50 orders."
		case f.counted != nil:
		case all && n >= fewItems && n <= 12 && isPlural(noun) && !isItem(noun):
			f.weak = false // "We had 12 employees."
		}
	}
}

// fewItems is the number from which on a sentence such as "We had 12 employees" is believed to speak of
// the data. Below it, answers count what they are about to say.
const fewItems = 5

// maxWords is how many words after a count are looked at.
const maxWords = 12

// isPlainCount reports whether f is a bare whole number that says neither top nor last nor each.
func (f *figure) isPlainCount() bool {
	return f.hedge == plainly && !f.year && f.literal == "" && !f.money && f.unit == noUnit && f.exp == 0 && f.sign == 0 && !f.ranked &&
		len(f.readings) > 0 && f.readings[0].decimals == 0 && f.readings[0].value >= 1 && f.readings[0].value < 1e6
}

// nounAfter returns the word right after f, in lower case, or the one after it where the first is a
// short word of how many: "5 different countries".
func (c *checker) nounAfter(f *figure) string {
	next := f.end + gapAt(c.doc.prose, f.end)
	w, ok := nextWord(c.doc.prose, next)
	if !ok || w.start != next {
		return ""
	}
	word := strings.ToLower(c.doc.prose[w.start:w.end])
	if isSuch(word) {
		at := w.end + gapAt(c.doc.prose, w.end)
		if w, ok = nextWord(c.doc.prose, at); !ok || w.start != at {
			return ""
		}
		word = strings.ToLower(c.doc.prose[w.start:w.end])
	}
	return word
}

// countedBy returns the columns of names or years that a noun stands for: countries for Country.
func (c *checker) countedBy(noun string) (out []ref) {
	one := keyOf(singular(noun))
	for i, s := range c.index.sheets {
		for col := range s.columns {
			k := &s.columns[col]
			if (k.count == 0 || k.years) && len(k.words) == 1 && (k.words[0] == one || k.words[0] == keyOf(noun)) {
				out = append(out, ref{i, allRows, col})
			}
		}
	}
	return out
}

// mostOf returns how many of what columns name there can be: the rows of the largest table; and
// whether one of the tables holds not all of them.
func (c *checker) mostOf(cols []ref) (most int, partial bool) {
	for _, at := range cols {
		s := c.index.sheets[at.sheet]
		most = max(most, s.Total, len(s.Rows))
		partial = partial || !s.whole()
	}
	return most, partial
}

// distinct returns how many values a column has.
func (s *sheet) distinct(col int) int {
	seen := map[string]bool{}
	for r := range s.Rows {
		if text := s.cell(r, col); text != "" {
			seen[text] = true
		}
	}
	return len(seen)
}

// saysHowMany reports whether f says how many of something there are at all: "There are 5 years in
// the data", "We had 12 employees." Whatever follows must not narrow it.
func (c *checker) saysHowMany(f *figure) bool {
	start := c.doc.blocks[f.block].start
	verb, at := wordBefore(c.doc.prose, start, f.start)
	subject, _ := wordBefore(c.doc.prose, start, at)
	if !isThere(strings.ToLower(verb), strings.ToLower(subject)) {
		return false
	}
	in := c.doc.sentenceOf(f)
	at = f.end
	for n := 0; ; n++ {
		w, ok := nextWord(c.doc.prose[:in.end], at)
		if !ok || n > maxWords || n > 0 && strings.ContainsAny(c.doc.prose[at:w.start], ".,;:()–—\n") {
			return true
		}
		if low := strings.ToLower(c.doc.prose[w.start:w.end]); n > 1 && !isOverall(low) || n == 1 && !isOverall(low) && !isSuch(c.doc.wordOver(f.end)) {
			return false
		}
		at = w.end
	}
}

// wordOver returns the first word at or after an offset, in lower case.
func (d *document) wordOver(at int) string {
	w, _ := nextWord(d.prose, at)
	return strings.ToLower(d.prose[w.start:w.end])
}

// isCountOf reports whether a match can be what f counts, if it counts anything by name.
func (s *search) isCountOf(h candidate) bool {
	return s.f.counted == nil || h.kind != Cell || slices.Contains(s.index.sheets[h.of.sheet].columns[h.of.column].words, s.f.noun)
}

// singular returns an English noun without the ending of its plural.
func singular(s string) string {
	switch {
	case strings.HasSuffix(s, "ies") && len(s) > 4:
		return s[:len(s)-3] + "y"
	case strings.HasSuffix(s, "ss"):
		return s
	case strings.HasSuffix(s, "sses"), strings.HasSuffix(s, "xes"), strings.HasSuffix(s, "ches"), strings.HasSuffix(s, "shes"):
		return s[:len(s)-2]
	case strings.HasSuffix(s, "s"):
		return s[:len(s)-1]
	default:
		return s
	}
}

func isPlural(s string) bool { return len(s) > 3 && (singular(s) != s || s == "people") }
