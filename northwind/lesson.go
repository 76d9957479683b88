package northwind

import (
	"fmt"
	"slices"
	"strings"
)

// lesson returns what a model should know to correct a statement that SQLite refused with e, or "".
func (cat *Catalogue) lesson(e *sqliteError, sql string) string {
	message := e.Error()
	if name, ok := strings.CutPrefix(message, "no such table: "); ok {
		return cat.unknownTable(name)
	}
	if name, ok := strings.CutPrefix(message, "no such column: "); ok {
		return cat.unknownColumn(name, sql)
	}
	if name, ok := strings.CutPrefix(message, "ambiguous column name: "); ok {
		return cat.ambiguous(name, sql)
	}
	if name, ok := strings.CutPrefix(message, "no such function: "); ok {
		if advice := equivalent(name); advice != "" {
			return advice
		}
		return "Only the functions that are built into SQLite exist."
	}
	if strings.HasPrefix(message, "near ") || message == "incomplete input" {
		return cat.syntax(e, sql)
	}
	if strings.HasPrefix(message, "cannot join using column ") {
		return cat.joins(sql)
	}
	if strings.HasPrefix(message, "misuse of aggregate") {
		return "Conditions on an aggregate belong in HAVING, or in WHERE around a subquery."
	}
	return ""
}

func (cat *Catalogue) unknownTable(name string) string {
	name = strings.TrimPrefix(name, "main.")
	if near := nearest(name, cat.names(), 3); len(near) > 0 {
		return fmt.Sprintf("Did you mean %s?", cat.list(near, " or "))
	}
	return fmt.Sprintf("There are: %s.", cat.list(cat.names(), ", "))
}

func (cat *Catalogue) unknownColumn(name, sql string) string {
	quoted := strings.HasPrefix(name, `"`)
	name = strings.Trim(name, `"`)
	if advice := foreign(name, sql); advice != "" {
		return advice
	}
	used, aliases := cat.used(sql)
	if qualifier, column, ok := strings.Cut(name, "."); ok {
		name = column
		if t, ok := aliases[strings.ToLower(qualifier)]; ok {
			used = []*Table{t}
		}
	}
	var b strings.Builder
	var near []string
	for _, t := range used {
		for _, n := range nearest(name, t.columnNames(), 3) {
			if n = cat.quote(n); !slices.Contains(near, n) {
				near = append(near, n)
			}
		}
	}
	if len(near) > 0 {
		fmt.Fprintf(&b, "Did you mean %s? ", strings.Join(near[:min(3, len(near))], " or "))
	} else if elsewhere := cat.having(name); len(elsewhere) > 0 {
		fmt.Fprintf(&b, "%s is a column of %s. ", name, cat.list(elsewhere, ", "))
	}
	if quoted {
		b.WriteString("Text values take single quotes. ")
	}
	for _, t := range used {
		fmt.Fprintf(&b, "Columns of %s: %s. ", cat.quote(t.Name), cat.list(t.columnNames(), ", "))
	}
	return strings.TrimSpace(b.String())
}

func (cat *Catalogue) ambiguous(name, sql string) string {
	used, aliases := cat.used(sql)
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

// syntax helps with names that need quotes: "Order Details" reads as the keyword ORDER.
func (cat *Catalogue) syntax(e *sqliteError, sql string) string {
	for _, t := range cat.Tables {
		if quoted := cat.quote(t.Name); quoted != t.Name && spelledOut(t.Name, sql) {
			return fmt.Sprintf("The name %s must be written in double quotes.", quoted)
		}
	}
	if e.message == "incomplete input" {
		return "A parenthesis, quote or clause is not closed."
	}
	upper := strings.ToUpper(sql)
	switch {
	case strings.Contains(upper, "SELECT TOP "):
		return "SQLite has LIMIT n at the end of the statement instead of TOP."
	case strings.Contains(e.message, `"FROM"`) && strings.Contains(upper, "EXTRACT"):
		return equivalent("EXTRACT")
	case strings.Contains(upper, "ILIKE"):
		return "LIKE already ignores the case of ASCII letters."
	case e.offset > 0 && e.offset < len(sql):
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
