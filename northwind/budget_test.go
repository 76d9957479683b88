package northwind

import (
	"encoding/json"
	"log/slog"
	"testing"
)

// TestTokenBudget holds what a model must read, at four characters for a token.
func TestTokenBudget(t *testing.T) {
	db := sample(t)
	session, _ := connectTo(t, db, slog.LevelError, HandlerOptions{Gateway: gateway(publicURL)}, asAda())
	list, err := session.ListTools(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	tools, err := json.Marshal(list.Tools)
	if err != nil {
		t.Fatal(err)
	}
	examples, _, _ := call(t, session, "get_query_examples", nil)
	overview, _, _ := call(t, session, "list_tables", nil)
	orders, _, _ := call(t, session, "read_query", map[string]any{"query": "SELECT * FROM Orders LIMIT 100"})
	for _, tt := range []struct {
		name, text string
		most       int
	}{
		{"the list of tools", string(tools), 1500},
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
