package northwind

import (
	"database/sql"
	"strings"
	"testing"
)

// TestReplacedFunctionsAreLikeThoseOfSQLite asks SQLite as it is built and SQLite as this package opens it.
func TestReplacedFunctionsAreLikeThoseOfSQLite(t *testing.T) {
	db := open(t, Limits{})
	plain, err := sql.Open("sqlite", ":memory:")
	if err != nil {
		t.Fatal(err)
	}
	defer plain.Close()
	for _, expression := range []string{
		"instr('Chef Anton', 'Anton')", "instr('abc', 'x')", "instr('abc', '')", "instr('', '')", "instr('', 'a')", "instr('äöü', 'ü')",
		"instr('日本語', '語')", "instr(x'c3a4', x'a4')", "instr(x'c3a4', 'ä')", "instr('aä', x'c3a4')", "instr(12345, 34)", "instr(NULL, 'a')",
		"instr('a', NULL)", "instr(1.5, '.')", "instr('aaa', 'aa')", "instr('abc', 'c')", "instr(x'', x'')", "instr(x'00', x'')", "instr('a', x'')",
		"replace('Chai', 'a', 'ee')", "replace('aaa', 'aa', 'b')", "replace('abc', '', 'x')", "replace('abc', 'b', '')", "replace(NULL, 'a', 'b')",
		"replace('abc', NULL, 'b')", "replace('abc', 'b', NULL)", "replace(121, 1, 9)", "replace('äbä', 'ä', 'ae')", "replace('abc', 'x', 'y')",
		"replace(1.5, 'x', 'y')", "replace(1.5, '', 'y')", "replace('', 'a', 'b')", "replace('abab', 'ab', 'ba')",
		"'Chai' LIKE 'ch%'", "'Chai' LIKE 'h%'", "'Chai' LIKE '%A_'", "'Ä' LIKE 'ä'", "'ä' LIKE '_'", "NULL LIKE '%'", "'a' LIKE NULL", "12 LIKE '1%'",
		"'50%' LIKE '50!%' ESCAPE '!'", "'50x' LIKE '50!%' ESCAPE '!'", "'a%b' LIKE 'a%%b' ESCAPE '%'", "'axb' LIKE 'a%%b' ESCAPE '%'",
		"'axxb' LIKE 'a_%b' ESCAPE '_'", "'a%b' LIKE 'a_%b' ESCAPE '_'", "'a_b' LIKE 'a__b' ESCAPE '_'", "'a\\b' LIKE 'a\\b' ESCAPE '_'",
		"'a_b' LIKE 'a%_b' ESCAPE '%'", "'ab' LIKE 'ab%' ESCAPE '%'", "'a' LIKE 'a' ESCAPE 'xy'", "'a' LIKE 'a' ESCAPE ''", "'a' LIKE 'a' ESCAPE NULL",
		"'ä%' LIKE 'ää%' ESCAPE 'ä'", "x'6162' LIKE 'a%'", "like('a%', 'abc')", "'abc' NOT LIKE 'a%'", "'' LIKE ''", "'' LIKE '%'",
		"'Chai' GLOB 'Ch*'", "'Chai' GLOB 'ch*'", "'Chai' GLOB '[A-D]h??'", "'Chai' GLOB '[^C]*'", "'a]b' GLOB 'a[]]b'", "NULL GLOB '*'", "'ä' GLOB '?'",
		"12 GLOB '1*'", "x'6162' GLOB 'a*'", "glob('a*', 'abc')", "'a' LIKE '" + strings.Repeat("%", 100) + "'",
	} {
		got := judgement(expression, func(query string) (value any, err error) {
			out, err := db.Query(t.Context(), Query{SQL: query})
			if err != nil {
				return nil, err
			}
			return out.Rows[0][0], nil
		})
		want := judgement(expression, func(query string) (value any, err error) {
			err = plain.QueryRow(query).Scan(&value)
			return value, err
		})
		if got != want {
			t.Errorf("%s gives %v, and in SQLite %v", expression, got, want)
		}
	}
}

// judgement returns the value of an expression as SQL spells it, or the message of the error.
func judgement(expression string, ask func(string) (any, error)) any {
	value, err := ask("SELECT quote(" + expression + ")")
	if err != nil {
		message, _, _ := strings.Cut(strings.TrimPrefix(err.Error(), "SQL logic error: "), " (")
		return message
	}
	return value
}
