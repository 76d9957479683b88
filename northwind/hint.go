package northwind

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
)

const (
	// hintShare is the part of the deadline of a query that looking for the reason of an empty result may take, of what the
	// query itself has left.
	hintShare = 5
	// maxHints is how many conditions of a statement are explained.
	maxHints = 2
	// maxHinted is the most places or values that one hint names.
	maxHinted = 2
)

// hint says why a query without rows may have none: a text in a condition that its column does not hold, and where it is
// instead. It is "" if there is nothing to say. It is from the index of values, made if need be, and says of a column only
// what the index knows of all its rows. whole is false if there was no time for that, so that another time there may be
// more.
func (db *DB) hint(ctx context.Context, q Query, ran time.Duration) (hint string, whole bool) {
	s := studied{expression: express(q.SQL, q.Params), cat: db.catalogue, sql: q.SQL}
	conditions := s.conditions()
	if len(conditions) == 0 {
		return "", true
	}
	ctx, cancel := context.WithTimeout(ctx, min(db.limits.Timeout/hintShare, db.limits.Timeout-ran))
	defer cancel()
	index, err := db.values.forHints(ctx, db)
	if err != nil {
		return "", false
	}
	h := hinter{ctx: ctx, cat: db.catalogue, index: index, used: s.used}
	var hints []string
	for _, c := range conditions {
		if text := h.explain(c); text != "" && !slices.Contains(hints, text) && len(hints) < maxHints {
			hints = append(hints, text+".")
		}
	}
	return strings.Join(hints, " "), ctx.Err() == nil
}

// forHints is [DB.index] for one who can do without: where making it has taken too long, it is not tried again.
func (l *lateIndex) forHints(ctx context.Context, db *DB) (*valueIndex, error) {
	if l.slow.Load() {
		unlock, err := l.lock(ctx)
		if err != nil {
			return nil, err
		}
		defer unlock()
		if l.index == nil {
			return nil, context.DeadlineExceeded
		}
		return l.index, nil
	}
	index, err := db.index(ctx)
	if err != nil && context.Cause(ctx) == context.DeadlineExceeded {
		l.slow.Store(true)
	}
	return index, err
}

// hinter explains conditions that no row meets.
type hinter struct {
	ctx   context.Context
	cat   *Catalogue
	index *valueIndex
	used  []*Table // by the statement
}

// explain returns a sentence without its full stop, or "" if the values of the column do not tell why.
func (h hinter) explain(c condition) string {
	if h.index.partial || h.ctx.Err() != nil {
		return ""
	}
	own, ok := h.columns(c)
	if !ok {
		return ""
	}
	test, want := c.test(), fold(strings.Trim(c.text, "%"))
	if !c.like {
		want = fold(c.text)
	}
	for _, column := range own {
		if slices.ContainsFunc(column.values, func(v value) bool { return test(column, v) }) {
			return ""
		}
	}
	if want == "" || c.like && strings.ContainsAny(strings.Trim(c.text, "%"), "%_") {
		return ""
	}
	has := "has no " + shownText(c.text)
	if c.like {
		has = "has nothing LIKE " + shownText(c.text)
	}
	if len(own) == 0 {
		has = "" // a column of a view, of whose values nothing is known
	}
	if len(own) == 0 && h.mayHold(c, want) {
		return ""
	}
	elsewhere, within := h.elsewhere, h.within
	if c.like {
		elsewhere, within = within, elsewhere
	}
	for _, look := range []func(condition, []*valueColumn, string) string{
		h.spelledOtherwise, h.asNull, h.asDate, elsewhere, within, h.misspelt, h.inWords, h.misspeltElsewhere,
	} {
		if where := look(c, own, want); where != "" {
			if has == "" {
				return where
			}
			return fmt.Sprintf("%s %s; %s", h.cat.quote(c.column), has, where)
		}
	}
	if has == "" {
		return ""
	}
	return fmt.Sprintf("%s %s, nor has another text column of a table", h.cat.quote(c.column), has)
}

