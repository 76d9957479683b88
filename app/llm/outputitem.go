package llm

import (
	"encoding/json"
	"errors"
)

// The types of output items that become something in the answer. All others are
// kept for the model and not shown.
const (
	typeMessage   = "message"
	typeReasoning = "reasoning"
	typeFunction  = "function_call"
	typeSearch    = "web_search_call"
	typeProgram   = "code_interpreter_call"
	typeListing   = "mcp_list_tools"
	typeRemote    = "mcp_call"
	typeApproval  = "mcp_approval_request"
	typeDecision  = "mcp_approval_response" // an input item alone
)

// outputItem is what this package reads of an output item.
//
// Source: https://platform.openai.com/docs/api-reference/responses/object
type outputItem struct {
	Type      string      `json:"type"`
	ID        string      `json:"id"`
	Status    string      `json:"status"`
	Phase     string      `json:"phase"`
	CallID    string      `json:"call_id"`
	Name      string      `json:"name"`
	Arguments loose       `json:"arguments"`
	Content   []textPiece `json:"content"`
	Summary   []textPiece `json:"summary"`

	Action json.RawMessage `json:"action"` // of a search

	Code      loose           `json:"code"` // of a program
	Container loose           `json:"container_id"`
	Outputs   json.RawMessage `json:"outputs"`

	Label    loose           `json:"server_label"` // of what an MCP server does
	Output   loose           `json:"output"`
	Error    json.RawMessage `json:"error"`
	Approval loose           `json:"approval_request_id"`
}

type textPiece struct {
	Text        string            `json:"text"`
	Refusal     string            `json:"refusal"`
	Annotations []json.RawMessage `json:"annotations"`
}

// parseItem decodes an item. One of a type that is not shown may have any shape.
func parseItem(raw json.RawMessage) (outputItem, error) {
	var it outputItem
	err := json.Unmarshal(raw, &it)
	if err == nil || it.shown() {
		return it, err
	}
	if _, shape := errors.AsType[*json.UnmarshalTypeError](err); shape {
		return outputItem{Type: it.Type, ID: it.ID}, nil
	}
	return it, err
}

// shown reports whether items of that type become a part of the answer.
func (it outputItem) shown() bool {
	return it.Type == typeMessage || it.Type == typeReasoning || it.isCall()
}

// isCall reports whether the item is a call of anything.
func (it outputItem) isCall() bool {
	switch it.Type {
	case typeFunction, typeSearch, typeProgram, typeRemote, typeApproval:
		return true
	default:
		return false
	}
}

// text returns the item's pieces of text, joined by blank lines: the summary of
// reasoning, or else what is readable of it.
func (it outputItem) text() string {
	pieces := it.Content
	if it.Type == typeReasoning && len(it.Summary) > 0 {
		pieces = it.Summary
	}
	var out string
	for _, p := range pieces {
		if t := p.Text + p.Refusal; t != "" {
			if out != "" {
				out += blankLine
			}
			out += t
		}
	}
	return out
}

// refuses reports whether the last piece of a message is a refusal.
func (it outputItem) refuses() bool {
	return len(it.Content) > 0 && it.Content[len(it.Content)-1].Refusal != ""
}
