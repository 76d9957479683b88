package northwind

import (
	"fmt"
	"strings"
)

// memoRequest is a request to the endpoint, and whether its answer is kept. In the body, $id stands for the id.
type memoRequest struct {
	name    string
	kept    bool
	body    string
	headers map[string]string // besides the usual ones; an empty value takes a usual one away
	method  string            // POST if empty
	path    string            // /mcp if empty
	chunked bool              // its length is not told beforehand
}

// memoRequests is everything that clients send in every revision, and what they should not send.
func memoRequests() []memoRequest {
	var all []memoRequest
	for _, version := range []string{"", "2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25", "2026-07-28"} {
		all = append(all, conversationOf(version)...)
	}
	return append(append(all, strangeBodies()...), strangeHeaders()...)
}

const memoMeta = `"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientInfo":{"name":"test","version":"1"},"io.modelcontextprotocol/clientCapabilities":{}}`

// conversationOf has every method and tool, as a client of the revision sends it.
func conversationOf(version string) []memoRequest {
	var all []memoRequest
	add := func(kept bool, method, name, params string) {
		r := memoRequest{name: strings.TrimSpace(version + " " + method + " " + name), kept: kept, headers: map[string]string{}}
		if version != "" {
			r.headers["Mcp-Protocol-Version"] = version
		}
		if version == "2026-07-28" {
			params = strings.TrimPrefix(params+","+memoMeta, ",")
			r.headers["Mcp-Method"] = method
			if name != "" {
				r.headers["Mcp-Name"] = name
			}
		}
		r.body = fmt.Sprintf(`{"jsonrpc":"2.0","id":$id,"method":%q,"params":{%s}}`, method, params)
		all = append(all, r)
	}
	tool := func(kept bool, name, arguments string) {
		add(kept, "tools/call", name, fmt.Sprintf(`"name":%q,"arguments":%s`, name, arguments))
	}
	add(false, "initialize", "", `"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"test","version":"1"}`)
	add(false, "server/discover", "", "")
	add(false, "ping", "", "")
	add(true, "tools/list", "", "")
	add(true, "resources/list", "", "")
	add(true, "resources/templates/list", "", "")
	add(true, "prompts/list", "", "")
	add(false, "resources/read", "northwind://schema", `"uri":"northwind://schema"`)
	add(false, "prompts/get", "explore_database", `"name":"explore_database"`)
	add(false, "completion/complete", "", `"ref":{"type":"ref/resource","uri":"northwind://tables/{name}"},"argument":{"name":"name","value":"o"}`)
	add(false, "nothing/known", "", "")
	tool(true, "list_tables", `{}`)
	tool(true, "describe_table", `{"table_name":"Orders"}`)
	tool(true, "read_query", `{"query":"SELECT * FROM Orders WHERE \"Group\" <> ? OR ? < 'ü \u00e4 <&>'","params":["b",1.50],"max_rows":2}`)
	tool(true, "explain_query", `{"query":"SELECT * FROM Orders"}`)
	tool(true, "find_values", `{"text":"tea"}`)
	tool(true, "get_query_examples", `{"topic":"revenue"}`)
	tool(false, "update", `{"query":"DELETE FROM Orders"}`)
	tool(false, "whoami", `{}`)
	tool(false, "nothing_known", `{}`)
	tool(false, "read_query", `{"query":"SELECT Nme FROM Orders"}`)
	tool(false, "read_query", `{"query":"SELECT date('now'), random() * 0"}`)
	tool(false, "read_query", `{"query":"SELECT strftime('%Y', ?)","params":["now"]}`)
	tool(false, "read_query", `{"query":"SELECT 1","nothing":1}`)
	tool(false, "read_query", `{"query":7}`)
	tool(false, "describe_table", `{"table_name":"Nowhere"}`)
	return all
}

