package llm

import (
	"bytes"
	"encoding/json"
	"maps"

	"github.com/openai/openai-go/v3/packages/param"
	"github.com/openai/openai-go/v3/responses"

	"github.com/pomerium/pomchat/app/chat"
)

// functionTool is a function tool on the wire. The SDK's own type would reorder
// a schema's properties, and a model reads them in order.
type functionTool struct {
	Type        string          `json:"type"`
	Name        string          `json:"name"`
	Description string          `json:"description,omitempty"`
	Parameters  json.RawMessage `json:"parameters"`
	Strict      bool            `json:"strict"`
}

// functionTools translates tools. Strict is off: schemas of MCP servers seldom
// keep to the subset that it demands.
func functionTools(tools []chat.Tool) []responses.ToolUnionParam {
	var out []responses.ToolUnionParam
	for _, t := range tools {
		out = append(out, param.Override[responses.ToolUnionParam](functionTool{
			Type: "function", Name: t.Name, Description: t.Description, Parameters: parameters(t.Schema),
		}))
	}
	return out
}

// parameters returns a schema that OpenAI accepts: the server's own, to the
// byte, if there is nothing to repair. It demands an object with properties, no
// combination at the top, and items for every array.
func parameters(schema json.RawMessage) json.RawMessage {
	var object map[string]any
	dec := json.NewDecoder(bytes.NewReader(schema))
	dec.UseNumber()
	if dec.Decode(&object) != nil || object == nil {
		return json.RawMessage(`{"type":"object","properties":{}}`)
	}
	top, arrays := repairTop(object), repairArrays(object)
	if !top && !arrays {
		return schema
	}
	out, err := json.Marshal(object)
	if err != nil {
		return json.RawMessage(`{"type":"object","properties":{}}`)
	}
	return out
}

// repairTop makes schema an object with properties, and reports whether it had
// to. Of alternatives, which are refused at the top, it keeps the properties of
// all and demands none: the server still checks what it is sent.
func repairTop(schema map[string]any) (changed bool) {
	if schema["type"] != "object" {
		schema["type"], changed = "object", true
	}
	properties, ok := schema["properties"].(map[string]any)
	if !ok {
		properties = map[string]any{}
		schema["properties"], changed = properties, true
	}
	for _, keyword := range []string{"anyOf", "oneOf", "allOf", "not", "enum", "const"} {
		value, ok := schema[keyword]
		if !ok {
			continue
		}
		delete(schema, keyword)
		changed = true
		options, _ := value.([]any)
		for _, o := range options {
			option, _ := o.(map[string]any)
			more, _ := option["properties"].(map[string]any)
			for name, sub := range more {
				if _, taken := properties[name]; !taken {
					properties[name] = sub
				}
			}
		}
	}
	return changed
}

// repairArrays gives each array in a schema its items, and reports whether one
// had none.
func repairArrays(schema any) (changed bool) {
	switch s := schema.(type) {
	case map[string]any:
		if _, ok := s["items"]; !ok && isArray(s["type"]) {
			s["items"], changed = map[string]any{}, true
		}
		for sub := range maps.Values(s) {
			changed = repairArrays(sub) || changed
		}
	case []any:
		for _, sub := range s {
			changed = repairArrays(sub) || changed
		}
	}
	return changed
}

// isArray reports whether a schema's type is, or may be, an array.
func isArray(kind any) bool {
	switch k := kind.(type) {
	case string:
		return k == "array"
	case []any:
		for _, one := range k {
			if one == "array" {
				return true
			}
		}
	}
	return false
}
