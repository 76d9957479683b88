package grounding

import (
	"strings"
	"unicode/utf8"
)

// figure is a number that stands in the text.
type figure struct {
	start, end int // with sign, currency and unit
	readings   []numeral
	sign       int    // -1 or 1 if one is written, else 0
	money      bool   // a currency is written
	unit       unit   //
	exp        int    // the power of ten that is written: 6 for million
	hedge      hedge  //
	literal    string // the digits, where they must be compared as such: 00123
	year       bool   // four digits, as of a year
	part       bool   // a part of one, as in "0.4875 of all" or 2/5
	vague      bool   // a fraction such as 2/5, which only a share of a total is told by
	way        int    // 1 or -1 if the text says that it is a rise or a fall, see changeAt
	wayAfter   bool   // it says so after the figure
	ranked     bool   // "the top 5", "these 5"
	counted    []ref  // the columns of names that it counts, see counts
	noun       uint64 // what it counts
	weak       bool   // claims nothing if it matches nothing, see find

	block, sentence int
	column          int // of a Markdown table, or -1
	cites           []int
}

// find finds the figures of the text: digits that stand for a number, with marks of
// thousands and decimals, sign, currency, scale and unit.
//
// No figures are digits inside words (Q3, B2B), in code, addresses and tags, the numbers of
// lists, headings and ordinals, times and dates, versions, proportions (3:1), and digits
// within a name that the data hold. Numbers written as words are none either: they are
// idioms more often than claims.
//
// Weak figures are looked up, but are no inventions if nothing matches, since they
// mostly repeat what was asked or count what the answer itself lists: plain integers up to
// twelve outside of tables; those after words such as top, last, row and "the" ("the 20
// best"); "12-month"; single years; round bounds ("more than 500"); 0 % and 100 %; digits that begin with zero. All
// others are claims. The limit is twelve because prose counts its own items and months up to there,
// and because so few digits match nearly anything: to look them up decides nothing.
func (d *document) find(s string) {
	for bi := range d.blocks {
		b := &d.blocks[bi]
		if b.kind == tableHead {
			continue
		}
		from := len(d.figures)
		for i := b.start; i < b.end; {
			if !isDigit(s[i]) {
				i++
				continue
			}
			if len(d.figures) == maxFigures {
				d.cut = true
				return
			}
			i = d.figureAt(s, b, bi, i)
		}
		inheritUnits(d.figures[from:], s)
	}
	d.dropNumbering()
}

// figureAt reads what begins with the digit at i, and returns where to go on.
func (d *document) figureAt(s string, b *block, bi, i int) int {
	word, since := wordBefore(s, b.start, i)
	if end := phoneAt(s, b.start, i, b.end, word); end > 0 {
		return end
	}
	if start, end, when := dateAt(s[:b.end], i, word, since); end > 0 {
		if when.year != 0 {
			d.moments = append(d.moments, moment{start, end, when})
		}
		return end
	}
	f := figure{start: i, block: bi, column: -1}
	f.readings, f.end = numerals(s[:b.end], i)
	if f.readings == nil || isInsideWord(s, b.start, i) {
		return endOfWord(s[:b.end], f.end)
	}
	if n := numberingAt(s, b, i); n > 0 {
		return i + n
	}
	special, skip := f.notation(s[:b.end], i, word)
	if skip > 0 {
		return skip
	}
	if digits := s[i:f.end]; len(digits) > 1 && !special && digits[0] == '0' && byteAt(s, f.end) == '-' && digitsAt(s, f.end+1) > 0 {
		return endOfWord(s[:b.end], f.end)
	}
	if byteAt(s, f.end) == ':' && digitsAt(s, f.end+1) > 0 {
		return f.end + 1 + digitsAt(s, f.end+1)
	}
	if i > b.start && s[i-1] == '.' && len(f.readings) == 1 && f.readings[0].decimals == 0 && (i-1 == b.start || !isWordRune(runeBefore(s, i-1))) {
		n := digitsAt(s, i)
		f.readings = []numeral{fractionOf(s[i : i+n])}
		f.start--
	}
	digits := s[i:f.end]
	if !special && !f.suffix(s[:b.end]) {
		return endOfWord(s[:b.end], f.end)
	}
	floor := b.start
	if n := len(d.figures); n > 0 {
		floor = max(floor, d.figures[n-1].end) // the sign of "5€6" is taken already
	}
	f.prefix(s, floor)
	if !special && !d.plain {
		f.classify(s, b, digits, word)
	}
	if !d.plain {
		f.way, f.wayAfter = changeAt(s, b, f.start, f.end)
	}
	if f.year {
		d.moments = append(d.moments, moment{f.start, f.end, date{year: whole(digits)}})
	}
	for f.sentence < len(b.sentences)-1 && b.sentences[f.sentence].end <= f.start {
		f.sentence++
	}
	if b.kind == tableRow {
		f.column = strings.Count(s[b.start:f.start], "|")
		if s[b.start] == '|' {
			f.column--
		}
	}
	end := f.end
	d.figures = append(d.figures, f)
	return end
}

