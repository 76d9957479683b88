package guide

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// answer writes what t, the result of plan(q), says, and the remark that is due on q. It
// is an error if t does not have the columns that were asked for.
func answer(q question, remark string, t table) (string, error) {
	if q.record != "" {
		return answerRecord(q, t)
	}
	if q.whether != "" {
		return answerStatus(q, t)
	}
	if q.list != "" {
		return joined(answerList(q, t), remark, notes(q)), nil
	}
	if q.within != "" {
		return answerWithin(q, remark, t)
	}
	v, err := newView(q, t)
	if err != nil {
		return "", err
	}
	var paragraphs []string
	switch {
	case v.isEmpty() && len(q.pages) > 0:
		paragraphs = []string{fmt.Sprintf("There are no more: the ranking of %s by %s ends with those that I showed before.", q.dims[0].plural(), escape(q.subject())+plainScope(q))}
	case v.isEmpty():
		paragraphs = []string{fmt.Sprintf("Nothing in the database matches: %s.", escape(title(q)))}
	case t.truncated:
		paragraphs = []string{fmt.Sprintf("%s: the server returned only %s of its %s rows, so I name no highest or lowest; what it returned is in the result above.",
			capital(escape(title(q))), whole(len(t.rows)), atLeast(t))}
	case len(q.pages) > 0:
		say, err := v.following()
		if err != nil {
			return "", err
		}
		paragraphs = []string{say, v.table()}
	case q.bound.op != "" || q.pick:
		paragraphs = []string{v.chosen(), v.table()}
	case q.growth.isSet():
		paragraphs = []string{v.movement(), v.table()}
	case len(q.dims) == 0:
		paragraphs = []string{v.totals()}
	case q.share && len(t.rows) == 1:
		paragraphs = []string{v.part()}
	case len(q.dims) == 1:
		paragraphs = []string{v.summary(), v.table()}
	default:
		paragraphs = []string{v.peak(), v.crossTable()}
	}
	paragraphs = append(paragraphs, v.coverage(), remark, notes(q))
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
	if t.total == 1 {
		sentence = strings.Replace(strings.Replace(sentence, " that are ", " that is ", 1), " that were ", " that was ", 1)
	}
	if t.truncated {
		sentence = fmt.Sprintf("%s %s%s, of which the server returned the first **%s**:", capital(atLeast(t)), noun, plainScope(q), whole(len(t.rows)))
	}
	return sentence + "\n\n" + plainTable(priced(t)) + remainder(len(t.rows), mostTableRows)
}

// priced returns t with its list prices written as money.
func priced(t table) table {
	if at, err := t.require(priceHeading); err == nil {
		for _, row := range t.rows {
			if _, ok := amountOf(row[at[0]]); ok {
				row[at[0]] = json.Number(figure(row[at[0]], money))
			}
		}
	}
	return t
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
