package grounding

import (
	"strings"
	"unicode/utf8"
)

// document is an answer, taken apart.
type document struct {
	text  string // as it was given, up to maxText
	clear []byte // the same with a zero in place of each byte that is no prose
	prose string // clear, when it is done
	cut   bool   // the text was longer
	plain bool   // it is no answer: the numbers are wanted, and not what they claim

	blocks  []block
	words   []word
	at      map[uint64][]int32 // indexes of words by their keys
	seen    [4096]uint64       // a bit for each key, by its upper bits: most words of most cells are told apart by that
	moments []moment
	figures []figure
	cites   []citation
	scales  []int // powers of ten that are announced for all figures
}

type blockKind int

const (
	paragraph blockKind = iota
	item
	heading
	tableHead
	tableRow
)

// block is a piece of the text in which things belong together: a paragraph, an
// item of a list without the items below it, a heading, a row of a table.
type block struct {
	kind       blockKind
	start, end int
	indent     int
	parent     int // the block that introduces it: a heading, the item above, a line before a list; or -1
	table      int // number of the table, from 1
	sentences  []span
}

type span struct{ start, end int }

func (s span) has(i int) bool { return s.start <= i && i < s.end }

// read takes an answer apart.
func read(text string) *document {
	d := &document{text: text}
	if len(text) > maxText {
		end := maxText
		for end > 0 && !utf8.RuneStart(text[end]) {
			end--
		}
		d.text, d.cut = text[:end], true
	}
	d.clear = []byte(d.text)
	d.layOut()
	for i := range d.blocks {
		b := &d.blocks[i]
		if b.kind != tableHead {
			d.citations(b.start, b.end)
		}
		d.blank(b.start, b.end)
		b.sentences = d.sentences(b)
	}
	d.at = map[uint64][]int32{}
	d.prose = string(d.clear)
	for w, ok := nextWord(d.prose, 0); ok; w, ok = nextWord(d.prose, w.end) {
		d.at[w.key] = append(d.at[w.key], int32(len(d.words)))
		d.seen[w.key>>52] |= 1 << (w.key >> 46 & 63)
		d.words = append(d.words, w)
	}
	d.scales = d.announced()
	d.find(d.prose)
	return d
}

// readPlain finds the figures of a text that is no answer: a question, a query, what a tool said. All
// digits count there, those in code, too.
func readPlain(text string) *document {
	d := &document{text: text[:min(len(text), maxText)], plain: true}
	d.blocks = []block{{end: len(d.text), parent: -1, sentences: []span{{0, len(d.text)}}}}
	d.prose = d.text
	d.find(d.prose)
	return d
}

// layout is where layOut has come to.
type layout struct {
	open    int    // the block that the next line may continue, or -1
	fence   string // what closes the block of code, or empty
	table   int    // number of the table that the line belongs to, or 0
	tables  int    // tables so far
	section int    // the heading that holds, or -1
	intro   int    // the paragraph right before, or -1
	items   []int  // the open items, outermost first
	blank   bool   // the line before is blank
}

// layOut divides the text into blocks by the rules of CommonMark, as far as they
// matter here, and blanks blocks of code.
func (d *document) layOut() {
	l := layout{open: -1, section: -1, intro: -1, blank: true}
	for start := 0; start < len(d.text); {
		end := len(d.text)
		if n := strings.IndexByte(d.text[start:], '\n'); n >= 0 {
			end = start + n
		}
		d.line(&l, start, end)
		start = end + 1
	}
}

func (d *document) line(l *layout, start, end int) {
	body, indent := start, 0
	for ; body < end; body++ {
		switch d.text[body] {
		case ' ':
			indent++
			continue
		case '\t':
			indent += 4
			continue
		case '>':
			indent = 0
			continue
		}
		break
	}
	s := strings.TrimRight(d.text[body:end], " \t\r")
	switch {
	case l.fence != "":
		clear(d.clear[start:end])
		if strings.HasPrefix(s, l.fence) && strings.Trim(s, l.fence[:1]) == "" {
			l.fence = ""
		}
		return
	case s == "":
		l.open, l.table, l.blank = -1, 0, true
		return
	case strings.HasPrefix(s, "```"), strings.HasPrefix(s, "~~~"):
		l.fence, l.open, l.table = s[:len(s)-len(strings.TrimLeft(s, s[:1]))], -1, 0
		clear(d.clear[start:end])
		return
	case indent >= 4 && l.blank && len(l.items) == 0:
		clear(d.clear[start:end]) // indented code; blank stays true, so that it may go on
		return
	}
	fresh := block{start: body, end: end, indent: indent, parent: l.section}
	switch marker := listMarker(s); {
	case isHeading(s):
		fresh.kind, fresh.parent = heading, -1
		d.blankNumbering(body, end)
		l.begin(d, fresh)
		l.section, l.items, l.intro, l.open = len(d.blocks)-1, nil, -1, -1
	case l.table > 0 && strings.Contains(s, "|"):
		if isDelimiter(s) {
			clear(d.clear[start:end])
			break
		}
		fresh.kind, fresh.table, fresh.parent = tableRow, l.table, l.introduction()
		l.begin(d, fresh)
	case strings.Contains(s, "|") && isDelimiter(d.lineAfter(end)):
		l.tables++
		l.table = l.tables
		fresh.kind, fresh.table, fresh.parent = tableHead, l.table, l.introduction()
		l.begin(d, fresh)
	case marker > 0:
		clear(d.clear[body : body+marker])
		for len(l.items) > 0 && d.blocks[l.items[len(l.items)-1]].indent >= indent {
			l.items = l.items[:len(l.items)-1]
		}
		fresh.kind, fresh.parent = item, l.introduction()
		l.begin(d, fresh)
		l.items = append(l.items, len(d.blocks)-1)
		l.open = len(d.blocks) - 1
	case l.open >= 0:
		d.blocks[l.open].end = end
	default:
		if indent == 0 {
			l.items = nil
		}
		if len(l.items) > 0 {
			fresh.parent = l.introduction()
		}
		l.begin(d, fresh)
		l.open = len(d.blocks) - 1
		if len(l.items) == 0 {
			l.intro = l.open
		}
	}
	l.blank = false
}

