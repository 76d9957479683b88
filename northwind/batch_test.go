package northwind

import (
	"net/http/httptest"
	"strings"
	"testing"
)

// TestBatches holds how many calls one request may carry, in the revision that knows batches.
func TestBatches(t *testing.T) {
	list := func(n int) string { return "[" + strings.TrimSuffix(strings.Repeat(listCall+",", n), ",") + "]" }
	tooMany := `{"title":"Bad Request","status":400,"detail":"A batch may have 20 messages, and this one has 21."}`
	for _, tt := range []struct {
		name, body string
		status     int
		answer     string // how it begins
	}{
		{"one call", listCall, 200, `{"jsonrpc"`},
		{"one call after blanks", " \r\n\t" + listCall, 200, `{"jsonrpc"`},
		{"as many as there may be", list(20), 200, `[{"jsonrpc"`},
		{"one more", list(21), 400, tooMany},
		{"one more after blanks", "\n\n " + list(21), 400, tooMany},
		{"a thousand", list(1200), 400, strings.Replace(tooMany, "21", "1200", 1)},
		{"a list that does not end", strings.TrimSuffix(list(30), "]"), 400, ""},
		{"more than a body may have", "[" + strings.Repeat(" ", maxBody) + "]", 413, ""},
		{"nothing", "", 400, ""},
		{"blanks", "  ", 400, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w := httptest.NewRecorder()
			r := post(t, "", tt.body)
			r.Header.Set("Mcp-Protocol-Version", "2025-03-26")
			NewHandler(open(t, Limits{}), HandlerOptions{}).ServeHTTP(w, r)
			if w.Code != tt.status || !strings.HasPrefix(w.Body.String(), tt.answer) {
				t.Errorf("got %d %.200s, want %d %s", w.Code, w.Body, tt.status, tt.answer)
			}
		})
	}
}
