package chat

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Match says where a search found a thread.
type Match struct {
	Title     []Span `json:"title" nullable:"false" doc:"What was found in the title."`
	MessageID string `json:"messageId,omitempty" doc:"The message that has most of the words, the first of several; absent if the title has them all."`
	Text      string `json:"text,omitempty" doc:"A piece of that message, on one line and without marks of Markdown."`
	Ranges    []Span `json:"ranges" nullable:"false" doc:"What was found in the text."`
}

// Span is a piece of a text, in UTF-16 code units, as JavaScript counts.
type Span struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

// Hit is a place in a text, in bytes, where one of the words stands that were looked for.
type Hit struct{ Start, End, Word int }

// Spans returns hits in a text, in order, as spans of it.
func Spans(text string, hits []Hit) []Span {
	spans := make([]Span, 0, len(hits))
	at, units := 0, 0
	to := func(offset int) int {
		for _, r := range text[at:offset] {
			units += unitsOf(r)
		}
		at = offset
		return units
	}
	for _, h := range hits {
		spans = append(spans, Span{to(h.Start), to(h.End)})
	}
	return spans
}

func unitsOf(r rune) int {
	if r > 0xFFFF {
		return 2
	}
	return 1
}

// An excerpt is at most this long, in characters, of which so many are before the first hit.
const (
	excerptRunes = 140
	excerptLead  = 32
)

// Excerpt returns the piece of a text with the most different words, given the hits in it, in
// order, and where these are in the piece. It stands on one line, and what is there for Markdown
// alone is left out.
func Excerpt(text string, hits []Hit) (string, []Span) {
	if len(hits) == 0 {
		return "", []Span{}
	}
	best, most := 0, 0
	for i, h := range hits {
		words := map[int]bool{}
		for _, next := range hits[i:] {
			if next.End-h.Start > excerptRunes-excerptLead {
				break
			}
			words[next.Word] = true
		}
		if len(words) > most {
			best, most = i, len(words)
		}
	}
	c := cutter{hits: hits[best:], spans: []Span{}}
	from := leadTo(text, hits[best].Start)
	if strings.TrimSpace(text[:from]) != "" {
		c.put('…')
	}
	c.cut(text, from)
	return c.out.String(), c.spans
}

// leadTo returns where an excerpt begins whose first hit is at that offset: at a word.
func leadTo(text string, offset int) int {
	from := offset
	for range excerptLead {
		_, size := utf8.DecodeLastRuneInString(text[:from])
		from -= size
	}
	if from == 0 {
		return 0
	}
	lead := text[from:offset]
	blank := strings.IndexFunc(lead, unicode.IsSpace)
	if blank < 0 {
		return offset
	}
	return offset - len(strings.TrimLeftFunc(lead[blank:], unicode.IsSpace))
}

// cutter writes an excerpt.
type cutter struct {
	out          strings.Builder
	hits         []Hit // of which the first is being written, or comes next
	spans        []Span
	open         bool // the last span has begun and not ended
	runes, units int
}

func (c *cutter) put(r rune) {
	c.out.WriteRune(r)
	c.runes++
	c.units += unitsOf(r)
}

// cut writes what is from there on, as much as there is room for.
func (c *cutter) cut(text string, from int) {
	before, gap, begun := ' ', false, false
	for i, r := range text[from:] {
		at := from + i
		if len(c.hits) > 0 && at >= c.hits[0].End {
			c.end()
		}
		last := before
		before = r
		if blank, nothing := isMarkup(r, last, text[at:]); blank || nothing {
			gap = gap || blank
			continue
		}
		if c.runes >= excerptRunes {
			c.end()
			c.put('…')
			return
		}
		if gap && begun {
			c.put(' ')
		}
		gap, begun = false, true
		if len(c.hits) > 0 && at == c.hits[0].Start {
			c.spans = append(c.spans, Span{Start: c.units})
			c.open = true
		}
		c.put(r)
	}
	c.end()
}

// end ends the first of the hits.
func (c *cutter) end() {
	if c.open {
		c.spans[len(c.spans)-1].End = c.units
		c.open = false
	}
	c.hits = c.hits[min(1, len(c.hits)):]
}

// isMarkup reports whether an excerpt has a blank in place of a character that stands between
// last and the rest, or nothing at all.
func isMarkup(r, last rune, rest string) (blank, nothing bool) {
	switch r {
	case '|', '#', '>':
		return true, false
	case '*', '`':
		return false, true
	case '-':
		return false, last == '-' || strings.HasPrefix(rest, "--")
	case ':':
		return false, last == '-'
	}
	return unicode.IsSpace(r) || unicode.IsControl(r), false
}