// classify decides whether f is weak, and whether its digits are compared as such.
func (f *figure) classify(s string, b *block, digits, word string) {
	f.hedge = max(f.hedge, hedgeBefore(s, b.start, f.start))
	r := f.readings[0]
	if last, at := wordBefore(s, b.start, f.start); f.unit == noUnit {
		if before, _ := wordBefore(s, b.start, at); isFactor(strings.ToLower(last)) || isFactor(strings.ToLower(before)) && len(last) < 4 {
			f.unit = times
		}
	}
	bare := len(digits) == digitsAt(digits, 0)
	simple := bare && !f.money && f.unit == noUnit && f.exp == 0 && f.sign == 0
	switch {
	case simple && len(digits) > 1 && digits[0] == '0':
		f.literal, f.weak = digits, true
	case bare && len(digits) > 15:
		f.literal = digits
	case simple && len(digits) == 4 && isYear(whole(digits)) && (f.hedge == plainly || strings.EqualFold(word, "than") && !letterAt(s, f.end+gapAt(s, f.end))):
		f.year, f.weak, f.hedge = true, true, plainly
	case !f.money && f.unit == noUnit && f.exp == 0 && f.isAside(s, b, digits, word):
		f.weak = true
	case r.value == 0, f.unit == percent && r.value == 100 && r.decimals == 0:
		f.weak = true
	case (f.hedge == over || f.hedge == under) && r.zeros > 0 && r.digits-r.zeros < fewDigits && f.exp == 0:
		f.weak = true
	case (simple || bare && f.unit == times) && b.kind != tableRow:
		low := strings.ToLower(word)
		f.ranked = isRank(low) || isDefinite(low)
		f.weak = r.value <= 12 ||
			r.value <= 1000 && isRank(low) ||
			r.value <= 100 && isDefinite(low) ||
			f.isOfShown(s[:b.end]) ||
			r.value <= 1000 && byteAt(s, f.end) == '-' && letterAt(s, f.end+1)
	}
	f.part = f.unit == noUnit && !f.money && f.exp == 0 && 0 < r.value && r.value < 1 && r.decimals > 1 && saysPart(s, b, f.start, f.end)
}

// isOfShown reports whether f counts rows that the answer shows or leaves out: "43 more",
// "200 of 234 rows".
func (f *figure) isOfShown(s string) bool {
	next := f.end + gapAt(s, f.end)
	w, ok := nextWord(s, next)
	if !ok || w.start != next {
		return false
	}
	word := strings.ToLower(s[w.start:w.end])
	then := w.end + gapAt(s, w.end)
	v, ok := nextWord(s, then)
	if isRest(word) {
		return !ok || v.start != then || isLeftOut(strings.ToLower(s[v.start:v.end]))
	}
	if word == "out" && ok && strings.EqualFold(s[v.start:v.end], "of") {
		then = v.end + gapAt(s, v.end)
		v, ok = nextWord(s, then)
		word = "of"
	}
	if !isOf(word) || !ok || v.start != then || !isDigit(s[then]) {
		return false
	}
	_, end := numerals(s, then)
	next = end + gapAt(s, end)
	w, ok = nextWord(s, next)
	return ok && w.start == next && isRowNoun(strings.ToLower(s[w.start:w.end]))
}

// saysPart reports whether the words around a number say that it is a part of one: "0.4875 of all
// sales", "a share of 0.4875".
func saysPart(s string, b *block, start, end int) bool {
	next := end + gapAt(s, end)
	if w, ok := nextWord(s[:b.end], next); ok && w.start == next && isOf(strings.ToLower(s[w.start:w.end])) {
		return true
	}
	last, at := wordBefore(s, b.start, start)
	before, _ := wordBefore(s, b.start, at)
	return isPart(strings.ToLower(last)) || isPart(strings.ToLower(before))
}

// numberingAt returns the length of the number of an item within a line at i, such as "3)",
// which no parenthesis opens; else 0.
func numberingAt(s string, b *block, i int) int {
	n := digitsAt(s, i)
	if n > 2 || byteAt(s, i+n) != ')' || byteAt(s, i+n+1) != ' ' || i > b.start && s[i-1] != ' ' {
		return 0
	}
	from := max(b.start, i-window)
	if strings.Count(s[from:i], "(") > strings.Count(s[from:i], ")") {
		return 0
	}
	return n + 1
}

