package llm

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/pomerium/pomchat/app/chat"
)

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
		out.begin(chat.NewRedactor(chat.NewToken(secret)))
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
	out.begin(chat.NewRedactor(chat.NewToken("sk-0123456789abcdef")))
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
