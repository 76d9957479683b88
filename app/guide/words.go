package guide

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// word is a stretch of a question with one meaning.
type word struct {
	term
	tokens []token
}

// understand cuts a question into words. A name of the data wins over a phrase
// that is no longer than it. With dir nil, no names are known yet.
func understand(l lexicon, dir *directory, tokens []token) []word {
	var words []word
	for i := 0; i < len(tokens); {
		rest := tokens[i:]
		t, n := l.match(rest)
		if dir != nil {
			if found, m := nameAt(dir, words, rest, n); m > 0 {
				t, n = term{role: aName, names: found}, m
			}
		}
		if t.role == reserved && n > 1 && rest[0].fold == "order" && len(words) > 0 && words[len(words)-1].role == aRank {
			t, n = l.match(rest[:1]) // “the largest order by country”
		}
		if n == 0 {
			t, n = number(rest[0].fold), 1
		}
		words = append(words, word{term: t, tokens: rest[:n]})
		i += n
	}
	return words
}

// nameAt finds a name at the head of tokens, where a phrase of taken tokens could
// be read instead.
func nameAt(dir *directory, before []word, tokens []token, taken int) ([]name, int) {
	found, n := dir.match(tokens)
	if n < taken {
		found, n = nil, 0
	}
	if n == 0 && taken == 0 {
		found, n = dir.matchCode(tokens[0])
	}
	if len(before) == 0 || before[len(before)-1].role != aNoun || taken > 0 {
		return found, n
	}
	k := before[len(before)-1].kind
	beside, m := dir.matchKind(tokens, k)
	switch {
	case n == 0:
		return beside, m
	case m == n && !before[len(before)-1].many && !slices.ContainsFunc(found, func(f name) bool { return f.kind == k }):
		return append(slices.Clone(found), beside...), n // “supplier Pavlova”, a product too
	default:
		return found, n
	}
}

const (
	yearPattern  = `((?:19|20)\d\d)`
	rangePattern = `^` + yearPattern + `[-–—]` + yearPattern + `$`
	isoPattern   = `^` + yearPattern + `-(0[1-9]|1[0-2])$`
	dayPattern   = `^` + yearPattern + `-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$`
	partPattern  = `^(q[1-4]|h[12])[/-]?` + yearPattern + `$`
	yearFirst    = `^` + yearPattern + `(q[1-4]|h[12])$`
	onlyYear     = `^` + yearPattern + `$`
	smallPattern = `^[1-9]\d{0,2}$`
	rankPattern  = `^([1-9]|[12]\d|3[01])(?:st|nd|rd|th)$`
)

// number reads digits: a year, a range of years, a month such as 1997-05, a day such as
// 1997-05-01, a part of a year such as Q1/1997, or a small number. Anything else is unknown.
func number(s string) term {
	if s == "" || !strings.ContainsRune("0123456789qh", rune(s[0])) {
		return term{}
	}
	if m := regexp.MustCompile(onlyYear).FindStringSubmatch(s); m != nil {
		return term{role: aYear, number: atoi(m[1])}
	}
	if m := regexp.MustCompile(rangePattern).FindStringSubmatch(s); m != nil {
		return term{role: aRange, number: atoi(m[1]), last: atoi(m[2])}
	}
	if m := regexp.MustCompile(isoPattern).FindStringSubmatch(s); m != nil {
		return term{role: aMoment, moment: moment{unit: month, year: atoi(m[1]), n: atoi(m[2])}}
	}
	if m := regexp.MustCompile(dayPattern).FindStringSubmatch(s); m != nil {
		return term{role: aMoment, moment: moment{unit: day, year: atoi(m[1]), n: atoi(m[2]), day: atoi(m[3])}}
	}
	if m := regexp.MustCompile(partPattern).FindStringSubmatch(s); m != nil {
		unit := map[byte]kind{'q': quarter, 'h': half}[s[0]]
		return term{role: aMoment, moment: moment{unit: unit, year: atoi(m[2]), n: atoi(m[1][1:])}}
	}
	if m := regexp.MustCompile(yearFirst).FindStringSubmatch(s); m != nil {
		unit := map[byte]kind{'q': quarter, 'h': half}[m[2][0]]
		return term{role: aMoment, moment: moment{unit: unit, year: atoi(m[1]), n: atoi(m[2][1:])}}
	}
	if m := regexp.MustCompile(rankPattern).FindStringSubmatch(s); m != nil {
		return term{role: anOrdinal, number: atoi(m[1])}
	}
	if regexp.MustCompile(smallPattern).MatchString(s) {
		return term{role: aNumber, number: atoi(s)}
	}
	return term{}
}

// atoi reads digits that a pattern has already vouched for.
func atoi(digits string) int {
	n, _ := strconv.Atoi(digits)
	return n
}
