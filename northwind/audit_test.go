package northwind

import (
	"encoding/json"
	"log/slog"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// act does one thing as a client; what comes back is the business of other tests.
type act func(*testing.T, *mcp.ClientSession)

func useTool(name string, arguments any) act {
	return func(t *testing.T, s *mcp.ClientSession) {
		_, _ = s.CallTool(t.Context(), &mcp.CallToolParams{Name: name, Arguments: arguments})
	}
}

func useResource(uri string) act {
	return func(t *testing.T, s *mcp.ClientSession) {
		_, _ = s.ReadResource(t.Context(), &mcp.ReadResourceParams{URI: uri})
	}
}

func usePrompt(name string, arguments map[string]string) act {
	return func(t *testing.T, s *mcp.ClientSession) {
		_, _ = s.GetPrompt(t.Context(), &mcp.GetPromptParams{Name: name, Arguments: arguments})
	}
}

// TestAudit compares whole lines; only the time and the duration are left out.
func TestAudit(t *testing.T) {
	const ada = `"user":"user-1","email":"ada@example.com",`
	tests := []struct {
		name string
		do   act
		want string
	}{
		{"a query", useTool("read_query", map[string]any{"query": "SELECT OrderID FROM Orders"}),
			`"msg":"tool called",` + ada + `"tool":"read_query","sql":"SELECT OrderID FROM Orders","outcome":"ok","rows":3,"cached":false,"bytes":0`},
		{"a query with parameters", useTool("read_query", map[string]any{"query": "SELECT ? <> '<a>'", "params": []any{"<b>", 1.5}, "max_rows": 2}),
			`"msg":"tool called",` + ada + `"tool":"read_query","sql":"SELECT ? <> '<a>'","arguments":"{\"max_rows\":2,\"params\":[\"<b>\",1.5]}","outcome":"invalid","rows":0,"cached":false,"bytes":0`},
		{"a query in another spelling", useTool("read_query", map[string]any{"QUERY": "SELECT 1"}),
			`"msg":"tool called",` + ada + `"tool":"read_query","sql":"SELECT 1","outcome":"ok","rows":1,"cached":false,"bytes":0`},
		{"a query behind another one", useTool("read_query", json.RawMessage(`{"query":"SELECT 1","Query":"SELECT 2"}`)),
			`"msg":"tool called",` + ada + `"tool":"read_query","arguments":"{\"Query\":\"SELECT 2\",\"query\":\"SELECT 1\"}","outcome":"invalid","rows":0,"cached":false,"bytes":0`},
		{"a write", useTool("read_query", map[string]any{"query": "DELETE FROM Orders"}),
			`"msg":"tool called",` + ada + `"tool":"read_query","sql":"DELETE FROM Orders","outcome":"denied","rows":0,"cached":false,"bytes":0`},
		{"a forged line", useTool("read_query", map[string]any{"query": "SELECT 1\n{\"msg\":\"tool called\"}\x1b[2J"}),
			`"msg":"tool called",` + ada + `"tool":"read_query","sql":"SELECT 1\n{\"msg\":\"tool called\"}\u001b[2J","outcome":"invalid","rows":0,"cached":false,"bytes":0`},
		{"a query that is too long", useTool("read_query", map[string]any{"query": strings.Repeat("é", 8193)}),
			`"msg":"tool called",` + ada + `"tool":"read_query","sql":"` + strings.Repeat("é", 8192) + `… [2 more bytes]","outcome":"too_big","rows":0,"cached":false,"bytes":0`},
		{"a plan", useTool("explain_query", map[string]any{"query": "SELECT 1"}),
			`"msg":"tool called",` + ada + `"tool":"explain_query","sql":"SELECT 1","outcome":"ok","rows":1,"cached":false,"bytes":0`},
		{"the schema", useTool("list_tables", nil),
			`"msg":"tool called",` + ada + `"tool":"list_tables","outcome":"ok","rows":6,"cached":false,"bytes":0`},
		{"a table", useTool("describe_table", map[string]any{"table_name": "Orders"}),
			`"msg":"tool called",` + ada + `"tool":"describe_table","arguments":"{\"table_name\":\"Orders\"}","outcome":"ok","rows":3,"cached":false,"bytes":0`},
		{"arguments that are none", useTool("describe_table", []int{1}),
			`"msg":"tool called",` + ada + `"tool":"describe_table","arguments":"[1]","outcome":"invalid","rows":0,"cached":false,"bytes":0`},
		{"who is asking", useTool("whoami", nil),
			`"msg":"tool called",` + ada + `"tool":"whoami","outcome":"ok","rows":1,"cached":false,"bytes":0`},
		{"a tool that is left out", useTool("find_values", map[string]any{"text": "Chai"}),
			`"msg":"tool called",` + ada + `"tool":"find_values","arguments":"{\"text\":\"Chai\"}","outcome":"forbidden","rows":0,"cached":false,"bytes":0`},
		{"a tool that does not exist", useTool("drop_table", map[string]any{"query": "DROP TABLE Orders"}),
			`"msg":"tool called",` + ada + `"tool":"drop_table","sql":"DROP TABLE Orders","outcome":"unknown","rows":0,"cached":false,"bytes":0`},
		{"a resource", useResource("northwind://schema"),
			`"msg":"resource read",` + ada + `"uri":"northwind://schema","outcome":"ok","bytes":0`},
		{"a table as a resource", useResource("northwind://tables/Order%20Details"),
			`"msg":"resource read",` + ada + `"uri":"northwind://tables/Order%20Details","outcome":"ok","bytes":0`},
		{"a resource that does not exist", useResource("file:///etc/passwd"),
			`"msg":"resource read",` + ada + `"uri":"file:///etc/passwd","outcome":"unknown","bytes":0`},
		{"a prompt", usePrompt("analyze_sales", map[string]string{"period": "1997"}),
			`"msg":"prompt read",` + ada + `"prompt":"analyze_sales","arguments":"{\"period\":\"1997\"}","outcome":"ok","bytes":0`},
		{"a prompt with a wrong argument", usePrompt("analyze_sales", map[string]string{"period": "soon"}),
			`"msg":"prompt read",` + ada + `"prompt":"analyze_sales","arguments":"{\"period\":\"soon\"}","outcome":"invalid","bytes":0`},
		{"a prompt that does not exist", usePrompt("hack", nil),
			`"msg":"prompt read",` + ada + `"prompt":"hack","outcome":"unknown","bytes":0`},
	}
	rights, err := ParseRights(nil, []string{"find_values"})
	if err != nil {
		t.Fatal(err)
	}
	session, log := connectTo(t, open(t, Limits{}), slog.LevelInfo, HandlerOptions{Gateway: gateway(publicURL), Rights: rights}, asAda())
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			log.Reset()
			tt.do(t, session)
			got := someBytes.ReplaceAllString(log.String(), `"bytes":0`)
			if diff := cmp.Diff(`{"level":"INFO",`+tt.want+`,"request_id":"r-1"}`+"\n", got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
			if answered := strings.Contains(tt.want, `"outcome":"ok"`); answered != someBytes.MatchString(log.String()) {
				t.Errorf("the bytes are wrong: %s", log)
			}
		})
	}
}

