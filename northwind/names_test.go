package northwind

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestNearest(t *testing.T) {
	candidates := []string{"Customers", "Orders", "Order Details", "Order Totals", "Products", "Group"}
	tests := []struct {
		name string
		want []string
	}{
		{"orders", []string{"Orders"}},
		{"OrderDetails", []string{"Order Details"}},
		{"order-details", []string{"Order Details"}},
		{"Costumers", []string{"Customers"}},
		{"Gropu", []string{"Group"}},
		{"product", []string{"Products"}},
		{"Grp", []string{"Group"}},
		{"Details", []string{"Order Details"}},
		{"Suppliers", nil},
		{"", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, nearest(tt.name, candidates, 3)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func TestQuoteName(t *testing.T) {
	keyword := func(name string) bool { return strings.EqualFold(name, "group") }
	for name, want := range map[string]string{
		"Orders":        "Orders",
		"_x1":           "_x1",
		"1x":            `"1x"`,
		"Order Details": `"Order Details"`,
		"Group":         `"Group"`,
		`a"b`:           `"a""b"`,
		"Größe":         `"Größe"`,
		"":              `""`,
	} {
		if got := quoteName(name, keyword); got != want {
			t.Errorf("%q becomes %s, want %s", name, got, want)
		}
	}
}

func TestUniqueNames(t *testing.T) {
	long := strings.Repeat("x", 300)
	got := uniqueNames([]string{"a", "b", "A", "a_2", "a", "", "", long, long})
	want := []string{"a", "b", "A_3", "a_2", "a_4", "column", "column_2", long[:maxName] + "…", long[:maxName] + "…_2"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestTokens(t *testing.T) {
	word := func(s string) token { return token{text: s} }
	tests := []struct {
		name, sql string
		want      []token
	}{
		{"words and signs", "SELECT a.b", []token{word("SELECT"), word("a"), word("."), word("b")}},
		{"comments and literals are left out", "a -- b\n/* c */ 'd ''e' f", []token{word("a"), word("f")}},
		{"names in every kind of quotes", "\"a \"\"b\" `c``d` [e f]", []token{{text: `a "b`, quoted: true}, {text: "c`d", quoted: true}, {text: "e f", quoted: true}}},
		{"signs of two characters", "a<>b||c", []token{word("a"), word("<>"), word("b"), word("||"), word("c")}},
		{"numbers", "1.5e-3-0xE-1+.5", []token{word("1.5e-3"), word("-"), word("0xE"), word("-"), word("1"), word("+"), word("."), word("5")}},
		{"calls", "f (1)", []token{{text: "f", called: true}, word("("), word("1"), word(")")}},
		{"unclosed ends", "a /* b", []token{word("a")}},
		{"unclosed quote", "'a", nil},
		{"unclosed name", "\"a", []token{{text: "a", quoted: true}}},
		{"unclosed bracket", "[a", []token{{text: "a", quoted: true}}},
		{"letters beyond ASCII", "größe", []token{word("größe")}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []token
			for _, token := range tokens(tt.sql) {
				if source := tt.sql[token.at:token.end]; len(source) < len(token.text) {
					t.Errorf("%q is said to be %q", token.text, source)
				}
				token.at, token.end = 0, 0
				got = append(got, token)
			}
			if diff := cmp.Diff(tt.want, got, cmp.AllowUnexported(token{})); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func TestIsDate(t *testing.T) {
	for text, want := range map[string]bool{
		"1996-07-04":                true,
		"1996-07-04 10:11":          true,
		"1996-07-04T10:11:12.5Z":    true,
		"1996-07-04 00:00:00+02:00": true,
		"1996-07":                   false,
		"1996-07-04x":               false,
		"1996-07-04 10h":            false,
		"1996/07/04":                false,
		"12209":                     false,
		"":                          false,
	} {
		if got := isDate(text); got != want {
			t.Errorf("%q is a date: %t, want %t", text, got, want)
		}
	}
}
