package northwind

import (
	"slices"
	"strings"
)

// token is one word, quoted name, string literal, number or sign of an SQL text. Comments and blanks are left out. Tokens
// serve to explain, never to decide what may run.
type token struct {
	text    string // the name or the literal, without its quotes
	quoted  bool   // a name in quotes
	literal bool   // a string literal
	called  bool   // a name or sign that a parenthesis follows
	at, end int    // where it is in the SQL text, in bytes
	span    int    // from a parenthesis to the one that belongs to it, in tokens of [lex]; 0 if there is none
}

// is reports whether the token is the sign or the word, in any case and not in quotes.
func (t token) is(word string) bool {
	return !t.quoted && !t.literal && strings.EqualFold(t.text, word)
}

// number reports whether the token is a number.
func (t token) number() bool {
	return !t.quoted && !t.literal && t.text != "" && t.text[0] >= '0' && t.text[0] <= '9'
}

// word reports whether the token is a name or a keyword.
func (t token) word() bool {
	return t.quoted || !t.literal && t.text != "" && wordByte(t.text[0]) && !t.number()
}

// tokens returns the tokens of sql without its string literals, and without spans.
func tokens(sql string) []token {
	ts := slices.DeleteFunc(lex(sql), func(t token) bool { return t.literal })
	for i := range ts {
		ts[i].span = 0
	}
	return ts
}

// lex splits sql by the rules of https://www.sqlite.org/lang_keywords.html, https://www.sqlite.org/lang_comment.html and
// https://www.sqlite.org/syntax/numeric-literal.html.
func lex(sql string) []token {
	ts := make([]token, 0, len(sql)/4)
	var open []int // parentheses
	for i := 0; i < len(sql); {
		rest := sql[i:]
		t := token{at: i}
		n := 1
		switch c := sql[i]; {
		case strings.HasPrefix(rest, "--"):
			i += until(rest, "\n")
			continue
		case strings.HasPrefix(rest, "/*"):
			i += 2 + until(rest[2:], "*/")
			continue
		case c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f':
			i++
			continue
		case c == '\'':
			t.literal = true
			t.text, n = quotedText(rest, c)
		case c == '"' || c == '`' || c == '[':
			t.quoted = true
			t.text, n = quotedText(rest, c)
		case c >= '0' && c <= '9':
			n = numberLength(rest)
			t.text = rest[:n]
		case wordByte(c):
			for n < len(rest) && wordByte(rest[n]) {
				n++
			}
			t.text = rest[:n]
		default:
			switch rest[:min(2, len(rest))] {
			case "<=", ">=", "<>", "!=", "==", "||", "::":
				n = 2
			}
			t.text = rest[:n]
			switch {
			case c == '(':
				if len(ts) > 0 {
					ts[len(ts)-1].called = true
				}
				open = append(open, len(ts))
			case c == ')' && len(open) > 0:
				from := open[len(open)-1]
				ts[from].span, t.span = len(ts)-from, from-len(ts)
				open = open[:len(open)-1]
			}
		}
		i += n
		t.end = i
		ts = append(ts, t)
	}
	return ts
}

// numberLength returns the length of the number at the start of s. What follows it without a blank, which SQLite takes for a
// mistake, goes with it.
func numberLength(s string) int {
	n := 0
	for n < len(s) && (wordByte(s[n]) || s[n] == '.' || (s[n] == '+' || s[n] == '-') && exponent(s[:n]) && n+1 < len(s) && s[n+1] >= '0' && s[n+1] <= '9') {
		n++
	}
	return n
}

// exponent reports whether the exponent of a decimal number begins behind s.
func exponent(s string) bool {
	return (s[len(s)-1] == 'e' || s[len(s)-1] == 'E') && !strings.HasPrefix(strings.ToLower(s), "0x")
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
