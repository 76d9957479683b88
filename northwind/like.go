package northwind

import (
	"strings"
	"unicode/utf8"

	"modernc.org/libc"
	sqlite3 "modernc.org/sqlite/lib"
)

// like is the function like(pattern, text, escape), the operator LIKE.
func like(tls *libc.TLS, ctx uintptr, n int32, args uintptr) {
	pattern, text, ok := patternArguments(tls, ctx, args)
	if !ok {
		return
	}
	if n < 3 {
		resultMatch(tls, ctx, sqlite3.Xsqlite3_strlike(tls, pattern, text, 0))
		return
	}
	e, _, ok := textArgument(tls, ctx, argument(args, 2))
	if !ok {
		return
	}
	escape, size := utf8.DecodeRune(e)
	if size == 0 || size < len(e) {
		resultError(tls, ctx, "ESCAPE expression must be a single character")
		return
	}
	if escape != '%' && escape != '_' {
		resultMatch(tls, ctx, sqlite3.Xsqlite3_strlike(tls, pattern, text, uint32(escape)))
		return
	}
	plain, err := libc.CString(withBackslashes(libc.GoString(pattern), escape))
	if err != nil {
		sqlite3.Xsqlite3_result_error_nomem(tls, ctx)
		return
	}
	defer libc.Xfree(tls, plain)
	resultMatch(tls, ctx, sqlite3.Xsqlite3_strlike(tls, plain, text, '\\'))
}

// withBackslashes returns the same pattern of LIKE with a backslash as its escape, which sqlite3_strlike needs when the
// escape is a wildcard; the operator takes that wildcard for nothing but the escape.
func withBackslashes(pattern string, escape rune) string {
	var b strings.Builder
	escaped := false
	for _, r := range pattern {
		switch {
		case !escaped && r == escape:
			escaped = true
			b.WriteByte('\\')
			continue
		case !escaped && r == '\\':
			b.WriteByte('\\')
		}
		escaped = false
		b.WriteRune(r)
	}
	return b.String()
}

// glob is the function glob(pattern, text), the operator GLOB.
func glob(tls *libc.TLS, ctx uintptr, _ int32, args uintptr) {
	if pattern, text, ok := patternArguments(tls, ctx, args); ok {
		resultMatch(tls, ctx, sqlite3.Xsqlite3_strglob(tls, pattern, text))
	}
}

// patternArguments returns the addresses of a pattern and a text, or false, with the result set, if there are none:
// the statement shall stop, one of them is a blob, which matches nothing, or the pattern is too long.
func patternArguments(tls *libc.TLS, ctx, args uintptr) (pattern, text uintptr, ok bool) {
	if stopRequested(tls, sqlite3.Xsqlite3_user_data(tls, ctx)) != 0 {
		sqlite3.Xsqlite3_result_error_code(tls, ctx, sqlite3.SQLITE_INTERRUPT)
		return 0, 0, false
	}
	for i := range 2 {
		if sqlite3.Xsqlite3_value_type(tls, argument(args, i)) == sqlite3.SQLITE_BLOB {
			sqlite3.Xsqlite3_result_int(tls, ctx, 0)
			return 0, 0, false
		}
	}
	if sqlite3.Xsqlite3_value_bytes(tls, argument(args, 0)) > maxPattern {
		resultError(tls, ctx, "LIKE or GLOB pattern too complex")
		return 0, 0, false
	}
	pattern = sqlite3.Xsqlite3_value_text(tls, argument(args, 0))
	text = sqlite3.Xsqlite3_value_text(tls, argument(args, 1))
	return pattern, text, pattern != 0 && text != 0
}

// resultMatch makes the outcome of a comparison, which is 0 for a match, the result of a function.
func resultMatch(tls *libc.TLS, ctx uintptr, differ int32) {
	match := int32(0)
	if differ == 0 {
		match = 1
	}
	sqlite3.Xsqlite3_result_int(tls, ctx, match)
}

func resultError(tls *libc.TLS, ctx uintptr, message string) {
	p, err := libc.CString(message)
	if err != nil {
		sqlite3.Xsqlite3_result_error_nomem(tls, ctx)
		return
	}
	defer libc.Xfree(tls, p)
	sqlite3.Xsqlite3_result_error(tls, ctx, p, -1)
}
