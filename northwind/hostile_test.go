package northwind

import (
	"bytes"
	"encoding/json"
	"slices"
	"testing"
)

// TestEveryParameterIsHostile gives attacks to each argument of each tool.
func TestEveryParameterIsHostile(t *testing.T) {
	corpus, image := attacks(t), shop(t)
	before := bytes.Clone(image)
	t.Chdir(t.TempDir())
	db, err := Open(t.Context(), image, Limits{Concurrency: 1})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	canary := canaryOf(t, db)
	var hostile []string
	for _, a := range corpus {
		hostile = append(hostile, a.sql)
	}
	hostile = append(hostile, `Orders"; DROP TABLE Orders; --`, "Orders'); DELETE FROM Orders; --", "../../etc/passwd", "", " ", "\x00", "💥")
	for _, text := range hostile {
		if r, err := db.describe(t.Context(), text); err == nil {
			t.Errorf("describe_table took %q and said %s", headline(text), r.text)
		}
		if r, err := db.Catalogue().listing(listInput{Detail: text}); err == nil && text != "" {
			t.Errorf("list_tables took detail %q and said %s", headline(text), r.text)
		}
		out, err := db.Query(t.Context(), Query{SQL: "SELECT ? = ?", Params: []any{text, text}})
		if err != nil || out.Rows[0][0] != int64(1) {
			t.Errorf("the parameter %q did not stay what it is: %v, %v", headline(text), out, err)
		}
		raw, err := json.Marshal(map[string]any{"query": "SELECT 1", "offset": text})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := arguments[queryInput]("read_query", raw); KindOf(err) != Invalid {
			t.Errorf("read_query took offset %q", headline(text))
		}
	}
	if _, err := values([]any{json.Number("1e999")}); KindOf(err) != Invalid {
		t.Errorf("read_query took a number out of range: %v", err)
	}
	for _, q := range []Query{{SQL: "SELECT 1", Offset: -1}, {SQL: "SELECT 1", MaxRows: -1}, {SQL: "SELECT ?"}, {SQL: "SELECT 1", Params: []any{"x"}}} {
		if _, err := db.Query(t.Context(), q); KindOf(err) != Invalid {
			t.Errorf("%+v: %v", q, err)
		}
	}
	if !bytes.Equal(image, before) || !slices.Equal(canary, canaryOf(t, db)) {
		t.Error("something changed")
	}
}
