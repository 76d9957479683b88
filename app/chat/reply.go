package chat

import (
	"crypto/sha256"
	"encoding/hex"
)

// reply turns the chunks of one reply into events. Ids get a prefix, since those
// of a provider are unique in one reply only.
type reply struct {
	turn   *turn
	prefix string
	open   string            // id of the text or reasoning that is being written
	end    Event             // closes it
	parts  map[string]string // ids of parts by the provider's ids
	seen   map[string]bool
	calls  []CallReady
	done   *ReplyDone
}

func (r *reply) take(c Chunk) {
	switch c := c.(type) {
	case TextChunk:
		id := r.partID("t.", c.ID)
		r.begin(id, TextStart{ID: id}, TextEnd{ID: id})
		r.turn.rec.emit(TextDelta{ID: id, Delta: c.Delta})
	case ReasoningChunk:
		id := r.partID("r.", c.ID)
		r.begin(id, ReasoningStart{ID: id}, ReasoningEnd{ID: id})
		r.turn.rec.emit(ReasoningDelta{ID: id, Delta: c.Delta})
	case CallStarted:
		r.start(c.CallID, c.Name)
	case CallDelta:
		if r.seen[c.CallID] {
			r.turn.rec.emit(ToolInputDelta(c))
		}
	case CallReady:
		r.start(c.CallID, c.Name)
		r.calls = append(r.calls, c)
	case ItemDone:
		id, ok := r.parts[c.PartID]
		if !ok {
			id = c.PartID
		}
		r.turn.rec.keep(Native{Provider: r.turn.plan.model.Provider, Model: r.turn.plan.model.ID, PartID: id, Raw: c.Raw})
	case ReplyDone:
		r.done = &c
		r.count(c.Usage)
	}
}

// partID returns the part's id for a provider's, and remembers it.
func (r *reply) partID(kind, id string) string {
	if r.parts == nil {
		r.parts = map[string]string{}
	}
	r.parts[id] = r.prefix + kind + id
	return r.parts[id]
}

// begin opens the part with that id, unless it is open already, and closes the
// one before it: prose does not interleave.
func (r *reply) begin(id string, start, end Event) {
	if r.open == id {
		return
	}
	r.close()
	r.turn.rec.emit(start)
	r.open, r.end = id, end
}

func (r *reply) close() {
	if r.end != nil {
		r.turn.rec.emit(r.end)
		r.open, r.end = "", nil
	}
}

// start announces a call, once.
func (r *reply) start(callID, name string) {
	if r.seen[callID] {
		return
	}
	if r.seen == nil {
		r.seen = map[string]bool{}
	}
	r.seen[callID] = true
	r.close()
	ref, _ := r.turn.ref(name)
	r.turn.rec.emit(ToolInputStart{CallID: callID, ToolName: name, Dynamic: true, Title: ref.Title, Metadata: ref})
}

func (r *reply) count(u *Usage) {
	if u == nil {
		return
	}
	total := *u
	if r.turn.usage != nil {
		total = r.turn.usage.Add(total)
	}
	r.turn.usage = &total
}

// pseudonym stands for a person towards a provider, which is to know that two
// questions come from one person, but not from whom.
func pseudonym(s Subject) string {
	sum := sha256.Sum256([]byte("pomchat:" + s))
	return hex.EncodeToString(sum[:16])
}
