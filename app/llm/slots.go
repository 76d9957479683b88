package llm

import (
	"encoding/json"
	"strings"

	"github.com/pomerium/pomchat/app/chat"
)

// slot is a call in the making.
type slot struct {
	id        string // the server's, maybe empty
	index     number
	callID    string // ours
	name      string
	arguments strings.Builder
}

// whole reports whether the arguments are complete, so that whatever follows must
// belong to another call.
func (s *slot) whole() bool { return json.Valid([]byte(s.arguments.String())) }

// slots puts the pieces of calls together. What should tell them apart may be
// missing or wrong: servers leave the index out or send 0 for every call, send no
// id, or another with each piece, or the name with each piece.
type slots struct {
	out *emitter
	all []*slot
}

// take adds a piece to the call that it belongs to.
func (s *slots) take(d callDelta) {
	call := s.find(d)
	if call == nil {
		call = &slot{id: string(d.ID), index: d.Index}
		s.all = append(s.all, call)
	}
	if call.id == "" {
		call.id = string(d.ID)
	}
	if call.name == "" && d.Function.Name != "" {
		call.name = string(d.Function.Name)
		call.callID = s.out.partID(call.id, "call")
		s.out.send(chat.CallStarted{CallID: call.callID, Name: call.name})
		s.argue(call, call.arguments.String())
	}
	call.arguments.WriteString(string(d.Function.Arguments))
	s.argue(call, string(d.Function.Arguments))
}

func (s *slots) argue(call *slot, delta string) {
	if call.callID != "" && delta != "" {
		s.out.send(chat.CallDelta{CallID: call.callID, Delta: delta})
	}
}

// find returns the call that a piece adds to, nil if it begins another one.
func (s *slots) find(d callDelta) *slot {
	var latest *slot
	for i := len(s.all) - 1; i >= 0; i-- {
		one := s.all[i]
		if d.Index.known && one.index.known && d.Index.value != one.index.value {
			continue
		}
		if d.ID != "" && one.id == string(d.ID) {
			return one
		}
		if latest == nil {
			latest = one
		}
	}
	if latest == nil || s.begins(d, latest) {
		return nil
	}
	return latest
}

// begins reports whether a piece that could add to a call begins another one
// instead. Only a piece with a name can: a call without one is worth nothing.
func (*slots) begins(d callDelta, latest *slot) bool {
	name := string(d.Function.Name)
	if name == "" || latest.name == "" {
		return false
	}
	otherID := d.ID != "" && latest.id != "" && latest.id != string(d.ID)
	return otherID || name != latest.name || latest.whole() && d.Function.Arguments != ""
}

// ready emits the calls, and returns how many there are. If the answer was cut off,
// a call whose arguments are not complete is left out. A call without a name is
// nobody's.
func (s *slots) ready(cut bool) int {
	n := 0
	for _, call := range s.all {
		if call.name == "" || cut && !call.whole() {
			continue
		}
		n++
		s.out.send(chat.CallReady{CallID: call.callID, Name: call.name, Arguments: call.arguments.String()})
	}
	return n
}
