package llm

import (
	"encoding/json"
	"maps"
	"net/url"
	"slices"
	"strings"

	"github.com/pomerium/pomchat/app/chat"
)

// shortestSecret is how long a key is that is blotted out of answers. Servers that want
// none are given "none" or their own name for one, which are words.
const shortestSecret = 16

// redactor blots secrets out of a text that comes in pieces. It returns what can be
// shown of a piece, and its rest, which may be the beginning of a secret: it belongs
// before the next piece. At the end there is no rest. However a text is cut into pieces,
// what is shown is the same.
type redactor func(text string, end bool) (shown, rest string)

// all is the redactor for a whole text.
func (r redactor) all(text string) string {
	shown, _ := r(text, true)
	return shown
}

// newRedactor blots out these secrets as they are, and as JSON and URLs may write them.
// Of several that begin at one place it takes the longest.
func newRedactor(secrets ...chat.Token) redactor {
	var forms []string
	for _, t := range secrets {
		if s := t.Reveal(); s != "" {
			forms = append(forms, s, strings.ReplaceAll(s, "/", `\/`), url.QueryEscape(s))
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
	mark := chat.Token{}.String()
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

// veil keeps secrets out of the chunks of one reply. Text and reasoning are held back
// where they may be the beginning of a secret, until more of them comes or something
// else begins; the arguments of a call, until the call is complete.
type veil struct {
	hide  redactor
	prose chat.Chunk        // text or reasoning that is held back, nil if there is none
	calls map[string]string // arguments that are held back
}

// pass gives on what can be shown of a chunk, and before it what it brings to an end.
func (v *veil) pass(c chat.Chunk, give func(chat.Chunk)) {
	switch c := c.(type) {
	case chat.TextChunk:
		last, ok := v.prose.(chat.TextChunk)
		if !ok || last.ID != c.ID || last.Kind != c.Kind {
			v.release(give)
			last.Delta = ""
		}
		shown, rest := v.hide(last.Delta+c.Delta, false)
		v.prose = nil
		if c.Delta = rest; rest != "" {
			v.prose = c
		}
		if c.Delta = shown; shown != "" {
			give(c)
		}
		return
	case chat.ReasoningChunk:
		last, ok := v.prose.(chat.ReasoningChunk)
		if !ok || last.ID != c.ID {
			v.release(give)
			last.Delta = ""
		}
		shown, rest := v.hide(last.Delta+c.Delta, false)
		v.prose = nil
		if rest != "" {
			v.prose = chat.ReasoningChunk{ID: c.ID, Delta: rest}
		}
		if shown != "" {
			give(chat.ReasoningChunk{ID: c.ID, Delta: shown})
		}
		return
	case chat.CallDelta:
		shown, rest := v.hide(v.calls[c.CallID]+c.Delta, false)
		if v.calls == nil {
			v.calls = map[string]string{}
		}
		if v.calls[c.CallID] = rest; shown != "" {
			give(chat.CallDelta{CallID: c.CallID, Delta: shown})
		}
		return
	}
	give(v.whole(c, give))
}

// whole returns a chunk that comes at once, without secrets. What it ends is released.
func (v *veil) whole(c chat.Chunk, give func(chat.Chunk)) chat.Chunk {
	switch c := c.(type) {
	case chat.CallStarted:
		v.release(give)
	case chat.CallReady:
		v.release(give)
		v.releaseCall(c.CallID, give)
		c.Arguments = v.hide.all(c.Arguments)
		return c
	case chat.HostedCall:
		v.release(give)
		v.releaseCall(c.CallID, give)
		c.Arguments = v.hide.all(c.Arguments)
		return c
	case chat.HostedApproval:
		v.release(give)
		v.releaseCall(c.CallID, give)
		c.Arguments = v.hide.all(c.Arguments)
		return c
	case chat.HostedResult:
		c.Result.Text, c.Failure = v.hide.all(c.Result.Text), v.hide.all(c.Failure)
		return c
	case chat.ItemDone:
		if partOf(v.prose) == c.PartID {
			v.release(give)
		}
		v.releaseCall(c.PartID, give)
		c.Raw = json.RawMessage(v.hide.all(string(c.Raw)))
		return c
	case chat.ReplyDone:
		v.end(give)
	}
	return c
}

// end releases all that is held back.
func (v *veil) end(give func(chat.Chunk)) {
	v.release(give)
	for _, id := range slices.Sorted(maps.Keys(v.calls)) {
		v.releaseCall(id, give)
	}
}

// release gives on the prose that is held back: it was no secret.
func (v *veil) release(give func(chat.Chunk)) {
	held := v.prose
	if v.prose = nil; held != nil {
		give(held)
	}
}

func (v *veil) releaseCall(id string, give func(chat.Chunk)) {
	rest := v.calls[id]
	if delete(v.calls, id); rest != "" {
		give(chat.CallDelta{CallID: id, Delta: rest})
	}
}

func partOf(c chat.Chunk) string {
	switch c := c.(type) {
	case chat.TextChunk:
		return c.ID
	case chat.ReasoningChunk:
		return c.ID
	default:
		return ""
	}
}
