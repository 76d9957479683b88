package chat

import (
	"encoding/json"
	"fmt"
	"strings"
)

// arguments returns the arguments that a model wrote as a JSON object, and what is wrong
// with them, if anything is. Nothing at all counts as the empty object; what is wrong is
// kept as a JSON string.
func arguments(text string) (input json.RawMessage, wrong string) {
	if strings.TrimSpace(text) == "" {
		return json.RawMessage("{}"), ""
	}
	if wrong = "The arguments are not a JSON object."; isObject(json.RawMessage(text)) {
		name, twice := namedTwice(text)
		if !twice {
			return json.RawMessage(text), ""
		}
		wrong = fmt.Sprintf("The arguments name %q twice.", name)
	}
	quoted, err := json.Marshal(text)
	if err != nil {
		return json.RawMessage(`""`), wrong
	}
	return quoted, wrong
}

func isObject(text json.RawMessage) bool {
	var object map[string]json.RawMessage
	return json.Unmarshal(text, &object) == nil && object != nil
}

// namedTwice returns a name that two members of one object have, if there is one in valid
// JSON. Which of them counts differs from program to program: what a person is shown, and
// approves, would not be what a server does.
func namedTwice(text string) (name string, twice bool) {
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	var open []map[string]bool // names of the objects around, nil for a list
	isName := false
	for {
		token, err := d.Token()
		if err != nil {
			return "", false
		}
		inside := len(open) > 0 && open[len(open)-1] != nil
		switch token {
		case json.Delim('{'):
			open, isName = append(open, map[string]bool{}), true
			continue
		case json.Delim('['):
			open, isName = append(open, nil), false
			continue
		case json.Delim('}'), json.Delim(']'):
			open = open[:len(open)-1]
			isName = len(open) > 0 && open[len(open)-1] != nil
			continue
		}
		if name, ok := token.(string); ok && inside && isName {
			names := open[len(open)-1]
			if names[name] {
				return name, true
			}
			names[name], isName = true, false
			continue
		}
		isName = inside
	}
}
