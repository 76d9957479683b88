package guide

import "slices"

// takeTime reads the time at i: a year, a range of years, a month, a quarter, or a
// limit such as "since 1997". It returns how many words after i it has read.
func (c *clause) takeTime(words []word, i int) (int, error) {
	w := words[i]
	switch w.role {
	case aYear:
		if i+2 < len(words) && words[i+1].role == to && words[i+2].role == aYear {
			return 2, c.addRange(w.number, words[i+2].number)
		}
		if i > 0 && words[i-1].role == to || c.pending != unknown {
			return 0, refuse("I did not understand the time; say “in %d”, “since %d” or “from %d to %d”.", w.number, w.number, w.number-1, w.number)
		}
		c.when.years = include(c.when.years, w.number)
		return 0, nil
	case aRange:
		return 0, c.addRange(w.number, w.last)
	case between:
		if i+3 < len(words) && words[i+1].role == aYear && words[i+2].role == and && words[i+3].role == aYear {
			return 3, c.addRange(words[i+1].number, words[i+3].number)
		}
		return 0, refuse("After “between” I understand two years only, as in “between 1996 and 1997”.")
	case aMonth, aQuarter:
		return 0, c.addSpan(w)
	default:
		return 1, c.addLimit(words, i)
	}
}

func (c *clause) addRange(first, last int) error {
	if first > last || last-first > mostYears || len(c.when.years) > 0 {
		return refuse("I did not understand the years from %d to %d.", first, last)
	}
	for y := first; y <= last; y++ {
		c.when.years = append(c.when.years, y)
	}
	c.when.ranged = true
	return nil
}

// addSpan reads a month, alone or with its year as in 1997-05, or a quarter.
func (c *clause) addSpan(w word) error {
	other := c.when.month != 0 || c.when.quarter != 0
	same := w.role == aMonth && c.when.month == w.number || w.role == aQuarter && c.when.quarter == w.number
	if other && !same || c.pending != unknown {
		return refuse("I can look at one month or quarter at a time; “by month” or “by quarter” shows them all.")
	}
	if w.role == aMonth {
		c.when.month = w.number
	} else {
		c.when.quarter = w.number
	}
	if w.last != 0 {
		c.when.years = include(c.when.years, w.last)
	}
	c.monthsSet++
	return nil
}

func (c *clause) addLimit(words []word, i int) error {
	if i+1 == len(words) || words[i+1].role != aYear {
		return refuse("After “%s” I understand a year only, as in “%s 1997”.", phrase(words[i].tokens), phrase(words[i].tokens))
	}
	y := words[i+1].number
	switch {
	case words[i].role == before && c.when.before == 0:
		c.when.before = y
	case words[i].role == since && c.when.since == 0:
		c.when.since = y
	case words[i].role == after && c.when.since == 0:
		c.when.since = y + 1
	default:
		return refuse("I did not understand the limits of time together.")
	}
	return nil
}

// checkTime refuses combinations of times that could be read in two ways.
func (c *clause) checkTime() error {
	limited := c.when.since != 0 || c.when.before != 0
	spans := c.when.month != 0 || c.when.quarter != 0
	switch {
	case limited && (spans || len(c.when.years) > 0):
		return refuse("I did not understand the limits of time together with another time.")
	case spans && len(c.when.years) > 1 && c.monthsSet != len(c.when.years):
		return refuse("I did not understand which month or quarter goes with which year.")
	case spans && c.when.ranged:
		return refuse("I can look at one month or quarter at a time, or at a range of years.")
	case c.when.since != 0 && c.when.before != 0 && c.when.since >= c.when.before:
		return refuse("No time is both since %d and before %d.", c.when.since, c.when.before)
	}
	slices.Sort(c.when.years)
	return nil
}
