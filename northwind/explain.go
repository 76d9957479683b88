package northwind

import (
	"context"
	"fmt"
	"slices"
	"strings"

	sqlite3 "modernc.org/sqlite/lib"
)

// Plan is the structured result of the tool explain_query and of [DB.Explain]. Its JSON is a contract.
type Plan struct {
	// Valid is always true: a statement that would not run is an error.
	Valid bool `json:"valid"`
	// Statement is the first keyword, in lower case: select, with, values, explain or pragma.
	Statement string `json:"statement"`
	// Tables names the tables whose rows or indexes would be read, also those behind views, by name.
	Tables []string `json:"tables"`
	// Steps is a tree, parents before children. See https://www.sqlite.org/eqp.html.
	Steps []PlanStep `json:"plan"`
	// Summary is one sentence: what is scanned, what is looked up through an index, what is sorted. More follow if the
	// statement combines all rows of several tables, if nothing ends its recursion, or if a result would have a note.
	Summary string `json:"summary"`
}

// PlanStep is one step of a [Plan]. Parent is the ID of another step, or 0.
type PlanStep struct {
	ID     int    `json:"id"`
	Parent int    `json:"parent"`
	Detail string `json:"detail"`
}

// Explain returns how a query would run, and does not run it. The same policy, errors and limits hold as for
// [DB.Query]; MaxRows and Offset have no meaning. Params may be nil although the statement has parameters.
func (db *DB) Explain(ctx context.Context, q Query) (*Plan, error) {
	return attend(ctx, db, q.SQL, func(ctx context.Context, c *conn) (*Plan, error) { return db.plan(ctx, c, q) })
}

func (db *DB) plan(ctx context.Context, c *conn, q Query) (*Plan, error) {
	defer c.watch(ctx)()
	s, err := c.prepare(q.SQL)
	if err != nil {
		return nil, err
	}
	defer s.close()
	if q.Params != nil {
		if err := s.bind(q.Params); err != nil {
			return nil, err
		}
	}
	places, err := c.places()
	if err != nil {
		return nil, err
	}
	p := &Plan{Valid: true, Statement: firstWord(q.SQL)}
	if p.Tables, err = s.tablesRead(places); err != nil {
		return nil, err
	}
	if p.Steps, err = s.steps(db.limits.MaxBytes); err != nil {
		return nil, err
	}
	namesakes := db.catalogue.namesakes(q.SQL, places)
	p.Summary = db.catalogue.reading(p, namesakes, places).sentence(db.catalogue) + db.catalogue.warnings(p, q.SQL, namesakes, places)
	if note := db.catalogue.remarks(q.SQL, q.Params); note != "" {
		p.Summary += " " + note
	}
	return p, nil
}

// The listings that a statement gives instead of its rows.
const (
	listOpcodes int32 = 1 // EXPLAIN
	listPlan    int32 = 2 // EXPLAIN QUERY PLAN
)

// list makes the statement give a listing instead of its rows, whatever it began as. No text is put before the
// statement, so none of its comments or semicolons matters. See https://www.sqlite.org/c3ref/stmt_explain.html.
func (s *stmt) list(listing int32) error {
	sqlite3.Xsqlite3_reset(s.c.tls, s.handle)
	if rc := sqlite3.Xsqlite3_stmt_explain(s.c.tls, s.handle, listing); rc != sqlite3.SQLITE_OK {
		return s.c.fail(rc)
	}
	s.width = int(sqlite3.Xsqlite3_column_count(s.c.tls, s.handle))
	return nil
}

// tablesRead returns the tables that the program of the statement opens, which views and subqueries cannot hide.
func (s *stmt) tablesRead(places places) ([]string, error) {
	if err := s.list(listOpcodes); err != nil {
		return nil, err
	}
	const opcode, rootPage = 1, 3
	tables := []string{}
	for {
		more, err := s.step()
		if err != nil || !more {
			slices.Sort(tables)
			return tables, err
		}
		r, err := s.row(maxSQL)
		if err != nil {
			return nil, err
		}
		page, _ := r.cells[rootPage].(int64)
		if t, ok := places.pages[page]; ok && r.cells[opcode] == "OpenRead" && !slices.Contains(tables, t) {
			tables = append(tables, t)
		}
	}
}

// steps returns the plan of the statement, if its details are no longer than maxBytes.
func (s *stmt) steps(maxBytes int) ([]PlanStep, error) {
	if err := s.list(listPlan); err != nil {
		return nil, err
	}
	const id, parent, detail = 0, 1, 3
	steps := []PlanStep{}
	for size := 0; ; {
		more, err := s.step()
		if err != nil || !more {
			return steps, err
		}
		r, err := s.row(maxSQL)
		if err != nil {
			return nil, err
		}
		step := PlanStep{ID: int(r.cells[id].(int64)), Parent: int(r.cells[parent].(int64)), Detail: r.cells[detail].(string)}
		if size += len(step.Detail) + stepSpace; size > maxBytes {
			return nil, &Error{
				Kind:    TooBig,
				Message: fmt.Sprintf("the plan of the query is over the limit of %d bytes for a result", maxBytes),
				Hint:    "Explain parts of the query on their own.",
			}
		}
		steps = append(steps, step)
	}
}

// stepSpace is what a step holds besides its detail, rounded up.
const stepSpace = 24

// places tells which table a root page of the database file belongs to, and which one an index; and how each view is
// defined. A view refers only to what exists, so none to itself.
type places struct {
	pages   map[int64]string
	indexes map[string]string
	views   map[string]string
}

func (c *conn) places() (places, error) {
	p := places{pages: map[int64]string{1: "sqlite_schema"}, indexes: map[string]string{}, views: map[string]string{}}
	rows, err := c.all("SELECT type, name, tbl_name, rootpage, coalesce(sql, '') FROM sqlite_schema")
	if err != nil {
		return places{}, fmt.Errorf("reading where tables are: %w", err)
	}
	for _, r := range rows {
		kind, name, table := r[0].(string), r[1].(string), r[2].(string)
		if kind == "view" {
			_, p.views[name], _ = strings.Cut(r[4].(string), " AS")
			continue
		}
		p.pages[r[3].(int64)] = table
		if kind == "index" {
			p.indexes[name] = table
		}
	}
	return p, nil
}

// firstWord returns the first word of an SQL text, in lower case.
func firstWord(sql string) string {
	for _, t := range tokens(sql) {
		if wordByte(t.text[0]) {
			return strings.ToLower(t.text)
		}
	}
	return ""
}
