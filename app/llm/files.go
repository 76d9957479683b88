package llm

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/pomerium/pomchat/app/chat"
)

const (
	opFile      = "fetch generated file"
	maxFile     = 32 << 20 // bytes; the core may keep less
	fileTimeout = 2 * time.Minute
	listWait    = 10 * time.Second
	maxFilename = 200 // bytes
)

// fileOf returns the chunk for a file that a program left in its container. What
// opens it is bound to the request: containers are gone soon after it.
//
// Source: https://platform.openai.com/docs/api-reference/container-files
func (c *Client) fileOf(request context.Context, callID, container, file, name string) (chat.FileChunk, bool) {
	if !isID(container) || !isID(file) {
		return chat.FileChunk{}, false
	}
	name = cleanFilename(name, file)
	return chat.FileChunk{
		CallID: callID, Name: name, MediaType: mediaType(name),
		Open: func(ctx context.Context) (io.ReadCloser, error) { return c.openFile(ctx, request, container, file) },
	}, true
}

func isID(s string) bool { return regexp.MustCompile(`^[a-zA-Z0-9_-]{1,200}$`).MatchString(s) }

func (c *Client) openFile(ctx, request context.Context, container, file string) (io.ReadCloser, error) {
	if err := request.Err(); err != nil {
		return nil, fmt.Errorf("%s of a reply that is over: %w", opFile, err)
	}
	ctx, cancel := context.WithTimeout(ctx, fileTimeout)
	stop := context.AfterFunc(request, cancel)
	leave := func() { stop(); cancel() }
	resp, err := c.get.get(ctx, "*/*", "containers", container, "files", file, "content")
	if err != nil {
		leave()
		return nil, c.unreachable(opFile, false, err)
	}
	tooLarge := &chat.Error{Kind: chat.KindTooLarge, Op: opFile, Message: fmt.Sprintf("It is larger than %d MB.", maxFile>>20)}
	switch {
	case resp.StatusCode >= 300:
		err = c.fileRefused(resp)
	case resp.ContentLength > maxFile:
		err = tooLarge
	}
	if err != nil {
		leave()
		return nil, errors.Join(err, resp.Body.Close())
	}
	return &fileBody{ReadCloser: &bounded{ReadCloser: resp.Body, left: maxFile, limit: tooLarge}, leave: leave}, nil
}

// containerFile is what this package reads of an entry in the list of a container.
type containerFile struct {
	ID      string `json:"id"`
	Path    string `json:"path"`
	Source  string `json:"source"` // "assistant", or "user" for what was put there
	Created number `json:"created_at"`
}

// filesIn lists what programs have left in a container since a time in Unix seconds,
// oldest first: a model does not always name what it made. If the container cannot
// be asked, there is nothing.
func (c *Client) filesIn(ctx context.Context, container string, since int) []containerFile {
	ctx, cancel := context.WithTimeout(ctx, listWait)
	defer cancel()
	resp, err := c.get.get(ctx, "application/json", "containers", container, "files")
	if err != nil {
		return nil
	}
	defer resp.Body.Close()
	var list struct {
		Data []containerFile `json:"data"`
	}
	if resp.StatusCode != http.StatusOK || json.NewDecoder(io.LimitReader(resp.Body, maxList)).Decode(&list) != nil {
		return nil
	}
	made := slices.DeleteFunc(list.Data, func(f containerFile) bool { return f.Source != "assistant" || f.Created.value < since })
	slices.SortStableFunc(made, func(a, b containerFile) int { return cmp.Compare(a.Created.value, b.Created.value) })
	return made
}

func (c *Client) fileRefused(resp *http.Response) error {
	f := c.readRefusal(resp)
	if resp.StatusCode == http.StatusNotFound {
		return &chat.Error{
			Kind: chat.KindNotFound, Op: opFile, Trace: f.trace(), Err: f,
			Message: fmt.Sprintf("%s does not have it any more.", c.provider),
		}
	}
	return c.explain(opFile, "", f)
}

// fileBody ends its request when it is closed.
type fileBody struct {
	io.ReadCloser
	leave func()
}

func (b *fileBody) Close() error {
	defer b.leave()
	return b.ReadCloser.Close()
}

// cleanFilename returns a name without folders and control characters; it is
// fallback if nothing is left.
func cleanFilename(name, fallback string) string {
	name = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) {
			return -1
		}
		return r
	}, path.Base(strings.ReplaceAll(strings.ToValidUTF8(name, ""), `\`, "/")))
	if name = strings.TrimSpace(name); name == "" || strings.Trim(name, "./") == "" {
		return fallback
	}
	if ext := path.Ext(name); len(name) > maxFilename && len(ext) < 20 {
		return strings.ToValidUTF8(name[:maxFilename-len(ext)], "") + ext
	}
	return cutText(name, maxFilename)
}

// mediaType goes by the name: what a machine's own list says differs.
func mediaType(name string) string {
	types := map[string]string{
		".csv": "text/csv", ".txt": "text/plain", ".md": "text/markdown", ".json": "application/json", ".xml": "application/xml",
		".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".gif": "image/gif", ".webp": "image/webp", ".svg": "image/svg+xml",
		".pdf": "application/pdf", ".html": "text/html", ".py": "text/x-python", ".zip": "application/zip",
		".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
		".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
		".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
	}
	if t, ok := types[strings.ToLower(path.Ext(name))]; ok {
		return t
	}
	return "application/octet-stream"
}