// hedgeBefore tells by the words before a number how it is rounded.
func hedgeBefore(s string, floor, i int) hedge {
	switch lastRune(strings.TrimRight(s[floor:i], " ")) {
	case '>', '≥':
		return over
	case '<', '≤':
		return under
	}
	last, at := wordBefore(s, floor, i)
	last = strings.ToLower(last)
	switch last {
	case "than", "als", "de", "di", "que", "to", "a", "von":
		word, _ := wordBefore(s, floor, at)
		switch strings.ToLower(word) {
		case "more", "mehr", "plus", "más", "più", "greater", "higher", "larger":
			return over
		case "less", "fewer", "weniger", "moins", "menos", "meno", "lower", "smaller":
			return under
		case "close", "près", "cerca", "circa", "alrededor":
			return about
		case "up", "limited", "capped", "restricted":
			return under
		}
		return plainly
	case "least":
		return over
	case "most":
		return under
	case "plus", "más":
		return plainly
	}
	return hedgeOf(last)
}

// inheritUnits gives the first figure of a range the unit of the second: 5–10 %, $1.2 to 1.5 million. If
// the first numbers rows, so does the second: rows 51 to 100.
func inheritUnits(fs []figure, s string) {
	for i := 1; i < len(fs); i++ {
		a, b := &fs[i-1], &fs[i]
		if b.start-a.end > 8 || a.unit != noUnit || a.exp != 0 {
			continue
		}
		switch strings.Trim(s[a.end:b.start], " \u00a0") {
		case "-", "–", "—", "to", "bis", "à", "a":
			b.weak = b.weak || a.ranked && b.unit == noUnit && !b.money
			a.unit, a.exp, a.money = b.unit, b.exp, a.money || b.money
			a.weak, a.year = a.weak && a.unit == noUnit && a.exp == 0 && !a.money, a.year && a.unit == noUnit && a.exp == 0
		}
	}
}

// dropNumbering drops the figures 1, 2, 3 … in the first column of a table: they number its rows.
func (d *document) dropNumbering() {
	run, table := map[int]int{}, map[int]bool{}
	for i := range d.figures {
		f := &d.figures[i]
		if t := d.blocks[f.block].table; t > 0 && f.column == 0 {
			run[t]++
			if run[t] == 1 {
				table[t] = true
			}
			table[t] = table[t] && f.readings[0].value == float64(run[t])
		}
	}
	kept := d.figures[:0]
	for _, f := range d.figures {
		if t := d.blocks[f.block].table; t > 0 && f.column == 0 && table[t] && run[t] > 1 {
			continue
		}
		kept = append(kept, f)
	}
	d.figures = kept
}

// isInsideWord reports whether the digits at i continue a word: Q3, order_12,
// Covid-19, #3, x^2.
func isInsideWord(s string, floor, i int) bool {
	before := runeBefore(s[floor:], i-floor)
	switch {
	case isLetter(before):
		return currencyEndsAt(s[floor:], i-floor) == 0
	case before == '#' || before == '^' || before == '@' || before == '\\':
		return true
	case before == '-' || before == '_' || before == '/' || before == '.':
		r := runeBefore(s[floor:], i-floor-1)
		return isLetter(r) && (before != '.' || currencyEndsAt(s[floor:], i-floor) == 0) || before == '_' && isWordRune(r)
	}
	return false
}

// endOfWord returns where the word or path that continues at i ends.
func endOfWord(s string, i int) int {
	for i < len(s) {
		r, n := runeAt(s, i)
		if !isWordRune(r) && (strings.IndexByte("._-/:", s[i]) < 0 || i+1 >= len(s) || !isWordRune(firstRune(s[i+1:]))) {
			break
		}
		i += n
	}
	return i
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// wordBefore returns the last word before i, over spaces and light marks, and its start.
func wordBefore(s string, floor, i int) (string, int) {
	end := i
	for end > floor {
		r, n := utf8.DecodeLastRuneInString(s[floor:end])
		if isWordRune(r) {
			break
		}
		if !strings.ContainsRune(" \u00a0\u202f.,*_~≈$€£+-−", r) {
			return "", i
		}
		end -= n
	}
	start := end
	for start > floor {
		r, n := utf8.DecodeLastRuneInString(s[floor:start])
		if !isWordRune(r) {
			break
		}
		start -= n
	}
	return s[start:end], start
}
