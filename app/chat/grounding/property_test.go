package grounding_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/pomerium/pomchat/app/chat/grounding"
)

// checkSound checks what holds for any text: the report is the same every time; spans lie in the
// text, hold what they say, are in order and never overlap; figures and citations have digits; sources
// point to rows and columns that there are; a citation's verdict goes with its problem.
func checkSound(t *testing.T, text string, tables []grounding.Table) {
	t.Helper()
	r := grounding.Check(text, tables)
	if diff := cmp.Diff(r, grounding.Check(text, tables)); diff != "" {
		t.Fatalf("two reports on %q differ:\n%s", text, diff)
	}
	type span struct {
		start, end int
		text       string
	}
	var figures []span
	for _, m := range r.Marks {
		figures = append(figures, span{m.Start, m.End, m.Text})
		if (len(m.Sources) == 0) != (m.Kind == grounding.Given) {
			t.Errorf("%q is %s with the sources %v", m.Text, m.Kind, m.Sources)
		}
		checkSources(t, m.Sources, tables)
	}
	for _, f := range r.NotFound {
		figures = append(figures, span{f.Start, f.End, f.Text})
	}
	sorted := func(a, b span) int { return a.start - b.start }
	for _, c := range r.Citations {
		figures = append(figures, span{c.Start, c.End, c.Text})
		if (c.Verdict == grounding.Right) != (c.Problem == "") {
			t.Errorf("%q is %s with the problem %q", c.Text, c.Verdict, c.Problem)
		}
		checkSources(t, c.Sources, tables)
	}
	slices.SortFunc(figures, sorted)
	units := utf16.Encode([]rune(text))
	last := 0
	for _, s := range figures {
		if s.start < last || s.end <= s.start || s.end > len(units) {
			t.Fatalf("%q at %d to %d of %d, after %d, in %q", s.text, s.start, s.end, len(units), last, text)
		}
		if got := string(utf16.Decode(units[s.start:s.end])); got != s.text || !strings.ContainsAny(got, "0123456789") {
			t.Fatalf("%q at %d to %d is %q", s.text, s.start, s.end, got)
		}
		last = s.end
	}
}

func checkSources(t *testing.T, sources []grounding.Source, tables []grounding.Table) {
	t.Helper()
	for _, s := range sources {
		i := slices.IndexFunc(tables, func(t grounding.Table) bool { return t.Call == s.Call && t.Number == s.Number })
		if i < 0 || s.Column >= len(tables[i].Columns) || s.Column < -1 || !slices.IsSorted(s.Rows) {
			t.Fatalf("no such source: %+v", s)
		}
		for _, r := range s.Rows {
			if r < 0 || r >= len(tables[i].Rows) {
				t.Fatalf("no such row: %+v", s)
			}
		}
	}
}

func allTables(t testing.TB) []grounding.Table {
	var out []grounding.Table
	for i, name := range []string{"years", "countries", "customers", "orders", "kinds", "ledger", "quarters"} {
		out = append(out, table(t, i+1, name))
	}
	return out
}

func FuzzCheck(f *testing.F) {
	for _, s := range []string{
		"In 1997 revenue was **617,085.20** [1:2], 48.8% of $1,265,793.04 – about 1.3 million.",
		"| # | Country | Orders |\n|---|---|--:|\n| 1 | USA | 122 |\n| 2 | Germany | 1.234,56 € |",
		"## 2. Results\n\n1. Denmark\n   - 18 orders\n> quoted 1 234,50 €\n\n```sql\nSELECT 1\n```\n~~~",
		"4. Juli 1997, 1997-04-01T10:30, Q2 1998, 7/4/97, 1'234.5 x .5 -5 (−3) 5–10% 12-month [1:2,3; 2:*][9:9]",
		"`a` ``1`2`` <b>3</b> [4](5) &#6; [^7] www.8.de \\9 00917 9007199254740993 127万 1,2,3 1.2.3 12,34,567 ١٢٣",
		"𝄞 Zürich 1,204 ½ ² ³ e5 0x1F 1e9 +49-30-1234 3:1 10:30 #5 top 3 ten 12.5x 3-fold 6.2 pp ±7 ~8 ≈9",
		"6.17 × 10^5 1e6 1e-7 2·10⁻³ 5 \\times 10^{9} 1e99 0x96A9D 2/5 24/7 1/0 0x 3) in 1,000s 617 K In Mio. € 5 '000",
		"Call +1 (206) 555-9482 or (030) 1-2; LIMIT 5 WHERE x > 7; 20 °C; 10–20, between 5 and 6; order 10248 on 1996-07-16",
		"There are 23 countries; the other 5 of 7 rows; Germany fell by 28.6% in 1998 to over 700,000; 1 / 2 = 0.5; 3.7 s a month",
		"\xff1\xfe2,\x003 [1:\xff] 9\x80%", strings.Repeat("9", 400) + "." + strings.Repeat("0", 400), "-", "1", "|1|\n|-|\n|1",
	} {
		f.Add(s)
	}
	tables := allTables(f)
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) { // an answer is valid UTF-8; others must merely not panic
			grounding.Check(text, tables, text)
			return
		}
		checkSound(t, text, tables)
	})
}

