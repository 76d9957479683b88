// Package northwind serves one read-only SQLite database to language models over the Model Context Protocol.
//
// It has three layers, each usable without the next:
//
//   - [DB] runs a single SELECT over a database image held in memory. A default-deny authorizer, SQLite's own
//     limits, a memory cap, a deadline and caps on rows, cells and bytes bound what one query can do.
//   - [NewServer] puts tools, resources and prompts over a DB.
//   - [NewHandler] and [Command] put the server on HTTP or on standard input and output.
//
// The database never changes, so the same question has the same answer: what was asked before is not run again.
//
// The database is handed in as bytes and never touches the file system. [ConfigureSQLite] must be the first use of
// SQLite in the process.
//
// SQLite is driven through its C interface rather than database/sql, for four things that interface hides: the text
// of a DATETIME column as it was stored (the driver turns it into a time and loses the spelling that a WHERE clause
// must match), the end of the first statement as SQLite's own parser sees it, stepping over rows without copying
// them, and the position of a syntax error.
package northwind
