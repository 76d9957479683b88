package northwind

import (
	"slices"
	"strings"
)

// maxWords is how many words of a text are looked for on their own.
const maxWords = 6

// wordMatches returns where the words of a text are, for each table that has all of them in its columns: a name is often
// written in one piece and kept in two. Tables with more words as whole values come first. Words are never looked for
// within longer ones, but where a column has a word, its match tells of all values that contain it.
func (cat *Catalogue) wordMatches(index *valueIndex, want string) []Match {
	words := strings.FieldsFunc(want, func(r rune) bool { return r == ' ' || r == ',' || r == ';' })
	if len(words) < 2 || len(words) > maxWords {
		return nil
	}
	type table struct {
		matches []Match
		whole   int
	}
	var tables []table
	for columns := range index.tables() {
		var t table
		for _, word := range words {
			m, ok := cat.wordMatch(columns, word)
			if !ok {
				t.matches = nil
				break
			}
			if m.Kind == "exact" {
				t.whole++
			}
			m.Kind = "word"
			t.matches = append(t.matches, m)
		}
		if t.matches != nil {
			tables = append(tables, t)
		}
	}
	slices.SortStableFunc(tables, func(a, b table) int { return b.whole - a.whole })
	var all []Match
	for _, t := range tables {
		all = append(all, t.matches...)
	}
	return all
}

// wordMatch returns the match of a word in the columns of a table: the first one of which it is a whole value, or else the
// first one with a value in which it is a word.
func (cat *Catalogue) wordMatch(columns []valueColumn, word string) (found Match, ok bool) {
	for i := range columns {
		c := &columns[i]
		if !slices.ContainsFunc(c.values, func(v value) bool { return slices.Contains(strings.Fields(v.folded), word) }) {
			continue
		}
		m := cat.matches(c, word)[0]
		if m.Kind == "exact" {
			return m, true
		}
		if !ok {
			found, ok = m, true
		}
	}
	return found, ok
}
