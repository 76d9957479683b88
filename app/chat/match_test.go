package chat_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pomerium/pomchat/app/chat"
)

// hitsOf finds each of the words wherever it stands.
func hitsOf(text string, words ...string) []chat.Hit {
	var hits []chat.Hit
	for at := range text {
		for i, w := range words {
			if strings.HasPrefix(text[at:], w) {
				hits = append(hits, chat.Hit{Start: at, End: at + len(w), Word: i})
			}
		}
	}
	return hits
}

// An excerpt is shown with its spans in brackets.
func TestExcerpts(t *testing.T) {
	long := strings.Repeat("lorem ipsum ", 20)
	for _, tt := range []struct {
		name, text string
		words      []string
		want       string
	}{
		{"a short text is whole", "Ernst ordered cheese.", []string{"cheese"}, "Ernst ordered [cheese]."},
		{"no hit, no excerpt", "Ernst", []string{"cheese"}, ""},
		{"white space is folded", " a\n\n\tb  cheese\r\n", []string{"cheese"}, "a b [cheese]"},
		{"marks of Markdown are left out", "## The **cheese** `sql`\n\n| a | b-c |\n| --- | ---: |\n| cheese | > 5 |", []string{"cheese"}, "The [cheese] sql a b-c [cheese] 5"},
		{"it begins at a word before the hit", long + "cheese", []string{"cheese"}, "…ipsum lorem ipsum lorem ipsum [cheese]"},
		{"a word of no end", strings.Repeat("x", 50) + "cheese", []string{"cheese"}, "…[cheese]"},
		{"it ends after so many characters", "cheese " + strings.Repeat("ä", 200), []string{"cheese"}, "[cheese] " + strings.Repeat("ä", 133) + "…"},
		{"it is where most of the words are", "cheese " + long + "butter and cheese", []string{"cheese", "butter"}, "…ipsum lorem ipsum lorem ipsum [butter] and [cheese]"},
		{"a hit that is longer than an excerpt", strings.Repeat("a", 150), []string{strings.Repeat("a", 150)}, "[" + strings.Repeat("a", 140) + "]…"},
		{"what JavaScript counts twice", "🧀🧀 cheese 🧀 cheese", []string{"cheese"}, "🧀🧀 [cheese] 🧀 [cheese]"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			text, spans := chat.Excerpt(tt.text, hitsOf(tt.text, tt.words...))
			if diff := cmp.Diff(tt.want, marked(text, spans)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestSpansOfAText(t *testing.T) {
	const text = "é 🧀 cheese and cheese"
	if got := marked(text, chat.Spans(text, hitsOf(text, "cheese"))); got != "é 🧀 [cheese] and [cheese]" {
		t.Error(got)
	}
}

// marked puts brackets around spans.
func marked(text string, spans []chat.Span) string {
	units, out := 0, strings.Builder{}
	at := map[int]string{}
	for _, s := range spans {
		at[s.Start] += "["
		at[s.End] += "]"
	}
	for _, r := range text {
		out.WriteString(at[units])
		units++
		if r > 0xFFFF {
			units++
		}
		out.WriteRune(r)
	}
	return out.String() + at[units]
}
