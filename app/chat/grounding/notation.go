package grounding

import (
	"math"
	"strconv"
	"strings"
	"unicode/utf8"
)

// notation reads into f what is no plain run of digits: a power of ten after the number
// (6.17e5, 6.17 × 10^5), a hexadecimal number and a fraction (2/5). It returns false if
// the digits are none of these, and a later end if they are no figure at all.
func (f *figure) notation(s string, i int, word string) (taken bool, skip int) {
	if n := hexAt(s, i); n > 0 {
		v, err := strconv.ParseUint(s[i+2:i+n], 16, 52)
		if err != nil {
			return true, i + n
		}
		f.readings = []numeral{{value: float64(v), digits: len(strconv.FormatUint(v, 10))}}
		f.end, f.weak = i+n, isCoded(strings.ToLower(word))
		return true, 0
	}
	if a, b, n := fractionAt(s, i); n > 0 {
		if a >= b || b > 20 || isRank(strings.ToLower(word)) || isBesideDate(strings.ToLower(word)) { // 24/7, page 2/5, on 2/5
			return true, i + n
		}
		f.readings = []numeral{{value: float64(a) / float64(b), decimals: 1, digits: 2}}
		f.end, f.part, f.vague = i+n, true, true
		return true, 0
	}
	if exp, end := powerAt(s, f.end); end > 0 {
		for k := range f.readings {
			f.readings[k].raise(exp)
		}
		f.end = end
	}
	return false, 0
}

// raise multiplies n by a power of ten. Without decimals its value is exact: 1e6 is 1,000,000.
func (n *numeral) raise(exp int) {
	n.value *= math.Pow10(exp)
	if n.decimals == 0 && exp > 0 && n.value > 0 {
		n.zeros += exp
		n.digits += exp
		return
	}
	n.decimals -= exp
}

// maxPower bounds powers of ten, so that no value overflows.
const maxPower = 30

// powerAt reads the power of ten that follows a number at i: e5, ×10^5, · 10⁵, \times 10^{5}.
func powerAt(s string, i int) (exp, end int) {
	if b := byteAt(s, i); b == 'e' || b == 'E' {
		exp, end = exponentAt(s, i+1)
		if end == 0 || letterAt(s, end) || exp > maxPower || exp < -maxPower {
			return 0, 0
		}
		return exp, end
	}
	at := i + gapAt(s, i)
	sign := 0
	for _, t := range []string{"×", "x", "*", "·", "⋅", `\times`, `\cdot`} {
		if strings.HasPrefix(s[min(at, len(s)):], t) {
			sign = len(t)
			break
		}
	}
	if sign == 0 {
		return 0, 0
	}
	at += sign
	at += gapAt(s, at)
	if !strings.HasPrefix(s[min(at, len(s)):], "10") {
		return 0, 0
	}
	at += 2
	if exp, end = raisedAt(s, at); end == 0 {
		switch {
		case byteAt(s, at) == '^':
			at++
		case strings.HasPrefix(s[min(at, len(s)):], "**"):
			at += 2
		default:
			return 0, 0
		}
		brace := byteAt(s, at) == '{' || byteAt(s, at) == '('
		if brace {
			at++
		}
		if exp, end = exponentAt(s, at); end > 0 && brace {
			if b := byteAt(s, end); b != '}' && b != ')' {
				return 0, 0
			}
			end++
		}
	}
	if exp > maxPower || exp < -maxPower {
		return 0, 0
	}
	return exp, end
}

// exponentAt reads up to three digits with a sign.
func exponentAt(s string, i int) (exp, end int) {
	sign := 1
	switch {
	case byteAt(s, i) == '+':
		i++
	case byteAt(s, i) == '-':
		sign, i = -1, i+1
	case strings.HasPrefix(s[min(i, len(s)):], "−"):
		sign, i = -1, i+len("−")
	}
	n := digitsAt(s, i)
	if n < 1 || n > 3 {
		return 0, 0
	}
	return sign * whole(s[i:i+n]), i + n
}

// raisedAt reads an exponent in raised digits: ⁵, ⁻³.
func raisedAt(s string, i int) (exp, end int) {
	sign, digits := 1, 0
	for i < len(s) {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch at := strings.IndexRune(raised, r); {
		case r == '⁻' && digits == 0:
			sign = -1
		case at >= 0 && digits < 3:
			exp = exp*10 + len([]rune(raised[:at]))
			digits++
		default:
			n = 0
		}
		if n == 0 {
			break
		}
		i += n
	}
	if digits == 0 {
		return 0, 0
	}
	return sign * exp, i
}

const raised = "⁰¹²³⁴⁵⁶⁷⁸⁹"

// hexAt returns the length of a hexadecimal number such as 0x96A9D, or 0.
func hexAt(s string, i int) int {
	if byteAt(s, i) != '0' || byteAt(s, i+1)|0x20 != 'x' {
		return 0
	}
	n := 2
	for isHex(byteAt(s, i+n)) {
		n++
	}
	if n == 2 || letterAt(s, i+n) {
		return 0
	}
	return n
}

func isHex(b byte) bool { return isDigit(b) || 'a' <= b|0x20 && b|0x20 <= 'f' }

// fractionAt reads two short numbers with a slash between them, and no more: 2/5.
func fractionAt(s string, i int) (a, b, length int) {
	n := digitsAt(s, i)
	m := digitsAt(s, i+n+1)
	end := i + n + 1 + m
	if n > 2 || byteAt(s, i+n) != '/' || m < 1 || m > 2 || s[i] == '0' || byteAt(s, end) == '/' || letterAt(s, end) {
		return 0, 0, 0
	}
	if next := byteAt(s, end); (next == '.' || next == ',') && isDigit(byteAt(s, end+1)) {
		return 0, 0, 0
	}
	return whole(s[i : i+n]), whole(s[i+n+1 : end]), end - i
}

// phoneAt returns the end of the telephone number of which digits stand at i, or 0.
// Two groups with a hyphen between them are one only after a word that says so.
func phoneAt(s string, floor, i, end int, word string) int {
	before := byte(0)
	if i > floor {
		before = s[i-1]
	}
	said := isPhone(strings.ToLower(word))
	groups, digits, hyphens, threes, at := 0, 0, 0, true, i
	closed := before != '('
	for at < end && groups < 7 {
		n := digitsAt(s[:end], at)
		if n == 0 {
			break
		}
		groups++
		digits += n
		threes = threes && (groups == 1 || n == 3)
		next := at + n
		gap := next
		for gap < end && gap < next+2 && strings.IndexByte(" -/()", s[gap]) >= 0 {
			switch s[gap] {
			case '-', '/':
				hyphens++
			case '(', ')':
				closed = true
				hyphens++
			}
			gap++
		}
		if at = next; gap == next || digitsAt(s[:end], gap) == 0 {
			break
		}
		at = gap
	}
	if end := at; digits >= 7 && digits <= 15 && groups > 1 && closed && !letterAt(s, end) && !isDigit(byteAt(s, end+1)) {
		switch {
		case said,
			before == '+' && groups > 2 && !threes,
			before == '(' && groups == 3 && digits >= 9 && hyphens > 0,
			groups == 3 && digits == 10 && hyphens == 2 && digitsAt(s, i) == 3 && before != '/':
			return end
		}
	}
	return 0
}
