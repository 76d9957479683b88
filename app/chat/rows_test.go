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
		{"columns and rows", `{"columns":["b","a"],"rows":[["x",true],["y"],["z",false,9]]}`, chat.Table{
			Columns: columns("b", "a"), Rows: cells{{"x", true}, {"y", nil}, {"z", false}}, Total: 3,
		}},
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
		{"a wrapper in a wrapper", `{"x":{"y":[{"a":1}]}}`, chat.Table{}},
		{"rows without columns", `{"rows":[[1],[2]]}`, chat.Table{}},
		{"rows that are no lists", `{"columns":["a"],"rows":[1]}`, chat.Table{}},
		{"columns without names", `{"columns":[1],"rows":[[1]]}`, chat.Table{}},
		{"an array of texts", `["a","b"]`, chat.Table{}},
		{"an array of this and that", `[{"a":1},2]`, chat.Table{}},
		{"an empty array", `[]`, chat.Table{}},
		{"empty objects", `[{},{}]`, chat.Table{}},
		{"one object", `{"a":1,"b":"x"}`, chat.Table{}},
		{"a number", `7`, chat.Table{}},
		{"lines of JSON", "{\"a\":1}\n{\"a\":2}", chat.Table{}},
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
