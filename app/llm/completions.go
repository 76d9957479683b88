package llm

import (
	"encoding/json"
	"net/http"
	"strings"

	"github.com/openai/openai-go/v3/option"
	"github.com/openai/openai-go/v3/packages/param"
	"github.com/openai/openai-go/v3/responses"

	"github.com/pomerium/pomchat/app/chat"
)

// completionRequest is the body of a request by Chat Completions.
//
// Source: https://platform.openai.com/docs/api-reference/chat/create
type completionRequest struct {
	Model         string           `json:"model"`
	Messages      []message        `json:"messages"`
	Tools         []completionTool `json:"tools,omitempty"`
	StreamOptions *streamOptions   `json:"stream_options,omitempty"`
	Effort        string           `json:"reasoning_effort,omitempty"`
	Safety        string           `json:"safety_identifier,omitempty"`
	CacheKey      string           `json:"prompt_cache_key,omitempty"`
	// One is OpenAI's and the other its older name, which compatible servers know.
	MaxCompletionTokens int64 `json:"max_completion_tokens,omitempty"`
	MaxTokens           int64 `json:"max_tokens,omitempty"`
}

type streamOptions struct {
	IncludeUsage bool `json:"include_usage"`
}

type completionTool struct {
	Type     string             `json:"type"`
	Function completionFunction `json:"function"`
}

type completionFunction struct {
	Name        string          `json:"name"`
	Description string          `json:"description,omitempty"`
	Parameters  json.RawMessage `json:"parameters"`
}

// completionRequest translates a prompt. What the model has refused before is
// left out, or put in other ways.
func (c *Client) completionRequest(p chat.Prompt) completionRequest {
	allowed := func(k knob) bool { return c.refusals.allows(p.Model, k) }
	out := completionRequest{Model: p.Model}
	d := dialogue{provider: c.provider, model: p.Model, keepThoughts: allowed(knobThoughts), callID: func(id string) string { return boundID(id, maxChatCallID) }}
	if !allowed(knobCallIDs) {
		d.callID = shortID
	}
	if allowed(knobSystem) {
		d.say("system", p.Instructions)
	} else {
		d.say("user", p.Instructions)
	}
	d.tell(p.Path)
	out.Messages = d.messages
	for _, t := range p.Tools {
		out.Tools = append(out.Tools, completionTool{Type: "function", Function: completionFunction{
			Name: t.Name, Description: t.Description, Parameters: parameters(t.Schema),
		}})
	}
	if allowed(knobUsage) {
		out.StreamOptions = &streamOptions{IncludeUsage: true}
	}
	if allowed(knobChatLength) {
		if c.host.flavour == compatible {
			out.MaxTokens = p.MaxOutput
		} else {
			out.MaxCompletionTokens = p.MaxOutput
		}
	}
	if c.host.flavour == compatible {
		return out
	}
	if isReasoning(p.Model) && allowed(knobChatEffort) {
		out.Effort = "low"
	}
	if c.host.flavour == openAI && allowed(knobSafety) {
		out.Safety = p.User[:min(len(p.User), maxSafetyIdentifier)]
	}
	if c.host.flavour == openAI && len(p.Path) > 0 && allowed(knobCacheKey) {
		out.CacheKey = p.Path[0].ID
	}
	return out
}

// asCompletion makes the SDK send body to the address of Chat Completions. Its own
// service for them is in a package that makes the binary half as large again; the
// one for responses retries, authorises and reads events in the same way.
func asCompletion(body completionRequest) (responses.ResponseNewParams, option.RequestOption) {
	return param.Override[responses.ResponseNewParams](body),
		option.WithMiddleware(func(r *http.Request, next option.MiddlewareNext) (*http.Response, error) {
			address := *r.URL
			address.Path = strings.TrimSuffix(address.Path, "/responses") + "/chat/completions"
			r.URL = &address
			return next(r)
		})
}
