package northwind

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// ColumnStatistics tells what the values of a column are like. Its JSON is part of the contract of describe_table; values
// are cells by the rules of [QueryOutput].
type ColumnStatistics struct {
	// Nulls is the number of rows without a value.
	Nulls int `json:"nulls"`
	// Distinct is the number of different values.
	Distinct int `json:"distinct"`
	// Min and Max are the first and the last value in the order of SQLite, null for blobs and if there is none.
	Min any `json:"min"`
	Max any `json:"max"`
	// Top holds the most frequent values, if the column has few; see [fewValues].
	Top []ValueCount `json:"top,omitempty"`
}

// ValueCount is a value and the number of rows that have it.
type ValueCount struct {
	Value any `json:"value"`
	Rows  int `json:"rows"`
}

const (
	// fewValues is the number of distinct values up to which the most frequent ones are worth telling, if a value comes
	// twice on average.
	fewValues = 50
	// topValues is how many of them are told.
	topValues = 5
	// statisticsShare is the part of the deadline of a query that all statistics of a table may take: a slow view is
	// described without them.
	statisticsShare = 5
	// columnsAtOnce is the number of columns that one statement looks at.
	columnsAtOnce = 16
)

// statistics returns those of each column of the table, in their order, or nil if the table, or the view, is too much for that.
func (db *DB) statistics(ctx context.Context, t Table) ([]ColumnStatistics, error) {
	if t.Rows == nil {
		return nil, nil
	}
	limited, cancel := context.WithTimeout(ctx, db.limits.Timeout/statisticsShare)
	defer cancel()
	var all []ColumnStatistics
	for columns := range slices.Chunk(t.Columns, columnsAtOnce) {
		some, err := db.summarize(limited, t, columns)
		switch {
		case err == nil:
			all = append(all, some...)
		case ctx.Err() == nil && (limited.Err() != nil || slices.Contains([]Kind{Timeout, Memory, TooBig}, KindOf(err))):
			return nil, nil
		default:
			return nil, err
		}
	}
	return all, nil
}

// summarize reads the statistics of some columns of the table.
func (db *DB) summarize(ctx context.Context, t Table, columns []TableColumn) ([]ColumnStatistics, error) {
	table := db.catalogue.quote(t.Name)
	var asked []string
	for i, c := range columns {
		name := db.catalogue.quote(c.Name)
		asked = append(asked, fmt.Sprintf("count(%[1]s) AS n%[2]d, count(DISTINCT %[1]s) AS d%[2]d, min(%[1]s) AS a%[2]d, max(%[1]s) AS z%[2]d", name, i))
	}
	out, err := db.Query(ctx, Query{SQL: fmt.Sprintf("SELECT count(*) AS n, %s FROM %s", strings.Join(asked, ", "), table)})
	if err != nil {
		return nil, err
	}
	rows, cells := int(out.Rows[0][0].(int64)), out.Rows[0][1:]
	all := make([]ColumnStatistics, len(columns))
	for i := range columns {
		c := cells[4*i : 4*i+4]
		values := int(c[0].(int64))
		s := ColumnStatistics{Nulls: rows - values, Distinct: int(c[1].(int64)), Min: c[2], Max: c[3]}
		if out.Columns[4*i+3].Type == "blob" || out.Columns[4*i+4].Type == "blob" {
			s.Min, s.Max = nil, nil
		} else if s.Distinct <= fewValues && 2*s.Distinct <= values {
			if s.Top, err = db.mostFrequent(ctx, table, db.catalogue.quote(columns[i].Name)); err != nil {
				return nil, err
			}
		}
		all[i] = s
	}
	return all, nil
}

// mostFrequent returns the values that most rows have, those with as many in their own order.
func (db *DB) mostFrequent(ctx context.Context, table, column string) ([]ValueCount, error) {
	out, err := db.Query(ctx, Query{SQL: fmt.Sprintf("SELECT %[1]s AS v, count(*) AS n FROM %[2]s WHERE %[1]s IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT %[3]d", column, table, topValues)})
	if err != nil {
		return nil, err
	}
	top := make([]ValueCount, out.RowCount)
	for i, r := range out.Rows {
		top[i] = ValueCount{Value: r[0], Rows: int(r[1].(int64))}
	}
	return top, nil
}

// text tells the statistics of a column in a few words. Texts are quoted, as they may hold commas.
func (s ColumnStatistics) text() string {
	show := func(v any) string {
		if text, ok := v.(string); ok {
			return shownText(text)
		}
		return string(appendRowText(nil, []any{v}))
	}
	if s.Distinct == 0 {
		return "no values"
	}
	parts := []string{fmt.Sprintf("%d distinct", s.Distinct)}
	if s.Nulls > 0 {
		parts = append(parts, plural(s.Nulls, "null", "nulls"))
	}
	if s.Min != nil && s.Distinct > len(s.Top) {
		span := show(s.Min)
		if s.Distinct > 1 {
			span += " … " + show(s.Max)
		}
		parts = append(parts, span)
	}
	if len(s.Top) > 0 {
		var top []string
		for _, v := range s.Top {
			top = append(top, fmt.Sprintf("%s (%d)", show(v.Value), v.Rows))
		}
		word := "most frequent"
		if len(s.Top) == s.Distinct {
			word = "all"
		}
		parts = append(parts, word+": "+strings.Join(top, ", "))
	}
	return strings.Join(parts, "; ")
}
