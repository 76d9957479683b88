package northwind

import (
	"fmt"
	"slices"
	"strings"
)

// The looks of a [hinter] are tried one after another. Each returns the rest of a sentence about a condition, or "". They get
// the columns of tables that the condition is about, none if it is about one of a view, and its text, folded.

// spelledOtherwise looks for the text in the column, in another case or with other accents or blanks.
func (h hinter) spelledOtherwise(_ condition, own []*valueColumn, want string) string {
	return h.it(own, func(v value) bool { return v.folded == want })
}

// asNull knows that a column without a value does not hold the word for it.
func (h hinter) asNull(c condition, _ []*valueColumn, want string) string {
	if want != "null" || c.like {
		return ""
	}
	return fmt.Sprintf("for no value write %s IS NULL", h.cat.quote(c.column))
}

// asDate looks at columns of which all values are dates.
func (h hinter) asDate(c condition, own []*valueColumn, want string) string {
	if len(own) != 1 || len(own[0].values) == 0 || slices.ContainsFunc(own[0].values, func(v value) bool { return !isDate(v.text) }) {
		return ""
	}
	text := strings.Trim(c.text, "%")
	rows, first, last := 0, own[0].values[0].text, own[0].values[0].text
	for _, v := range own[0].values {
		if strings.HasPrefix(v.text, text) {
			rows += v.rows
		}
		first, last = min(first, v.text), max(last, v.text)
	}
	if rows > 0 {
		return fmt.Sprintf("%s with it: LIKE %s", plural(rows, "row begins", "rows begin"), literal(text+"%"))
	}
	for _, date := range isoDates(want) {
		if found := h.it(own, func(v value) bool { return v.text == date }); found != "" {
			return found
		}
	}
	return fmt.Sprintf("its dates run from %s to %s", shownText(first), shownText(last))
}

// isoDates returns what a date like 7/4/1996, 04.07.1996 or 1996-07-04 00:00 can be in ISO form without a time.
func isoDates(text string) []string {
	if isDate(text) {
		return []string{text[:10]}
	}
	parts := strings.FieldsFunc(text, func(r rune) bool { return r == '/' || r == '.' || r == '-' })
	if len(parts) != 3 || len(parts[0]) > 2 || len(parts[1]) > 2 || len(parts[2]) != 4 {
		return nil
	}
	pad := func(s string) string { return strings.Repeat("0", 2-len(s)) + s }
	return []string{
		parts[2] + "-" + pad(parts[0]) + "-" + pad(parts[1]),
		parts[2] + "-" + pad(parts[1]) + "-" + pad(parts[0]),
	}
}

// elsewhere looks for the text in the other columns of all tables.
func (h hinter) elsewhere(c condition, own []*valueColumn, want string) string {
	equal := func(v value) bool { return v.folded == want }
	if c.like {
		equal = func(v value) bool { return strings.Contains(v.folded, want) }
	}
	return h.places(c.text, own, equal)
}

// mayHold reports whether the column of a view has the name of one of a table that holds the text, so that it may hold it too.
func (h hinter) mayHold(c condition, want string) bool {
	return slices.ContainsFunc(h.index.columns, func(x valueColumn) bool {
		return strings.EqualFold(x.column, c.column) && slices.ContainsFunc(x.values, func(v value) bool { return strings.Contains(v.folded, want) })
	})
}

// within looks for values of the column that contain the text.
func (h hinter) within(_ condition, own []*valueColumn, want string) string {
	return h.it(own, func(v value) bool { return strings.Contains(v.folded, want) })
}

// misspelt looks for values of the column that are nearly the text.
func (h hinter) misspelt(_ condition, own []*valueColumn, want string) string {
	for _, column := range own {
		for _, m := range h.cat.nearMatches(&valueIndex{columns: []valueColumn{*column}}, want) {
			return h.it(own, func(v value) bool { return slices.Contains(m.Values, v.text) })
		}
	}
	return ""
}

// inWords looks for the words of the text in different columns of one table, best of one that the statement uses.
func (h hinter) inWords(c condition, _ []*valueColumn, want string) string {
	if c.like {
		return ""
	}
	all := h.cat.wordMatches(h.index, want)
	at := max(0, slices.IndexFunc(all, func(m Match) bool {
		return slices.ContainsFunc(h.used, func(t *Table) bool { return t.Name == m.Table })
	}))
	var filters []string
	for _, m := range all[min(at, len(all)):] {
		if m.Table == all[at].Table {
			filters = append(filters, fmt.Sprintf("%s (%s)", m.Filter, plural(m.Rows, "row", "rows")))
		}
	}
	const most = 120
	joined := strings.Join(filters, " and ")
	if joined == "" || len(joined) > most || strings.ContainsAny(joined, "\n\r") {
		return ""
	}
	return fmt.Sprintf("%s has %s", h.cat.quote(all[at].Table), joined)
}

// misspeltElsewhere looks in all tables for what differs from the text in one letter.
func (h hinter) misspeltElsewhere(c condition, own []*valueColumn, want string) string {
	near := h.cat.nearMatches(h.index, want)
	if len(near) == 0 || nearness(want, fold(near[0].Values[0]), 1) > 1 {
		return ""
	}
	m := near[0]
	value := withRows(m.Values[0], m.Rows)
	if len(m.Values) > 1 { // the rows are those of all
		value = shownText(m.Values[0])
	}
	has := fmt.Sprintf("%s has %s", h.name(m.Table, m.Column), value)
	if len(own) == 0 && strings.EqualFold(m.Column, c.column) {
		return fmt.Sprintf("No text column of a table has %s; %s", shownText(c.text), has)
	}
	return has
}
