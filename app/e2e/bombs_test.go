package e2e

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"text/template"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// maxRSS is the most memory, in bytes, that northwind-mcp may ever have held.
const maxRSS = 512 << 20

// The crowd of the tests below.
const (
	attackers = 4
	honest    = 8
)

// TestBombs has four attackers send the memory bombs and the time bombs of the published corpus to the built server,
// while eight honest clients ask. No honest call may fail, every bomb must be refused for its own reason, and the server
// must stay within its memory and be well in the end.
func TestBombs(t *testing.T) {
	for _, tt := range []struct {
		page, timeout string
		least, rounds int
	}{
		{"memory", "1m", 9, 4},
		{"time", "500ms", 18, 1},
	} {
		t.Run(tt.page, func(t *testing.T) {
			bombs := corpus(t, tt.page)
			if len(bombs) < tt.least {
				t.Fatalf("the corpus has only %d bombs", len(bombs))
			}
			bombs = slices.Repeat(bombs, tt.rounds)
			s := startNorthwind(t, "--query-timeout="+tt.timeout)
			asked := s.crowd(t, false, func(ctx context.Context, attacker int, client *mcp.ClientSession) {
				for i := attacker; i < len(bombs); i += attackers {
					s.drop(ctx, t, client, bombs[i], i)
				}
			})
			t.Logf("%d bombs, %d honest calls, peak of %d MiB", len(bombs), asked, s.peak(t)>>20)
			s.inspect(t)
		})
	}
}

// TestEndlessQueries keeps as many queries that would run for an hour as there are connections. The honest clients get
// their turn because the endless ones have to make room, again and again; in the end the attackers hang up.
func TestEndlessQueries(t *testing.T) {
	s := startNorthwind(t, "--query-timeout=10m")
	endless := bomb{sql: "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT count(*) FROM r"}
	var ended atomic.Int64
	asked := s.crowd(t, true, func(ctx context.Context, attacker int, client *mcp.ClientSession) {
		for i := attacker; ctx.Err() == nil; i += attackers {
			s.drop(ctx, t, client, endless, i)
			ended.Add(1)
		}
	})
	t.Logf("%d endless queries, %d honest calls", ended.Load(), asked)
	if ended.Load() <= attackers {
		t.Error("no endless query made room")
	}
	s.inspect(t)
}

// northwind is a running northwind-mcp.
type northwind struct {
	base    string
	process *process
}

func startNorthwind(t *testing.T, args ...string) *northwind {
	t.Helper()
	p, err := launch("", []string{}, append([]string{"northwind-mcp"}, args...)...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := p.end(syscall.SIGTERM); err != nil {
			t.Errorf("northwind-mcp ended with %v", err)
		}
	})
	return &northwind{base: p.base, process: p}
}

func (s *northwind) connect(t *testing.T) *mcp.ClientSession {
	t.Helper()
	client := mcp.NewClient(&mcp.Implementation{Name: "e2e", Version: "1"}, nil)
	session, err := client.Connect(t.Context(), &mcp.StreamableClientTransport{Endpoint: s.base + "/mcp", DisableStandaloneSSE: true}, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = session.Close() })
	return session
}

// crowd lets the attackers attack and the honest clients ask, and returns how many calls these made: while the attack
// lasts, or if it is endless, a few each, after which ctx ends.
func (s *northwind) crowd(t *testing.T, endless bool, attack func(ctx context.Context, attacker int, client *mcp.ClientSession)) int64 {
	t.Helper()
	ctx, hangUp := context.WithCancel(t.Context())
	defer hangUp()
	var bad, good sync.WaitGroup
	var over atomic.Bool
	var asked atomic.Int64
	for i := range attackers {
		client := s.connect(t)
		bad.Go(func() { attack(ctx, i, client) })
	}
	for i := range honest {
		client := s.connect(t)
		good.Go(func() {
			for n := 0; n < 8 || !endless && !over.Load(); n++ {
				s.askOne(t, client, i, n)
				asked.Add(1)
			}
		})
	}
	if endless {
		good.Wait()
		hangUp()
	}
	bad.Wait()
	over.Store(true)
	good.Wait()
	return asked.Load()
}

// question is a call with what its answer must hold.
type question struct {
	tool, query, want string
}

// askOne asks one of the honest questions. Those in SQL have a number in them, so that no answer is one that was kept.
func (s *northwind) askOne(t *testing.T, client *mcp.ClientSession, who, n int) {
	questions := []question{
		{"read_query", "SELECT count(*), %d FROM Orders", "830|"},
		{"read_query", `SELECT CategoryName, round(sum(d.UnitPrice * Quantity * (1 - Discount)), 2) AS revenue, %d FROM "Order Details" d
			JOIN Products USING (ProductID) JOIN Categories USING (CategoryID) GROUP BY 1 ORDER BY 2 DESC`, "Beverages|267868.18|"},
		{"list_tables", "", "Customers"},
		{"read_query", `SELECT o.*, c.*, p.*, %d FROM "Order Details" d JOIN Orders o USING (OrderID) JOIN Customers c USING (CustomerID)
			JOIN Products p USING (ProductID) ORDER BY c.Address, p.ProductName, d.Quantity LIMIT 3`, "3 rows"},
		{"read_query", "SELECT CompanyName, %d FROM Customers WHERE CompanyName LIKE '%%Futter%%'", "Alfreds Futterkiste|"},
		{"find_values", "Chai", "Products"},
		{"read_query", "SELECT DISTINCT a.ShipCity, b.ShipVia, %d FROM Orders a JOIN Orders b ON a.CustomerID = b.CustomerID ORDER BY 1 LIMIT 1", "Aachen|"},
	}
	q := questions[(who+n)%len(questions)]
	arguments := map[string]any{}
	switch q.tool {
	case "read_query":
		arguments["query"] = fmt.Sprintf(q.query, 1000*n+who)
	case "find_values":
		arguments["text"] = q.query
	}
	text, failed, err := say(t.Context(), client, q.tool, arguments)
	// On a machine that others keep busy, a query of some milliseconds may take as long as makes it
	// give way. It is told to come again, and does, as often as a person would.
	for range 3 {
		if err != nil || !failed || !strings.Contains(text, gaveWay) {
			break
		}
		t.Logf("an honest query gave way: %s", arguments["query"])
		text, failed, err = say(t.Context(), client, q.tool, arguments)
	}
	if err != nil || failed || !strings.Contains(text, q.want) {
		t.Errorf("an honest client asked %s %v and got %v, %s; want %s", q.tool, arguments, err, text, q.want)
	}
}

