package llm

import (
	"encoding/json"
	"maps"
	"slices"

	"github.com/pomerium/pomchat/app/chat"
)

// veil keeps secrets out of the chunks of one reply. Text and reasoning are held back
// where they may be the beginning of a secret, until more of them comes or something
// else begins; the arguments of a call, until the call is complete.
type veil struct {
	hide  chat.Redactor
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
		c.Arguments = v.hide.All(c.Arguments)
		return c
	case chat.HostedCall:
		v.release(give)
		v.releaseCall(c.CallID, give)
		c.Arguments = v.hide.All(c.Arguments)
		return c
	case chat.HostedApproval:
		v.release(give)
		v.releaseCall(c.CallID, give)
		c.Arguments = v.hide.All(c.Arguments)
		return c
	case chat.HostedResult:
		c.Result.Text, c.Failure = v.hide.All(c.Result.Text), v.hide.All(c.Failure)
		return c
	case chat.ItemDone:
		if partOf(v.prose) == c.PartID {
			v.release(give)
		}
		v.releaseCall(c.PartID, give)
		c.Raw = json.RawMessage(v.hide.All(string(c.Raw)))
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
