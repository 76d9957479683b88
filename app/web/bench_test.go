package web

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/chat/chattest"
	"github.com/pomerium/pomchat/app/store"
)

// BenchmarkThread reads a thread of 1,000 messages, each answer with a call of 20 rows, as a page does that
// has nothing of it and as one does that has it all. It tells the bytes that go out.
func BenchmarkThread(b *testing.B) {
	kept, err := store.Open(b.Context(), filepath.Join(b.TempDir(), "chat.db"))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = kept.Close() })
	longThread(b, kept)
	for _, tt := range []struct {
		name     string
		upstream Upstream
		path     string
		has      bool
	}{
		{"whole", nil, "/api/threads/t", false},
		{"whole, compressed", annsServers{}, "/api/threads/t", false},
		{"unchanged", nil, "/api/threads/t", true},
		{"list, whole", nil, "/api/threads", false},
		{"list, unchanged", nil, "/api/threads", true},
	} {
		b.Run(tt.name, func(b *testing.B) {
			handler, err := NewHandler(Config{
				Gateway: headerGateway{}, Upstream: tt.upstream, Threads: kept,
				Engine: chat.NewEngine(chat.EngineConfig{Threads: kept, Journal: kept, Grants: kept, Results: kept, Files: kept, Now: time.Now, NewID: chat.NewID}),
				UI:     fstest.MapFS{"index.html": {Data: []byte("<!doctype html>")}},
				Log:    slog.New(slog.NewTextHandler(io.Discard, nil)), Now: time.Now,
			})
			if err != nil {
				b.Fatal(err)
			}
			r := httptest.NewRequest("GET", "http://127.0.0.1"+tt.path, nil)
			r.Header = http.Header{"X-Test-User": {"ann"}, "Accept-Encoding": {"gzip, br"}, "Sec-Fetch-Site": {"same-origin"}}
			ask := func() *scales {
				w := &scales{header: http.Header{}}
				handler.ServeHTTP(w, r)
				return w
			}
			want := http.StatusOK
			if tt.has {
				want = http.StatusNotModified
				r.Header.Set("If-None-Match", ask().Header().Get("ETag"))
			}
			sent := 0
			for b.Loop() {
				w := ask()
				if w.status != want {
					b.Fatal(w.status)
				}
				sent = w.sent
			}
			b.ReportMetric(float64(sent), "B/answer")
		})
	}
}

// scales counts what is written.
type scales struct {
	header       http.Header
	status, sent int
}

func (s *scales) Header() http.Header    { return s.header }
func (s *scales) WriteHeader(status int) { s.status = status }
func (s *scales) Write(p []byte) (int, error) {
	s.status = cmp.Or(s.status, http.StatusOK)
	s.sent += len(p)
	return len(p), nil
}

func longThread(b *testing.B, s chattest.Storage) {
	b.Helper()
	at := time.Date(2026, 11, 27, 12, 0, 0, 0, time.UTC)
	must := func(err error) {
		b.Helper()
		if err != nil {
			b.Fatal(err)
		}
	}
	must(s.CreateThread(b.Context(), "ann", chat.Thread{ID: "t", Title: "Orders", CreatedAt: at, UpdatedAt: at}))
	parent := ""
	for i := range 500 {
		var rows strings.Builder
		for j := range 20 {
			fmt.Fprintf(&rows, `,["Customer %d of %d","City %d",%d.%02d,%d]`, j, i, j*i%97, i*j*7919%10007, j, i*31%113)
		}
		id := func(kind string) string { return fmt.Sprintf("%s_%d", kind, i) }
		q := chat.Message{
			ID: id("q"), ParentID: parent, Role: chat.RoleUser, Status: chat.StatusFinished, CreatedAt: at,
			Parts: chat.Parts{chat.TextPart{ID: "0", Text: fmt.Sprintf("Which customers in region %d bought most, and what did they pay?", i), State: "done"}},
		}
		a := chat.Message{
			ID: id("a"), ParentID: q.ID, Role: chat.RoleAssistant, Status: chat.StatusFinished, RunID: id("r"), Model: "m", Steps: 2, CreatedAt: at, EndedAt: &at,
			Parts: chat.Parts{
				chat.ToolPart{
					CallID: id("c"), Step: 1, State: chat.CallReturned, Tool: chat.ToolRef{Name: "northwind__read_query", Server: "northwind", ServerName: "Northwind", Tool: "read_query", Title: "Read query"},
					Input:  json.RawMessage(fmt.Sprintf(`{"sql":"SELECT CompanyName, City, sum(UnitPrice * Quantity) FROM Orders WHERE Region = %d GROUP BY 1 ORDER BY 3 DESC LIMIT 20"}`, i)),
					Output: &chat.ToolResult{Structured: json.RawMessage(`{"columns":["Customer","City","Paid","Orders"],"rows":[` + rows.String()[1:] + `]}`)},
				},
				chat.TextPart{ID: "1", Step: 2, State: "done", Text: strings.Repeat(fmt.Sprintf("In region %d **Customer %d** paid most: %d.%02d dollars, as the table shows. ", i, i*7%20, i*7919%10007, i%100), 8)},
			},
			Usage: &chat.Usage{InputTokens: 1000, OutputTokens: 200},
		}
		r := chat.Run{ID: id("r"), Owner: "ann", ThreadID: "t", MessageID: a.ID, Status: chat.StatusRunning, CreatedAt: at}
		must(s.BeginRun(b.Context(), r, []chat.Message{q, a}, "Orders", chat.Settings{}))
		r.Status = chat.StatusFinished
		must(s.EndRun(b.Context(), r, nil, a))
		parent = a.ID
	}
}
