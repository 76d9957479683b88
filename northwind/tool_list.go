package northwind

import (
	"context"
	"encoding/json"
	"fmt"
)

// TableList is the structured result of the tool list_tables. Its JSON is a contract.
type TableList struct {
	// Tables holds the tables, then the views, each by name.
	Tables []TableSummary `json:"tables"`
}

// TableSummary is one table or view of a [TableList].
type TableSummary struct {
	Name string `json:"name"`
	// Kind is "table" or "view".
	Kind string `json:"kind"`
	// Rows is null for a view that takes too long to count.
	Rows *int `json:"rows"`
	// Columns is left out if only names were asked for.
	Columns []TableColumn `json:"columns,omitempty"`
}

type listInput struct {
	Detail       string `json:"detail"`
	IncludeViews *bool  `json:"include_views"`
}

func listTables(db *DB) tool[listInput] {
	return tool[listInput]{
		name:        listTablesName,
		title:       "List tables",
		description: "The whole schema: tables and views with row counts, columns, types and keys. Call this first.",
		input:       listInputSchema,
		output:      listOutputSchema,
		lasts:       true,
		run: func(_ context.Context, in listInput) (reply, error) {
			return db.Catalogue().listing(in)
		},
	}
}

func (cat *Catalogue) listing(in listInput) (reply, error) {
	views := in.IncludeViews == nil || *in.IncludeViews
	var list TableList
	var names []string
	for _, t := range cat.Tables {
		if t.Kind == "view" && !views {
			continue
		}
		summary := TableSummary{Name: t.Name, Kind: t.Kind, Rows: t.Rows}
		if in.Detail != "names" {
			summary.Columns = t.Columns
		}
		list.Tables = append(list.Tables, summary)
		names = append(names, t.Name)
	}
	structured, err := json.Marshal(list)
	if err != nil {
		return reply{}, fmt.Errorf("encoding the list of tables: %w", err)
	}
	switch in.Detail {
	case "", "overview":
		return reply{text: cat.Overview(views), structured: structured, rows: len(names)}, nil
	case "names":
		text, err := json.Marshal(names)
		if err != nil {
			return reply{}, fmt.Errorf("encoding the names of tables: %w", err)
		}
		return reply{text: string(text), structured: structured, rows: len(names)}, nil
	}
	return reply{}, &Error{Kind: Invalid, Message: fmt.Sprintf("detail is %q", shortened(in.Detail, maxName)), Hint: "It is overview or names."}
}
