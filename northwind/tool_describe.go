package northwind

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
)

// TableDescription is the structured result of the tool describe_table. Its JSON is a contract.
type TableDescription struct {
	Name string `json:"name"`
	// Kind is "table" or "view".
	Kind string `json:"kind"`
	// Rows is null for a view that takes too long to count.
	Rows    *int              `json:"rows"`
	Columns []DescribedColumn `json:"columns"`
	// ReferencedBy lists the columns of other tables that refer to this one.
	ReferencedBy []Reference `json:"referenced_by"`
	Indexes      []Index     `json:"indexes"`
	// Sample holds the first rows, their cells in the order of Columns and by the rules of [QueryOutput].
	Sample [][]any `json:"sample"`
}

// DescribedColumn is one column of a [TableDescription].
type DescribedColumn struct {
	TableColumn
	// ColumnStatistics is nil, and its fields are left out, if the rows take too long to read.
	*ColumnStatistics
}

// sampleRows is the number of rows that describe_table shows.
const sampleRows = 3

type describeInput struct {
	TableName string `json:"table_name"`
}

func describeTable(db *DB) tool[describeInput] {
	return tool[describeInput]{
		name:        describeTableName,
		title:       "Describe table",
		description: "One table or view in detail: columns with value ranges and frequent values, keys both ways, indexes, sample rows.",
		input:       describeInputSchema,
		output:      describeOutputSchema,
		run: func(ctx context.Context, in describeInput) (reply, error) {
			return db.describe(ctx, in.TableName)
		},
	}
}

func (db *DB) describe(ctx context.Context, name string) (reply, error) {
	if strings.TrimSpace(name) == "" {
		return reply{}, missing("table_name")
	}
	t, err := db.catalogue.find(name)
	if err != nil {
		return reply{}, err
	}
	return db.remember(ctx, "describe "+t.Name, func(ctx context.Context) result {
		r, whole, err := db.describeTable(ctx, *t)
		return result{reply: r, err: err, steady: whole && !db.catalogue.fickle}
	})
}

// describeTable reports whether the description is whole: another time there may be statistics too.
func (db *DB) describeTable(ctx context.Context, t Table) (r reply, whole bool, err error) {
	sample, err := db.Query(ctx, Query{SQL: fmt.Sprintf("SELECT * FROM %s LIMIT %d", db.catalogue.quote(t.Name), sampleRows)})
	if err != nil {
		return reply{}, false, err
	}
	statistics, err := db.statistics(ctx, t)
	if err != nil {
		return reply{}, false, err
	}
	d := TableDescription{
		Name:         t.Name,
		Kind:         t.Kind,
		Rows:         t.Rows,
		Columns:      make([]DescribedColumn, len(t.Columns)),
		ReferencedBy: notNil(t.ReferencedBy),
		Indexes:      notNil(t.Indexes),
		Sample:       sample.Rows,
	}
	for i, c := range t.Columns {
		d.Columns[i].TableColumn = c
		if statistics != nil {
			d.Columns[i].ColumnStatistics = &statistics[i]
		}
	}
	structured, err := json.Marshal(d)
	if err != nil {
		return reply{}, false, fmt.Errorf("encoding the description of %s: %w", t.Name, err)
	}
	return reply{text: db.catalogue.description(t, d.Columns, sample), structured: structured, rows: sample.RowCount}, statistics != nil, nil
}

// find returns the table of that name, forgiving case, quotes, spaces and punctuation, but never guessing further.
func (cat *Catalogue) find(name string) (*Table, error) {
	if t := cat.Table(strings.Trim(strings.TrimSpace(name), "\"`[]'")); t != nil {
		return t, nil
	}
	near := nearest(name, cat.names(), 3)
	if len(near) == 1 && squash(near[0]) == squash(name) {
		return cat.Table(near[0]), nil
	}
	return nil, &Error{Kind: Invalid, Message: "no such table: " + shortened(name, maxName), Hint: cat.unknownTable(name)}
}

// description is the text of describe_table.
func (cat *Catalogue) description(t Table, columns []DescribedColumn, sample *QueryOutput) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s", t.Kind, cat.quote(t.Name))
	if t.Rows != nil {
		fmt.Fprintf(&b, ", %s", plural(*t.Rows, "row", "rows"))
	}
	b.WriteString("\n")
	for i, line := range cat.columnLines(t) {
		if columns[i].NotNull {
			line += ", not null"
		}
		if s := columns[i].ColumnStatistics; s != nil {
			line += ": " + s.text()
		}
		fmt.Fprintf(&b, "- %s\n", line)
	}
	if len(t.ReferencedBy) > 0 {
		b.WriteString("Referenced by: ")
		for i, r := range t.ReferencedBy {
			if i > 0 {
				b.WriteString(", ")
			}
			fmt.Fprintf(&b, "%s.%s", cat.quote(r.Table), cat.quote(r.Column))
		}
		b.WriteString("\n")
	}
	for _, index := range t.Indexes {
		unique := ""
		if index.Unique {
			unique = " unique"
		}
		fmt.Fprintf(&b, "Index%s: %s\n", unique, cat.list(index.Columns, ", "))
	}
	_, rows, _ := strings.Cut(sample.Text(), "\n")
	fmt.Fprintf(&b, "First rows:\n%s", rows)
	return b.String()
}

func notNil[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}
