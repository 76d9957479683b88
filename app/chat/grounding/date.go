package grounding

import (
	"slices"
	"strings"
)

// date is a day, a month, a quarter or a year; what it leaves open is 0.
type date struct{ year, quarter, month, day int }

// moment is a date that stands in the text. Dates are no figures to check: people
// ask by them and answers repeat them. They do name rows.
type moment struct {
	start, end int
	date       date
}

// isYear reports whether n can be a year of business.
func isYear(n int) bool { return 1900 <= n && n < 2100 }

// dateAt reads the date or the time of day that s has at i, where a digit stands; before is the
// word before it, if nothing but spaces and commas stands between them, and since
// where that begins. Length 0 means that there is none. A date that cannot be told
// (1/2/97) has no year. Single years are left to the finder of figures, for any number of four
// digits may be one.
func dateAt(s string, i int, before string, since int) (start, end int, d date) {
	n := digitsAt(s, i)
	v := whole(s[i : i+n])
	after := byteAt(s, i+n)
	if n == 4 && isYear(v) {
		if q := quarterOf(before); q > 0 {
			return since, i + n, date{year: v, quarter: q}
		}
		if m := monthOf(before); m > 0 {
			return since, i + n, date{year: v, month: m}
		}
		if end, d := iso(s, i, v); end > 0 {
			return i, end, d
		}
	}
	if n > 2 {
		return 0, 0, date{}
	}
	if after == ':' && digitsAt(s, i+n+1) == 2 { // a time of day
		end = i + n + 3
		for byteAt(s, end) == ':' && digitsAt(s, end+1) == 2 {
			end += 3
		}
		return i, end, date{}
	}
	if end, d := numericDate(s, i, n); end > 0 {
		return i, end, d
	}
	if 1 <= v && v <= 31 {
		j := skipOrdinal(s, i+n)
		if w, ok := nextWord(s, j); ok && blankBetween(s, j, w.start) && w.start > i+n {
			if m := monthOf(s[w.start:w.end]); m > 0 {
				d := date{month: m, day: v}
				end = w.end
				if byteAt(s, end) == '.' {
					end++
				}
				if y, k := yearAfter(s, end); k > 0 {
					d.year, end = y, k
				}
				return i, end, d
			}
		}
		if m := monthOf(before); m > 0 && byteAt(s, i+n) != '.' || m > 0 && digitsAt(s, i+n+1) == 0 {
			d, end := date{month: m, day: v}, j
			if y, k := yearAfter(s, end); k > 0 {
				d.year, end = y, k
			}
			if end == j && !isLikelyDay(s, end) {
				return 0, 0, date{}
			}
			return since, end, d
		}
	}
	return 0, 0, date{}
}

// isLikelyDay reports whether no counted thing follows: "on May 5, the" but not "in May 12 orders".
func isLikelyDay(s string, end int) bool {
	b := byteAt(s, end)
	return b != ' ' && b != '%' || func() bool {
		w, ok := nextWord(s, end)
		if !ok {
			return true
		}
		switch strings.ToLower(s[w.start:w.end]) {
		case "and", "or", "to", "was", "is", "were", "by", "in", "at", "the", "with", "for", "had":
			return true
		}
		return false
	}()
}

// iso reads what may follow a year: -04, -04-30, -04-30T10:00:00, -Q2, /04/30.
func iso(s string, i, year int) (end int, d date) {
	at := i + 4
	switch sep := byteAt(s, at); {
	case (sep == '-' || sep == ' ') && (byteAt(s, at+1) == 'Q' || byteAt(s, at+1) == 'q') && digitsAt(s, at+2) == 1:
		return at + 3, date{year: year, quarter: whole(s[at+2 : at+3])}
	case sep != '-' && sep != '/' || digitsAt(s, at+1) != 2:
		return 0, date{}
	default:
		second := whole(s[at+1 : at+3])
		d = date{year: year, month: second}
		end = at + 3
		if byteAt(s, end) == sep && digitsAt(s, end+1) == 2 {
			d.day = whole(s[end+1 : end+3])
			end += 3
			if b := byteAt(s, end); (b == 'T' || b == ' ') && digitsAt(s, end+1) == 2 && byteAt(s, end+3) == ':' {
				for end++; isDigit(byteAt(s, end)) || strings.IndexByte(":.Z+", byteAt(s, end)) >= 0 && byteAt(s, end) != 0; {
					end++
				}
			}
		} else if sep == '/' || second < 1 || second > 12 { // 1997/98, 1996-98
			d = date{}
		}
		return end, d
	}
}

