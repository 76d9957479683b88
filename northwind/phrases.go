package northwind

import "strings"

// phrase is something that other databases understand and the grammar of SQLite has not.
type phrase struct {
	// pattern is words and signs with blanks between. Of these, ^ is the beginning of the statement, 9 any number, 'x' any
	// string literal, and … whatever stands before the next one within the same parentheses.
	pattern string
	advice  string
}

func phrases() []phrase {
	const (
		schema   = "The tool list_tables shows the schema; in SQL, SELECT name, sql FROM sqlite_schema."
		table    = "The tool describe_table tells of a table; in SQL, SELECT * FROM pragma_table_info('name')."
		noParens = "SQLite takes no parentheses around a SELECT here: leave them out, or write SELECT * FROM (…)."
		limit    = "SQLite has LIMIT n OFFSET m at the end of the statement."
		plain    = "Dates are text in single quotes: '1997-01-01', with nothing around it."
		lateral  = "There is no LATERAL and no APPLY: use a subquery in SELECT, or a window function."
		compare  = "There is no ANY and no ALL: use IN, EXISTS, or compare with min() or max() of the subquery."
	)
	return []phrase{
		{"^ SHOW COLUMNS", table},
		{"^ SHOW", schema},
		{"^ DESCRIBE", table},
		{"^ DESC", table},
		{"^ USE", "There is one database, main; leave USE out."},
		{"^ SET", "There are no variables: write the values into the statement, or ? with params."},
		{"^ DECLARE", "There are no variables: write the values into the statement, or ? with params."},
		{"^ EXPLAIN ANALYZE", "Use EXPLAIN QUERY PLAN, or the tool explain_query."},
		{"^ ( SELECT", noParens},
		{"^ ( WITH", noParens},
		{"UNION (", noParens},
		{"UNION ALL (", noParens},
		{"EXCEPT (", noParens},
		{"INTERSECT (", noParens},
		{"SELECT TOP 9", "SQLite has LIMIT n at the end of the statement instead of TOP."},
		{"SELECT TOP (", "SQLite has LIMIT n at the end of the statement instead of TOP."},
		{"FETCH FIRST", limit},
		{"FETCH NEXT", limit},
		{"OFFSET 9 ROWS", limit},
		{"LIMIT ALL", "Leave out LIMIT ALL."},
		{"DISTINCT ON", "There is no DISTINCT ON: number the rows with row_number() OVER (PARTITION BY a ORDER BY b) in a subquery and keep number 1."},
		{"QUALIFY", "There is no QUALIFY: compute the window function in a subquery and filter it with WHERE outside."},
		{"EXTRACT ( … FROM", equivalent("EXTRACT")},
		{"SUBSTRING ( … FROM", "Use substr(x, start, length)."},
		{"OVERLAY ( … PLACING", "Use substr(x, 1, n) || y || substr(x, m)."},
		{"TRIM ( … FROM", "Use trim(x, characters), ltrim() or rtrim()."},
		{"POSITION ( … IN", equivalent("POSITION")},
		{"ISNULL (", equivalent("ISNULL")},
		{"LEFT (", equivalent("LEFT")},
		{"RIGHT (", equivalent("RIGHT")},
		{"TRY_CAST (", equivalent("TRY_CAST")},
		{"SAFE_CAST (", equivalent("SAFE_CAST")},
		{"CONVERT ( … USING", equivalent("CONVERT")},
		{"::", "There is no ::, use CAST(x AS INTEGER), CAST(x AS REAL) or CAST(x AS TEXT); date(x) for a date."},
		{"INTERVAL 'x'", equivalent("INTERVAL")},
		{"INTERVAL 9", equivalent("INTERVAL")},
		{"AT TIME ZONE", "Dates have no time zones here: leave AT TIME ZONE out."},
		{"DATE 'x'", plain},
		{"TIMESTAMP 'x'", plain},
		{"# 9", plain},
		{"N 'x'", "Leave out the N before the text."},
		{"E 'x'", "Leave out the E before the text; a line break is char(10)."},
		{"ILIKE", "LIKE already ignores the case of ASCII letters."},
		{"RLIKE", equivalent("RLIKE")},
		{"SIMILAR TO", equivalent("REGEXP")},
		{"~ 'x'", equivalent("REGEXP")},
		{"ANY (", compare},
		{"SOME (", compare},
		{"= ALL (", compare},
		{"> ALL (", compare},
		{"< ALL (", compare},
		{">= ALL (", compare},
		{"<= ALL (", compare},
		{"<> ALL (", compare},
		{"LATERAL", lateral},
		{"CROSS APPLY", lateral},
		{"OUTER APPLY", lateral},
		{"WITH ROLLUP", equivalent("ROLLUP")},
		{"GROUPING SETS", equivalent("ROLLUP")},
		{"GROUP BY ALL", "Name the columns, or their numbers: GROUP BY 1, 2."},
		{"WITHIN GROUP", equivalent("MEDIAN")},
		{"PIVOT (", "There is no PIVOT: sum(x) FILTER (WHERE y = 'a') gives one column for each value."},
		{"DIV 9", "Use a / b, which between integers gives an integer."},
		{"FOR UPDATE", "Leave FOR UPDATE out: nothing here is written."},
		{"WITH ( NOLOCK", "Leave WITH (NOLOCK) out: nothing here is locked."},
	}
}

// dialect explains the first phrase of another database in the tokens of a statement, or is "".
func dialect(ts []token) string {
	for _, p := range phrases() {
		words := strings.Fields(p.pattern)
		if words[0] == "^" {
			if matches(ts, words[1:]) {
				return p.advice
			}
			continue
		}
		for i := range ts {
			if matches(ts[i:], words) {
				return p.advice
			}
		}
	}
	return ""
}

// matches reports whether the tokens begin with the words of a pattern.
func matches(ts []token, words []string) bool {
	for w, word := range words {
		if word == "…" {
			return matchesWithin(ts, words[w+1:])
		}
		if len(ts) == 0 {
			return false
		}
		t := ts[0]
		switch word {
		case "9":
			if !t.number() {
				return false
			}
		case "'x'":
			if !t.literal {
				return false
			}
		default:
			if !t.is(word) {
				return false
			}
		}
		ts = ts[1:]
	}
	return true
}

// matchesWithin reports whether the words follow anywhere up to the parenthesis that closes around the tokens.
func matchesWithin(ts []token, words []string) bool {
	for i := 0; i < len(ts) && !ts[i].is(")"); i++ {
		if ts[i].is("(") {
			i = closing(ts, i)
			continue
		}
		if matches(ts[i:], words) {
			return true
		}
	}
	return false
}
