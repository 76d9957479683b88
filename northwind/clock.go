package northwind

import (
	"fmt"
	"sync/atomic"
	"time"
	"unsafe"

	"modernc.org/libc"
	sqlite3 "modernc.org/sqlite/lib"
)

// clock is a VFS that does what another one does and counts how often SQLite asks it for the time. It tells the queries
// that depend on the hour they run at, by 'now' in whatever disguise, from those that always have the same result.
type clock struct {
	tls  *libc.TLS
	vfs  uintptr // clockVFS*
	name string
}

// clockVFS is an sqlite3_vfs with a count behind it. See https://www.sqlite.org/c3ref/vfs.html.
type clockVFS struct {
	vfs   sqlite3.Tsqlite3_vfs
	reads atomic.Int64
}

// newClock registers a clock over the named VFS, which must stay registered until the clock is closed.
func newClock(vfs string) (_ *clock, err error) {
	c := &clock{tls: libc.NewTLS(), name: vfs + "-clock"}
	defer func() {
		if err != nil {
			c.free()
		}
	}()
	base, err := libc.CString(vfs)
	if err != nil {
		return nil, errMemory
	}
	defer libc.Xfree(c.tls, base)
	original := sqlite3.Xsqlite3_vfs_find(c.tls, base)
	if original == 0 {
		return nil, fmt.Errorf("SQLite does not know the VFS %s", vfs)
	}
	c.vfs = libc.Xcalloc(c.tls, 1, libc.Tsize_t(unsafe.Sizeof(clockVFS{})))
	if c.vfs == 0 {
		return nil, errMemory
	}
	copied := at[clockVFS](c.vfs)
	copied.vfs = *at[sqlite3.Tsqlite3_vfs](original)
	if copied.vfs.FzName, err = libc.CString(c.name); err != nil {
		copied.vfs.FzName = 0
		return nil, errMemory
	}
	copied.vfs.FiVersion = 2 // the first that has xCurrentTimeInt64
	copied.vfs.FxCurrentTimeInt64 = callback(currentTime)
	if rc := sqlite3.Xsqlite3_vfs_register(c.tls, c.vfs, 0); rc != sqlite3.SQLITE_OK {
		return nil, fmt.Errorf("registering a VFS with SQLite: code %d", rc)
	}
	return c, nil
}

// reads returns how often the time was asked for, by any connection.
func (c *clock) reads() int64 { return at[clockVFS](c.vfs).reads.Load() }

// currentTime is the method xCurrentTimeInt64: the Julian day number in milliseconds.
func currentTime(_ *libc.TLS, vfs, out uintptr) int32 {
	const epoch = 210_866_760_000_000 // 1970-01-01
	at[clockVFS](vfs).reads.Add(1)
	libc.AtomicStorePInt64(out, epoch+time.Now().UnixMilli())
	return sqlite3.SQLITE_OK
}

// close unregisters the clock. All connections through it must be closed before.
func (c *clock) close() {
	sqlite3.Xsqlite3_vfs_unregister(c.tls, c.vfs)
	c.free()
}

func (c *clock) free() {
	if c.vfs != 0 {
		libc.Xfree(c.tls, at[clockVFS](c.vfs).vfs.FzName)
		libc.Xfree(c.tls, c.vfs)
	}
	c.tls.Close()
}

// at returns the C value at an address.
func at[T any](address uintptr) *T { return *(**T)(unsafe.Pointer(&address)) }
