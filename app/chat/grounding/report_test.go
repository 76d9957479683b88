package grounding_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/pomerium/pomchat/app/chat/grounding"
)

// table reads testdata/<name>.json, a list of columns and rows as the tools return it.
func table(t testing.TB, number int, name string) grounding.Table {
	t.Helper()
	data, err := os.ReadFile("testdata/" + name + ".json")
	if err != nil {
		t.Fatal(err)
	}
	return parseTable(t, number, string(data))
}

func parseTable(t testing.TB, number int, data string) grounding.Table {
	t.Helper()
	var in struct {
		Columns []string
		Rows    [][]any
	}
	d := json.NewDecoder(bytes.NewReader([]byte(data)))
	d.UseNumber()
	if err := d.Decode(&in); err != nil {
		t.Fatalf("table %d: %v", number, err)
	}
	return grounding.Table{Call: fmt.Sprintf("call_%d", number), Number: number, Columns: in.Columns, Rows: in.Rows}
}

// lines writes a report as one line for each entry, in a form to read: text, kind, source as
// call:rows.column with rows from 1 (* for all rows), remarks. It checks that every text is
// where its offsets say.
func lines(t testing.TB, text string, r grounding.Report, tables []grounding.Table) []string {
	t.Helper()
	units := utf16.Encode([]rune(text))
	at := func(start, end int, want string) {
		if start < 0 || start > end || end > len(units) || string(utf16.Decode(units[start:end])) != want {
			t.Errorf("%q is not at %d to %d of %q", want, start, end, text)
		}
	}
	var out []string
	for _, m := range r.Marks {
		at(m.Start, m.End, m.Text)
		line := strings.TrimSpace(fmt.Sprintf("%s = %s %s", m.Text, m.Kind, places(m.Sources, tables)))
		for _, remark := range []struct {
			on   bool
			text string
		}{{m.Rounded, "rounded"}, {m.Rescaled, "rescaled"}, {m.Weak && !m.Astray, "weak"}, {m.Astray, "astray"}, {m.Cited != grounding.Absent, "cited " + string(m.Cited)}} {
			if remark.on {
				line += ", " + remark.text
			}
		}
		out = append(out, line)
	}
	for _, f := range r.NotFound {
		at(f.Start, f.End, f.Text)
		line := f.Text + " not found"
		if f.Cited != grounding.Absent {
			line += ", cited " + string(f.Cited)
		}
		out = append(out, line)
	}
	for _, c := range r.Citations {
		at(c.Start, c.End, c.Text)
		out = append(out, strings.TrimSpace(fmt.Sprintf("%s %s %s", c.Text, c.Verdict, c.Problem)))
	}
	return out
}

func places(sources []grounding.Source, tables []grounding.Table) string {
	var out []string
	for _, s := range sources {
		rows := "*"
		if s.Rows != nil {
			var list []string
			for _, r := range s.Rows {
				list = append(list, fmt.Sprint(r+1))
			}
			rows = strings.Join(list, ",")
		}
		place := fmt.Sprintf("%d:%s", s.Number, rows)
		if s.Column >= 0 {
			for _, t := range tables {
				if t.Call == s.Call {
					place += "." + t.Columns[s.Column]
				}
			}
		}
		out = append(out, place)
	}
	return strings.Join(out, " / ")
}

// sentence is an answer, and what must be told of it.
type sentence struct {
	name   string
	tables string // names of files in testdata, the calls 1, 2 …
	text   string
	given  string
	want   []string // see lines; first the marks, then what is not found, then the citations
}

func check(t *testing.T, sentences []sentence) {
	t.Helper()
	for _, tt := range sentences {
		t.Run(tt.name, func(t *testing.T) {
			var tables []grounding.Table
			for i, name := range strings.Fields(tt.tables) {
				tables = append(tables, table(t, i+1, name))
			}
			var given []string
			if tt.given != "" {
				given = append(given, tt.given)
			}
			got := lines(t, tt.text, grounding.Check(tt.text, tables, given...), tables)
			if diff := cmp.Diff(tt.want, got, cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("%s\n(-want +got):\n%s", tt.text, diff)
			}
		})
	}
}
