package llm

import (
	"hash/maphash"
	"strings"
)

// said is the text of an item as it was given out. Its reader has it, and it is told again
// when the item is done: so mostly its length and its hash will do, and a long answer is not
// held twice for as long as its stream is open. Where the text may cite something, what is
// cited is at a place in it, so it is kept. A said must not be copied.
type said struct {
	keeps bool // set before the first piece
	n     int
	hash  maphash.Hash
	text  strings.Builder
	whole string // the text as it was told again
}

// add adds a piece.
func (s *said) add(piece string) {
	s.n += len(piece)
	if s.keeps {
		s.text.WriteString(piece)
	} else {
		_, _ = s.hash.WriteString(piece)
	}
}

// Len is the length of the text in bytes.
func (s *said) Len() int { return s.n }

// String is the text, as far as it is known: where it is not kept, once it was told again.
func (s *said) String() string {
	if s.keeps {
		return s.text.String()
	}
	return s.whole
}

// cut returns what whole says beyond the text, if it begins with it.
func (s *said) cut(whole string) (rest string, ok bool) {
	if s.keeps {
		return strings.CutPrefix(whole, s.text.String())
	}
	if len(whole) < s.n || maphash.String(s.hash.Seed(), whole[:s.n]) != s.hash.Sum64() {
		return "", false
	}
	s.whole = whole
	return whole[s.n:], true
}
