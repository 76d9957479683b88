package llm

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

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
		{"the longer of two", []string{"sk-abc", "sk-abcdef"}, "sk-abcdef sk-abcde", "[redacted] [redacted]de"},
		{"one that repeats its beginning", []string{"aab"}, "aaab aab", "a[redacted] [redacted]"},
		{"one after the other", []string{"ab"}, "ababa", "[redacted][redacted]a"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var tokens []chat.Token
			for _, s := range tt.secrets {
				tokens = append(tokens, chat.NewToken(s))
			}
			if got := newRedactor(tokens...).all(tt.text); got != tt.want {
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
		hide := newRedactor(chat.NewToken(one), chat.NewToken(two))
		want := hide.all(text)
		var got strings.Builder
		rest, longest := "", 3*max(len(one), len(two)) // as a URL writes it
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
		got.WriteString(hide.all(rest))
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

// What a person gets of a reply is the same however its provider cuts it, and holds no
// secret; and the parts begin and end in the order in which they came.
func TestSecretsInPiecesOfAReply(t *testing.T) {
	const secret = "te-0123456789/abcdef"
	said := map[string]string{
		"text": "Your token is " + secret + ", not te-01234.", "reasoning": "It has " + secret, "arguments": `{"token":"` + secret + `","s":"te-0"}`,
	}
	want := []string{
		"reasoning It has [redacted]", "text Your token is [redacted], not te-01234.", "source", "started",
		`arguments {"token":"[redacted]","s":"te-0"}`, `ready {"token":"[redacted]","s":"te-0"}`, `item {"type":"x","text":"[redacted]"}`, "done",
	}
	for size := 1; size < 60; size++ {
		out := newEmitter(nil, nil)
		var got []string
		out.emit = func(c chat.Chunk) bool {
			kind, delta := "", ""
			switch c := c.(type) {
			case chat.TextChunk:
				kind, delta = "text ", c.Delta
			case chat.ReasoningChunk:
				kind, delta = "reasoning ", c.Delta
			case chat.CallDelta:
				kind, delta = "arguments ", c.Delta
			case chat.SourceChunk:
				kind = "source"
			case chat.CallStarted:
				kind = "started"
			case chat.CallReady:
				kind = "ready " + c.Arguments
			case chat.ItemDone:
				kind = "item " + string(c.Raw)
			case chat.ReplyDone:
				kind = "done"
			}
			if last := len(got) - 1; delta != "" && last >= 0 && strings.HasPrefix(got[last], kind) {
				got[last] += delta
			} else {
				got = append(got, kind+delta)
			}
			return true
		}
		out.begin(newRedactor(chat.NewToken(secret)))
		pieces := func(kind string, chunk func(delta string) chat.Chunk) {
			for text := said[kind]; text != ""; {
				n := min(size, len(text))
				out.send(chunk(text[:n]))
				text = text[n:]
			}
		}
		pieces("reasoning", func(d string) chat.Chunk { return chat.ReasoningChunk{ID: "r", Delta: d} })
		pieces("text", func(d string) chat.Chunk { return chat.TextChunk{ID: "t", Delta: d} })
		out.send(chat.SourceChunk{TextID: "t", URL: "https://a.example"})
		out.send(chat.CallStarted{CallID: "c"})
		pieces("arguments", func(d string) chat.Chunk { return chat.CallDelta{CallID: "c", Delta: d} })
		out.send(chat.CallReady{CallID: "c", Arguments: said["arguments"]})
		out.send(chat.ItemDone{PartID: "c", Raw: json.RawMessage(fmt.Sprintf(`{"type":"x","text":%q}`, secret))})
		out.send(chat.ReplyDone{})
		out.finish()
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("in pieces of %d (-want +got):\n%s", size, diff)
		}
	}
}

// A reply that breaks off shows what it had, and what was held back of it.
func TestWhatIsHeldBackComesAtTheEnd(t *testing.T) {
	var got []chat.Chunk
	out := newEmitter(nil, func(c chat.Chunk) bool { got = append(got, c); return true })
	out.begin(newRedactor(chat.NewToken("sk-0123456789abcdef")))
	out.send(chat.CallDelta{CallID: "b", Delta: "s"})
	out.send(chat.CallDelta{CallID: "a", Delta: "sk"})
	out.send(chat.TextChunk{ID: "t", Delta: "These are the results"})
	out.finish()
	want := []chat.Chunk{
		chat.TextChunk{ID: "t", Delta: "These are the result"}, chat.TextChunk{ID: "t", Delta: "s"},
		chat.CallDelta{CallID: "a", Delta: "sk"}, chat.CallDelta{CallID: "b", Delta: "s"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
