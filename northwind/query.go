package northwind

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"time"
)

// Query is one question to a [DB].
type Query struct {
	// SQL is one SELECT, WITH … SELECT, VALUES or EXPLAIN statement, or a PRAGMA that describes the schema.
	SQL string
	// Params are the values of its ? parameters, in order: nil, bool, int64, float64 or string.
	Params []any
	// MaxRows is the most rows wanted; 0 means 100. More than the limit gives the limit.
	MaxRows int
	// Offset is the number of rows to pass over.
	Offset int
}

// Query runs q and returns one page of its rows. Every error but [ErrClosed] is an [*Error].
//
// Query returns at the latest when the time to wait for a connection, the deadline and a short grace have passed, also
// if SQLite is in a step that nothing interrupts.
//
// The page ends at MaxRows or before the row that would take it over the byte limit, see CutAt. If rows remain, they are counted
// without being read, within the limits for counting.
func (db *DB) Query(ctx context.Context, q Query) (*QueryOutput, error) {
	if q.Offset < 0 || q.MaxRows < 0 {
		return nil, &Error{Kind: Invalid, Message: "offset and max_rows must not be negative"}
	}
	note := db.catalogue.remarks(q.SQL, q.Params)
	if len(note) > db.limits.MaxBytes/noteShare {
		note = ""
	}
	var arrived atomic.Bool // at the offset; the run may outlast attend
	out, err := attend(ctx, db, q.SQL, func(ctx context.Context, c *conn) (*QueryOutput, error) {
		start := time.Now()
		out, err := db.run(ctx, c, q, note, &arrived)
		if err == nil {
			out.ElapsedMS = milliseconds(time.Since(start))
		}
		return out, err
	})
	if e, ok := errors.AsType[*Error](err); ok && e.Kind == Timeout && q.Offset > 0 && !arrived.Load() {
		e.Hint = fmt.Sprintf("It had not come to row %d, where offset starts: use a smaller offset, or filter by a key instead.", q.Offset)
	}
	return out, err
}

// noteShare is the part of the bytes of a result that its note may take.
const noteShare = 16

// run sets arrived when the rows before the offset are passed.
func (db *DB) run(ctx context.Context, c *conn, q Query, note string, arrived *atomic.Bool) (*QueryOutput, error) {
	defer c.watch(ctx)()
	s, err := c.prepare(q.SQL)
	if err != nil {
		return nil, err
	}
	defer s.close()
	if err := s.bind(q.Params); err != nil {
		return nil, err
	}
	for skipped := range q.Offset {
		more, err := s.step()
		if err != nil {
			return nil, err
		}
		if !more {
			return newPage(s, db.limits, note).output(skipped, true), nil
		}
	}
	arrived.Store(true)
	p := newPage(s, db.limits, note)
	most := db.limits.page(q.MaxRows)
	more, err := p.fill(s, most)
	if err != nil {
		return nil, err
	}
	if !more {
		return p.output(q.Offset+len(p.rows), true), nil
	}

	total, exact := db.count(ctx, s, q.Offset+len(p.rows)+p.pending)
	out := p.output(total, exact)
	out.Truncated = !exact || total > q.Offset+out.RowCount
	if out.Truncated {
		next := q.Offset + out.RowCount
		out.NextOffset = &next
		out.CutAt = db.limits.reached(out.RowCount, most)
	}
	return out, nil
}

// count steps on from the seen rows to the end, and reports whether it got there. It gives up at the limits for
// counting, and when the statement is stopped or fails: the rows before that are good all the same.
func (db *DB) count(ctx context.Context, s *stmt, seen int) (total int, exact bool) {
	ctx, cancel := context.WithTimeout(ctx, db.limits.CountTime)
	defer cancel()
	defer s.c.watch(ctx)()
	for {
		more, err := s.step()
		if err != nil || !more {
			return seen, err == nil
		}
		if seen++; seen > db.limits.CountRows {
			return seen, false
		}
	}
}

// page collects the rows of a result while they fit.
type page struct {
	limits   Limits
	note     string
	names    []string
	declared []string
	seen     []kind
	rows     [][]any
	pending  int // 1 if a row was read that did not fit
	cut      int
	text     int    // bytes of the text so far
	json     int    // bytes of the JSON so far
	scratch  []byte // reused to measure rows
}

// jsonFactor is how many bytes of JSON a result may have for each byte of text.
const jsonFactor = 4

// summarySpace is what a result holds besides columns and rows, rounded up.
const summarySpace = 256

func newPage(s *stmt, lim Limits, note string) *page {
	p := &page{limits: lim, note: note, text: summarySpace + len(note), json: summarySpace, names: make([]string, s.width), declared: make([]string, s.width), seen: make([]kind, s.width)}
	for i := range p.names {
		p.names[i], p.declared[i] = s.name(i), s.declared(i)
	}
	p.names = uniqueNames(p.names)
	for _, n := range p.names {
		p.text += len(n)
		p.json += len(n) + len(`{"name":"","type":"integer"},`)
	}
	return p
}

// fill reads up to max rows and reports whether the statement may have more.
func (p *page) fill(s *stmt, max int) (bool, error) {
	for len(p.rows) < max {
		more, err := s.step()
		if err != nil || !more {
			return false, err
		}
		r, err := s.row(p.limits.MaxCell)
		if err != nil {
			return false, err
		}
		if !p.add(r) {
			if len(p.rows) == 0 {
				return false, p.oversized()
			}
			p.pending = 1
			return true, nil
		}
	}
	return true, nil
}

// add keeps the row if it fits.
func (p *page) add(r row) bool {
	p.scratch = appendRowText(p.scratch[:0], r.cells)
	text := p.text + len(p.scratch) + 1
	p.scratch = appendRowJSON(p.scratch[:0], r.cells)
	json := p.json + len(p.scratch) + 1
	if text > p.limits.MaxBytes || json > jsonFactor*p.limits.MaxBytes {
		return false
	}
	p.text, p.json = text, json
	p.rows = append(p.rows, r.cells)
	p.cut += r.cut
	for i, k := range r.kinds {
		p.seen[i] |= k
	}
	return true
}

func (p *page) oversized() error {
	return &Error{
		Kind:    TooBig,
		Message: fmt.Sprintf("a single row of %d columns is over the limit of %d bytes for a result", len(p.names), p.limits.MaxBytes),
		Hint:    "Select fewer columns, or parts of the long ones with substr().",
	}
}

func (p *page) output(total int, exact bool) *QueryOutput {
	columns := make([]Column, len(p.names))
	for i, n := range p.names {
		columns[i] = Column{Name: n, Type: columnType(p.seen[i], p.declared[i])}
	}
	rows := p.rows
	if rows == nil {
		rows = [][]any{}
	}
	return &QueryOutput{
		Columns:      columns,
		Rows:         rows,
		RowCount:     len(rows),
		TotalRows:    total,
		TotalIsExact: exact,
		Note:         p.note,
		CellsCut:     p.cut,
	}
}
