package northwind

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/pomerium/pomchat/embed"
)

const reportQuery = `SELECT c.CategoryName, round(sum(d.UnitPrice * d.Quantity * (1 - d.Discount)), 2) AS Revenue
FROM "Order Details" d JOIN Products p USING (ProductID) JOIN Categories c USING (CategoryID) GROUP BY c.CategoryID ORDER BY Revenue DESC`

// BenchmarkOpen is what comes before the first answer.
func BenchmarkOpen(b *testing.B) {
	for b.Loop() {
		db, err := Open(b.Context(), embed.Northwind(), Limits{})
		if err != nil {
			b.Fatal(err)
		}
		NewHandler(db, HandlerOptions{})
		b.StopTimer()
		if err := db.Close(); err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
	}
}

// BenchmarkReadQuery is the tool without the protocol.
func BenchmarkReadQuery(b *testing.B) {
	for _, bb := range []struct {
		name       string
		cacheBytes int
	}{{"run", -1}, {"kept", 0}} {
		b.Run(bb.name, func(b *testing.B) {
			db := openImage(b, embed.Northwind(), Limits{CacheBytes: bb.cacheBytes})
			b.ReportAllocs()
			for b.Loop() {
				if _, err := db.read(b.Context(), queryInput{Query: reportQuery}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkHandler is a whole request without the network: through the SDK, and from memory.
func BenchmarkHandler(b *testing.B) {
	const (
		list = `{"jsonrpc":"2.0","id":1,"method":"tools/list"}`
		call = `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"read_query","arguments":{"query":"SELECT 1"}}}`
	)
	for _, bb := range []struct {
		name, body string
		cacheBytes int
	}{{"list/sdk", list, -1}, {"list/kept", list, 0}, {"call/sdk", call, -1}, {"call/kept", call, 0}} {
		b.Run(bb.name, func(b *testing.B) {
			handler := NewHandler(openImage(b, embed.Northwind(), Limits{CacheBytes: bb.cacheBytes}), HandlerOptions{})
			b.ReportAllocs()
			for b.Loop() {
				r := httptest.NewRequest(http.MethodPost, "/mcp", strings.NewReader(bb.body))
				r.Header.Set("Content-Type", "application/json")
				r.Header.Set("Accept", "application/json, text/event-stream")
				w := httptest.NewRecorder()
				if handler.ServeHTTP(w, r); w.Code != http.StatusOK {
					b.Fatalf("%d %s", w.Code, w.Body)
				}
			}
		})
	}
}
