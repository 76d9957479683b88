//go:build conformance

//lint:file-ignore SA1019 the suite tests logging too, which MCP has deprecated.

package northwind

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// pause is long enough for a client to see two notifications as two.
const pause = 20 * time.Millisecond

// schema2020 uses every keyword of JSON Schema 2020-12 that the suite looks for in the listing.
const schema2020 = `{
	"$schema": "https://json-schema.org/draft/2020-12/schema",
	"type": "object",
	"$defs": {"address": {"$anchor": "addressDef", "type": "object", "properties": {"street": {"type": "string"}, "city": {"type": "string"}}}},
	"properties": {
		"name": {"type": "string"},
		"address": {"$ref": "#/$defs/address"},
		"contactMethod": {"type": "string", "enum": ["phone", "email"]},
		"phone": {"type": "string"},
		"email": {"type": "string"}
	},
	"allOf": [{"anyOf": [{"required": ["phone"]}, {"required": ["email"]}]}],
	"if": {"properties": {"contactMethod": {"const": "phone"}}, "required": ["contactMethod"]},
	"then": {"required": ["phone"]},
	"else": {"required": ["email"]},
	"additionalProperties": false
}`

// headerSchema has an argument that clients repeat in the header Mcp-Param-Region.
const headerSchema = `{"type": "object", "properties": {
	"region": {"type": "string", "x-mcp-header": "Region"},
	"level": {"type": "integer"}
}}`

// addCallFixtures adds the tools that do something besides answering, or answer with an error.
func addCallFixtures(server *mcp.Server) {
	fixture(server, "test_tool_with_logging", "", func(ctx context.Context, req *mcp.CallToolRequest) (*mcp.CallToolResult, error) {
		for _, step := range []string{"begins", "goes on", "ends"} {
			if err := req.Session.Log(ctx, &mcp.LoggingMessageParams{Level: "info", Data: "the call " + step}); err != nil {
				return nil, fmt.Errorf("logging to the client: %w", err)
			}
			time.Sleep(pause)
		}
		return say("logged"), nil
	})
	fixture(server, "test_logging_tool", "", func(ctx context.Context, req *mcp.CallToolRequest) (*mcp.CallToolResult, error) {
		if err := req.Session.Log(ctx, &mcp.LoggingMessageParams{Level: "info", Data: "not for a client that did not ask"}); err != nil {
			return nil, fmt.Errorf("logging to the client: %w", err)
		}
		return say("logged"), nil
	})
	fixture(server, "test_tool_with_progress", "", func(ctx context.Context, req *mcp.CallToolRequest) (*mcp.CallToolResult, error) {
		token := req.Params.GetProgressToken()
		for percent := 0.0; percent <= 100 && token != nil; percent += 50 {
			if err := req.Session.NotifyProgress(ctx, &mcp.ProgressNotificationParams{ProgressToken: token, Progress: percent, Total: 100}); err != nil {
				return nil, fmt.Errorf("telling the progress: %w", err)
			}
			time.Sleep(pause)
		}
		return say("done"), nil
	})
	fixture(server, "test_error_handling", "", func(context.Context, *mcp.CallToolRequest) (*mcp.CallToolResult, error) {
		failed := say("it failed, as it should")
		failed.IsError = true
		return failed, nil
	})
	fixture(server, "test_reconnection", "", func(_ context.Context, req *mcp.CallToolRequest) (*mcp.CallToolResult, error) {
		if req.Extra.CloseSSEStream != nil {
			req.Extra.CloseSSEStream(mcp.CloseSSEStreamArgs{RetryAfter: pause})
			time.Sleep(2 * pause) // the answer must come after the stream has gone
		}
		return say("back again"), nil
	})
	echo := func(_ context.Context, req *mcp.CallToolRequest) (*mcp.CallToolResult, error) {
		return say("%s", req.Params.Arguments), nil
	}
	fixture(server, "json_schema_2020_12_tool", schema2020, echo)
	fixture(server, "test_x_mcp_header", headerSchema, echo)
	fixture(server, "test_missing_capability", "", func(_ context.Context, req *mcp.CallToolRequest) (*mcp.CallToolResult, error) {
		if c := req.ClientCapabilities(); c == nil || c.Sampling == nil {
			return nil, missingCapability(&mcp.ClientCapabilities{Sampling: &mcp.SamplingCapabilities{}})
		}
		return say("the client can sample"), nil
	})
	fixture(server, "test_trigger_tool_change", "", func(context.Context, *mcp.CallToolRequest) (*mcp.CallToolResult, error) {
		addContentFixtures(server) // the same tools again are a change, too
		return say("told"), nil
	})
	fixture(server, "test_trigger_prompt_change", "", func(context.Context, *mcp.CallToolRequest) (*mcp.CallToolResult, error) {
		addPromptFixtures(server)
		return say("told"), nil
	})
}

// missingCapability is the error for a client that lacks what the call needs.
func missingCapability(needed *mcp.ClientCapabilities) error {
	data, err := json.Marshal(mcp.MissingRequiredClientCapabilityData{RequiredCapabilities: needed})
	if err != nil {
		return fmt.Errorf("encoding the missing capabilities: %w", err)
	}
	return &jsonrpc.Error{Code: mcp.CodeMissingRequiredClientCapabilities, Message: "the client lacks a capability", Data: data}
}
