package chat

import (
	"bytes"
	"encoding/json"
	"iter"
	"unicode/utf8"
)

// Walking through JSON, rather than decoding it, keeps the order of keys and the
// digits of numbers. The text must be valid (see json.Valid).

// elements yields the elements of an array.
func elements(array json.RawMessage) iter.Seq[json.RawMessage] {
	return func(yield func(json.RawMessage) bool) {
		w := walk{array, 1}
		for w.space() != ']' {
			if !yield(w.value()) {
				return
			}
			if w.space() == ',' {
				w.at++
			}
		}
	}
}

// members yields the members of an object: the key in its quotes, and the value.
func members(object json.RawMessage) iter.Seq2[json.RawMessage, json.RawMessage] {
	return func(yield func(key, value json.RawMessage) bool) {
		w := walk{object, 1}
		for w.space() != '}' {
			key := w.value()
			w.space() // a colon
			w.at++
			w.space()
			if !yield(key, w.value()) {
				return
			}
			if w.space() == ',' {
				w.at++
			}
		}
	}
}

// walk is a place in a JSON text.
type walk struct {
	text json.RawMessage
	at   int
}

// space goes to the next byte that is none, and returns it.
func (w *walk) space() byte {
	for isSpace(w.text[w.at]) {
		w.at++
	}
	return w.text[w.at]
}

// value goes to the end of the value that begins here, and returns it.
func (w *walk) value() json.RawMessage {
	begin := w.at
	switch w.text[w.at] {
	case '"':
		w.skipString()
	case '{', '[':
		w.skipNested()
	default:
		for w.at < len(w.text) && !isSpace(w.text[w.at]) && w.text[w.at] != ',' && w.text[w.at] != ']' && w.text[w.at] != '}' {
			w.at++
		}
	}
	return w.text[begin:w.at]
}

func isSpace(b byte) bool { return b == ' ' || b == '\t' || b == '\r' || b == '\n' }

func (w *walk) skipString() {
	for w.at++; w.text[w.at] != '"'; w.at++ {
		if w.text[w.at] == '\\' {
			w.at++
		}
	}
	w.at++
}

func (w *walk) skipNested() {
	for depth := 0; ; {
		switch w.text[w.at] {
		case '"':
			w.skipString()
			continue
		case '{', '[':
			depth++
		case '}', ']':
			depth--
		}
		w.at++
		if depth == 0 {
			return
		}
	}
}

// unquote returns the text of a JSON string.
func unquote(quoted json.RawMessage) string {
	inside := quoted[1 : len(quoted)-1]
	if bytes.IndexByte(inside, '\\') < 0 && utf8.Valid(inside) {
		return string(inside)
	}
	var s string
	if err := json.Unmarshal(quoted, &s); err != nil {
		return string(inside)
	}
	return s
}
