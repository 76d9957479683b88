package guide

import (
	"errors"
	"slices"
	"strings"
)

// examples are questions that the guide answers, to be shown to people.
func examples() []string {
	return []string{
		"What were our sales by year?",
		"Top 5 customers by sales in 1997",
		"How many orders did each employee handle?",
		"Sales of Beverages by quarter in 1997",
		"Freight by shipper",
		"Which products need to be reordered?",
		"Sales growth by category from Q1 1997 to Q1 1998",
		"Average monthly sales in 1997",
		"What percentage of orders were shipped late, by shipper?",
	}
}

const declinedExamples = 3

func helpText() string {
	return "I am the guide, a small program without AI. I turn questions about the Northwind database into SQL, let the Northwind server run it, and report its rows. For example:\n\n" +
		bullets(examples()) +
		"\n\nI know sales, gross sales, discounts, orders, units, freight, average order value, days to ship, list prices and stock; by year, half-year, quarter, month, day, country, city, category, product, " +
		"customer, employee, shipper or supplier; in any stretch of time, for anything the database has a name for, or for all but that (“outside Germany”), and for those “with sales over 10000”. I work out averages, shares and growth, of late orders and of the stock as well. " +
		"I show one order (“show order 10248”) and say of one product what it costs and whether it is in stock or discontinued. " +
		"After an answer you can go on with “only 1997”, “now by country”, “and for Germany?”, “top 3”, “next 5”, “as a share” or “show me the SQL”. " +
		"“Show tables” and “describe Orders” show the schema, and a SELECT of your own runs as it is. If I do not understand a word, I say so rather than guess."
}

// decline says what was not understood, what similar things there are, and what
// would be. dir may be nil.
func (g *Guide) decline(err error, dir *directory) move {
	parts := []string{"I did not understand that, so I give no answer."}
	if r, ok := errors.AsType[*refusal](err); ok {
		parts = []string{g.explain(r, dir)}
	}
	parts = append(parts, "I am a small program without AI. These I can answer:", bullets(examples()[:declinedExamples]))
	return move{say: strings.Join(parts, "\n\n")}
}

func (g *Guide) explain(r *refusal, dir *directory) string {
	if r.reason != "" {
		reason := escape(r.reason)
		if len(r.unknown) > 0 {
			return "I cannot answer for " + quoted(r.unknown) + ". " + reason
		}
		return reason
	}
	say := "I did not understand " + quoted(r.unknown) + ", so I give no answer."
	if dir != nil {
		say = "I found nothing called " + quoted(r.unknown) + " among the categories, products, customers, employees, shippers, suppliers, cities and countries, and know no such word, so I give no answer."
	}
	if near := g.near(r.unknown, dir); len(near) > 0 {
		say += " Did you mean " + list(near, "or") + "?"
	}
	return say
}

// near returns names, and words of the grammar, that resemble what was not
// understood.
func (g *Guide) near(unknown []string, dir *directory) []string {
	var out []string
	for _, u := range unknown {
		if dir != nil {
			for _, n := range dir.near(u) {
				out = include(out, "the "+string(n.kind)+" “"+escape(n.text)+"”")
			}
		}
		out = append(out, g.nearWords(u)...)
	}
	return out[:min(4, len(out))]
}

// nearWords returns known words of which some word of u is a slip of the finger.
func (g *Guide) nearWords(u string) []string {
	var out []string
	for _, w := range folds(u) {
		for known, t := range g.words {
			if t.role != reserved && len(w) >= 4 && len(known) >= 4 && distance(w, known) == 1 {
				out = append(out, "“"+known+"”")
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func bullets(lines []string) string { return "- " + strings.Join(lines, "\n- ") }
