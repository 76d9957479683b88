package northwind

import (
	"fmt"
	"slices"
	"strings"
)

// maxRemarks is how many remarks a result is told with.
const maxRemarks = 2

// remarks says in whole sentences where a statement is right for SQLite and probably not what its author means, or is "".
// It knows the statement and its parameters, and not the result, so it says only what holds whatever the data are. It is
// written into every result of the statement, so it is short.
func (cat *Catalogue) remarks(sql string, params []any) string {
	if len(sql) > maxSQL {
		return "" // it will not run
	}
	s := studied{expression: express(sql, params), cat: cat, sql: sql}
	var said []string
	for i := range s.ts {
		for _, rule := range []func(*studied, int) string{
			(*studied).unquotedDate, (*studied).textWithNumber, (*studied).numberWithText, (*studied).equalsNull,
			(*studied).arithmetic, (*studied).castToDate,
		} {
			if text := rule(&s, i); text != "" && !slices.Contains(said, text) {
				said = append(said, text)
			}
		}
		if len(said) >= maxRemarks {
			break
		}
	}
	return strings.Join(said[:min(len(said), maxRemarks)], " ")
}

// studied is a statement under study. What takes longer is found out when a rule needs it.
type studied struct {
	expression
	cat     *Catalogue
	sql     string
	used    []*Table
	aliases map[string]*Table
	names   map[string]operand // see given
}

// unquotedDate finds 1997-01-01 and 1/31/1997, in one piece and without quotes.
func (s *studied) unquotedDate(i int) string {
	if i+4 >= len(s.ts) || !s.ts[i].number() || !s.ts[i+2].number() || !s.ts[i+4].number() {
		return ""
	}
	date := s.ts[i : i+5]
	sign := date[1].text
	for j := 1; j < 5; j++ {
		if date[j].at != date[j-1].end {
			return ""
		}
	}
	a, b, c := len(date[0].text), len(date[2].text), len(date[4].text)
	if sign != date[3].text || b > 2 || !(a == 4 && c <= 2) && !(sign == "/" && a <= 2 && c == 4) {
		return ""
	}
	written := s.sql[date[0].at:date[4].end]
	switch sign {
	case "-":
		return fmt.Sprintf("%s without quotes is a subtraction: write '%[1]s'.", written)
	case "/":
		return fmt.Sprintf("%s is a division: write dates like '1997-01-31'.", written)
	}
	return ""
}

// textWithNumber finds a function that gives text, or the name of its result, compared with a number.
func (s *studied) textWithNumber(i int) string {
	var text, number operand
	switch t := s.ts[i]; {
	case comparison(t):
		text, number = s.sides(i)
		if text.kind == numberLiteral {
			text, number = number, text
		}
	case t.is("BETWEEN"), t.is("IN"):
		end := i
		if end > 0 && s.ts[end-1].is("NOT") {
			end--
		}
		next := i + 1
		if t.is("IN") && next < len(s.ts) && s.ts[next].is("(") {
			next++
		}
		from, to := s.start(end), s.end(next)
		if from == end || from > 0 && binds(s.ts[from-1]) || to == next || to < len(s.ts) && binds(s.ts[to]) {
			return ""
		}
		text, number = s.operand(from, end), s.operand(next, to)
	}
	if number.kind != numberLiteral {
		return ""
	}
	if text.kind == columnName {
		text = s.made(text.text)
	}
	if text.kind != functionCall || !givesText(text.text) {
		return ""
	}
	write := fmt.Sprintf("write '%s'", shortened(number.text, shownValue))
	if len(number.text) == 1 && twoDigits(text) {
		write = fmt.Sprintf("write '0%s'", number.text)
	}
	if number.params {
		write = "give a string in params"
	}
	return fmt.Sprintf("%s() gives text, which equals no number and is greater than each: %s.", strings.ToLower(text.text), write)
}

// twoDigits reports whether a call is one of strftime for what it writes in two digits.
func twoDigits(call operand) bool {
	return call.text == "STRFTIME" && len(call.tokens) > 2 && call.tokens[2].literal &&
		slices.Contains([]string{"%m", "%d", "%H", "%M", "%S", "%W"}, call.tokens[2].text)
}

// made returns the call of a function whose result, not more, the statement once gives this name by AS; or the zero operand.
// A name that is a column of a table is no such name.
func (s *studied) made(name string) operand {
	made := s.given()[strings.ToLower(name)]
	if made.kind == functionCall && len(s.cat.having(name)) > 0 {
		return operand{}
	}
	return made
}

// given returns what the statement gives names to by AS, by these names in lower case. It is the zero operand for what is
// more than an operand, and for names that are given twice.
func (s *studied) given() map[string]operand {
	if s.names != nil {
		return s.names
	}
	s.names = map[string]operand{}
	for i, t := range s.ts {
		if !t.is("AS") || i+1 == len(s.ts) || !s.ts[i+1].word() {
			continue
		}
		key := strings.ToLower(s.ts[i+1].text)
		_, twice := s.names[key]
		s.names[key] = operand{}
		if from := s.start(i); !twice && from < i && (from == 0 || !binds(s.ts[from-1])) {
			s.names[key] = s.operand(from, i)
		}
	}
	return s.names
}

