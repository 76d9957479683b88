package northwind

import (
	"fmt"
	"slices"
	"strings"
)

// lesson returns what a model should know to correct a statement that SQLite refused with e, or "".
func (cat *Catalogue) lesson(e *sqliteError, sql string) string {
	message := e.Error()
	ts := lex(sql)
	if advice := dialect(ts); advice != "" {
		return advice
	}
	for _, l := range []struct {
		begins string
		teach  func(rest string) string
	}{
		{"no such table: ", cat.unknownTable},
		{"no such column: ", func(name string) string { return cat.unknownColumn(name, sql, e.offset) }},
		{"ambiguous column name: ", func(name string) string { return cat.ambiguous(name, sql, e.offset) }},
		{"no such function: ", unknownFunction},
		{"near ", func(string) string { return cat.syntax(e, sql, ts) }},
		{"incomplete input", func(string) string { return cat.syntax(e, sql, ts) }},
		{"unrecognized token", func(string) string { return cat.syntax(e, sql, ts) }},
		{"cannot join using column ", func(string) string { return cat.joins(sql) }},
	} {
		if rest, ok := strings.CutPrefix(message, l.begins); ok {
			return l.teach(rest)
		}
	}
	for _, l := range remedies() {
		if strings.HasPrefix(message, l.begins) {
			return l.advice
		}
	}
	return ""
}

// The limits of SQLite that [conn.limit] sets and a statement can meet.
const (
	maxColumns   = 128
	maxTerms     = 20
	maxArguments = 64
)

// remedy is what to do about a message of SQLite that says all but that.
type remedy struct{ begins, advice string }

func remedies() []remedy {
	const deep = "Take it apart: IN (…) instead of many ORs, WITH for steps, fewer calls within each other."
	return []remedy{
		{"misuse of aggregate", "Conditions on an aggregate belong in HAVING, or in WHERE around a subquery."},
		{"misuse of window function", "Compute the window function in a subquery and use its result outside."},
		{"too many columns in result set", fmt.Sprintf("A result has at most %d columns: name those that you need instead of *.", maxColumns)},
		{"too many terms in compound SELECT", fmt.Sprintf("At most %d SELECTs can be joined by UNION: list values with VALUES (1), (2) or json_each('[1, 2]').", maxTerms)},
		{"Expression tree is too large", deep},
		{"parser stack overflow", deep},
		{"too many arguments on function", fmt.Sprintf("A function takes at most %d arguments.", maxArguments)},
		{"wrong number of arguments to function count", "count(DISTINCT …) takes one column; for several, count the rows of (SELECT DISTINCT a, b FROM …)."},
		{"ORDER BY clause should come after", "Only the whole has an ORDER BY and a LIMIT, at its end; for one part alone, put that into SELECT * FROM (…)."},
		{"LIMIT clause should come after", "Only the whole has an ORDER BY and a LIMIT, at its end; for one part alone, put that into SELECT * FROM (…)."},
	}
}

func unknownFunction(name string) string {
	if advice := equivalent(name); advice != "" {
		return advice
	}
	return "Only the functions that are built into SQLite exist."
}

func (cat *Catalogue) unknownTable(name string) string {
	name = strings.TrimPrefix(name, "main.")
	if near := nearest(name, cat.names(), 3); len(near) > 0 {
		return fmt.Sprintf("Did you mean %s?", cat.list(near, " or "))
	}
	if advice := equivalent(name); advice != "" {
		return advice
	}
	for _, begins := range []string{"information_schema", "pg_", "sys", "all_tables", "user_tables", "dba_", "mysql."} {
		if strings.HasPrefix(strings.ToLower(name), begins) {
			return "The tool list_tables shows the schema; in SQL, SELECT name, sql FROM sqlite_schema."
		}
	}
	return fmt.Sprintf("There are: %s.", cat.list(cat.names(), ", "))
}

