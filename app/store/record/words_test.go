package record

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestWordsAreFoundWhereTheIndexHasThem(t *testing.T) {
	for _, tt := range []struct{ text, search, want string }{
		{"Sales by year", "sal", "[Sal]es by year"},
		{"Zürich, zu Zu\u0308rich", "zurich", "[Zürich], zu [Zu\u0308rich]"},
		{"the ﬁnest Ⅻ", "fin xii", "the [ﬁn]est [Ⅻ]"},
		{"x½y", "1 2y", "x[½y]"},
		{"caf\xffé", "e", "caf\xff[é]"},
		{"insales", "sales", "insales"},
		{strings.Repeat("a", 90), strings.Repeat("a", 90), "[" + strings.Repeat("a", 64) + "]" + strings.Repeat("a", 26)},
	} {
		words, _, err := Searched(tt.search)
		if err != nil {
			t.Fatal(err)
		}
		got, last := "", 0
		for _, h := range Hits(tt.text, words) {
			got += tt.text[last:h.Start] + "[" + tt.text[h.Start:h.End] + "]"
			last = h.End
		}
		if diff := cmp.Diff(tt.want, got+tt.text[last:]); diff != "" {
			t.Errorf("%q in %q: %s", tt.search, tt.text, diff)
		}
	}
}

// Whatever a text is, each word that the index has is found in it, and at a place that the text has.
func FuzzHitsAreOfWords(f *testing.F) {
	for _, seed := range []string{"Sales by year", "Zu\u0308rich ﬁn ½ Ⅻ", "\u0308a\u0308\u0308", "각각", "a\xffb", "नमस्ते", "ΑΣ İ"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, w := range Words(text) {
			hits := Hits(text, []string{w})
			if len(hits) == 0 && len(Words(text)) < maxHits {
				t.Errorf("%q is not found in %q", w, text)
			}
			last := 0
			for _, h := range hits {
				if h.Start < last || h.End <= h.Start || h.End > len(text) {
					t.Fatalf("%q: hit %+v in %q after %d", w, h, text, last)
				}
				last = h.Start
			}
		}
	})
}

func TestASearchLeavesOutWhatLongerWordsBeginWith(t *testing.T) {
	got, findable, err := Searched("Sales sal by SALES b")
	if err != nil || !findable || !slices.Equal(got, []string{"by", "sales"}) {
		t.Errorf("got %q, %v, %v", got, findable, err)
	}
}
