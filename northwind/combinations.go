package northwind

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

// warnings says in whole sentences, each after a blank, what may make a statement run for ever: full scans within each
// other, and recursion without an end. It is "" if there is nothing to say.
func (cat *Catalogue) warnings(p *Plan, sql string, namesakes map[string][]string, places places) string {
	var b strings.Builder
	for _, nest := range nests(p.Steps) {
		var names []string
		rows := 1.0
		for _, step := range nest {
			name, how, _ := strings.Cut(strings.TrimPrefix(step.Detail, "SCAN "), " USING ")
			t := cat.Table(cat.source(name, indexName(how, places), p.Tables, namesakes, places))
			if t == nil || t.Rows == nil || strings.HasSuffix(step.Detail, " EXISTS") {
				continue
			}
			names, rows = append(names, cat.quote(t.Name)), rows*float64(*t.Rows)
		}
		if len(names) > 1 {
			fmt.Fprintf(&b, " Combines each row of %s, up to %s: check that every join has its condition.", enumerate(names), combinations(rows))
		}
	}
	for _, name := range endless(lex(sql)) {
		fmt.Fprintf(&b, " The recursive part of %s has no WHERE and no LIMIT: nothing in it ends the recursion.", name)
	}
	return b.String()
}

// combinations writes a product of numbers of rows, rounded where a float64 rounds it.
func combinations(rows float64) string {
	const exact = 1 << 53
	if rows > exact {
		return fmt.Sprintf("about 10^%.0f combinations", math.Log10(rows))
	}
	return plural(int(rows), "combination", "combinations")
}

// nests returns the full scans that run within each other: those of one parent, which are the loops of one SELECT.
func nests(steps []PlanStep) [][]PlanStep {
	var parents []int
	byParent := map[int][]PlanStep{}
	for _, step := range steps {
		if !strings.HasPrefix(step.Detail, "SCAN ") {
			continue
		}
		if !slices.Contains(parents, step.Parent) {
			parents = append(parents, step.Parent)
		}
		byParent[step.Parent] = append(byParent[step.Parent], step)
	}
	var all [][]PlanStep
	for _, parent := range parents {
		if scans := byParent[parent]; len(scans) > 1 {
			all = append(all, scans)
		}
	}
	return all
}
