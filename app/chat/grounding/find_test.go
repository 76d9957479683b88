package grounding

import (
	"math"
	"os"
	"strings"
	"testing"
)

// Marks and figures not found are together the figures that were found: all claims,
// each once, and besides them only weak figures.
func TestTheReportHoldsExactlyTheFigures(t *testing.T) {
	answers, err := os.ReadFile("../../guide/testdata/answers.md")
	if err != nil {
		t.Fatal(err)
	}
	tables := []Table{{Call: "c", Number: 1, Columns: []string{"Year", "Sales"}, Rows: [][]any{{1996.0, 208083.97}, {1997.0, 617085.2}, {1998.0, 440623.87}}}}
	claims, weak := 0, 0
	for _, text := range strings.Split(string(answers), "\n## ") {
		d := read(text)
		x := newIndex(tables)
		x.name(d)
		at := newOffsets(d.text)
		want := map[[2]int]bool{} // to true for claims
		for _, f := range d.figures {
			want[[2]int{at.of(f.start), at.of(f.end)}] = !f.weak
		}
		r := Check(text, tables)
		told := func(start, end int, s string) {
			claim, found := want[[2]int{start, end}]
			if !found {
				t.Errorf("%q is told twice, or is no figure of %q", s, text)
			}
			if claim {
				claims++
			} else {
				weak++
			}
			delete(want, [2]int{start, end})
		}
		for _, m := range r.Marks {
			told(m.Start, m.End, m.Text)
		}
		for _, f := range r.NotFound {
			told(f.Start, f.End, f.Text)
		}
		for _, claim := range want {
			if claim {
				t.Errorf("a claim of %q is not told: %v", text, want)
			}
		}
	}
	if claims < 500 || weak < 10 {
		t.Errorf("%d claims and %d weak figures prove little", claims, weak)
	}
}

func TestNumbersInCells(t *testing.T) {
	type want struct {
		v           float64
		percent, ok bool
	}
	for cell, want := range map[string]want{
		"12209": {12209, false, true}, "18.00": {18, false, true}, "-5": {-5, false, true}, "+5": {5, false, true}, ".5": {0.5, false, true}, "1.5e3": {1500, false, true}, "1e-3": {0.001, false, true},
		"$1,234.50": {1234.5, false, true}, "-$5.00": {-5, false, true}, "1.234,50 €": {1234.5, false, true}, "1\u202f234,5": {1234.5, false, true}, "45.2%": {45.2, true, true}, "45 %": {45, true, true}, "CHF": {},
		"": {}, "-": {}, "abc": {}, "B-6000": {}, "05454-876": {}, "1996-07-04": {}, "1e400": {}, "NaN": {}, "Inf": {}, "+Inf": {}, "0x1p4": {}, "1_000": {}, "12 boxes": {}, "1.2.3": {}, "10:30": {}, "030-007": {},
		strings.Repeat("1", 41): {},
	} {
		v, percent, ok := number(cell)
		if !ok {
			v = 0
		}
		if v != want.v || percent && ok != want.percent || ok != want.ok {
			t.Errorf("%q is %v, %v, %v", cell, v, percent, ok)
		}
	}
}

// Whatever the digits and marks, a run is read to its end, and its readings are numbers.
func FuzzNumerals(f *testing.F) {
	for _, s := range []string{"1,234.56", "1.234,56", "1 234,56", "1'234.5", "12,34,567", "1,2,3", "1.2.3", "0,001", "00.5", "1,234,56", "9999999999999999999999", "1\u202f234", "1.000"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if s == "" || !isDigit(s[0]) {
			return
		}
		readings, end := numerals(s, 0)
		if end < 1 || end > len(s) || !isDigit(s[end-1]) || len(readings) > 2 {
			t.Fatalf("%q is read up to %d with %v", s, end, readings)
		}
		for _, n := range readings {
			if math.IsNaN(n.value) || math.IsInf(n.value, 0) || n.value < 0 || n.digits < 1 || n.zeros >= n.digits && n.zeros > 0 || n.decimals > end {
				t.Fatalf("%q is read as %+v", s, n)
			}
		}
	})
}

// Offsets are counted as JavaScript does.
func TestOffsets(t *testing.T) {
	s := "a€𝄞é1\xff2"
	at := newOffsets(s)
	var got []int
	for _, i := range []int{0, 1, 4, 8, 10, 11, 12, 13} {
		got = append(got, at.of(i))
	}
	for i, want := range []int{0, 1, 2, 4, 5, 6, 7, 8} {
		if got[i] != want {
			t.Fatalf("%v", got)
		}
	}
}

func TestFold(t *testing.T) {
	for a, b := range map[string]string{"Königlich": "koniglich", "ÅRHUS": "arhus", "Façade": "FACADE", "Łódź": "lodz", "Žižka": "zizka", "São": "sao", "Straße": "strase"} {
		if keyOf(a) != keyOf(b) {
			t.Errorf("%s and %s differ", a, b)
		}
	}
	if keyOf("Bonn") == keyOf("Born") || keyOf("北") == keyOf("京") {
		t.Error("different words are equal")
	}
}
