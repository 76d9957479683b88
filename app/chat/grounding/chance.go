package grounding

import "math"

// A number that equals a cell proves nothing by itself: in ten thousand cells nearly every figure
// of three digits has its like. So a match counts only where it would be a rare
// accident. Of a figure written with n digits there are 9·10ⁿ⁻¹ in its decade (100 to
// 999, 1.00 to 9.99); if m of the numbers that were looked at lie in that decade, a figure
// drawn at random matches with a probability of at most m in 9·10ⁿ⁻¹. These are the most that is
// accepted, over everything that was tried for a figure.
const (
	maxChance     = 0.02 // among numbers that nothing in the text points to
	maxChanceTied = 0.05 // among those of rows that the text names or cites
	maxChanceFew  = 0.12 // for figures of one or two digits, which cannot reach the others
)

// fewDigits is the number of digits below which a match is weak evidence.
const fewDigits = 3

// role is how a figure is compared with a number.
type role int

const (
	asWritten  role = iota
	asFraction      // 15 % with 0.15
	unscaled        // 1.3 million with 1.3, in a column of millions
	rescaled        // 1.3 with 1.3 million, where the text announces millions
)

// reading is an interval of sizes, without sign, that a figure can stand for.
type reading struct {
	value, lo, hi float64
	slack         float64 // what floating point may add
	digits        int
	units         float64 // width of the interval in units of the last digit
	from, to      float64 // the decade, and what of the interval lies outside
	integer       bool    // no decimals are written
	role          role
}

// waysToRead returns what f can stand for, the most likely first.
//
// A number rounds to f if it is at most half a unit of f's last digit away: half up
// and half to even differ in the middle only, and both are accepted there. Numbers that
// were merely cut off do not match, except after words that say so: "over 1.2
// million" for 1,265,793, "nearly 1.3 million" for 1,255,000. After such words, and after "about",
// zeros at the end are no digits.
//
// Scales are powers of ten that are announced for f elsewhere.
func (f *figure) waysToRead(scales []int) []reading {
	var out []reading
	for _, n := range f.readings {
		scale := math.Pow10(f.exp)
		step := math.Pow10(-n.decimals)
		out = append(out, f.interval(n.value*scale, step*scale, n.digits, asWritten))
		if f.hedge != plainly && n.zeros > 0 && n.digits > n.zeros {
			out = append(out, f.interval(n.value*scale, math.Pow10(n.zeros)*scale, n.digits-n.zeros, asWritten))
		}
		switch f.unit {
		case percent, points:
			out = append(out, f.interval(n.value/100, step/100, n.digits, asFraction))
		case perMille:
			out = append(out, f.interval(n.value/1000, step/1000, n.digits, asFraction))
		}
		if f.exp != 0 {
			out = append(out, f.interval(n.value, step, n.digits, unscaled))
		}
	}
	for _, exp := range scales {
		for _, n := range f.readings {
			scale := math.Pow10(exp)
			out = append(out, f.interval(n.value*scale, math.Pow10(-n.decimals)*scale, n.digits, rescaled))
		}
	}
	return out
}

func (f *figure) interval(value, step float64, digits int, as role) reading {
	r := reading{value: value, lo: value - step/2, hi: value + step/2, slack: value*1e-11 + 1e-12, digits: digits, units: 1, role: as}
	switch f.hedge {
	case over:
		r.hi, r.units = value+step, 1.5
	case under:
		r.lo, r.units = value-step, 1.5
	}
	if f.year || f.literal != "" {
		r.lo, r.hi = value, value
	}
	if value > 0 {
		r.from = math.Pow10(int(math.Floor(math.Log10(value) + 1e-12)))
		r.to = r.from * 10
	} else {
		r.to = step
	}
	r.from, r.to, r.integer = min(r.from, r.lo), max(r.to, r.hi), step >= 1
	return r
}

// fits reports whether a number of that size is one that r stands for, and whether exactly so.
func (r *reading) fits(size float64) (fits, exact bool) {
	if !(r.lo-r.slack <= size && size <= r.hi+r.slack) { // NaN is no number
		return false, false
	}
	return true, math.Abs(size-r.value) <= r.slack
}

// chance returns the probability that a figure like r matches one of m numbers of
// its decade by accident.
func (r *reading) chance(m int) float64 {
	return float64(m) * r.units / (9 * math.Pow10(r.digits-1))
}

// suits reports whether numbers of c can be meant by f as r reads it.
func (f *figure) suits(r *reading, c *column) bool {
	switch {
	case r.role == asFraction:
		return c.fraction
	case r.role == unscaled:
		return c.exp == f.exp
	case f.money && c.key:
		return false
	case c.integers && f.exp == 0 && r.value != math.Trunc(r.value):
		return false
	case f.unit != noUnit && !c.percent:
		return f.readings[0].decimals > 0 && c.largest <= 1000
	default:
		return true
	}
}

// signed reports whether a number with the sign of v can be meant. A figure without a
// sign leaves it to the words ("a loss of 500").
func (f *figure) signed(v float64) bool {
	return f.sign == 0 || f.sign > 0 && v >= 0 || f.sign < 0 && v <= 0
}
