package grounding

import (
	"strings"
	"unicode"
)

// reach is how far an opening mark of Markdown is looked after for its end. It
// bounds the work on hostile text.
const reach = 1024

// blank blanks what is no prose between start and end: addresses, tags, entities,
// footnotes, and the digits in spans of code, which hold ids and SQL. The letters in
// spans of code stay, since they may name rows.
func (d *document) blank(start, end int) {
	for i := start; i < end; {
		rest := d.text[i:min(end, i+reach)]
		switch n := 1; d.text[i] {
		case '\\':
			i += 2
		case '`':
			n, ticks := codeSpan(rest)
			if n == 0 {
				i += ticks
				break
			}
			for j := i; j < i+n; j++ {
				if b := d.clear[j]; isDigit(b) || b == '`' {
					d.clear[j] = 0
				}
			}
			i += n
		case '<':
			if n = tag(rest); n > 0 {
				clear(d.clear[i : i+n])
			}
			i += max(n, 1)
		case '&':
			if n = entity(rest); n > 0 {
				clear(d.clear[i : i+n])
			}
			i += max(n, 1)
		case ']':
			if n = destination(rest); n > 0 {
				clear(d.clear[i : i+n])
			}
			i += max(n, 1)
		case '[':
			if strings.HasPrefix(rest, "[^") {
				if n = strings.IndexByte(rest, ']') + 1; n > 0 {
					clear(d.clear[i : i+n])
				}
			}
			i += max(n, 1)
		case 'h', 'w', 'H', 'W':
			if n = address(rest); n > 0 && !isWordRune(runeBefore(d.text, i)) {
				clear(d.clear[i : i+n])
			}
			i += max(n, 1)
		default:
			i++
		}
	}
}

// codeSpan returns the length of the span of code that s begins with, or 0, and the
// number of backticks that open it.
func codeSpan(s string) (n, ticks int) {
	for ticks < len(s) && s[ticks] == '`' {
		ticks++
	}
	for i := ticks; i < len(s); {
		if s[i] != '`' {
			i++
			continue
		}
		run := i
		for i < len(s) && s[i] == '`' {
			i++
		}
		if i-run == ticks {
			return i, ticks
		}
	}
	return 0, ticks
}

// tag returns the length of the tag, comment or address in angle brackets that s
// begins with, or 0. "<5 %" is none.
func tag(s string) int {
	if len(s) < 3 || !letterAt(s, 1) && s[1] != '/' && s[1] != '!' {
		return 0
	}
	return strings.IndexByte(s, '>') + 1
}

// entity returns the length of an entity such as &#8239;, or 0.
func entity(s string) int {
	n := strings.IndexByte(s[:min(len(s), 12)], ';')
	if n < 2 || strings.ContainsAny(s[:n], " \n") {
		return 0
	}
	return n + 1
}

// destination returns the length of "](address)", or 0.
func destination(s string) int {
	if len(s) < 2 || s[1] != '(' {
		return 0
	}
	depth := 0
	for i := 1; i < len(s); i++ {
		switch s[i] {
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				return i + 1
			}
		case '\n':
			return 0
		}
	}
	return 0
}

// address returns the length of the bare address that s begins with, or 0.
func address(s string) int {
	if !hasPrefixFold(s, "http://") && !hasPrefixFold(s, "https://") && !hasPrefixFold(s, "www.") {
		return 0
	}
	n := strings.IndexAny(s, " \t\n<>|)]\"")
	if n < 0 {
		return len(s)
	}
	return n
}

func isUpper(r rune) bool { return unicode.IsUpper(r) }

func hasPrefixFold(s, prefix string) bool {
	return len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix)
}
