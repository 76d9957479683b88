package northwind

import "strings"

// token is one word, quoted name or other character of an SQL text. Comments, blanks and string literals are left
// out. Tokens serve to explain errors, never to decide what may run.
type token struct {
	text   string // the name, without its quotes
	quoted bool
	called bool // a parenthesis follows
}

// tokens splits sql by the rules of https://www.sqlite.org/lang_keywords.html and
// https://www.sqlite.org/lang_comment.html.
func tokens(sql string) []token {
	var ts []token
	for i := 0; i < len(sql); {
		rest := sql[i:]
		switch c := sql[i]; {
		case strings.HasPrefix(rest, "--"):
			i += until(rest, "\n")
		case strings.HasPrefix(rest, "/*"):
			i += 2 + until(rest[2:], "*/")
		case c == '\'':
			_, n := quotedText(rest, '\'')
			i += n
		case c == '"' || c == '`' || c == '[':
			text, n := quotedText(rest, c)
			ts = append(ts, token{text: text, quoted: true})
			i += n
		case wordByte(c):
			n := 1
			for n < len(rest) && wordByte(rest[n]) {
				n++
			}
			ts = append(ts, token{text: rest[:n]})
			i += n
		case c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f':
			i++
		default:
			if c == '(' && len(ts) > 0 {
				ts[len(ts)-1].called = true
			}
			ts = append(ts, token{text: string(c)})
			i++
		}
	}
	return ts
}

// until returns the length of s up to and with end, or all of it.
func until(s, end string) int {
	if i := strings.Index(s, end); i >= 0 {
		return i + len(end)
	}
	return len(s)
}

// quotedText reads a quoted name or literal at the start of s, and returns its content and its length in s. A doubled
// quote stands for one; brackets have no such escape.
func quotedText(s string, quote byte) (string, int) {
	if quote == '[' {
		n := until(s, "]")
		return strings.Trim(s[:n], "[]"), n
	}
	var b strings.Builder
	for i := 1; i < len(s); i++ {
		if s[i] == quote {
			if i+1 == len(s) || s[i+1] != quote {
				return b.String(), i + 1
			}
			i++
		}
		b.WriteByte(s[i])
	}
	return b.String(), len(s)
}

func wordByte(c byte) bool {
	return c == '_' || c == '$' || c >= 0x80 || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}