func (l *layout) begin(d *document, b block) {
	if b.kind != tableRow && b.kind != tableHead {
		l.table = 0
	}
	l.open = -1
	d.blocks = append(d.blocks, b)
}

// introduction returns the block that introduces what comes now.
func (l *layout) introduction() int {
	switch {
	case len(l.items) > 0:
		return l.items[len(l.items)-1]
	case l.intro >= 0:
		return l.intro
	default:
		return l.section
	}
}

func (d *document) lineAfter(end int) string {
	rest := d.text[min(end+1, len(d.text)):]
	line, _, _ := strings.Cut(rest, "\n")
	return strings.Trim(line, " \t\r>")
}

func isDelimiter(s string) bool {
	return strings.Contains(s, "-") && strings.Contains(s, "|") && strings.Trim(s, "|:- \t") == ""
}

func isHeading(s string) bool {
	rest := strings.TrimLeft(s, "#")
	n := len(s) - len(rest)
	return 1 <= n && n <= 6 && strings.HasPrefix(rest, " ")
}

// listMarker returns the length of the bullet or number that makes s an item.
func listMarker(s string) int {
	if len(s) > 1 && strings.IndexByte("-*+", s[0]) >= 0 && (s[1] == ' ' || s[1] == '\t') {
		return 1
	}
	n := 0
	for n < len(s) && n < 9 && isDigit(s[n]) {
		n++
	}
	if n > 0 && n+1 < len(s) && (s[n] == '.' || s[n] == ')') && s[n+1] == ' ' {
		return n + 1
	}
	return 0
}

// blankNumbering blanks the number of a heading, as in "## 2.1 Results" or "## 3. Results", but
// not in "## 4.7 million".
func (d *document) blankNumbering(start, end int) {
	i := start
	for i < end && (d.text[i] == '#' || d.text[i] == ' ') {
		i++
	}
	n := i
	for n < end && n < i+6 && (isDigit(d.text[n]) || d.text[n] == '.' || d.text[n] == ')') {
		n++
	}
	title := d.text[min(n+1, end):end]
	if n == i || n == end || d.text[n] != ' ' || !strings.ContainsAny(d.text[i:n], ".)") || !letterAt(title, 0) {
		return
	}
	w, _ := nextWord(title, 0)
	if u, _ := unitAt(title); u != noUnit || scaleOf(title[w.start:w.end], false, true) != 0 || isCurrency(title[w.start:w.end]) {
		return
	}
	clear(d.clear[i:n])
}

// sentences divides a block. A row of a table is one sentence.
func (d *document) sentences(b *block) []span {
	if b.kind == tableRow || b.kind == tableHead {
		return []span{{b.start, b.end}}
	}
	var out []span
	start, text := b.start, string(d.clear[b.start:b.end])
	for i := 0; i < len(text); i++ {
		if strings.IndexByte(".!?", text[i]) < 0 {
			continue
		}
		end := i + 1
		for end < len(text) && strings.IndexByte("\x00*_\"')]", text[end]) >= 0 {
			end++
		}
		next := end
		for next < len(text) && strings.IndexByte(" \n\x00*_\"'([", text[next]) >= 0 {
			if text[next] == 0 {
				end = next + 1
			}
			next++
		}
		if next == end || next >= len(text) {
			continue
		}
		if r, _ := runeAt(text, next); isUpper(r) && !endsInAbbreviation(text[:i]) {
			out = append(out, span{start, b.start + end})
			start = b.start + end
			i = end - 1
		}
	}
	return append(out, span{start, b.end})
}

// endsInAbbreviation reports whether the point after s belongs to an abbreviation
// that commonly stands before a capital.
func endsInAbbreviation(s string) bool {
	i := len(s)
	for i > 0 && letterAt(s, i-1) {
		i--
	}
	switch last := s[i:]; last {
	case "Mio", "Mrd", "Tsd", "Nr", "No", "St", "Dr", "Mr", "Mrs", "Ms", "vs", "ca", "approx", "inkl", "bzw":
		return true
	default:
		return len(last) == 1
	}
}
