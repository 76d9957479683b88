package northwind

import (
	"context"
	"fmt"
	"strings"
	"time"

	"modernc.org/libc"
	sqlite3 "modernc.org/sqlite/lib"
)

// Catalogue is what a database holds: its tables, then its views, each by name.
type Catalogue struct {
	Tables []Table

	keywords map[string]bool // the names in it that SQL would read as keywords
	fickle   bool            // a view may show other rows each time
}

// Table is one table or view.
type Table struct {
	Name    string
	Kind    string // "table" or "view"
	Rows    *int   // nil if counting took longer than a query may
	Columns []TableColumn
	// ReferencedBy lists the foreign keys of other tables that point here.
	ReferencedBy []Reference
	Indexes      []Index
}

// TableColumn is one column of a [Table]. Its JSON is part of the contract of list_tables and describe_table.
type TableColumn struct {
	Name string `json:"name"`
	// Type is the declared type, empty for a computed column of a view.
	Type string `json:"type"`
	// PK says that the column is the primary key or part of it.
	PK bool `json:"pk"`
	// NotNull says that the column is declared NOT NULL.
	NotNull bool `json:"not_null"`
	// FK is the column that this one refers to, if any.
	FK *Reference `json:"fk,omitempty"`
}

// Reference names a column of a table.
type Reference struct {
	Table  string `json:"table"`
	Column string `json:"column"`
}

// Index is one index of a table, besides that of its primary key.
type Index struct {
	Name    string   `json:"name"`
	Unique  bool     `json:"unique"`
	Columns []string `json:"columns"`
}

// readCatalogue reads the schema over a connection of its own that has no authorizer, and closes it.
func readCatalogue(ctx context.Context, vfs string, lim Limits) (*Catalogue, error) {
	c, err := openConn(vfs)
	if err != nil {
		return nil, err
	}
	defer c.close()
	c.limit()
	if err := checkModules(c); err != nil {
		return nil, err
	}
	names, err := c.all("SELECT name, type FROM sqlite_schema WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY type, name COLLATE NOCASE")
	if err != nil {
		return nil, fmt.Errorf("reading the schema: %w", err)
	}
	if len(names) == 0 {
		return nil, fmt.Errorf("reading the schema: the database holds no tables")
	}
	cat := &Catalogue{keywords: map[string]bool{}}
	if cat.fickle, err = c.fickleViews(); err != nil {
		return nil, fmt.Errorf("reading the views: %w", err)
	}
	known, err := c.knownCounts()
	if err != nil {
		return nil, fmt.Errorf("reading the counts of the views: %w", err)
	}
	for _, n := range names {
		t := Table{Name: n[0].(string), Kind: n[1].(string)}
		if err := c.describe(&t); err != nil {
			return nil, fmt.Errorf("reading the schema of %s: %w", t.Name, err)
		}
		cat.note(c, t)
		if rows, ok := known[t.Name]; ok {
			t.Rows = &rows
		} else if t.Rows, err = c.countRows(ctx, cat.quote(t.Name), lim.Timeout); err != nil {
			return nil, fmt.Errorf("counting the rows of %s: %w", t.Name, err)
		}
		cat.Tables = append(cat.Tables, t)
	}
	cat.linkBack()
	return cat, nil
}

func (c *conn) describe(t *Table) error {
	columns, err := c.all("SELECT name, type, \"notnull\", pk FROM pragma_table_xinfo(?) WHERE hidden <> 1 ORDER BY cid", t.Name)
	if err != nil {
		return err
	}
	for _, r := range columns {
		t.Columns = append(t.Columns, TableColumn{
			Name:    r[0].(string),
			Type:    r[1].(string),
			NotNull: r[2] == int64(1),
			PK:      r[3] != int64(0),
		})
	}
	keys, err := c.all(`SELECT k."from", k."table",
		coalesce(k."to", (SELECT name FROM pragma_table_info(k."table") WHERE pk = k.seq + 1), 'rowid')
		FROM pragma_foreign_key_list(?) AS k ORDER BY id, seq`, t.Name)
	if err != nil {
		return err
	}
	for _, r := range keys {
		if column := t.column(r[0].(string)); column != nil {
			column.FK = &Reference{Table: r[1].(string), Column: r[2].(string)}
		}
	}
	indexes, err := c.all(`SELECT l.name, l."unique", i.name FROM pragma_index_list(?) AS l, pragma_index_info(l.name) AS i
		WHERE i.name IS NOT NULL AND l.origin <> 'pk' ORDER BY l.name, i.seqno`, t.Name)
	if err != nil {
		return err
	}
	for _, r := range indexes {
		name, column := r[0].(string), r[2].(string)
		if n := len(t.Indexes); n > 0 && t.Indexes[n-1].Name == name {
			t.Indexes[n-1].Columns = append(t.Indexes[n-1].Columns, column)
			continue
		}
		t.Indexes = append(t.Indexes, Index{Name: name, Unique: r[1] == int64(1), Columns: []string{column}})
	}
	return nil
}

