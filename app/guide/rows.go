package guide

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/pomerium/pomchat/app/chat"
)

// table is the result of a query. A cell is nil, a string, a bool or a json.Number.
type table struct {
	columns   []string
	rows      [][]any
	total     int // rows the query has, as far as known
	exact     bool
	truncated bool
}

// readTable reads the structured result of a read_query tool. It is an error if the
// result does not have that shape: another server may have a tool of that name.
func readTable(r *chat.ToolResult) (table, error) {
	var in struct {
		Columns []struct {
			Name string `json:"name"`
		} `json:"columns"`
		Rows      [][]any `json:"rows"`
		TotalRows int     `json:"total_rows"`
		Exact     bool    `json:"total_is_exact"`
		Truncated bool    `json:"truncated"`
	}
	d := json.NewDecoder(bytes.NewReader(r.Structured))
	d.UseNumber()
	if err := d.Decode(&in); err != nil {
		return table{}, fmt.Errorf("read table: %w", err)
	}
	t := table{rows: in.Rows, total: max(in.TotalRows, len(in.Rows)), exact: in.Exact, truncated: in.Truncated}
	for _, c := range in.Columns {
		t.columns = append(t.columns, c.Name)
	}
	if len(t.columns) == 0 {
		return table{}, fmt.Errorf("read table: it has no columns")
	}
	if t.truncated && len(t.rows) == 0 {
		return table{}, fmt.Errorf("read table: it holds none of its rows")
	}
	for i, row := range t.rows {
		if len(row) != len(t.columns) {
			return table{}, fmt.Errorf("read table: row %d has %d cells for %d columns", i+1, len(row), len(t.columns))
		}
		for _, cell := range row {
			switch cell.(type) {
			case nil, string, bool, json.Number:
			default:
				return table{}, fmt.Errorf("read table: row %d has a cell that is no plain value", i+1)
			}
		}
	}
	return t, nil
}

// require returns the index of each column, in the order of names; it is an error
// if one is missing.
func (t table) require(names ...string) ([]int, error) {
	var out []int
	for _, n := range names {
		at := -1
		for i, c := range t.columns {
			if strings.EqualFold(c, n) {
				at = i
				break
			}
		}
		if at < 0 {
			return nil, fmt.Errorf("read table: no column %q", n)
		}
		out = append(out, at)
	}
	return out, nil
}

// text returns a cell as it is.
func text(cell any) string {
	switch v := cell.(type) {
	case nil:
		return ""
	case string:
		return v
	default:
		return fmt.Sprint(v)
	}
}

// amountOf returns a cell as a number, and false if it is none.
func amountOf(cell any) (float64, bool) {
	v, err := strconv.ParseFloat(text(cell), 64)
	return v, err == nil && !math.IsInf(v, 0) && !math.IsNaN(v)
}

// figure writes a cell with separators between thousands, as its unit asks. A cell
// without a number shows as a dash.
func figure(cell any, u unit) string {
	v, ok := amountOf(cell)
	if !ok {
		return "–"
	}
	sign := ""
	if v > 0 && slices.Contains([]unit{changed, moved, shifted, drifted}, u) {
		sign = "+"
	}
	switch u {
	case count, shifted:
		return sign + group(strconv.FormatFloat(v, 'f', 0, 64))
	case percent, changed:
		return sign + group(strconv.FormatFloat(v, 'f', 1, 64)) + " %"
	default:
		return sign + group(strconv.FormatFloat(v, 'f', 2, 64))
	}
}

// whole writes a number of things.
func whole(n int) string { return group(strconv.Itoa(n)) }

// group puts commas between the thousands of a decimal number.
func group(s string) string {
	sign := ""
	if strings.HasPrefix(s, "-") {
		sign, s = "-", s[1:]
	}
	integer, fraction, found := strings.Cut(s, ".")
	var b strings.Builder
	for i, r := range integer {
		if i > 0 && (len(integer)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteRune(r)
	}
	if found {
		b.WriteString("." + fraction)
	}
	return sign + b.String()
}
