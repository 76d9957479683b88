package northwind

import (
	"fmt"
	"slices"
	"strings"
)

// joins tells how the tables that sql names are related.
func (cat *Catalogue) joins(sql string) string {
	used, _ := cat.used(sql)
	var conditions []string
	for _, t := range used[min(1, len(used)):] {
		for _, condition := range cat.path(used[0].Name, t.Name) {
			if !slices.Contains(conditions, condition) {
				conditions = append(conditions, condition)
			}
		}
	}
	if len(conditions) == 0 {
		return "No keys relate these tables; the schema shows all keys."
	}
	return fmt.Sprintf("The tables are related by %s.", strings.Join(conditions, " and "))
}

// path returns the join conditions of the shortest way from one table to another along foreign keys, nil if there is
// none.
func (cat *Catalogue) path(from, to string) []string {
	type node struct {
		table      string
		conditions []string
	}
	seen := map[string]bool{from: true}
	for queue := []node{{table: from}}; len(queue) > 0; queue = queue[1:] {
		here := queue[0]
		if here.table == to {
			return here.conditions
		}
		for _, k := range cat.keys() {
			next := ""
			switch here.table {
			case k.from.Table:
				next = k.to.Table
			case k.to.Table:
				next = k.from.Table
			}
			if next == "" || seen[next] {
				continue
			}
			seen[next] = true
			queue = append(queue, node{next, append(slices.Clone(here.conditions), cat.condition(k))})
		}
	}
	return nil
}

// key is one column of a foreign key and what it refers to.
type key struct{ from, to Reference }

func (cat *Catalogue) keys() []key {
	var keys []key
	for _, t := range cat.Tables {
		for _, c := range t.Columns {
			if c.FK != nil {
				keys = append(keys, key{Reference{t.Name, c.Name}, *c.FK})
			}
		}
	}
	return keys
}

func (cat *Catalogue) condition(k key) string {
	return fmt.Sprintf("%s.%s = %s.%s", cat.quote(k.from.Table), cat.quote(k.from.Column), cat.quote(k.to.Table), cat.quote(k.to.Column))
}
