package e2e

import (
	"fmt"
	"io"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/pomerium/pomchat/app/chat"
)

// show prints a message as the page shows it, one line a fact.
func show(ts *testscript.TestScript, m chat.Message) {
	w := ts.Stdout()
	say := func(format string, facts ...any) { _, _ = fmt.Fprintf(w, format+"\n", facts...) }
	say("%s %s", m.Role, m.Status)
	for _, n := range m.Notices {
		say("notice %s %s: %s", n.Name, n.Status, n.Error)
	}
	for _, p := range m.Parts {
		switch p := p.(type) {
		case chat.TextPart:
			say("%s", p.Text)
		case chat.ReasoningPart:
			say("thought: %s", p.Text)
		case chat.SourcePart:
			say("source %s %q at %d to %d", p.URL, p.Title, p.Start, p.End)
		case chat.FilePart:
			say("file %s %s of %d bytes: %s", p.Name, p.MediaType, p.Size, p.URL)
		case chat.ToolPart:
			showCall(w, p)
		}
	}
	if m.Failure != nil {
		say("failure %s: %s", m.Failure.Kind, m.Failure.Message)
	}
}

func showCall(w io.Writer, p chat.ToolPart) {
	say := func(format string, facts ...any) { _, _ = fmt.Fprintf(w, format+"\n", facts...) }
	name := p.Tool.Tool
	if p.Tool.ServerName != "" {
		name = p.Tool.ServerName + " " + name
	}
	if p.Hosted {
		name += " by the provider"
	}
	say("call %s: %s", name, p.State)
	say("input: %s", p.Input)
	if a := p.Approval; a != nil && p.State == chat.CallAsked {
		say("may it? %s %s", a.Reason, a.Scopes)
	}
	if a := p.Approval; a != nil && a.Approved != nil {
		say("approved %v %s", *a.Approved, a.Scope)
	}
	for _, l := range p.Logs {
		say("log %s: %s", l.Level, l.Text)
	}
	if p.Progress != nil {
		say("progress %v of %v: %s", p.Progress.Done, p.Progress.Total, p.Progress.Message)
	}
	if a := p.Asks; a != nil {
		say("question %q %s%s, answered: %s", a.Message, a.URL, a.Schema, a.Action)
	}
	if p.Output != nil {
		say("structured: %s", p.Output.Structured)
		say("output: %s", p.Output.Text)
		if p.Output.ResultID != "" {
			say("kept: /api/results/%s", p.Output.ResultID)
		}
	}
	if p.ErrorText != "" {
		say("error: %s", p.ErrorText)
	}
}
