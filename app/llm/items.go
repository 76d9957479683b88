package llm

import (
	"strings"

	"github.com/pomerium/pomchat/app/chat"
)

// item is an output item in the making.
type item struct {
	kind, id string // the provider's
	index    int
	partID   string // ours, unique in the reply
	name     string
	label    string // of the server whose tool is called

	said      said        // text that was emitted
	piece     int         // index of the piece of text that it ends in
	begins    map[int]int // where in it each piece begins
	source    string      // type of the events that its text comes from
	textKind  chat.TextKind
	texts     []textOf
	cited     map[string]bool
	arguments strings.Builder
	container string // in which a program ran
	started   bool   // CallStarted was emitted
	offered   bool   // HostedCall was emitted
	ready     bool   // CallReady was emitted
	done      bool
}

// textOf is the id of an item's text of one kind, of which there are a few at most.
type textOf struct {
	kind chat.TextKind
	id   string
}

// open registers an item. A call whose name is known is announced, unless the
// person has seen it before, when it waited for approval.
func (a *assembler) open(raw outputItem, index int) *item {
	it := &item{
		kind: raw.Type, id: raw.ID, index: index, name: raw.Name, label: string(raw.Label),
		textKind: kindOfPhase(raw.Phase), container: string(raw.Container),
	}
	a.cites = a.cites || isHosted(raw.Type)
	it.said.keeps = a.cites
	a.items = append(a.items, it)
	switch {
	case it.kind == typeRemote && a.resume(it, raw):
		return it
	case it.kind == typeFunction:
		it.partID = a.out.partID(raw.CallID, "call")
	case raw.isCall():
		it.partID = a.out.partID(raw.ID, "call")
	default:
		it.partID = a.out.partID(raw.ID, "part")
	}
	if name := a.callName(it); name != "" {
		it.started = true
		a.send(chat.CallStarted{CallID: it.partID, Name: name})
	}
	return it
}

// resume makes an item the call that the person has approved, if it is one.
func (a *assembler) resume(it *item, raw outputItem) bool {
	for i, w := range a.waiting {
		if w.request == string(raw.Approval) || raw.Approval == "" && w.label == it.label && w.name == it.name {
			it.partID = w.callID
			a.waiting = append(a.waiting[:i:i], a.waiting[i+1:]...)
			return true
		}
	}
	return false
}

// callName is the name under which a call is announced, empty for what is none.
func (a *assembler) callName(it *item) string {
	switch {
	case it.kind == typeSearch:
		return string(chat.WebSearch)
	case it.kind == typeProgram:
		return string(chat.CodeInterpreter)
	case it.kind == typeRemote && it.name != "":
		return refOf(a.servers, it.label, it.name).Name
	case it.kind == typeFunction:
		return it.name
	default:
		return ""
	}
}

// isHosted reports whether an item is what the provider found or ran itself, which texts cite.
func isHosted(kind string) bool {
	return kind == typeSearch || kind == typeProgram || kind == typeListing || kind == typeRemote
}

// find returns the item that e belongs to, by its id, else by its place. If there
// is none, e is the first that is heard of it.
func (a *assembler) find(e *event, kind string) *item {
	if it := a.lookup(e.ItemID, e.OutputIndex, kind); it != nil {
		return it
	}
	return a.open(outputItem{Type: kind, ID: e.ItemID}, e.OutputIndex)
}

func (a *assembler) lookup(id string, index int, kind string) *item {
	for _, same := range []func(*item) bool{
		func(it *item) bool { return id != "" && it.id == id },
		func(it *item) bool { return it.index == index },
	} {
		for i := len(a.items) - 1; i >= 0; i-- {
			if it := a.items[i]; it.kind == kind && !it.done && same(it) {
				return it
			}
		}
	}
	return nil
}

// textID returns the id of the item's text of that kind: the item's own for the
// first, for a message may refuse in the middle.
func (it *item) textID(kind chat.TextKind, out *emitter) string {
	for _, t := range it.texts {
		if t.kind == kind {
			return t.id
		}
	}
	id := it.partID
	if len(it.texts) > 0 {
		id = out.partID("", "part")
	}
	it.texts = append(it.texts, textOf{kind, id})
	return id
}

// begin notes where in the item's text a piece begins.
func (it *item) begin(piece, offset int) {
	if it.begins == nil {
		it.begins = map[int]int{}
	}
	if _, ok := it.begins[piece]; !ok {
		it.begins[piece] = offset
	}
}

// pieceText returns what has been said since a piece began, as far as that is known.
func (it *item) pieceText(piece int) string {
	return it.said.String()[min(it.begins[piece], len(it.said.String())):]
}

// unitsBefore returns how long the text is before a piece, in UTF-16 code units.
func (it *item) unitsBefore(piece int) int {
	return unitsOf(it.said.String()[:min(it.begins[piece], len(it.said.String()))])
}

// kindOfPhase tells what the model says while it works from its answer.
func kindOfPhase(phase string) chat.TextKind {
	if phase == "commentary" {
		return chat.Commentary
	}
	return ""
}
