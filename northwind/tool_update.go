package northwind

import (
	"context"
	"encoding/json"
)

type updateInput struct {
	Query string `json:"query"`
}

// demoUpdate is a tool that pretends to write, so that one can see a gateway's policy refuse it. It reads nothing and
// changes nothing, and says so; its annotations are those of a tool that writes.
func demoUpdate() tool[updateInput] {
	const result = "Nothing was changed: this tool is a demonstration for gateway policies, and no policy blocked the call. The database is read-only."
	return tool[updateInput]{
		name:        updateName,
		title:       "Update rows (demonstration)",
		description: "Demonstration of a tool that writes, for a gateway policy to block. Changes nothing.",
		input:       updateInputSchema,
		output:      updateOutputSchema,
		writes:      true,
		run: func(context.Context, updateInput) (reply, error) {
			return reply{text: result, structured: json.RawMessage(`{"demonstration":true,"rows_changed":0}`)}, nil
		},
	}
}
