package toolbox

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/pomerium/pomchat/app/chat"
)

// convert turns a tool's result into the core's: text for the model, data for the
// screen, neither longer than most bytes. What is left out is said in the text; a table
// keeps whole rows, and says itself how many it has. Came is the result as it came.
func convert(res *mcp.CallToolResult, came json.RawMessage, most int) (chat.ToolResult, error) {
	data, err := structured(came)
	if err != nil {
		return chat.ToolResult{}, err
	}
	blocks := make([]string, 0, len(res.Content))
	for _, block := range res.Content {
		blocks = append(blocks, textOf(block))
	}
	text := strings.Join(blocks, "\n")
	if text == "" {
		text = string(data)
	}
	out := chat.ToolResult{Text: text, Structured: data, IsError: res.IsError}
	table, inData := chat.Rows(chat.ToolResult{Structured: data, IsError: res.IsError})
	isTable := inData
	if !inData {
		table, isTable = chat.Rows(chat.ToolResult{Text: text, IsError: res.IsError})
	}
	if isTable {
		out.RowCount = &table.Total
	}
	if len(text) <= most && len(data) <= most {
		return out, nil
	}
	var whole json.RawMessage // rows
	if isTable && (inData && len(data) > most || !inData && len(text) > most) {
		whole = table.Grid(most)
	}
	if out.Text = cut(text, most); whole != nil && !inData {
		out.Text = string(whole)
	}
	if len(data) <= most {
		return out, nil
	}
	if out.Structured = nil; whole != nil && inData {
		out.Structured = whole
		return out, nil
	}
	out.Text += fmt.Sprintf("\n\n[The result as data has %d bytes, more than the %d that are kept, and was left out.]", len(data), most)
	return out, nil
}

// structured returns the result as data, nil if there is none, without the spaces
// between. The SDK has decoded it, which rounds large numbers and sorts keys.
func structured(came json.RawMessage) (json.RawMessage, error) {
	var res struct{ StructuredContent json.RawMessage }
	if err := json.Unmarshal(came, &res); err != nil {
		return nil, fmt.Errorf("read the result's data: %w", err)
	}
	if len(res.StructuredContent) == 0 || string(res.StructuredContent) == "null" {
		return nil, nil
	}
	var compact bytes.Buffer
	if err := json.Compact(&compact, res.StructuredContent); err != nil {
		return nil, fmt.Errorf("read the result's data: %w", err)
	}
	return compact.Bytes(), nil
}

// textOf returns a block's text, or in brackets what else it is.
func textOf(block mcp.Content) string {
	switch c := block.(type) {
	case *mcp.TextContent:
		return c.Text
	case *mcp.ImageContent:
		return fmt.Sprintf("[Image, %s, %d bytes; it cannot be shown here.]", c.MIMEType, len(c.Data))
	case *mcp.AudioContent:
		return fmt.Sprintf("[Sound, %s, %d bytes; it cannot be played here.]", c.MIMEType, len(c.Data))
	case *mcp.ResourceLink:
		return fmt.Sprintf("[Resource %q at %s; it was not fetched.]", c.Name, c.URI)
	case *mcp.EmbeddedResource:
		if c.Resource == nil {
			return "[An empty resource.]"
		}
		if c.Resource.Text != "" {
			return c.Resource.Text
		}
		return fmt.Sprintf("[Resource %s, %s, %d bytes; it cannot be shown here.]", c.Resource.URI, c.Resource.MIMEType, len(c.Resource.Blob))
	default:
		return "[Content of a kind that is not known here.]"
	}
}

// cut returns at most that many bytes of s, whole characters, and says so.
func cut(s string, most int) string {
	if len(s) <= most {
		return s
	}
	head := beginning(s, most)
	return fmt.Sprintf("%s\n\n[Cut here: the result has %d bytes, of which these are the first %d.]", head, len(s), len(head))
}

// beginning returns at most that many bytes of s, whole characters.
func beginning(s string, most int) string {
	if len(s) <= most {
		return s
	}
	for most > 0 && !utf8.RuneStart(s[most]) {
		most--
	}
	return s[:most]
}
