package guide

import (
	"slices"
	"strings"
	"unicode"
)

// token is one word of a question.
type token struct {
	text string // as typed
	fold string // for comparison: see fold
	base string // fold without a possessive s, or empty where there is none
	cut  bool   // a comma or the like stands before it
	dash bool   // a dash stands before it
}

// lex splits text into words. Punctuation that only separates is dropped; a sign
// that carries meaning, such as < or %, is a token of its own, and so is left over
// if nobody understands it. Digits keep what joins them: 1996-1998 is one token.
func lex(text string) []token {
	runes := []rune(text)
	var tokens []token
	cut, dash := false, false
	capitals := text == strings.ToUpper(text)
	add := func(text string) {
		t := newToken(text)
		if text == "US" && !capitals && !(len(tokens) > 0 && slices.Contains([]string{"show", "give", "tell", "let", "get"}, tokens[len(tokens)-1].fold)) {
			t.fold = "usa" // in small letters, and where all are capitals, it may be the pronoun
		}
		t.cut, cut = cut && len(tokens) > 0, false
		t.dash, dash = dash && len(tokens) > 0, false
		tokens = append(tokens, t)
	}
	for i := 0; i < len(runes); {
		switch {
		case isWord(runes[i]) || startsNegative(runes, i):
			end := i + 1
			for end < len(runes) && (isWord(runes[end]) || joins(runes, end)) {
				end++
			}
			add(string(runes[i:end]))
			i = end
		case separates(runes[i]):
			cut = cut || strings.ContainsRune(",;:!?", runes[i])
			dash = dash || strings.ContainsRune("-–—", runes[i])
			i++
		default:
			add(string(runes[i]))
			i++
		}
	}
	return tokens
}

func newToken(text string) token {
	t := token{text: text, fold: fold(text)}
	for _, s := range []string{"'s", "’s", "'S", "’S"} {
		if stem, ok := strings.CutSuffix(text, s); ok {
			t.base = fold(stem)
		}
	}
	return t
}

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) }

// joins reports whether the rune at i holds a word together: an apostrophe between
// letters, or a dash, slash, point or comma between digits.
func joins(rs []rune, i int) bool {
	if i == 0 || i+1 >= len(rs) {
		return false
	}
	before, after := rs[i-1], rs[i+1]
	switch rs[i] {
	case '\'', '’':
		return unicode.IsLetter(before) && unicode.IsLetter(after)
	case '-', '–', '—', '/', '.', ',':
		return unicode.IsDigit(before) && unicode.IsDigit(after)
	default:
		return false
	}
}

// startsNegative reports whether a minus sign at i belongs to a number.
func startsNegative(rs []rune, i int) bool {
	return rs[i] == '-' && i+1 < len(rs) && unicode.IsDigit(rs[i+1]) && (i == 0 || unicode.IsSpace(rs[i-1]))
}

func separates(r rune) bool {
	if unicode.IsSpace(r) || unicode.IsControl(r) || unicode.In(r, unicode.So, unicode.Cf) {
		return true
	}
	return strings.ContainsRune(".,;:!?¿¡'’‘\"“”„«»`()[]-–—/\\&…_", r)
}

// fold returns s in lower case, without accents and apostrophes, so that "Côte" is
// found by "cote".
func fold(s string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(s) {
		switch r {
		case 'à', 'á', 'â', 'ã', 'ä', 'å':
			b.WriteByte('a')
		case 'æ':
			b.WriteString("ae")
		case 'ç':
			b.WriteByte('c')
		case 'è', 'é', 'ê', 'ë':
			b.WriteByte('e')
		case 'ì', 'í', 'î', 'ï':
			b.WriteByte('i')
		case 'ñ':
			b.WriteByte('n')
		case 'ò', 'ó', 'ô', 'õ', 'ö', 'ø':
			b.WriteByte('o')
		case 'œ':
			b.WriteString("oe")
		case 'ß':
			b.WriteString("ss")
		case 'ù', 'ú', 'û', 'ü':
			b.WriteByte('u')
		case 'ý', 'ÿ':
			b.WriteByte('y')
		case '\'', '’':
		default:
			if !unicode.Is(unicode.Mn, r) {
				b.WriteRune(r)
			}
		}
	}
	return b.String()
}

// folds returns the folded words of s.
func folds(s string) []string {
	var out []string
	for _, t := range lex(s) {
		out = append(out, t.fold)
	}
	return out
}

// phrase returns tokens as they were typed.
func phrase(tokens []token) string {
	words := make([]string, len(tokens))
	for i, t := range tokens {
		words[i] = t.text
	}
	return strings.Join(words, " ")
}
