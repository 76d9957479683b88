//go:build conformance

package northwind

import (
	"bytes"
	"context"
	"encoding/binary"
	pixels "image"
	"image/png"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// addContentFixtures adds the tools that answer with one kind of content each.
func addContentFixtures(server *mcp.Server) {
	text := &mcp.TextContent{Text: "Plain words."}
	note := func(uri string) mcp.Content {
		return &mcp.EmbeddedResource{Resource: &mcp.ResourceContents{URI: uri, MIMEType: plainText, Text: "An embedded note."}}
	}
	for name, content := range map[string][]mcp.Content{
		"test_simple_text":            {text},
		"test_image_content":          {picture()},
		"test_audio_content":          {&mcp.AudioContent{MIMEType: "audio/wav", Data: silence()}},
		"test_embedded_resource":      {note("test://embedded-resource")},
		"test_multiple_content_types": {text, picture(), note("test://mixed-content-resource")},
	} {
		fixture(server, name, "", func(context.Context, *mcp.CallToolRequest) (*mcp.CallToolResult, error) {
			return &mcp.CallToolResult{Content: content}, nil
		})
	}
}

// picture is a PNG of one pixel.
func picture() *mcp.ImageContent {
	var b bytes.Buffer
	_ = png.Encode(&b, pixels.NewGray(pixels.Rect(0, 0, 1, 1))) // a buffer takes everything
	return &mcp.ImageContent{MIMEType: "image/png", Data: b.Bytes()}
}

// silence is a WAV file of one sample: 8 kHz, mono, 16 bits.
func silence() []byte {
	b := binary.LittleEndian.AppendUint32([]byte("RIFF"), 38)
	b = binary.LittleEndian.AppendUint32(append(b, "WAVEfmt "...), 16)
	b = binary.LittleEndian.AppendUint16(b, 1) // PCM
	b = binary.LittleEndian.AppendUint16(b, 1) // channels
	b = binary.LittleEndian.AppendUint32(b, 8000)
	b = binary.LittleEndian.AppendUint32(b, 16000)
	b = binary.LittleEndian.AppendUint16(b, 2)
	b = binary.LittleEndian.AppendUint16(b, 16)
	b = binary.LittleEndian.AppendUint32(append(b, "data"...), 2)
	return append(b, 0, 0)
}