// gaveWay is what a query is told that was stopped to make room.
const gaveWay = "because other queries were waiting for their turn"

// say calls a tool.
func say(ctx context.Context, client *mcp.ClientSession, tool string, arguments any) (text string, failed bool, err error) {
	result, err := client.CallTool(ctx, &mcp.CallToolParams{Name: tool, Arguments: arguments})
	if err != nil {
		return "", false, err
	}
	content, ok := result.Content[0].(*mcp.TextContent)
	if !ok {
		return "", false, errors.New("the result is no text")
	}
	return content.Text, result.IsError, nil
}

// bomb is a statement of the corpus, and the ways in which it may end.
type bomb struct {
	sql  string
	want []string
}

// drop sends a bomb, marked so that it shares no run with another. It may be refused for its reason, or because others
// were waiting, or be left behind.
func (s *northwind) drop(ctx context.Context, t *testing.T, client *mcp.ClientSession, b bomb, mark int) {
	text, failed, err := say(ctx, client, "read_query", map[string]any{"query": fmt.Sprintf("%s -- %d", b.sql, mark)})
	if ctx.Err() != nil {
		return
	}
	if err != nil || !failed {
		t.Errorf("%s\nwas answered: %v, %s", b.sql, err, text)
		return
	}
	for kind, message := range map[string]string{
		"timeout": "the query was stopped after 500ms",
		"memory":  "the query ran into its limit of 48 MiB of memory",
	} {
		if strings.HasPrefix(text, message) && slices.Contains(b.want, kind) {
			return
		}
	}
	if !strings.Contains(text, gaveWay) {
		t.Errorf("%s\nended otherwise than as %q: %s", b.sql, b.want, text)
	}
}

// inspect fails the test if the server held too much memory or is not well.
func (s *northwind) inspect(t *testing.T) {
	t.Helper()
	if peak := s.peak(t); peak > maxRSS {
		t.Errorf("the server held %d MiB of memory, more than %d", peak>>20, maxRSS>>20)
	}
	for _, path := range []string{"/livez", "/readyz"} {
		response, err := http.Get(s.base + path)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(response.Body)
		if err := cmp.Or(err, response.Body.Close()); err != nil {
			t.Fatal(err)
		}
		if response.StatusCode != http.StatusOK {
			t.Errorf("%s says %d %s", path, response.StatusCode, body)
		}
	}
	if text, failed, err := say(t.Context(), s.connect(t), "read_query", map[string]any{"query": "SELECT sum(Quantity) FROM \"Order Details\""}); err != nil || failed || !strings.Contains(text, "51317") {
		t.Errorf("the canary says %v, %s", err, text)
	}
}

var highWater = regexp.MustCompile(`(?m)^VmHWM:\s+(\d+) kB$`)

// peak returns the most memory in bytes that the server has held so far. Where the system does not tell that of a running
// process, the test ends with what it can know.
func (s *northwind) peak(t *testing.T) int {
	t.Helper()
	if runtime.GOOS != "linux" {
		t.Logf("the peak of memory is not measured on %s", runtime.GOOS)
		return 0
	}
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.process.cmd.Process.Pid))
	if err != nil {
		t.Fatal(err)
	}
	m := highWater.FindSubmatch(status)
	if m == nil {
		t.Fatalf("there is no peak in\n%s", status)
	}
	kib, err := strconv.Atoi(string(m[1]))
	if err != nil {
		t.Fatal(err)
	}
	return kib << 10
}

var blocks = regexp.MustCompile("(?s)\nExpect: ([^\n]+)\n(.*?)(?:\n## |$)")

// corpus returns the statements on a page of the corpus, whose form is told in northwind/testdata/attacks/README.md.
func corpus(t *testing.T, page string) []bomb {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "..", "northwind", "testdata", "attacks", page+".md"))
	if err != nil {
		t.Fatal(err)
	}
	repeat := template.FuncMap{"repeat": func(n int, s string) string { return strings.Repeat(s, n) }}
	var bombs []bomb
	for _, m := range blocks.FindAllStringSubmatch(string(text), -1) {
		parts := strings.Split(m[2], "```")
		for i := 1; i < len(parts); i += 2 {
			parsed, err := template.New(page).Funcs(repeat).Parse(strings.TrimSpace(strings.TrimPrefix(parts[i], "sql")))
			if err != nil {
				t.Fatal(err)
			}
			var sql strings.Builder
			if err := parsed.Execute(&sql, nil); err != nil {
				t.Fatal(err)
			}
			bombs = append(bombs, bomb{sql: sql.String(), want: strings.Split(m[1], " or ")})
		}
	}
	return bombs
}
