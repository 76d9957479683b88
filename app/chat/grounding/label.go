package grounding

import (
	"slices"
	"strings"
	"unicode"
)

// mention is a place in the text that names rows: a text cell of theirs stands
// there, or a date or year of theirs.
type mention struct {
	start, end int
	sheet      int
	column     int
	rows       []int // ascending
	full       bool  // the whole cell stands there, not only a word of it
}

const (
	maxLabel     = 80 // bytes; longer cells are prose
	maxNamed     = 20 // rows; a name of more rows points to none of them
	shortLabel   = 3  // letters; names no longer than this must stand in the text as they are: US, USA
	distinctWord = 4  // letters of a word that may stand for a whole name
)

// name finds the mentions of rows in the text, and drops figures that are a part of
// a name, as in "Route 66".
func (x *index) name(d *document) {
	for i, s := range x.sheets {
		for c := range s.columns {
			if s.columns[c].count < len(s.Rows) {
				x.nameByText(d, i, c)
			}
		}
		x.nameByDate(d, i)
	}
	slices.SortStableFunc(x.mentions, func(a, b mention) int {
		if a.start != b.start {
			return a.start - b.start
		}
		return a.end - b.end
	})
	covered := 0 // how far full names with letters reach
	m := 0
	kept := d.figures[:0]
	for _, f := range d.figures {
		for ; m < len(x.mentions) && x.mentions[m].start <= f.start; m++ {
			if n := x.mentions[m]; n.full && strings.ContainsFunc(d.text[n.start:n.end], isLetter) {
				covered = max(covered, n.end)
			}
		}
		if f.end > covered {
			kept = append(kept, f)
		}
	}
	d.figures = kept
	d.attach()
}

// label is one value of a column of texts of which a word stands in the text.
type label struct {
	text string
	rows []int
}

func (x *index) nameByText(d *document, sheet, c int) {
	s := x.sheets[sheet]
	labels, order := map[string]*label{}, []*label(nil)
	for r := range s.Rows {
		if c >= len(s.Rows[r]) {
			continue
		}
		text, ok := s.Rows[r][c].(string)
		if !ok || len(text) < 2 || len(text) > maxLabel || !d.hasWordOf(text) {
			continue
		}
		if l := labels[text]; l != nil {
			l.rows = append(l.rows, r)
			continue
		}
		l := &label{text, []int{r}}
		labels[text] = l
		order = append(order, l)
	}
	full := map[int]bool{} // words of the text that belong to a whole name
	words := map[uint64]*label{}
	for _, l := range order {
		for _, at := range d.places(l.text) {
			last := at + wordCount(l.text) - 1
			for i := at; i <= last; i++ {
				full[i] = true
			}
			start, end := d.words[at].start, d.words[last].end
			x.mentions = append(x.mentions, mention{start, end, sheet, c, l.rows, len(l.text) > shortLabel || d.text[start:end] == l.text})
		}
		for w, ok := nextWord(l.text, 0); ok; w, ok = nextWord(l.text, w.end) {
			if w.runes < distinctWord || !strings.ContainsFunc(l.text[w.start:w.end], unicode.IsLetter) {
				continue
			}
			if other, taken := words[w.key]; taken && other != l {
				words[w.key] = nil // shared by several names, so that it tells none
			} else if !taken {
				words[w.key] = l
			}
		}
	}
	for _, l := range order {
		for w, ok := nextWord(l.text, 0); ok; w, ok = nextWord(l.text, w.end) {
			if words[w.key] != l {
				continue
			}
			delete(words, w.key)
			for _, i := range d.at[w.key] {
				if at := d.words[i]; !full[int(i)] && at.capital {
					x.mentions = append(x.mentions, mention{at.start, at.end, sheet, c, l.rows, false})
				}
			}
		}
	}
}

// hasWordOf reports whether any word of s stands in the text.
func (d *document) hasWordOf(s string) bool {
	for w, ok := nextWord(s, 0); ok; w, ok = nextWord(s, w.end) {
		if d.seen[w.key>>52]&(1<<(w.key>>46&63)) == 0 {
			continue
		}
		if _, ok := d.at[w.key]; ok {
			return true
		}
	}
	return false
}

// places returns the indexes of the words of the text where name begins, which
// must have a letter. Case, accents and punctuation do not matter, except for short names: US, but
// "tax" may be Tax.
func (d *document) places(name string) []int {
	first, ok := nextWord(name, 0)
	if !ok || !strings.ContainsFunc(name, unicode.IsLetter) {
		return nil
	}
	var out []int
	for _, i := range d.at[first.key] {
		at, w, ok := int(i), first, true
		for ok && at < len(d.words) && d.words[at].key == w.key {
			w, ok = nextWord(name, w.end)
			at++
		}
		if ok {
			continue
		}
		text := d.text[d.words[i].start:d.words[at-1].end]
		if len(text) > len(name)+8 || len(name) <= shortLabel && text != name && (len(name) < shortLabel || strings.ToUpper(name) == name) {
			continue
		}
		out = append(out, int(i))
	}
	return out
}

func wordCount(s string) int {
	n := 0
	for w, ok := nextWord(s, 0); ok; w, ok = nextWord(s, w.end) {
		n++
	}
	return n
}

// nameByDate finds the rows of the dates that the text mentions: by a cell that is
// that date, or by a year beside a month or a quarter.
func (x *index) nameByDate(d *document, sheet int) {
	if len(d.moments) == 0 {
		return
	}
	s := x.sheets[sheet]
	rows := map[date][]int{} // in the order of columns
	for _, m := range d.moments {
		rows[m.date] = nil
	}
	year, month, quarter := s.calendar()
	for c := range s.columns {
		if s.columns[c].count == len(s.Rows) && c != year {
			continue
		}
		for r := range s.Rows {
			when := date{}
			if c == year && s.value(r, c) == s.value(r, c) {
				when.year = int(s.value(r, c))
				if month >= 0 {
					when.month = int(s.value(r, month))
				} else if quarter >= 0 {
					when.quarter = int(s.value(r, quarter))
				}
			} else if text := s.cell(r, c); len(text) > 0 && isDigit(text[0]) {
				when, _ = cellDate(text)
			}
			if list, asked := rows[when]; asked {
				rows[when] = append(list, r)
			}
		}
	}
	for when, list := range rows {
		slices.Sort(list)
		rows[when] = slices.Compact(list)
	}
	for _, m := range d.moments {
		if found := rows[m.date]; len(found) > 0 {
			x.mentions = append(x.mentions, mention{m.start, m.end, sheet, noColumn, found, true})
		}
	}
}

// calendar returns the columns of years, months and quarters, or -1.
func (s *sheet) calendar() (year, month, quarter int) {
	year, month, quarter = -1, -1, -1
	monthKey, quarterKey := keyOf("month"), keyOf("quarter")
	for c := range s.columns {
		col := &s.columns[c]
		if col.count == 0 || col.count < len(s.Rows) {
			continue
		}
		lo, hi := s.value(col.min, c), s.value(col.max, c)
		switch {
		case col.years && year < 0:
			year = c
		case slices.Contains(col.words, monthKey) && lo >= 1 && hi <= 12:
			month = c
		case slices.Contains(col.words, quarterKey) && lo >= 1 && hi <= 4:
			quarter = c
		}
	}
	return year, month, quarter
}
