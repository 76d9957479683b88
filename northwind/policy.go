package northwind

import (
	"strings"
	"unsafe"

	"modernc.org/libc"
	sqlite3 "modernc.org/sqlite/lib"
)

// The policy is default-deny: what a statement may do is listed, everything else is refused while it is compiled.
// It is the boundary that holds; read-only opening and query_only are not (both let ATTACH and VACUUM INTO create
// files). See https://www.sqlite.org/c3ref/set_authorizer.html.

// authorize is SQLite's authorizer callback. It keeps no state, so one function serves all connections.
func authorize(_ *libc.TLS, _ uintptr, action int32, arg1, arg2, _, _ uintptr) int32 {
	if allowed(action, cString(arg1), cString(arg2)) {
		return sqlite3.SQLITE_OK
	}
	return sqlite3.SQLITE_DENY
}

func allowed(action int32, arg1, arg2 string) bool {
	switch action {
	case sqlite3.SQLITE_SELECT, sqlite3.SQLITE_RECURSIVE:
		return true
	case sqlite3.SQLITE_READ:
		return readable(arg1)
	case sqlite3.SQLITE_FUNCTION:
		return callable(arg2)
	case sqlite3.SQLITE_PRAGMA:
		return describing(strings.ToLower(arg1))
	}
	return false
}

// describing reports whether a pragma only describes the schema.
func describing(pragma string) bool {
	switch pragma {
	case "table_info", "table_xinfo", "foreign_key_list", "index_list", "index_info":
		return true
	}
	return false
}

// readable reports whether a query may read the table. Tables of the database always; of SQLite's own names the
// schema, and the table-valued forms of the describing pragmas. A name may also be that of a subquery.
func readable(table string) bool {
	table = strings.ToLower(table)
	if pragma, ok := strings.CutPrefix(table, "pragma_"); ok {
		return describing(pragma)
	}
	if strings.HasPrefix(table, "sqlite_") {
		return table == "sqlite_schema" || table == "sqlite_master"
	}
	return !internal(table)
}

// internal reports whether a name is that of a virtual table that shows the inside of SQLite or has no place in a
// query here. [Open] refuses to start over a SQLite that offers a virtual table unknown to readable.
func internal(module string) bool {
	switch module {
	case "dbstat", "fts5", "fts5vocab", "rtree", "rtree_i32", "geopoly", "bytecode", "tables_used":
		return true
	}
	return false
}

// callable reports whether a query may call the function. Left out are those that load code, write to SQLite's log,
// show its build, or work only inside full-text, R-tree and geopoly tables; and json_patch, json_pretty and unhex,
// which can run for a minute in one step that no deadline interrupts.
func callable(function string) bool {
	switch strings.ToLower(function) {
	case "abs", "ceil", "ceiling", "degrees", "exp", "floor", "ln", "log", "log10", "log2", "mod", "pi", "pow",
		"power", "radians", "random", "randomblob", "round", "sign", "sqrt", "trunc",
		"acos", "acosh", "asin", "asinh", "atan", "atan2", "atanh", "cos", "cosh", "sin", "sinh", "tan", "tanh":
		return true
	case "char", "coalesce", "concat", "concat_ws", "format", "glob", "hex", "if", "ifnull", "iif", "instr",
		"length", "like", "likelihood", "likely", "lower", "ltrim", "max", "min", "nullif", "octet_length",
		"printf", "quote", "replace", "rtrim", "soundex", "substr", "substring", "trim", "typeof",
		"unicode", "unistr", "unistr_quote", "unlikely", "upper", "zeroblob", "sqlite_version":
		return true
	case "current_date", "current_time", "current_timestamp", "date", "datetime", "julianday", "strftime", "time",
		"timediff", "unixepoch":
		return true
	case "avg", "count", "group_concat", "string_agg", "sum", "total",
		"cume_dist", "dense_rank", "first_value", "lag", "last_value", "lead", "nth_value", "ntile",
		"percent_rank", "rank", "row_number":
		return true
	case "->", "->>", "json", "json_array", "json_array_insert", "json_array_length", "json_error_position",
		"json_extract", "json_group_array", "json_group_object", "json_insert", "json_object",
		"json_quote", "json_remove", "json_replace", "json_set", "json_type", "json_valid",
		"jsonb", "jsonb_array", "jsonb_array_insert", "jsonb_extract", "jsonb_group_array",
		"jsonb_group_object", "jsonb_insert", "jsonb_object", "jsonb_remove", "jsonb_replace",
		"jsonb_set":
		return true
	}
	return false
}

// cString copies a C string; a null pointer is the empty string.
func cString(p uintptr) string {
	if p == 0 {
		return ""
	}
	return libc.GoString(p)
}

// callback returns the address under which the translated C code calls f, which must be a declared function, not a
// closure: the address of its static descriptor, which never moves.
func callback[F any](f F) uintptr {
	return *(*uintptr)(unsafe.Pointer(&f))
}