// Tables come from servers: any value may stand in them.
func FuzzTables(f *testing.F) {
	f.Add("617,085.20 in 1997, 122", "1997", "617085.2", "Germany")
	f.Add("15 % of $5", "15%", "$5.00", "1997-04")
	f.Add("1e400 NaN 0", "1e400", "NaN", "-0")
	f.Fuzz(func(t *testing.T, text, a, b, c string) {
		checkSound(t, strings.ToValidUTF8(text, "?"), []grounding.Table{
			{Call: "x", Number: 1, Columns: []string{a, b}, Rows: [][]any{{a, b}, {c}, {}, {nil, true}, {a, b, c}, {1.5, []any{}}}},
			{Call: "y", Number: 1, Columns: nil, Rows: [][]any{{a}}},
			{Call: "z", Number: -1, Columns: []string{c}, Total: 100},
		})
	})
}

// Figures are found in each of the places of an answer, whatever surrounds them.
func TestEveryClaimIsTold(t *testing.T) {
	around := []string{"%s", "It is %s.", "(%s)", "**%s**", "_%s_", "“%s”", "- %s", "> %s", "# %s", "a | %s | b\n", "x: %s; y", "%s, and", "about %s!", "=%s", "[%s](https://example.com)", "| a | b |\n|---|---|\n| x | %s |"}
	figures := []string{"4,711", "4.711,5", "4 711", "4'711", "47.11", "47,11 €", "$47.11", "CHF 47.11", "47.1%", "47,1 %", "47.1 percent", "4.7 million", "4,7 Mio. €", "47k", "-47.11", "4711", "13", "47x"}
	for _, in := range around {
		for _, f := range figures {
			text := fmt.Sprintf(in, f)
			r := grounding.Check(text, nil)
			if len(r.NotFound) != 1 || r.NotFound[0].Text != f || len(r.Marks) > 0 {
				t.Errorf("of %q, %+v is told as not found", text, r.NotFound)
			}
		}
	}
}

// Texts that are made to be slow come to an end: the limits bound the work. Without them this
// test takes minutes.
func TestHostileTextsComeToAnEnd(t *testing.T) {
	tables := allTables(t)
	for _, unit := range []string{
		"](", "<a", "1,", "1 ", "1.1", "|1", "[1:1]", "[2:*]", "Germany 122 ", "USA 1 [2:1-20]. ", "USA. 1 [1:1-99999] ", "1–", "|-|\n|1|\n",
		"Order 10248 on 1996-07-16, ", "there are 5 countries in the data ", "it is 5 in the data of the ", "WHERE 5 ", "3) ", "(1) 2-3 4-5 ", "1 + 1 = 1 ", "over 500 in 1997, ", "5–6 ", "a month 7 of the other 8 in 1997 ", "in millions 1 ",
	} {
		text := strings.Repeat(unit, 270_000/len(unit))
		if r := grounding.Check(text, tables); !r.Partial {
			t.Errorf("%q: the report does not say that it is partial", unit)
		}
	}
}

func TestLargeTablesAreReadInPart(t *testing.T) {
	var rows [][]any
	for range 250_000 {
		rows = append(rows, []any{"x"})
	}
	old := grounding.Table{Call: "old", Number: 1, Columns: []string{"a"}, Rows: rows}
	fresh := table(t, 2, "years")
	r := grounding.Check("Revenue was 617,085.20.", []grounding.Table{old, fresh})
	if !r.Partial || len(r.Marks) != 1 || r.Marks[0].Sources[0].Number != 2 {
		t.Errorf("%+v", r)
	}
}

// A result of which only the first rows are known has a number of rows, but no totals.
func TestPartsOfResultsAreNotAddedUp(t *testing.T) {
	part := table(t, 1, "customers")
	part.Total = 89
	tables := []grounding.Table{part}
	text := "There are 89 customers; QUICK-Stop bought for 110,277.31, which is 19.3 % of 570,145.06."
	want := []string{"89 = count 1:*", "110,277.31 = cell 1:1.Revenue", "19.3 % not found", "570,145.06 not found"}
	if diff := cmp.Diff(want, lines(t, text, grounding.Check(text, tables), tables)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestTheTestdataIsUsed(t *testing.T) {
	files, err := os.ReadDir("testdata")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if f.IsDir() {
			continue
		}
		name := strings.TrimSuffix(f.Name(), ".json")
		if table(t, 1, name).Columns == nil {
			t.Errorf("%s has no columns", name)
		}
	}
}
