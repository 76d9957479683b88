package llm

import (
	"encoding/json"
	"slices"

	"github.com/pomerium/pomchat/app/chat"
)

// ownItem is a stored item that may be replayed to the model that wrote it.
type ownItem struct {
	partID string
	raw    json.RawMessage

	Type             string          `json:"type"`
	ID               string          `json:"id"`
	CallID           string          `json:"call_id"`
	Name             string          `json:"name"`
	Arguments        json.RawMessage `json:"arguments"`
	EncryptedContent string          `json:"encrypted_content"`
	Label            string          `json:"server_label"`
	Approval         string          `json:"approval_request_id"`
	Tools            []listedTool    `json:"tools"` // of a server
	Content          []textPiece     `json:"content"`
	Container        string          `json:"container_id"` // of a program
}

type listedTool struct {
	Name string `json:"name"`
}

// ownItems returns the items that the model itself wrote, in order, but none that
// its provider would refuse. Reasoning that is not encrypted it would look up and
// not find, since nothing is stored there. Reasoning and what it led to are a pair: it
// refuses either without the other, as where a reply was cut off between them.
func (h *history) ownItems(natives []chat.Native) []ownItem {
	var out []ownItem
	thoughts := 0     // reasoning at the end of out
	orphaned := false // the reasoning before is left out
	for _, n := range natives {
		if n.Provider != h.provider || n.Model != h.model {
			continue
		}
		item := ownItem{partID: n.PartID, raw: n.Raw}
		if json.Unmarshal(n.Raw, &item) != nil || item.Type == keptType {
			continue
		}
		// Only this very item can be given the answer that a question waits for.
		orphan := orphaned && item.Type != typeApproval
		orphaned = item.Type == typeReasoning && (orphan || item.EncryptedContent == "")
		if orphan || orphaned || !h.replayable(item) {
			out, thoughts = out[:len(out)-thoughts], 0
			continue
		}
		thoughts++
		if item.Type != typeReasoning {
			thoughts = 0
		}
		if item.Type == typeFunction {
			item.raw = withSoundFields(item)
		}
		out = append(out, item)
	}
	return out[:len(out)-thoughts]
}

// replayable reports whether an item still means something. That of an MCP server does
// not if its server is not in the request; the parts that show it are then
// retold. A list of tools that lacks one which may be called is left out too, for
// that makes the provider read it anew. Nor does a program whose container is gone, or a
// message without words, of which nothing came before the answer was cut off.
func (h *history) replayable(item ownItem) bool {
	switch item.Type {
	case typeMessage:
		return outputItem{Type: item.Type, Content: item.Content}.text() != ""
	case typeProgram:
		return !h.isGone(item.Container)
	}
	if item.Type != typeListing && item.Type != typeRemote && item.Type != typeApproval {
		return true
	}
	at := slices.IndexFunc(h.servers, func(s labelled) bool { return s.label == item.Label })
	if at < 0 {
		return false
	}
	if item.Type != typeListing {
		return true
	}
	for _, t := range h.servers[at].Tools {
		if !slices.ContainsFunc(item.Tools, func(listed listedTool) bool { return listed.Name == t.Tool }) {
			return false
		}
	}
	if h.listed[item.Label] {
		return false
	}
	h.listed[item.Label] = true
	return true
}

// withSoundFields returns a call whose id is short enough, whose name is one, and whose
// arguments are a string that is JSON. A model may write what is not, and a server may send
// an object: either would be refused in every later request.
func withSoundFields(call ownItem) json.RawMessage {
	raw := call.raw
	if id := boundID(call.CallID, maxCallID); id != call.CallID {
		raw = withField(raw, "call_id", id)
	}
	if sound := soundName(call.Name); sound != call.Name {
		raw = withField(raw, "name", sound)
	}
	text := string(looseOf(call.Arguments))
	switch {
	case !json.Valid([]byte(text)):
		return withField(raw, "arguments", "{}")
	case call.Arguments[0] != '"':
		return withField(raw, "arguments", text)
	default:
		return raw
	}
}

// withField returns a JSON object with one member set to a string. What is no
// object is returned as it is.
func withField(raw json.RawMessage, name, value string) json.RawMessage {
	var object map[string]json.RawMessage
	if json.Unmarshal(raw, &object) != nil || object == nil {
		return raw
	}
	text, err := json.Marshal(value)
	if err != nil {
		return raw
	}
	object[name] = text
	out, err := json.Marshal(object)
	if err != nil {
		return raw
	}
	return out
}