func (cat *Catalogue) unknownColumn(name, sql string, offset int) string {
	quoted := strings.HasPrefix(name, `"`)
	name = strings.Trim(name, `"`)
	if bare := strings.Trim(name, curlyQuotes); bare != name {
		return "Text values take straight single quotes: " + shownText(bare) + "."
	}
	if advice := foreign(name, sql); advice != "" {
		return advice
	}
	used, aliases := cat.sources(sql, offset)
	var b strings.Builder
	if qualifier, column, ok := strings.Cut(name, "."); ok {
		name = column
		if t, ok := aliases[strings.ToLower(qualifier)]; ok {
			used = []*Table{t}
		} else if names := cat.allQualifiers(used, aliases); len(names) > 0 {
			fmt.Fprintf(&b, "There is no %s here, but %s. ", shortened(qualifier, maxName), enumerate(names))
		}
	}
	var near []string
	for _, t := range used {
		for _, n := range nearest(name, t.columnNames(), 3) {
			if n = cat.quote(n); !slices.Contains(near, n) {
				near = append(near, n)
			}
		}
	}
	switch elsewhere := cat.having(name); {
	case len(near) > 0:
		fmt.Fprintf(&b, "Did you mean %s? ", strings.Join(near[:min(3, len(near))], " or "))
	case len(elsewhere) > 0:
		fmt.Fprintf(&b, "%s is a column of %s. ", name, cat.list(elsewhere, ", "))
	case !quoted && compared(lex(sql), name, offset):
		fmt.Fprintf(&b, "As a text value it takes single quotes: %s. ", shownText(name))
	}
	if quoted {
		b.WriteString("Text values take single quotes. ")
	}
	for _, t := range used {
		fmt.Fprintf(&b, "Columns of %s: %s. ", cat.quote(t.Name), cat.list(t.columnNames(), ", "))
	}
	return strings.TrimSpace(b.String())
}

// curlyQuotes are what word processors make of quotes. To SQLite they are letters.
const curlyQuotes = "‘’‚“”„"

// compared reports whether the word at the offset is what something is compared with, where a value could stand.
func compared(ts []token, name string, offset int) bool {
	i := slices.IndexFunc(ts, func(t token) bool { return t.at == offset && t.text == name })
	if i < 1 {
		return false
	}
	for _, before := range []string{"=", "==", "<>", "!=", "<", ">", "<=", ">=", "LIKE", "GLOB", "(", ",", "BETWEEN", "AND"} {
		if ts[i-1].is(before) {
			return before != "(" && before != "," && before != "AND" || listed(ts, i, before)
		}
	}
	return false
}

// listed reports whether ts[i], which follows the given word, is in the list of an IN or ends a BETWEEN.
func listed(ts []token, i int, before string) bool {
	for i--; i > 0; i-- {
		switch {
		case ts[i].is(")"):
			return false
		case ts[i].is("("):
			return before != "AND" && ts[i-1].is("IN")
		case ts[i].is("BETWEEN"):
			return before == "AND"
		}
	}
	return false
}

func (cat *Catalogue) ambiguous(name, sql string, offset int) string {
	used, aliases := cat.sources(sql, offset)
	_, bare, ok := strings.Cut(name, ".")
	if !ok {
		bare = name
	}
	var choices []string
	for _, t := range used {
		column := t.column(bare)
		if column == nil {
			continue
		}
		for _, qualifier := range cat.qualifiers(t, aliases) {
			choices = append(choices, qualifier+"."+cat.quote(column.Name))
		}
	}
	if len(choices) == 0 {
		return "Write the table before the column: table.column."
	}
	return fmt.Sprintf("Write which one: %s.", strings.Join(choices, " or "))
}

// qualifiers returns what a table goes by: its aliases, or its name if it has none.
func (cat *Catalogue) qualifiers(t *Table, aliases map[string]*Table) []string {
	var names []string
	for alias, target := range aliases {
		if target == t && !strings.EqualFold(alias, t.Name) {
			names = append(names, alias)
		}
	}
	if len(names) == 0 {
		return []string{cat.quote(t.Name)}
	}
	slices.Sort(names)
	return names
}