// numericDate reads 30.4.1997, 30/04/97, 30-4-1997.
func numericDate(s string, i, n int) (end int, d date) {
	sep := byteAt(s, i+n)
	if sep != '.' && sep != '/' && sep != '-' {
		return 0, date{}
	}
	second := digitsAt(s, i+n+1)
	third := i + n + 1 + second + 1
	last := digitsAt(s, third)
	if second < 1 || second > 2 || byteAt(s, third-1) != sep || last != 4 && (last != 2 || sep == '-') {
		return 0, date{}
	}
	a, b, year := whole(s[i:i+n]), whole(s[i+n+1:third-1]), whole(s[third:third+last])
	if a < 1 || b < 1 || a > 31 || b > 31 || a > 12 && b > 12 || last == 4 && !isYear(year) {
		return 0, date{}
	}
	if sep == '.' && last == 4 {
		d = date{year: year, month: b, day: a}
	}
	return third + last, d
}

// skipOrdinal skips the ending of 4th, 1er, 4.
func skipOrdinal(s string, i int) int {
	if byteAt(s, i) == '.' {
		return i + 1
	}
	for _, o := range ordinals {
		if hasPrefixFold(s[i:], o) && !letterAt(s, i+len(o)) {
			return i + len(o)
		}
	}
	return i
}

var ordinals = []string{"st", "nd", "rd", "th", "er", "ère", "ème", "e", "º", "ª", "°"}

// yearAfter reads a year after spaces, a comma, "of" or "de".
func yearAfter(s string, i int) (year, end int) {
	for _, filler := range []string{", ", " ", " of ", " de ", " del "} {
		if hasPrefixFold(s[i:], filler) {
			j := i + len(filler)
			if n := digitsAt(s, j); n == 4 && isYear(whole(s[j:j+4])) && !isDigit(byteAt(s, j+5)) {
				return whole(s[j : j+4]), j + 4
			}
		}
	}
	return 0, 0
}

func blankBetween(s string, i, j int) bool {
	return i <= j && strings.Trim(s[i:j], " \u00a0\u202f") == ""
}

func byteAt(s string, i int) byte {
	if i < len(s) {
		return s[i]
	}
	return 0
}

// whole reads a run of digits that is short enough not to overflow.
func whole(s string) int {
	n := 0
	for i := 0; i < len(s) && i < 15; i++ {
		n = n*10 + int(s[i]-'0')
	}
	return n
}

func quarterOf(word string) int {
	if len(word) == 2 && (word[0] == 'Q' || word[0] == 'q' || word[0] == 'T') && '1' <= word[1] && word[1] <= '4' {
		return int(word[1] - '0')
	}
	return 0
}

// monthOf returns the number of the month that word names in English, German,
// French, Spanish, Italian, Portuguese or Dutch, or 0.
func monthOf(word string) int {
	if len(word) < 3 || len(word) > 12 {
		return 0
	}
	w := strings.ToLower(word)
	for i, names := range months {
		if slices.Contains(names, w) {
			if w == "may" && word[0] == 'm' || w == "mar" && word[0] == 'm' {
				return 0 // the verb, the sea
			}
			return i + 1
		}
	}
	return 0
}

var months = [12][]string{
	{"january", "jan", "januar", "jänner", "janvier", "enero", "gennaio", "janeiro", "januari"},
	{"february", "feb", "februar", "février", "febrero", "febbraio", "fevereiro", "februari"},
	{"march", "mar", "märz", "mars", "marzo", "março", "maart"},
	{"april", "apr", "avril", "abril", "aprile"},
	{"may", "mai", "mayo", "maggio", "maio", "mei"},
	{"june", "jun", "juni", "juin", "junio", "giugno", "junho"},
	{"july", "jul", "juli", "juillet", "julio", "luglio", "julho"},
	{"august", "aug", "août", "agosto", "augustus"},
	{"september", "sep", "sept", "septembre", "septiembre", "settembre", "setembro"},
	{"october", "oct", "okt", "oktober", "octobre", "octubre", "ottobre", "outubro"},
	{"november", "nov", "novembre", "noviembre", "novembro"},
	{"december", "dec", "dez", "dezember", "décembre", "diciembre", "dicembre", "dezembro"},
}

// cellDate reads a cell that is a date as databases write it, alone or with a time.
func cellDate(s string) (date, bool) {
	if len(s) < 7 || len(s) > 30 || digitsAt(s, 0) != 4 {
		return date{}, false
	}
	end, d := iso(s, 0, whole(s[:4]))
	if end != len(s) || d == (date{}) {
		return date{}, false
	}
	return d, true
}
