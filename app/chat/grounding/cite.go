package grounding

import "strings"

// Instructions tells a model how to cite, to be put before the thread. Each result
// must tell the model its number (Table.Number). Rows count from 1 for the model,
// as people count.
const Instructions = "Right after each figure from a tool's result cite its source as [call:row], as in 1,234.50 [2:3]. " +
	"Rows count from 1; [2:1,4-6] cites several rows, [2:*] all of them."

// citation is one that stands in the text.
type citation struct {
	start, end int
	rows       []citedRows
	figure     int // the figure that it is about, or -1
}

// citedRows is rows from and to, counted from 1, of the call with that number.
type citedRows struct{ call, from, to int }

// all as citedRows.to stands for the last row.
const all = -1

// citations finds the citations between start and end and blanks them, so that no
// digit of theirs is read as a figure.
func (d *document) citations(start, end int) {
	for i := start; i < end; {
		n := strings.IndexByte(d.text[i:end], '[')
		if n < 0 {
			return
		}
		i += n
		rows, n := parseCitation(d.text[i:end])
		if n == 0 {
			i++
			continue
		}
		if len(d.cites) == maxCitations {
			d.cut = true
		} else if !strings.HasPrefix(d.text[i+n:], "(") { // else it is a link
			d.cites = append(d.cites, citation{start: i, end: i + n, rows: rows, figure: -1})
		}
		clear(d.clear[i : i+n])
		i += n
	}
}

// parseCitation reads the citation that s begins with: [1:3], [1:2-4], [1:2,5],
// [1:*], [1:3; 2:1]. Its length is 0 if there is none.
func parseCitation(s string) (rows []citedRows, length int) {
	p := &scanner{s: s, i: 1}
	for {
		call, ok := p.number()
		if !ok || !p.eat(":") {
			return nil, 0
		}
		for again := true; again; {
			r := citedRows{call: call, from: 1, to: all}
			if !p.eat("*") {
				if r.from, ok = p.number(); !ok {
					return nil, 0
				}
				r.to = r.from
				if p.eat("-") || p.eat("–") {
					if r.to, ok = p.number(); !ok {
						return nil, 0
					}
				}
			}
			rows = append(rows, r)
			again = p.eat(",") && !p.callFollows()
		}
		switch {
		case p.eat("]"):
			return rows, p.i
		case p.eat(";"), p.callFollows():
		default:
			return nil, 0
		}
		if len(rows) > 50 {
			return nil, 0
		}
	}
}

type scanner struct {
	s string
	i int
}

func (p *scanner) eat(token string) bool {
	for p.i < len(p.s) && p.s[p.i] == ' ' {
		p.i++
	}
	if !strings.HasPrefix(p.s[p.i:], token) {
		return false
	}
	p.i += len(token)
	return true
}

// number reads a positive number of at most six digits.
func (p *scanner) number() (int, bool) {
	p.eat("")
	n, digits := 0, 0
	for p.i < len(p.s) && isDigit(p.s[p.i]) && digits < 7 {
		n = n*10 + int(p.s[p.i]-'0')
		p.i++
		digits++
	}
	return n, n > 0 && digits < 7
}

// callFollows reports whether a call and a colon come next.
func (p *scanner) callFollows() bool {
	q := *p
	_, ok := q.number()
	return ok && q.eat(":")
}

// maxGap is how many bytes may stand between a figure and its citation.
const maxGap = 100

// attach ties each citation to the figure right before it: in the same sentence,
// with nothing but marks and at most four words, such as a unit, between them.
func (d *document) attach() {
	f := 0
	for i := range d.cites {
		c := &d.cites[i]
		for f < len(d.figures) && d.figures[f].start < c.start {
			f++
		}
		if f == 0 {
			continue
		}
		g := &d.figures[f-1]
		if !d.sentenceOf(g).has(c.start) || c.start-g.end > maxGap {
			continue
		}
		words := 0
		for w, ok := nextWord(d.text[:c.start], g.end); ok && words <= 4; w, ok = nextWord(d.text[:c.start], w.end) {
			words++
		}
		if words > 4 {
			continue
		}
		c.figure = f - 1
		g.cites = append(g.cites, i)
	}
}

// sentenceOf returns the sentence in which f stands.
func (d *document) sentenceOf(f *figure) span { return d.blocks[f.block].sentences[f.sentence] }
