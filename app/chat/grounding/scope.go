package grounding

import (
	"slices"
	"sort"
	"strings"
)

// scope is the rows that the text around a figure points to.
type scope struct {
	sentence [][]row   // from the narrowest set to all rows named in the sentence
	block    []row     // those of the block and of what introduces it, and rows that other figures of the block come from
	named    []mention // the mentions of the sentence
	added    []mention // those that the sentence adds up: its own, or else those of the one before ("together they …")
}

// maxScope is how many rows a scope may hold; more point to none.
const maxScope = 60

func (c *checker) scopeOf(f *figure) scope {
	var out scope
	out.named = c.mentionsIn(c.doc.around(f))
	out.added = out.named
	if len(out.named) == 0 && f.sentence > 0 {
		before := c.doc.blocks[f.block].sentences[f.sentence-1]
		out.added = c.mentionsIn(before.clip(f.start))
	}
	before, after := -1, -1
	for i, m := range out.named {
		if len(m.rows) > maxNamed {
			continue
		}
		if m.end <= f.start {
			before = i
		} else if m.start >= f.end && after < 0 {
			after = i
		}
	}
	add := func(rows []row) {
		same := func(other []row) bool { return slices.Equal(other, rows) }
		if len(rows) > 0 && !slices.ContainsFunc(out.sentence, same) {
			out.sentence = append(out.sentence, rows)
		}
	}
	all, most := c.rowsInSentence(f, out.named)
	add(most)
	each := c.saysEach(f)
	if before >= 0 && !each {
		add(c.sameplace(out.named, before))
	}
	if after >= 0 && !each {
		add(c.sameplace(out.named, after))
	}
	add(all)
	out.block = c.blockRows(f)
	return out
}

// window is how far around a figure its sentence and block are looked at, in bytes.
const window = 2000

// clip returns what of s lies near i.
func (s span) clip(i int) span {
	start := min(max(s.start, i-window), s.end)
	return span{start, max(start, min(s.end, i+window))}
}

// around returns the sentence of f, as far as it is near.
func (d *document) around(f *figure) span { return d.sentenceOf(f).clip(f.start) }

// mentionsIn returns the mentions in a piece of the text.
func (c *checker) mentionsIn(in span) []mention {
	ms := c.index.mentions
	from := sort.Search(len(ms), func(i int) bool { return ms[i].start >= in.start })
	to := from
	for to < len(ms) && ms[to].start < in.end {
		to++
	}
	return ms[from:to]
}

// sameplace returns the rows of the mentions that stand where the i-th does.
func (c *checker) sameplace(ms []mention, i int) []row {
	var here []mention
	for _, m := range ms {
		if m.start < ms[i].end && ms[i].start < m.end {
			here = append(here, m)
		}
	}
	rows, _ := c.rowsOf(here)
	return rows
}

// rowsInSentence is rowsOf the mentions in the sentence of f. It remembers the last,
// since figures come in the order of the text.
func (c *checker) rowsInSentence(f *figure, named []mention) (all, most []row) {
	if in := c.doc.around(f); c.last.in != in {
		c.last.in = in
		c.last.all, c.last.most = c.rowsOf(named)
	}
	return c.last.all, c.last.most
}

// rowsOf returns the rows that mentions name, in order, and those among them that
// several places name, if these are fewer.
func (c *checker) rowsOf(ms []mention) (all, most []row) {
	var times, last []int // how often each row is named, and where that ends
	top := 0
	for _, m := range ms {
		if len(m.rows) > maxNamed {
			continue
		}
		for _, r := range m.rows {
			k := row{m.sheet, r}
			i := slices.Index(all, k)
			if i < 0 {
				if len(all) == maxScope {
					continue
				}
				i = len(all)
				all, times, last = append(all, k), append(times, 0), append(last, 0)
			}
			if m.start >= last[i] {
				times[i], last[i] = times[i]+1, m.end
			}
			top = max(top, times[i])
		}
	}
	for i, k := range all {
		if top > 1 && times[i] == top {
			most = append(most, k)
		}
	}
	if len(most) == len(all) {
		most = nil
	}
	return all, most
}

