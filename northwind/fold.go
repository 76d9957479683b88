package northwind

import (
	"strings"
	"unicode"
)

// fold returns s without case, accents and outer blanks, as people type it who look for it: "Münster" and "munster"
// fold to the same.
func fold(s string) string {
	var b strings.Builder
	for _, r := range strings.TrimSpace(s) {
		b.WriteString(foldRune(r))
	}
	return b.String()
}

// foldRune folds one letter: Latin ones with a mark or joined lose it, marks of their own vanish.
func foldRune(r rune) string {
	if r < 0x80 {
		return string(unicode.ToLower(r))
	}
	if unicode.Is(unicode.Mn, r) {
		return ""
	}
	r = unicode.ToLower(r)
	for _, family := range [...]struct{ plain, marked string }{
		{"a", "àáâãäåāăąǎ"}, {"c", "çćĉċč"}, {"d", "ďđð"}, {"e", "èéêëēĕėęě"}, {"g", "ĝğġģ"}, {"h", "ĥħ"},
		{"i", "ìíîïĩīĭįı"}, {"j", "ĵ"}, {"k", "ķ"}, {"l", "ĺļľŀł"}, {"n", "ñńņňŋ"}, {"o", "òóôõöøōŏőǒ"},
		{"r", "ŕŗř"}, {"s", "śŝşšș"}, {"t", "ţťŧț"}, {"u", "ùúûüũūŭůűųǔ"}, {"w", "ŵ"}, {"y", "ýÿŷ"}, {"z", "źżž"},
		{"ss", "ß"}, {"ae", "æ"}, {"oe", "œ"}, {"th", "þ"}, {"'", "’‘"}, {" ", "\u00a0"},
	} {
		if strings.ContainsRune(family.marked, r) {
			return family.plain
		}
	}
	return string(r)
}

// spelling returns the first part of s that folds to want, as it is written there, or "" if none does.
func spelling(s, want string) string {
	var b strings.Builder
	var from, to []int // for each byte of the folded text, where its letter begins and ends in s
	for i, r := range s {
		size := len(string(r))
		f := foldRune(r)
		b.WriteString(f)
		for range len(f) {
			from, to = append(from, i), append(to, i+size)
		}
	}
	i := strings.Index(b.String(), want)
	if i < 0 || want == "" {
		return ""
	}
	return s[from[i]:to[i+len(want)-1]]
}
