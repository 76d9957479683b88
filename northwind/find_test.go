package northwind

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// TestFinds writes down what the tool finds in the sample. Read the golden file as a model.
func TestFinds(t *testing.T) {
	db := sample(t)
	var b strings.Builder
	for _, text := range []string{
		"Chai", "BERLIN", "alfki", " koln ", "São Paulo", "sao paulo", "market", "Toulouse", "Queso", "o'", "50%", "_",
		"12209", "1996-07-04", "Nancy Davolio", "anders, maria", "Nancy Futterkiste", "chef boston", "zzzz", "Davollio", "Cahi", "Alfredz", "Muenchen", "x", "10248", "zzzzzz", "'; DROP TABLE Orders; --",
	} {
		r, err := db.find(t.Context(), findInput{Text: text, Limit: 6})
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		fmt.Fprintf(&b, "> %s\n%s\n\n", text, r.text)
	}
	golden(t, "finds.txt", b.String())
}

// TestFiltersSelectWhatTheyCount runs every filter.
func TestFiltersSelectWhatTheyCount(t *testing.T) {
	db := sample(t)
	run := 0
	for _, text := range []string{
		"a", "e", "the", "market", "ö", "u", "strasse", "ss", "'", "%", "_", "(", "-", " ", "a b", "1", "usa", "uk", "Berlin",
		"Queso", "sales", "Davollio", "Cahi", "Lehmans", "Rio", "montreal", "ae", "http", "1997-0", "Ave.",
		"Nancy Davolio", "Road Seattle", "chef boston", "usa sales manager",
	} {
		f, err := db.FindValues(t.Context(), text, maxMatches)
		if err != nil {
			if strings.TrimSpace(text) != "" {
				t.Errorf("%q: %v", text, err)
			}
			continue
		}
		for _, m := range f.Matches {
			sql := fmt.Sprintf("SELECT count(*) FROM %s WHERE %s", db.catalogue.quote(m.Table), m.Filter)
			if got := ask(t, db, Query{SQL: sql}).Rows[0][0]; got != int64(m.Rows) {
				t.Errorf("%q: %s gives %v, and not %d", text, sql, got, m.Rows)
			}
			if len(m.Values) == 0 || len(m.Values) > shownValues {
				t.Errorf("%q: %d values in %+v", text, len(m.Values), m)
			}
			run++
		}
	}
	if run < 300 {
		t.Errorf("only %d filters ran", run)
	}
}

