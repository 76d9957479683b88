package record

import (
	"encoding/json"
	"fmt"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/pomerium/pomchat/app/chat"
)

// What saying where a page of threads was found may read. Beyond, a thread is told without
// an excerpt.
const (
	maxRead = 16 << 20 // bytes of messages' parts
	maxHits = 200      // of a message
)

// MessageParts are the columns that Matches has read of a thread's messages, in the order of
// their creation.
const MessageParts = "id, parts"

// Matches returns where the words of a search are in threads that it has found. Read calls one
// for each message of a thread with its MessageParts, which are not used after that, until one
// returns false.
func Matches(threads []chat.Thread, words []string, read func(threadID string, one func(id string, parts []byte) bool) error) ([]chat.Match, error) {
	if len(words) == 0 {
		return nil, nil
	}
	all := make([]chat.Match, 0, len(threads))
	left := maxRead
	for _, t := range threads {
		inTitle := Hits(t.Title, words)
		m := chat.Match{Title: chat.Spans(t.Title, inTitle), Ranges: []chat.Span{}}
		if different(inTitle) < len(words) && left > 0 {
			var failed error
			best, hits, most := "", []chat.Hit(nil), 0
			err := read(t.ID, func(id string, parts []byte) bool {
				left -= len(parts)
				text, err := textOf(parts)
				if err != nil {
					failed = fmt.Errorf("message %s: %w", id, err)
					return false
				}
				found := Hits(text, words)
				if n := different(found); n > most {
					m.MessageID, best, hits, most = id, text, found, n
				}
				return most < len(words) && left > 0
			})
			if err == nil {
				err = failed
			}
			if err != nil {
				return nil, fmt.Errorf("find words in thread %s: %w", t.ID, err)
			}
			m.Text, m.Ranges = chat.Excerpt(best, hits)
		}
		all = append(all, m)
	}
	return all, nil
}

// textOf is chat.Message.Searchable of a message with these parts, of which nothing else is
// decoded.
func textOf(parts []byte) (string, error) {
	var all []struct {
		Type, Text string
		Name       string `json:"filename"`
	}
	if err := json.Unmarshal(parts, &all); err != nil {
		return "", fmt.Errorf("decode parts: %w", err)
	}
	var m chat.Message
	for _, p := range all {
		switch p.Type {
		case "text":
			m.Parts = append(m.Parts, chat.TextPart{Text: p.Text})
		case "attachment":
			m.Parts = append(m.Parts, chat.AttachmentPart{Name: p.Name, Text: p.Text})
		}
	}
	return m.Searchable(), nil
}

// different returns how many different words hits are of.
func different(hits []chat.Hit) int {
	var seen uint64 // a search has no more words than that has bits
	n := 0
	for _, h := range hits {
		if bit := uint64(1) << h.Word; seen&bit == 0 {
			seen |= bit
			n++
		}
	}
	return n
}

// Hits returns where a word of the text, as Words has them, begins with one of those that are
// looked for; of several, with the longest. It ends with the 200th, and then tells the rest
// of what is in the text no more.
func Hits(text string, sought []string) []chat.Hit {
	w := walker{sought: sought}
	var it norm.Iter
	for it.InitString(norm.NFKD, text); !it.Done() && len(w.hits) < maxHits; {
		start := it.Pos()
		segment := string(it.Next())
		// Of a character that comes apart into several, such as a fraction, all but the last are
		// given before the place moves on.
		_, size := utf8.DecodeRuneInString(text[start:])
		for _, r := range segment {
			w.take(r, start, max(it.Pos(), start+size))
		}
	}
	w.end()
	return w.hits
}

// walker goes through the characters of a decomposed text.
type walker struct {
	sought []string
	hits   []chat.Hit
	word   []byte
	ends   []int // where in the text what each byte of the word comes from ends
	start  int
}

// take adds a character, which comes from a piece of the text.
func (w *walker) take(r rune, start, end int) {
	folded := fold(r)
	if folded < 0 {
		if n := len(w.ends); n > 0 {
			w.ends[n-1] = end
		}
		return
	}
	if !ofWord(folded) {
		w.end()
		return
	}
	if len(w.word) == 0 {
		w.start = start
	}
	before := len(w.word)
	w.word = append(w.word, string(folded)...)
	for range len(w.word) - before {
		w.ends = append(w.ends, end)
	}
}

// end ends the word, if there is one.
func (w *walker) end() {
	best := -1
	for i, s := range w.sought {
		if len(s) <= len(w.word) && string(w.word[:len(s)]) == s && (best < 0 || len(s) > len(w.sought[best])) {
			best = i
		}
	}
	if best >= 0 {
		w.hits = append(w.hits, chat.Hit{Start: w.start, End: w.ends[len(w.sought[best])-1], Word: best})
	}
	w.word, w.ends = w.word[:0], w.ends[:0]
}
