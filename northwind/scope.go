package northwind

import (
	"slices"
	"strings"
)

// derived is a query with a name within a statement: a member of WITH, or a subquery after FROM.
type derived struct {
	name     string
	columns  []string // what WITH names its columns; nil if it does not
	from, to int      // the tokens of its body, without the parentheses
	common   bool     // it is a member of WITH
}

// derivedTables finds the queries with a name in the tokens of a statement.
func derivedTables(ts []token) []derived {
	var found []derived
	for i, t := range ts {
		if !t.is("(") || i+1 == len(ts) || !(ts[i+1].is("SELECT") || ts[i+1].is("VALUES") || ts[i+1].is("WITH")) {
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
			d.name = before[len(before)-1].text
			found = append(found, d)
			continue
		}
		if name, ok := alias(ts, d.to+1); ok && i > 0 && (ts[i-1].is("FROM") || ts[i-1].is("JOIN") || ts[i-1].is(",")) {
			d.name = name
			found = append(found, d)
		}
	}
	return found
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
