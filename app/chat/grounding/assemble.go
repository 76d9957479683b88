package grounding

import (
	"math"
	"slices"
	"sort"
	"unicode/utf8"
)

// report puts together what was found.
func (c *checker) report() Report {
	r := Report{Marks: []Mark{}, NotFound: []Figure{}, Citations: []Citation{}}
	at := newOffsets(c.doc.text)
	for i := range c.doc.figures {
		f, found := &c.doc.figures[i], c.found[i]
		start, end, text := at.of(f.start), at.of(f.end), c.doc.text[f.start:f.end]
		cited := c.verdict(f, found)
		switch {
		case found != nil:
			r.Marks = append(r.Marks, Mark{
				Start: start, End: end, Text: text, Kind: found.kind, Rounded: !found.exact, Rescaled: found.rescaled, Weak: found.weak || found.astray,
				Astray: found.astray, Sources: c.sources(found.hits), Cited: cited,
			})
		case !f.weak || cited == Wrong && !f.year:
			r.NotFound = append(r.NotFound, Figure{Start: start, End: end, Text: text, Cited: cited})
		}
	}
	for _, d := range c.days {
		start, end, text := at.of(d.start), at.of(d.end), c.doc.text[d.start:d.end]
		if d.found == nil {
			r.NotFound = append(r.NotFound, Figure{Start: start, End: end, Text: text, Cited: Absent})
			continue
		}
		r.Marks = append(r.Marks, Mark{
			Start: start, End: end, Text: text, Kind: d.found.kind, Weak: d.found.astray, Astray: d.found.astray,
			Sources: c.sources(d.found.hits), Cited: Absent,
		})
	}
	if len(c.days) > 0 {
		slices.SortStableFunc(r.Marks, func(a, b Mark) int { return a.Start - b.Start })
		slices.SortStableFunc(r.NotFound, func(a, b Figure) int { return a.Start - b.Start })
	}
	for i, cite := range c.doc.cites {
		set, problem := c.judgeCitation(i)
		out := Citation{
			Start: at.of(cite.start), End: at.of(cite.end), Text: c.doc.text[cite.start:cite.end],
			Sources: c.citedSources(set), Verdict: Right, Problem: problem,
		}
		if problem != "" {
			out.Verdict = Wrong
		}
		r.Citations = append(r.Citations, out)
	}
	return r
}

// sources returns where hits come from. Hits in one column of one call make one source.
func (c *checker) sources(hits []candidate) []Source {
	out := []Source{}
	for _, h := range hits {
		first := c.index.source(h.of)
		if h.rows != nil {
			first.Rows = slices.Clone(h.rows)
		}
		if h.pair {
			return append(out, first, c.index.source(h.by))
		}
		same := slices.IndexFunc(out, func(s Source) bool {
			return s.Call == first.Call && s.Column == first.Column && s.Rows != nil && first.Rows != nil && h.rows == nil
		})
		if same < 0 {
			out = append(out, first)
			continue
		}
		out[same].Rows = append(out[same].Rows, first.Rows...)
		slices.Sort(out[same].Rows)
	}
	return out
}

// citedSources returns the cited rows; a call that is cited as a whole has null rows.
func (c *checker) citedSources(set citedSet) []Source {
	out := []Source{}
	for _, r := range set.ranges {
		s := c.index.source(ref{r.sheet, allRows, noColumn})
		for k := r.from; k <= r.to && !r.whole && len(s.Rows) < maxListed; k++ {
			s.Rows = append(s.Rows, k)
		}
		if last := len(out) - 1; last >= 0 && out[last].Call == s.Call && out[last].Rows != nil && s.Rows != nil {
			out[last].Rows = append(out[last].Rows, s.Rows...)
			slices.Sort(out[last].Rows)
			continue
		}
		out = append(out, s)
	}
	return out
}

// offsets turns offsets in bytes into UTF-16 code units.
type offsets struct {
	after []int // ends of the characters that have more bytes than units
	less  []int // by how many bytes all up to there have more
}

func newOffsets(s string) *offsets {
	o := &offsets{}
	less := 0
	for i := 0; i < len(s); {
		if s[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		i += n
		units := 1
		if r > math.MaxUint16 {
			units = 2
		}
		if n > units {
			less += n - units
			o.after, o.less = append(o.after, i), append(o.less, less)
		}
	}
	return o
}

func (o *offsets) of(i int) int {
	n := sort.SearchInts(o.after, i+1)
	if n == 0 {
		return i
	}
	return i - o.less[n-1]
}

// take reads the texts that were given: the values of their figures in all readings, days, and of
// the first text the first readings in order, up to more than a question may have to be worked with.
func (c *checker) take(texts []string) {
	c.given, c.givenDays = map[float64]bool{}, map[date]bool{}
	for i, t := range texts {
		d := readPlain(t)
		for _, m := range d.moments {
			c.givenDays[m.date] = true
		}
		for _, f := range d.figures {
			for k, n := range f.readings {
				v := n.value * math.Pow10(f.exp)
				if c.given[v] = true; i == 0 && k == 0 && len(c.asked) <= maxAsked && !slices.Contains(c.asked, v) {
					c.asked = append(c.asked, v)
				}
			}
		}
	}
}
