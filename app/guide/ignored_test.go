package guide

import (
	"maps"
	"slices"
	"strings"
	"testing"
)

// allQuestions returns every message of the tables that is answered by itself.
func allQuestions() []string {
	var out []string
	for _, a := range slices.Concat(figuresTable(), timesTable(), measuresTable(), growthTable(), goodsTable(), mixedTable(), readingsTable(), phrasesTable(), choosingTable(), waresTable(), newcomerTable()) {
		out = append(out, a.question)
	}
	return out
}

// empty are the words without which a question means the same: they are said for grammar
// or politeness, repeat what another word says, or ask for what is done anyway, such as ten
// rows of a ranking and growth by year. It is the whole list: any other word
// that could be left out would be one that the guide ignores.
func empty() []string {
	return append(strings.Fields(`a an the of for in from at to with by via during is are was were do does did have has had how what what's whats which who there
		we our us me please show give get tell list number total all each every per and or vs versus compare compared between breakdown database placed sell sold sells
		buys bought ordered spent supply handle handled orders order products product customer customers supplier category need needs should much many came go used been trend year
		shipped sales table data through its their that your exist share revenue money price units stock growth`),
		"show me", "show us", "give me", "may i", "see", "number of", "as a table", "in the database", "supplied by", "shipped by", "how much", "how many", "do we", "do we have", "have we got", "by value", "ship to", "order count", "came from",
		"in each", "for every", "on", "shipment", "10", "annual", "year over year", "1996–1997", "what percentage", "what percent", "as well as", "compared to", "compared with", "to the", "we have", "in stock", "what was", "of all products")
}

// TestNoWordWithAMeaningIsIgnored holds that every word of an answered question counts:
// without it, the question is declined or asks for something else.
func TestNoWordWithAMeaningIsIgnored(t *testing.T) {
	n := newNorthwind(t)
	g, dir := New(), testDirectory(t, n)
	checked, harmless := 0, empty()
	for i, q := range allQuestions() {
		if i%thinned > 0 {
			continue
		}
		whole, err := g.read(dir, []turn{{text: q}})
		if err != nil {
			t.Errorf("%q is declined: %v", q, err)
			continue
		}
		words := moments(understand(g.words, dir, lex(q)))
		for i, w := range words {
			said := strings.Join(folds(phrase(w.tokens)), " ")
			again := said == "top" && rankedAgain(words, i) // “top 5 cheapest” is “5 cheapest”
			if said == "" || slices.Contains(harmless, said) || again {
				continue
			}
			checked++
			var rest []token
			for _, other := range slices.Delete(slices.Clone(words), i, i+1) {
				rest = append(rest, other.tokens...)
			}
			if r, err := g.parse(dir, rest, false); err == nil && plan(r.q) == plan(whole.q) {
				t.Errorf("%q is answered as if %q were not there", q, said)
			}
		}
	}
	if checked < 500/thinned {
		t.Errorf("only %d words were checked", checked)
	}
}

// TestNoWordCanBeSlippedIn holds that a word that changes what is asked for, put anywhere
// into a question that does not say that already, is never overlooked: the question is
// declined, or asks for something else.
func TestNoWordCanBeSlippedIn(t *testing.T) {
	n := newNorthwind(t)
	g, dir := New(), testDirectory(t, n)
	said := map[string]func(question) bool{
		"top":            func(q question) bool { by, _ := q.cut(); return by == top || q.growth.falls },
		"bottom":         func(q question) bool { return q.rank == bottom },
		"growth":         func(q question) bool { return q.growth.isSet() },
		"previous year":  func(q question) bool { return q.growth.isSet() },
		"share":          func(q question) bool { return q.share || q.rate != "" },
		"orders":         func(q question) bool { return q.showsMeasure(orders) },
		"units":          func(q question) bool { return q.showsMeasure(units) || q.showsMeasure(stock) },
		"freight":        func(q question) bool { return q.showsMeasure(freight) || q.record != "" },
		"price":          func(q question) bool { return q.showsMeasure(price) },
		"category":       func(q question) bool { return q.mentions(category) },
		"customers":      func(q question) bool { return q.showsKind(customer) || q.mentions(customer) },
		"supplier":       func(q question) bool { return q.mentions(supplier) },
		"Germany":        func(q question) bool { return slices.Contains(q.names[country], "Germany") },
		"Beverages":      func(q question) bool { return slices.Contains(q.names[category], "Beverages") },
		"Chai":           func(q question) bool { return slices.Contains(q.names[product], "Chai") },
		"Nancy":          func(q question) bool { return slices.Contains(q.names[employee], "Nancy Davolio") },
		"Speedy Express": func(q question) bool { return slices.Contains(q.names[shipper], "Speedy Express") },
		"late":           func(q question) bool { return q.has(late) || q.rate == late },
		"discontinued":   func(q question) bool { return q.has(discontinued) || q.rate == discontinued },
		"1998":           func(question) bool { return false },
		"Q3":             func(question) bool { return false },
		"7":              func(question) bool { return false },
		"average":        func(q question) bool { return strings.Contains(q.subject(), "average") },
	}
	for _, w := range strings.Fields("not except unicorns never without more than instead similar cheap only excluding last next profit week if biggest? they") {
		said[w] = func(question) bool { return false }
	}
	said["biggest?"] = said["top"]
	for _, w := range []string{"not", "without", "except", "excluding"} {
		said[w] = func(q question) bool { return len(q.without) > 0 } // several are left out without saying so again
	}
	for i, q := range allQuestions() {
		whole, err := g.read(dir, []turn{{text: q}})
		if err != nil {
			t.Errorf("%q is declined: %v", q, err)
			continue
		}
		words := strings.Fields(q)
		for j, w := range slices.Sorted(maps.Keys(said)) {
			if (i+j)%thinnedPairs > 0 || said[w](whole.q) || strings.Contains(q, w) {
				continue
			}
			more := strings.Join(slices.Insert(slices.Clone(words), (i+j)%(len(words)+1), w), " ")
			if r, err := g.read(dir, []turn{{text: more}}); err == nil && plan(r.q) == plan(whole.q) {
				t.Errorf("%q is answered as if %q were not there", more, w)
			}
		}
	}
}
