package notes

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// SharePage is where share_note has the person go. Nobody answers there.
const SharePage = "https://share.notes.example/allow"

// labels has a field of each kind that a server may ask for, and limits of most.
//
// Source: https://modelcontextprotocol.io/specification/2025-11-25/client/elicitation#requested-schema
const labels = `{"type": "object", "required": ["title", "copies", "shelf", "tags"], "properties": {
	"title": {"type": "string", "title": "Title", "description": "As it is found later.", "minLength": 3, "maxLength": 40},
	"contact": {"type": "string", "title": "Contact", "format": "email"},
	"copies": {"type": "integer", "title": "Copies", "minimum": 1, "maximum": 5, "default": 1},
	"weight": {"type": "number", "title": "Weight"},
	"sealed": {"type": "boolean", "title": "Seal it", "default": false},
	"shelf": {"type": "string", "title": "Shelf", "oneOf": [{"const": "a", "title": "Left"}, {"const": "b", "title": "Right"}]},
	"tags": {"type": "array", "title": "Tags", "minItems": 1, "maxItems": 2, "items": {"type": "string", "enum": ["draft", "team", "private"]}}
}}`

// addAsking adds the tools that ask the person before they do something. Questions come
// with the result of a call, which is then made again with the answers; the SDK asks
// clients of older revisions in the way that they know.
func addAsking(server *mcp.Server) {
	mcp.AddTool(server, &mcp.Tool{
		Name: "label_note", Title: "Label a note", Description: "Asks how a note shall be labelled, and returns what was answered.",
		Annotations: &mcp.ToolAnnotations{ReadOnlyHint: true, Title: "Label a note"},
	}, asks("label", func(in noteID) *mcp.ElicitParams {
		return &mcp.ElicitParams{Mode: "form", Message: fmt.Sprintf("How shall note %d be labelled?", in.ID), RequestedSchema: json.RawMessage(labels)}
	}))
	mcp.AddTool(server, &mcp.Tool{
		Name: "share_note", Title: "Share a note", Description: "Has the person allow on a page of its own that a note is shared.",
		Annotations: &mcp.ToolAnnotations{ReadOnlyHint: true, Title: "Share a note"},
	}, asks("share", func(in noteID) *mcp.ElicitParams {
		return &mcp.ElicitParams{Mode: "url", Message: fmt.Sprintf("Allow that note %d is shared.", in.ID), URL: SharePage, ElicitationID: "share"}
	}))
}

// answered is what became of a question.
type answered struct {
	Action  string         `json:"action"`
	Content map[string]any `json:"content,omitempty"`
}

// asks returns a tool that asks one question, and returns the answer.
func asks(name string, question func(noteID) *mcp.ElicitParams) mcp.ToolHandlerFor[noteID, answered] {
	return func(_ context.Context, r *mcp.CallToolRequest, in noteID) (*mcp.CallToolResult, answered, error) {
		answer, ok := r.Params.InputResponses[name].(*mcp.ElicitResult)
		if !ok {
			return &mcp.CallToolResult{InputRequests: mcp.InputRequestMap{name: question(in)}}, answered{}, nil
		}
		return nil, answered{answer.Action, answer.Content}, nil
	}
}
