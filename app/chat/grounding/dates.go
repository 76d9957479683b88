package grounding

import (
	"slices"
	"sort"
	"strings"
)

// Dates name rows and are no figures. But where a sentence names a row that has dates, and
// gives a day, that day must be one of the row's: "Order 10248 was shipped on 16 August 1996".

// dated is a date in the text, and what it was found to be; nil if it is not found.
type dated struct {
	start, end int
	found      *finding
}

// dates compares the days in the text with the dates of the rows that their sentences name.
func (c *checker) dates() {
	for _, m := range c.doc.moments {
		if m.date.day == 0 || m.date.year == 0 || c.givenDays[m.date] || len(c.days) == maxFigures {
			continue
		}
		if f, ok := c.frame(m); ok {
			if d, told := c.judgeDay(m, &f); told {
				c.days = append(c.days, d)
			}
		}
	}
}

// frame returns a figure that stands where a date does, for what asks about a figure's surroundings.
func (c *checker) frame(m moment) (figure, bool) {
	blocks := c.doc.blocks
	b := sort.Search(len(blocks), func(i int) bool { return blocks[i].end >= m.end })
	if b == len(blocks) || blocks[b].start > m.start {
		return figure{}, false
	}
	f := figure{start: m.start, end: m.end, block: b, column: -1}
	sentences := blocks[b].sentences
	f.sentence = min(sort.Search(len(sentences), func(i int) bool { return sentences[i].end > m.start }), len(sentences)-1)
	word, since := wordBefore(c.doc.prose, blocks[b].start, m.start)
	before, _ := wordBefore(c.doc.prose, blocks[b].start, since)
	return f, !isUntil(strings.ToLower(word)) && !strings.EqualFold(before, "as")
}

// judgeDay returns what a day is of the rows that its sentence names. Told is false if it names
// none that has dates.
func (c *checker) judgeDay(m moment, f *figure) (d dated, told bool) {
	in := c.doc.around(f)
	var own, others []candidate
	for i, s := range c.index.sheets {
		var rows []int
		for _, a := range c.anchors(in, i, f) {
			if a.full && a.column != noColumn {
				for _, r := range a.rows {
					rows = append(rows, r...)
				}
			}
		}
		if len(rows) == 0 || len(rows) > maxPairs {
			continue
		}
		days := s.calendarDays()
		told = told || slices.ContainsFunc(rows, func(r int) bool { return days.has[r] })
		for _, at := range days.at[m.date] {
			at.sheet = i
			hit := candidate{kind: Cell, of: at}
			if slices.Contains(rows, at.row) {
				own = append(own, hit)
			} else if len(others) < maxSources {
				others = append(others, hit)
			}
		}
	}
	d = dated{start: m.start, end: m.end}
	switch {
	case len(own) > 0:
		d.found = &finding{kind: Cell, exact: true, hits: own[:min(len(own), maxSources)]}
	case len(others) > 0:
		d.found = &finding{kind: Cell, exact: true, astray: true, hits: others[:min(len(others), maxSources)]}
	}
	return d, told
}

// days is the dates of a sheet.
type days struct {
	at  map[date][]ref // the cells that hold a day
	has map[int]bool   // the rows that have any
}

// calendarDays returns the days of a sheet. It reads them once.
func (s *sheet) calendarDays() *days {
	if s.days != nil {
		return s.days
	}
	s.days = &days{map[date][]ref{}, map[int]bool{}}
	for r := range s.Rows {
		for col := range s.columns {
			if text := s.cell(r, col); len(text) >= 8 && isDigit(text[0]) {
				if when, ok := cellDate(text); ok && when.day != 0 {
					s.days.at[when] = append(s.days.at[when], ref{row: r, column: col})
					s.days.has[r] = true
				}
			}
		}
	}
	return s.days
}

// isUntil reports whether s, in lower case, before a date makes it the end of a span of time, or
// the day of the answer itself.
func isUntil(s string) bool {
	switch s {
	case "from", "to", "until", "till", "between", "and", "since", "before", "after", "today", "through", "by", "than", "von", "vom", "bis", "zwischen", "und", "seit", "nach", "vor", "du", "au", "depuis", "entre", "et",
		"desde", "hasta", "y", "dal", "al":
		return true
	}
	return false
}
