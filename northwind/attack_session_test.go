package northwind

import (
	"encoding/json"
	"log/slog"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// TestAttacksThroughASession sends the corpus, memory bombs aside, as an MCP client: the statements to read_query, the calls as they
// are. The log of the server says how each ended.
func TestAttacksThroughASession(t *testing.T) {
	corpus := attacks(t)
	patient, hasty := besiege(t, time.Minute), besiege(t, bombTime)
	patientSession, patientLog := connect(t, patient.db, slog.LevelInfo)
	hastySession, hastyLog := connect(t, hasty.db, slog.LevelInfo)
	t.Chdir(t.TempDir())
	for _, a := range corpus {
		if slices.Contains(a.want, string(Memory)) {
			continue // TestAttacks has them; they take seconds, and the way to them is the same
		}
		t.Run(a.name, func(t *testing.T) {
			s, session, log := patient, patientSession, patientLog
			if slices.Contains(a.want, string(Timeout)) {
				s, session, log = hasty, hastySession, hastyLog
			}
			tool, arguments := a.tool, any(a.arguments)
			if a.sql != "" || tool == "" {
				tool, arguments = "read_query", map[string]any{"query": a.sql}
			}
			log.Reset()
			text, _, failed := call(t, session, tool, arguments)
			var line struct{ Outcome string }
			if err := json.Unmarshal(log.Bytes(), &line); err != nil {
				t.Fatalf("%v in the log %s", err, log)
			}
			if line.Outcome == "ok" {
				line.Outcome = answered
			}
			if failed != (line.Outcome != answered) {
				t.Errorf("the client sees an error: %t, the log says %s", failed, line.Outcome)
			}
			a.judge(t, line.Outcome, text)
			s.assertUnharmed(t)
		})
	}
}

// TestAttacksAsEveryArgument sends each statement of the corpus, and values of wrong kinds, as each argument of each
// tool that the server lists, but as the query of read_query. No call may break the session or leave a trace; whatever
// takes the value takes it as data.
func TestAttacksAsEveryArgument(t *testing.T) {
	bulk(t)
	corpus := attacks(t)
	s := besiege(t, time.Minute)
	session, _ := connect(t, s.db, slog.LevelError)
	t.Chdir(t.TempDir())
	values := []any{
		"", " ", "\x00", "💥", "../../etc/passwd", `"Orders`, "Orders;", strings.Repeat("%", 200),
		-1, 0, 1e99, -9223372036854775808, 0.5, json.RawMessage("9223372036854775808"),
		nil, true, []any{}, map[string]any{}, []any{[]any{"x"}}, map[string]any{"$ne": 1},
		json.RawMessage(strings.Repeat("[", 500) + strings.Repeat("]", 500)),
	}
	for _, a := range corpus {
		if a.sql != "" {
			values = append(values, a.sql)
		}
	}
	list, err := session.ListTools(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, tool := range list.Tools {
		schema := inputOf(t, tool)
		for _, argument := range slices.Sorted(maps.Keys(schema.Properties)) {
			if tool.Name == "read_query" && argument == "query" {
				continue // TestAttacksThroughASession knows what each must come to
			}
			t.Run(tool.Name+"/"+argument, func(t *testing.T) {
				arguments := schema.honest()
				for _, value := range values {
					arguments[argument] = value
					call(t, session, tool.Name, arguments)
					if schema.Properties[argument].is("array") {
						arguments[argument] = []any{value}
						call(t, session, tool.Name, arguments)
					}
				}
				s.assertUnharmed(t)
			})
		}
	}
}

// toolInput is what a test needs of a tool's input schema.
type toolInput struct {
	Properties map[string]property `json:"properties"`
	Required   []string            `json:"required"`
}

type property struct {
	Type any   `json:"type"` // a name or a list of names
	Enum []any `json:"enum"`
}

func inputOf(t *testing.T, tool *mcp.Tool) toolInput {
	t.Helper()
	raw, err := json.Marshal(tool.InputSchema)
	if err != nil {
		t.Fatal(err)
	}
	var in toolInput
	if err := json.Unmarshal(raw, &in); err != nil {
		t.Fatal(err)
	}
	if len(in.Properties) == 0 {
		t.Fatalf("%s lists no arguments", tool.Name)
	}
	return in
}

// is reports whether the property may be of that type of JSON.
func (p property) is(kind string) bool {
	kinds, _ := p.Type.([]any)
	return p.Type == kind || slices.Contains(kinds, any(kind))
}

// honest returns harmless values for the required arguments.
func (in toolInput) honest() map[string]any {
	arguments := map[string]any{}
	for _, name := range in.Required {
		switch p := in.Properties[name]; {
		case len(p.Enum) > 0:
			arguments[name] = p.Enum[0]
		case name == "query":
			arguments[name] = "SELECT 1"
		case p.is("integer"), p.is("number"):
			arguments[name] = 1
		case p.is("array"):
			arguments[name] = []any{}
		default:
			arguments[name] = "Orders"
		}
	}
	return arguments
}
