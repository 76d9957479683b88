package northwind

import (
	"encoding/json"
	"strings"
	"testing"
)

// TestNothingRunsThatTheAuditDoesNotTell holds that arguments have one meaning: of two with one name the log could show
// the one, cut off or not, and the tool take the other.
func TestNothingRunsThatTheAuditDoesNotTell(t *testing.T) {
	long := strings.Repeat("x", 2*maxLoggedArguments)
	for _, tt := range []struct{ name, tool, arguments, want string }{
		{"a query behind a long one in another case", "read_query", `{"QUERY":"` + long + `","query":"SELECT 1"}`, "the argument query of read_query is there twice"},
		{"a query before null", "read_query", `{"query":"SELECT 1","query":null}`, "the argument query of read_query is there twice"},
		{"the same query twice", "read_query", `{"query":"SELECT 1","query":"SELECT 1"}`, "the argument query of read_query is there twice"},
		{"a table before null", "describe_table", `{"table_name":"Orders","Table_Name":null}`, "the argument Table_Name of describe_table is there twice"},
		{"values in a letter that folds into theirs", "read_query", `{"query":"SELECT ?","params":[1],"param\u017f":[2]}`, "the argument paramſ of read_query is there twice"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			session, log := connectTo(t, open(t, Limits{}), 0, HandlerOptions{}, nil)
			text, _, failed := call(t, session, tt.tool, json.RawMessage(tt.arguments))
			if first, _, _ := strings.Cut(text, "\n"); !failed || first != tt.want {
				t.Errorf("got %q", text)
			}
			if !strings.Contains(log.String(), `"outcome":"invalid"`) {
				t.Errorf("the log says %s", log)
			}
		})
	}
}
