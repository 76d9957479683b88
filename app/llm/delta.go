package llm

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"

	"github.com/pomerium/pomchat/app/chat"
)

// completionChunk is what this package reads of a chunk of Chat Completions, or of
// a whole answer where a server does not stream. Nearly every member may be
// missing, or of another type, with one server or the other.
//
// Source: https://platform.openai.com/docs/api-reference/chat-streaming
type completionChunk struct {
	Object  string             `json:"object"`
	Choices []completionChoice `json:"choices"`
	Usage   *completionUsage   `json:"usage"`
	Error   json.RawMessage    `json:"error"`
	// vLLM reports an error within a stream as a flat object.
	Message json.RawMessage `json:"message"`
	Code    loose           `json:"code"`
}

type completionChoice struct {
	Index   number           `json:"index"`
	Delta   *completionDelta `json:"delta"`
	Message *completionDelta `json:"message"` // in place of Delta in a whole answer
	Finish  loose            `json:"finish_reason"`
}

type completionDelta struct {
	Content content           `json:"content"`
	Refusal plain             `json:"refusal"`
	Calls   []callDelta       `json:"tool_calls"`
	Notes   []json.RawMessage `json:"annotations"`
	// Reasoning is DeepSeek's name for it, vLLM's, llama.cpp's and LM Studio's.
	Reasoning plain `json:"reasoning_content"`
	// ReasoningToo is the name of OpenRouter, Ollama and newer vLLM.
	ReasoningToo plain `json:"reasoning"`
}

// plain is text; anything else in its place counts as none.
type plain string

// UnmarshalJSON implements json.Unmarshaler.
func (p *plain) UnmarshalJSON(data []byte) error {
	var s string
	_ = json.Unmarshal(data, &s)
	*p = plain(s)
	return nil
}

// callDelta is a piece of a call.
type callDelta struct {
	Index    number `json:"index"`
	ID       loose  `json:"id"`
	Function struct {
		Name      loose `json:"name"`
		Arguments loose `json:"arguments"` // text, or an object all at once
	} `json:"function"`
}

// content is an answer's text. Some servers send a list of pieces, of which some
// are reasoning.
type content struct{ text, thought string }

// UnmarshalJSON implements json.Unmarshaler.
func (c *content) UnmarshalJSON(data []byte) error {
	if json.Unmarshal(data, &c.text) == nil {
		return nil
	}
	var pieces []struct {
		Text     plain           `json:"text"`
		Thinking json.RawMessage `json:"thinking"`
	}
	if json.Unmarshal(data, &pieces) != nil {
		return nil
	}
	for _, p := range pieces {
		c.text += string(p.Text)
		if len(p.Thinking) > 0 {
			var inner content
			_ = inner.UnmarshalJSON(p.Thinking)
			c.thought += inner.text
		}
	}
	return nil
}

// number is an integer that may be missing, null or in quotes.
type number struct {
	value int
	known bool
}

// UnmarshalJSON implements json.Unmarshaler.
func (n *number) UnmarshalJSON(data []byte) error {
	v, err := strconv.ParseFloat(string(looseOf(data)), 64)
	*n = number{value: int(v), known: err == nil}
	return nil
}

type completionUsage struct {
	Input        number `json:"prompt_tokens"`
	InputDetails struct {
		Cached number `json:"cached_tokens"`
	} `json:"prompt_tokens_details"`
	CacheHit      number `json:"prompt_cache_hit_tokens"` // DeepSeek
	Output        number `json:"completion_tokens"`
	OutputDetails struct {
		Reasoning number `json:"reasoning_tokens"`
	} `json:"completion_tokens_details"`
}

// usage returns nil if nothing was counted.
func (u *completionUsage) usage() *chat.Usage {
	if u == nil || !u.Input.known && !u.Output.known {
		return nil
	}
	return &chat.Usage{
		InputTokens: int64(u.Input.value), CachedTokens: int64(max(u.InputDetails.Cached.value, u.CacheHit.value)),
		OutputTokens: int64(u.Output.value), ReasoningTokens: int64(u.OutputDetails.Reasoning.value),
	}
}

// parseChunk decodes the data of one event. Members of an unexpected shape are
// passed over; only what is no JSON object at all is an error.
func parseChunk(data []byte) (completionChunk, error) {
	var c completionChunk
	err := json.Unmarshal(data, &c)
	if _, shape := errors.AsType[*json.UnmarshalTypeError](err); shape && len(data) > 0 && data[0] == '{' {
		return c, nil
	}
	if err != nil {
		return c, fmt.Errorf("decode chunk: %w", err)
	}
	return c, nil
}

// recognised reports whether the chunk is one of Chat Completions.
func (c completionChunk) recognised() bool {
	return c.Choices != nil || c.Usage != nil || c.Object == "chat.completion.chunk" || c.Object == "chat.completion"
}

// failed reports whether the chunk says that something went wrong.
func (c completionChunk) failed() bool {
	nested := len(c.Error) > 0 && string(c.Error) != "null"
	return nested || c.Object == "error" || !c.recognised() && len(c.Message) > 0
}
