package northwind

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
)

type explainInput struct {
	Query  string `json:"query"`
	Params []any  `json:"params"`
}

func explainQuery(db *DB) tool[explainInput] {
	return tool[explainInput]{
		name:        explainQueryName,
		title:       "Explain SQL query",
		description: "Checks a query without running it: its mistakes, or the tables it scans and the indexes it uses.",
		input:       explainInputSchema,
		output:      explainOutputSchema,
		lasts:       true,
		run: func(ctx context.Context, in explainInput) (reply, error) {
			return db.explainReply(ctx, in)
		},
	}
}

func (db *DB) explainReply(ctx context.Context, in explainInput) (reply, error) {
	if strings.TrimSpace(in.Query) == "" {
		return reply{}, missing("query")
	}
	q := Query{SQL: in.Query}
	if in.Params != nil {
		var err error
		if q.Params, err = values(in.Params); err != nil {
			return reply{}, err
		}
	}
	p, err := db.Explain(ctx, q)
	if err != nil {
		return reply{}, err
	}
	structured, err := json.Marshal(p)
	if err != nil {
		return reply{}, fmt.Errorf("encoding the plan: %w", err)
	}
	return reply{text: "Valid. " + p.Summary + p.tree(), structured: structured, rows: len(p.Steps)}, nil
}
