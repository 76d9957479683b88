package guide

import (
	"fmt"
	"slices"
)

// askedWhether returns what words ask of one product, as in “is Chai discontinued?” and
// “should we reorder Chai?”, or nothing. Every other word must be one of grammar.
func askedWhether(words []word) trait {
	var asked trait
	named, asks := 0, false
	for i, w := range words {
		switch {
		case w.role == aTrait && w.trait.ofProducts() && asked == "":
			asked = w.trait
			asks = asks || isSaid(words, i, "should we reorder")
		case w.role == aMeasure && w.measure == stock && isSaid(words, i, "in stock") && asked == "":
			asked = inStock
		case isNameOf(w, product) && len(w.names) == 1 && !w.without:
			named++
		case i == 0 && isSaid(words, i, "is", "are", "has", "have", "does", "do"):
			asks = true
		case isSaid(words, i, "the", "a", "been", "we", "our"), isNoun(w, product) && !w.many:
		default:
			return ""
		}
	}
	if named != 1 || !asks {
		return ""
	}
	return asked
}

// status returns the question whether the one product of c has what is asked. Its error is
// a refusal of everything that was said besides.
func (c *clause) status() (question, error) {
	things := slices.ContainsFunc(c.nouns, func(n noun) bool { return n != noun{kind: product} }) // “a discontinued product”
	plain := !things && len(c.groups)+len(c.without)+len(c.verbs) == 0 && c.times.isZero() && c.rank == unranked && c.bound.op == "" &&
		!c.howMany && !c.share && !c.average && c.growth == noGain && c.previous == ""
	measured := len(c.measures) == 0 || c.whether == inStock && slices.Equal(c.measures, []measure{stock})
	traited := len(c.traits) == 0 || slices.Equal(c.traits, []trait{c.whether})
	if !plain || !measured || !traited || len(c.names) != 1 || len(c.names[product]) != 1 {
		return question{}, refuseStatus()
	}
	return question{list: product, names: c.names, whether: c.whether}, nil
}

func refuseStatus() error {
	return refuse("I can say of one product at a time whether it is discontinued, in stock or to be reordered, as in “is Chai in stock?”.")
}

// Headings of what a product is asked for.
const (
	stockHeading        = "Units in stock"
	discontinuedHeading = "Discontinued"
)

// heading heads the column that says whether a product has the trait f.
func (f trait) heading() string {
	switch f {
	case outOfStock, inStock:
		return "In stock"
	default:
		return capital(string(f))
	}
}

// statusColumns returns what is told of a product beside its price and stock, where one is
// asked about.
func (q question) statusColumns() []string {
	if q.whether == "" {
		return nil
	}
	columns := []string{as("p.UnitsOnOrder", "Units on order"), as("p.ReorderLevel", "Reorder level"), yes("p.Discontinued = 1", discontinuedHeading)}
	switch q.whether {
	case discontinued:
		return columns
	case inStock, outOfStock:
		return append(columns, yes("p.UnitsInStock > 0", q.whether.heading()))
	default:
		var all string
		for i, c := range q.whether.conditions() {
			all += map[bool]string{true: "", false: " AND "}[i == 0] + c
		}
		return append(columns, yes(all, q.whether.heading()))
	}
}

func yes(condition, heading string) string {
	return as("CASE WHEN "+condition+" THEN 'yes' ELSE 'no' END", heading)
}

// answerStatus says whether the product in the one row of t has what was asked.
func answerStatus(q question, t table) (string, error) {
	at, err := t.require(heading(product), stockHeading, discontinuedHeading, q.whether.heading())
	if err != nil {
		return "", err
	}
	if len(t.rows) != 1 {
		return fmt.Sprintf("There is no one product called %s.", escape(q.names[product][0])), nil
	}
	row := t.rows[0]
	name, units, has := "**"+escape(text(row[at[0]]))+"**", "**"+figure(row[at[1]], count)+"** units are in stock", text(row[at[3]]) == "yes"
	say := ""
	switch {
	case q.whether == inStock && has:
		say = "Yes, " + name + " is in stock: " + units + "."
	case q.whether == inStock:
		say = "No, " + name + " is out of stock."
	case q.whether == outOfStock && has:
		say = "No, " + name + " is not out of stock: " + units + "."
	case q.whether == outOfStock:
		say = "Yes, " + name + " is out of stock."
	case has:
		say = "Yes, " + name + " is " + string(q.whether) + "."
	default:
		say = "No, " + name + " is not " + string(q.whether) + "."
	}
	if q.whether != discontinued && text(row[at[2]]) == "yes" {
		say += " It is discontinued."
	}
	return joined(say, plainTable(priced(t)), notes(q)), nil
}
