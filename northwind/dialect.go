package northwind

import (
	"slices"
	"strings"
)

// swap is what SQLite has instead of some functions of other databases.
type swap struct {
	names  string // in capitals, with blanks between
	advice string
}

func swaps() []swap {
	const (
		parts   = "Use strftime: '%Y' for the year, '%m' for the month, '%d' for the day. It gives text: strftime('%Y', d) = '1997', with quotes."
		regular = "There are no regular expressions: use LIKE with % and _, or GLOB with * and [a-z]."
		list    = "A list of values is VALUES (1), (2), or json_each('[1, 2]'); numbers in a row are WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10) SELECT i FROM n."
	)
	return []swap{
		{"YEAR MONTH DAY DAYOFMONTH DATEPART DATE_PART EXTRACT", parts},
		{"HOUR MINUTE SECOND", "Use strftime: '%H' for the hour, '%M' for the minute, '%S' for the second."},
		{"WEEKDAY DAYOFWEEK DAYNAME DATENAME", "Use strftime('%w', d), which gives text: '0' is Sunday, '6' is Saturday."},
		{"DAYOFYEAR", "Use strftime('%j', d), which gives text."},
		{"WEEK WEEKOFYEAR", "Use strftime('%W', d), which gives text: weeks of the year that begin on Monday."},
		{"MONTHNAME", "Use strftime('%m', d), which gives text, '01' to '12', and CASE for the names."},
		{"QUARTER", "Use (CAST(strftime('%m', d) AS INTEGER) + 2) / 3."},
		{"DATE_TRUNC DATETRUNC", "Use strftime('%Y-%m-01', d) for the month, strftime('%Y-01-01', d) for the year."},
		{"LAST_DAY EOMONTH", "Use date(d, 'start of month', '+1 month', '-1 day')."},
		{"TO_CHAR DATE_FORMAT TO_DATE FORMAT_DATE STR_TO_DATE PARSE_DATE TO_TIMESTAMP", "Dates are text: use date(d) or strftime(format, d)."},
		{"MAKE_DATE DATEFROMPARTS", "Use printf('%04d-%02d-%02d', year, month, day)."},
		{"DATEDIFF DATE_DIFF AGE TIMESTAMPDIFF MONTHS_BETWEEN", "Use julianday(a) - julianday(b) for days."},
		{"DATEADD DATE_ADD DATE_SUB ADD_MONTHS TIMESTAMPADD INTERVAL", "Use a modifier: date(d, '+7 days'), date(d, '-1 month')."},
		{"NOW GETDATE CURDATE SYSDATE SYSDATETIME TODAY", "Use date('now'), but mind that the data lie in the past: compute relative dates from max() of the column."},
		{"UNIX_TIMESTAMP", "Use unixepoch(d)."},
		{"FROM_UNIXTIME", "Use datetime(x, 'unixepoch')."},
		{"LEFT", "Use substr(x, 1, n)."},
		{"RIGHT", "Use substr(x, -n)."},
		{"MID", "Use substr(x, start, length)."},
		{"LEN CHAR_LENGTH CHARACTER_LENGTH", "Use length(x)."},
		{"CHARINDEX LOCATE POSITION STRPOS", "Use instr(text, part)."},
		{"CONTAINS STARTS_WITH ENDS_WITH STARTSWITH ENDSWITH FIND_IN_SET", "Use x LIKE '%part%', LIKE 'part%' or LIKE '%part'."},
		{"LPAD", "Use printf('%10s', x) for blanks, printf('%05d', n) for zeros."},
		{"RPAD", "Use printf('%-10s', x)."},
		{"REPEAT REPLICATE SPACE", "Use printf('%.*c', n, 'x')."},
		{"INITCAP", "Use upper(substr(x, 1, 1)) || lower(substr(x, 2))."},
		{"UCASE", "Use upper(x)."},
		{"LCASE", "Use lower(x)."},
		{"ASCII ORD", "Use unicode(x)."},
		{"CHR", "Use char(n)."},
		{"TRANSLATE", "Use replace(x, old, new), within each other for several."},
		{"REVERSE", "There is none; to compare endings use x LIKE '%part' or substr(x, -n)."},
		{"SOUNDEX LEVENSHTEIN SIMILARITY DIFFERENCE", "There is none: use LIKE."},
		{"SPLIT_PART SUBSTRING_INDEX", "Use instr() and substr()."},
		{"ISNULL NVL", "Use ifnull(x, y) or coalesce(x, y, …)."},
		{"NVL2", "Use iif(x IS NOT NULL, y, z)."},
		{"DECODE CHOOSE", "Use CASE x WHEN 1 THEN 'a' ELSE 'b' END."},
		{"ISNUMERIC", "Use x GLOB '[0-9]*', or typeof(x)."},
		{"GREATEST", "Use max(a, b, …), which with two or more arguments is not an aggregate."},
		{"LEAST", "Use min(a, b, …), which with two or more arguments is not an aggregate."},
		{"CONVERT TRY_CAST TRY_CONVERT SAFE_CAST TO_NUMBER TODATE TOSTRING", "Use CAST(x AS INTEGER), CAST(x AS REAL) or CAST(x AS TEXT); date(x) for a date."},
		{"TRUNCATE", "Use trunc(x), or round(x, digits)."},
		{"RAND NEWID UUID GEN_RANDOM_UUID", "Use random(), a whole number: abs(random()) % 10 is 0 to 9; lower(hex(randomblob(16))) for an identifier."},
		{"SAFE_DIVIDE", "Use a / nullif(b, 0)."},
		{"ARRAY_AGG LISTAGG", "Use group_concat(x, ', ') or json_group_array(x)."},
		{"ANY_VALUE FIRST LAST", "Use min(x) or max(x); for the row with the highest y, first_value() OVER or ORDER BY y DESC LIMIT 1."},
		{"COUNT_IF COUNTIF SUM_IF SUMIF", "Use sum(condition), or count(*) FILTER (WHERE condition)."},
		{"BOOL_AND EVERY LOGICAL_AND", "Use min(condition)."},
		{"BOOL_OR LOGICAL_OR", "Use max(condition)."},
		{"APPROX_COUNT_DISTINCT COUNT_DISTINCT", "Use count(DISTINCT x)."},
		{"STDDEV STDEV STDDEV_SAMP STDDEV_POP VARIANCE VAR_SAMP VAR_POP", "Compute it: the variance is avg(x*x) - avg(x)*avg(x), its square root sqrt() of that."},
		{"MEDIAN PERCENTILE_CONT PERCENTILE_DISC", "Number the rows with row_number() OVER (ORDER BY x) and pick the middle one."},
		{"CORR COVAR_POP COVAR_SAMP", "Compute it from avg(x*y) - avg(x)*avg(y)."},
		{"ROLLUP CUBE GROUPING", "There are no subtotals: join a second SELECT with the sum over all by UNION ALL."},
		{"REGEXP REGEXP_LIKE REGEXP_REPLACE REGEXP_MATCHES REGEXP_SUBSTR RLIKE", regular},
		{"MATCH MATCH_AGAINST FREETEXT TO_TSVECTOR TO_TSQUERY", "There is no full-text search: use x LIKE '%part%'."},
		{"GENERATE_SERIES UNNEST OPENJSON STRING_SPLIT SEQUENCE RANGE", list},
		{"DUAL", "A SELECT of values needs no FROM."},
	}
}

