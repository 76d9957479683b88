package northwind

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
)

// Whoami is the structured result of the tool whoami. Its JSON is a contract.
type Whoami struct {
	Subject string `json:"subject"`
	// Email and Name are empty if the gateway does not know them.
	Email string `json:"email"`
	Name  string `json:"name"`
	// Groups is never null.
	Groups []string `json:"groups"`
}

type whoamiInput struct{}

const whoamiInputSchema = `{"type": "object", "additionalProperties": false}`

const whoamiOutputSchema = `{
	"type": "object",
	"properties": {
		"subject": {"type": "string"},
		"email": {"type": "string"},
		"name": {"type": "string"},
		"groups": {"type": "array", "items": {"type": "string"}}
	}
}`

// whoami tells the caller as whom the gateway announced this very request. Its answers must not be kept.
func whoami() tool[whoamiInput] {
	return tool[whoamiInput]{
		name:        whoamiName,
		title:       "Who am I",
		description: "Who the gateway says is asking.",
		input:       whoamiInputSchema,
		output:      whoamiOutputSchema,
		run: func(ctx context.Context, _ whoamiInput) (reply, error) {
			_, about := requestOf(ctx)
			if about.caller == nil {
				return reply{}, &Error{Kind: Failed, Message: "nobody was identified"}
			}
			return about.caller.introduction()
		},
	}
}

func (c Caller) introduction() (reply, error) {
	structured, err := json.Marshal(Whoami{Subject: c.Subject, Email: c.Email, Name: c.Name, Groups: notNil(c.Groups)})
	if err != nil {
		return reply{}, fmt.Errorf("encoding the caller: %w", err)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "subject: %s", c.Subject)
	for _, line := range []struct{ name, value string }{
		{"email", c.Email}, {"name", c.Name}, {"groups", strings.Join(c.Groups, ", ")},
	} {
		if line.value != "" {
			fmt.Fprintf(&b, "\n%s: %s", line.name, line.value)
		}
	}
	return reply{text: b.String(), structured: structured, rows: 1}, nil
}
