package guide

import (
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// FuzzParse holds that no question breaks the guide: what parses becomes one
// statement that reads, runs on the real database and can be told, and what does
// not is a refusal that can be told as well.
func FuzzParse(f *testing.F) {
	const everyNth = 5 // the others run as tests of their figures already
	for i, tt := range slices.Concat(figuresTable(), waresTable(), newcomerTable()) {
		if i%everyNth == 0 {
			f.Add(tt.question)
		}
	}
	for _, tt := range declinedTable() {
		f.Add(tt.question)
	}
	n := newNorthwind(f)
	dir, g := testDirectory(f, n), New()
	f.Fuzz(func(t *testing.T, s string) {
		_, _ = g.read(nil, []turn{{text: s}})
		_ = readIntent(s)
		checkSound(t, n, g, dir, s)
	})
}

// TestSentencesMadeOfKnownWordsAreSound holds the same for sentences that bytes at
// random seldom hit: phrases of the grammar and names, in any order.
func TestSentencesMadeOfKnownWordsAreSound(t *testing.T) {
	const sentences = 800
	n := newNorthwind(t)
	dir, g := testDirectory(t, n), New()
	words := slices.Sorted(maps.Keys(maps.Collect(func(yield func(string, bool) bool) {
		for w, term := range g.words {
			if term.role != reserved && !yield(w, true) {
				return
			}
		}
	})))
	words = append(words, "1996", "1997", "1999", "3", "1997-05", "1996-1998", "in", "by", "by", "sales", "top", "and")
	for _, name := range dir.names {
		if name.kind != customer && name.kind != product || strings.HasPrefix(name.text, "C") {
			words = append(words, name.text)
		}
	}
	random, answered := rand.New(rand.NewPCG(1, 2)), 0
	for range sentences {
		var s []string
		for range 2 + random.IntN(6) {
			s = append(s, words[random.IntN(len(words))])
		}
		if checkSound(t, n, g, dir, strings.Join(s, " ")) {
			answered++
		}
	}
	if answered < sentences/20 {
		t.Errorf("only %d of %d sentences were answered: too few to show anything", answered, sentences)
	}
}

// checkSound reports whether s is answered, and fails t if it is neither answered
// from one SELECT nor declined in words.
func checkSound(t *testing.T, n *northwind, g *Guide, dir *directory, s string) bool {
	t.Helper()
	r, err := g.read(dir, []turn{{text: s}})
	q := r.q
	if err != nil {
		if g.decline(err, dir).say == "" {
			t.Errorf("%q is declined without a word", s)
		}
		return false
	}
	query := plan(q)
	if why := oneSelect(query); why != "" {
		t.Fatalf("%q %s:\n%s", s, why, query)
	}
	rows, err := rowsOf(n.db, query)
	if err != nil {
		t.Fatalf("%q: %v in\n%s", s, err, query)
	}
	say, err := answer(q, r.remark, rows)
	if err != nil || strings.TrimSpace(say) == "" {
		t.Fatalf("%q: no answer, %v, to\n%s", s, err, query)
	}
	return true
}

// oneSelect says why query is more, or other, than one SELECT. Texts in quotes do
// not count.
func oneSelect(query string) string {
	if !strings.HasPrefix(query, "SELECT\n") && !strings.HasPrefix(query, "SELECT DISTINCT\n") && !strings.HasPrefix(query, "WITH ") {
		return "does not begin as a SELECT"
	}
	var bare strings.Builder
	var open rune
	for _, r := range query {
		switch {
		case open == 0 && (r == '\'' || r == '"'):
			open = r
		case r == open:
			open = 0
		case open == 0:
			bare.WriteRune(r)
		}
	}
	if open != 0 {
		return "has an open quote"
	}
	if strings.ContainsAny(bare.String(), ";") || strings.Contains(bare.String(), "--") || strings.Contains(bare.String(), "/*") {
		return "has more than one statement, or a comment"
	}
	return ""
}
