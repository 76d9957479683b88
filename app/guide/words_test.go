package guide

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pomerium/pomchat/app/chat"
)

func TestLex(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		want       []token
	}{
		{"punctuation separates", "Sales, by (year)?", []token{{text: "Sales", fold: "sales"}, {text: "by", fold: "by", cut: true}, {text: "year", fold: "year"}}},
		{"a possessive keeps its stem", "Germany's", []token{{text: "Germany's", fold: "germanys", base: "germany"}}},
		{"accents do not matter", "Côte Größe", []token{{text: "Côte", fold: "cote"}, {text: "Größe", fold: "grosse"}}},
		{"a decomposed accent is an accent", "Co\u0302te", []token{{text: "Co\u0302te", fold: "cote"}}},
		{"digits keep what joins them", "1996-1998 1,000 1997/98", []token{{text: "1996-1998", fold: "1996-1998"}, {text: "1,000", fold: "1,000"}, {text: "1997/98", fold: "1997/98"}}},
		{"a sign with a meaning stands alone", "price>20%", []token{{text: "price", fold: "price"}, {text: ">", fold: ">"}, {text: "20", fold: "20"}, {text: "%", fold: "%"}}},
		{"a minus belongs to its number", "top -5", []token{{text: "top", fold: "top"}, {text: "-5", fold: "-5"}}},
		{"among capitals it may be one", "SHOW US", []token{{text: "SHOW", fold: "show"}, {text: "US", fold: "us"}}},
		{"the country in capitals is no pronoun", "US us", []token{{text: "US", fold: "usa"}, {text: "us", fold: "us"}}},
		{"nothing", " …!", nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, lex(tt.text), cmp.AllowUnexported(token{})); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestNamesOfTheDataDoNotHideInTheGrammar guards the step that asks for names only
// if some word is left over: each name has such a word, and none that is reserved.
func TestNamesOfTheDataDoNotHideInTheGrammar(t *testing.T) {
	l := vocabulary()
	for _, row := range mustRows(t, newNorthwind(t).db, lookupSQL).rows {
		name, left := text(row[1]), 0
		if text(row[0]) == "orders" {
			continue
		}
		for _, w := range understand(l, nil, lex(name)) {
			if w.role == unknown {
				left++
			}
			if w.role == reserved {
				t.Errorf("%s %q holds the reserved %q", row[0], name, phrase(w.tokens))
			}
		}
		if left == 0 {
			t.Errorf("%s %q can be read without knowing it as a name", row[0], name)
		}
	}
}

func TestEveryNameIsFoundAsItIsSpelt(t *testing.T) {
	n := newNorthwind(t)
	g, dir := New(), testDirectory(t, n)
	whole, _ := moment{unit: year, year: 1997}.span()
	for _, row := range mustRows(t, n.db, lookupSQL).rows {
		k, text := kind(text(row[0])), text(row[1])
		if k == "orders" {
			continue
		}
		r, err := g.read(dir, []turn{{text: "sales for " + string(k) + " " + text + " in 1997"}})
		if err != nil {
			t.Errorf("%s %q: %v", k, text, err)
			continue
		}
		want := question{measures: []measure{sales}, names: map[kind][]string{k: {text}}, when: period{spans: []span{whole}}}
		if diff := cmp.Diff(want, r.q, cmp.AllowUnexported(question{}, period{}, span{}, growth{}, bound{})); diff != "" {
			t.Errorf("%s %q: %s", k, text, diff)
		}
	}
}

func testDirectory(t testing.TB, n *northwind) *directory {
	t.Helper()
	dir, failed := readNames(chat.ToolPart{State: chat.CallReturned, Output: new(n.read(lookupSQL, 1000))})
	if dir == nil {
		t.Fatal(failed.say)
	}
	return dir
}

func TestPiecesAreTheWholeText(t *testing.T) {
	s := helpText()
	got := pieces(s)
	if joined := strings.Join(got, ""); joined != s {
		t.Error(cmp.Diff(s, joined))
	}
	if len(got) < 10 {
		t.Errorf("%d pieces are too few to stream", len(got))
	}
}

func TestFigureWritesNumbersAsPeopleDo(t *testing.T) {
	for _, tt := range []struct {
		cell any
		unit unit
		want string
	}{
		{"617085.2", money, "617,085.20"}, {"-1234567.891", money, "-1,234,567.89"}, {"999", count, "999"},
		{"1000", count, "1,000"}, {"-100", count, "-100"}, {nil, money, "–"}, {"NaN", money, "–"}, {"n/a", count, "–"},
	} {
		if got := figure(tt.cell, tt.unit); got != tt.want {
			t.Errorf("figure(%v) = %q, want %q", tt.cell, got, tt.want)
		}
	}
}