// numberWithText finds a number, counted or of a column, compared with a text in quotes.
func (s *studied) numberWithText(i int) string {
	if !comparison(s.ts[i]) {
		return ""
	}
	number, text := s.sides(i)
	if number.kind == textLiteral {
		number, text = text, number
	}
	if text.kind != textLiteral {
		return ""
	}
	switch {
	case number.kind == functionCall && givesNumber(number.text) && numeric(text.text):
		return fmt.Sprintf("%s() gives a number, which equals no text and is less than each: write %s without quotes.",
			strings.ToLower(number.text), strings.TrimSpace(shortened(text.text, shownValue)))
	case number.kind == columnName && !numeric(text.text):
		if c := s.column(number); c != nil && (affinity(c.Type) == "integer" || affinity(c.Type) == "real") {
			return fmt.Sprintf("%s is declared %s, and no number equals the text %s.", s.cat.quote(c.Name), c.Type, shownText(text.text))
		}
	}
	return ""
}

func (s *studied) equalsNull(i int) string {
	t := s.ts[i]
	if !comparison(t) {
		return ""
	}
	left, right := s.sides(i)
	if left.kind != nullLiteral && right.kind != nullLiteral {
		return ""
	}
	if t.is("<>") || t.is("!=") {
		return t.text + " NULL is never true: write IS NOT NULL."
	}
	return t.text + " NULL is never true: write IS NULL."
}

// arithmetic finds + and - on dates and texts.
func (s *studied) arithmetic(i int) string {
	if !s.ts[i].is("+") && !s.ts[i].is("-") || i == 0 || i+1 == len(s.ts) {
		return ""
	}
	from, to := s.start(i), s.end(i+1)
	if from == i || to == i+1 {
		return ""
	}
	sides := []operand{s.operand(from, i), s.operand(i+1, to)}
	if s.ts[i].is("+") && slices.ContainsFunc(sides, func(o operand) bool { return o.kind == textLiteral && !numeric(o.text) }) {
		return "+ adds numbers, and a text counts as the number at its beginning, or 0: join texts with ||."
	}
	if slices.ContainsFunc(sides, func(o operand) bool { return o.kind == numberLiteral && o.text == "0" }) {
		return "" // makes a number of a text
	}
	if slices.ContainsFunc(sides, s.textual) {
		return "+ and - take a text for the number at its beginning, a date for its year: use julianday(a) - julianday(b), " +
			"date(d, '-30 days'), or || for texts."
	}
	return ""
}

// textual reports whether an operand is a date, or a column that is declared as text or a date.
func (s *studied) textual(o operand) bool {
	switch o.kind {
	case functionCall:
		return o.text == "DATE" || o.text == "DATETIME"
	case columnName:
		if o.table == "" && (strings.EqualFold(o.text, "CURRENT_DATE") || strings.EqualFold(o.text, "CURRENT_TIMESTAMP")) {
			return true
		}
		c := s.column(o)
		return c != nil && (affinity(c.Type) == "text" || affinity(c.Type) == "date")
	}
	return false
}

// column returns the column of the catalogue that an operand names, if all tables of the statement that have one of its name
// declare it alike. It is nil for all else, such as names that the statement gives itself.
func (s *studied) column(o operand) *TableColumn {
	if s.aliases == nil {
		s.used, s.aliases = s.cat.used(s.sql)
	}
	if o.table != "" {
		if t, ok := s.aliases[strings.ToLower(o.table)]; ok {
			return t.column(o.text)
		}
		return nil
	}
	if _, ok := s.given()[strings.ToLower(o.text)]; ok {
		return nil
	}
	var found *TableColumn
	for _, t := range s.used {
		c := t.column(o.text)
		if c == nil {
			continue
		}
		if found != nil && affinity(found.Type) != affinity(c.Type) {
			return nil
		}
		found = c
	}
	return found
}

// castToDate finds CAST(… AS DATE).
func (s *studied) castToDate(i int) string {
	if !s.ts[i].is("CAST") || !s.ts[i].called {
		return ""
	}
	end := closing(s.ts, i+1)
	if end == len(s.ts) || !s.ts[end-2].is("AS") {
		return ""
	}
	kind := strings.ToUpper(s.ts[end-1].text)
	if kind != "DATE" && kind != "DATETIME" && kind != "TIMESTAMP" {
		return ""
	}
	return fmt.Sprintf("CAST(x AS %s) makes a number of a text, its year of a date: use date(x).", kind)
}

// givesText reports whether a function of SQLite, in capitals, gives text or nothing.
func givesText(function string) bool {
	switch function {
	case "STRFTIME", "DATE", "TIME", "DATETIME", "SUBSTR", "SUBSTRING", "UPPER", "LOWER", "TRIM", "LTRIM", "RTRIM", "REPLACE",
		"PRINTF", "FORMAT", "CONCAT", "CONCAT_WS", "GROUP_CONCAT", "STRING_AGG", "HEX", "CHAR", "QUOTE", "TYPEOF":
		return true
	}
	return false
}

// givesNumber reports whether a function of SQLite, in capitals, gives a number or nothing.
func givesNumber(function string) bool {
	switch function {
	case "COUNT", "SUM", "TOTAL", "AVG", "ROUND", "ABS", "LENGTH", "INSTR", "JULIANDAY", "UNIXEPOCH":
		return true
	}
	return false
}
