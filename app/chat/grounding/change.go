package grounding

import "strings"

// changeAt tells which way a figure is said to change: 1 up, -1 down, or 0. It looks only at what
// stands right beside the figure ("fell by 28.6%", "28.6% more"), since farther words may speak
// of something else. After tells that it stands after the figure.
func changeAt(s string, b *block, start, end int) (way int, after bool) {
	at, year := start, false
	for range 5 {
		word, since := wordBefore(s, b.start, at)
		low := strings.ToLower(word)
		if way := changeOf(low); way != 0 {
			before, _ := wordBefore(s, b.start, since)
			if low == "up" && isMaking(strings.ToLower(before)) {
				return 0, false
			}
			return way, false
		}
		isWhen := len(low) == 4 && digitsAt(low, 0) == 4 || year && (low == "in" || low == "im")
		if word == "" || hedgeOf(low) == plainly && !isBy(low) && !isWhen {
			break
		}
		at, year = since, isWhen
	}
	next := end + gapAt(s, end)
	if w, ok := nextWord(s[:b.end], next); ok && w.start == next {
		low := strings.ToLower(s[w.start:w.end])
		if way := moreOrLess(low); way != 0 {
			return way, true
		}
		return changeOf(low), true
	}
	return 0, false
}

// agrees reports whether p goes the way that the text says f goes. A cell may hold a
// fall as a positive number, unless others of its column are negative.
func (s *search) agrees(p *candidate) bool {
	switch {
	case s.f.way == 0:
		return true
	case p.kind == Growth:
		return p.value > 0 == (s.f.way > 0)
	case p.kind == Share:
		return false
	case p.kind == Cell:
		return s.agreesWith(p.value, &s.index.sheets[p.of.sheet].columns[p.of.column], p.of.sheet)
	default:
		return true
	}
}

func (s *search) agreesWith(v float64, col *column, sheet int) bool {
	if s.f.way == 0 || v == 0 || v < 0 == (s.f.way < 0) {
		return true
	}
	for c := range s.index.sheets[sheet].columns {
		if &s.index.sheets[sheet].columns[c] == col {
			return s.index.sheets[sheet].value(col.min, c) >= 0
		}
	}
	return true
}

// isBy reports whether s, in lower case, may stand between a change and its size.
func isBy(s string) bool {
	switch s {
	case "by", "of", "um", "von", "de", "di", "del", "around", "a", "full", "another", "further", "only", "just":
		return true
	}
	return false
}

// isMaking reports whether s, in lower case, makes "up" after it no rise: "made up 48.8 %".
func isMaking(s string) bool {
	switch s {
	case "made", "make", "makes", "making", "add", "adds", "added", "come", "comes", "came", "took", "takes", "end", "ends", "ended":
		return true
	}
	return false
}

// changeOf tells whether s, in lower case, says that something grew (1) or fell (-1).
func changeOf(s string) int {
	switch s {
	case "grew", "grow", "grown", "grows", "rose", "rise", "risen", "rises", "rising", "increase", "increased", "increases", "increasing", "climbed", "jumped", "jump", "surged", "soared",
		"gained", "gain", "up", "expanded", "growth", "upturn", "stieg", "stiegen", "gestiegen", "wuchs", "gewachsen", "zunahme", "zuwachs", "anstieg", "wachstum", "plus",
		"hausse", "augmenté", "augmentation", "croissance", "creció", "aumentó", "subió", "aumento", "crecimiento", "crescita", "aumentato":
		return 1
	case "fell", "fall", "fallen", "falls", "falling", "drop", "dropped", "drops", "decline", "declined", "declines", "declining", "decrease", "decreased", "decreases", "shrank", "shrunk",
		"down", "slid", "slipped", "plunged", "dipped", "dip", "sank", "contracted", "downturn", "fiel", "fielen", "gefallen", "sanken", "gesunken", "rückgang", "abnahme", "minus",
		"baisse", "diminué", "diminution", "recul", "cayó", "bajó", "disminuyó", "caída", "calo", "diminuito":
		return -1
	}
	return 0
}

// moreOrLess tells which way s, in lower case, compares after a figure.
func moreOrLess(s string) int {
	switch s {
	case "more", "higher", "greater", "larger", "mehr", "höher", "größer":
		return 1
	case "less", "lower", "fewer", "smaller", "weniger", "niedriger", "geringer", "kleiner":
		return -1
	}
	return 0
}
