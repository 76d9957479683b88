package northwind

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
)

// unfit says what is wrong with the types of the params of a method, or "". It looks at what MCP asks for and this server
// reads, and not at the arguments of tools, which the tools look at.
func unfit(method string, params json.RawMessage) string {
	shape, needed := shapeOf(method)
	if params == nil || string(params) == "null" {
		if needed {
			return method + " needs params"
		}
		return ""
	}
	err := json.Unmarshal(params, shape)
	if wrong, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		path := strings.TrimSuffix("params."+wrong.Field, ".")
		return fmt.Sprintf("%s of %s must be %s, and not %s", path, method, typeName(wrong.Type), valueName(wrong.Value))
	}
	if c, ok := shape.(checker); ok && err == nil {
		return c.check()
	}
	return ""
}

// checker is a shape with a rule beyond its types.
type checker interface{ check() string }

// shapeOf returns what the params of a method are decoded into, and whether there must be any.
func shapeOf(method string) (shape any, needed bool) {
	switch method {
	case "initialize":
		return new(struct {
			ProtocolVersion string                         `json:"protocolVersion"`
			Capabilities    struct{}                       `json:"capabilities"`
			ClientInfo      struct{ Name, Version string } `json:"clientInfo"`
		}), true
	case "tools/call":
		return new(struct {
			meta
			Name string `json:"name"`
		}), true
	case "prompts/get":
		return new(promptShape), true
	case "resources/read", "resources/subscribe", "resources/unsubscribe":
		return new(struct {
			meta
			URI string `json:"uri"`
		}), true
	case "completion/complete":
		return new(completeShape), true
	case "tools/list", "resources/list", "resources/templates/list", "prompts/list":
		return new(struct {
			meta
			Cursor string `json:"cursor"`
		}), false
	}
	return new(meta), false
}

type meta struct {
	Meta struct{} `json:"_meta"`
}

// promptShape is for prompts/get. Arguments of prompts are strings, also what looks like a number: the schema of
// GetPromptRequest in MCP.
type promptShape struct {
	meta
	Name      string                     `json:"name"`
	Arguments map[string]json.RawMessage `json:"arguments"`
}

func (p *promptShape) check() string {
	for name, value := range p.Arguments {
		if value[0] != '"' {
			return fmt.Sprintf("the argument %.100q of a prompt must be a string, such as %q, and not %s", name, "1997", cut(string(value), 100))
		}
	}
	return ""
}

// completeShape is for completion/complete.
type completeShape struct {
	meta
	Ref struct {
		Type string `json:"type"`
		Name string `json:"name"`
		URI  string `json:"uri"`
	} `json:"ref"`
	Argument struct {
		Name  string `json:"name"`
		Value string `json:"value"`
	} `json:"argument"`
}

func (c *completeShape) check() string {
	switch ref := c.Ref; {
	case ref.Type == "ref/prompt" && ref.URI == "", ref.Type == "ref/resource" && ref.Name == "":
		return ""
	case ref.Type == "ref/prompt":
		return "a ref/prompt has a name and no uri"
	case ref.Type == "ref/resource":
		return "a ref/resource has a uri and no name"
	}
	return "params.ref.type of completion/complete must be ref/prompt or ref/resource"
}

// typeName returns what JSON calls the values that decode into a type of a shape.
func typeName(t reflect.Type) string {
	if t.Kind() == reflect.String {
		return "a string"
	}
	return "an object"
}

// valueName returns a value of [json.UnmarshalTypeError] with its article.
func valueName(value string) string {
	switch value {
	case "array":
		return "a list"
	case "object":
		return "an object"
	case "bool":
		return "true or false"
	}
	return "a " + value
}