func TestFindValues(t *testing.T) {
	image := build(t, `CREATE TABLE "A b" (id INTEGER PRIMARY KEY, "Group" TEXT, n INTEGER, d DATETIME, note TEXT);
		CREATE VIEW v AS SELECT "Group" AS hidden FROM "A b";
		INSERT INTO "A b" VALUES (1, 'Été', 7, '1996-07-04', 'it''s'), (2, 'ETE', 8, NULL, x'00'), (3, 'ete', 9, 'ete', 'summer: été'),
			(4, 'Winter', 1, NULL, CAST(x'6574ff65' AS TEXT)), (5, 'ete', 7, NULL, 'ete' || hex(zeroblob(2000)))`)
	db := openImage(t, image, Limits{})
	tests := []struct {
		name, text string
		limit      int
		want       Found
	}{
		{
			"every spelling is one match, and a long value is not searched", "éTe", 0,
			Found{Total: 3, Complete: true, Matches: []Match{
				{"exact", "A b", "Group", 4, []string{"ete", "ETE", "Été"}, `"Group" IN ('ete', 'ETE', 'Été')`},
				{"exact", "A b", "d", 1, []string{"ete"}, `d = 'ete'`},
				{"contains", "A b", "note", 1, []string{"summer: été"}, `note = 'summer: été'`},
			}},
		},
		{
			"the limit cuts the list and not the total", "ete", 1,
			Found{Total: 3, Complete: true, Matches: []Match{
				{"exact", "A b", "Group", 4, []string{"ete", "ETE", "Été"}, `"Group" IN ('ete', 'ETE', 'Été')`},
			}},
		},
		{
			"a quote is doubled in the filter", "IT'S", 0,
			Found{Total: 1, Complete: true, Matches: []Match{{"exact", "A b", "note", 1, []string{"it's"}, `note = 'it''s'`}}},
		},
		{
			"a misspelling finds what is near", "Wimter", 0,
			Found{Total: 1, Complete: true, Matches: []Match{{"near", "A b", "Group", 1, []string{"Winter"}, `"Group" = 'Winter'`}}},
		},
		{"numbers are not indexed", "7", 0, Found{Total: 1, Complete: true, Matches: []Match{
			{"contains", "A b", "d", 1, []string{"1996-07-04"}, `d = '1996-07-04'`},
		}}},
		{"words that one row or several of a table have", "Winter summer:", 0, Found{Total: 2, Complete: true, Matches: []Match{
			{"word", "A b", "Group", 1, []string{"Winter"}, `"Group" = 'Winter'`},
			{"word", "A b", "note", 1, []string{"summer: été"}, `note = 'summer: été'`},
		}}},
		{"a word that no table has beside another", "Winter autumn", 0, Found{Complete: true, Matches: []Match{}}},
		{"nothing is an empty list", "qqqqq", 0, Found{Complete: true, Matches: []Match{}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := db.FindValues(t.Context(), tt.text, tt.limit)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(&tt.want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
	for _, text := range []string{"", "  ", "\u0301", strings.Repeat("x", maxFind+1), "a\xff"} {
		if _, err := db.FindValues(t.Context(), text, 0); KindOf(err) != Invalid {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// TestIndexIsBounded fills a table with more texts than the index takes.
func TestIndexIsBounded(t *testing.T) {
	db := openImage(t, build(t, `CREATE TABLE t (a TEXT);
		INSERT INTO t WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 12000) SELECT n || hex(zeroblob(500)) FROM r`), Limits{})
	f, err := db.FindValues(t.Context(), "1000", 0)
	if err != nil {
		t.Fatal(err)
	}
	if f.Complete || db.values.index.size > maxIndex || len(f.Matches) != 1 {
		t.Errorf("complete %t, %d bytes, %d matches", f.Complete, db.values.index.size, len(f.Matches))
	}
}

// TestSampleIndexIsSmall holds what the index over the sample costs.
func TestSampleIndexIsSmall(t *testing.T) {
	index, err := sample(t).index(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if index.partial || index.size > 512<<10 || len(index.columns) < 50 {
		t.Errorf("partial %t, about %d bytes, %d columns", index.partial, index.size, len(index.columns))
	}
}

// TestIndexIsMadeOnce lets many be the first who need the index; after a failure the next one makes it.
func TestIndexIsMadeOnce(t *testing.T) {
	db := open(t, Limits{Concurrency: 1, QueueWait: time.Millisecond})
	c, err := db.borrow(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.FindValues(t.Context(), "tea", 0); KindOf(err) != Busy {
		t.Errorf("without a connection: %v", err)
	}
	db.free <- c
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := db.FindValues(gone, "tea", 0); KindOf(err) != Canceled {
		t.Errorf("without a caller: %v", err)
	}
	made := make([]*valueIndex, 8)
	var all sync.WaitGroup
	for i := range made {
		all.Go(func() {
			index, err := db.index(t.Context())
			if err != nil {
				t.Error(err)
			}
			made[i] = index
		})
	}
	all.Wait()
	for _, index := range made[1:] {
		if index == nil || index != made[0] {
			t.Errorf("there are several indexes: %p and %p", made[0], index)
		}
	}
}

func TestFold(t *testing.T) {
	for text, want := range map[string]string{
		" Münster ":    "munster",
		"Mu\u0308nste": "munste",
		"ŁÓDŹ":         "lodz",
		"Århus":        "arhus",
		"Straße":       "strasse",
		"Œuvre Æ":      "oeuvre ae",
		"Москва":       "москва",
		"a’b\u00a0c":   "a'b c",
		"":             "",
	} {
		if got := fold(text); got != want {
			t.Errorf("%q folds to %q, want %q", text, got, want)
		}
	}
	for _, tt := range []struct{ text, want, spelled string }{
		{"Das Straßenfest", "strasse", "Straße"},
		{"Das Straßenfest", "s", "s"},
		{"São Paulo", "ao p", "ão P"},
		{"abc", "x", ""},
	} {
		if got := spelling(tt.text, tt.want); got != tt.spelled {
			t.Errorf("%q is spelled %q in %q, want %q", tt.want, got, tt.text, tt.spelled)
		}
	}
}
