package toolbox

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/pomerium/pomchat/app/chat"
)

func TestConvert(t *testing.T) {
	size, one, two, four, ninety := int64(9), 1, 2, 4, 90
	text := func(s ...string) []mcp.Content {
		var out []mcp.Content
		for _, s := range s {
			out = append(out, &mcp.TextContent{Text: s})
		}
		return out
	}
	for _, tt := range []struct {
		name string
		in   mcp.CallToolResult
		most int
		want chat.ToolResult
	}{
		{name: "nothing stays nothing", most: 99},
		{
			name: "texts are lines", most: 99,
			in:   mcp.CallToolResult{Content: text("one", "two")},
			want: chat.ToolResult{Text: "one\ntwo"},
		},
		{
			name: "a failure stays one", most: 99,
			in:   mcp.CallToolResult{Content: text("no such table"), IsError: true},
			want: chat.ToolResult{Text: "no such table", IsError: true},
		},
		{
			name: "other kinds are described", most: 999,
			in: mcp.CallToolResult{Content: []mcp.Content{
				&mcp.ImageContent{MIMEType: "image/png", Data: []byte("abc")},
				&mcp.AudioContent{MIMEType: "audio/wav", Data: []byte("ab")},
				&mcp.ResourceLink{Name: "orders", URI: "db://orders", Size: &size},
				&mcp.EmbeddedResource{Resource: &mcp.ResourceContents{URI: "db://a", Text: "plain"}},
				&mcp.EmbeddedResource{Resource: &mcp.ResourceContents{URI: "db://b", MIMEType: "x/y", Blob: []byte("abcd")}},
				&mcp.EmbeddedResource{},
			}},
			want: chat.ToolResult{Text: strings.Join([]string{
				"[Image, image/png, 3 bytes; it cannot be shown here.]",
				"[Sound, audio/wav, 2 bytes; it cannot be played here.]",
				`[Resource "orders" at db://orders; it was not fetched.]`,
				"plain",
				"[Resource db://b, x/y, 4 bytes; it cannot be shown here.]",
				"[An empty resource.]",
			}, "\n")},
		},
		{
			name: "data without a text is read as text", most: 99,
			in:   mcp.CallToolResult{StructuredContent: json.RawMessage(`{"b":"x","a":1.5}`)},
			want: chat.ToolResult{Text: `{"b":"x","a":1.5}`, Structured: json.RawMessage(`{"b":"x","a":1.5}`)},
		},
		{
			name: "data has its numbers exactly and its keys in order", most: 99,
			in:   mcp.CallToolResult{Content: text("t"), StructuredContent: json.RawMessage(`{"b": 2.50, "a": 12345678901234567890}`)},
			want: chat.ToolResult{Text: "t", Structured: json.RawMessage(`{"b":2.50,"a":12345678901234567890}`)},
		},
		{
			name: "no data is none", most: 99,
			in:   mcp.CallToolResult{Content: text("t"), StructuredContent: json.RawMessage(`null`)},
			want: chat.ToolResult{Text: "t"},
		},
		{
			name: "the rows of data are counted", most: 99,
			in:   mcp.CallToolResult{Content: text("t"), StructuredContent: json.RawMessage(`{"columns":["n"],"rows":[[1],[2]],"total_rows":90}`)},
			want: chat.ToolResult{Text: "t", Structured: json.RawMessage(`{"columns":["n"],"rows":[[1],[2]],"total_rows":90}`), RowCount: &ninety},
		},
		{
			name: "and those of a text", most: 99,
			in:   mcp.CallToolResult{Content: text(`[{"n": 1}]`)},
			want: chat.ToolResult{Text: `[{"n": 1}]`, RowCount: &one},
		},
		{
			name: "rows that are no list are no rows", most: 99,
			in:   mcp.CallToolResult{Content: text("t"), StructuredContent: map[string]any{"rows": 3.0}},
			want: chat.ToolResult{Text: "t", Structured: json.RawMessage(`{"rows":3}`)},
		},
		{
			name: "a long text is cut between characters", most: 6,
			in:   mcp.CallToolResult{Content: text("größer")},
			want: chat.ToolResult{Text: "größ\n\n[Cut here: the result has 8 bytes, of which these are the first 6.]"},
		},
		{
			name: "never inside one", most: 3,
			in:   mcp.CallToolResult{Content: text("größer")},
			want: chat.ToolResult{Text: "gr\n\n[Cut here: the result has 8 bytes, of which these are the first 2.]"},
		},
		{
			name: "a long table in a text keeps whole rows, and says how many there are", most: 150,
			in:   mcp.CallToolResult{Content: text(`[{"n":1,"s":"` + strings.Repeat("x", 10) + `"},{"n":2,"s":"y"},{"n":3,"s":"` + strings.Repeat("z", 200) + `"},{"n":4,"s":""}]`)},
			want: chat.ToolResult{Text: `{"columns":[{"name":"n"},{"name":"s"}],"rows":[[1,"xxxxxxxxxx"],[2,"y"]],"row_count":2,"total_rows":4,"truncated":true}`, RowCount: &four},
		},
		{
			name: "so does one in the data", most: 130,
			in:   mcp.CallToolResult{Content: text("t"), StructuredContent: json.RawMessage(`{"columns":["n"],"rows":[[1],["` + strings.Repeat("x", 200) + `"]],"total_rows":90}`)},
			want: chat.ToolResult{Text: "t", Structured: json.RawMessage(`{"columns":[{"name":"n"}],"rows":[[1]],"row_count":1,"total_rows":90,"truncated":true}`), RowCount: &ninety},
		},
		{
			name: "a failure is no table", most: 6,
			in:   mcp.CallToolResult{Content: text(`[{"n":1}]`), IsError: true},
			want: chat.ToolResult{Text: "[{\"n\":\n\n[Cut here: the result has 9 bytes, of which these are the first 6.]", IsError: true},
		},
		{
			name: "data of which no row fits is left out, and its rows still counted", most: 9,
			in: mcp.CallToolResult{Content: text("t"), StructuredContent: json.RawMessage(`[{"n":1},{"n":2}]`)},
			want: chat.ToolResult{
				Text:     "t\n\n[The result as data has 17 bytes, more than the 9 that are kept, and was left out.]",
				RowCount: &two,
			},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var came bytes.Buffer
			if err := json.NewEncoder(&came).Encode(&tt.in); err != nil {
				t.Fatal(err)
			}
			got, err := convert(&tt.in, came.Bytes(), tt.most)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}
