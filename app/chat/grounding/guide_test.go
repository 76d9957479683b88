package grounding_test

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	_ "modernc.org/sqlite"

	"github.com/pomerium/pomchat/app/chat/grounding"
	"github.com/pomerium/pomchat/embed"
)

// The guide's answers are right, and rest on the rows of the query above each: every figure
// must be found, and none of more than two digits doubted.
func TestEveryFigureOfTheGuidesAnswersIsFound(t *testing.T) {
	golden, err := os.ReadFile("../../guide/testdata/answers.md")
	if err != nil {
		t.Fatal(err)
	}
	db := openNorthwind(t)
	results := map[string]grounding.Table{}
	marks, answers := 0, 0
	for _, section := range strings.Split("\n"+string(golden), "\n## ")[1:] {
		question, rest, _ := strings.Cut(section, "\n\n```sql\n")
		query, answer, ok := strings.Cut(rest, "\n```\n")
		if !ok {
			t.Fatalf("no query in %q", section)
		}
		if _, ok := results[query]; !ok {
			results[query] = queryTable(t, db, query)
		}
		tables := []grounding.Table{results[query]}
		r := grounding.Check(answer, tables, question)
		answers++
		marks += len(r.Marks)
		for _, m := range r.Marks {
			if m.Weak && len(strings.Trim(m.Text, "0123456789")) < len(m.Text)-2 {
				t.Errorf("%s: %s is doubted in\n%s", question, m.Text, answer)
			}
		}
		for _, f := range r.NotFound {
			t.Errorf("%s: %s is not found in\n%s\nthe answer is\n%s", question, f.Text, query, answer)
		}
	}
	if answers < 100 || marks < 900 {
		t.Errorf("%d answers with %d marks prove little", answers, marks)
	}
}

func openNorthwind(t testing.TB) *sql.DB {
	t.Helper()
	path := filepath.Join(t.TempDir(), "northwind.db")
	if err := os.WriteFile(path, embed.Northwind(), 0o600); err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite", "file:"+path+"?mode=ro&immutable=1")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

// queryTable runs a query; its numbers are json.Number, as in a tool's result.
func queryTable(t testing.TB, db *sql.DB, query string) grounding.Table {
	t.Helper()
	rows, err := db.QueryContext(t.Context(), query)
	if err != nil {
		t.Fatalf("%v in\n%s", err, query)
	}
	defer rows.Close()
	out := grounding.Table{Call: "call_1", Number: 1}
	if out.Columns, err = rows.Columns(); err != nil {
		t.Fatal(err)
	}
	for rows.Next() {
		cells, pointers := make([]any, len(out.Columns)), make([]any, len(out.Columns))
		for i := range cells {
			pointers[i] = &cells[i]
		}
		if err := rows.Scan(pointers...); err != nil {
			t.Fatal(err)
		}
		for i, c := range cells {
			switch c := c.(type) {
			case int64, float64:
				b, err := json.Marshal(c)
				if err != nil {
					t.Fatal(err)
				}
				cells[i] = json.Number(b)
			case nil, string:
			default:
				cells[i] = fmt.Sprint(c)
			}
		}
		out.Rows = append(out.Rows, cells)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return out
}
