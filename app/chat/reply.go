package chat

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
)

// reply turns the chunks of one reply into events. Text and reasoning get ids of
// our own, since those of a provider are unique in one reply only, and prose that
// goes on after a call is another part.
type reply struct {
	turn  *turn
	step  int
	count int
	open  opened
	parts []named
	seen  map[string]bool // calls by id
	calls []CallReady
	// approvals counts the calls for whose approval the provider waits.
	approvals int
	sources   int
	full      bool // it is said that no more files are kept
	done      *ReplyDone
	begun     bool // something of it has come
}

// named is what the provider calls a part, and what we do.
type named struct{ theirs, ours string }

// opened is the text or reasoning that is being written.
type opened struct {
	theirs deltaOf
	id     string
	end    Event // nil if nothing is open
}

// take turns one chunk into events. The error is of KindLimit.
func (r *reply) take(ctx context.Context, c Chunk) error {
	switch c := c.(type) {
	case TextChunk:
		id := r.begin(deltaOf{"text", c.ID}, func(id string) (start, end Event) {
			return TextStart{ID: id, Kind: c.Kind}, TextEnd{ID: id}
		})
		r.turn.rec.emit(TextDelta{ID: id, Delta: c.Delta})
		return r.turn.spend(len(c.Delta))
	case ReasoningChunk:
		id := r.begin(deltaOf{"reasoning", c.ID}, func(id string) (start, end Event) { return ReasoningStart{ID: id}, ReasoningEnd{ID: id} })
		r.turn.rec.emit(ReasoningDelta{ID: id, Delta: c.Delta})
		return r.turn.spend(len(c.Delta))
	case SourceChunk:
		r.cite(c)
	case CallStarted:
		r.start(c.CallID, c.Name)
	case CallDelta:
		if r.seen[c.CallID] {
			r.turn.rec.emit(ToolInputDelta(c))
		}
		return r.turn.spend(len(c.Delta))
	case CallReady:
		r.start(c.CallID, c.Name)
		r.calls = append(r.calls, c)
	case ItemDone:
		id := cmp.Or(r.part(c.PartID), c.PartID)
		r.turn.rec.keep(Native{Provider: r.turn.plan.model.Provider, Model: r.turn.plan.model.ID, PartID: id, Raw: c.Raw})
	case ReplyDone:
		r.done = &c
		if c.Usage != nil {
			r.tell(c.Usage.sane())
		} else {
			r.estimate()
		}
	default:
		return r.takeHosted(ctx, c)
	}
	return nil
}

// broken tells what a reply has used, about, of which something had come or that was cut
// short: it is paid for all the same.
func (r *reply) broken(ctx context.Context) {
	if (r.begun || ctx.Err() != nil) && r.done == nil {
		r.estimate()
	}
}

// estimate tells what a reply has used, about, of which its provider does not say it.
func (r *reply) estimate() {
	if !r.turn.plan.model.Scripted {
		r.tell(Usage{InputTokens: r.turn.reading, OutputTokens: int64(r.turn.replied+3) / 4, Estimated: true})
	}
}

func (r *reply) tell(used Usage) {
	used.ToolTokens = min(r.turn.toolTokens, used.InputTokens)
	used.ContextTokens = used.InputTokens + used.OutputTokens
	r.turn.rec.emit(UsageTold{Metadata: UsageDetails{Usage: used}})
}

// asks reports whether the reply asks for something, so that the model is to be
// called again.
func (r *reply) asks() bool { return len(r.calls) > 0 || r.approvals > 0 }

// begin opens a part for what the provider writes, unless it is open already, and
// closes the one before it: prose does not interleave. It returns the part's id.
func (r *reply) begin(theirs deltaOf, events func(id string) (start, end Event)) string {
	if r.open.end != nil && r.open.theirs == theirs {
		return r.open.id
	}
	r.close()
	r.count++
	id := fmt.Sprintf("%d.%d", r.step, r.count)
	start, end := events(id)
	r.turn.rec.emit(start)
	r.open = opened{theirs: theirs, id: id, end: end}
	r.parts = append(r.parts, named{theirs: theirs.id, ours: id})
	return id
}

// part returns the newest part of that id of the provider's, empty if there is none. Most
// replies have one or two, of which a map would hold more.
func (r *reply) part(theirs string) string {
	for _, p := range slices.Backward(r.parts) {
		if p.theirs == theirs {
			return p.ours
		}
	}
	return ""
}

func (r *reply) close() {
	if r.open.end != nil {
		r.turn.rec.emit(r.open.end)
		r.open = opened{}
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
	tool, known := r.turn.belt.find(name)
	r.turn.rec.emit(ToolInputStart{
		CallID: callID, ToolName: name, Dynamic: true, Title: tool.Title, Hosted: !known && isHosted(name), Metadata: tool.ToolRef,
	})
}

// pseudonym stands for a person towards a provider, which is to know that two
// questions come from one person, but not from whom.
func pseudonym(s Subject) string {
	sum := sha256.Sum256([]byte("pomchat:" + s))
	return hex.EncodeToString(sum[:16])
}