// equivalent says what SQLite has instead of a function or a word of another database, or "".
func equivalent(name string) string {
	name = strings.ToUpper(name)
	for _, s := range swaps() {
		if strings.Contains(s.names, name) && slices.Contains(strings.Fields(s.names), name) {
			return s.advice
		}
	}
	return ""
}

// foreign explains a word that SQLite takes for a column where another database has a function or a keyword, or "".
func foreign(name, sql string) string {
	switch strings.ToUpper(name) {
	case "INTERVAL", "SYSDATE", "TODAY", "NOW", "YEAR", "MONTH":
		return equivalent(name)
	}
	for _, t := range tokens(sql) {
		if advice := equivalent(t.text); t.called && advice != "" {
			return advice
		}
	}
	return ""
}

// clause reports whether a word after the name of a table goes on with the statement rather than naming an alias.
func clause(word string) bool {
	switch strings.ToUpper(word) {
	case "JOIN", "ON", "USING", "WHERE", "LEFT", "RIGHT", "FULL", "INNER", "OUTER", "CROSS", "NATURAL", "GROUP", "ORDER",
		"HAVING", "LIMIT", "OFFSET", "UNION", "EXCEPT", "INTERSECT", "WINDOW", "INDEXED", "NOT", "AND", "OR", "SELECT":
		return true
	}
	return false
}
