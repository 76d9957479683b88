//go:build conformance

//lint:file-ignore SA1019 the suite tests sampling too, which MCP has deprecated.

package northwind

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// The forms that the suite expects the server to show, field by field.
const (
	userForm = `{"type": "object", "required": ["username"], "properties": {"username": {"type": "string"}, "email": {"type": "string"}}}`

	defaultsForm = `{"type": "object", "properties": {
		"name": {"type": "string", "default": "John Doe"},
		"age": {"type": "integer", "default": 30},
		"score": {"type": "number", "default": 95.5},
		"status": {"type": "string", "enum": ["active", "inactive", "pending"], "default": "active"},
		"verified": {"type": "boolean", "default": true}
	}}`

	enumsForm = `{"type": "object", "properties": {
		"untitledSingle": {"type": "string", "enum": ["option1", "option2", "option3"]},
		"titledSingle": {"type": "string", "oneOf": [{"const": "value1", "title": "One"}, {"const": "value2", "title": "Two"}]},
		"legacyEnum": {"type": "string", "enum": ["opt1", "opt2"], "enumNames": ["One", "Two"]},
		"untitledMulti": {"type": "array", "items": {"type": "string", "enum": ["option1", "option2", "option3"]}},
		"titledMulti": {"type": "array", "items": {"anyOf": [{"const": "value1", "title": "One"}, {"const": "value2", "title": "Two"}]}}
	}}`
)

// addAskFixtures adds the tools that send a request to the client while it waits for their answer, which revisions up
// to 2025-11-25 allow.
func addAskFixtures(server *mcp.Server) {
	fixture(server, "test_sampling", `{"type": "object", "required": ["prompt"], "properties": {"prompt": {"type": "string"}}}`,
		func(ctx context.Context, req *mcp.CallToolRequest) (*mcp.CallToolResult, error) {
			in, err := arguments[struct {
				Prompt string `json:"prompt"`
			}]("test_sampling", req.Params.Arguments)
			if err != nil {
				return nil, err
			}
			answer, err := req.Session.CreateMessage(ctx, question(in.Prompt))
			if err != nil {
				return nil, fmt.Errorf("asking the client's model: %w", err)
			}
			return &mcp.CallToolResult{Content: []mcp.Content{answer.Content}}, nil
		})
	fixture(server, "test_elicitation", `{"type": "object", "required": ["message"], "properties": {"message": {"type": "string"}}}`,
		func(ctx context.Context, req *mcp.CallToolRequest) (*mcp.CallToolResult, error) {
			in, err := arguments[struct {
				Message string `json:"message"`
			}]("test_elicitation", req.Params.Arguments)
			if err != nil {
				return nil, err
			}
			return elicit(ctx, req.Session, in.Message, userForm)
		})
	for name, form := range map[string]string{
		"test_elicitation_sep1034_defaults": defaultsForm,
		"test_elicitation_sep1330_enums":    enumsForm,
	} {
		fixture(server, name, "", func(ctx context.Context, req *mcp.CallToolRequest) (*mcp.CallToolResult, error) {
			return elicit(ctx, req.Session, "Fill in the form.", form)
		})
	}
	// Since 2026-07-28 no request may go to the client on its own; the server must keep this one back.
	fixture(server, "test_streaming_elicitation", "", func(ctx context.Context, req *mcp.CallToolRequest) (*mcp.CallToolResult, error) {
		if _, err := elicit(ctx, req.Session, "Are you there?", userForm); err != nil {
			return say("not asked: %v", err), nil
		}
		return say("asked"), nil
	})
}

func elicit(ctx context.Context, session *mcp.ServerSession, message, form string) (*mcp.CallToolResult, error) {
	answer, err := session.Elicit(ctx, &mcp.ElicitParams{Message: message, RequestedSchema: json.RawMessage(form)})
	if err != nil {
		return nil, fmt.Errorf("asking the user: %w", err)
	}
	return say("%s %v", answer.Action, answer.Content), nil
}

// question asks a model for a short answer.
func question(text string) *mcp.CreateMessageParams {
	return &mcp.CreateMessageParams{
		Messages:  []*mcp.SamplingMessage{{Role: "user", Content: &mcp.TextContent{Text: text}}},
		MaxTokens: 100,
	}
}
