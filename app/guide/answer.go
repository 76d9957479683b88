package guide

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// answer writes what t, the result of plan(q), says. It is an error if t does not
// have the columns that were asked for.
func answer(q question, t table) (string, error) {
	if q.list != "" {
		return joined(answerList(q, t), notes(q)), nil
	}
	v, err := newView(q, t)
	if err != nil {
		return "", err
	}
	var paragraphs []string
	switch {
	case v.isEmpty():
		paragraphs = []string{fmt.Sprintf("Nothing in the database matches: %s.", escape(title(q)))}
	case t.truncated:
		paragraphs = []string{fmt.Sprintf("%s: the server returned only %s of its %s rows, so I name no highest or lowest; what it returned is in the result above.",
			capital(escape(title(q))), whole(len(t.rows)), atLeast(t))}
	case len(q.dims) == 0:
		paragraphs = []string{v.totals()}
	case len(q.dims) == 1:
		paragraphs = []string{v.summary(), v.table()}
	default:
		paragraphs = []string{v.peak(), v.crossTable()}
	}
	paragraphs = append(paragraphs, v.coverage(), notes(q))
	return joined(paragraphs...), nil
}

// joined returns the paragraphs that are not empty as one text.
func joined(paragraphs ...string) string {
	return strings.Join(slices.DeleteFunc(paragraphs, func(s string) bool { return s == "" }), "\n\n")
}

func answerList(q question, t table) string {
	if len(t.rows) == 0 {
		return fmt.Sprintf("There are no %s.", escape(title(q)))
	}
	noun := q.list.plural()
	if t.total == 1 {
		noun = string(q.list)
	}
	sentence := fmt.Sprintf("**%s** %s%s:", whole(t.total), noun, plainScope(q))
	if t.truncated {
		sentence = fmt.Sprintf("%s %s%s, of which the server returned the first **%s**:", capital(atLeast(t)), noun, plainScope(q), whole(len(t.rows)))
	}
	if at, err := t.require(priceHeading); err == nil {
		for _, row := range t.rows {
			if _, ok := amountOf(row[at[0]]); ok {
				row[at[0]] = json.Number(figure(row[at[0]], money))
			}
		}
	}
	return sentence + "\n\n" + plainTable(t) + remainder(len(t.rows), mostTableRows)
}

// atLeast says how many rows the query of t has, as far as the server knows.
func atLeast(t table) string {
	if t.exact {
		return whole(t.total)
	}
	return "at least " + whole(t.total)
}

// remainder says how many rows are not shown in the text.
func remainder(total, shown int) string {
	if total <= shown {
		return ""
	}
	return fmt.Sprintf("\n\n%s more are in the result above.", whole(total-shown))
}

// view is a result together with its question.
type view struct {
	q       question
	t       table
	dims    []int // columns of the groups
	figures []int // columns of the measures
	specs   []spec
}

func newView(q question, t table) (view, error) {
	v := view{q: q, t: t}
	var names []string
	for _, k := range q.dims {
		names = append(names, heading(k))
	}
	for _, m := range q.measures {
		s, _ := m.spec()
		v.specs = append(v.specs, s)
		names = append(names, s.heading)
	}
	at, err := t.require(names...)
	if err != nil {
		return view{}, err
	}
	v.dims, v.figures = at[:len(q.dims)], at[len(q.dims):]
	return v, nil
}

func (v view) isEmpty() bool {
	if len(v.t.rows) == 0 {
		return true
	}
	return len(v.q.dims) == 0 && !slices.ContainsFunc(v.figures, func(i int) bool { return v.t.rows[0][i] != nil })
}

// group returns the escaped name of row r's group.
func (v view) group(r int) string {
	var names []string
	for i, k := range v.q.dims {
		names = append(names, escape(label(k, text(v.t.rows[r][v.dims[i]]))))
	}
	return strings.Join(names, ", ")
}

// value returns the formatted figure of the first measure in row r.
func (v view) value(r int) string { return figure(v.t.rows[r][v.figures[0]], v.specs[0].unit) }

func (v view) totals() string {
	var out []string
	for i, s := range v.specs {
		value := "**" + figure(v.t.rows[0][v.figures[i]], s.unit) + "**"
		out = append(out, fmt.Sprintf(s.sentence, plainScope(v.q), value))
	}
	return strings.Join(out, "\n\n")
}

// coverage says which of the times that the answer is about the data do not cover.
func (v view) coverage() string {
	from, to := v.reach()
	if from == "" || to == "" {
		return ""
	}
	if spans := v.spans(); len(spans) > 0 {
		return completeness(spans, from, to)
	}
	return reach(from, to)
}

// reach returns the first and the last day of the data, as the rows tell them, or
// nothing.
func (v view) reach() (from, to string) {
	at, err := v.t.require(fromHeading, toHeading)
	if err != nil {
		at, err = v.t.require(firstHeading, lastHeading)
	}
	if err != nil {
		return "", ""
	}
	for i, r := range v.t.rows {
		first, last := text(r[at[0]]), text(r[at[1]])
		if i == 0 {
			from, to = first, last
		}
		from, to = min(from, first), max(to, last)
	}
	return from, to
}

// spans returns the times that the answer is about: those that were asked for, and
// those of the rows.
func (v view) spans() []span {
	when := v.q.when
	for i, k := range v.q.dims {
		if !k.isTime() {
			continue
		}
		var labels []string
		for _, r := range v.t.rows {
			labels = include(labels, text(r[v.dims[i]]))
		}
		if when.month != 0 || when.quarter != 0 {
			for _, l := range labels {
				when.years = include(when.years, atoi(l[:min(4, len(l))]))
			}
			return when.spans()
		}
		asked := slices.DeleteFunc(when.spans(), func(s span) bool {
			return slices.ContainsFunc(labels, func(l string) bool { return strings.HasPrefix(l, s.label) })
		})
		return append(spansOf(k, labels), asked...)
	}
	return when.spans()
}
