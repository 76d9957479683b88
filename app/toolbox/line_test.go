package toolbox

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

func TestAQuestionOutsideOfCallsIsDeclined(t *testing.T) {
	got, err := newLine(nil).elicit(t.Context(), &mcp.ElicitRequest{Params: &mcp.ElicitParams{Message: "Who?"}})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(&mcp.ElicitResult{Action: "decline"}, got); diff != "" {
		t.Error(diff)
	}
}

func TestAStreamIsOverheard(t *testing.T) {
	const changed = `{"jsonrpc":"2.0","method":"notifications/tools/list_changed"}`
	for _, tt := range []struct {
		name, stream string
		want         int
	}{
		{"nothing", "", 0},
		{"one notice", "event: message\nid: 1\ndata: " + changed + "\n\n", 1},
		{"two, with comments between", "data:" + changed + "\n\n: still here\n\ndata: " + changed + "\n\n", 2},
		{"one in several lines", "data: {\"jsonrpc\":\"2.0\",\ndata: \"method\":\"notifications/tools/list_changed\"}\n\n", 1},
		{"one with other ends of lines", "data: " + changed + "\r\n\r\n", 1},
		{"one that breaks off", "data: " + changed + "\n", 0},
		{"a request", `data: {"jsonrpc":"2.0","id":1,"method":"notifications/tools/list_changed"}` + "\n\n", 0},
		{"garbage, then one", "data: {{{\n\ndata: " + changed + "\n\n", 1},
		{"a line without end, and no more", "data: " + strings.Repeat("x", maxNotice) + "\n\ndata: " + changed + "\n\n", 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := 0
			newLine(func() { got++ }).overhear(strings.NewReader(tt.stream))
			if got != tt.want {
				t.Errorf("heard %d notices, want %d", got, tt.want)
			}
		})
	}
}

func FuzzOverhear(f *testing.F) {
	f.Add([]byte("data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":{\"progressToken\":\"a\"}}\n\n"))
	f.Add([]byte("data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/elicitation/complete\",\"params\":null}\n\n"))
	f.Fuzz(func(_ *testing.T, stream []byte) {
		newLine(func() {}).overhear(bytes.NewReader(stream))
	})
}
