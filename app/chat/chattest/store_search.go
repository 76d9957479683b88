package chattest

import (
	"slices"
	"strings"
	"unicode"
)

// matches reports whether a search finds the thread.
func (t *storedThread) matches(search string) bool {
	w := words(search)
	if len(w) == 0 {
		return strings.TrimSpace(search) == ""
	}
	return t.mentions(w)
}

// mentions reports whether each word begins a word of the title or of a message.
func (t *storedThread) mentions(sought []string) bool {
	have := words(t.Title)
	for _, m := range t.messages {
		have = append(have, words(m.Text())...)
	}
	for _, w := range sought {
		if !slices.ContainsFunc(have, func(h string) bool { return strings.HasPrefix(h, w) }) {
			return false
		}
	}
	return true
}

// words returns the words of s in small letters without accents: letters and digits.
// It knows the accents of Latin that the suite uses.
func words(s string) []string {
	const accented, plain = "àáâãäåçèéêëìíîïñòóôõöùúûüýÿčřšžő", "aaaaaaceeeeiiiinooooouuuuyycrszo"
	to, from := []rune(plain), []rune(accented)
	folded := strings.Map(func(r rune) rune {
		r = unicode.ToLower(r)
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		if i := slices.Index(from, r); i >= 0 {
			return to[i]
		}
		return r
	}, s)
	return strings.FieldsFunc(folded, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) })
}
