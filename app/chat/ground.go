package chat

import (
	"context"
	"fmt"
	"log/slog"
	"slices"

	"github.com/pomerium/pomchat/app/chat/grounding"
)

// Grounded says where the figures of an answer come from.
type Grounded struct {
	Data []TextGrounding `json:"data" nullable:"false"`
}

// TextGrounding says it for one text of the answer. Calls are numbered through the
// thread, from its root on.
type TextGrounding struct {
	TextID string           `json:"textId"`
	Report grounding.Report `json:"report"`
}

func (Grounded) event() string { return "data-grounding" }

// These bound what is looked at for one answer: cells of tables, and bytes of other texts.
const (
	groundWithin = 100_000
	groundTexts  = 32 << 10
	groundText   = 8 << 10
	// What a person attached is more of it: a paste is mostly there for its figures.
	groundAttached = 64 << 10
)

// ground matches the figures of a finished answer against the rows that the calls of
// the thread returned. That this went wrong, by a panic even, is no reason to take back an answer.
//
// An answer without rows behind it is checked, too, if it had tools to ask: figures that were
// looked up nowhere are then what people should know most. Those that the person, a tool or a
// query of the thread told are none of these. Not checked is an answer that had no tool, or that a
// provider's own tools helped with, since what these found is not ours to see.
func (t *turn) ground(ctx context.Context) {
	defer func() {
		if v := recover(); v != nil {
			t.engine.Log.LogAttrs(ctx, slog.LevelError, "figures not checked", slog.Any("error", panicked("check figures", v)))
		}
	}()
	answer := t.rec.message()
	path := append(slices.Clip(t.plan.path), answer)
	tables := t.tables(ctx, path)
	if len(tables) == 0 && (len(t.belt.all) == 0 && !called(path) || ranHosted(path)) {
		return
	}
	told := t.told(path)
	var all []TextGrounding
	for _, p := range answer.Parts {
		if text, ok := p.(TextPart); ok && text.Kind == "" {
			report := grounding.Check(text.Text, tables, told...)
			if len(report.Marks)+len(report.NotFound)+len(report.Citations) > 0 {
				all = append(all, TextGrounding{TextID: text.ID, Report: report})
			}
		}
	}
	if len(all) > 0 {
		t.rec.emit(Grounded{Data: all})
	}
}

// called reports whether the path holds a call; ranHosted, whether a provider's own tool ran in it.
func called(path []Message) bool {
	return slices.ContainsFunc(path, func(m Message) bool { return len(m.calls()) > 0 })
}

func ranHosted(path []Message) bool {
	return slices.ContainsFunc(path, func(m Message) bool {
		return slices.ContainsFunc(m.calls(), func(p ToolPart) bool { return p.Hosted && isHosted(p.Tool.Name) }) ||
			slices.ContainsFunc(m.Parts, func(p Part) bool { _, ok := p.(SourcePart); return ok })
	})
}

// told returns the texts whose figures are no inventions: the person's words, the newest first, then
// what was attached to them, what the calls asked for and what they returned beside tables, the newest first, and what the tools
// say of themselves.
func (t *turn) told(path []Message) []string {
	var texts []string
	for _, m := range slices.Backward(path) {
		if m.Role == RoleUser {
			texts = append(texts, m.Text())
		}
	}
	room := groundAttached
	for _, m := range slices.Backward(path) {
		for _, a := range m.Attachments() {
			text := headOf(a.Text, room)
			room -= len(text)
			texts = append(texts, text)
		}
	}
	left := groundTexts
	add := func(text string) {
		text = headOf(text, min(groundText, left))
		left -= len(text)
		texts = append(texts, text)
	}
	for _, m := range slices.Backward(path) {
		for _, call := range slices.Backward(m.calls()) {
			add(string(call.Input))
			add(call.ErrorText)
			if call.Output == nil {
				continue
			}
			if _, isTable := Rows(*call.Output); !isTable {
				add(call.Output.Text)
			}
		}
	}
	for _, tool := range t.belt.all {
		add(tool.Description)
	}
	return texts
}

// tables returns the tables of a path's calls, the newest first to have room, in the
// order of the calls. Of a result that was cut the whole is read.
func (t *turn) tables(ctx context.Context, path []Message) []grounding.Table {
	var calls []ToolPart
	for _, m := range path {
		calls = append(calls, m.calls()...)
	}
	var tables []grounding.Table
	for i, left := len(calls)-1, groundWithin; i >= 0 && left > 0; i-- {
		table, ok := t.tableOf(ctx, calls[i])
		if !ok {
			continue
		}
		g := grounding.Table{Call: calls[i].CallID, Number: i + 1, Rows: table.Rows}
		for _, c := range table.Columns {
			g.Columns = append(g.Columns, c.Name)
		}
		if fit := left / len(g.Columns); len(g.Rows) > fit {
			g.Rows = g.Rows[:fit]
		}
		if table.Total > len(g.Rows) {
			g.Total = table.Total
		}
		left -= len(g.Rows) * len(g.Columns)
		tables = append(tables, g)
	}
	slices.Reverse(tables)
	return tables
}

func (t *turn) tableOf(ctx context.Context, call ToolPart) (Table, bool) {
	if call.Output == nil {
		return Table{}, false
	}
	if call.Output.Truncated && call.Output.ResultID != "" {
		// What is not kept any more is judged by what the message shows of it.
		if kept, err := t.engine.Results.Result(ctx, t.caller.Subject, call.Output.ResultID); err == nil {
			return Rows(kept.Output)
		}
	}
	return Rows(*call.Output)
}

// numbered returns the path with the number of each call before its result, by which
// a model cites it; see grounding.Instructions.
func numbered(path []Message) []Message {
	n := 0
	out := slices.Clone(path)
	for i, m := range out {
		parts := slices.Clone(m.Parts)
		for j, p := range parts {
			call, ok := p.(ToolPart)
			if !ok {
				continue
			}
			n++
			if call.Output != nil {
				result := *call.Output
				result.Text = fmt.Sprintf("Call %d\n%s", n, result.Text)
				call.Output = &result
				parts[j] = call
			}
		}
		out[i].Parts = parts
	}
	return out
}
