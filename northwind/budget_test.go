package northwind

import (
	"encoding/json"
	"log/slog"
	"net/http/httptest"
	"strings"
	"testing"
)

// TestTokenBudget holds what a model must read, at four characters for a token. The list of tools is that behind a gateway,
// which has whoami, as it comes over the wire: what a client makes of it is shorter.
func TestTokenBudget(t *testing.T) {
	db := sample(t)
	opts := HandlerOptions{Gateway: gateway(publicURL)}
	session, _ := connectTo(t, db, slog.LevelError, opts, asAda())
	w := httptest.NewRecorder()
	request := post(t, "", listCall)
	request.Header.Set(assertionHeader, "ada")
	NewHandler(db, opts).ServeHTTP(w, request)
	var list struct{ Result json.RawMessage }
	if err := json.Unmarshal(w.Body.Bytes(), &list); err != nil || !strings.Contains(string(list.Result), `"whoami"`) {
		t.Fatalf("got %s, %v", w.Body, err)
	}
	examples, _, _ := call(t, session, "get_query_examples", nil)
	overview, _, _ := call(t, session, "list_tables", nil)
	orders, _, _ := call(t, session, "read_query", map[string]any{"query": "SELECT * FROM Orders LIMIT 100"})
	for _, tt := range []struct {
		name, text string
		most       int
	}{
		{"the list of tools", string(list.Result), 1500},
		{"the overview of the schema", overview, 900},
		{"a hundred orders", orders, 4000},
		{"all examples", examples, 1000},
		{"the instructions", session.InitializeResult().Instructions, 250},
	} {
		got := (len([]rune(tt.text)) + 3) / 4
		t.Logf("%s: %d tokens of %d", tt.name, got, tt.most)
		if got > tt.most || got < tt.most/10 {
			t.Errorf("%s takes %d tokens; the budget is %d", tt.name, got, tt.most)
		}
	}
}
