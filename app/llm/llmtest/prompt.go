package llmtest

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"slices"
	"strings"
)

// prompt is what the fake reads of a request body.
type prompt struct {
	Model     string            `json:"model"`
	Stream    bool              `json:"stream"`
	Store     *bool             `json:"store"`
	Input     []json.RawMessage `json:"input"`
	Include   []string          `json:"include"`
	Tools     []tool            `json:"tools"`
	Reasoning map[string]any    `json:"reasoning"`

	items      []inputItem
	size       int
	chat       completion      // as it came by Chat Completions
	completion bool            // it came by Chat Completions
	body       json.RawMessage // as it came
}

type tool struct {
	Type       string         `json:"type"`
	Name       string         `json:"name"`
	Parameters map[string]any `json:"parameters"`

	// These are of an MCP server.
	Label         string          `json:"server_label"`
	URL           string          `json:"server_url"`
	Authorization string          `json:"authorization"`
	Allowed       []string        `json:"allowed_tools"`
	Approval      json.RawMessage `json:"require_approval"`
}

// asks reports whether a tool of an MCP server waits for approval, which is so
// unless the request says that it does not.
func (t *tool) asks(name string) bool {
	var setting string
	if json.Unmarshal(t.Approval, &setting) == nil && setting != "" {
		return setting != "never"
	}
	var filter struct {
		Never struct {
			Names []string `json:"tool_names"`
		} `json:"never"`
	}
	_ = json.Unmarshal(t.Approval, &filter)
	return !slices.Contains(filter.Never.Names, name)
}

type inputItem struct {
	Type             string          `json:"type"`
	ID               string          `json:"id"`
	Role             string          `json:"role"`
	Content          json.RawMessage `json:"content"`
	CallID           string          `json:"call_id"`
	Name             string          `json:"name"`
	Arguments        string          `json:"arguments"`
	Output           json.RawMessage `json:"output"`
	EncryptedContent string          `json:"encrypted_content"`
	Label            string          `json:"server_label"`
	Approval         string          `json:"approval_request_id"`
	Approve          bool            `json:"approve"`
	Status           any             `json:"status"`
	Container        string          `json:"container_id"`

	raw json.RawMessage
}

func (h *Handler) record(r *http.Request) []byte {
	body, err := io.ReadAll(r.Body)
	if err != nil || len(body) == 0 {
		body = nil
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.requests = append(h.requests, Request{Method: r.Method, Path: r.URL.Path, Header: r.Header.Clone(), Body: body})
	return body
}

// parsePrompt reads a body whose input is a list of items.
func parsePrompt(body []byte) (*prompt, *refusal) {
	bad := &refusal{status: http.StatusBadRequest, kind: "invalid_request_error", message: "We could not parse the JSON body of your request."}
	p := &prompt{size: len(body), body: body}
	if json.Unmarshal(body, p) != nil {
		return nil, bad
	}
	for _, raw := range p.Input {
		it := inputItem{raw: raw}
		if json.Unmarshal(raw, &it) != nil {
			return nil, bad
		}
		if it.Type == "" {
			it.Type = "message"
		}
		p.items = append(p.items, it)
	}
	return p, nil
}

// sends reports whether the body has a member, by its path of at most two names.
func (p *prompt) sends(path string) bool {
	var members map[string]json.RawMessage
	if json.Unmarshal(p.body, &members) != nil {
		return false
	}
	outer, inner, nested := strings.Cut(path, ".")
	if !nested {
		return members[outer] != nil
	}
	var more map[string]json.RawMessage
	return json.Unmarshal(members[outer], &more) == nil && more[inner] != nil
}

// lastUser returns the index of the last question, -1 if there is none.
func (p *prompt) lastUser() int {
	for i := len(p.items) - 1; i >= 0; i-- {
		if p.items[i].Type == "message" && p.items[i].Role == "user" {
			return i
		}
	}
	return -1
}

// goesOn reports whether the request ends with the wish that the answer before it
// shall go on.
func (p *prompt) goesOn() bool {
	n := len(p.items)
	if n < 2 || p.items[n-1].Type != "message" || p.items[n-1].Role == "assistant" || p.items[n-2].Role == "user" {
		return false
	}
	return strings.Contains(textOf(p.items[n-1].Content), "Go on exactly where it ended")
}

// question returns the text of the last question.
func (p *prompt) question() string {
	if i := p.lastUser(); i >= 0 {
		return strings.TrimSpace(textOf(p.items[i].Content))
	}
	return ""
}

// results returns the outputs of the calls since the last question.
func (p *prompt) results() []string {
	var out []string
	for _, it := range p.items[p.lastUser()+1:] {
		if it.Type == "function_call_output" || it.Type == "mcp_call" {
			out = append(out, textOf(it.Output))
		}
	}
	return out
}

// kind returns the tool of that type, or nil.
func (p *prompt) kind(kind string) *tool {
	for i := range p.Tools {
		if p.Tools[i].Type == kind {
			return &p.Tools[i]
		}
	}
	return nil
}

// tool returns the first function whose name ends in suffix, or nil.
func (p *prompt) tool(suffix string) *tool {
	for i := range p.Tools {
		if p.Tools[i].Type == "function" && strings.HasSuffix(p.Tools[i].Name, suffix) {
			return &p.Tools[i]
		}
	}
	return nil
}

// textOf reads text that is a string or a list of pieces with a "text".
func textOf(raw json.RawMessage) string {
	var s string
	if json.Unmarshal(raw, &s) == nil {
		return s
	}
	var pieces []struct{ Text, Refusal string }
	if json.Unmarshal(raw, &pieces) != nil {
		return ""
	}
	var out strings.Builder
	for _, p := range pieces {
		out.WriteString(p.Text + p.Refusal)
	}
	return out.String()
}

func sameJSON(a, b []byte) bool {
	var x, y any
	if json.Unmarshal(a, &x) != nil || json.Unmarshal(b, &y) != nil {
		return false
	}
	x2, errX := json.Marshal(x)
	y2, errY := json.Marshal(y)
	return errX == nil && errY == nil && bytes.Equal(x2, y2)
}
