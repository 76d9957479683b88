//go:build conformance

package northwind

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// addResourceFixtures adds the resources that the suite reads.
func addResourceFixtures(server *mcp.Server) {
	for _, r := range []*mcp.ResourceContents{
		{URI: "test://static-text", MIMEType: plainText, Text: "Plain words."},
		{URI: "test://static-binary", MIMEType: "image/png", Blob: picture().Data},
		{URI: "test://watched-resource", MIMEType: plainText, Text: "Nothing new."},
	} {
		name := strings.TrimPrefix(r.URI, "test://")
		server.AddResource(&mcp.Resource{URI: r.URI, Name: name, Description: fixtureText, MIMEType: r.MIMEType},
			func(context.Context, *mcp.ReadResourceRequest) (*mcp.ReadResourceResult, error) {
				return &mcp.ReadResourceResult{Contents: []*mcp.ResourceContents{r}}, nil
			})
	}
	server.AddResourceTemplate(&mcp.ResourceTemplate{URITemplate: "test://template/{id}/data", Name: "template", Description: fixtureText, MIMEType: "application/json"},
		func(_ context.Context, req *mcp.ReadResourceRequest) (*mcp.ReadResourceResult, error) {
			id := strings.TrimSuffix(strings.TrimPrefix(req.Params.URI, "test://template/"), "/data")
			text, err := json.Marshal(map[string]string{"id": id})
			if err != nil {
				return nil, fmt.Errorf("encoding %s: %w", req.Params.URI, err)
			}
			return &mcp.ReadResourceResult{Contents: []*mcp.ResourceContents{
				{URI: req.Params.URI, MIMEType: "application/json", Text: string(text)},
			}}, nil
		})
}

// addPromptFixtures adds the prompts that the suite gets.
func addPromptFixtures(server *mcp.Server) {
	required := func(names ...string) []*mcp.PromptArgument {
		var args []*mcp.PromptArgument
		for _, name := range names {
			args = append(args, &mcp.PromptArgument{Name: name, Required: true})
		}
		return args
	}
	server.AddPrompt(&mcp.Prompt{Name: "test_simple_prompt", Description: fixtureText},
		func(context.Context, *mcp.GetPromptRequest) (*mcp.GetPromptResult, error) {
			return prompt("", "Say something simple."), nil
		})
	server.AddPrompt(&mcp.Prompt{Name: "test_prompt_with_arguments", Description: fixtureText, Arguments: required("arg1", "arg2")},
		func(_ context.Context, req *mcp.GetPromptRequest) (*mcp.GetPromptResult, error) {
			return prompt("", fmt.Sprintf("Compare %s with %s.", req.Params.Arguments["arg1"], req.Params.Arguments["arg2"])), nil
		})
	server.AddPrompt(&mcp.Prompt{Name: "test_prompt_with_embedded_resource", Description: fixtureText, Arguments: required("resourceUri")},
		func(_ context.Context, req *mcp.GetPromptRequest) (*mcp.GetPromptResult, error) {
			return content(&mcp.EmbeddedResource{Resource: &mcp.ResourceContents{
				URI: req.Params.Arguments["resourceUri"], MIMEType: plainText, Text: "An embedded note.",
			}}), nil
		})
	server.AddPrompt(&mcp.Prompt{Name: "test_prompt_with_image", Description: fixtureText},
		func(context.Context, *mcp.GetPromptRequest) (*mcp.GetPromptResult, error) {
			return content(picture()), nil
		})
	server.AddPrompt(&mcp.Prompt{Name: "test_input_required_result_prompt", Description: fixtureText},
		func(_ context.Context, req *mcp.GetPromptRequest) (*mcp.GetPromptResult, error) {
			if told := filled(req.Params.InputResponses, "user_context")["context"]; told != nil {
				return prompt("", fmt.Sprintf("Keep in mind: %v", told)), nil
			}
			return &mcp.GetPromptResult{InputRequests: mcp.InputRequestMap{"user_context": form("What is it about?", "context", "string")}}, nil
		})
}

// content is a prompt of one message that is not text alone.
func content(c mcp.Content) *mcp.GetPromptResult {
	return &mcp.GetPromptResult{Messages: []*mcp.PromptMessage{{Role: "user", Content: c}}}
}