// columns returns the columns of tables that a condition is about, none if it is about one of a view. It is false if their
// values are not all known.
func (h hinter) columns(c condition) (own []*valueColumn, ok bool) {
	views := 0
	for _, t := range c.tables {
		if t.Kind == "view" {
			views++
			continue
		}
		column := h.index.column(t.Name, t.column(c.column).Name)
		if column == nil || !column.whole {
			return nil, false
		}
		own = append(own, column)
	}
	return own, views == 0 || len(own) == 0
}

// test returns whether a value of a column meets the condition.
func (c condition) test() func(*valueColumn, value) bool {
	if c.like {
		core := asciiFold(strings.Trim(c.text, "%"))
		begins, ends := !strings.HasPrefix(c.text, "%"), !strings.HasSuffix(c.text, "%")
		return func(_ *valueColumn, v value) bool {
			text := asciiFold(v.text)
			return (!begins || strings.HasPrefix(text, core)) && (!ends || strings.HasSuffix(text, core)) && strings.Contains(text, core) &&
				(!begins || !ends || text == core)
		}
	}
	folded := asciiFold(c.text)
	return func(column *valueColumn, v value) bool {
		return v.text == c.text || column.noCase && asciiFold(v.text) == folded
	}
}

// it says which values like that the columns have, or the first of them that has any: the most frequent values.
func (h hinter) it(own []*valueColumn, like func(value) bool) string {
	for _, column := range own {
		found := column.like(like)
		if len(found) == 0 {
			continue
		}
		var shown []string
		for _, v := range found[:min(len(found), maxHinted)] {
			shown = append(shown, withRows(v.text, v.rows))
		}
		if more := len(found) - len(shown); more > 0 {
			shown = append(shown, fmt.Sprintf("%d more", more))
		}
		name := "it"
		if len(own) > 1 {
			name = h.name(column.table, column.column)
		}
		return fmt.Sprintf("%s has %s", name, enumerate(shown))
	}
	return ""
}

// like returns the values that are like that.
func (c *valueColumn) like(like func(value) bool) []value {
	var found []value
	for _, v := range c.values {
		if like(v) {
			found = append(found, v)
		}
	}
	return found
}

// places says which columns besides own have values like the text: those of tables that the statement uses first, then those
// with the most rows.
func (h hinter) places(text string, own []*valueColumn, like func(value) bool) string {
	type place struct {
		column *valueColumn
		values []value
		used   int
	}
	var found []place
	for i := range h.index.columns {
		column := &h.index.columns[i]
		if slices.Contains(own, column) {
			continue
		}
		p := place{column: column, values: column.like(like)}
		if slices.ContainsFunc(h.used, func(t *Table) bool { return t.Name == column.table }) {
			p.used = 1
		}
		if len(p.values) > 0 {
			found = append(found, p)
		}
	}
	slices.SortStableFunc(found, func(a, b place) int {
		return cmp.Or(cmp.Compare(b.used, a.used), cmp.Compare(b.values[0].rows, a.values[0].rows))
	})
	var shown []string
	for _, p := range found[:min(len(found), maxHinted)] {
		first := p.values[0]
		has := "has " + withRows(first.text, first.rows)
		if first.text == text && len(own) > 0 {
			has = fmt.Sprintf("does (%s)", plural(first.rows, "row", "rows"))
		}
		if more := len(p.values) - 1; more > 0 {
			has += fmt.Sprintf(" and %d more", more)
		}
		shown = append(shown, h.name(p.column.table, p.column.column)+" "+has)
	}
	return strings.Join(shown, ", ")
}

func (h hinter) name(table, column string) string {
	return h.cat.quote(table) + "." + h.cat.quote(column)
}

// withRows writes a value and its rows.
func withRows(text string, rows int) string {
	return fmt.Sprintf("%s (%s)", shownText(text), plural(rows, "row", "rows"))
}
