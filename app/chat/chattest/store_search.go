package chattest

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/pomerium/pomchat/app/chat"
)

// matches reports whether a search finds the thread: each of its words begins a word of the title
// or of a message.
func (t *storedThread) matches(search string) bool {
	sought := soughtIn(search)
	if len(sought) == 0 {
		return strings.TrimSpace(search) == ""
	}
	found := hits(t.Title, sought)
	for _, m := range t.messages {
		found = append(found, hits(m.Searchable(), sought)...)
	}
	return count(found) == len(sought)
}

// match says where words are found that the thread has.
func (t *storedThread) match(sought []string) chat.Match {
	inTitle := hits(t.Title, sought)
	m := chat.Match{Title: chat.Spans(t.Title, inTitle), Ranges: []chat.Span{}}
	if count(inTitle) == len(sought) {
		return m
	}
	most := 0
	for _, message := range t.messages {
		text := message.Searchable()
		found := hits(text, sought)
		if n := count(found); n > most {
			most, m.MessageID = n, message.ID
			m.Text, m.Ranges = chat.Excerpt(text, found)
		}
	}
	return m
}

// count returns how many different words hits are of.
func count(hits []chat.Hit) int {
	different := map[int]bool{}
	for _, h := range hits {
		different[h.Word] = true
	}
	return len(different)
}

// hits returns where in a text a word begins with one of those that are looked for.
func hits(text string, sought []string) []chat.Hit {
	var all []chat.Hit
	for at := 0; at < len(text); {
		r, size := utf8.DecodeRuneInString(text[at:])
		if !unicode.IsLetter(r) && !unicode.IsNumber(r) {
			at += size
			continue
		}
		var ends []int // of what each character of the word was made of
		word, end := "", at
		for end < len(text) {
			r, size := utf8.DecodeRuneInString(text[end:])
			if !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.Is(unicode.Mn, r) {
				break
			}
			end += size
			folded := strings.Join(words(string(r)), "")
			word += folded
			for range folded {
				ends = append(ends, end)
			}
			if folded == "" && len(ends) > 0 {
				ends[len(ends)-1] = end
			}
		}
		longest := -1
		for i, w := range sought {
			if strings.HasPrefix(word, w) && (longest < 0 || len(w) > len(sought[longest])) {
				longest = i
			}
		}
		if longest >= 0 {
			all = append(all, chat.Hit{Start: at, End: ends[len([]rune(sought[longest]))-1], Word: longest})
		}
		at = end
	}
	return all
}

// soughtIn returns the words of a search, but for those that a longer one begins with.
func soughtIn(search string) []string {
	all := words(search)
	var out []string
	for i, w := range all {
		if i+1 == len(all) || !strings.HasPrefix(all[i+1], w) {
			out = append(out, w)
		}
	}
	return out
}

// words returns the words of s, each once, in small letters without accents: letters and digits.
// It knows the accents of Latin that the suite uses.
func words(s string) []string {
	const accented, plain = "àáâãäåçèéêëìíîïñòóôõöùúûüýÿčřšžő", "aaaaaaceeeeiiiinooooouuuuyycrszo"
	to, from := []rune(plain), []rune(accented)
	folded := strings.Map(func(r rune) rune {
		r = unicode.ToLower(r)
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		if i := slices.Index(from, r); i >= 0 {
			return to[i]
		}
		return r
	}, s)
	found := strings.FieldsFunc(folded, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) })
	slices.Sort(found)
	return slices.Compact(found)
}
