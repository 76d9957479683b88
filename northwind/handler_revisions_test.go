package northwind

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// newest is the revision without a handshake; the others have one.
const newest = "2026-07-28"

func revisions() []string {
	return []string{"2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25", newest}
}

// newestMeta is what each request of that revision tells about its client.
const newestMeta = `"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientInfo":{"name":"test","version":"1"},"io.modelcontextprotocol/clientCapabilities":{}}`

// step is one message of a client, and what the server answers. In the answer, what is long or changes stands as "…".
type step struct {
	method, name, params, want string
}

// conversation is what a client of the revision says. Results are the same in all, but for what the newest tells of each:
// its type, and the server. What may be cached older clients read over.
func conversation(revision string) []step {
	const capabilities = `{"completions":{},"prompts":{},"resources":{},"tools":{}}`
	const server = `{"name":"northwind","title":"Northwind","version":"v1.2.3"}`
	complete := ""
	start := []step{
		{"initialize", "", `"protocolVersion":"` + revision + `","capabilities":{},"clientInfo":{"name":"test","version":"1"}`,
			`{"capabilities":` + capabilities + `,"instructions":"…","protocolVersion":"` + revision + `","serverInfo":` + server + `}`},
		{"notifications/initialized", "", "", ""},
		{"ping", "", "", `{}`},
	}
	if revision == newest {
		const meta = `"_meta":{"io.modelcontextprotocol/serverInfo":` + server + `},`
		complete = meta + `"resultType":"complete",`
		start = []step{{"server/discover", "", "", `{"capabilities":` + capabilities + `,"instructions":"…","supportedVersions":["2026-07-28","2025-11-25","2025-06-18","2025-03-26","2024-11-05"],` + complete + `"cacheScope":"public","ttlMs":0}`}}
	}
	listed := `"cacheScope":"public","ttlMs":3600000,` + complete
	private := `"cacheScope":"private","ttlMs":0,` + complete
	return append(start,
		step{"tools/list", "", "", `{` + listed + `"tools":"…"}`},
		step{"tools/call", "read_query", `"name":"read_query","arguments":{"query":"SELECT 1 AS n"}`,
			`{` + complete + `"content":[{"type":"text","text":"1 row\nn\n1"}],"structuredContent":{"columns":[{"name":"n","type":"integer"}],"rows":[[1]],"row_count":1,"total_rows":1,"total_is_exact":true,"truncated":false,"next_offset":null,"cells_cut":0,"elapsed_ms":"…"}}`},
		step{"tools/call", "read_query", `"name":"read_query","arguments":{"query":"DROP TABLE Orders"}`,
			`{` + complete + `"content":[{"type":"text","text":"DROP is blocked\nThis server only reads: send one SELECT, WITH … SELECT, VALUES or EXPLAIN statement."}],"isError":true}`},
		step{"tools/call", "nothing", `"name":"nothing"`, `{"code":-32602,"message":"unknown tool \"nothing\""}`},
		step{"resources/list", "", "", `{` + listed + `"resources":"…"}`},
		step{"resources/templates/list", "", "", `{` + listed + `"resourceTemplates":"…"}`},
		step{"resources/read", "northwind://schema", `"uri":"northwind://schema"`,
			`{` + private + `"contents":[{"uri":"northwind://schema","mimeType":"text/plain","text":"…"}]}`},
		step{"prompts/list", "", "", `{` + listed + `"prompts":"…"}`},
		step{"prompts/get", "explore_database", `"name":"explore_database"`,
			`{` + complete + `"description":"Explore the Northwind database","messages":[{"role":"user","content":{"type":"text","text":"…"}}]}`},
		step{"completion/complete", "", `"ref":{"type":"ref/resource","uri":"northwind://tables/{name}"},"argument":{"name":"name","value":"prod"}`,
			`{` + complete + `"completion":{"values":["Products"],"total":1}}`},
	)
}

// message writes a step as JSON-RPC. A notification has no id.
func (s step) message(id int, revision string) string {
	params := s.params
	if revision == newest {
		params = strings.TrimSuffix(newestMeta+","+params, ",")
	}
	m := fmt.Sprintf(`"method":%q`, s.method)
	if params != "" {
		m += `,"params":{` + params + `}`
	}
	if s.want != "" {
		m = fmt.Sprintf(`"id":%d,%s`, id, m)
	}
	return `{"jsonrpc":"2.0",` + m + `}`
}

// compare holds a whole answer to what is wanted of it.
func (s step) compare(t *testing.T, id int, raw string) {
	t.Helper()
	var got struct {
		Version       string `json:"jsonrpc"`
		ID            int    `json:"id"`
		Result, Error any
	}
	if err := json.Unmarshal([]byte(raw), &got); err != nil {
		t.Fatalf("%s: %v in %s", s.method, err, raw)
	}
	var want any
	if err := json.Unmarshal([]byte(s.want), &want); err != nil {
		t.Fatal(err)
	}
	value := got.Result
	if got.Error != nil {
		value = got.Error
	}
	if diff := cmp.Diff(want, elide(want, value)); diff != "" || got.Version != "2.0" || got.ID != id {
		t.Errorf("%s %s: version %q, id %d (-want +got)\n%s", s.method, s.name, got.Version, got.ID, diff)
	}
}

