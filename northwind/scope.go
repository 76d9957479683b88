package northwind

import (
	"slices"
	"strings"
)

// derived is a query with a name within a statement: a member of WITH, or a subquery after FROM.
type derived struct {
	name     string
	columns  []string // what WITH names its columns; nil if it does not
	at       int      // the token of its name
	from, to int      // the tokens of its body, without the parentheses
	common   bool     // it is a member of WITH
}

// derivedTables finds the queries with a name in the tokens of a statement.
func derivedTables(ts []token) []derived {
	var found []derived
	for i, t := range ts {
		if !t.is("(") || i+1 == len(ts) || !startsQuery(ts[i+1]) {
			continue
		}
		d := derived{from: i + 1, to: closing(ts, i)}
		if before, ok := beforeBody(ts[:i]); ok {
			d.common = true
			if last := before[len(before)-1]; last.is(")") && last.span != 0 {
				open := len(before) - 1 + last.span
				for _, c := range ts[open+1 : len(before)-1] {
					if c.word() {
						d.columns = append(d.columns, c.text)
					}
				}
				before = before[:open]
			}
			if len(before) == 0 || !before[len(before)-1].word() {
				continue
			}
			d.at = len(before) - 1
			d.name = ts[d.at].text
			found = append(found, d)
			continue
		}
		if name, ok := alias(ts, d.to+1); ok && i > 0 && (ts[i-1].is("FROM") || ts[i-1].is("JOIN") || ts[i-1].is(",")) {
			d.name, d.at = name, d.to+1
			if ts[d.at].is("AS") {
				d.at++
			}
			found = append(found, d)
		}
	}
	return found
}

// sources returns the tables and the queries with a name that can be meant at a place in a statement, in bytes: those of the
// queries around it. A place below 0 is the outermost query. It also returns the names they go by, in lower case.
func (cat *Catalogue) sources(sql string, offset int) ([]*Table, map[string]*Table) {
	ts := lex(sql)
	named := derivedTables(ts)
	known := cat.queries(ts, named)
	r := region{aliases: map[string]*Table{}}
	for i := 0; i < len(ts); i++ {
		if ts[i].is("(") && i+1 < len(ts) && startsQuery(ts[i+1]) {
			end := closing(ts, i)
			if end == len(ts) && offset < 0 || end < len(ts) && (offset < ts[i].at || offset > ts[end].at) {
				i = end
			}
			continue
		}
		if !slices.ContainsFunc(named, func(d derived) bool { return d.common && d.at == i }) {
			r.add(ts, i, cat.lookup(ts, i, known))
		}
	}
	return r.used, r.aliases
}

// region is what can be meant somewhere.
type region struct {
	used    []*Table
	aliases map[string]*Table // by the names they go by, in lower case
}

// add notes that ts[i] names the table, if it is one.
func (r *region) add(ts []token, i int, t *Table) {
	if t == nil {
		return
	}
	if !slices.Contains(r.used, t) {
		r.used = append(r.used, t)
	}
	r.aliases[strings.ToLower(ts[i].text)] = t
	if name, ok := alias(ts, i+1); ok {
		r.aliases[strings.ToLower(name)] = t
	}
}

// lookup returns the table or named query that ts[i] names, or nil.
func (cat *Catalogue) lookup(ts []token, i int, known map[string]*Table) *Table {
	if !ts[i].word() || i+1 < len(ts) && ts[i+1].is(".") {
		return nil
	}
	if t, ok := known[strings.ToLower(ts[i].text)]; ok {
		return t
	}
	return cat.Table(ts[i].text)
}

// maxDerived is how many named queries of a statement are looked into, which bounds the time for it.
const maxDerived = 32

// queries returns named queries as tables with the columns that show in their text. It goes through them twice, as one may
// stand before another that it reads.
func (cat *Catalogue) queries(ts []token, named []derived) map[string]*Table {
	known := map[string]*Table{}
	for range 2 {
		for _, d := range named[:min(len(named), maxDerived)] {
			t := &Table{Name: d.name, Kind: "query"}
			columns := d.columns
			if columns == nil {
				columns = cat.outputs(ts[d.from:d.to], known)
			}
			for _, c := range columns {
				t.Columns = append(t.Columns, TableColumn{Name: c})
			}
			known[strings.ToLower(d.name)] = t
		}
	}
	return known
}

// startsQuery reports whether a query begins with the token.
func startsQuery(t token) bool { return t.is("SELECT") || t.is("VALUES") || t.is("WITH") }

