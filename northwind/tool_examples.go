package northwind

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

type examplesInput struct {
	Topic string `json:"topic"`
}

func getQueryExamples() tool[examplesInput] {
	return tool[examplesInput]{
		name:        queryExamplesName,
		title:       "Get query examples",
		description: "Tested queries to adapt.",
		input:       examplesInputSchema,
		output:      examplesOutputSchema,
		lasts:       true,
		run: func(_ context.Context, in examplesInput) (reply, error) {
			return examples(in.Topic)
		},
	}
}

func examples(topic string) (reply, error) {
	chosen := recipes()
	if topic != "" {
		var topics []string
		for _, r := range chosen {
			topics = append(topics, r.Topic)
		}
		chosen = slices.DeleteFunc(chosen, func(r recipe) bool { return r.Topic != topic })
		if len(chosen) == 0 {
			return reply{}, &Error{Kind: Invalid, Message: fmt.Sprintf("there is no topic %q", shortened(topic, maxName)), Hint: "Topics are " + strings.Join(topics, ", ") + "."}
		}
	}
	structured, err := json.Marshal(map[string][]recipe{"examples": chosen})
	if err != nil {
		return reply{}, fmt.Errorf("encoding the examples: %w", err)
	}
	texts := make([]string, len(chosen))
	for i, r := range chosen {
		texts[i] = fmt.Sprintf("%s (%s)\n%s\n%s", r.Title, r.Topic, r.Query, r.Notes)
	}
	return reply{text: strings.Join(texts, "\n\n"), structured: structured, rows: len(chosen)}, nil
}
