package chat

import (
	"context"
	"fmt"
	"strings"
	"unicode/utf8"
)

// Attachment is what shall go with a question, in one of three forms: a Text with its Name
// and MediaType; a resource, by Server and URI, which is read when the question is asked;
// or what an earlier question of the thread had, by MessageID and PartID.
type Attachment struct {
	Name      string // what people call it; a resource without one is called by its URI
	MediaType string
	Text      string

	Server, URI       string
	MessageID, PartID string
}

// Attachments returns what goes with the message.
func (m Message) Attachments() []AttachmentPart {
	var all []AttachmentPart
	for _, p := range m.Parts {
		if a, ok := p.(AttachmentPart); ok {
			all = append(all, a)
		}
	}
	return all
}

const (
	maxAttachmentName = 200 // runes
	maxMediaType      = 100 // bytes
	maxResourceURI    = 4 << 10
)

// attach adds what goes with a question to its parts, but for the texts of resources. What is
// wrong is told of the first attachment that is.
func (e *Engine) attach(parts Parts, given []Attachment, messages []Message) (Parts, error) {
	limits := e.EngineConfig.Limits
	if len(given) > limits.MaxAttachments {
		return nil, &Error{
			Kind: KindTooLarge, Op: "attach", Field: "attachments",
			Message: fmt.Sprintf("%d things are attached, and %d are the most. Leave some out.", len(given), limits.MaxAttachments),
		}
	}
	for i, a := range given {
		field := fmt.Sprintf("attachments[%d]", i)
		part, err := a.part(messages)
		if err != nil {
			err.Field = field
			return nil, err
		}
		part.ID = fmt.Sprintf("a%d", i+1)
		parts = append(parts, part)
	}
	return parts, e.fit(parts)
}

// part is the attachment as it is stored; that of a resource has no text yet.
func (a Attachment) part(messages []Message) (AttachmentPart, *Error) {
	wrong := func(kind Kind, format string, args ...any) (AttachmentPart, *Error) {
		return AttachmentPart{}, &Error{Kind: kind, Op: "attach", Message: fmt.Sprintf(format, args...)}
	}
	text, resource, old := a.Text != "", a.Server != "" || a.URI != "", a.MessageID != "" || a.PartID != ""
	name := headRunes(CleanTitle(a.Name), maxAttachmentName)
	switch {
	case text && (resource || old) || resource && old:
		return wrong(KindInvalid, "An attachment is a text, a resource of a server, or one of an earlier question, and %s is more than one of these.", quoted(name))
	case old:
		for _, m := range messages {
			for _, p := range m.Attachments() {
				if m.ID == a.MessageID && p.ID == a.PartID {
					return p, nil
				}
			}
		}
		return wrong(KindInvalid, "What was attached to the earlier question is not there any more. Attach it anew.")
	case resource && (a.Server == "" || a.URI == "" || len(a.URI) > maxResourceURI || !utf8.ValidString(a.URI)):
		return wrong(KindInvalid, "%s does not name a resource of a server.", quoted(name))
	case resource:
		if name == "" {
			name = headRunes(CleanTitle(a.URI), maxAttachmentName)
		}
		return AttachmentPart{Name: name, Server: a.Server, URI: a.URI}, nil
	case blank(a.Text):
		return wrong(KindInvalid, "%s is empty. Leave it out.", quoted(name))
	case strings.ContainsRune(a.Text, 0) || !utf8.ValidString(a.Text):
		return wrong(KindInvalid, "%s is not text, and only text can be attached.", quoted(name))
	}
	if name == "" {
		name = "Text"
	}
	return AttachmentPart{Name: name, MediaType: mediaType(a.MediaType), Text: a.Text}, nil
}

// fit checks the sizes of what is attached, as far as it is known.
func (e *Engine) fit(parts Parts) error {
	limits, total := e.EngineConfig.Limits, 0
	n := -1
	for _, p := range parts {
		a, ok := p.(AttachmentPart)
		if !ok {
			continue
		}
		n++
		if total += len(a.Text); len(a.Text) > limits.MaxAttachment {
			return &Error{
				Kind: KindTooLarge, Op: "attach", Field: fmt.Sprintf("attachments[%d]", n),
				Message: fmt.Sprintf("%s is %d kB long, and at most %d kB can be attached in one piece. Attach a part of it.", quoted(a.Name), kilobytes(len(a.Text)), limits.MaxAttachment/1024),
			}
		}
		if total > limits.MaxAttached {
			return &Error{
				Kind: KindTooLarge, Op: "attach", Field: fmt.Sprintf("attachments[%d]", n),
				Message: fmt.Sprintf("With %s, what is attached is more than the %d kB that fit a question. Leave something out.", quoted(a.Name), limits.MaxAttached/1024),
			}
		}
	}
	return nil
}

// readResources reads the resources among the parts of a question that have no text yet,
// into the parts themselves.
func (e *Engine) readResources(ctx context.Context, c Caller, parts Parts) error {
	n := -1
	for i, p := range parts {
		a, ok := p.(AttachmentPart)
		if !ok {
			continue
		}
		if n++; a.Server == "" || a.Text != "" {
			continue
		}
		read, err := e.readResource(ctx, c, a)
		if err != nil {
			err.Field = fmt.Sprintf("attachments[%d]", n)
			return err
		}
		a.Text, a.MediaType, a.ServerName = read.Text, mediaType(read.MediaType), read.ServerName
		parts[i] = a
	}
	return e.fit(parts)
}

// readResource reads one.
func (e *Engine) readResource(ctx context.Context, c Caller, a AttachmentPart) (ResourceText, *Error) {
	wrong := func(kind Kind, why string, err error) (ResourceText, *Error) {
		return ResourceText{}, &Error{Kind: kind, Op: "attach resource", Err: err, Message: fmt.Sprintf("%s could not be attached. %s", quoted(a.Name), why)}
	}
	if e.Resources == nil {
		return wrong(KindInvalid, "Resources of servers cannot be read here.", nil)
	}
	read, err := e.Resources.ReadResource(ctx, c, a.Server, a.URI)
	switch {
	case err == nil && blank(read.Text):
		return wrong(KindInvalid, "It is empty.", nil)
	case err == nil:
		return read, nil
	default:
		return wrong(KindOf(err), MessageOf(err), err)
	}
}

// quoted names an attachment in a sentence.
func quoted(name string) string {
	if name == "" {
		return "One of the attachments"
	}
	return "“" + name + "”"
}

func kilobytes(n int) int { return (n + 1023) / 1024 }

func headRunes(s string, most int) string {
	if runes := []rune(s); len(runes) > most {
		return string(runes[:most-1]) + "…"
	}
	return s
}

// mediaType returns a media type if it looks like one, else that of plain text.
func mediaType(s string) string {
	s, _, _ = strings.Cut(strings.ToLower(s), ";")
	s = strings.TrimSpace(s)
	odd := func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || strings.ContainsRune("/.+-_", r))
	}
	if len(s) > maxMediaType || strings.Count(s, "/") != 1 || strings.ContainsFunc(s, odd) {
		return "text/plain"
	}
	return s
}
