package northwind

import (
	"testing"

	"modernc.org/libc"
	sqlite3 "modernc.org/sqlite/lib"
)

// TestConnectionThatCannotBeOpened wants an error, and back all that was taken for the connection.
func TestConnectionThatCannotBeOpened(t *testing.T) {
	tls := libc.NewTLS()
	defer tls.Close()
	open := func() {
		c, err := openConn("no such place")
		if c != nil || err == nil || err.Error() != "opening the database: no such vfs: no such place" {
			t.Fatalf("got %v, %v", c, err)
		}
	}
	open()
	before := sqlite3.Xsqlite3_memory_used(tls)
	for range 100 {
		open()
	}
	if after := sqlite3.Xsqlite3_memory_used(tls); after != before {
		t.Errorf("SQLite holds %d bytes more than before", after-before)
	}
}
