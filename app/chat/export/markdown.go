package export

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"strings"
	"time"

	"github.com/pomerium/pomchat/app/chat"
)

// Markdown writes a document whose messages are one line of the tree, from the root, as a
// report: the questions, the answers, and each call with its arguments and the beginning of its
// result. Beyond the document it holds one part of a message in memory. Errors are the
// writer's.
func Markdown(w io.Writer, d Document) error {
	p := printer{Writer: bufio.NewWriter(w)}
	p.head(d)
	for _, m := range d.Messages {
		if m.Role == chat.RoleUser {
			p.question(m)
		} else {
			p.answer(m)
		}
	}
	if p.calls > 0 {
		p.block("---")
		p.block(`A figure's source is written \[call:row\]; rows count from 1.`)
	}
	return p.Flush()
}

// printer writes blocks, each with a blank line after it.
type printer struct {
	*bufio.Writer
	questions, calls int
}

// block writes one block. What cannot be written is told by Flush.
func (p *printer) block(text string) {
	if text = strings.TrimRight(text, "\n"); text != "" {
		_, _ = p.WriteString(text + "\n\n")
	}
}

func (p *printer) head(d Document) {
	title := d.Thread.Title
	if title == "" {
		title = "Untitled"
	}
	p.block("# " + oneLine(title))
	facts := []string{"Asked by " + oneLine(asked(d.Owner)), "begun " + moment(d.Thread.CreatedAt), "last changed " + moment(d.Thread.UpdatedAt)}
	if d.Thread.Archived {
		facts = append(facts, "archived")
	}
	p.block(strings.Join(append(facts, "exported "+moment(d.ExportedAt)), " · "))
}

func asked(o Asker) string {
	switch {
	case o.Name == "" || o.Name == o.Email:
		return o.Email
	case o.Email == "":
		return o.Name
	}
	return o.Name + " (" + o.Email + ")"
}

func moment(at time.Time) string { return at.UTC().Format("2006-01-02 15:04 UTC") }

func (p *printer) question(m chat.Message) {
	p.questions++
	p.block(fmt.Sprintf("## Question %d", p.questions))
	p.block(moment(m.CreatedAt))
	text := strings.Trim(m.Text(), "\n")
	if strings.Contains(text, "\n ") || strings.Contains(text, "\n\t") {
		p.block(quoted(fenced("text", text))) // its indentation means something
	} else if text != "" {
		p.block(quoted(plain(text)))
	}
	for _, part := range m.Parts {
		if file, ok := part.(chat.FilePart); ok {
			p.file(file)
		}
	}
}

func (p *printer) answer(m chat.Message) {
	p.block("### Answer")
	facts := []string{moment(m.CreatedAt)}
	if m.Model != "" {
		facts = append(facts, oneLine(m.Model))
	}
	if m.EndedAt != nil {
		facts = append(facts, "took "+m.EndedAt.Sub(m.CreatedAt).Round(100*time.Millisecond).String())
	}
	p.block(strings.Join(facts, " · "))
	for _, n := range m.Notices {
		p.block(quoted("**" + oneLine(n.Name) + " could not be used.** " + oneLine(n.Error)))
	}
	var sources []chat.SourcePart
	for _, part := range m.Parts {
		switch part := part.(type) {
		case chat.TextPart:
			p.block(prose(part.Text))
		case chat.ToolPart:
			p.call(part)
		case chat.FilePart:
			p.file(part)
		case chat.SourcePart:
			sources = append(sources, part)
		}
	}
	p.sources(sources)
	switch m.Status {
	case chat.StatusFailed:
		p.failure(m.Failure)
	case chat.StatusStopped:
		p.block(quoted("**Stopped** before it was complete."))
	case chat.StatusRunning:
		p.block(quoted("**Still being written** when this was exported."))
	}
}

func (p *printer) failure(f *chat.Failure) {
	if f == nil {
		f = &chat.Failure{}
	}
	p.block(quoted("**Failed.** " + oneLine(f.Message) + traced(f.Trace)))
}

// traced says where a failure can be looked up.
func traced(t *chat.Trace) string {
	if t == nil || t.RequestID == "" {
		return ""
	}
	return " Request id: " + oneLine(t.RequestID)
}

func (p *printer) file(f chat.FilePart) {
	p.block(fmt.Sprintf("File: %s (%s, %d bytes)", oneLine(f.Name), oneLine(f.MediaType), f.Size))
}

// sources lists the pages that the answer cites, each once.
func (p *printer) sources(sources []chat.SourcePart) {
	seen := map[string]bool{}
	var list strings.Builder
	for _, s := range sources {
		address, err := url.Parse(s.URL)
		if err != nil || seen[s.URL] || address.Scheme != "http" && address.Scheme != "https" {
			continue
		}
		seen[s.URL] = true
		title := s.Title
		if title == "" {
			title = address.Host
		}
		link := strings.NewReplacer("<", "%3C", ">", "%3E", "\\", "%5C", "&", "&amp;", " ", "%20").Replace(address.String())
		fmt.Fprintf(&list, "%d. [%s](<%s>)\n", len(seen), oneLine(title), link)
	}
	if list.Len() > 0 {
		p.block("Sources:")
		p.block(list.String())
	}
}

// arguments writes those of a call: SQL as such, and the rest as JSON.
func (p *printer) arguments(input json.RawMessage) {
	fields := map[string]json.RawMessage{}
	if json.Unmarshal(input, &fields) != nil {
		if len(input) > 0 {
			p.block(fenced("json", string(input)))
		}
		return
	}
	for _, name := range []string{"sql", "query", "statement"} {
		var text string
		if json.Unmarshal(fields[name], &text) == nil && text != "" && (name == "sql" || looksLikeSQL(text)) {
			delete(fields, name)
			p.block(fenced("sql", text))
			break
		}
	}
	if len(fields) == 0 {
		return
	}
	if rest, err := json.MarshalIndent(fields, "", "  "); err == nil {
		p.block(fenced("json", string(rest)))
	}
}

func looksLikeSQL(text string) bool {
	first, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(text)), " ")
	first, _, _ = strings.Cut(first, "\n")
	return first == "select" || first == "with" || first == "explain"
}
