package guide

import (
	"slices"
	"strings"
)

// checkNeighbours refuses what words beside each other say, and a clause would not: whence
// and whither, the name of nobody, a part of a year that is no condition.
func checkNeighbours(words []word) error {
	for i := range words {
		for _, check := range []func([]word, int) error{checkLate, checkNames, checkDirection, checkCarrier, checkJoined, checkWith, checkPercent, checkNotThen} {
			if err := check(words, i); err != nil {
				return err
			}
		}
	}
	return nil
}

// said returns the folded text of the word at i, or nothing if there is none.
func said(words []word, i int) string {
	if i < 0 || i >= len(words) {
		return ""
	}
	return strings.Join(folds(phrase(words[i].tokens)), " ")
}

// roleAt returns the role of the word at i, or unknown if there is none.
func roleAt(words []word, i int) role {
	if i < 0 || i >= len(words) {
		return unknown
	}
	return words[i].role
}

// isSaid reports whether the word at i is one of those.
func isSaid(words []word, i int, those ...string) bool {
	return i >= 0 && i < len(words) && slices.Contains(those, said(words, i))
}

// checkLate refuses “late 1997” and “sales late in 1998”, which name a time.
func checkLate(words []word, i int) error {
	if said(words, i) != "late" {
		return nil
	}
	j := i + 1
	for isSaid(words, j, "in", "of", "during", "the", "within") {
		j++
	}
	timely := roleAt(words, j) == aMoment || roleAt(words, j) == aNoun && words[j].kind.isTime() || roleAt(words, j) == theSpanBefore
	orphan := roleAt(words, i-1) == aMoment && !slices.Contains([]role{aMeasure, aNoun}, roleAt(words, i+1))
	if timely && !isSaid(words, i-1, "is", "are", "was", "were", "been", "be", "come", "came", "arrive", "go", "went") || orphan {
		return refuse("I cannot tell whether orders are meant that were shipped late, or a late part of that time; please say “orders shipped late”, or name the months.")
	}
	return nil
}

// checkNames refuses two names in a row that nothing joins, as of “Nancy Leverling”, and
// a name that comes back.
func checkNames(words []word, i int) error {
	if words[i].role != aName || len(words[i].names) != 1 {
		return nil
	}
	if i+1 < len(words) && words[i+1].role == aName && len(words[i+1].names) == 1 && !words[i+1].tokens[0].cut {
		a, b := words[i].names[0], words[i+1].names[0]
		if a.kind == b.kind && a.text != b.text {
			return refuse("I know no %s called “%s %s”; if both are meant, please put an “and” between them.", a.kind, phrase(words[i].tokens), phrase(words[i+1].tokens))
		}
	}
	if place := words[i].names[0].kind; roleAt(words, i+1) == and && (place == city && i+2 < len(words) && isNameOf(words[i+2], country) || place == country && i+2 < len(words) && isNameOf(words[i+2], city)) {
		return refuse("I can show countries or cities side by side, but not the one beside the other.")
	}
	for j := i + 2; j < len(words); j++ {
		if words[j].role == aName && len(words[j].names) == 1 && words[j].names[0] == words[i].names[0] {
			return refuse("“%s” is there twice; I did not understand what each of them is.", words[i].names[0].text)
		}
	}
	return nil
}

// side returns the preposition before the name at i and any nouns and articles of its
// own, and the place of that preposition.
func side(words []word, i int) (string, int) {
	for j := i - 1; j >= 0; j-- {
		if isSaid(words, j, "the", "our", "all") {
			continue
		}
		return said(words, j), j
	}
	return "", -1
}

