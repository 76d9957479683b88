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
	if len(found) == 2 && found[0].kind == city && found[1].kind == country && (i == 0 || !isNoun(words[i-1], city)) {
		found = found[1:] // Singapore
	}
	if len(found) > 1 {
		found = slices.DeleteFunc(slices.Clone(found), func(n name) bool {
			return (i == 0 || !isNoun(words[i-1], n.kind)) && (i+1 == len(words) || !isNoun(words[i+1], n.kind))
		})
	}
	partly := len(found) == 1 && len(words[i].names) > 1 && found[0].kind != country && !isSpelt(found[0], words[i].tokens)
	if len(found) != 1 || partly {
		return refuse("“%s” could be %s; please say which.", phrase(words[i].tokens), oneOf(words[i].names))
	}
	if k := whose(words, i); found[0].kind == city && slices.Contains([]kind{customer, supplier, employee, product}, k) {
		c.place = k
	}
	if found[0].kind == country {
		return c.takeCountry(words, i, found[0])
	}
	if words[i].without {
		return c.leaveOut(found[0].kind, found[0].text)
	}
	c.pending = unknown
	c.names[found[0].kind] = include(c.names[found[0].kind], found[0].text)
	return nil
}

// takeCountry adds a country as a filter: the one of suppliers where these or their
// products are said to be from there, else the one to which orders went.
func (c *clause) takeCountry(words []word, i int, n name) error {
	k := whose(words, i)
	those := strings.Split(n.whose, ",")
	joins := roleAt(words, i-1) == and || words[i].tokens[0].cut
	filter := country
	switch from := isSaid(words, i-1, "from"); {
	case joins && c.lastPlace != "":
		filter = c.lastPlace
	case k == category && from, k == product && isSaid(words, i-1, "of"):
		return refuse("I cannot tell whether suppliers from %[1]s are meant or orders from there; please say “products from %[1]s” or “to %[1]s”.", n.text)
	case k == supplier && isNoun(words[min(i+1, len(words)-1)], supplier):
		c.place = k // theirs, and those that come after it
	case k == supplier, k == product && from:
		filter = origin
	case k == product && isNoun(words[min(i+1, len(words)-1)], product), slices.Contains(those, string(k)):
		c.place = k
	}
	if filter == origin && !slices.Contains(those, string(supplier)) {
		return refuse("There is no supplier in %s.", n.text)
	}
	c.lastPlace = filter
	if words[i].without {
		return c.leaveOut(filter, n.text)
	}
	c.pending = unknown
	c.names[filter] = include(c.names[filter], n.text)
	return nil
}

// qualifies reports whether the noun at i only says whose country comes next: “orders of
// customers in the USA”. Customers are in the country to which their orders go.
func qualifies(words []word, i int) bool {
	j := i + 1
	for isSaid(words, j, "in", "from", "the") {
		j++
	}
	return j > i+1 && words[i].kind == customer && words[i].many && isSaid(words, i-1, "for", "to", "of", "from", "the", "our") && roleAt(words, j) == aName && isNameOf(words[j], country) &&
		slices.ContainsFunc(words[:i], func(w word) bool { return w.role == aMeasure })
}

// ranksOrders reports whether the orders at i are what a rank is said of: “the largest
// orders”, and not “the most”.
func ranksOrders(words []word, i int) bool {
	if words[i].measure != orders {
		return false
	}
	if roleAt(words, i-1) == aNumber {
		i--
	}
	return roleAt(words, i-1) == aRank && words[i-1].number != most
}

// isSpelt reports whether tokens are all of the name n, and not only its beginning.
func isSpelt(n name, tokens []token) bool {
	return len(significant(n.text)) <= len(tokens) || n.kind == employee
}

// belongs reports whether the word at i comes after “of” or “for”.
func belongs(words []word, i int) bool {
	return i > 0 && words[i-1].role == filler && slices.Contains([]string{"of", "for"}, words[i-1].tokens[0].fold)
}

// whose returns the kind of what the place at i may be that of: of the noun before it, as in
// “suppliers in the UK”, or right after it, as in “UK suppliers”.
func whose(words []word, i int) kind {
	if roleAt(words, i+1) == aNoun && !words[i+1].tokens[0].cut && !words[i+1].tokens[0].dash {
		return words[i+1].kind
	}
	return described(words[:i])
}

// described returns the kind of the noun that ends words, fillers apart. A "for" or
// "to" makes plain that the orders are meant, not the noun.
func described(words []word) kind {
	for i := len(words) - 1; i >= 0; i-- {
		switch {
		case words[i].role == to || words[i].tokens[0].fold == "for":
			return ""
		case words[i].role != filler && words[i].role != leavesOut:
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
