package grounding

import (
	"unicode"
	"unicode/utf8"
)

// word is a run of letters and digits. Its key is equal for words that differ in
// case or in accents only.
type word struct {
	start, end int
	key        uint64
	capital    bool // begins with an upper-case letter
	runes      int
}

const (
	hashStart = 14695981039346656037
	hashPrime = 1099511628211
)

// nextWord returns the first word of s at or after i.
func nextWord(s string, i int) (word, bool) {
	var r rune
	var n int
	for ; i < len(s); i += n {
		if r, n = runeAt(s, i); isWordRune(r) {
			break
		}
	}
	if i >= len(s) {
		return word{}, false
	}
	w := word{start: i, key: hashStart, capital: unicode.IsUpper(r)}
	for i < len(s) {
		if b := s[i]; b < utf8.RuneSelf {
			f := asciiFold[b]
			if f == ' ' {
				break
			}
			w.key = (w.key ^ uint64(f)) * hashPrime
			w.runes++
			i++
			continue
		}
		r, n = utf8.DecodeRuneInString(s[i:])
		if !isWordRune(r) || w.runes > 0 && isWide(r) {
			break
		}
		w.key = (w.key ^ uint64(fold(r))) * hashPrime
		w.runes++
		i += n
		if isWide(r) {
			break
		}
	}
	w.end = i
	return w, true
}

// asciiFold holds each letter and digit of ASCII in lower case, and a space for all else.
const asciiFold = "                                " + "                0123456789      " +
	" abcdefghijklmnopqrstuvwxyz     " + " abcdefghijklmnopqrstuvwxyz     "

// keyOf returns the key of a single word.
func keyOf(s string) uint64 {
	w, _ := nextWord(s, 0)
	return w.key
}

func runeAt(s string, i int) (rune, int) {
	if b := s[i]; b < utf8.RuneSelf {
		return rune(b), 1
	}
	return utf8.DecodeRuneInString(s[i:])
}

func runeBefore(s string, i int) rune {
	if i == 0 {
		return 0
	}
	r, _ := utf8.DecodeLastRuneInString(s[:i])
	return r
}

func isDigit(b byte) bool { return '0' <= b && b <= '9' }

func isWordRune(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r|0x20 && r|0x20 <= 'z' || '0' <= r && r <= '9'
	}
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r))
}

// isWide reports whether r belongs to a script that writes no spaces between
// words, so that each letter stands for itself.
func isWide(r rune) bool {
	return r >= 0x2e80 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana)
}

// isLetter reports whether r is a letter that, next to a digit, makes the digit a
// part of a word, as in Q3 or B2B.
func isLetter(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z'
	}
	return r != utf8.RuneError && unicode.IsLetter(r) && r != 'º' && r != 'ª' && !isWide(r) && !unicode.Is(unicode.Hangul, r)
}

// letterAt reports whether s has such a letter at i.
func letterAt(s string, i int) bool {
	if i >= len(s) {
		return false
	}
	r, _ := runeAt(s, i)
	return isLetter(r)
}

// fold returns r without case and without the accents of the languages of Europe.
// The standard library has no normalisation, and names are all that matters here.
func fold(r rune) rune {
	if r < utf8.RuneSelf {
		if 'A' <= r && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	}
	r = unicode.ToLower(r)
	if r >= 0xdf && int(r-0xdf) < len(plain) {
		if p := plain[r-0xdf]; p != '.' {
			return rune(p)
		}
	}
	return r
}

// plain holds the base letters of U+00DF to U+017E, and a dot where there is none.
const plain = "saaaaaaaceeeeiiiidnooooo.ouuuuy.yaaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiii" +
	"iii..jjkkkllllll..llnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzz"