// strangeBodies are calls of tools/list that are unlike those that clients send.
func strangeBodies() []memoRequest {
	return []memoRequest{
		{name: "no params", kept: true, body: `{"jsonrpc":"2.0","id":$id,"method":"tools/list"}`},
		{name: "the id last, and blanks", kept: true, body: " {\n\"method\" : \"tools/list\", \"jsonrpc\":\"2.0\",\t\"id\" : $id }\r\n"},
		{name: "a token for progress", kept: true, body: `{"jsonrpc":"2.0","id":$id,"method":"tools/list","params":{"_meta":{"progressToken":1}}}`},
		{name: "an unknown member", kept: true, body: `{"jsonrpc":"2.0","id":$id,"method":"tools/list","extra":[{"id":3}]}`},
		{name: "an ID in capitals", body: `{"jsonrpc":"2.0","id":$id,"ID":77,"Method":"ping","method":"tools/list"}`},
		{name: "an id within params", kept: true, body: `{"jsonrpc":"2.0","params":{"id":"}"},"id":$id,"method":"tools/list"}`},
		{name: "bytes that are no UTF-8", kept: true, body: "{\"jsonrpc\":\"2.0\",\"id\":$id,\"method\":\"tools/call\",\"params\":{\"name\":\"find_values\",\"arguments\":{\"text\":\"t\xffa\"}}}"},
		{name: "half of a character in an escape", kept: true, body: `{"jsonrpc":"2.0","id":$id,"method":"tools/call","params":{"name":"find_values","arguments":{"text":"t\ud800a"}}}`},
		{name: "an argument twice", body: `{"jsonrpc":"2.0","id":$id,"method":"tools/call","params":{"name":"find_values","arguments":{"text":"xx","text":"tea"}}}`},
		{name: "a name twice", body: `{"jsonrpc":"2.0","id":$id,"method":"tools/call","params":{"name":"whoami","name":"list_tables"}}`},
		{name: "params that are a list", body: `{"jsonrpc":"2.0","id":$id,"method":"tools/list","params":[]}`},
		{name: "a cursor that nobody gave", body: `{"jsonrpc":"2.0","id":$id,"method":"tools/list","params":{"cursor":"x"}}`},
		{name: "a batch", body: `[{"jsonrpc":"2.0","id":$id,"method":"tools/list"}]`},
		{name: "a batch in a revision without", body: `[{"jsonrpc":"2.0","id":$id,"method":"tools/list"}]`, headers: map[string]string{"Mcp-Protocol-Version": "2025-06-18"}},
		{name: "a notification", body: `{"jsonrpc":"2.0","method":"notifications/initialized"}`},
		{name: "a list without an id", body: `{"jsonrpc":"2.0","method":"tools/list"}`},
		{name: "an answer", body: `{"jsonrpc":"2.0","id":$id,"result":{}}`},
		{name: "the id twice", body: `{"jsonrpc":"2.0","id":$id,"method":"tools/list","id":5}`},
		{name: "the method twice", body: `{"jsonrpc":"2.0","id":$id,"method":"ping","method":"tools/list"}`},
		{name: "the id spelled with escapes", body: `{"jsonrpc":"2.0","id":$id,"\u0069d":5,"method":"tools/list"}`},
		{name: "another version", body: `{"jsonrpc":"1.0","id":$id,"method":"tools/list"}`},
		{name: "no version", body: `{"id":$id,"method":"tools/list"}`},
		{name: "null for an id", body: `{"jsonrpc":"2.0","id":null,"method":"tools/list"}`},
		{name: "a negative id", body: `{"jsonrpc":"2.0","id":-1,"method":"tools/list"}`},
		{name: "a fraction for an id", body: `{"jsonrpc":"2.0","id":1.5,"method":"tools/list"}`},
		{name: "a large id", body: `{"jsonrpc":"2.0","id":9007199254740993,"method":"tools/list"}`},
		{name: "an id with a quote", body: `{"jsonrpc":"2.0","id":"\"","method":"tools/list"}`},
		{name: "an id with a mark of HTML", body: `{"jsonrpc":"2.0","id":"<ä>","method":"tools/list"}`},
		{name: "a list for an id", body: `{"jsonrpc":"2.0","id":[1],"method":"tools/list"}`},
		{name: "more after the end", body: `{"jsonrpc":"2.0","id":$id,"method":"tools/list"} x`},
		{name: "no end", body: `{"jsonrpc":"2.0","id":$id,"method":"tools/list"`},
		{name: "wrong brackets inside", body: `{"jsonrpc":"2.0","id":$id,"method":"tools/list","params":{]}}`},
		{name: "a NUL", body: "{\"jsonrpc\":\"2.0\",\"id\":\x00,\"method\":\"tools/list\"}"},
		{name: "a byte order mark", body: "\ufeff" + `{"jsonrpc":"2.0","id":$id,"method":"tools/list"}`},
		{name: "far too deep", body: `{"jsonrpc":"2.0","id":$id,"method":"tools/list","params":` + strings.Repeat(`{"a":`, 2000) + "1" + strings.Repeat("}", 2000) + `}`},
		{name: "nothing", body: ""},
		{name: "a length that is not told", kept: true, chunked: true, body: `{"jsonrpc":"2.0","id":$id,"method":"tools/list","params":{"chunked":true}}`},
		{name: "too much of a length that is not told", chunked: true, body: `{"jsonrpc":"2.0","id":$id,"method":"tools/list","x":"` + strings.Repeat("x", maxBody) + `"}`},
		{name: "too much", body: `{"jsonrpc":"2.0","id":$id,"method":"tools/list","x":"` + strings.Repeat("x", maxBody) + `"}`},
	}
}

