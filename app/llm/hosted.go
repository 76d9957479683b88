package llm

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/openai/openai-go/v3/responses"

	"github.com/pomerium/pomchat/app/chat"
)

// RemoteMCP stands in Config.Hosted for MCP servers that the provider calls itself.
const RemoteMCP chat.HostedTool = "mcp"

// offers reports whether the provider has a hosted tool for some of its models.
func (c *Client) offers(tool chat.HostedTool) bool {
	return c.api.get() != APIChat && slices.Contains(c.hosted, tool)
}

// hostedBy returns the tools that a provider runs itself if its administrator does
// not say: OpenAI's, at OpenAI and at Azure.
func hostedBy(f flavour) []chat.HostedTool {
	if f == compatible {
		return nil
	}
	return []chat.HostedTool{chat.WebSearch, chat.CodeInterpreter, RemoteMCP}
}

// hostedTools adds the hosted tools of a prompt to a request, and asks for what
// they find: the pages that a search read, and what a program wrote.
func (c *Client) hostedTools(p chat.Prompt, out *responses.ResponseNewParams) {
	for _, tool := range p.Hosted {
		if !c.offers(tool) {
			continue
		}
		switch tool {
		case chat.WebSearch:
			search := responses.ToolParamOfWebSearch(responses.WebSearchToolTypeWebSearch)
			// Without a location, the person would be taken to be in the United States.
			search.OfWebSearch.UserLocation.Type = "approximate"
			out.Tools = append(out.Tools, search)
			out.Include = append(out.Include, responses.ResponseIncludableWebSearchCallActionSources)
		case chat.CodeInterpreter:
			out.Tools = append(out.Tools, responses.ToolParamOfCodeInterpreter(responses.ToolCodeInterpreterContainerCodeInterpreterContainerAutoParam{}))
			out.Include = append(out.Include, responses.ResponseIncludableCodeInterpreterCallOutputs)
		}
	}
}

func hostedRef(tool chat.HostedTool) chat.ToolRef {
	title := map[chat.HostedTool]string{chat.WebSearch: "Web search", chat.CodeInterpreter: "Code interpreter"}[tool]
	return chat.ToolRef{Name: string(tool), Tool: string(tool), Title: title}
}

// search shows a finished search: what was looked for, and the pages that were
// found.
func (a *assembler) search(it *item, raw outputItem) {
	var action struct {
		Type    string   `json:"type"`
		Query   string   `json:"query"`
		Queries []string `json:"queries"`
		URL     string   `json:"url"`
		Pattern string   `json:"pattern"`
		Sources []struct{ Type, URL, Name string }
	}
	// A search of an unknown shape is shown without its details.
	_ = json.Unmarshal(raw.Action, &action)
	what := map[string]any{}
	for name, value := range map[string]string{"query": action.Query, "url": action.URL, "pattern": action.Pattern} {
		if value != "" {
			what[name] = value
		}
	}
	if len(action.Queries) > 1 || action.Query == "" && len(action.Queries) > 0 {
		what["queries"] = action.Queries
	}
	a.offer(it, hostedRef(chat.WebSearch), encode(what))
	if raw.Status == "failed" || raw.Status == "incomplete" {
		a.send(chat.HostedResult{CallID: it.partID, Failure: "The search did not come to an end."})
		return
	}
	var lines []string
	for _, s := range action.Sources {
		if u, err := url.Parse(s.URL); err == nil && u.Host != "" && (u.Scheme == "http" || u.Scheme == "https") {
			lines = append(lines, s.URL)
		} else if s.URL == "" && s.Name != "" {
			lines = append(lines, s.Name)
		}
	}
	text := "No pages are told."
	if action.Type == "open_page" || action.Type == "find_in_page" || action.Type == "find" {
		text = "The page was read."
	}
	if len(lines) > 0 {
		text = fmt.Sprintf("%d pages:\n%s", len(lines), strings.Join(lines, "\n"))
	}
	a.send(chat.HostedResult{CallID: it.partID, Result: chat.ToolResult{Text: text}})
}

// code adds to a program that is being written, as a piece of the JSON that its
// arguments will be.
func (a *assembler) code(it *item, delta string) {
	if delta == "" || it.offered {
		return
	}
	quoted := encode(delta)
	piece := quoted[1 : len(quoted)-1]
	if it.arguments.Len() == 0 {
		piece = `{"code":"` + piece
	}
	a.argue(it, piece)
}

// program shows a program that is complete and now runs.
func (a *assembler) program(it *item, code string) {
	if it.offered {
		return
	}
	arguments := encode(map[string]any{"code": code})
	if rest, ok := strings.CutPrefix(arguments, it.arguments.String()); ok {
		a.argue(it, rest)
	}
	a.offer(it, hostedRef(chat.CodeInterpreter), arguments)
}

// ran shows what a program wrote.
func (a *assembler) ran(it *item, raw outputItem) {
	a.program(it, string(raw.Code))
	var outputs []struct{ Type, Logs, URL string }
	_ = json.Unmarshal(raw.Outputs, &outputs)
	var logs, pictures []string
	for _, o := range outputs {
		if o.Type == "image" {
			pictures = append(pictures, o.URL)
		}
		if o.Type == "logs" && o.Logs != "" {
			logs = append(logs, strings.TrimRight(o.Logs, "\n"))
		}
	}
	result := chat.ToolResult{Text: strings.Join(logs, "\n"), IsError: raw.Status == "failed"}
	switch {
	case raw.Status == "incomplete":
		a.send(chat.HostedResult{CallID: it.partID, Failure: "The program did not come to an end."})
		return
	case result.Text == "" && len(pictures) > 0:
		result.Text = "The program drew a picture."
	case result.Text == "":
		result.Text = "The program wrote nothing."
	}
	a.send(chat.HostedResult{CallID: it.partID, Result: result})
	a.pictures(it.partID, pictures)
}

// offer shows a call that the provider carries out, once.
func (a *assembler) offer(it *item, tool chat.ToolRef, arguments string) {
	if it.offered {
		return
	}
	it.offered = true
	a.send(chat.HostedCall{CallID: it.partID, Tool: tool, Arguments: arguments})
}

// encode returns v as JSON that people may see: "<" is left as it is.
func encode(v any) string {
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	if enc.Encode(v) != nil {
		return "{}"
	}
	return strings.TrimSuffix(out.String(), "\n")
}
