package northwind

import (
	"fmt"
	"slices"
	"strings"
)

// reading is what the steps of a plan come to: how each table is read, in the order of the plan.
type reading struct {
	scans, lookups []string
	temporary      []string // what is sorted or grouped in a temporary structure
}

// reading sorts the steps of a plan by what they cost.
func (cat *Catalogue) reading(p *Plan, namesakes map[string][]string, places places) reading {
	var r reading
	add := func(list *[]string, what string) {
		if !slices.Contains(*list, what) {
			*list = append(*list, what)
		}
	}
	for _, step := range p.Steps {
		verb, rest, _ := strings.Cut(step.Detail, " ")
		name, how, _ := strings.Cut(rest, " USING ")
		index := indexName(how, places)
		switch {
		case verb == "USE" && strings.HasPrefix(rest, "TEMP B-TREE FOR "):
			add(&r.temporary, strings.TrimPrefix(rest, "TEMP B-TREE FOR "))
		case verb == "SCAN" && rest != "CONSTANT ROW" && !strings.HasSuffix(rest, "VALUES CLAUSE"):
			add(&r.scans, cat.source(name, index, p.Tables, namesakes, places))
		case verb == "SEARCH":
			add(&r.lookups, quoteKnown(cat, cat.source(name, index, p.Tables, namesakes, places))+" "+access(cat, how, index))
		}
	}
	return r
}

// namesakes returns which tables each name stands for in sql and in the views that it uses.
func (cat *Catalogue) namesakes(sql string, places places) map[string][]string {
	names := map[string][]string{}
	cat.collect(sql, places, names)
	return names
}

// collect notes which tables each name stands for in sql and in the views that it uses.
func (cat *Catalogue) collect(sql string, places places, namesakes map[string][]string) {
	used, aliases := cat.used(sql)
	for alias, t := range aliases {
		if !slices.Contains(namesakes[alias], t.Name) {
			namesakes[alias] = append(namesakes[alias], t.Name)
		}
	}
	for _, t := range used {
		if view, ok := places.views[t.Name]; ok {
			cat.collect(view, places, namesakes)
		}
	}
}

// source names what a step reads: the table, if the name in the plan, which may be an alias of the query or of a view
// in it, stands for one table only; else that name.
func (cat *Catalogue) source(name, index string, tables []string, namesakes map[string][]string, places places) string {
	for _, end := range []string{" VIRTUAL TABLE", " LEFT-JOIN", " EXISTS"} {
		name, _, _ = strings.Cut(name, end)
	}
	if table, ok := places.indexes[index]; ok {
		return table
	}
	if t := cat.Table(name); t != nil {
		return t.Name
	}
	var read []string
	for _, table := range namesakes[strings.ToLower(name)] {
		if slices.Contains(tables, table) {
			read = append(read, table)
		}
	}
	if len(read) == 1 {
		return read[0]
	}
	return name
}

// quoteKnown quotes the name of a table, and leaves another name as the plan has it.
func quoteKnown(cat *Catalogue, name string) string {
	if cat.Table(name) == nil {
		return name
	}
	return cat.quote(name)
}

// indexName returns the index of the schema that a step names after USING, or "".
func indexName(how string, places places) string {
	_, name, _ := strings.Cut(how, "INDEX ")
	name, _, _ = strings.Cut(name, " (")
	if _, ok := places.indexes[name]; ok {
		return name
	}
	return ""
}

// access says through what a step looks rows up.
func access(cat *Catalogue, how, index string) string {
	switch {
	case index != "" && !strings.HasPrefix(index, "sqlite_autoindex_"):
		return "by the index " + cat.quote(index)
	case strings.HasPrefix(how, "AUTOMATIC"):
		return "by an index made for this query"
	}
	return "by its primary key"
}

// sentence says in plain words what the plan does.
func (r reading) sentence(cat *Catalogue) string {
	var parts, full []string
	for _, name := range r.scans {
		what := quoteKnown(cat, name)
		if t := cat.Table(name); t != nil && t.Kind == "table" && t.Rows != nil {
			what += fmt.Sprintf(" (%s)", plural(*t.Rows, "row", "rows"))
		}
		full = append(full, what)
	}
	if len(full) > 0 {
		parts = append(parts, "scans "+enumerate(full))
	}
	if len(r.lookups) > 0 {
		parts = append(parts, "looks up "+enumerate(r.lookups))
	}
	if len(r.temporary) > 0 {
		parts = append(parts, "sorts for "+enumerate(r.temporary))
	}
	if len(parts) == 0 {
		return "Reads no table."
	}
	s := strings.Join(parts, "; ")
	return strings.ToUpper(s[:1]) + s[1:] + "."
}

// enumerate joins phrases with commas and a final "and".
func enumerate(list []string) string {
	if len(list) < 2 {
		return strings.Join(list, "")
	}
	last := len(list) - 1
	return strings.Join(list[:last], ", ") + " and " + list[last]
}

// tree writes the steps, each below its parent.
func (p *Plan) tree() string {
	depth := map[int]int{}
	var b strings.Builder
	for _, step := range p.Steps {
		d := 0
		if step.Parent != 0 {
			d = depth[step.Parent] + 1
		}
		depth[step.ID] = d
		fmt.Fprintf(&b, "\n%s- %s", strings.Repeat("  ", d), step.Detail)
	}
	return b.String()
}
