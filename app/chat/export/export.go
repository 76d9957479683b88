// Package export writes a thread as a file that its owner takes along: one line of it in
// Markdown, for people, or the whole tree in JSON, for programs. What models and tools wrote
// cannot pose as a part of the file's own structure, nor have a viewer load anything from
// elsewhere.
package export

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode"

	"github.com/pomerium/pomchat/app/chat"
)

// Version is the version of the JSON form. Members may be added to it; one that goes, or
// means something else, makes another version.
const Version = 1

// Document is an exported thread.
type Document struct {
	Version    int            `json:"version" doc:"Of this form: 1. Members may be added to it."`
	ExportedAt time.Time      `json:"exportedAt"`
	Owner      Asker          `json:"owner"`
	Thread     Heading        `json:"thread"`
	Settings   chat.Settings  `json:"settings"`
	Messages   []chat.Message `json:"messages" nullable:"false" doc:"The whole tree, in the order of creation. Of a long result only the beginning is here."`
}

// Asker is the person who asked.
type Asker struct {
	Name  string `json:"name"`
	Email string `json:"email,omitempty"`
}

// Heading is what an export says of a thread as such.
type Heading struct {
	ID        string    `json:"id"`
	Title     string    `json:"title"`
	Archived  bool      `json:"archived"`
	CreatedAt time.Time `json:"createdAt"`
	UpdatedAt time.Time `json:"updatedAt" doc:"When something was last asked or answered."`
}

// New returns the document of a thread with its messages.
func New(owner chat.Identity, t chat.Thread, messages []chat.Message, now time.Time) Document {
	return Document{
		Version: Version, ExportedAt: now.UTC().Truncate(time.Second), Owner: Asker{owner.Name, owner.Email},
		Thread:   Heading{t.ID, t.Title, t.Archived, t.CreatedAt, t.UpdatedAt},
		Settings: t.Settings, Messages: messages,
	}
}

// JSON writes the document, each message on a line of its own. Beyond the document it holds one
// encoded message in memory. Errors are the writer's.
func JSON(w io.Writer, d Document) error {
	messages := d.Messages
	d.Messages = []chat.Message{}
	head, err := json.Marshal(d)
	if err != nil {
		return fmt.Errorf("encode the head of an export: %w", err)
	}
	out := bufio.NewWriter(w)
	_, _ = out.Write(head[:len(head)-len("]}")]) // Flush tells what fails
	for i, m := range messages {
		line, err := json.Marshal(m)
		if err != nil {
			return fmt.Errorf("encode message %s: %w", m.ID, err)
		}
		if i > 0 {
			_ = out.WriteByte(',')
		}
		_ = out.WriteByte('\n')
		_, _ = out.Write(line)
	}
	_, _ = out.WriteString("\n]}\n")
	return out.Flush()
}

const longestName = 80 // characters

// FileName returns a name for the file, made of the thread's title: no path, no character that
// some file system refuses, and not hidden.
func FileName(title, extension string) string {
	name := strings.Join(strings.FieldsFunc(title, func(r rune) bool {
		return unicode.IsSpace(r) || !unicode.IsGraphic(r) || unicode.Is(unicode.Cf, r) || strings.ContainsRune(`/\:*?"<>|`, r)
	}), " ")
	if runes := []rune(name); len(runes) > longestName {
		name = string(runes[:longestName])
	}
	if name = strings.Trim(name, " ."); name == "" {
		name = "Thread"
	}
	return name + "." + extension
}
