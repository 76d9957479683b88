package northwind

import (
	"errors"
	"fmt"

	"modernc.org/libc"
	sqlite3 "modernc.org/sqlite/lib"
)

// heapLimit is the most memory, in bytes, that all of SQLite may hold in this process.
//
// One plain SELECT can otherwise ask for gigabytes (a sort or DISTINCT over a recursive query), and neither the
// deadline nor any per-connection limit of SQLite covers that memory. Each query has a smaller limit of its own, see
// [account]; all queries together stay a quarter below this one, which is left to whoever else uses SQLite in this
// process, such as the chat store of `pomchat serve`.
const heapLimit = 256 << 20

var errUnaccounted = errors.New("SQLite's memory accounting is off, so one query could exhaust the machine: call northwind.ConfigureSQLite before SQLite is first used")

// ConfigureSQLite turns on SQLite's memory accounting, without which a heap limit has no effect; the driver is
// compiled with it off. It also gives SQLite an allocator that limits single connections. SQLite accepts both only
// before its first use in the process, by anyone, so main calls it first. Further calls are harmless. It returns an
// error if SQLite was already in use without accounting.
//
// See https://www.sqlite.org/c3ref/c_config_covering_index_scan.html#sqliteconfigmemstatus.
func ConfigureSQLite() error {
	tls := libc.NewTLS()
	defer tls.Close()
	va := tls.Alloc(8)
	defer tls.Free(8)
	rc := sqlite3.Xsqlite3_config(tls, sqlite3.SQLITE_CONFIG_MEMSTATUS, libc.VaList(va, int32(1)))
	if rc == sqlite3.SQLITE_OK {
		rc = countAllocations(tls)
	}
	if rc == sqlite3.SQLITE_OK || accounted(tls) {
		return nil
	}
	return errUnaccounted
}

// accounted reports whether SQLite counts the memory it hands out. It initialises SQLite.
func accounted(tls *libc.TLS) bool {
	p := sqlite3.Xsqlite3_malloc(tls, 64)
	defer sqlite3.Xsqlite3_free(tls, p)
	return sqlite3.Xsqlite3_memory_used(tls) > 0
}

// limitHeap sets the process-wide [heapLimit] and proves that it bites: an allocation of exactly the limit must be
// refused, because some memory is always in use.
func limitHeap() error {
	tls := libc.NewTLS()
	defer tls.Close()
	if !accounted(tls) {
		return errUnaccounted
	}
	sqlite3.Xsqlite3_hard_heap_limit64(tls, heapLimit)
	keep := sqlite3.Xsqlite3_malloc(tls, 64)
	defer sqlite3.Xsqlite3_free(tls, keep)
	if p := sqlite3.Xsqlite3_malloc64(tls, heapLimit); p != 0 {
		sqlite3.Xsqlite3_free(tls, p)
		return fmt.Errorf("SQLite handed out %d MiB in one piece in spite of its heap limit", heapLimit>>20)
	}
	return nil
}
