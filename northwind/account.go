package northwind

import (
	"fmt"
	"math/bits"
	"sync/atomic"
	"unsafe"

	"modernc.org/libc"
	sqlite3 "modernc.org/sqlite/lib"
)

// SQLite knows one limit of memory, for the whole process: a query that fills it takes the memory from all others. The
// allocator of this file gives each connection an account besides, so that a hungry query fails alone. An account also
// stops a statement: once it is blocked, the next allocation ends what no other signal reaches, such as a long row of
// function calls. See https://www.sqlite.org/malloc.html.

// account is the memory of one connection. It lies in C memory, so that the allocator finds it through the connection's
// thread; only that thread counts in it.
type account struct {
	used    int64 // bytes taken since the account was opened, less those given back; below 0 if older ones were
	limit   int64 // bytes
	blocked int32 // not zero refuses everything; any thread may set it
}

// accountKey is where a thread of libc keeps the address of its account. Keys that libc gives out count up from zero.
const accountKey = 1 << 30

// queryMemory returns how many bytes one of n connections may take. Up to 96 of them together leave a quarter of
// heapLimit to the rest of the process; more could not all run hungry queries at once.
func queryMemory(n int) int64 { return max(2<<20, min(48<<20, heapLimit*3/4/int64(n))) }

// newAccount gives the thread an account of that many bytes.
func newAccount(tls *libc.TLS, limit int64) (*account, error) {
	p := libc.Xcalloc(tls, 1, libc.Tsize_t(unsafe.Sizeof(account{})))
	if p == 0 {
		return nil, errMemory
	}
	libc.Xpthread_setspecific(tls, accountKey, p)
	a := accountOf(tls)
	a.limit = limit
	return a, nil
}

// accountOf returns the account of a thread, or nil.
func accountOf(tls *libc.TLS) *account {
	return at[account](libc.Xpthread_getspecific(tls, accountKey))
}

// closeAccount frees the account of a thread, if it has one.
func closeAccount(tls *libc.TLS) {
	libc.Xfree(tls, libc.Xpthread_getspecific(tls, accountKey))
	libc.Xpthread_setspecific(tls, accountKey, 0)
}

// open starts the account anew: what is in use counts no more.
func (a *account) open() {
	if a != nil {
		a.used = 0
	}
}

// block refuses every allocation, or no longer does. Any thread may call it.
func (a *account) block(on bool) {
	if a == nil {
		return
	}
	value := int32(0)
	if on {
		value = 1
	}
	atomic.StoreInt32(&a.blocked, value)
}

// takes counts n bytes more and reports whether they are within the limit.
func (a *account) takes(n int64) bool {
	if a == nil {
		return true
	}
	if n > 0 && (a.used+n > a.limit || atomic.LoadInt32(&a.blocked) != 0) {
		return false
	}
	a.used += n
	return true
}

// prove returns an error unless SQLite refuses the thread more than its account holds.
func (a *account) prove(tls *libc.TLS) error {
	more := a.limit + 1 - a.used
	if p := sqlite3.Xsqlite3_malloc64(tls, uint64(more)); p != 0 {
		sqlite3.Xsqlite3_free(tls, p)
		return fmt.Errorf("SQLite handed out %d bytes in spite of the limit of one connection", more)
	}
	return nil
}

// countAllocations makes SQLite use the allocator of this package. Like every use of sqlite3_config it must precede
// the first use of SQLite. See https://www.sqlite.org/c3ref/mem_methods.html.
func countAllocations(tls *libc.TLS) int32 {
	methods := sqlite3.Tsqlite3_mem_methods{
		FxMalloc:   callback(allocate),
		FxFree:     callback(release),
		FxRealloc:  callback(resize),
		FxSize:     callback(sizeOf),
		FxRoundup:  callback(roundUp),
		FxInit:     callback(startAllocator),
		FxShutdown: callback(stopAllocator),
	}
	size := int(unsafe.Sizeof(methods))
	p := tls.Alloc(size)
	defer tls.Free(size)
	*at[sqlite3.Tsqlite3_mem_methods](p) = methods
	va := tls.Alloc(8)
	defer tls.Free(8)
	return sqlite3.Xsqlite3_config(tls, sqlite3.SQLITE_CONFIG_MALLOC, libc.VaList(va, p))
}

// header is the space before each allocation, which holds its size. It keeps addresses at multiples of 8, as SQLite
// asks.
const header = 8

// What malloc of libc hands out: powers of two up to the largest slot, beyond that whole pages with some bytes before
// them. Sizes are rounded up to these, so that what is counted is what the process holds: a sort of small rows would
// otherwise take twice its limit.
const (
	smallestSlot = 16
	largestSlot  = 16 << 10
	wholePage    = 4 << 10
	pageHeader   = 64
)

func allocate(tls *libc.TLS, n int32) uintptr {
	a := accountOf(tls)
	if !a.takes(int64(n)) {
		return 0
	}
	p := libc.Xmalloc(tls, libc.Tsize_t(n)+header)
	if p == 0 {
		a.takes(-int64(n))
		return 0
	}
	libc.AtomicStorePInt32(p, n)
	return p + header
}

func release(tls *libc.TLS, p uintptr) {
	if p == 0 {
		return
	}
	accountOf(tls).takes(-int64(sizeOf(tls, p)))
	libc.Xfree(tls, p-header)
}

func resize(tls *libc.TLS, p uintptr, n int32) uintptr {
	a, more := accountOf(tls), int64(n)-int64(sizeOf(tls, p))
	if !a.takes(more) {
		return 0
	}
	q := libc.Xrealloc(tls, p-header, libc.Tsize_t(n)+header)
	if q == 0 {
		a.takes(-more)
		return 0
	}
	libc.AtomicStorePInt32(q, n)
	return q + header
}

func sizeOf(_ *libc.TLS, p uintptr) int32 {
	if p == 0 {
		return 0
	}
	return libc.AtomicLoadPInt32(p - header)
}

func roundUp(_ *libc.TLS, n int32) int32 {
	n += header
	if n > largestSlot {
		return (n+pageHeader+wholePage-1)&^(wholePage-1) - pageHeader - header
	}
	return 1<<bits.Len32(uint32(max(n, smallestSlot)-1)) - header
}

func startAllocator(*libc.TLS, uintptr) int32 { return sqlite3.SQLITE_OK }

func stopAllocator(*libc.TLS, uintptr) {}
