package chat

import (
	"net/url"
	"slices"
	"strings"
)

// ShortestSecret is how long a secret is that can be blotted out of what others say: what
// is shorter may be a word, as "none" is, which servers are given that want no key.
const ShortestSecret = 16

// Redactor blots secrets out of a text that comes in pieces. It returns what can be
// shown of a piece, and its rest, which may be the beginning of a secret: it belongs
// before the next piece. At the end there is no rest. However a text is cut into pieces,
// what is shown is the same.
type Redactor func(text string, end bool) (shown, rest string)

// All is the redactor for a whole text.
func (r Redactor) All(text string) string {
	shown, _ := r(text, true)
	return shown
}

// NewRedactor blots out these secrets as they are, and as JSON and URLs may write them.
// Of several that begin at one place it takes the longest.
func NewRedactor(secrets ...Token) Redactor {
	var forms []string
	for _, t := range secrets {
		if s := t.Reveal(); s != "" {
			forms = append(forms, s, strings.ReplaceAll(s, "/", `\/`), strings.ReplaceAll(s, "+", `\u002B`), url.QueryEscape(s))
		}
	}
	if len(forms) == 0 {
		return func(text string, _ bool) (shown, rest string) { return text, "" }
	}
	slices.SortFunc(forms, func(a, b string) int { return len(b) - len(a) })
	var begins [256]bool
	for _, form := range forms {
		begins[form[0]] = true
	}
	mark := Token{}.String()
	return func(text string, end bool) (shown, rest string) {
		var out strings.Builder
		from := 0
		for i := 0; i < len(text); {
			n, open := 0, false
			if begins[text[i]] {
				n, open = secretAt(forms, text[i:], end)
			}
			switch {
			case open:
				out.WriteString(text[from:i])
				return out.String(), text[i:]
			case n > 0:
				out.WriteString(text[from:i] + mark)
				i += n
				from = i
			default:
				i++
			}
		}
		if from == 0 {
			return text, ""
		}
		out.WriteString(text[from:])
		return out.String(), ""
	}
}

// SecretsIn returns the values in the query of a URL, as they are written and as they are
// meant, which are at least so many bytes long: a shorter one may be any word.
func SecretsIn(query string, shortest int) (secrets []Token) {
	for pair := range strings.SplitSeq(query, "&") {
		_, value, named := strings.Cut(pair, "=")
		if !named {
			value = pair
		}
		meant, err := url.QueryUnescape(value)
		if err != nil {
			meant = value
		}
		for _, s := range []string{value, meant} {
			if len(s) >= shortest {
				secrets = append(secrets, NewToken(s))
			}
		}
	}
	return secrets
}

// secretAt returns the length of the longest form that a text begins with, 0 if there is
// none; open is that more of the text may make it a longer one. The longest form comes
// first.
func secretAt(forms []string, text string, end bool) (n int, open bool) {
	for _, form := range forms {
		switch {
		case strings.HasPrefix(text, form):
			return len(form), false
		case !end && strings.HasPrefix(form, text):
			return 0, true
		}
	}
	return 0, false
}
