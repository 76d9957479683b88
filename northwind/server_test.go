package northwind

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/jsonschema-go/jsonschema"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// connect returns a client session with db's tools over HTTP, and the log of the server at the given level.
func connect(t *testing.T, db *DB, level slog.Level) (*mcp.ClientSession, *bytes.Buffer) {
	t.Helper()
	return connectTo(t, db, level, HandlerOptions{}, nil)
}

// connectTo is connect for a server with options and requests with headers. Times are left out of the log, and each
// request has the id r-1.
func connectTo(t *testing.T, db *DB, level slog.Level, opts HandlerOptions, headers map[string]string) (*mcp.ClientSession, *bytes.Buffer) {
	t.Helper()
	log := new(bytes.Buffer)
	opts.Version = "v1.2.3"
	opts.Logger = slog.New(slog.NewJSONHandler(log, &slog.HandlerOptions{Level: level, ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
		if a.Key == slog.TimeKey || a.Key == "ms" {
			return slog.Attr{}
		}
		return a
	}}))
	web := httptest.NewServer(NewHandler(db, opts))
	client := mcp.NewClient(&mcp.Implementation{Name: "test", Version: "1"}, nil)
	session, err := client.Connect(t.Context(), &mcp.StreamableClientTransport{
		Endpoint:             web.URL + "/mcp",
		HTTPClient:           &http.Client{Transport: withHeaders(headers)},
		DisableStandaloneSSE: true,
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		session.Close()
		web.Close()
	})
	return session, log
}

// withHeaders adds headers to each request.
type withHeaders map[string]string

func (h withHeaders) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.Header.Set("X-Request-Id", "r-1")
	for name, value := range h {
		r.Header.Set(name, value)
	}
	return http.DefaultTransport.RoundTrip(r)
}

// call runs a tool and returns its text, its structured content as JSON, and whether it is an error.
func call(t *testing.T, session *mcp.ClientSession, name string, arguments any) (text, structured string, failed bool) {
	t.Helper()
	result, err := session.CallTool(t.Context(), &mcp.CallToolParams{Name: name, Arguments: arguments})
	if err != nil {
		t.Fatalf("%s is an error of the protocol: %v", name, err)
	}
	if len(result.Content) != 1 {
		t.Fatalf("%s returned %d contents", name, len(result.Content))
	}
	if result.StructuredContent != nil {
		b, err := json.Marshal(result.StructuredContent)
		if err != nil {
			t.Fatal(err)
		}
		structured = string(b)
	}
	return result.Content[0].(*mcp.TextContent).Text, structured, result.IsError
}

func TestServerIntroducesItself(t *testing.T) {
	session, _ := connect(t, open(t, Limits{}), slog.LevelError)
	init := session.InitializeResult()
	if diff := cmp.Diff(&mcp.Implementation{Name: "northwind", Title: "Northwind", Version: "v1.2.3"}, init.ServerInfo); diff != "" {
		t.Errorf("server info (-want +got)\n%s", diff)
	}
	if diff := cmp.Diff(&mcp.ServerCapabilities{
		Tools: &mcp.ToolCapabilities{}, Resources: &mcp.ResourceCapabilities{}, Prompts: &mcp.PromptCapabilities{}, Completions: &mcp.CompletionCapabilities{},
	}, init.Capabilities); diff != "" {
		t.Errorf("capabilities (-want +got)\n%s", diff)
	}
	if n := len(strings.Fields(init.Instructions)); n > 120 {
		t.Errorf("the instructions have %d words, more than 120", n)
	}
	if !strings.Contains(init.Instructions, "Orders run from 1996-07-04 to 1997-01-31") {
		t.Errorf("the instructions do not tell the dates of the data: %s", init.Instructions)
	}
}