// strangeHeaders are ordinary calls under headers, methods and paths that are not.
func strangeHeaders() []memoRequest {
	const list = `{"jsonrpc":"2.0","id":$id,"method":"tools/list"}`
	const newest = `{"jsonrpc":"2.0","id":$id,"method":"tools/call","params":{"name":"list_tables",` + memoMeta + `}}`
	with := func(headers ...string) map[string]string {
		m := map[string]string{}
		for i := 0; i < len(headers); i += 2 {
			m[headers[i]] = headers[i+1]
		}
		return m
	}
	return []memoRequest{
		{name: "GET", method: "GET"},
		{name: "DELETE", method: "DELETE"},
		{name: "PUT", method: "PUT", body: list},
		{name: "a query in the URL", path: "/mcp?x=1", body: list},
		{name: "no Accept", body: list, headers: with("Accept", "")},
		{name: "any Accept", kept: true, body: list, headers: with("Accept", "*/*")},
		{name: "JSON alone", body: list, headers: with("Accept", "application/json")},
		{name: "streams alone", body: list, headers: with("Accept", "text/event-stream")},
		{name: "a form", body: list, headers: with("Content-Type", "application/x-www-form-urlencoded")},
		{name: "no type", body: list, headers: with("Content-Type", "")},
		{name: "a type with a charset", kept: true, body: list, headers: with("Content-Type", "application/json; charset=utf-8")},
		{name: "a compressed body", body: list, headers: with("Content-Encoding", "gzip")},
		{name: "a session", body: list, headers: with("Mcp-Session-Id", "s")},
		{name: "a place to resume from", body: list, headers: with("Last-Event-Id", "1")},
		{name: "an unknown revision", body: list, headers: with("Mcp-Protocol-Version", "2020-01-01")},
		{name: "a future revision", body: list, headers: with("Mcp-Protocol-Version", "2099-01-01", "Mcp-Method", "tools/list")},
		{name: "newest, no Mcp-Method", body: newest, headers: with("Mcp-Protocol-Version", "2026-07-28", "Mcp-Name", "list_tables")},
		{name: "newest, another Mcp-Method", body: newest, headers: with("Mcp-Protocol-Version", "2026-07-28", "Mcp-Method", "tools/list", "Mcp-Name", "list_tables")},
		{name: "newest, another Mcp-Name", body: newest, headers: with("Mcp-Protocol-Version", "2026-07-28", "Mcp-Method", "tools/call", "Mcp-Name", "whoami")},
		{name: "newest, no header", body: newest},
		{name: "newest, an older header", body: newest, headers: with("Mcp-Protocol-Version", "2025-06-18")},
		{name: "newest, no meta", body: list, headers: with("Mcp-Protocol-Version", "2026-07-28", "Mcp-Method", "tools/list")},
		{name: "newest, a header of an argument", body: newest, headers: with("Mcp-Protocol-Version", "2026-07-28", "Mcp-Method", "tools/call", "Mcp-Name", "list_tables", "Mcp-Param-X", "1")},
	}
}