// someBytes matches a size that is not zero.
var someBytes = regexp.MustCompile(`"bytes":[1-9][0-9]*`)

func TestAuditCountsWhatIsRead(t *testing.T) {
	session, log := connect(t, open(t, Limits{}), slog.LevelInfo)
	got, err := session.ReadResource(t.Context(), &mcp.ReadResourceParams{URI: "northwind://schema"})
	if err != nil {
		t.Fatal(err)
	}
	line := struct {
		Bytes int  `json:"bytes"`
		User  *any `json:"user"`
	}{}
	if err := json.Unmarshal(log.Bytes(), &line); err != nil {
		t.Fatal(err)
	}
	if line.Bytes != len(got.Contents[0].Text) || line.User != nil {
		t.Errorf("%d bytes were read; the log says %s", len(got.Contents[0].Text), log)
	}
}

func TestAuditOfCachedAnswers(t *testing.T) {
	log, lines := logLines()
	ctx := withRequest(t.Context(), request{id: "r-2", caller: &Caller{Subject: "user-1"}})
	audit{log: log}.write(ctx, use{event: toolCalled, name: "read_query", arguments: json.RawMessage(`{"query":"SELECT 1"}`), outcome: done, rows: 1, bytes: 9, cached: true})
	want := `{"level":"INFO","msg":"tool called","user":"user-1","email":"","tool":"read_query","sql":"SELECT 1","outcome":"ok","rows":1,"cached":true,"bytes":9,"request_id":"r-2"}` + "\n"
	if diff := cmp.Diff(want, lines.String()); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// TestAuditWithoutHTTP holds what a use without HTTP has: an id of its own, and nobody.
func TestAuditWithoutHTTP(t *testing.T) {
	log, lines := logLines()
	server, client := mcp.NewInMemoryTransports()
	if _, err := newServer(open(t, Limits{}), HandlerOptions{Logger: log}).Connect(t.Context(), server, nil); err != nil {
		t.Fatal(err)
	}
	session, err := mcp.NewClient(&mcp.Implementation{Name: "test", Version: "1"}, nil).Connect(t.Context(), client, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer session.Close()
	useTool("list_tables", map[string]any{"detail": "names"})(t, session)
	got := regexp.MustCompile(`"request_id":"[A-Z2-7]{26}"`).ReplaceAllString(someBytes.ReplaceAllString(lines.String(), `"bytes":0`), `"request_id":"own"`)
	want := `{"level":"INFO","msg":"tool called","tool":"list_tables","arguments":"{\"detail\":\"names\"}","outcome":"ok","rows":6,"cached":false,"bytes":0,"request_id":"own"}` + "\n"
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// TestReadmeOfTheAudit holds the list of fields in the page to a line that has them all, and to the names in it.
func TestReadmeOfTheAudit(t *testing.T) {
	page, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, section, found := strings.Cut(string(page), "\n## Who read what\n")
	if !found {
		t.Fatal("the page has no such section")
	}
	section, _, _ = strings.Cut(section, "\n## ")
	var documented []string
	for _, row := range regexp.MustCompile("(?m)^\\| (`[^|]*`) \\|").FindAllStringSubmatch(section, -1) {
		for _, name := range strings.Split(row[1], ", ") {
			documented = append(documented, strings.Trim(name, "`"))
		}
	}
	var written []string
	for _, u := range []use{
		{event: toolCalled, name: "read_query", arguments: json.RawMessage(`{"query":"SELECT 1","offset":1}`)},
		{event: resourceRead, name: schemaURI}, {event: promptRead, name: analyzeSalesName},
	} {
		var b strings.Builder
		log := slog.New(slog.NewJSONHandler(&b, nil))
		audit{log: log}.write(withRequest(t.Context(), request{id: "r", caller: &Caller{Subject: "u"}}), u)
		d := json.NewDecoder(strings.NewReader(b.String()))
		for depth := 0; ; {
			token, err := d.Token()
			if err != nil {
				break
			}
			if delim, ok := token.(json.Delim); ok {
				depth += map[json.Delim]int{'{': 1, '}': -1}[delim]
				continue
			}
			if name := token.(string); !slices.Contains(written, name) {
				written = append(written, name)
			}
			if _, err := d.Token(); err != nil || depth != 1 {
				t.Fatalf("the line is not flat: %s", b.String())
			}
		}
	}
	slices.Sort(documented)
	slices.Sort(written)
	if diff := cmp.Diff(written, documented); diff != "" {
		t.Errorf("the page lacks or has too many fields (-written +documented)\n%s", diff)
	}
	for _, ending := range []string{string(done), string(forbidden), string(unknown), string(Invalid), string(Denied), string(Timeout), string(Canceled), string(Memory), string(TooBig), string(Busy), string(Failed)} {
		if !strings.Contains(section, "`"+ending+"`") {
			t.Errorf("the page does not explain the outcome %s", ending)
		}
	}
}
