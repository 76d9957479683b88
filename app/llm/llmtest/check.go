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

func checkTools(tools []tool) *refusal {
	name := regexp.MustCompile(`^[a-zA-Z0-9_-]{1,64}$`)
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

// checkApprovals demands one answer right after each question for approval, and
// that nothing was called without.
func checkApprovals(items []inputItem) *refusal {
	asked, answered := map[string]bool{}, map[string]bool{}
	for _, it := range items {
		switch it.Type {
		case "mcp_approval_request":
			if asked[it.ID] {
				return invalid("", "input", "Duplicate item found with id %s.", it.ID)
			}
			asked[it.ID] = true
		case "mcp_approval_response":
			if !asked[it.Approval] {
				return invalid("", "input", "No approval request found for approval response %s.", it.Approval)
			}
			if _, twice := answered[it.Approval]; twice {
				return invalid("", "input", "Duplicate approval response for %s.", it.Approval)
			}
			answered[it.Approval] = it.Approve
		case "mcp_call":
			if it.Approval != "" && !answered[it.Approval] {
				return invalid("", "input", "The call %s was not approved.", it.ID)
			}
		}
	}
	for id := range asked {
		if _, ok := answered[id]; !ok {
			return invalid("", "input", "No approval response found for approval request %s.", id)
		}
	}
	return nil
}

// longestID is the most bytes of an id of an item or a call.
const longestID = 64

// checkItems demands that there is something to answer, that ids are short and no item
// comes twice, and that words are there where a message is.
func checkItems(items []inputItem) *refusal {
	if len(items) == 0 {
		return invalid("missing_required_parameter", "input", "One of \"input\" or \"previous_response_id\" or 'prompt' must be provided.")
	}
	seen := map[string]bool{}
	for i, it := range items {
		switch {
		case len(it.CallID) > longestID:
			return invalid("string_above_max_length", fmt.Sprintf("input[%d].call_id", i),
				"Invalid 'input[%d].call_id': string too long. Expected a string with maximum length %d, but got a string with length %d instead.", i, longestID, len(it.CallID))
		case it.ID != "" && seen[it.ID]:
			return invalid("", "input", "Duplicate item found with id %s. Remove duplicate items from your input and try again.", it.ID)
		case it.Type == "message" || it.Type == "" && it.Role != "":
			if it.ID == "" && strings.TrimSpace(textOf(it.Content)) == "" {
				return invalid("", fmt.Sprintf("input[%d].content", i), "Message %d is empty.", i)
			}
		}
		seen[it.ID] = true
	}
	return nil
}

// checkPairs demands one output after each call, a call before each output, and arguments
// that are JSON, as servers other than OpenAI's do.
func checkPairs(items []inputItem) *refusal {
	open := map[string]bool{}
	var order []string
	for _, it := range items {
		switch it.Type {
		case "function_call":
			if !json.Valid([]byte(it.Arguments)) {
				return invalid("", "input", "The arguments of the call %s are no JSON.", it.CallID)
			}
			if open[it.CallID] || slices.Contains(order, it.CallID) {
				return invalid("", "input", "Duplicate call_id %s.", it.CallID)
			}
			open[it.CallID] = true
			order = append(order, it.CallID)
		case "function_call_output":
			if !open[it.CallID] {
				return invalid("", "input", "No tool call found for function call output with call_id %s.", it.CallID)
			}
			open[it.CallID] = false
		}
	}
	for _, id := range order {
		if open[id] {
			return invalid("", "input", "No tool output found for function call %s.", id)
		}
	}
	return nil
}

// checkReplays demands that replayed reasoning is complete, unchanged and followed
// by what it led to, and that a call which it led to does not come without it.
func (h *Handler) checkReplays(p *prompt) *refusal {
	h.mu.Lock()
	defer h.mu.Unlock()
	for i, it := range p.items {
		if led := h.ledTo[it.ID]; it.ID != "" && it.Type == "function_call" && led != "" && (i == 0 || p.items[i-1].ID != led) {
			return invalid("", "input", "Item '%s' of type 'function_call' was provided without its required 'reasoning' item: '%s'.", it.ID, led)
		}
		if it.Type != "reasoning" {
			continue
		}
		if it.EncryptedContent == "" {
			return &refusal{
				status: http.StatusNotFound, kind: "invalid_request_error", param: "input",
				message: fmt.Sprintf("Item with id '%s' not found. Items are not persisted when `store` is set to false. Try again with `store` set to true, or remove this item from your input.", it.ID),
			}
		}
		if written, ok := h.issued[it.ID]; !ok || !sameJSON(written, it.raw) || h.thinker[it.ID] != p.Model {
			return invalid("invalid_encrypted_content", "input", "The encrypted content of item %s could not be verified.", it.ID)
		}
		if i+1 == len(p.items) || p.items[i+1].ID == "" || p.items[i+1].ID != h.follows[it.ID] {
			return invalid("", "input", "Item '%s' of type 'reasoning' was provided without its required following item.", it.ID)
		}
	}
	return nil
}
