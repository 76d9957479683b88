package llmtest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
)

// longestID is the most bytes of the id of a call.
const longestID = 64

// checkItems demands that there is something to answer, and of each item that it is of a
// known type, says something, and comes once.
func checkItems(items []inputItem) *refusal {
	known := []string{
		"message", "reasoning", "function_call", "function_call_output", "web_search_call", "code_interpreter_call",
		"mcp_list_tools", "mcp_call", "mcp_approval_request", "mcp_approval_response",
	}
	if len(items) == 0 {
		return invalid("missing_required_parameter", "input", "One of \"input\" or \"previous_response_id\" or 'prompt' must be provided.")
	}
	seen := map[string]bool{}
	for i, it := range items {
		param := fmt.Sprintf("input[%d]", i)
		switch {
		case !slices.Contains(known, it.Type):
			return invalid("invalid_value", param, "Invalid value: '%s'. Supported values are: the types of items.", it.Type)
		case len(it.CallID) > longestID:
			return invalid("string_above_max_length", param+".call_id",
				"Invalid '%s.call_id': string too long. Expected a string with maximum length %d, but got a string with length %d instead.", param, longestID, len(it.CallID))
		case it.ID != "" && seen[it.ID]:
			return invalid("", "input", "Duplicate item found with id %s. Remove duplicate items from your input and try again.", it.ID)
		case it.Type == "message" && strings.TrimSpace(textOf(it.Content)) == "":
			return invalid("", param+".content", "Invalid '%s.content': a message must have content.", param)
		case it.Type == "reasoning" && it.Status != nil:
			return invalid("unknown_parameter", param+".status", "Unknown parameter: '%s.status'.", param)
		case it.Type == "function_call" && (it.CallID == "" || it.Name == ""):
			return invalid("missing_required_parameter", param, "Missing required parameter of '%s'.", param)
		case it.Type == "function_call" && !functionName().MatchString(it.Name):
			return invalid("invalid_value", param+".name", "Invalid '%s.name': string does not match pattern.", param)
		}
		seen[it.ID] = true
	}
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
// by what it led to, and that what ran in a container did so in one that still exists.
func (h *Handler) checkReplays(p *prompt) *refusal {
	h.mu.Lock()
	defer h.mu.Unlock()
	for i, it := range p.items {
		if h.expired[it.Container] {
			return invalid("", "", "Container is expired.")
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
	return h.checkFollowers(p.items)
}

// checkFollowers demands that what reasoning led to is not replayed without it. The caller
// holds the lock.
func (h *Handler) checkFollowers(items []inputItem) *refusal {
	led := map[string]string{} // to what by which reasoning
	for before, id := range h.follows {
		if strings.HasPrefix(before, "rs_") {
			led[id] = before
		}
	}
	for i, it := range items {
		if by := led[it.ID]; by != "" && (i == 0 || items[i-1].ID != by) {
			return invalid("", "input", "Item '%s' of type '%s' was provided without its required 'reasoning' item: '%s'.", it.ID, it.Type, by)
		}
	}
	return nil
}
