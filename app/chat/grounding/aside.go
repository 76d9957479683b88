package grounding

import "strings"

// Some figures say something of the world or of the answer itself, and nothing of the data:
// the number of a standard or a section, a limit in SQL, a time that was measured, a
// temperature. They are weak, since a database may still hold such numbers.

// isAside reports whether f, a number without currency and unit of ours, is such a figure.
func (f *figure) isAside(s string, b *block, digits, word string) bool {
	if !strings.ContainsAny(digits, ",' ") && (isCoded(strings.ToLower(word)) || isNamed(word)) || isDegree(s[f.end:b.end]) {
		return true
	}
	next := f.end + gapAt(s, f.end)
	if w, ok := nextWord(s[:b.end], next); ok && w.start == next {
		if isBrief(s[w.start:w.end]) {
			return true
		}
		if isLong(strings.ToLower(s[w.start:w.end])) && isTaking(strings.ToLower(word)) {
			return true
		}
	}
	return isInSQL(s, b, f.start)
}

// isDegree reports whether s begins with the sign of a degree: 20 °C.
func isDegree(s string) bool {
	s = strings.TrimLeft(s[:min(len(s), 8)], " \u00a0\u202f")
	return strings.HasPrefix(s, "°") || strings.HasPrefix(s, "℃") || strings.HasPrefix(s, "℉")
}

// sqlReach is how far before a number the words of SQL are looked for, in bytes.
const sqlReach = 120

// isInSQL reports whether the number at i stands in SQL that is written as prose: right after
// LIMIT, or after WHERE or SELECT in the same stretch of capitals, such as "WHERE x > 5".
func isInSQL(s string, b *block, i int) bool {
	from := max(b.start, i-sqlReach)
	for from < i && s[from]&0xC0 == 0x80 {
		from++
	}
	piece := s[from:i]
	if cut := strings.LastIndex(piece, ". "); cut >= 0 {
		piece = piece[cut:]
	}
	after := 0 // words since the last one of SQL, besides those in capitals and numbers
	found := false
	for w, ok := nextWord(piece, 0); ok; w, ok = nextWord(piece, w.end) {
		switch text := piece[w.start:w.end]; {
		case isSQL(text):
			found, after = true, 0
		case found && text != strings.ToUpper(text):
			after++
		}
	}
	return found && after <= 1
}
