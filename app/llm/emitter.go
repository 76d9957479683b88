package llm

import (
	"github.com/pomerium/pomchat/app/chat"
)

// emitter hands the chunks of one reply to its reader.
type emitter struct {
	emit  func(chat.Chunk) bool
	left  bool            // the reader has left the loop
	spoke bool            // the reader got a piece of an answer
	taken map[string]bool // ids of parts, calls and files that are given out
	// failed are the remote servers of which the reader knows that they cannot be used.
	failed map[string]bool
	veil   veil
}

// newEmitter returns an emitter whose call ids differ from all in path: some
// servers count calls from zero in every reply.
func newEmitter(path []chat.Message, emit func(chat.Chunk) bool) *emitter {
	e := &emitter{emit: emit, taken: map[string]bool{}, veil: veil{hide: chat.NewRedactor()}}
	for _, m := range path {
		for _, p := range m.Parts {
			if t, ok := p.(chat.ToolPart); ok {
				e.taken[t.CallID] = true
			}
		}
	}
	return e
}

// begin makes ready for the reply to a request, out of which secrets are kept. What an
// earlier request left behind is forgotten: the reader got nothing of it.
func (e *emitter) begin(hide chat.Redactor) { e.veil = veil{hide: hide} }

// send hands over a chunk, without secrets: what may be the beginning of one comes later.
func (e *emitter) send(c chat.Chunk) { e.veil.pass(c, e.give) }

// finish hands over what is left when the reply is over.
func (e *emitter) finish() { e.veil.end(e.give) }

func (e *emitter) give(c chat.Chunk) {
	switch c := c.(type) {
	case chat.ItemDone:
	case chat.RemoteFailed:
		if e.failed[c.Server] {
			return
		}
		if e.failed == nil {
			e.failed = map[string]bool{}
		}
		e.failed[c.Server] = true
	default:
		e.spoke = true
	}
	if !e.left {
		e.left = !e.emit(c)
	}
}

// partID returns id, or an invented one if that is empty or taken.
func (e *emitter) partID(id, prefix string) string {
	if id == "" || e.taken[id] {
		id = chat.NewID(prefix)
	}
	e.taken[id] = true
	return id
}
