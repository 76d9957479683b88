package northwind

import (
	"cmp"
	"fmt"
	"time"
)

// The bounds of flags that have reasons.
const (
	// leastResult is a header and a short row.
	leastResult = 1 << 10
	// mostResult is far more than a model can read.
	mostResult = 1 << 20
	// mostResults is for all results that are made at once. A byte of a result takes up to 80 while it is encoded, most of
	// all where each is a control character: 256 MiB for as many. With that of SQLite, the process stays below 512 MiB.
	mostResults = 3 << 20
	// mostConnections is what [queryMemory] is made for.
	mostConnections = 96
)

// check refuses limits that cannot work or would break the promises of the server, in the words of the command line.
func (c *Command) check() error {
	if err := cmp.Or(
		within("--max-rows", c.MaxRows, 1, 100_000),
		within("--max-bytes", c.MaxBytes, leastResult, mostResult),
		within("--max-cell", c.MaxCell, 1, maxValue),
		within("--query-timeout", c.QueryTimeout, time.Millisecond, 10*time.Minute),
		within("--concurrency", c.Concurrency, 1, mostConnections),
		within("--cache-bytes", c.CacheBytes, 0, 1<<30),
		within("--queue-wait", c.QueueWait, time.Millisecond, 10*time.Minute),
	); err != nil {
		return err
	}
	if all := c.Concurrency * c.MaxBytes; all > mostResults {
		return fmt.Errorf("--concurrency times --max-bytes must be %d or less, and not %d, for the memory that results take", mostResults, all)
	}
	return nil
}

// within returns an error unless the value is between the bounds, both included.
func within[T cmp.Ordered](flag string, value, least, most T) error {
	switch {
	case value < least:
		return fmt.Errorf("%s must be %v or more, and not %v", flag, least, value)
	case value > most:
		return fmt.Errorf("%s must be %v or less, and not %v", flag, most, value)
	}
	return nil
}
