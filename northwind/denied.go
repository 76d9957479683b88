package northwind

import (
	"cmp"
	"fmt"
	"strings"
)

// notAuthorized begins SQLite's message about a refused function, which comes with the code of any wrong statement.
const notAuthorized = "not authorized"

// denied explains a statement that the policy refused. The message is SQLite's.
func denied(message, sql string) error {
	const rule = "This server only reads: send one SELECT, WITH … SELECT, VALUES or EXPLAIN statement."
	if name, ok := strings.CutPrefix(message, "not authorized to use function: "); ok {
		return &Error{Kind: Denied, Message: fmt.Sprintf("the function %s is blocked", name), Hint: cmp.Or(equivalent(name), rule)}
	}
	if rest, ok := strings.CutPrefix(message, "access to "); ok {
		name, _, _ := strings.Cut(strings.TrimSuffix(rest, " is prohibited"), ".")
		return &Error{Kind: Denied, Message: fmt.Sprintf("the table %s is blocked", name), Hint: rule}
	}
	for _, t := range tokens(sql) {
		switch verb := strings.ToUpper(t.text); {
		case verb == "PRAGMA":
			return &Error{
				Kind:    Denied,
				Message: "this PRAGMA is blocked",
				Hint:    rule + " Of the PRAGMAs, table_info, table_xinfo, foreign_key_list, index_list and index_info work.",
			}
		case writes(verb) && !t.quoted && !t.called:
			return &Error{Kind: Denied, Message: verb + " is blocked", Hint: rule}
		}
	}
	return &Error{Kind: Denied, Message: "the statement is blocked", Hint: rule}
}

// beginsToWrite reports whether the first word of a statement, EXPLAIN left aside, is that of one that does more than read.
func beginsToWrite(sql string) bool {
	for _, t := range tokens(sql) {
		if t.word() && !t.is("EXPLAIN") && !t.is("QUERY") && !t.is("PLAN") {
			return !t.quoted && writes(strings.ToUpper(t.text))
		}
	}
	return false
}

// writes reports whether a statement that begins with the verb, in capitals, does more than read.
func writes(verb string) bool {
	switch verb {
	case "INSERT", "UPDATE", "DELETE", "REPLACE", "CREATE", "DROP", "ALTER", "ATTACH", "DETACH", "VACUUM", "REINDEX",
		"ANALYZE", "BEGIN", "COMMIT", "END", "ROLLBACK", "SAVEPOINT", "RELEASE":
		return true
	}
	return false
}
