package grounding

import (
	"encoding/json"
	"math"
	"slices"
	"strings"
)

// index is the tables, prepared to be asked for numbers and names.
type index struct {
	sheets   []*sheet
	mentions []mention // in the order of the text
	cut      bool      // there were more cells than maxCells
}

// sheet is one table.
type sheet struct {
	Table
	columns []column
	values  []float64 // of each cell, row by row; NaN where it is no number
	days    *days     // see calendarDays
}

// column is what is known of a column of numbers.
type column struct {
	words    []uint64 // of its name
	count    int      // cells that are numbers
	sum      float64
	min, max int       // rows of the extremes
	sizes    []float64 // of its numbers without their signs, in order once sorted
	sorted   bool
	key      bool // ids or years: to add or compare them makes no sense
	years    bool
	integers bool    // there are no others
	largest  float64 // size
	fraction bool    // parts of one, such as 0.15
	percent  bool    // percentages, such as 15
	exp      int     // the power of ten that the name tells: 6 for "Sales (million)"
}

// ref is a cell; row allRows stands for the whole column, and column noColumn for rows
// as such.
type ref struct{ sheet, row, column int }

const (
	allRows  = -1
	noColumn = -1
)

// newIndex reads the tables, the newest first, up to maxCells.
func newIndex(tables []Table) *index {
	x := &index{sheets: make([]*sheet, len(tables))}
	left := maxCells
	for i := len(tables) - 1; i >= 0; i-- {
		t := tables[i]
		width := max(1, len(t.Columns))
		if rows := left / width; len(t.Rows) > rows {
			t.Total = max(t.Total, len(t.Rows))
			t.Rows, x.cut = t.Rows[:rows], true
		}
		left -= len(t.Rows) * width
		x.sheets[i] = newSheet(t)
	}
	return x
}

func newSheet(t Table) *sheet {
	s := &sheet{Table: t, columns: make([]column, len(t.Columns)), values: make([]float64, len(t.Rows)*len(t.Columns))}
	for c := range s.columns {
		s.columns[c].readName(t.Columns[c])
		s.readColumn(c)
	}
	return s
}

// whole reports whether the table holds all rows of its result, so that its columns
// may be added up.
func (s *sheet) whole() bool { return s.Total <= len(s.Rows) }

func (s *sheet) value(row, column int) float64 { return s.values[row*len(s.columns)+column] }

// cell returns a cell as a string, if it is one or a number.
func (s *sheet) cell(row, column int) string {
	if column >= len(s.Rows[row]) {
		return ""
	}
	switch v := s.Rows[row][column].(type) {
	case string:
		return v
	case json.Number:
		return string(v)
	default:
		return ""
	}
}

func (s *sheet) readColumn(c int) {
	col := &s.columns[c]
	years := true
	col.integers = true
	for r := range s.Rows {
		v, percent, ok := s.readCell(r, c)
		if !ok {
			s.values[r*len(s.columns)+c] = math.NaN()
			continue
		}
		s.values[r*len(s.columns)+c] = v
		col.percent = col.percent || percent
		if col.count == 0 || v < s.value(col.min, c) {
			col.min = r
		}
		if col.count == 0 || v > s.value(col.max, c) {
			col.max = r
		}
		col.count++
		col.sum += v
		if col.sizes == nil {
			col.sizes = make([]float64, 0, len(s.Rows)-r)
		}
		col.sizes = append(col.sizes, math.Abs(v))
		col.integers = col.integers && v == math.Trunc(v)
		years = years && v >= 1900 && v < 2100
		col.largest = max(col.largest, math.Abs(v))
	}
	col.years = col.count > 0 && col.integers && years
	col.key = col.integers && col.key || col.years
	col.fraction = col.fraction || !col.integers && col.largest <= 1
}

func (s *sheet) readCell(r, c int) (v float64, percent, ok bool) {
	if c >= len(s.Rows[r]) {
		return 0, false, false
	}
	switch cell := s.Rows[r][c].(type) {
	case json.Number:
		return number(string(cell))
	case string:
		return number(cell)
	case float64:
		return cell, false, !math.IsNaN(cell) && !math.IsInf(cell, 0)
	default:
		return 0, false, false
	}
}

// readName learns from the name of a column what its numbers are.
func (c *column) readName(name string) {
	low := strings.ToLower(splitCamel(name))
	c.percent = strings.Contains(low, "%")
	for w, ok := nextWord(low, 0); ok; w, ok = nextWord(low, w.end) {
		if w.runes > 2 {
			c.words = append(c.words, w.key)
		}
		switch word := low[w.start:w.end]; word {
		case "id", "no", "nr", "number", "code", "zip", "postalcode", "phone", "year", "month", "quarter", "day", "rank", "jahr", "monat":
			c.key = true
		case "percent", "percentage", "pct", "prozent", "anteil", "share", "rate", "growth", "ratio", "discount", "margin":
			c.percent, c.fraction = true, true
		case "k", "tsd", "thousand", "thousands":
			c.exp = 3
		case "m", "mm", "mn", "mio", "million", "millions":
			c.exp = 6
		case "bn", "mrd", "billion", "billions":
			c.exp = 9
		}
	}
}

// splitCamel puts spaces between the words of UnitsInStock and OrderID.
func splitCamel(name string) string {
	var b strings.Builder
	last := ' '
	for _, r := range name {
		if isUpper(r) && isLetter(last) && !isUpper(last) {
			b.WriteByte(' ')
		}
		b.WriteRune(r)
		last = r
	}
	return b.String()
}

// sharesWord reports whether the names of two columns have a word in common.
func (c *column) sharesWord(other *column) bool {
	return slices.ContainsFunc(c.words, func(w uint64) bool { return slices.Contains(other.words, w) })
}

// between returns how many numbers of c have a size from lo to below hi.
func (c *column) between(lo, hi float64) int {
	if !c.sorted { // many answers need no look at all cells
		slices.Sort(c.sizes)
		c.sorted = true
	}
	from, _ := slices.BinarySearch(c.sizes, lo)
	to, _ := slices.BinarySearch(c.sizes[from:], hi)
	return to
}

// source returns refs of one sheet as a Source.
func (x *index) source(r ref) Source {
	s := x.sheets[r.sheet]
	out := Source{Call: s.Call, Number: s.Number, Column: r.column}
	if r.row != allRows {
		out.Rows = []int{r.row}
	}
	return out
}
