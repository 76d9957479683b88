package grounding

import (
	"math"
	"strings"
	"unicode/utf8"
)

// suffix takes scale, currency and unit after the number into f. It returns false if
// the number turns out to be a part of a word or an ordinal.
func (f *figure) suffix(s string) bool {
	if n := lettersAt(s, f.end); n > 0 {
		letters := s[f.end : f.end+n]
		if v := f.readings[0].value; letters == "s" && v >= 1000 && math.Mod(v, 1000) == 0 {
			f.end += n // the 2000s; "in 1,000s", see announced
			return false
		}
		u, size := unitAt(s[f.end:])
		switch exp := scaleOf(letters, true, f.money || currencyEndsAt(s, f.start) > 0 || currencyAt(s, f.end+n) > 0); {
		case exp > 0:
			f.exp = exp
			f.end += n
		case u != noUnit && size == n:
			f.unit = u
			f.end += n
			return true
		case isMeasure(letters):
			f.money = isCurrency(letters)
			if f.money {
				f.end += n
			}
			return true
		default:
			f.end += n
			return false
		}
	}
	at, bold := f.end, false
	for at < len(s) && at < f.end+3 && (s[at] == '*' || s[at] == '_') {
		at++
		bold = true
	}
	take := func(to int) {
		at = to
		if !bold {
			f.end = to
		}
	}
	next := at + gapAt(s, at)
	if w, ok := nextWord(s, next); ok && w.start == next && f.exp == 0 {
		money := currencyEndsAt(s, f.start) > 0 || currencyAt(s, w.end+gapAt(s, w.end)) > 0
		exp := scaleOf(s[w.start:w.end], false, money)
		if exp == 0 && f.isSpaced(s[w.start:w.end]) {
			exp = scaleOf(s[w.start:w.end], true, money)
		}
		if exp > 0 {
			f.exp = exp
			end := w.end
			if n := end - w.start; byteAt(s, end) == '.' && 1 < n && n <= 3 {
				end++
			}
			take(end)
			next = at + gapAt(s, at)
		}
	}
	if n := currencyAt(s, next); n > 0 {
		f.money = true
		take(next + n)
		return true
	}
	if byteAt(s, next) == '-' {
		if u, n := unitAt(s[next+1:]); u == times || u == percent {
			f.unit = u
			take(next + 1 + n)
			return true
		}
	}
	if u, n := unitAt(s[next:]); u != noUnit {
		f.unit = u
		take(next + n)
		return true
	}
	if w, ok := nextWord(s, next); ok && w.start == next {
		f.money = f.money || isMoneyWord(strings.ToLower(s[w.start:w.end]))
	}
	return true
}

// isSpaced reports whether s, a word of one letter after a space, is a scale, as in 617.09 K.
func (f *figure) isSpaced(s string) bool {
	r := f.readings[0]
	return (s == "k" || s == "K" || s == "M") && (r.decimals > 0 || r.value > 12)
}

// prefix takes sign and currency before the number into f.
func (f *figure) prefix(s string, floor int) {
	f.takeSign(s, floor)
	if n := currencyEndsAt(s[floor:], f.start-floor); n > 0 {
		f.money = true
		f.start -= n
		if f.sign == 0 {
			f.takeSign(s, floor)
		}
	}
	if r := runeBefore(s[floor:], f.start-floor); r == '~' || r == '≈' {
		f.hedge = about
	}
}

// takeSign takes a sign right before f, unless it is the dash of a range or a hyphen.
func (f *figure) takeSign(s string, floor int) {
	for _, sign := range []struct {
		text  string
		value int
	}{{"-", -1}, {"−", -1}, {"–", -1}, {"+", 1}} {
		at := f.start - len(sign.text)
		if at < floor || s[at:f.start] != sign.text {
			continue
		}
		before := runeBefore(s, at)
		if !isWordRune(before) && before != ')' && before != '%' && before != 0xfffd && currencyEndsAt(s[floor:], at-floor) == 0 || sign.value < 0 && sign.text != "–" && currencyEndsAt(s[floor:], at-floor) > 0 {
			f.sign, f.start = sign.value, at
		}
		return
	}
}

// lettersAt returns the length of the letters of a script with spaces at i.
func lettersAt(s string, i int) int {
	n := 0
	for i+n < len(s) {
		r, size := runeAt(s, i+n)
		if !isLetter(r) {
			break
		}
		n += size
	}
	return n
}

// gapAt returns the length of one space of any kind at i, or 0.
func gapAt(s string, i int) int {
	for _, m := range marksOfThousands {
		if m.mark == ' ' && strings.HasPrefix(s[min(i, len(s)):], m.text) {
			return len(m.text)
		}
	}
	return 0
}

// currencyAt returns the length of the currency at i, or 0.
func currencyAt(s string, i int) int {
	for n := 3; n > 0; n-- {
		end := i
		for k := 0; k < n && end < len(s); k++ {
			_, size := runeAt(s, end)
			end += size
		}
		if i < end && isCurrency(s[i:end]) && !(letterAt(s, end) && isLetter(lastRune(s[:end]))) {
			return end - i
		}
	}
	return 0
}

// currencyEndsAt returns the length of the currency that ends at i, with the space
// between if there is one, or 0.
func currencyEndsAt(s string, i int) int {
	end := i
	for _, m := range marksOfThousands {
		if m.mark == ' ' && strings.HasSuffix(s[:end], m.text) {
			end -= len(m.text)
			break
		}
	}
	for n := 3; n > 0; n-- {
		start := end
		for k := 0; k < n && start > 0; k++ {
			_, size := utf8.DecodeLastRuneInString(s[:start])
			start -= size
		}
		if start < end && isCurrency(s[start:end]) && !(isLetter(runeBefore(s, start)) && letterAt(s, start)) {
			return i - start
		}
	}
	return 0
}

func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}
