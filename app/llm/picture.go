package llm

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"io"
	"net/url"
	"strings"

	"github.com/pomerium/pomchat/app/chat"
)

// pictures emits the pictures that a program drew and that came with what it wrote, as
// files. Such a picture has no name, so it gets a number.
func (a *assembler) pictures(callID string, urls []string) {
	for _, u := range urls {
		chunk, ok := pictureOf(u)
		sum := sha256.Sum256([]byte(u))
		if !ok || a.out.taken[string(sum[:])] {
			continue
		}
		a.out.taken[string(sum[:])] = true
		a.drawn++
		chunk.CallID, chunk.Name = callID, fmt.Sprintf("picture-%d%s", a.drawn, chunk.Name)
		a.send(chunk)
	}
}

// pictureOf returns the chunk for a picture in a data URL, whose name is its ending
// alone. Any other address is nobody's business: nothing is fetched from it. How large a
// file may be is for the core to say; an event has a limit of its own.
//
// Source: RFC 2397
func pictureOf(address string) (chat.FileChunk, bool) {
	rest, ok := strings.CutPrefix(address, "data:")
	head, data, comma := strings.Cut(rest, ",")
	if !ok || !comma {
		return chat.FileChunk{}, false
	}
	head, encoded := strings.CutSuffix(head, ";base64")
	media, _, _ := strings.Cut(strings.ToLower(head), ";")
	endings := map[string]string{"image/png": ".png", "image/jpeg": ".jpg", "image/gif": ".gif", "image/webp": ".webp", "image/svg+xml": ".svg"}
	ending, ok := endings[strings.TrimSpace(media)]
	if !ok {
		return chat.FileChunk{}, false
	}
	return chat.FileChunk{Name: ending, MediaType: mediaType(ending), Open: func(context.Context) (io.ReadCloser, error) {
		return openPicture(data, encoded)
	}}, true
}

func openPicture(data string, encoded bool) (io.ReadCloser, error) {
	content := []byte(data)
	var err error
	if encoded {
		content, err = base64.StdEncoding.DecodeString(data)
	} else if data, err = url.PathUnescape(data); err == nil {
		content = []byte(data)
	}
	if err != nil {
		return nil, &chat.Error{Kind: chat.KindProtocol, Op: opFile, Message: "It is not a picture.", Err: err}
	}
	return io.NopCloser(bytes.NewReader(content)), nil
}
