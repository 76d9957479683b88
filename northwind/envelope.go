package northwind

import (
	"bytes"
)

// envelope is a JSON-RPC call seen from outside: the text of one object, in which the id can be told from the rest.
type envelope struct {
	method string
	// before, id and after are the whole text. The id is an integer or a string, as it goes back into the answer.
	before, id, after []byte
}

// The ids that are taken: of longer integers not every reader keeps the digits (RFC 8259 section 6).
const (
	maxIDDigits = 15
	maxIDText   = 128
)

// openEnvelope finds the id of a call. It is false for all that is out of the ordinary: a batch, a notification, a name
// or an id twice or spelled with escapes, an id that SDKs may spell in another way, text that is no JSON on its
// outermost level. What values hold is not looked at: that is for the decoder of the SDK, and two texts that differ only
// in the id are right or wrong together.
func openEnvelope(text []byte) (envelope, bool) {
	var e envelope
	var version []byte
	s := scanner{text: text}
	if !s.take('{') {
		return e, false
	}
	for more := true; more; more = s.take(',') {
		name, ok := s.plain()
		if !ok || !s.take(':') {
			return e, false
		}
		s.blanks()
		start := s.at
		if !s.value() {
			return e, false
		}
		value := text[start:s.at]
		switch string(name) {
		case "id":
			if e.id != nil || !plainID(value) {
				return e, false
			}
			e.before, e.id, e.after = text[:start], value, text[s.at:]
		case "method":
			if e.method != "" || !isPlain(value) {
				return e, false
			}
			e.method = string(value[1 : len(value)-1])
		case "jsonrpc":
			if version != nil {
				return e, false
			}
			version = value
		case "result", "error":
			return e, false
		}
	}
	if !s.take('}') {
		return e, false
	}
	s.blanks()
	return e, s.at == len(text) && e.id != nil && e.method != "" && string(version) == `"2.0"`
}

// plainID reports whether a JSON value is an id that has only this spelling.
func plainID(value []byte) bool {
	if isPlain(value) {
		return len(value) <= maxIDText
	}
	for _, c := range value {
		if c < '0' || c > '9' {
			return false
		}
	}
	return len(value) == 1 || len(value) <= maxIDDigits && value[0] != '0'
}

// isPlain reports whether a JSON value is a string, not empty, of printable ASCII without escapes.
func isPlain(value []byte) bool {
	s := scanner{text: value}
	text, ok := s.plain()
	return ok && s.at == len(value) && len(text) > 0
}

// scanner walks over JSON.
type scanner struct {
	text []byte
	at   int
}

func (s *scanner) blanks() {
	for s.at < len(s.text) && (s.text[s.at] == ' ' || s.text[s.at] == '\t' || s.text[s.at] == '\n' || s.text[s.at] == '\r') {
		s.at++
	}
}

// take passes over blanks and c, if it is next.
func (s *scanner) take(c byte) bool {
	s.blanks()
	if s.at == len(s.text) || s.text[s.at] != c {
		return false
	}
	s.at++
	return true
}

// plain passes over a string of printable ASCII without escapes, and returns what is between the quotes.
func (s *scanner) plain() ([]byte, bool) {
	if !s.take('"') {
		return nil, false
	}
	start := s.at
	for ; s.at < len(s.text); s.at++ {
		switch c := s.text[s.at]; {
		case c == '"':
			s.at++
			return s.text[start : s.at-1], true
		case c < ' ' || c > '~' || c == '\\':
			return nil, false
		}
	}
	return nil, false
}

// value passes over one value up to the comma or brace after it. It counts brackets and knows strings, no more.
func (s *scanner) value() bool {
	depth, start := 0, s.at
	for ; s.at < len(s.text); s.at++ {
		switch s.text[s.at] {
		case '"':
			if !s.str() {
				return false
			}
		case '{', '[':
			depth++
		case '}', ']':
			if depth == 0 {
				return s.text[s.at] == '}' && s.end(start)
			}
			depth--
		case ',':
			if depth == 0 {
				return s.end(start)
			}
		}
	}
	return false
}

// end goes back over the blanks behind a value, and reports whether there is one.
func (s *scanner) end(start int) bool {
	s.at = start + len(bytes.TrimRight(s.text[start:s.at], " \t\r\n"))
	return s.at > start
}

// str passes over a string up to its closing quote.
func (s *scanner) str() bool {
	for s.at++; s.at < len(s.text); s.at++ {
		switch s.text[s.at] {
		case '\\':
			s.at++
		case '"':
			return true
		}
	}
	return false
}
