//go:build conformance

//lint:file-ignore SA1019 the suite tests sampling and roots too, which MCP has deprecated.

package northwind

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"strings"

	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// seal signs state that a client carries from one round of a call to the next.
type seal struct{ key []byte }

func newSeal() seal {
	key := make([]byte, sha256.Size)
	_, _ = rand.Read(key) // never fails
	return seal{key}
}

func (s seal) close(state string) string {
	mac := hmac.New(sha256.New, s.key)
	mac.Write([]byte(state))
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil)) + "." + state
}

// open returns the state, or an error of the protocol if a client has changed it.
func (s seal) open(sealed string) (string, error) {
	_, state, _ := strings.Cut(sealed, ".")
	if !hmac.Equal([]byte(s.close(state)), []byte(sealed)) {
		return "", &jsonrpc.Error{Code: jsonrpc.CodeInvalidParams, Message: "requestState is not what the server sent"}
	}
	return state, nil
}

// addRoundFixtures adds the tools that end a call with questions, and finish it when the client calls again with the
// answers, as revision 2026-07-28 has it.
func addRoundFixtures(server *mcp.Server, s seal) {
	fixture(server, "test_input_required_result_elicitation", "", func(_ context.Context, req *mcp.CallToolRequest) (*mcp.CallToolResult, error) {
		if name := filled(req.Params.InputResponses, "user_name")["name"]; name != nil {
			return say("Good day, %v.", name), nil
		}
		return questions("", mcp.InputRequestMap{"user_name": form("Who is there?", "name", "string")}), nil
	})
	fixture(server, "test_input_required_result_sampling", "", func(_ context.Context, req *mcp.CallToolRequest) (*mcp.CallToolResult, error) {
		if answer := sampled(req.Params.InputResponses, "capital_question"); answer != nil {
			return &mcp.CallToolResult{Content: answer.Content}, nil
		}
		return questions("", mcp.InputRequestMap{"capital_question": question("Which city is the capital of France?")}), nil
	})
	fixture(server, "test_input_required_result_list_roots", "", func(_ context.Context, req *mcp.CallToolRequest) (*mcp.CallToolResult, error) {
		if answer, ok := req.Params.InputResponses["client_roots"].(*mcp.ListRootsResult); ok {
			return say("%d roots: %v", len(answer.Roots), uris(answer.Roots)), nil
		}
		return questions("", mcp.InputRequestMap{"client_roots": &mcp.ListRootsParams{}}), nil
	})
	confirm := func(_ context.Context, req *mcp.CallToolRequest) (*mcp.CallToolResult, error) {
		if req.Params.RequestState == "" {
			return questions(s.close("confirming"), mcp.InputRequestMap{"confirm": form("Shall it go on?", "ok", "boolean")}), nil
		}
		if _, err := s.open(req.Params.RequestState); err != nil {
			return nil, err
		}
		return say("state-ok: %v", filled(req.Params.InputResponses, "confirm")["ok"]), nil
	}
	fixture(server, "test_input_required_result_request_state", "", confirm)
	fixture(server, "test_input_required_result_tampered_state", "", confirm)
	fixture(server, "test_input_required_result_multiple_inputs", "", func(_ context.Context, req *mcp.CallToolRequest) (*mcp.CallToolResult, error) {
		name := filled(req.Params.InputResponses, "user_name")["name"]
		greeting := sampled(req.Params.InputResponses, "greeting")
		roots, _ := req.Params.InputResponses["client_roots"].(*mcp.ListRootsResult)
		if name != nil && greeting != nil && roots != nil {
			if _, err := s.open(req.Params.RequestState); err != nil {
				return nil, err
			}
			return say("%v, %d roots", name, len(roots.Roots)), nil
		}
		return questions(s.close("all three"), mcp.InputRequestMap{
			"user_name":    form("Who is there?", "name", "string"),
			"greeting":     question("Greet the user."),
			"client_roots": &mcp.ListRootsParams{},
		}), nil
	})
	fixture(server, "test_input_required_result_multi_round", "", func(_ context.Context, req *mcp.CallToolRequest) (*mcp.CallToolResult, error) {
		if req.Params.RequestState == "" {
			return questions(s.close("asked the name"), mcp.InputRequestMap{"step1": form("Who is there?", "name", "string")}), nil
		}
		state, err := s.open(req.Params.RequestState)
		if err != nil {
			return nil, err
		}
		if name, asked := strings.CutPrefix(state, "asked the color, name "); asked {
			return say("%s likes %v", name, filled(req.Params.InputResponses, "step2")["color"]), nil
		}
		name, _ := filled(req.Params.InputResponses, "step1")["name"].(string)
		return questions(s.close("asked the color, name "+name), mcp.InputRequestMap{"step2": form("Which color?", "color", "string")}), nil
	})
	fixture(server, "test_input_required_result_capabilities", "", func(_ context.Context, req *mcp.CallToolRequest) (*mcp.CallToolResult, error) {
		able := req.ClientCapabilities()
		requests := mcp.InputRequestMap{}
		if able != nil && able.Sampling != nil {
			requests["greeting"] = question("Greet the user.")
		}
		if able != nil && able.Elicitation != nil {
			requests["user_name"] = form("Who is there?", "name", "string")
		}
		if len(requests) == 0 || len(req.Params.InputResponses) > 0 {
			return say("nothing more to ask"), nil
		}
		return questions("", requests), nil
	})
}

func questions(state string, requests mcp.InputRequestMap) *mcp.CallToolResult {
	return &mcp.CallToolResult{InputRequests: requests, RequestState: state}
}

// form asks the user for one value.
func form(message, field, kind string) *mcp.ElicitParams {
	schema, _ := json.Marshal(map[string]any{ // strings always encode
		"type": "object", "required": []string{field}, "properties": map[string]any{field: map[string]string{"type": kind}},
	})
	return &mcp.ElicitParams{Message: message, RequestedSchema: json.RawMessage(schema)}
}

// filled returns the fields of a form that the user has sent, else nil.
func filled(answers mcp.InputResponseMap, key string) map[string]any {
	if answer, ok := answers[key].(*mcp.ElicitResult); ok && answer.Action == "accept" {
		return answer.Content
	}
	return nil
}

// sampled returns what the client's model said, else nil.
func sampled(answers mcp.InputResponseMap, key string) *mcp.CreateMessageWithToolsResult {
	answer, _ := answers[key].(*mcp.CreateMessageWithToolsResult)
	return answer
}

func uris(roots []*mcp.Root) []string {
	var out []string
	for _, root := range roots {
		out = append(out, root.URI)
	}
	return out
}
