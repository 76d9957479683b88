package northwind

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
)

type findInput struct {
	Text  string `json:"text"`
	Limit whole  `json:"limit"`
}

func findValues(db *DB) tool[findInput] {
	return tool[findInput]{
		name:        findValuesName,
		title:       "Find values",
		description: "Tells which columns hold a name, place or code, or part of one: rows and SQL filters. Ignores case and accents.",
		input:       findInputSchema,
		output:      findOutputSchema,
		lasts:       true,
		run: func(ctx context.Context, in findInput) (reply, error) {
			return db.find(ctx, in)
		},
	}
}

func (db *DB) find(ctx context.Context, in findInput) (reply, error) {
	f, err := db.FindValues(ctx, in.Text, int(in.Limit))
	if err != nil {
		return reply{}, err
	}
	structured, err := json.Marshal(f)
	if err != nil {
		return reply{}, fmt.Errorf("encoding the matches: %w", err)
	}
	return reply{text: db.catalogue.foundText(f, strings.TrimSpace(in.Text)), structured: structured, rows: len(f.Matches)}, nil
}

// foundText is the text of find_values.
func (cat *Catalogue) foundText(f *Found, text string) string {
	var b strings.Builder
	switch {
	case f.Total == 0:
		fmt.Fprintf(&b, "No text column holds %q or something near. Try a shorter part of it; numbers are not indexed.", text)
	case f.Matches[0].Kind == "word":
		fmt.Fprintf(&b, "No text column holds %q. Of tables with all its words:", text)
	case f.Matches[0].Kind == "near":
		fmt.Fprintf(&b, "No text column holds %q. Near it:", text)
	default:
		fmt.Fprintf(&b, "%s for %q", plural(f.Total, "match", "matches"), text)
		if f.Total > len(f.Matches) {
			fmt.Fprintf(&b, ", the first %d of them", len(f.Matches))
		}
	}
	for _, m := range f.Matches {
		fmt.Fprintf(&b, "\n%s, %s: %s WHERE %s", m.Kind, plural(m.Rows, "row", "rows"), cat.quote(m.Table), m.Filter)
		if m.Kind != "exact" && strings.Contains(m.Filter, " LIKE ") {
			fmt.Fprintf(&b, " (%s)", strings.Join(m.Values, "; "))
		}
	}
	if !f.Complete {
		b.WriteString("\nThe database holds more values than are indexed, so some may be missing.")
	}
	return b.String()
}
