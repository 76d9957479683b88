package northwind

import (
	"strings"
	"unicode/utf8"
)

// condition is a comparison of a column with a text in a statement, which rows must meet.
type condition struct {
	column string
	tables []*Table // that have the column and are named in the statement
	text   string
	like   bool // the text is a pattern of LIKE
}

// maxConditions is how many conditions of a statement are looked at.
const maxConditions = 8

// conditions returns what a statement asks of columns of tables and views by =, IN and LIKE. It leaves out what is negated
// and what it cannot tell, such as columns of queries within.
func (s *studied) conditions() []condition {
	var all []condition
	add := func(column, text operand, like bool) {
		c := condition{column: column.text, text: text.text, like: like}
		if len(all) == maxConditions || column.kind != columnName || text.kind != textLiteral || len(c.text) > maxFind || !utf8.ValidString(c.text) || strings.IndexByte(c.text, 0) >= 0 {
			return
		}
		if from := s.start(s.place(column)); from > 0 && s.ts[from-1].is("NOT") {
			return
		}
		if c.tables = s.having(column); len(c.tables) > 0 {
			c.column = c.tables[0].column(c.column).Name
			all = append(all, c)
		}
	}
	for i, t := range s.ts {
		switch {
		case t.is("="), t.is("=="):
			left, right := s.sides(i)
			if left.kind == textLiteral {
				left, right = right, left
			}
			add(left, right, false)
		case t.is("LIKE"):
			left, right := s.sides(i)
			add(left, right, true)
		case t.is("IN") && i+1 < len(s.ts) && s.ts[i+1].is("("):
			left, _ := s.sides(i)
			end := closing(s.ts, i+1)
			for j := i + 2; j < end; j += 2 {
				if j+1 < end && !s.ts[j+1].is(",") || s.end(j) != j+1 {
					break
				}
				add(left, s.operand(j, j+1), false)
			}
		}
	}
	return all
}

// place returns where the tokens of an operand end in the statement.
func (s *studied) place(o operand) int {
	last := o.tokens[len(o.tokens)-1]
	for i, t := range s.ts {
		if t.at == last.at {
			return i + 1
		}
	}
	return 0
}

// having returns the tables of the statement whose column an operand can be.
func (s *studied) having(o operand) []*Table {
	s.column(o) // finds out what is used
	if o.table != "" {
		if t, ok := s.aliases[strings.ToLower(o.table)]; ok && t.column(o.text) != nil {
			return []*Table{t}
		}
		return nil
	}
	if _, ok := s.given()[strings.ToLower(o.text)]; ok {
		return nil
	}
	var tables []*Table
	for _, t := range s.used {
		if t.column(o.text) != nil {
			tables = append(tables, t)
		}
	}
	return tables
}
