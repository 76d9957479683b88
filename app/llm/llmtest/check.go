package llmtest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
)

// check refuses what OpenAI refuses, in its words. The rules are those that a
// client which owns its history (store:false) can break.
func (h *Handler) check(body []byte, p *prompt) *refusal {
	for _, rule := range []func() *refusal{
		func() *refusal { return checkKnown(body, responseParameters()) },
		func() *refusal { return h.checkModel(p) },
		func() *refusal { return checkTools(p.Tools) },
		func() *refusal { return checkItems(p.items) },
		func() *refusal { return checkPairs(p.items) },
		func() *refusal { return checkApprovals(p.items) },
		func() *refusal { return h.checkReplays(p) },
	} {
		if err := rule(); err != nil {
			return err
		}
	}
	return nil
}

func invalid(code, param, format string, args ...any) *refusal {
	return &refusal{
		status: http.StatusBadRequest, kind: "invalid_request_error", code: code, param: param,
		message: fmt.Sprintf(format, args...),
	}
}

func responseParameters() []string {
	return []string{
		"model", "input", "instructions", "tools", "tool_choice", "stream", "store", "include", "reasoning",
		"safety_identifier", "prompt_cache_key", "max_output_tokens", "parallel_tool_calls", "text", "truncation", "metadata",
	}
}

func checkKnown(body []byte, known []string) *refusal {
	var members map[string]json.RawMessage
	if json.Unmarshal(body, &members) != nil {
		return invalid("", "", "We could not parse the JSON body of your request.")
	}
	for name := range members {
		if !slices.Contains(known, name) {
			return invalid("unknown_parameter", name, "Unknown parameter: '%s'.", name)
		}
	}
	return nil
}

func (h *Handler) checkModel(p *prompt) *refusal {
	if !slices.Contains(h.cfg.Models, p.Model) && !strings.HasPrefix(p.Model, "fake-") {
		return &refusal{
			status: http.StatusNotFound, kind: "invalid_request_error", code: "model_not_found", param: "model",
			message: fmt.Sprintf("The model '%s' does not exist or you do not have access to it.", p.Model),
		}
	}
	if strings.HasPrefix(p.Model, "gpt-4") && p.Reasoning != nil {
		return invalid("unsupported_parameter", "reasoning.effort", "Unsupported parameter: 'reasoning.effort' is not supported with this model.")
	}
	return nil
}

// functionName is what a function may be called.
func functionName() *regexp.Regexp { return regexp.MustCompile(`^[a-zA-Z0-9_-]{1,64}$`) }

func checkTools(tools []tool) *refusal {
	name := functionName()
	labels := map[string]bool{}
	for i, t := range tools {
		param := fmt.Sprintf("tools[%d]", i)
		switch t.Type {
		case "function":
		case "web_search", "code_interpreter":
			continue
		case "mcp":
			if bad := checkServer(t, param, labels); bad != nil {
				return bad
			}
			continue
		default:
			return invalid("invalid_value", param, "Invalid value: '%s'.", t.Type)
		}
		if !name.MatchString(t.Name) {
			return invalid("invalid_value", param+".name", "Invalid '%s.name': string does not match pattern.", param)
		}
		if t.Parameters["type"] != "object" {
			return invalid("invalid_function_parameters", param+".parameters",
				"Invalid schema for function '%s': schema must be a JSON Schema of 'type: \"object\"', got 'type: \"%v\"'.", t.Name, t.Parameters["type"])
		}
		if _, ok := t.Parameters["properties"].(map[string]any); !ok {
			return invalid("invalid_function_parameters", param+".parameters",
				"Invalid schema for function '%s': In context=(), object schema missing properties.", t.Name)
		}
		for _, keyword := range []string{"anyOf", "oneOf", "allOf", "not", "enum"} {
			if _, ok := t.Parameters[keyword]; ok {
				return invalid("invalid_function_parameters", param+".parameters",
					"Invalid schema for function '%s': schema must have type 'object' and not have 'oneOf'/'anyOf'/'allOf'/'enum'/'not' at the top level.", t.Name)
			}
		}
	}
	return nil
}

// checkServer demands of an MCP server a sound label that no other has, and an
// address.
func checkServer(t tool, param string, labels map[string]bool) *refusal {
	switch {
	case !regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_-]{0,63}$`).MatchString(t.Label):
		return invalid("invalid_value", param+".server_label", "Invalid '%s.server_label': string does not match pattern.", param)
	case labels[t.Label]:
		return invalid("", param+".server_label", "Duplicate server_label found: %s.", t.Label)
	case !strings.HasPrefix(t.URL, "http://") && !strings.HasPrefix(t.URL, "https://"):
		return invalid("", param+".server_url", "Invalid URL for MCP server '%s'.", t.Label)
	case strings.HasPrefix(t.Authorization, "Bearer "):
		return invalid("", param+".authorization", "The authorization of '%s' must be a bare token.", t.Label)
	}
	labels[t.Label] = true
	return nil
}
