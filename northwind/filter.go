package northwind

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// filter returns the condition that selects the rows with the values, which are all that match in this way: a list of
// them if they are few and short, else patterns, one for each way in which the text is spelled.
func (cat *Catalogue) filter(kind string, c *valueColumn, values []value, want string) string {
	column := cat.quote(c.column)
	const short = 80
	if kind != "contains" || len(values) <= shownValues && !slices.ContainsFunc(values, func(v value) bool { return len(v.text) > short }) {
		literals := make([]string, len(values))
		for i, v := range values {
			literals[i] = literal(v.text)
		}
		if len(literals) == 1 {
			return column + " = " + literals[0]
		}
		return fmt.Sprintf("%s IN (%s)", column, strings.Join(literals, ", "))
	}
	var conditions []string
	for _, v := range values {
		condition := column + " " + pattern(spelling(v.text, want))
		if !slices.ContainsFunc(conditions, func(s string) bool { return asciiFold(s) == asciiFold(condition) }) {
			conditions = append(conditions, condition)
		}
	}
	if len(conditions) == 1 {
		return conditions[0]
	}
	return "(" + strings.Join(conditions, " OR ") + ")"
}

// pattern returns a LIKE that finds part, in any case of its ASCII letters.
func pattern(part string) string {
	escaped := strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`).Replace(part)
	like := "LIKE " + literal("%"+escaped+"%")
	if escaped != part {
		like += ` ESCAPE '\'`
	}
	return like
}

// literal writes a text as SQL.
func literal(text string) string { return "'" + strings.ReplaceAll(text, "'", "''") + "'" }

// shownValue is the most characters of a value within a sentence.
const shownValue = 40

// shownText writes a text of the data or of a caller into a sentence: on one line, in quotes, and no more of it than is
// needed to know it.
func shownText(text string) string {
	text = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == '\u2028' || r == '\u2029' {
			return ' '
		}
		return r
	}, text)
	return literal(shortened(text, shownValue))
}

// shortened returns s, or so many characters of it and an ellipsis.
func shortened(s string, most int) string {
	if len(s) <= most {
		return s
	}
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}

// asciiFold lowers ASCII letters only, as LIKE does.
func asciiFold(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'A' && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	}, s)
}

// snippet returns a value, or of a long one the part around the text.
func snippet(text, want string) string {
	const around = 30
	r := []rune(text)
	if len(r) <= 2*around+maxFind {
		return text
	}
	before, _, _ := strings.Cut(text, spelling(text, want))
	at := len([]rune(before))
	from, to := max(0, at-around), min(len(r), at+around+len([]rune(want)))
	s := string(r[from:to])
	if from > 0 {
		s = "…" + s
	}
	if to < len(r) {
		s += "…"
	}
	return s
}
