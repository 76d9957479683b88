package guide

import (
	"fmt"
	"log/slog"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/pomerium/pomchat/app/chat"
	"github.com/pomerium/pomchat/app/chat/chattest"
	"github.com/pomerium/pomchat/app/toolbox"
	"github.com/pomerium/pomchat/embed"
	server "github.com/pomerium/pomchat/northwind"
)

func TestMain(m *testing.M) {
	if err := server.ConfigureSQLite(); err != nil { // before SQLite is first used
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// house is the guide where people meet it: in the engine, with the real tools of the real
// Northwind server.
type house struct {
	*chat.Engine
	store *chattest.Store
}

func newHouse(t testing.TB) *house {
	t.Helper()
	db, err := server.Open(t.Context(), embed.Northwind(), server.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	log := slog.New(slog.DiscardHandler)
	tools, err := toolbox.New(toolbox.Config{Version: "test", Log: log, Builtin: []toolbox.Builtin{{ID: "northwind", Name: "Northwind", Server: server.NewServer(db, "test")}}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = tools.Close() })
	store := chattest.NewStore()
	limits := chat.DefaultLimits()
	limits.PerMinute = 1_000_000
	return &house{store: store, Engine: chat.NewEngine(chat.EngineConfig{
		Threads: store, Journal: store, Grants: store, Results: store, Files: store, Models: chat.NewCatalogue(log, "", New()), Toolbox: tools,
		Limits: limits, Log: log, Now: time.Now, NewID: chat.NewID,
	})}
}

// visit is a thread in a house, and what its last answer rests on.
type visit struct {
	t      testing.TB
	house  *house
	thread string
	query  string // the last one but the search for names, or nothing
	rows   table
	lost   []string // figures that the engine did not find in the data
}

func (h *house) visit(t testing.TB) *visit {
	t.Helper()
	v := &visit{t: t, house: h, thread: chat.NewID("thr")}
	if err := h.store.CreateThread(t.Context(), "ann", chat.Thread{ID: v.thread, CreatedAt: time.Now(), UpdatedAt: time.Now()}); err != nil {
		t.Fatal(err)
	}
	return v
}

// ask plays a whole turn and returns what the guide wrote last.
func (v *visit) ask(question string) string {
	v.t.Helper()
	ctx, caller := v.t.Context(), chat.Caller{Identity: chat.Identity{Subject: "ann"}}
	started, err := v.house.Start(ctx, caller, v.thread, chat.Question{Text: question})
	if err != nil {
		v.t.Fatal(err)
	}
	following, err := v.house.Subscribe(ctx, caller.Subject, started.ID, 0)
	if err != nil {
		v.t.Fatal(err)
	}
	for {
		events, err := following.Next(ctx)
		if err != nil {
			v.t.Fatal(err)
		}
		if len(events) == 0 {
			break
		}
	}
	all, err := v.house.store.Messages(ctx, caller.Subject, v.thread)
	if err != nil {
		v.t.Fatal(err)
	}
	return v.read(all[len(all)-1])
}

// read takes in an answer and returns its last text.
func (v *visit) read(answer chat.Message) string {
	v.t.Helper()
	say := ""
	v.query, v.lost = "", nil
	for _, g := range answer.Grounding {
		for _, f := range g.Report.NotFound {
			v.lost = append(v.lost, f.Text)
		}
	}
	if answer.Status != chat.StatusFinished {
		v.t.Fatalf("the answer is %s: %v", answer.Status, answer)
	}
	for _, part := range answer.Parts {
		switch p := part.(type) {
		case chat.TextPart:
			say = p.Text
		case chat.ToolPart:
			if p.Tool.Tool != "read_query" || queryOf(p) == lookupSQL {
				continue
			}
			if p.Output == nil || p.Output.IsError {
				v.t.Fatalf("%s failed: %v", queryOf(p), p)
			}
			rows, err := readTable(p.Output)
			if err != nil {
				v.t.Fatal(err)
			}
			if v.query == queryOf(p) { // another page of it
				rows.rows = append(v.rows.rows, rows.rows...)
			}
			v.query, v.rows = queryOf(p), rows
		}
	}
	return say
}

// TestEverySuggestionIsAnswered asks what the help offers, and what Northwind has the page offer.
func TestEverySuggestionIsAnswered(t *testing.T) {
	h := newHouse(t)
	listed, err := os.ReadFile("../../northwind/testdata/listings.json")
	if err != nil {
		t.Fatal(err)
	}
	offered := examples()
	for _, match := range regexp.MustCompile(`"com.pomerium/question": "([^"]+)"`).FindAllSubmatch(listed, -1) {
		if question := string(match[1]); question != "Show tables" { // which takes no query
			offered = append(offered, question)
		}
	}
	if len(offered) < len(examples())+3 {
		t.Errorf("the page offers only %q", offered[len(examples()):])
	}
	for _, question := range offered {
		v := h.visit(t)
		if say := v.ask(question); v.query == "" || len(v.rows.rows) == 0 || len(v.lost) > 0 {
			t.Errorf("%q is not answered, or %q is not found in its data: %s", question, v.lost, say)
		}
	}
}

// TestLongResultsAreWhole asks for more rows than a language model is shown at once.
func TestLongResultsAreWhole(t *testing.T) {
	h := newHouse(t)
	for _, tt := range []declinedQuestion{
		{"sales by customer and year", "All 234 rows are in the result above."},
		{"orders shipped on time", "**772** orders that were shipped on time:"},
		{"list orders", "**830** orders"},
		{`SELECT OrderID FROM Orders`, "The query returned **830** rows."},
		{`SELECT * FROM "Order Details"`, "2,155 rows"},
	} {
		if say := h.visit(t).ask(tt.question); !strings.Contains(say, tt.says) {
			t.Errorf("%q says\n%.400s\nwithout %q", tt.question, say, tt.says)
		}
	}
}