// elide puts "…" for what is not empty wherever want has it.
func elide(want, got any) any {
	switch w := want.(type) {
	case string:
		if list, ok := got.([]any); w == "…" && got != nil && got != "" && (!ok || len(list) > 0) {
			return "…"
		}
	case map[string]any:
		if g, ok := got.(map[string]any); ok {
			for name := range w {
				if value, ok := g[name]; ok {
					g[name] = elide(w[name], value)
				}
			}
		}
	case []any:
		if g, ok := got.([]any); ok && len(g) == len(w) {
			for i := range w {
				g[i] = elide(w[i], g[i])
			}
		}
	}
	return got
}

func TestRevisionsOverHTTP(t *testing.T) {
	web := httptest.NewServer(NewHandler(open(t, Limits{}), HandlerOptions{Version: "v1.2.3"}))
	defer web.Close()
	for _, revision := range revisions() {
		t.Run(revision, func(t *testing.T) {
			for id, s := range conversation(revision) {
				r := post(t, web.URL, s.message(id, revision))
				if revision >= "2025-06-18" && s.method != "initialize" {
					r.Header.Set("Mcp-Protocol-Version", revision)
				}
				if revision == newest {
					r.Header.Set("Mcp-Method", s.method)
					if s.name != "" {
						r.Header.Set("Mcp-Name", s.name)
					}
				}
				got := do(t, r)
				if s.want == "" {
					if diff := cmp.Diff(answer{Status: 202}, got); diff != "" {
						t.Errorf("%s (-want +got)\n%s", s.method, diff)
					}
					continue
				}
				status := 200
				if revision == newest && strings.HasPrefix(s.want, `{"code":`) {
					status = 400 // in this revision HTTP tells such errors too
				}
				if got.Status != status || got.Type != "application/json" {
					t.Errorf("%s: %+v", s.method, got)
				}
				s.compare(t, id, got.Body)
			}
		})
	}
}

func TestRevisionsOverStdio(t *testing.T) {
	for _, revision := range revisions() {
		t.Run(revision, func(t *testing.T) {
			in, toServer := io.Pipe()
			fromServer, out := io.Pipe()
			session, err := newServer(open(t, Limits{}), HandlerOptions{Version: "v1.2.3"}).Connect(t.Context(), &mcp.IOTransport{Reader: in, Writer: out}, nil)
			if err != nil {
				t.Fatal(err)
			}
			answers := bufio.NewReader(fromServer)
			for id, s := range conversation(revision) {
				if _, err := fmt.Fprintln(toServer, s.message(id, revision)); err != nil {
					t.Fatal(err)
				}
				if s.want == "" {
					continue
				}
				line, err := answers.ReadString('\n')
				if err != nil {
					t.Fatal(err)
				}
				s.compare(t, id, line)
			}
			if err := toServer.Close(); err != nil {
				t.Error(err)
			}
			if err := session.Wait(); err != nil {
				t.Errorf("the session ended with %v", err)
			}
		})
	}
}

// TestUnknownRevisions follows the sections on version negotiation: up to 2025-11-25 the server answers initialize with
// a revision that it knows; from 2026-07-28 on it refuses and lists those that it knows.
func TestUnknownRevisions(t *testing.T) {
	web := httptest.NewServer(NewHandler(open(t, Limits{}), HandlerOptions{Version: "v1.2.3"}))
	defer web.Close()
	for _, asked := range []string{"2024-10-07", "2099-01-01", "latest"} {
		t.Run("initialize with "+asked, func(t *testing.T) {
			s := conversation("2025-11-25")[0]
			s.params = strings.Replace(s.params, "2025-11-25", asked, 1)
			s.compare(t, 1, do(t, post(t, web.URL, s.message(1, "2025-11-25"))).Body)
		})
	}
	for _, tt := range []struct {
		name, header, message string
		want                  answer
	}{
		{"a header of an old revision that never was", "2024-10-07", listCall,
			answer{400, "text/plain; charset=utf-8", "Bad Request: Unsupported protocol version (supported versions: 2026-07-28,2025-11-25,2025-06-18,2025-03-26,2024-11-05)\n"}},
		{"a revision that is to come", "2099-01-01", strings.ReplaceAll(`{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{`+newestMeta+`}}`, newest, "2099-01-01"),
			answer{400, "application/json", `{"jsonrpc":"2.0","id":1,"error":{"code":-32022,"message":"…","data":{"supported":["2026-07-28","2025-11-25","2025-06-18","2025-03-26","2024-11-05"],"requested":"2099-01-01"}}}`}},
		{"a header that is not what the message says", "2025-11-25", `{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{` + newestMeta + `}}`,
			answer{400, "application/json", `{"jsonrpc":"2.0","id":1,"error":{"code":-32020,"message":"…"}}`}},
		{"no header", "", `{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{` + newestMeta + `}}`,
			answer{400, "application/json", `{"jsonrpc":"2.0","id":1,"error":{"code":-32020,"message":"…"}}`}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := post(t, web.URL, tt.message)
			if tt.header != "" {
				r.Header.Set("Mcp-Protocol-Version", tt.header)
				r.Header.Set("Mcp-Method", "tools/list")
			}
			got := do(t, r)
			got.Body = regexp.MustCompile(`"message":"[^"\\]*(\\.[^"\\]*)*"`).ReplaceAllString(got.Body, `"message":"…"`)
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}