// blockRows returns the rows that the block of f and the blocks that introduce it
// point to.
func (c *checker) blockRows(f *figure) []row {
	var out []row
	add := func(r row) {
		if len(out) < maxScope && !slices.Contains(out, r) {
			out = append(out, r)
		}
	}
	for i, depth := f.block, 0; i >= 0 && depth < 6; i, depth = c.doc.blocks[i].parent, depth+1 {
		b := &c.doc.blocks[i]
		rows, _ := c.rowsOf(c.mentionsIn(span{b.start, b.end}.clip(f.start)))
		for _, r := range rows {
			add(r)
		}
		from := sort.Search(len(c.doc.figures), func(j int) bool { return c.doc.figures[j].block >= i })
		for j := from; j < len(c.doc.figures) && c.doc.figures[j].block == i; j++ {
			g := c.found[j]
			if g == nil || g.weak || &c.doc.figures[j] == f || len(g.hits) > 2 {
				continue
			}
			for _, h := range g.hits {
				if h.kind == Cell {
					add(row{h.of.sheet, h.of.row})
				}
			}
		}
	}
	return out
}

// columnWords returns the words that can tell the column of f: those of its
// sentence, or of the head of its column in a Markdown table.
func (c *checker) columnWords(f *figure) []word {
	in := c.doc.around(f)
	if head := c.headOf(f); head.end > 0 {
		in = head
	}
	from := sort.Search(len(c.doc.words), func(i int) bool { return c.doc.words[i].start >= in.start })
	to := from
	for to < len(c.doc.words) && c.doc.words[to].start < in.end {
		to++
	}
	return c.doc.words[from:to]
}

// headOf returns where the head of f's column stands, if f stands in a Markdown table.
func (c *checker) headOf(f *figure) span {
	if t := c.doc.blocks[f.block].table; t > 0 {
		for i := f.block - 1; i >= 0 && c.doc.blocks[i].table == t; i-- {
			if b := c.doc.blocks[i]; b.kind == tableHead {
				return headCell(c.doc.text, b, f.column)
			}
		}
	}
	return span{}
}

// headCell returns where the n-th cell of a table's head stands.
func headCell(text string, b block, n int) span {
	start := b.start
	if text[start] == '|' {
		start++
	}
	for ; n > 0; n-- {
		i := strings.IndexByte(text[start:b.end], '|')
		if i < 0 {
			return span{b.end, b.end}
		}
		start += i + 1
	}
	if i := strings.IndexByte(text[start:b.end], '|'); i >= 0 {
		return span{start, start + i}
	}
	return span{start, b.end}
}

// saysEach reports whether the sentence says that a figure holds for all it names.
func (c *checker) saysEach(f *figure) bool { return c.sentenceHas(f, isEach) }

// sentenceHas reports whether any word of f's sentence, in lower case, is such.
func (c *checker) sentenceHas(f *figure, is func(string) bool) bool {
	return c.hasWord(c.doc.around(f), is)
}

// hasWord reports whether any word that begins in a piece of the text is such.
func (c *checker) hasWord(in span, is func(string) bool) bool {
	from := sort.Search(len(c.doc.words), func(i int) bool { return c.doc.words[i].start >= in.start })
	for i := from; i < len(c.doc.words) && c.doc.words[i].start < in.end; i++ {
		if is(c.doc.wordAt(i)) {
			return true
		}
	}
	return false
}

// topIn returns n where "top n" or "the n largest" stands in a sentence, or 0.
func (c *checker) topIn(in span) int {
	clear := c.doc.prose[in.start:in.end]
	for w, ok := nextWord(clear, 0); ok; {
		next, more := nextWord(clear, w.end)
		if more {
			a, b := strings.ToLower(clear[w.start:w.end]), strings.ToLower(clear[next.start:next.end])
			if isTop(b) {
				a, b = b, a
			}
			if n := smallNumber(b); isTop(a) && n > 1 {
				return n
			}
		}
		w, ok = next, more
	}
	return 0
}