// knownCounts returns the numbers of rows of the views that the database itself states: in sqlite_stat1, where ANALYZE
// puts those of tables and whoever made the database may put more. To count a view is to run it.
// See https://www.sqlite.org/fileformat2.html#the_sqlite_stat1_table.
func (c *conn) knownCounts() (map[string]int, error) {
	tables, err := c.all("SELECT 1 FROM sqlite_schema WHERE name = 'sqlite_stat1'")
	if err != nil || len(tables) == 0 {
		return nil, err
	}
	rows, err := c.all("SELECT s.tbl, CAST(s.stat AS INTEGER) FROM sqlite_stat1 AS s JOIN sqlite_schema AS v ON v.name = s.tbl WHERE v.type = 'view' AND s.idx IS NULL")
	if err != nil {
		return nil, err
	}
	counts := map[string]int{}
	for _, r := range rows {
		counts[r[0].(string)] = int(r[1].(int64))
	}
	return counts, nil
}

// fickleViews reports whether a query over some view may have another result the next time; see [fickle].
func (c *conn) fickleViews() (bool, error) {
	rows, err := c.all("SELECT count(*) FROM sqlite_schema WHERE type = 'view' AND (sql LIKE '%random%' OR sql LIKE '%explain%')")
	if err != nil {
		return false, err
	}
	return rows[0][0] != int64(0), nil
}

// countRows returns the number of rows, or nil if the time for it ran out.
func (c *conn) countRows(ctx context.Context, quoted string, allowed time.Duration) (*int, error) {
	limited, cancel := context.WithTimeout(ctx, allowed)
	defer cancel()
	defer c.watch(limited)()
	rows, err := c.all("SELECT count(*) FROM " + quoted)
	if err != nil {
		if limited.Err() != nil && ctx.Err() == nil {
			return nil, nil
		}
		return nil, err
	}
	n := int(rows[0][0].(int64))
	return &n, nil
}

// note remembers which names of the table are keywords.
func (cat *Catalogue) note(c *conn, t Table) {
	names := []string{t.Name}
	for _, column := range t.Columns {
		names = append(names, column.Name)
	}
	for _, n := range names {
		p, err := libc.CString(n)
		if err != nil {
			return
		}
		if sqlite3.Xsqlite3_keyword_check(c.tls, p, int32(len(n))) != 0 {
			cat.keywords[n] = true
		}
		libc.Xfree(c.tls, p)
	}
}

// linkBack fills ReferencedBy, and gives references the spelling of the table they point to.
func (cat *Catalogue) linkBack() {
	for i := range cat.Tables {
		for j := range cat.Tables[i].Columns {
			column := &cat.Tables[i].Columns[j]
			if column.FK == nil {
				continue
			}
			target := cat.Table(column.FK.Table)
			if target == nil {
				continue
			}
			column.FK.Table = target.Name
			if to := target.column(column.FK.Column); to != nil {
				column.FK.Column = to.Name
			}
			target.ReferencedBy = append(target.ReferencedBy, Reference{Table: cat.Tables[i].Name, Column: column.Name})
		}
	}
}

// Table returns the table or view of that name in any case, or nil.
func (cat *Catalogue) Table(name string) *Table {
	for i := range cat.Tables {
		if strings.EqualFold(cat.Tables[i].Name, name) {
			return &cat.Tables[i]
		}
	}
	return nil
}

func (cat *Catalogue) names() []string {
	names := make([]string, len(cat.Tables))
	for i, t := range cat.Tables {
		names[i] = t.Name
	}
	return names
}

// quote writes a name of the catalogue as SQL needs it.
func (cat *Catalogue) quote(name string) string {
	return quoteName(name, func(n string) bool { return cat.keywords[n] })
}

func (t *Table) column(name string) *TableColumn {
	for i := range t.Columns {
		if strings.EqualFold(t.Columns[i].Name, name) {
			return &t.Columns[i]
		}
	}
	return nil
}

func (t *Table) columnNames() []string {
	names := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		names[i] = c.Name
	}
	return names
}