// outputs returns the names of the columns of a query, as far as they show in its text.
func (cat *Catalogue) outputs(body []token, known map[string]*Table) []string {
	if len(body) == 0 || !body[0].is("SELECT") {
		return nil
	}
	bare, places := outermost(body)
	ends := func(t token) bool { return t.is("FROM") || t.is("UNION") || t.is("WHERE") || t.is("LIMIT") }
	var names []string
	start := 1
	for i := 1; i <= len(bare); i++ {
		end := len(body)
		if i < len(bare) {
			if !bare[i].is(",") && !ends(bare[i]) {
				continue
			}
			end = places[i]
		}
		names = append(names, cat.output(body[start:end], body, known)...)
		if i == len(bare) || ends(bare[i]) {
			break
		}
		start = end + 1
	}
	return names
}

// output returns the name of one item of the list after SELECT, or the names that a * stands for.
func (cat *Catalogue) output(item, body []token, known map[string]*Table) []string {
	if len(item) == 0 {
		return nil
	}
	last := item[len(item)-1]
	if last.word() && !last.is("END") && !last.is("NULL") {
		return []string{last.text}
	}
	if !last.is("*") {
		return nil
	}
	r := region{aliases: map[string]*Table{}}
	_, places := outermost(body)
	for _, i := range places {
		r.add(body, i, cat.lookup(body, i, known))
	}
	used := r.used
	if len(item) == 3 && item[1].is(".") {
		used = []*Table{}
		if t := r.aliases[strings.ToLower(item[0].text)]; t != nil {
			used = []*Table{t}
		}
	}
	var names []string
	for _, t := range used {
		names = append(names, t.columnNames()...)
	}
	return names
}

// beforeBody returns what stands before the AS of a member of WITH, if these tokens end with one.
func beforeBody(ts []token) ([]token, bool) {
	end := len(ts)
	for end > 0 && (ts[end-1].is("MATERIALIZED") || ts[end-1].is("NOT")) {
		end--
	}
	if end < 2 || !ts[end-1].is("AS") {
		return nil, false
	}
	return ts[:end-1], true
}

// alias returns the name that a table or subquery is given at ts[i], if it is given one.
func alias(ts []token, i int) (string, bool) {
	if i < len(ts) && ts[i].is("AS") {
		i++
	}
	if i >= len(ts) || !ts[i].word() || !ts[i].quoted && clause(ts[i].text) {
		return "", false
	}
	return ts[i].text, true
}

// closing returns where the parenthesis that opens at ts[i] is closed, or the end of ts.
func closing(ts []token, i int) int {
	if span := ts[i].span; span > 0 && i+span < len(ts) {
		return i + span
	}
	return len(ts)
}

// outermost returns the tokens that are in no parentheses, and for each its place in ts. The parentheses themselves count
// as within.
func outermost(ts []token) (bare []token, places []int) {
	for i := 0; i < len(ts); i++ {
		if ts[i].is("(") {
			i = closing(ts, i)
			continue
		}
		bare, places = append(bare, ts[i]), append(places, i)
	}
	return bare, places
}

// terms splits the body of a query at UNION, EXCEPT and INTERSECT. It returns the operator before each term, in one word.
func terms(body []token) (parts [][]token, operators []string) {
	start, operator := 0, ""
	bare, places := outermost(body)
	for i, t := range bare {
		for _, o := range []string{"UNION", "EXCEPT", "INTERSECT"} {
			if !t.is(o) {
				continue
			}
			parts, operators = append(parts, body[start:places[i]]), append(operators, operator)
			start, operator = places[i]+1, o
			if i+1 < len(bare) && bare[i+1].is("ALL") {
				start, operator = places[i+1]+1, o+" ALL"
			}
		}
	}
	return append(parts, body[start:]), append(operators, operator)
}

// endless returns the names of the recursive queries in a statement whose recursive part reads nothing but themselves, by
// UNION ALL, and has no WHERE and no LIMIT. A LIMIT or EXISTS elsewhere may end them, so then there are none.
func endless(ts []token) []string {
	var names []string
	all := derivedTables(ts)
	if slices.ContainsFunc(ts, func(t token) bool { return t.is("LIMIT") || t.is("EXISTS") }) {
		return nil
	}
	for _, d := range all {
		if !d.common {
			continue
		}
		parts, operators := terms(ts[d.from:d.to])
		for i, part := range parts {
			bare, _ := outermost(part)
			from := slices.IndexFunc(bare, func(t token) bool { return t.is("FROM") })
			if operators[i] != "UNION ALL" || from < 0 || from+1 == len(bare) || !strings.EqualFold(bare[from+1].text, d.name) {
				continue
			}
			rest := bare[from+2:]
			if len(rest) > 0 && rest[0].is("AS") {
				rest = rest[1:]
			}
			if len(rest) == 0 || len(rest) == 1 && rest[0].word() {
				names = append(names, d.name)
				break
			}
		}
	}
	return names
}
