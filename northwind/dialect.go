package northwind

import "strings"

// equivalent says what SQLite has instead of a function of another database, or "".
func equivalent(function string) string {
	switch strings.ToUpper(function) {
	case "YEAR", "MONTH", "DAY", "DATEPART", "DATE_PART", "EXTRACT":
		return "Use strftime: '%Y' for the year, '%m' for the month, '%d' for the day, as in strftime('%Y', d)."
	case "QUARTER":
		return "Use (CAST(strftime('%m', d) AS INTEGER) + 2) / 3."
	case "DATE_TRUNC":
		return "Use strftime('%Y-%m-01', d) for the month, strftime('%Y-01-01', d) for the year."
	case "TO_CHAR", "DATE_FORMAT", "TO_DATE", "FORMAT_DATE", "STR_TO_DATE":
		return "Dates are text: use date(d) or strftime(format, d)."
	case "DATEDIFF", "DATE_DIFF", "AGE", "TIMESTAMPDIFF":
		return "Use julianday(a) - julianday(b) for days."
	case "DATEADD", "DATE_ADD", "DATE_SUB", "ADD_MONTHS":
		return "Use a modifier: date(d, '+7 days'), date(d, '-1 month')."
	case "NOW", "GETDATE", "CURDATE", "SYSDATE":
		return "Use date('now'), but mind that the data lie in the past: compute relative dates from max() of the column."
	case "LEFT":
		return "Use substr(x, 1, n)."
	case "RIGHT":
		return "Use substr(x, -n)."
	case "LEN", "CHAR_LENGTH", "CHARACTER_LENGTH":
		return "Use length(x)."
	case "CHARINDEX", "LOCATE", "POSITION", "STRPOS":
		return "Use instr(text, part)."
	case "ISNULL", "NVL":
		return "Use ifnull(x, y) or coalesce(x, y, …)."
	case "GREATEST":
		return "Use max(a, b, …), which with two or more arguments is not an aggregate."
	case "LEAST":
		return "Use min(a, b, …), which with two or more arguments is not an aggregate."
	case "CONVERT", "TRY_CAST", "TO_NUMBER":
		return "Use CAST(x AS INTEGER), CAST(x AS REAL) or CAST(x AS TEXT)."
	case "ARRAY_AGG", "LISTAGG":
		return "Use group_concat(x, ', ') or json_group_array(x)."
	case "STDDEV", "STDEV", "STDDEV_SAMP", "STDDEV_POP", "VARIANCE", "VAR_SAMP", "VAR_POP":
		return "Compute it: the variance is avg(x*x) - avg(x)*avg(x), its square root sqrt() of that."
	case "MEDIAN", "PERCENTILE_CONT", "PERCENTILE_DISC":
		return "Number the rows with row_number() OVER (ORDER BY x) and pick the middle one."
	case "REGEXP", "REGEXP_LIKE", "REGEXP_REPLACE", "REGEXP_MATCHES":
		return "There are no regular expressions: use LIKE with % and _, or GLOB with * and [a-z]."
	case "SPLIT_PART", "STRING_SPLIT":
		return "Use instr() and substr()."
	}
	return ""
}

// foreign explains a word that SQLite takes for a column where another database has a keyword, or "".
func foreign(name, sql string) string {
	if strings.EqualFold(name, "INTERVAL") {
		return equivalent("DATEADD")
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
		"HAVING", "LIMIT", "OFFSET", "UNION", "EXCEPT", "INTERSECT", "WINDOW", "INDEXED", "NOT", "AND", "OR":
		return true
	}
	return false
}
