package northwind

import (
	"errors"
	"fmt"
	"time"
)

// Limits bounds what one query may cost. Zero fields take the defaults of [DefaultLimits]; a negative one is refused
// by [Open].
type Limits struct {
	// MaxRows is the most rows one result may hold.
	MaxRows int
	// Timeout bounds the run of one query, waiting for a connection not included. A step of SQLite that nothing
	// interrupts, such as the last pass of a sort, may go on for a second after its caller was answered.
	Timeout time.Duration
	// MaxBytes bounds the text of a result. The structured form of the same rows may take four times as many,
	// because JSON repeats quotes and escapes.
	MaxBytes int
	// MaxCell is the most characters shown of one text cell.
	MaxCell int
	// Concurrency is the number of connections, so of queries that run at once.
	Concurrency int
	// QueueWait is how long a query waits for a free connection before it fails as busy. A quarter of it is what a query
	// may run for certain while others wait; in a long queue less, but at least a twentieth.
	QueueWait time.Duration
	// CountRows is how far the total of a cut result is counted.
	CountRows int
	// CountTime bounds the time spent on that count.
	CountTime time.Duration
	// CacheBytes bounds the memory for what is kept to be given again: half of it results, half of it answers of the
	// handler. Unlike the other fields it may be negative: then nothing is kept.
	CacheBytes int
}

// DefaultLimits returns the limits used for zero fields.
func DefaultLimits() Limits {
	return Limits{
		MaxRows:     1000,
		Timeout:     5 * time.Second,
		MaxBytes:    32 << 10,
		MaxCell:     500,
		Concurrency: 4,
		QueueWait:   2 * time.Second,
		CountRows:   10_000,
		CountTime:   100 * time.Millisecond,
		CacheBytes:  8 << 20,
	}
}

// defaultPage is the number of rows of a query that does not say how many it wants.
const defaultPage = 100

func (l Limits) complete() (Limits, error) {
	d := DefaultLimits()
	if l.CacheBytes == 0 {
		l.CacheBytes = d.CacheBytes
	}
	var errs []error
	errs = append(errs,
		fill("maximum of rows", &l.MaxRows, d.MaxRows),
		fill("query timeout", &l.Timeout, d.Timeout),
		fill("maximum of bytes", &l.MaxBytes, d.MaxBytes),
		fill("maximum of characters in a cell", &l.MaxCell, d.MaxCell),
		fill("number of connections", &l.Concurrency, d.Concurrency),
		fill("wait for a connection", &l.QueueWait, d.QueueWait),
		fill("maximum of rows to count", &l.CountRows, d.CountRows),
		fill("time to count", &l.CountTime, d.CountTime),
	)
	return l, errors.Join(errs...)
}

func fill[T int | time.Duration](what string, field *T, def T) error {
	if *field < 0 {
		return fmt.Errorf("the %s is %v; it must be positive", what, *field)
	}
	if *field == 0 {
		*field = def
	}
	return nil
}

// reached names the limit that ended a page of so many rows, of which there could be most.
func (l Limits) reached(rows, most int) string {
	switch {
	case rows < most:
		return fmt.Sprintf("%d bytes", l.MaxBytes)
	case most == l.MaxRows:
		return fmt.Sprintf("max_rows %d, the highest", most)
	}
	return fmt.Sprintf("max_rows %d", most)
}

// page returns how many rows a query gets that asks for n.
func (l Limits) page(n int) int {
	if n <= 0 {
		n = defaultPage
	}
	return min(n, l.MaxRows)
}
