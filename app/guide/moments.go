package guide

import "slices"

// moments returns words with those that name one time put together: “the month of May
// 1997” becomes one word. A dash between two times joins them to a range.
func moments(words []word) []word {
	var out []word
	for i := 0; i < len(words); {
		m, n := momentAt(words, i)
		if n == 0 {
			m, n = firstOfDays(words, i)
		}
		switch {
		case words[i].role == aRange:
			first, last := yearWord(words[i], words[i].number), yearWord(words[i], words[i].last)
			out = append(out, first, word{term: term{role: to}}, last)
			i++
		case n > 0:
			w := word{term: term{role: aMoment, moment: m}}
			if last := len(out) - 1; last >= 0 && out[last].role == aMoment && words[i].tokens[0].dash {
				out = append(out, word{term: term{role: to}})
			}
			for _, part := range words[i : i+n] {
				w.tokens = append(w.tokens, part.tokens...)
			}
			out = append(out, w)
			i += n
		default:
			out = append(out, words[i])
			i++
		}
	}
	return withoutUnits(out)
}

func yearWord(w word, year int) word {
	return word{term: term{role: aMoment, moment: moment{unit: "year", year: year}}, tokens: w.tokens}
}

// momentAt reads a time that begins at words[i], and returns of how many words it is
// made, 0 if there is none.
func momentAt(words []word, i int) (moment, int) {
	role := func(j int) role {
		if j >= 0 && j < len(words) {
			return words[j].role
		}
		return unknown
	}
	links := func(j int) int {
		for role(j) == filler && slices.Contains([]string{"of", "in", "the"}, words[j].tokens[0].fold) {
			j++
		}
		return j
	}
	switch w := words[i]; w.role {
	case aMoment:
		return w.moment, 1
	case aYear:
		if part, ok := partOf(words, i+1); ok && role(links(i+2)) != aYear {
			part.year = w.number
			return part, 2
		}
		return moment{unit: year, year: w.number}, 1
	case aNumber, anOrdinal:
		j := links(i + 1)
		if role(j) != aMonth || w.number > 31 || role(i-1) == aRank {
			return moment{}, 0
		}
		m := moment{unit: day, n: words[j].number, day: w.number}
		if k := links(j + 1); role(k) == aYear {
			m.year = words[k].number
			return m, k + 1 - i
		}
		return m, j + 1 - i
	}
	m, ok := partOf(words, i)
	if !ok {
		return moment{}, 0
	}
	if d := role(i + 1); m.unit == month && (d == aNumber || d == anOrdinal) && words[i+1].number <= 31 && role(i+2) == aYear {
		return moment{unit: day, year: words[i+2].number, n: m.n, day: words[i+1].number}, 3
	}
	if j := links(i + 1); role(j) == aYear {
		m.year = words[j].number
		return m, j + 1 - i
	}
	return m, 1
}

// firstOfDays reads the number at i as a day of the month that is named with the day to
// which the range goes: “from 1 to 15 June 1997”.
func firstOfDays(words []word, i int) (moment, int) {
	w := words[i]
	if w.role != aNumber && w.role != anOrdinal || w.number > 31 || !isSaid(words, i-1, "from", "between") ||
		!slices.Contains([]role{to, until, through, and}, roleAt(words, i+1)) {
		return moment{}, 0
	}
	j := i + 2
	for isSaid(words, j, "the") {
		j++
	}
	if j >= len(words) {
		return moment{}, 0
	}
	last, n := momentAt(words, j)
	if n == 0 || last.unit != day || j != i+2 {
		return moment{}, 0
	}
	return moment{unit: day, year: last.year, n: last.n, day: w.number}, 1
}

// partOf reads the word at i as a part of a year that is not known yet.
func partOf(words []word, i int) (moment, bool) {
	if i >= len(words) {
		return moment{}, false
	}
	unit, ok := map[role]kind{aMonth: month, aQuarter: quarter, aHalf: half}[words[i].role]
	return moment{unit: unit, n: words[i].number}, ok
}

// withoutUnits drops the word for a unit before a time of that unit: “the year 1997”.
func withoutUnits(words []word) []word {
	var out []word
	for i, w := range words {
		j := i + 1
		for j < len(words) && words[j].role == filler && words[j].tokens[0].fold == "of" {
			j++
		}
		if w.role == aNoun && !w.many && j < len(words) && words[j].role == aMoment && words[j].moment.unit == w.kind && (i == 0 || words[i-1].role != by && words[i-1].role != per) {
			continue
		}
		out = append(out, w)
	}
	return out
}
