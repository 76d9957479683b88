package northwind

import (
	"fmt"
	"strings"
)

// kind is a set of value types seen in a column.
type kind uint8

const (
	kindInteger kind = 1 << iota
	kindReal
	kindText
	kindDate
	kindBlob

	kindNull kind = 0
)

// textKind tells dates from other text.
func textKind(s string) kind {
	if isDate(s) {
		return kindDate
	}
	return kindText
}

// isDate reports whether s begins with YYYY-MM-DD and then ends or goes on with a time, HH:MM.
func isDate(s string) bool {
	if len(s) < 10 || !shaped(s[:10], "0000-00-00") {
		return false
	}
	return len(s) == 10 || len(s) >= 16 && (s[10] == ' ' || s[10] == 'T') && shaped(s[11:16], "00:00")
}

// shaped reports whether s has a digit wherever shape has 0, and the same byte elsewhere.
func shaped(s, shape string) bool {
	for i := range len(shape) {
		digit := s[i] >= '0' && s[i] <= '9'
		if shape[i] == '0' && !digit || shape[i] != '0' && s[i] != shape[i] {
			return false
		}
	}
	return true
}

// columnType names the type of a column from the values seen, or from the declared type if all were null. A column
// declared as a decimal stays real when one page of it happens to hold whole numbers.
func columnType(seen kind, declared string) string {
	switch seen {
	case kindNull:
		return affinity(declared)
	case kindInteger:
		if affinity(declared) == "real" {
			return "real"
		}
		return "integer"
	case kindReal, kindReal | kindInteger:
		return "real"
	case kindDate:
		return "date"
	case kindText, kindText | kindDate:
		return "text"
	case kindBlob:
		return "blob"
	}
	return "any"
}

// affinity names the type that a declaration stands for, close to the rules of
// https://www.sqlite.org/datatype3.html#determination_of_column_affinity.
func affinity(declared string) string {
	d := strings.ToUpper(declared)
	has := func(parts ...string) bool {
		for _, p := range parts {
			if strings.Contains(d, p) {
				return true
			}
		}
		return false
	}
	switch {
	case d == "":
		return "null"
	case has("INT", "BOOL"):
		return "integer"
	case has("CHAR", "CLOB", "TEXT"):
		return "text"
	case has("DATE", "TIME"):
		return "date"
	case has("BLOB", "BINARY", "IMAGE"):
		return "blob"
	case has("REAL", "FLOA", "DOUB", "NUMERIC", "DECIMAL", "MONEY"):
		return "real"
	}
	return "any"
}

// maxName is the most characters of a column name; an expression without an alias is named by its whole text.
const maxName = 100

// uniqueNames shortens long names and numbers repeated ones: Name, Name_2, Name_3. Names differ when their lower case
// differs, so that no reader that ignores case mixes two columns up.
func uniqueNames(names []string) []string {
	unique := make([]string, len(names))
	given := make(map[string]bool, len(names))
	for i, n := range names {
		unique[i] = shorten(n)
		given[strings.ToLower(unique[i])] = true
	}
	taken := make(map[string]bool, len(names))
	for i, n := range unique {
		for k := 2; taken[strings.ToLower(unique[i])]; k++ {
			if next := fmt.Sprintf("%s_%d", n, k); !given[strings.ToLower(next)] {
				unique[i] = next
			}
		}
		taken[strings.ToLower(unique[i])] = true
	}
	return unique
}

func shorten(name string) string {
	if name == "" {
		return "column"
	}
	return shortened(name, maxName)
}