func TestToolListing(t *testing.T) {
	session, _ := connect(t, open(t, Limits{}), slog.LevelError)
	list, err := session.ListTools(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	listing, err := json.MarshalIndent(list.Tools, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "tools.json", string(listing)+"\n")
	for _, tool := range list.Tools {
		if !strings.Contains(session.InitializeResult().Instructions, tool.Name) {
			t.Errorf("the instructions do not name %s", tool.Name)
		}
	}
	if list.TTLMs == 0 || list.CacheScope != "public" {
		t.Errorf("the listing may be cached for %d ms by %s", list.TTLMs, list.CacheScope)
	}
}

func TestListingTellsTheNumberOfRows(t *testing.T) {
	session, _ := connect(t, open(t, Limits{MaxRows: 50}), slog.LevelError)
	list, err := session.ListTools(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, tool := range list.Tools {
		schema, err := json.Marshal(tool.InputSchema)
		if err != nil {
			t.Fatal(err)
		}
		if tool.Name == readQueryName && !strings.Contains(string(schema), `"max_rows":{"default":50,`) {
			t.Errorf("with at most 50 rows the schema is %s", schema)
		}
	}
}

func TestToolsAnswer(t *testing.T) {
	session, _ := connect(t, open(t, Limits{}), slog.LevelError)
	list, err := session.ListTools(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	schemas := map[string]*jsonschema.Resolved{}
	for _, tool := range list.Tools {
		schemas[tool.Name] = resolve(t, tool.OutputSchema)
	}
	tests := []struct {
		name, tool string
		arguments  any
		golden     string
	}{
		{"the overview is the default", "list_tables", nil, "list_overview.txt"},
		{"names alone", "list_tables", map[string]any{"detail": "names"}, "list_names.txt"},
		{"without views", "list_tables", map[string]any{"include_views": false}, "list_tables_only.txt"},
		{"a table by its name in another spelling", "describe_table", map[string]any{"table_name": "order_details"}, "describe_table.txt"},
		{"a view", "describe_table", map[string]any{"table_name": `"Order Totals"`}, "describe_view.txt"},
		{"a table with blobs and no index", "describe_table", map[string]any{"table_name": "Categories"}, "describe_blob.txt"},
		{"every kind of cell", "read_query", map[string]any{"query": "SELECT 1, 1.5, 'a|b', x'00', NULL, 9e999, 9223372036854775807, 1 AS d, 2 AS d"}, "read_cells.txt"},
		{"parameters and a page", "read_query", map[string]any{"query": "SELECT * FROM Customers WHERE CompanyName <> ? ORDER BY 1", "params": []any{"Nobody"}, "max_rows": 1, "offset": 1}, "read_page.txt"},
		{"no rows", "read_query", map[string]any{"query": "SELECT * FROM Orders WHERE 0"}, "read_nothing.txt"},
		{"a plan", "explain_query", map[string]any{"query": "SELECT CompanyName FROM Orders JOIN Customers USING (CustomerID) WHERE OrderID = ? ORDER BY 1", "params": []any{1}}, "explain.txt"},
		{"a value", "find_values", map[string]any{"text": "sohne"}, "find.txt"},
		{"a misspelt value", "find_values", map[string]any{"text": "Musterd", "limit": 3}, "find_near.txt"},
		{"a value that is nowhere", "find_values", map[string]any{"text": "Wellington"}, "find_nothing.txt"},
		{"an example", "get_query_examples", map[string]any{"topic": "reorder"}, "examples.txt"},
		{"a truncated result", "read_query", map[string]any{"query": "SELECT ProductName FROM Products", "max_rows": 2}, "read_truncated.txt"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			text, structured, failed := call(t, session, tt.tool, tt.arguments)
			if failed {
				t.Fatal(text)
			}
			var value map[string]any
			if err := json.Unmarshal([]byte(structured), &value); err != nil {
				t.Fatal(err)
			}
			if err := schemas[tt.tool].Validate(value); err != nil {
				t.Errorf("the result breaks the output schema: %v", err)
			}
			if _, ok := value["elapsed_ms"]; ok {
				value["elapsed_ms"] = 0
			}
			pretty, err := json.MarshalIndent(value, "", " ")
			if err != nil {
				t.Fatal(err)
			}
			golden(t, tt.golden, text+"\n\n"+string(pretty)+"\n")
		})
	}
}

func resolve(t *testing.T, schema any) *jsonschema.Resolved {
	t.Helper()
	raw, err := json.Marshal(schema)
	if err != nil {
		t.Fatal(err)
	}
	parsed := new(jsonschema.Schema)
	if err := json.Unmarshal(raw, parsed); err != nil {
		t.Fatal(err)
	}
	resolved, err := parsed.Resolve(nil)
	if err != nil {
		t.Fatal(err)
	}
	return resolved
}

func TestMistakesAreToolErrors(t *testing.T) {
	session, _ := connect(t, open(t, Limits{}), slog.LevelError)
	tests := []struct {
		name, tool string
		arguments  any
		want       string
	}{
		{"wrong SQL", "read_query", map[string]any{"query": "SELECT * FROM Order Details"}, "near \"Order\": syntax error\nThe name \"Order Details\" must be written in double quotes."},
		{"a write", "read_query", map[string]any{"query": "DROP TABLE Orders"}, "DROP is blocked\nThis server only reads: send one SELECT, WITH … SELECT, VALUES or EXPLAIN statement."},
		{"no query", "read_query", nil, "the argument query is missing"},
		{"an argument that does not exist", "read_query", map[string]any{"query": "SELECT 1", "limit": 5}, "read_query has no argument \"limit\"\nIts arguments are query, params, max_rows and offset."},
		{"an argument by a name like another", "read_query", map[string]any{"sql": "SELECT 1", "maxrows": 5}, "read_query has no argument \"maxrows\"\nIts arguments are max_rows, query, params and offset."},
		{"an argument by half of its name", "describe_table", map[string]any{"table": "Orders"}, "describe_table has no argument \"table\"\nIts only argument is table_name."},
		{"an argument with a long name", "find_values", map[string]any{strings.Repeat("x", 5000): 1}, "find_values has no argument \"" + strings.Repeat("x", 100) + "…\"\nIts arguments are text and limit."},
		{"an argument of the wrong type", "read_query", map[string]any{"query": "SELECT 1", "max_rows": "many"}, "the argument max_rows of read_query must be a whole number, not a string"},
		{"half a row", "read_query", map[string]any{"query": "SELECT 1", "max_rows": 2.5}, "the argument max_rows of read_query must be a whole number, not 2.5"},
		{"no number of rows", "read_query", map[string]any{"query": "SELECT 1", "offset": true}, "the argument offset of read_query must be a whole number, not true or false"},
		{"a number past all rows", "read_query", map[string]any{"query": "SELECT 1", "offset": json.Number("1e99")}, "the argument offset of read_query must be a whole number, not 1e99"},
		{"parameters by name", "read_query", map[string]any{"query": "SELECT :c", "params": map[string]any{"c": 1}}, "the argument params of read_query must be a list, not an object\nWrite ? for each value, and give the values in the same order, as in [\"Berlin\", 5]."},
		{"a number as a query", "read_query", map[string]any{"query": 5}, "the argument query of read_query must be a string, not a number"},
		{"a word for a choice", "list_tables", map[string]any{"include_views": "yes"}, "the argument include_views of list_tables must be true or false, not a string"},
		{"a list of arguments", "find_values", []any{"Chai"}, "the arguments of find_values are not one JSON object\nIts arguments are text and limit."},
		{"a list as a parameter", "read_query", map[string]any{"query": "SELECT ?", "params": []any{[]any{1}}}, "value 1 of params is a list or an object; it must be a string, number, boolean or null"},
		{"an unknown table", "describe_table", map[string]any{"table_name": "Costumers"}, "no such table: Costumers\nDid you mean Customers?"},
		{"a long name of a table", "describe_table", map[string]any{"table_name": strings.Repeat("x", 5000)}, "no such table: " + strings.Repeat("x", 100) + "…\nThere are: Categories, Customers, \"Order Details\", Orders, Products, \"Order Totals\"."},
		{"a long name in a query", "read_query", map[string]any{"query": "SELECT * FROM " + strings.Repeat("x", 5000)}, "no such table: " + strings.Repeat("x", 285) + "…\nThere are: Categories, Customers, \"Order Details\", Orders, Products, \"Order Totals\"."},
		{"no table", "describe_table", map[string]any{}, "the argument table_name is missing"},
		{"wrong SQL to explain", "explain_query", map[string]any{"query": "SELECT Nme FROM Customers"}, "no such column: Nme\nColumns of Customers: CustomerID, CompanyName, Country."},
		{"a write to explain", "explain_query", map[string]any{"query": "DROP TABLE Orders"}, "DROP is blocked\nThis server only reads: send one SELECT, WITH … SELECT, VALUES or EXPLAIN statement."},
		{"no query to explain", "explain_query", nil, "the argument query is missing"},
		{"no text to find", "find_values", map[string]any{"text": " "}, "the argument text is missing"},
		{"a text too long to find", "find_values", map[string]any{"text": strings.Repeat("x", 101)}, "text must be UTF-8 of 100 bytes at most\nLook for a distinctive part of it."},
		{"a negative limit", "find_values", map[string]any{"text": "x", "limit": -1}, "limit must not be negative"},
		{"an unknown topic", "get_query_examples", map[string]any{"topic": "profit"}, "there is no topic \"profit\"\nTopics are revenue, top_customers, monthly_sales, late_shipments, reorder, employee_sales."},
		{"an unknown detail", "list_tables", map[string]any{"detail": "all"}, "detail is \"all\"\nIt is overview or names."},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			text, structured, failed := call(t, session, tt.tool, tt.arguments)
			if !failed || structured != "" {
				t.Errorf("error %t, structured content %q", failed, structured)
			}
			if diff := cmp.Diff(tt.want, text); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// TestWholeNumbersHaveManySpellings has those that a model may write.
func TestWholeNumbersHaveManySpellings(t *testing.T) {
	session, _ := connect(t, open(t, Limits{}), slog.LevelError)
	for _, spelling := range []string{`2`, `2.0`, `"2"`, `" 2 "`, `2e0`, `20e-1`} {
		text, _, failed := call(t, session, "read_query", json.RawMessage(`{"query":"SELECT OrderID FROM Orders ORDER BY 1","offset":1,"max_rows":`+spelling+`}`))
		if want := "2 of 3 rows\nOrderID\n2\n3"; failed || text != want {
			t.Errorf("max_rows %s gives %q", spelling, text)
		}
	}
}

func TestParametersKeepTheirTypes(t *testing.T) {
	session, _ := connect(t, open(t, Limits{}), slog.LevelError)
	_, structured, _ := call(t, session, "read_query", map[string]any{
		"query":  "SELECT typeof(?1), ?1, typeof(?2), typeof(?3), typeof(?4), typeof(?5), ?5",
		"params": []any{json.Number("9007199254740993"), 1.0, json.Number("1.0"), nil, true},
	})
	var out QueryOutput
	if err := json.Unmarshal([]byte(structured), &out); err != nil {
		t.Fatal(err)
	}
	want := [][]any{{"integer", "9007199254740993", "integer", "real", "null", "integer", 1.0}}
	if diff := cmp.Diff(want, out.Rows); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}
