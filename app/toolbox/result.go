package toolbox

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"unicode/utf8"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/pomerium/pomchat/app/chat"
)

// convert turns a tool's result into the core's: text for the model, data for the
// screen, neither longer than most bytes. What is left out is said in the text.
func convert(res *mcp.CallToolResult, most int) (chat.ToolResult, error) {
	out := chat.ToolResult{IsError: res.IsError}
	data, err := structured(res)
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
	out.RowCount = rowCount(data)
	out.Text = cut(text, most)
	if len(data) > most {
		out.Text += fmt.Sprintf("\n\n[The result as data has %d bytes, more than the %d that are kept, and was left out.]", len(data), most)
		return out, nil
	}
	out.Structured = data
	return out, nil
}

// structured returns the result as data, nil if there is none. The SDK has decoded
// it, which rounds large numbers and sorts keys; where a text holds the same data,
// as the protocol recommends, the text has it exactly
// (https://modelcontextprotocol.io/specification/2025-11-25/server/tools#structured-content).
func structured(res *mcp.CallToolResult) (json.RawMessage, error) {
	if res.StructuredContent == nil {
		return nil, nil
	}
	for _, block := range res.Content {
		text, ok := block.(*mcp.TextContent)
		if !ok {
			continue
		}
		var same any
		if json.Unmarshal([]byte(text.Text), &same) == nil && reflect.DeepEqual(same, res.StructuredContent) {
			var compact bytes.Buffer
			if err := json.Compact(&compact, []byte(text.Text)); err == nil {
				return compact.Bytes(), nil
			}
		}
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(res.StructuredContent); err != nil {
		return nil, fmt.Errorf("encode the result's data: %w", err)
	}
	return bytes.TrimSpace(b.Bytes()), nil
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

// rowCount returns the number of rows of a table: an object with a list "rows",
// whose "row_count", if there is one, counts more than were sent.
func rowCount(data json.RawMessage) *int {
	var table struct {
		Rows  *[]json.RawMessage `json:"rows"`
		Count *int               `json:"row_count"`
	}
	if err := json.Unmarshal(data, &table); err != nil || table.Rows == nil {
		return nil
	}
	if table.Count != nil && *table.Count >= 0 {
		return table.Count
	}
	n := len(*table.Rows)
	return &n
}

// cut returns at most that many bytes of s, whole characters, and says so.
func cut(s string, most int) string {
	if len(s) <= most {
		return s
	}
	end := most
	for end > 0 && !utf8.RuneStart(s[end]) {
		end--
	}
	return fmt.Sprintf("%s\n\n[Cut here: the result has %d bytes, of which these are the first %d.]", s[:end], len(s), end)
}