// checkDirection refuses names on the side of an order where they never are: employees
// sell and suppliers deliver to us; customers and countries are where orders go.
func checkDirection(words []word, i int) error {
	if words[i].role != aName || len(words[i].names) != 1 {
		return nil
	}
	k, text := words[i].names[0].kind, words[i].names[0].text
	of := func(kinds ...kind) bool { return slices.Contains(kinds, k) }
	before, at := side(words, i)
	compares := slices.ContainsFunc(words[:i], func(w word) bool { return w.role == against })
	switch before {
	case "to", "until", "through", "till", "up to":
		if j := at - 1; !compares && j >= 0 && isNameOf(words[j], k) {
			return refuse("I did not understand from what to what; orders go to customers and countries, and I know nothing of where they set out.")
		}
		if !compares && !of(customer, country, city) {
			return refuse("Nothing was sold to the %s %s: orders go to customers.", k, text)
		}
	case "by", "sold by", "bought by":
		does := roleAt(words, at-1)
		switch {
		case of(supplier, product, category, shipper):
			return refuse("I cannot tell what the %s %s did there; please say “for %s”.", k, text, text)
		case does == verb && (words[at-1].kind == employee && of(customer, country, city) || words[at-1].kind == customer && of(employee)),
			isSaid(words, at-1, "handled", "processed") && !of(employee):
			return refuse("Employees sell and customers buy; the %s %s does not do that.", k, text)
		}
	case "per", "each", "for each", "every", "for every", "in each", "in every":
		return refuse("I did not understand by what to group: %s is one %s.", text, k)
	case "in":
		if !of(country, city, category) {
			return refuse("I did not understand what is in the %s %s.", k, text)
		}
	case "shipped to", "ship to", "goes to", "go to":
		if !of(customer, country, city) {
			return refuse("Nothing was shipped to the %s %s: orders go to customers.", k, text)
		}
	case "from":
		return checkOrigin(words, i, at)
	}
	return nil
}

// checkOrigin refuses countries from which a named product may have come, or to which its
// orders went.
func checkOrigin(words []word, i, at int) error {
	if k := words[i].names[0].kind; k == country && roleAt(words, at-1) == aName && slices.ContainsFunc(words[at-1].names, func(n name) bool { return n.kind.ofLines() }) {
		return refuse("I cannot tell whether suppliers from %[1]s are meant or orders from there; please say “products from %[1]s” or “to %[1]s”.", words[i].names[0].text)
	}
	return nil
}

// checkCarrier refuses who neither ships nor supplies after words that say so.
func checkCarrier(words []word, i int) error {
	if isSaid(words, i, "supply", "supplies") && !slices.ContainsFunc(words, func(w word) bool { return isNoun(w, supplier) || isNameOf(w, supplier) }) {
		return refuse("I did not understand who supplies what; please ask for suppliers.")
	}
	want := kind("")
	switch said(words, i) {
	case "shipped by", "shipped via", "shipped with", "ship with", "via", "carried":
		want = shipper
	case "supplied by", "supplied":
		want = supplier
	}
	j := i + 1
	for isSaid(words, j, "by", "the") {
		j++
	}
	if want == "" || roleAt(words, j) != aName || isNameOf(words[j], want) {
		return nil
	}
	return refuse("“%s” is no %s.", phrase(words[j].tokens), want)
}

// checkJoined refuses a condition that stands in a row with figures or things, of which
// it may be one.
func checkJoined(words []word, i int) error {
	if words[i].role != aTrait {
		return nil
	}
	if words[i].trait == unshipped && slices.ContainsFunc(words[i].tokens, func(t token) bool { return t.fold == "shipped" }) && isSaid(words, i+1, "by", "via", "with", "to") && roleAt(words, i+2) == aName {
		return refuse("I cannot tell whether those orders were shipped in another way or not yet.")
	}
	thing := func(j int) bool {
		return roleAt(words, j) == aMeasure || roleAt(words, j) == aNoun || roleAt(words, j) == counting
	}
	joins := func(j int) bool { return roleAt(words, j) == and || roleAt(words, j) == against }
	has := i+1 < len(words) && (roleAt(words, i+1) == aMeasure || roleAt(words, i+1) == aNoun)
	switch {
	case joins(i+1) && thing(i+2),
		joins(i-1) && thing(i-2) && !(has && words[i].trait.ofOrder()) && !(has && roleAt(words, i+1) == aNoun):
		return refuse("I cannot tell what “%s” is said of there; please ask for one thing at a time.", phrase(words[i].tokens))
	}
	return nil
}

// checkWith refuses “number of orders with freight” and “products with Chai”: what comes
// with something may be chosen by it.
func checkWith(words []word, i int) error {
	if said(words, i) != "with" {
		return nil
	}
	counted := roleAt(words, i-1) == aMeasure && (roleAt(words, i-2) == counting || words[i-1].number == tally)
	switch next := roleAt(words, i+1); {
	case counted && (next == aMeasure || next == aNoun || next == aTrait),
		roleAt(words, i-1) == aNoun && next == aName:
		return refuse("I cannot tell whether those “with %s” are meant, or both side by side; please join figures with “and”.", phrase(words[i+1].tokens))
	}
	return nil
}

// checkPercent refuses “top ten percent of customers”.
func checkPercent(words []word, i int) error {
	if words[i].role == aNumber && roleAt(words, i+1) == aShare {
		return refuse("I can rank a number of things, as in “top 5 customers”, but not a part of all.")
	}
	return nil
}
