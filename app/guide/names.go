package guide

import (
	"cmp"
	"slices"
	"strings"
)

// name is a thing in the data that a question may mention.
type name struct {
	kind  kind
	text  string // as the data spell it
	whose string // which kinds of things are in a country, with commas
}

// directory holds all names, and finds those that a question means. It never
// settles for something similar: what is similar it only suggests.
type directory struct {
	names    []name
	exact    map[string][]name // folded name, or another full name of the thing
	codes    map[string][]name // folded short code, good only beside the word for its kind
	longest  int               // words in the longest key of exact
	starting map[kind][]name
	reach    reach
}

func newDirectory() *directory {
	return &directory{exact: map[string][]name{}, codes: map[string][]name{}, starting: map[kind][]name{}}
}

// add takes one thing of the data, with its code if it has one.
func (d *directory) add(n name, code string) {
	d.names = append(d.names, n)
	d.starting[n.kind] = append(d.starting[n.kind], n)
	words := significant(n.text)
	d.alias(words, n)
	switch n.kind {
	case employee:
		for _, w := range words {
			d.alias([]string{w}, n)
		}
	case category:
		last := len(words) - 1
		singular := slices.Clone(words)
		singular[last] = strings.TrimSuffix(singular[last], "s")
		d.alias(singular, n)
		if words[last] == "products" {
			d.alias(words[:last], n) // “dairy”
		}
	case country:
		for _, a := range countryAliases(n.text) {
			d.alias(folds(a), n)
		}
	}
	if code != "" {
		d.codes[fold(code)] = append(d.codes[fold(code)], n)
	}
}

func (d *directory) alias(words []string, n name) {
	key := strings.Join(words, " ")
	if key == "" || slices.Contains(d.exact[key], n) {
		return
	}
	d.exact[key] = append(d.exact[key], n)
	d.longest = max(d.longest, len(words))
}

func countryAliases(country string) []string {
	switch country {
	case "USA":
		return []string{"the us", "U.S.", "U.S.A.", "United States", "United States of America"}
	case "UK":
		return []string{"U.K.", "United Kingdom"}
	default:
		return nil
	}
}

// significant returns the folded words of a name without those that people put
// in or leave out at will: "Meat/Poultry" is also "meat and poultry".
func significant(text string) []string {
	return slices.DeleteFunc(folds(text), func(w string) bool { return w == "and" || w == "&" })
}

// match returns what the longest name at tokens[0] may stand for, and its length
// in tokens, 0 if none begins there.
func (d *directory) match(tokens []token) ([]name, int) {
	for n := min(2*d.longest, len(tokens)); n > 0; n-- {
		if joiner(tokens[0]) || joiner(tokens[n-1]) {
			continue
		}
		if found := d.exact[key(tokens[:n], false)]; len(found) > 0 {
			return found, n
		}
		if found := d.exact[key(tokens[:n], true)]; len(found) > 0 {
			return found, n
		}
	}
	return nil, 0
}

// matchCode returns the thing of which t is the code, in capitals as codes are written.
func (d *directory) matchCode(t token) ([]name, int) {
	if t.text != strings.ToUpper(t.text) || strings.ContainsAny(t.text, "0123456789") || len(d.codes[t.fold]) != 1 {
		return nil, 0
	}
	return d.codes[t.fold], 1
}

func joiner(t token) bool { return t.fold == "and" || t.fold == "&" }

// key joins tokens as add joins a name's words; with base, the last one without
// its possessive s.
func key(tokens []token, base bool) string {
	var words []string
	for i, t := range tokens {
		switch {
		case joiner(t):
		case base && i == len(tokens)-1 && t.base != "":
			words = append(words, t.base)
		default:
			words = append(words, t.fold)
		}
	}
	return strings.Join(words, " ")
}

// matchKind is match for words beside the word for a kind, as in "customer ALFKI":
// here a code counts, and the first words of a name, if no other name of that kind
// begins with them.
func (d *directory) matchKind(tokens []token, k kind) ([]name, int) {
	for n := min(d.longest, len(tokens)); n > 0; n-- {
		text := key(tokens[:n], true)
		if text == "" {
			continue
		}
		var found []name
		for _, c := range d.starting[k] {
			if whole := strings.Join(significant(c.text), " "); whole == text || strings.HasPrefix(whole, text+" ") {
				found = append(found, c)
			}
		}
		for _, c := range d.codes[text] {
			if c.kind == k && !slices.Contains(found, c) {
				found = append(found, c)
			}
		}
		if len(found) == 1 {
			return found, n
		}
	}
	return nil, 0
}

// near returns up to three names that resemble text, the best first.
func (d *directory) near(text string) []name {
	words := folds(text)
	type scored struct {
		name  name
		score int
	}
	var found []scored
	for _, n := range d.names {
		if s := resemblance(words, folds(n.text)); s > 0 {
			found = append(found, scored{n, s})
		}
	}
	slices.SortStableFunc(found, func(a, b scored) int { return cmp.Compare(b.score, a.score) })
	var out []name
	for _, f := range found[:min(3, len(found))] {
		out = append(out, f.name)
	}
	return out
}

// resemblance counts the letters of asked that some word of have begins with, is
// contained in, or nearly equals; words under three letters do not count.
func resemblance(asked, have []string) int {
	score := 0
	for _, a := range asked {
		best := 0
		for _, h := range have {
			shorter := min(len(a), len(h))
			switch {
			case shorter < 3:
			case a == h:
				best = max(best, 3*shorter)
			case shorter >= 4 && (strings.HasPrefix(h, a) || strings.HasPrefix(a, h)):
				best = max(best, 2*shorter)
			case shorter >= 4 && distance(a, h) <= max(1, shorter/4):
				best = max(best, 2*shorter-1)
			}
		}
		score += best
	}
	return score
}

// distance is the number of letters to insert, delete, replace or swap with their
// neighbour to turn a into b (optimal string alignment).
func distance(a, b string) int {
	x, y := []rune(a), []rune(b)
	if len(x) > 40 || len(y) > 40 {
		return max(len(x), len(y))
	}
	rows := make([][]int, len(x)+1)
	for i := range rows {
		rows[i] = make([]int, len(y)+1)
		rows[i][0] = i
	}
	for j := range rows[0] {
		rows[0][j] = j
	}
	for i := 1; i <= len(x); i++ {
		for j := 1; j <= len(y); j++ {
			swap := 1
			if x[i-1] == y[j-1] {
				swap = 0
			}
			rows[i][j] = min(rows[i-1][j]+1, rows[i][j-1]+1, rows[i-1][j-1]+swap)
			if i > 1 && j > 1 && x[i-1] == y[j-2] && x[i-2] == y[j-1] {
				rows[i][j] = min(rows[i][j], rows[i-2][j-2]+1)
			}
		}
	}
	return rows[len(x)][len(y)]
}
