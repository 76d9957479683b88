package llmtest

import (
	"encoding/json"
	"slices"
	"strings"
)

// checkCompletion refuses what servers of Chat Completions refuse: OpenAI's own
// rules, and those of chat templates which demand that people and models take turns.
func (h *Handler) checkCompletion(body []byte, p *prompt) *refusal {
	for _, rule := range []func() *refusal{
		func() *refusal { return checkKnown(body, completionParameters()) },
		func() *refusal { return h.checkModel(p) },
		func() *refusal { return checkTools(p.Tools) },
		func() *refusal { return checkMessages(p.chat.Messages) },
	} {
		if err := rule(); err != nil {
			return err
		}
	}
	return nil
}

func completionParameters() []string {
	return []string{
		"model", "messages", "tools", "tool_choice", "stream", "stream_options", "store", "reasoning_effort",
		"safety_identifier", "prompt_cache_key", "max_completion_tokens", "max_tokens", "parallel_tool_calls", "temperature", "metadata",
	}
}

// checkMessages demands that calls and their results are pairs, that nothing is
// empty, and that the last word is not the model's.
func checkMessages(messages []chatMessage) *refusal {
	var before string
	var open []string
	used := map[string]bool{}
	for i, m := range messages {
		if len(open) > 0 && m.Role != "tool" {
			return invalid("", "messages", "An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'. The following tool_call_ids did not have response messages: %s", strings.Join(open, ", "))
		}
		var bad *refusal
		switch m.Role {
		case "system":
			if i > 0 {
				bad = invalid("", "messages", "System message must be at the beginning.")
			}
		case "user":
			if before == "tool" {
				bad = invalid("invalid_request_message_order", "messages", "Unexpected role 'user' after role 'tool'")
			} else if before == "user" {
				bad = invalid("", "messages", "Conversation roles must alternate user/assistant/user/assistant/...")
			}
		case "assistant":
			if before == "assistant" || before == "" {
				bad = invalid("", "messages", "Conversation roles must alternate user/assistant/user/assistant/...")
			} else {
				open, bad = checkCalls(m, used)
			}
		case "tool":
			at := slices.Index(open, m.CallID)
			if at < 0 {
				bad = invalid("", "messages", "messages with role 'tool' must be a response to a preceeding message with 'tool_calls'.")
			} else {
				open = slices.Delete(open, at, at+1)
			}
		default:
			bad = invalid("invalid_value", "messages", "Invalid value: '%s'.", m.Role)
		}
		if bad == nil && textOf(m.Content) == "" && len(m.Calls) == 0 {
			bad = invalid("", "messages", "Message %d has neither content nor calls.", i)
		}
		if bad != nil {
			return bad
		}
		if m.Role != "system" {
			before = m.Role
		}
	}
	if len(open) > 0 {
		return invalid("", "messages", "An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'.")
	}
	if before != "user" && before != "tool" {
		return invalid("", "messages", "Expected last role User or Tool but got %s.", before)
	}
	return nil
}

// longestChatID is the most bytes of the id of a call.
const longestChatID = 40

// checkCalls returns the ids of a message's calls.
func checkCalls(m chatMessage, used map[string]bool) ([]string, *refusal) {
	name := functionName()
	var ids []string
	for _, call := range m.Calls {
		switch {
		case call.ID == "" || used[call.ID]:
			return nil, invalid("", "messages", "Duplicate or missing tool call id '%s'.", call.ID)
		case len(call.ID) > longestChatID:
			return nil, invalid("string_above_max_length", "messages", "Invalid 'messages[].tool_calls[].id': string too long. Expected a string with maximum length %d, but got a string with length %d instead.", longestChatID, len(call.ID))
		case call.Type != "function" || !name.MatchString(call.Function.Name):
			return nil, invalid("invalid_value", "messages", "Invalid name '%s' of a call.", call.Function.Name)
		case call.Function.Arguments == nil || !isObject(*call.Function.Arguments):
			return nil, invalid("", "messages", "The arguments of call '%s' are no JSON object.", call.ID)
		}
		used[call.ID] = true
		ids = append(ids, call.ID)
	}
	return ids, nil
}

func isObject(text string) bool {
	var object map[string]any
	return json.Unmarshal([]byte(text), &object) == nil && object != nil
}
