package guide

import (
	"slices"
	"strings"
)

// besideName reports whether the noun at i only says what kind a name next to it is.
func besideName(words []word, i int) bool {
	return i+1 < len(words) && isNameOf(words[i+1], words[i].kind) || i > 0 && isNameOf(words[i-1], words[i].kind)
}

// besideMeasure reports whether the noun at i stands in a row with a measure, and so
// is to be counted: "orders and customers".
func besideMeasure(words []word, i int) bool {
	row := func(j, k int) bool {
		return j >= 0 && k >= 0 && max(j, k) < len(words) && words[j].role == and && words[k].role == aMeasure
	}
	inRow := func(j int) bool { return j >= 0 && j < len(words) && words[j].role == aMeasure }
	return words[i].many && (row(i-1, i-2) || row(i+1, i+2) || inRow(i-1) && inRow(i+1))
}

// mostOf reports whether the noun at i is what there is most or least of.
func mostOf(words []word, i int) bool { return words[i].many && i > 0 && words[i-1].role == aRank }

func isNameOf(w word, k kind) bool {
	return w.role == aName && slices.ContainsFunc(w.names, func(n name) bool { return n.kind == k })
}

// takeName adds a filter. A name of several things needs the word for its kind
// beside it.
func (c *clause) takeName(words []word, i int) error {
	found := words[i].names
	if len(found) > 1 {
		found = slices.DeleteFunc(slices.Clone(found), func(n name) bool {
			return (i == 0 || !isNoun(words[i-1], n.kind)) && (i+1 == len(words) || !isNoun(words[i+1], n.kind))
		})
	}
	partly := len(found) == 1 && len(words[i].names) > 1 && !isSpelt(found[0], words[i].tokens)
	if len(found) != 1 || partly {
		return refuse("“%s” could be %s; please say which.", phrase(words[i].tokens), oneOf(words[i].names))
	}
	if k := described(words[:i]); found[0].kind == country && slices.Contains(strings.Split(found[0].whose, ","), string(k)) {
		c.place = k
	}
	c.pending = unknown
	c.names[found[0].kind] = include(c.names[found[0].kind], found[0].text)
	return nil
}

// isSpelt reports whether tokens are all of the name n, and not only its beginning.
func isSpelt(n name, tokens []token) bool {
	return len(significant(n.text)) <= len(tokens) || n.kind == employee
}

// belongs reports whether the word at i comes after “of” or “for”.
func belongs(words []word, i int) bool {
	return i > 0 && words[i-1].role == filler && slices.Contains([]string{"of", "for"}, words[i-1].tokens[0].fold)
}

// described returns the kind of the noun that ends words, fillers apart. A "for" or
// "to" makes plain that the orders are meant, not the noun.
func described(words []word) kind {
	for i := len(words) - 1; i >= 0; i-- {
		switch {
		case words[i].role == to || words[i].tokens[0].fold == "for":
			return ""
		case words[i].role != filler:
			return words[i].kind
		}
	}
	return ""
}

func isNoun(w word, k kind) bool { return w.role == aNoun && w.kind == k }

func include[T comparable](list []T, v T) []T {
	if slices.Contains(list, v) {
		return list
	}
	return append(list, v)
}

// countOf returns the measure that counts things of kind k; there is none for
// spans of time.
func countOf(k kind) measure {
	switch k {
	case customer:
		return customers
	case product:
		return products
	case supplier:
		return suppliers
	case employee:
		return employees
	case category:
		return categories
	case shipper:
		return shippers
	case country:
		return destinations
	default:
		return measure(k.plural())
	}
}
