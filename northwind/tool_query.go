package northwind

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"
)

type queryInput struct {
	Query   string `json:"query"`
	Params  []any  `json:"params"`
	MaxRows whole  `json:"max_rows"`
	Offset  whole  `json:"offset"`
}

func readQuery(db *DB) tool[queryInput] {
	return tool[queryInput]{
		name:  readQueryName,
		title: "Run SQL query",
		description: fmt.Sprintf("Runs one read-only SQLite statement: at most %d rows, cells separated by |, the total in line 1. "+
			"Aggregate, filter and sort in SQL.", db.limits.MaxRows),
		input:  fmt.Sprintf(queryInputSchema, db.limits.page(0)),
		output: queryOutputSchema,
		run: func(ctx context.Context, in queryInput) (reply, error) {
			return db.read(ctx, in)
		},
	}
}

// read answers read_query. The same question has the same answer, but for the time that it took.
func (db *DB) read(ctx context.Context, in queryInput) (reply, error) {
	if strings.TrimSpace(in.Query) == "" {
		return reply{}, missing("query")
	}
	params, err := values(in.Params)
	if err != nil {
		return reply{}, err
	}
	q := Query{SQL: in.Query, Params: params, MaxRows: int(in.MaxRows), Offset: int(in.Offset)}
	if fickle(q.SQL) || db.catalogue.fickle {
		o := db.answer(ctx, q)
		return o.reply, o.err
	}
	return db.remember(ctx, db.queryKey(q), func(ctx context.Context) result { return db.answer(ctx, q) })
}

// answer runs q and encodes its result. It is steady unless counting the rows took too long to come to an end, or looking for
// why there are none.
func (db *DB) answer(ctx context.Context, q Query) result {
	out, err := db.Query(ctx, q)
	if err != nil {
		return result{err: err, steady: true}
	}
	explained := true
	if out.TotalRows == 0 {
		var hint string
		hint, explained = db.hint(ctx, q, time.Duration(out.ElapsedMS*float64(time.Millisecond)))
		out.Note = strings.TrimSpace(out.Note + " " + hint)
	}
	structured, err := out.MarshalJSON()
	if err != nil {
		return result{err: fmt.Errorf("encoding the result: %w", err)}
	}
	counted := out.TotalIsExact || out.TotalRows == db.limits.CountRows+1 && q.Offset+out.RowCount < db.limits.CountRows
	return result{reply: reply{text: out.Text(), structured: structured, rows: out.RowCount}, steady: counted && explained}
}

// queryKey returns all that shapes the result of q, besides the database and the limits, which never change.
func (db *DB) queryKey(q Query) string {
	page := q.MaxRows
	if page >= 0 {
		page = db.limits.page(page)
	}
	b := fmt.Appendf(nil, "query %d %d", page, q.Offset)
	for _, p := range q.Params {
		if s, ok := p.(string); ok {
			b = fmt.Appendf(b, " text %d:%s", len(s), s)
			continue
		}
		b = fmt.Appendf(b, " %T %v", p, p)
	}
	return string(append(append(b, '\n'), q.SQL...))
}

// values turns decoded JSON into what [Query] takes. A number without fraction or exponent that fits is an integer.
func values(params []any) ([]any, error) {
	vs := make([]any, len(params))
	for i, p := range params {
		switch v := p.(type) {
		case json.Number:
			if n, err := v.Int64(); err == nil {
				vs[i] = n
				continue
			}
			f, err := v.Float64()
			if err != nil {
				return nil, &Error{Kind: Invalid, Message: fmt.Sprintf("value %d of params is out of range", i+1)}
			}
			vs[i] = f
		case nil, bool, string:
			vs[i] = v
		default:
			return nil, &Error{Kind: Invalid, Message: fmt.Sprintf("value %d of params is a list or an object; it must be a string, number, boolean or null", i+1)}
		}
	}
	return vs, nil
}
