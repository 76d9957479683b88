package northwind

import (
	"fmt"
	"strings"
)

// notAuthorized begins SQLite's message about a refused function, which comes with the code of any wrong statement.
const notAuthorized = "not authorized"

// denied explains a statement that the policy refused. The message is SQLite's.
func denied(message, sql string) error {
	const rule = "This server only reads: send one SELECT, WITH … SELECT, VALUES or EXPLAIN statement."
	if name, ok := strings.CutPrefix(message, "not authorized to use function: "); ok {
		return &Error{Kind: Denied, Message: fmt.Sprintf("the function %s is blocked", name), Hint: rule}
	}
	if rest, ok := strings.CutPrefix(message, "access to "); ok {
		name, _, _ := strings.Cut(strings.TrimSuffix(rest, " is prohibited"), ".")
		return &Error{Kind: Denied, Message: fmt.Sprintf("the table %s is blocked", name), Hint: rule}
	}
	for _, t := range tokens(sql) {
		switch verb := strings.ToUpper(t.text); verb {
		case "PRAGMA":
			return &Error{
				Kind:    Denied,
				Message: "this PRAGMA is blocked",
				Hint:    rule + " Of the PRAGMAs, table_info, table_xinfo, foreign_key_list, index_list and index_info work.",
			}
		case "INSERT", "UPDATE", "DELETE", "REPLACE", "CREATE", "DROP", "ALTER", "ATTACH", "DETACH", "VACUUM", "REINDEX",
			"ANALYZE", "BEGIN", "COMMIT", "END", "ROLLBACK", "SAVEPOINT", "RELEASE":
			if !t.quoted && !t.called {
				return &Error{Kind: Denied, Message: verb + " is blocked", Hint: rule}
			}
		}
	}
	return &Error{Kind: Denied, Message: "the statement is blocked", Hint: rule}
}
