package northwind

import (
	"fmt"
	"strings"
)

// Overview returns the whole schema as compact text: one line for each table with its number of rows, columns, types,
// primary key and foreign keys, and, if views are wanted, one for each view with its columns. It is meant to spare a model
// every further look at the schema.
func (cat *Catalogue) Overview(views bool) string {
	var b strings.Builder
	tables, others := 0, 0
	for _, t := range cat.Tables {
		if t.Kind == "view" {
			others++
		} else {
			tables++
		}
	}
	holds := plural(tables, "table", "tables")
	if views {
		holds += ", " + plural(others, "view", "views")
	}
	fmt.Fprintf(&b, "SQLite, %s. Line: name (rows): column type, * = primary key, -> = foreign key.\n", holds)
	headed := false
	for _, t := range cat.Tables {
		if t.Kind != "view" {
			fmt.Fprintf(&b, "%s: %s\n", cat.title(t), strings.Join(cat.columnLines(t), ", "))
			continue
		}
		if !views {
			continue
		}
		if !headed {
			b.WriteString("Views:\n")
			headed = true
		}
		names := t.columnNames()
		for i, n := range names {
			names[i] = cat.quote(n)
		}
		fmt.Fprintf(&b, "%s: %s\n", cat.title(t), strings.Join(names, ", "))
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// title returns the quoted name and the number of rows.
func (cat *Catalogue) title(t Table) string {
	if t.Rows == nil {
		return cat.quote(t.Name)
	}
	return fmt.Sprintf("%s (%d)", cat.quote(t.Name), *t.Rows)
}

// columnLines returns each column with its type and keys.
func (cat *Catalogue) columnLines(t Table) []string {
	lines := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		line := cat.quote(c.Name)
		if c.PK {
			line += "*"
		}
		if c.Type != "" {
			line += " " + strings.ToLower(c.Type)
		}
		if c.FK != nil {
			line += " -> " + cat.quote(c.FK.Table)
			if !strings.EqualFold(c.FK.Column, c.Name) {
				line += "." + cat.quote(c.FK.Column)
			}
		}
		lines[i] = line
	}
	return lines
}
