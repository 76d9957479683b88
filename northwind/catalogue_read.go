package northwind

import (
	"context"
	"fmt"
	"time"

	"modernc.org/libc"
	sqlite3 "modernc.org/sqlite/lib"
)

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
		cat.Tables = append(cat.Tables, Table{Name: n[0].(string), Kind: n[1].(string)})
	}
	if err := c.describe(cat.Tables); err != nil {
		return nil, fmt.Errorf("reading the schema: %w", err)
	}
	for i := range cat.Tables {
		t := &cat.Tables[i]
		cat.note(c, *t)
		if rows, ok := known[t.Name]; ok {
			t.Rows = &rows
		} else if t.Rows, err = c.countRows(ctx, cat.quote(t.Name), lim.Timeout); err != nil {
			return nil, fmt.Errorf("counting the rows of %s: %w", t.Name, err)
		}
	}
	cat.linkBack()
	return cat, nil
}

// describe adds what is in the tables, those of the database all at once: to compile a statement takes longer than to run it.
func (c *conn) describe(tables []Table) error {
	byName := make(map[string]*Table, len(tables))
	for i := range tables {
		byName[tables[i].Name] = &tables[i]
	}
	each := func(what, sql string, add func(t *Table, r []any)) error {
		rows, err := c.all(sql)
		if err != nil {
			return fmt.Errorf("reading the %s: %w", what, err)
		}
		for _, r := range rows {
			if t := byName[r[0].(string)]; t != nil {
				add(t, r[1:])
			}
		}
		return nil
	}
	err := each("columns", `SELECT s.name, c.name, c.type, c."notnull", c.pk
		FROM sqlite_schema AS s, pragma_table_xinfo(s.name) AS c
		WHERE s.type IN ('table', 'view') AND c.hidden <> 1 ORDER BY s.rowid, c.cid`, (*Table).addColumn)
	if err != nil {
		return err
	}
	err = each("foreign keys", `SELECT s.name, k."from", k."table",
		coalesce(k."to", (SELECT name FROM pragma_table_info(k."table") WHERE pk = k.seq + 1), 'rowid')
		FROM sqlite_schema AS s, pragma_foreign_key_list(s.name) AS k
		WHERE s.type = 'table' ORDER BY s.rowid, k.id, k.seq`, (*Table).addKey)
	if err != nil {
		return err
	}
	return each("indexes", `SELECT s.name, l.name, l."unique", i.name
		FROM sqlite_schema AS s, pragma_index_list(s.name) AS l, pragma_index_info(l.name) AS i
		WHERE s.type = 'table' AND i.name IS NOT NULL AND l.origin <> 'pk' ORDER BY s.rowid, l.name, i.seqno`, (*Table).addIndexed)
}

// addColumn adds a column: its name and type, whether it is declared NOT NULL, and its place in the primary key.
func (t *Table) addColumn(r []any) {
	t.Columns = append(t.Columns, TableColumn{Name: r[0].(string), Type: r[1].(string), NotNull: r[2] == int64(1), PK: r[3] != int64(0)})
}

// addKey makes a column refer to another table and its column.
func (t *Table) addKey(r []any) {
	if column := t.column(r[0].(string)); column != nil {
		column.FK = &Reference{Table: r[1].(string), Column: r[2].(string)}
	}
}

// addIndexed adds the next column of an index: its name, whether it is unique, and the column.
func (t *Table) addIndexed(r []any) {
	name, column := r[0].(string), r[2].(string)
	if n := len(t.Indexes); n > 0 && t.Indexes[n-1].Name == name {
		t.Indexes[n-1].Columns = append(t.Indexes[n-1].Columns, column)
		return
	}
	t.Indexes = append(t.Indexes, Index{Name: name, Unique: r[1] == int64(1), Columns: []string{column}})
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
