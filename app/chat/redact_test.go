package chat_test

import (
	"strings"
	"testing"

	"github.com/pomerium/pomchat/app/chat"
)

func TestSecretsAreBlottedOut(t *testing.T) {
	for _, tt := range []struct {
		name    string
		secrets []string
		text    string
		want    string
	}{
		{"none", nil, "sk-abc", "sk-abc"},
		{"one that is empty", []string{""}, "sk-abc", "sk-abc"},
		{"one", []string{"sk-abc"}, "key sk-abc, sk-ab", "key [redacted], sk-ab"},
		{"as URLs and JSON write it", []string{"a/b+c"}, `a/b+c a\/b+c a%2Fb%2Bc`, "[redacted] [redacted] [redacted]"},
		{"as some programs write all that is special in JSON", []string{"a/b+c+d"}, `a/b\u002Bc\u002Bd`, "[redacted]"},
		{"the longer of two", []string{"sk-abc", "sk-abcdef"}, "sk-abcdef sk-abcde", "[redacted] [redacted]de"},
		{"one that repeats its beginning", []string{"aab"}, "aaab aab", "a[redacted] [redacted]"},
		{"one after the other", []string{"ab"}, "ababa", "[redacted][redacted]a"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var tokens []chat.Token
			for _, s := range tt.secrets {
				tokens = append(tokens, chat.NewToken(s))
			}
			if got := chat.NewRedactor(tokens...).All(tt.text); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

// However a text is cut into pieces, the same is shown of it, and no secret; and no more
// is held back than a secret is long.
func FuzzRedactionOfPieces(f *testing.F) {
	f.Add("the key sk-abcdef, and sk-abc", "sk-abc", "sk-abcdef", []byte{1, 9, 3, 2})
	f.Add("aaabaaab", "aab", "b", []byte{1})
	f.Add(`x te\/1 te%2F1 te/1`, "te/1", "", []byte{4, 1, 1})
	f.Add("ünïcode 🔎 s", "sé", "🔎", []byte{1, 2})
	f.Fuzz(func(t *testing.T, text, one, two string, cuts []byte) {
		hide := chat.NewRedactor(chat.NewToken(one), chat.NewToken(two))
		want := hide.All(text)
		var got strings.Builder
		rest, longest := "", 6*max(len(one), len(two)) // as JSON may write it
		for at, i := 0, 0; at < len(text); i++ {
			n := len(text) - at
			if i < len(cuts) {
				n = min(n, int(cuts[i])%8)
			}
			var shown string
			shown, rest = hide(rest+text[at:at+n], false)
			if len(rest) >= max(1, longest) {
				t.Fatalf("%q is held back", rest)
			}
			got.WriteString(shown)
			at += n
		}
		got.WriteString(hide.All(rest))
		if got.String() != want {
			t.Fatalf("in pieces %q, as a whole %q", got.String(), want)
		}
		for _, s := range []string{one, two} {
			if s != "" && s != "\x00" && strings.Contains(strings.ReplaceAll(want, "[redacted]", "\x00"), s) {
				t.Fatalf("%q shows %q", want, s)
			}
		}
	})
}
