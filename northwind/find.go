package northwind

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Found is the structured result of the tool find_values and of [DB.FindValues]. Its JSON is a contract.
type Found struct {
	// Matches holds the exact ones first, then those that contain the text, by rows. If there are none, those of its
	// words in tables that have all of them; and if there are no such tables, near ones.
	Matches []Match `json:"matches"`
	// Total is the number of matches, also of those over the limit.
	Total int `json:"total"`
	// Complete is false if the database holds more values than the index, so that some may be missing.
	Complete bool `json:"complete"`
}

// Match is one column that holds the text.
type Match struct {
	// Kind is "exact" (the whole value), "contains" (within the value, or the whole), "word" (one of its words is the whole
	// value, or else within it) or "near" (a likely misspelling).
	Kind   string `json:"match"`
	Table  string `json:"table"`
	Column string `json:"column"`
	// Rows is the number of rows that match, and that Filter selects.
	Rows int `json:"rows"`
	// Values holds up to five of the values, most frequent first, as stored; of long ones the part that matches.
	Values []string `json:"values"`
	// Filter is a condition for the WHERE of a query on the table.
	Filter string `json:"filter"`
}

// The bounds of [DB.FindValues].
const (
	defaultMatches = 20
	maxMatches     = 100
	maxFind        = 100 // bytes of the text
	shownValues    = 5
)

// FindValues returns the columns of tables that hold a text, whatever its case and accents. A limit of 0 means 20
// matches; there are never more than 100. The first call reads every table to make an index, from which all others are
// answered without a query. A text that is empty or over 100 bytes is an [*Error]; the first call can have every error of
// a query.
func (db *DB) FindValues(ctx context.Context, text string, limit int) (*Found, error) {
	want := fold(text)
	switch {
	case want == "":
		return nil, missing("text")
	case len(text) > maxFind || !utf8.ValidString(text):
		return nil, &Error{Kind: Invalid, Message: fmt.Sprintf("text must be UTF-8 of %d bytes at most", maxFind), Hint: "Look for a distinctive part of it."}
	case limit < 0:
		return nil, &Error{Kind: Invalid, Message: "limit must not be negative"}
	}
	index, err := db.index(ctx)
	if err != nil {
		return nil, err
	}
	var matches []Match
	for i := range index.columns {
		if ctx.Err() != nil {
			return nil, &Error{Kind: Canceled, Message: "the search was cancelled by the caller"}
		}
		matches = append(matches, db.catalogue.matches(&index.columns[i], want)...)
	}
	words := false
	if len(matches) == 0 {
		matches = db.catalogue.wordMatches(index, want)
		words = len(matches) > 0
	}
	if len(matches) == 0 {
		matches = db.catalogue.nearMatches(index, want)
	}
	if !words {
		slices.SortStableFunc(matches, func(a, b Match) int {
			return cmp.Or(cmp.Compare(rank(a.Kind), rank(b.Kind)), cmp.Compare(b.Rows, a.Rows))
		})
	}
	f := &Found{Total: len(matches), Complete: !index.partial}
	f.Matches = notNil(matches[:min(len(matches), maxMatches, cmp.Or(limit, defaultMatches))])
	return f, nil
}

func rank(kind string) int { return slices.Index([]string{"exact", "contains", "near"}, kind) }

// matches returns the exact match of a column and the one that contains the text, the latter only if it finds more.
func (cat *Catalogue) matches(c *valueColumn, want string) []Match {
	var exact, within []value
	for _, v := range c.values {
		if strings.Contains(v.folded, want) {
			within = append(within, v)
			if v.folded == want {
				exact = append(exact, v)
			}
		}
	}
	var ms []Match
	if len(exact) > 0 {
		ms = append(ms, cat.match("exact", c, exact, want))
	}
	if len(within) > len(exact) {
		ms = append(ms, cat.match("contains", c, within, want))
	}
	return ms
}

func (cat *Catalogue) match(kind string, c *valueColumn, values []value, want string) Match {
	m := Match{Kind: kind, Table: c.table, Column: c.column}
	for i, v := range values {
		m.Rows += v.rows
		if i < shownValues {
			m.Values = append(m.Values, snippet(v.text, want))
		}
	}
	m.Filter = cat.filter(kind, c, values, want)
	return m
}

// nearMatches returns the values that differ from the text, as a whole or in one word, in the fewest letters, if these
// are few. A text without letters or of three bytes has no near ones, as every number is near some other; nor has one of
// more than forty, to bound the time.
func (cat *Catalogue) nearMatches(index *valueIndex, want string) []Match {
	best := (len(want) + 1) / 4
	if len(want) < 4 || len(want) > 40 || !strings.ContainsFunc(want, unicode.IsLetter) {
		return nil
	}
	var ms []Match
	for i := range index.columns {
		c := &index.columns[i]
		var near []value
		for _, v := range c.values {
			d := nearness(want, v.folded, best)
			if d > best {
				continue
			}
			if d < best {
				best, ms, near = d, nil, nil
			}
			near = append(near, v)
		}
		if len(near) > 0 {
			ms = append(ms, cat.match("near", c, near[:min(len(near), shownValues)], want))
		}
	}
	return ms
}

// nearness returns the least distance of want from a value and its words, or more than limit.
func nearness(want, folded string, limit int) int {
	least := limit + 1
	try := func(s string) {
		if d := len(s) - len(want); d <= limit && -d <= limit {
			least = min(least, distance(want, s))
		}
	}
	try(folded)
	if !strings.Contains(want, " ") {
		for word := range strings.FieldsSeq(folded) {
			try(word)
		}
	}
	return least
}