// allQualifiers returns what the tables go by, each with its name if that is another.
func (cat *Catalogue) allQualifiers(used []*Table, aliases map[string]*Table) []string {
	var all []string
	for _, t := range used {
		for _, q := range cat.qualifiers(t, aliases) {
			if name := cat.quote(t.Name); q != name {
				q += " (" + name + ")"
			}
			all = append(all, q)
		}
	}
	return all
}

// syntax helps where the grammar ends.
func (cat *Catalogue) syntax(e *sqliteError, sql string, ts []token) string {
	for _, t := range cat.Tables {
		if quoted := cat.quote(t.Name); quoted != t.Name && spelledOut(t.Name, sql) {
			return fmt.Sprintf("The name %s must be written in double quotes.", quoted)
		}
	}
	here := slices.IndexFunc(ts, func(t token) bool { return t.at == e.offset })
	switch {
	case strings.Contains(sql, "```"):
		return "Send the statement alone, without the ``` around it."
	case slices.ContainsFunc(ts, func(t token) bool { return !t.literal && strings.ContainsAny(t.text, curlyQuotes) }):
		return "Text values take straight single quotes: 'text'."
	case e.message == "incomplete input":
		return "A parenthesis, quote or clause is not closed."
	case here > 0 && ts[here-1].literal && ts[here-1].end == e.offset:
		return "A single quote within a text is written twice: 'O''Brien'."
	case here > 0 && ts[here].word() && (ts[here-1].is("FROM") || ts[here-1].is("JOIN")):
		if near := nearest(ts[here].text, cat.names(), 3); len(near) > 0 {
			return fmt.Sprintf("Did you mean %s?", cat.list(near, " or "))
		}
	}
	if e.offset > 0 && e.offset < len(sql) {
		return fmt.Sprintf("SQLite understood it up to: %s", lastPart(sql[:e.offset]))
	}
	return ""
}

// lastPart returns the end of an SQL text, on one line.
func lastPart(sql string) string {
	const enough = 60
	r := []rune(strings.Join(strings.Fields(sql), " "))
	if len(r) > enough {
		return "…" + string(r[len(r)-enough:])
	}
	return string(r)
}

// spelledOut reports whether the words of name follow each other in sql, unquoted.
func spelledOut(name, sql string) bool {
	words, ts := tokens(name), tokens(sql)
	for i := range ts {
		if i+len(words) <= len(ts) && slices.EqualFunc(words, ts[i:i+len(words)], func(w, t token) bool {
			return !t.quoted && strings.EqualFold(w.text, t.text)
		}) {
			return true
		}
	}
	return false
}

// having returns the tables that have a column of that name.
func (cat *Catalogue) having(column string) []string {
	var names []string
	for _, t := range cat.Tables {
		if t.column(column) != nil {
			names = append(names, t.Name)
		}
	}
	return names
}

// used returns the tables that sql names, and the names they go by in it, in lower case. It reads the tokens, which is
// good enough to explain and needs no parser.
func (cat *Catalogue) used(sql string) ([]*Table, map[string]*Table) {
	var used []*Table
	aliases := map[string]*Table{}
	ts := tokens(sql)
	for i, t := range ts {
		table := cat.Table(t.text)
		if table == nil || i+1 < len(ts) && ts[i+1].text == "." && !ts[i+1].quoted {
			continue
		}
		if !slices.Contains(used, table) {
			used = append(used, table)
		}
		aliases[strings.ToLower(t.text)] = table
		next := i + 1
		if next < len(ts) && strings.EqualFold(ts[next].text, "AS") {
			next++
		}
		if next < len(ts) && (ts[next].quoted || wordByte(ts[next].text[0]) && !clause(ts[next].text)) {
			aliases[strings.ToLower(ts[next].text)] = table
		}
	}
	return used, aliases
}

func (cat *Catalogue) list(names []string, separator string) string {
	quoted := make([]string, len(names))
	for i, n := range names {
		quoted[i] = cat.quote(n)
	}
	return strings.Join(quoted, separator)
}
