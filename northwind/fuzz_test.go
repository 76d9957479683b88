package northwind

import (
	"encoding/json"
	"testing"
	"unicode/utf8"
)

// FuzzQuery runs statements, with one value for all their parameters, and looks for traces after each. It starts from
// the corpus of attacks.
func FuzzQuery(f *testing.F) {
	bulk(f)
	for _, a := range attacks(f) {
		if a.sql != "" {
			f.Add(a.sql, "x", 10, 0)
		}
	}
	f.Add("SELECT ? AS a, CompanyName FROM Customers WHERE CustomerID = ?", "BLUME", 1, 1)
	f.Add("SELECT value FROM json_each(?)", `[1, "x", {"a": null}]`, 0, 2)
	s := besiege(f, bombTime)
	empty := f.TempDir()
	f.Fuzz(func(t *testing.T, sql, value string, maxRows, offset int) {
		t.Chdir(empty)
		q := Query{SQL: sql, MaxRows: maxRows, Offset: offset}
		for range wanted(sql) {
			q.Params = append(q.Params, value)
		}
		s.attempt(t, q)
		s.assertUnharmed(t)
	})
}

// assertWellFormed fails the test if an answer does not keep to its limits or to the form that clients are promised.
func assertWellFormed(t *testing.T, q Query, out *QueryOutput, lim Limits) {
	t.Helper()
	text := out.Text()
	encoded, err := out.MarshalJSON()
	if err != nil || !json.Valid(encoded) {
		t.Errorf("%q gives no valid JSON: %v\n%s", q.SQL, err, encoded)
	}
	if !utf8.ValidString(text) {
		t.Errorf("%q gives text that is not UTF-8: %q", q.SQL, text)
	}
	if len(out.Rows) > 0 && (len(text) > lim.MaxBytes || len(encoded) > jsonFactor*lim.MaxBytes) {
		t.Errorf("%q gives %d bytes of text and %d of JSON", q.SQL, len(text), len(encoded))
	}
	if len(out.Rows) != out.RowCount || out.RowCount > lim.page(q.MaxRows) || out.TotalRows < out.RowCount {
		t.Errorf("%q gives %d rows and says %d of %d", q.SQL, len(out.Rows), out.RowCount, out.TotalRows)
	}
	for _, r := range out.Rows {
		if len(r) != len(out.Columns) {
			t.Errorf("%q gives a row of %d cells under %d columns", q.SQL, len(r), len(out.Columns))
		}
	}
}
