package northwind

import "strings"

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
