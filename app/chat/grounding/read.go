package grounding

import (
	"math"
	"strconv"
	"strings"
)

// numeral is one way to read a run of digits and separators.
type numeral struct {
	value    float64
	decimals int // digits after the point
	digits   int // significant digits
	zeros    int // trailing zeros, if there are no decimals
}

// numerals reads the run of digits that s has at i and returns its readings, the
// most likely first, and its end. With no reading it is no figure but a version, an
// address or the like.
//
// The languages disagree on the marks: 1,234.56 (English), 1.234,56 (German), 1 234,56
// (French, with any kind of space), 1'234.56 (Swiss), 12,34,567 (Indian). A run with two
// kinds of marks, or with the same twice, has one reading. A single mark before exactly three
// digits has two, 1.234 and 1,234: both are tried, and the data decide.
func numerals(s string, i int) (out []numeral, end int) {
	r := scanRun(s, i)
	if out = r.readings(); out != nil {
		return out, r.end
	}
	if last := r.marks[len(r.marks)-1]; last != ',' {
		return nil, r.end
	}
	first := run{groups: r.groups[:1]} // a list such as 1,2,3
	return first.readings(), i + len(r.groups[0])
}

// run is groups of digits with a mark between each two: a point, a comma, an
// apostrophe, or a space of any kind.
type run struct {
	groups []string
	marks  []byte
	end    int
}

// marksOfThousands are the marks that can only stand between groups of three
// digits; each is told as the byte that is its value.
var marksOfThousands = []struct {
	text string
	mark byte
}{{" ", ' '}, {"\u00a0", ' '}, {"\u202f", ' '}, {"\u2009", ' '}, {"\u2007", ' '}, {"'", '\''}, {"’", '\''}}

// maxGroups is how many groups of digits one number may have.
const maxGroups = 8

func scanRun(s string, i int) run {
	n := digitsAt(s, i)
	r := run{groups: []string{s[i : i+n]}, end: i + n}
	for r.end < len(s) && len(r.groups) < maxGroups {
		mark, width := markAt(s, r.end)
		n := digitsAt(s, r.end+width)
		if mark == 0 || n == 0 || (mark == ' ' || mark == '\'') && !r.takesThousands(s, mark, n, r.end+width) {
			break
		}
		r.groups = append(r.groups, s[r.end+width:r.end+width+n])
		r.marks = append(r.marks, mark)
		r.end += width + n
	}
	return r
}

// takesThousands reports whether a group of n digits after a space or an apostrophe
// belongs to the run: "1 234", but not "12 of 1997 234" or "in 5 12".
func (r *run) takesThousands(s string, mark byte, n, at int) bool {
	if n != 3 || len(r.groups[0]) > 3 || r.groups[0][0] == '0' {
		return false
	}
	for _, m := range r.marks {
		if m != mark {
			return false
		}
	}
	return at+n >= len(s) || !letterAt(s, at+n) || mark == '\''
}

func markAt(s string, i int) (mark byte, width int) {
	if s[i] == '.' || s[i] == ',' {
		return s[i], 1
	}
	for _, m := range marksOfThousands {
		if strings.HasPrefix(s[i:], m.text) {
			return m.mark, len(m.text)
		}
	}
	return 0, 0
}

func digitsAt(s string, i int) int {
	n := 0
	for i+n < len(s) && isDigit(s[i+n]) {
		n++
	}
	return n
}

// readings returns what the run can mean, or nil.
func (r *run) readings() []numeral {
	switch n := len(r.marks); {
	case n == 0:
		return []numeral{r.numeral(false)}
	case !r.uniform(n - 1):
		return nil
	case n > 1 && r.marks[n-1] != r.marks[0]:
		if r.marks[n-1] == ' ' || r.marks[n-1] == '\'' || !r.grouped(n-1) {
			return nil
		}
		return []numeral{r.numeral(true)}
	case n > 1 || r.marks[0] == ' ' || r.marks[0] == '\'':
		if !r.grouped(n) {
			return nil
		}
		return []numeral{r.numeral(false)}
	case r.grouped(1) && r.groups[1] == "000": // three decimals that say nothing are not written
		return []numeral{r.numeral(false)}
	case r.grouped(1) && r.marks[0] == ',':
		return []numeral{r.numeral(false), r.numeral(true)}
	case r.grouped(1):
		return []numeral{r.numeral(true), r.numeral(false)}
	default:
		return []numeral{r.numeral(true)}
	}
}

