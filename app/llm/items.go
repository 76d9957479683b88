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

	said      strings.Builder // text that was emitted
	piece     int             // index of the piece of text that it ends in
	source    string          // type of the events that its text comes from
	arguments strings.Builder
	started   bool // CallStarted was emitted
	ready     bool // CallReady was emitted
	done      bool
}

// open registers an item. A call whose name is known is announced.
func (a *assembler) open(raw outputItem, index int) *item {
	it := &item{kind: raw.Type, id: raw.ID, index: index, name: raw.Name}
	if raw.Type == "function_call" {
		it.partID = a.out.partID(raw.CallID, "call")
	} else {
		it.partID = a.out.partID(raw.ID, "part")
	}
	a.items = append(a.items, it)
	if it.kind == "function_call" && it.name != "" {
		it.started = true
		a.send(chat.CallStarted{CallID: it.partID, Name: it.name})
	}
	return it
}

// find returns the item that e belongs to, by its id, else by its place. If there
// is none, e is the first that is heard of it.
func (a *assembler) find(e event, kind string) *item {
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
