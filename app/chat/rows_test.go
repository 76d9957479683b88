package chat_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pomerium/pomchat/app/chat"
)

func TestRows(t *testing.T) {
	type cells = [][]any
	columns := func(names ...string) (all []chat.Column) {
		for _, n := range names {
			all = append(all, chat.Column{Name: n})
		}
		return all
	}
	n := func(s string) json.Number { return json.Number(s) }
	one := chat.Table{Columns: columns("a"), Rows: cells{{n("1")}}, Total: 1}
	for _, tt := range []struct {
		name, data string
		want       chat.Table // none if it has no columns
	}{
		{"an array of objects, in the order of their keys", `[{"z":1,"a":2.50},{"a":12345678901234567890,"b":null,"z":"x"}]`, chat.Table{
			Columns: columns("z", "a", "b"), Rows: cells{{n("1"), n("2.50"), nil}, {"x", n("12345678901234567890"), nil}}, Total: 2,
		}},
		{"columns and rows", `{"columns":["b","a"],"rows":[["x",true],["y"],["z",false]]}`, chat.Table{
			Columns: columns("b", "a"), Rows: cells{{"x", true}, {"y", nil}, {"z", false}}, Total: 3,
		}},
		{"cells without a column", `{"columns":["b"],"rows":[["x"],["y",1,"z"],[]]}`, chat.Table{
			Columns: columns("b", "column 2", "column 3"), Rows: cells{{"x", nil, nil}, {"y", n("1"), "z"}, {nil, nil, nil}}, Total: 3,
		}},
		{"fields and values", `{"fields":[{"name":"a","type":"INT"}],"values":[[1]]}`, chat.Table{Columns: []chat.Column{{Name: "a", Type: "INT"}}, Rows: one.Rows, Total: 1}},
		{"columns and data, with an index", `{"index":[0],"columns":["a"],"data":[[1]]}`, one},
		{"columns apart", `{"a":[1,2],"b":["x",null],"total":2}`, chat.Table{Columns: columns("a", "b"), Rows: cells{{n("1"), "x"}, {n("2"), nil}}, Total: 2}},
		{"columns of different lengths", `{"a":[1,2],"b":["x"]}`, chat.Table{}},
		{"one column apart", `{"names":["x","y"]}`, chat.Table{}},
		{"a list for each of two things", `{"a":[1],"b":[2]}`, chat.Table{}},
		{"a head and rows", `[["id","name"],[1,"x"],[2]]`, chat.Table{Columns: columns("id", "name"), Rows: cells{{n("1"), "x"}, {n("2"), nil}}, Total: 2}},
		{"a head and rows in a wrapper", `{"values":[["id","name"],[1,"x"]]}`, chat.Table{Columns: columns("id", "name"), Rows: cells{{n("1"), "x"}}, Total: 1}},
		{"rows without a head", `[[1,2],[3,4]]`, chat.Table{}},
		{"a head that names two columns alike", `[["a","a"],[1,2]]`, chat.Table{}},
		{"a head without rows", `[["a","b"]]`, chat.Table{}},
		{"a list of pairs of figures as texts", `[["1","2"],["3","4"]]`, chat.Table{}},
		{"results in data", `{"data":{"results":[{"a":1}],"next":null},"ok":true}`, one},
		{"results in data, that say how many there are", `{"data":{"results":[{"a":1}],"total":12}}`, chat.Table{Columns: columns("a"), Rows: one.Rows, Total: 12}},
		{"items of a total", `{"items":[{"a":1}],"total":99}`, chat.Table{Columns: columns("a"), Rows: one.Rows, Total: 99}},
		{"a total that is less, or is no count", `{"items":[{"a":1}],"total":0,"total_count":2.5}`, one},
		{"a record with a list in a wrapper", `{"order":{"id":1,"lines":[{"a":1}]}}`, chat.Table{}},
		{"a wrapper in a wrapper in a wrapper", `{"x":{"y":{"z":[{"a":1}]}}}`, chat.Table{}},
		{"columns with types, and how many rows there are in all", `{"columns":[{"name":"a","type":"real"}],"rows":[[1]],"row_count":1,"total_rows":830}`, chat.Table{
			Columns: []chat.Column{{Name: "a", Type: "real"}}, Rows: cells{{n("1")}}, Total: 830,
		}},
		{"a count that says less than there is", `{"columns":["a"],"rows":[[1],[2]],"total_rows":1}`, chat.Table{Columns: columns("a"), Rows: cells{{n("1")}, {n("2")}}, Total: 2}},
		{"columns with the same name", `{"columns":["a","a"],"rows":[[1,2]]}`, chat.Table{Columns: columns("a", "a"), Rows: cells{{n("1"), n("2")}}, Total: 1}},
		{"columns without rows", `{"columns":["a"],"rows":[],"total_rows":0}`, chat.Table{Columns: columns("a"), Rows: cells{}}},
		{"columns and objects", `{"columns":["b"],"rows":[{"a":1,"b":2},{"b":3}]}`, chat.Table{Columns: columns("b", "a"), Rows: cells{{n("2"), n("1")}, {n("3"), nil}}, Total: 2}},
		{"what is nested, as its text", `[{"a":{"x":[1, 2.0]},"b":[ ]}]`, chat.Table{Columns: columns("a", "b"), Rows: cells{{`{"x":[1,2.0]}`, `[]`}}, Total: 1}},
		{"escaped texts", `[{"\u0061\"":"\n\u00e9\ud83d\ude00","]}":"[{\\"}]`, chat.Table{Columns: columns(`a"`, "]}"), Rows: cells{{"\né😀", `[{\`}}, Total: 1}},
		{"a key twice, of which the last counts", `[{"a":0,"a":1}]`, one},
		{"a wrapper", `{"result":[{"a":1}]}`, one},
		{"a wrapper that counts", `{"orders":[{"a":1}],"total_rows":7}`, chat.Table{Columns: columns("a"), Rows: one.Rows, Total: 7}},
		{"a wrapper of columns and rows", `{"result":{"columns":["a"],"rows":[[1]]}}`, one},
		{"a wrapper of text", `{"result":" [{\"a\":1}]"}`, one},
		{"spaces everywhere", " [ { \"a\" :\t1 } ] \n", one},
		{"two lists, either of which could be meant", `{"x":[{"a":1}],"y":[{"a":1}]}`, chat.Table{}},
		{"a wrapper in a wrapper", `{"x":{"y":[{"a":1}]}}`, one},
		{"rows without columns", `{"rows":[[1],[2]]}`, chat.Table{}},
		{"rows that are no lists", `{"columns":["a"],"rows":[1]}`, chat.Table{}},
		{"columns without names", `{"columns":[1],"rows":[[1]]}`, chat.Table{}},
		{"an array of texts", `["a","b"]`, chat.Table{}},
		{"an array of this and that", `[{"a":1},2]`, chat.Table{}},
		{"an empty array", `[]`, chat.Table{}},
		{"empty objects", `[{},{}]`, chat.Table{}},
		{"one object", `{"a":1,"b":"x"}`, chat.Table{}},
		{"a number", `7`, chat.Table{}},
		{"half a table", `[{"a":1},{"a":`, chat.Table{}},
		{"nothing", ``, chat.Table{}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for what, r := range map[string]chat.ToolResult{
				"data": {Structured: json.RawMessage(tt.data), Text: "some words"},
				"text": {Text: tt.data},
			} {
				got, ok := chat.Rows(r)
				if ok != (tt.want.Columns != nil) {
					t.Errorf("as %s: ok is %t", what, ok)
				}
				if diff := cmp.Diff(tt.want, got); ok && diff != "" {
					t.Errorf("as %s: %s", what, diff)
				}
			}
		})
	}
	if _, ok := chat.Rows(chat.ToolResult{IsError: true, Text: `[{"a":1}]`}); ok {
		t.Error("a failure is a table")
	}
	if got, _ := chat.Rows(chat.ToolResult{Structured: json.RawMessage(`{"n":1}`), Text: `[{"a":1}]`}); !cmp.Equal(got, one) {
		t.Errorf("a text beside data that is no table: %v", got)
	}
}

// A text may hold its JSON among words, or line by line.
func TestRowsInTexts(t *testing.T) {
	two := chat.Table{Columns: []chat.Column{{Name: "a"}}, Rows: [][]any{{json.Number("1")}, {json.Number("2")}}, Total: 2}
	for _, tt := range []struct {
		name, text string
		want       bool
	}{
		{"lines of JSON", "{\"a\":1}\n{\"a\":2}\n", true},
		{"values that span lines", "{\n  \"a\": 1\n}\n{\n  \"a\": 2\n}", true},
		{"a fenced block", "Here they are:\n\n```json\n[{\"a\":1},{\"a\":2}]\n```\nThat is all.", true},
		{"a fenced block of lines", "```\n{\"a\":1}\n{\"a\":2}\n```", true},
		{"two fenced blocks", "```\n[{\"a\":1}]\n```\nor\n```\n[{\"a\":2}]\n```", false},
		{"a fenced block that never ends", "```json\n[{\"a\":1},{\"a\":2}]", false},
		{"a fenced program", "```go\nfunc main() {}\n```", false},
		{"lines of which one is cut", "{\"a\":1}\n{\"a\":2}\n{\"a\"", false},
		{"lines and words", "{\"a\":1}\n{\"a\":2}\nThat is all.", false},
		{"a line", "{\"a\":1}", false},
		{"JSON among words", "It is [{\"a\":1},{\"a\":2}]", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, ok := chat.Rows(chat.ToolResult{Text: tt.text})
			if ok != tt.want || ok && !cmp.Equal(got, two) {
				t.Errorf("%t, %+v", ok, got)
			}
		})
	}
}

func TestATableIsNotTooLarge(t *testing.T) {
	var wide, sparse []string
	for i := range 1001 {
		wide = append(wide, fmt.Sprintf(`"c%d":1`, i))
	}
	sparse = append(sparse, "{"+strings.Join(wide[:1000], ",")+"}")
	for range 5000 {
		sparse = append(sparse, "{}")
	}
	for _, tt := range []struct {
		name, data  string
		rows, total int
	}{
		{"many rows", `[` + strings.Repeat(`{"a":1},`, 120_000) + `{"a":1}]`, 100_000, 120_001},
		{"many lists", `{"columns":["a"],"rows":[` + strings.Repeat(`[1],`, 120_000) + `[1]]}`, 100_000, 120_001},
		{"many columns", `[{` + strings.Join(wide, ",") + `}]`, 0, 0},
		{"many cells, of which most are missing", `[` + strings.Join(sparse, ",") + `]`, 2000, 5001},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, _ := chat.Rows(chat.ToolResult{Text: tt.data})
			if len(got.Rows) != tt.rows || got.Total != tt.total {
				t.Errorf("%d rows of %d", len(got.Rows), got.Total)
			}
		})
	}
}

// Whatever comes, a table is square, and holds what encoding/json reads.
func FuzzRows(f *testing.F) {
	for _, s := range []string{
		`[{"a":1,"b":[{}]},{"c":"\"x"}]`, `{"columns":["a",{"name":"b"}],"rows":[[1,null],[]],"total_rows":9}`,
		`{"result":"[{\"a\":1}]"}`, `[{"a":1e5,"a":-0.0}]`, "[{\"\xff\":\"\xff\"}]", `{"rows":[[]],"columns":[]}`,
		`{"data":{"results":[{"a":1}],"total":7}}`, `{"fields":["a"],"values":[[1,2],[]]}`, `{"a":[1,2],"b":[null,"x"]}`, `[["a","b"],[1],[1,2,3]]`,
		"{\"a\":1}\n{\"b\":2}", "```json\n[{\"a\":1}]\n```", `{"result":"[[\"a\",\"b\"],[1,2]]"}`, `{"columns":["a"],"rows":["x"],"data":[[1]]}`,
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		table, ok := chat.Rows(chat.ToolResult{Text: text})
		if !ok {
			return
		}
		if len(table.Columns) == 0 || table.Total < len(table.Rows) {
			t.Errorf("%+v", table)
		}
		for _, row := range table.Rows {
			if len(row) != len(table.Columns) {
				t.Fatalf("%d cells in %d columns", len(row), len(table.Columns))
			}
		}
		dec := json.NewDecoder(strings.NewReader(text))
		dec.UseNumber()
		var records []map[string]any
		if err := dec.Decode(&records); err != nil {
			return
		}
		for i, row := range table.Rows {
			for j, c := range table.Columns {
				switch want := records[i][c.Name].(type) {
				case map[string]any, []any:
					if s, ok := row[j].(string); !ok || !json.Valid([]byte(s)) {
						t.Errorf("row %d, %q: %v", i, c.Name, row[j])
					}
				default:
					if want != row[j] {
						t.Errorf("row %d, %q: got %v, want %v", i, c.Name, row[j], want)
					}
				}
			}
		}
	})
}

func BenchmarkRows(b *testing.B) {
	row := `{"OrderID":10248,"Customer":"Vins et alcools Chevalier","Freight":32.38,"Shipped":"1996-07-16","Country":"France"},`
	data := `[` + strings.TrimSuffix(strings.Repeat(row, 2000), ",") + `]`
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		if _, ok := chat.Rows(chat.ToolResult{Structured: json.RawMessage(data)}); !ok {
			b.Fatal("no table")
		}
	}
}