// uniform reports whether the first n marks are the same.
func (r *run) uniform(n int) bool {
	for _, m := range r.marks[:n] {
		if m != r.marks[0] {
			return false
		}
	}
	return true
}

// grouped reports whether the first n marks divide thousands, or lakhs and crores.
func (r *run) grouped(n int) bool {
	first := r.groups[0]
	if len(first) > 3 || first[0] == '0' || len(r.groups[n]) != 3 {
		return false
	}
	threes, twos := true, r.marks[0] == ',' && len(first) <= 2
	for _, g := range r.groups[1:n] {
		threes, twos = threes && len(g) == 3, twos && len(g) == 2
	}
	return threes || twos
}

// numeral reads the run with the last group as decimals, or with none.
func (r *run) numeral(decimals bool) numeral {
	var b strings.Builder
	for i, g := range r.groups {
		if decimals && i == len(r.groups)-1 {
			b.WriteByte('.')
		}
		b.WriteString(g)
	}
	var n numeral
	n.value, _ = strconv.ParseFloat(b.String(), 64)
	significant := strings.TrimLeft(strings.Replace(b.String(), ".", "", 1), "0")
	n.digits = max(1, len(significant))
	if decimals {
		n.decimals = len(r.groups[len(r.groups)-1])
	} else if n.zeros = len(significant) - len(strings.TrimRight(significant, "0")); significant == "" {
		n.zeros = 0
	}
	if math.IsInf(n.value, 0) {
		n.value = math.MaxFloat64
	}
	return n
}

// number reads a cell as a number. Strings count where they hold nothing but a number
// as databases print it, or one figure as people write it, such as "$1,234.50" or
// "45.2%"; percent tells the latter.
func number(cell string) (v float64, percent, ok bool) {
	if cell == "" || len(cell) > 40 {
		return 0, false, false
	}
	switch c := cell[0]; {
	case isDigit(c), c == '-', c == '+', c == '.':
		if second := byteAt(cell, 1); second|0x20 == 'x' || !isDigit(c) && !isDigit(second) || strings.IndexByte(cell, '_') > 0 {
			break // ParseFloat would take 0x1p4, +Inf and 1_000
		}
		if i := strings.LastIndexByte(cell, '-'); i > 0 && cell[i-1]|0x20 != 'e' {
			return 0, false, false // a date, a telephone number
		}
		if v, err := strconv.ParseFloat(cell, 64); err == nil {
			return v, false, !math.IsInf(v, 0)
		}
	case c < 0x80 && isLetter(rune(c)):
		return 0, false, false
	}
	if !strings.ContainsAny(cell, "0123456789") {
		return 0, false, false
	}
	i := strings.IndexAny(cell, "0123456789")
	readings, end := numerals(cell, i)
	if readings == nil || digitsAt(cell, end) > 0 {
		return 0, false, false
	}
	before, after := strings.Trim(cell[:i], " \u00a0\u202f"), strings.Trim(cell[end:], " \u00a0\u202f")
	negative := strings.HasPrefix(before, "-") || strings.HasPrefix(before, "−") || strings.HasSuffix(before, "-")
	before = strings.Trim(before, "+-− ")
	if before != "" && !isCurrency(before) || after != "" && after != "%" && !isCurrency(after) {
		return 0, false, false
	}
	v = readings[0].value
	if negative {
		v = -v
	}
	return v, after == "%", true
}

// fractionOf reads the digits after a point that nothing stands before: .5
func fractionOf(digits string) numeral {
	r := run{groups: []string{"0", digits}, marks: []byte{'.'}}
	return r.numeral(true)
}
