package llmtest

import (
	"encoding/json"
	"net/http"
)

// completion is what the fake reads of the body of a Chat Completions request.
type completion struct {
	Model    string        `json:"model"`
	Stream   bool          `json:"stream"`
	Messages []chatMessage `json:"messages"`
	Tools    []struct {
		Type     string `json:"type"`
		Function tool   `json:"function"`
	} `json:"tools"`
	StreamOptions struct {
		IncludeUsage bool `json:"include_usage"`
	} `json:"stream_options"`
}

type chatMessage struct {
	Role    string          `json:"role"`
	Content json.RawMessage `json:"content"`
	Calls   []struct {
		ID       string `json:"id"`
		Type     string `json:"type"`
		Function struct {
			Name      string  `json:"name"`
			Arguments *string `json:"arguments"`
		} `json:"function"`
	} `json:"tool_calls"`
	CallID    string `json:"tool_call_id"`
	Reasoning string `json:"reasoning_content"`
}

// parseCompletion reads a body, and tells its messages as items, so that scenarios
// need not know by which API they were asked.
func parseCompletion(body []byte) (*prompt, *refusal) {
	var c completion
	if json.Unmarshal(body, &c) != nil {
		return nil, &refusal{status: http.StatusBadRequest, kind: "invalid_request_error", message: "We could not parse the JSON body of your request."}
	}
	p := &prompt{Model: c.Model, Stream: c.Stream, size: len(body), body: body, completion: true, chat: c}
	for _, t := range c.Tools {
		t.Function.Type = t.Type
		p.Tools = append(p.Tools, t.Function)
	}
	for _, m := range c.Messages {
		if m.Role == "tool" {
			p.items = append(p.items, inputItem{Type: "function_call_output", CallID: m.CallID, Output: m.Content})
			continue
		}
		if textOf(m.Content) != "" {
			p.items = append(p.items, inputItem{Type: "message", Role: m.Role, Content: m.Content})
		}
		for _, call := range m.Calls {
			it := inputItem{Type: "function_call", CallID: call.ID, Name: call.Function.Name}
			if call.Function.Arguments != nil {
				it.Arguments = *call.Function.Arguments
			}
			p.items = append(p.items, it)
		}
	}
	return p, nil
}
