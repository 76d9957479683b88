package llm

import (
	"encoding/json"

	"github.com/pomerium/pomchat/app/chat"
)

// ownItem is a stored item that may be replayed to the model that wrote it.
type ownItem struct {
	partID string
	raw    json.RawMessage

	Type             string          `json:"type"`
	CallID           string          `json:"call_id"`
	Arguments        json.RawMessage `json:"arguments"`
	EncryptedContent string          `json:"encrypted_content"`
}

// ownItems returns the items of that provider and model, in order, but no
// reasoning that a provider would refuse: what is not encrypted it would look up
// and not find, since nothing is stored there, and what led to nothing (the reply
// was cut off) it takes for a mistake.
func ownItems(natives []chat.Native, provider, model string) []ownItem {
	var out []ownItem
	thoughts := 0 // reasoning at the end of out
	for _, n := range natives {
		if n.Provider != provider || n.Model != model {
			continue
		}
		item := ownItem{partID: n.PartID, raw: n.Raw}
		if json.Unmarshal(n.Raw, &item) != nil {
			continue
		}
		switch item.Type {
		case "reasoning":
			if item.EncryptedContent == "" {
				continue
			}
			thoughts++
		case "function_call":
			item.raw = withSoundArguments(item)
			thoughts = 0
		default:
			thoughts = 0
		}
		out = append(out, item)
	}
	return out[:len(out)-thoughts]
}

// withSoundArguments returns a call whose arguments are a string that is JSON. A
// model may write what is not, and a server may send an object: either would be
// refused in every later request.
func withSoundArguments(call ownItem) json.RawMessage {
	text := string(looseOf(call.Arguments))
	switch {
	case !json.Valid([]byte(text)):
		return withField(call.raw, "arguments", "{}")
	case call.Arguments[0] != '"':
		return withField(call.raw, "arguments", text)
	default:
		return call.raw
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
