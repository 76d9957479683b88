package embed

import _ "embed"

//go:embed northwind.db
var northwind []byte

// Northwind returns the Northwind sample database, a whole SQLite 3 file that opens read-only and
// immutable. Every call returns the same bytes without copying them: the caller must not change them.
// It may be called concurrently.
func Northwind() []byte { return northwind }
