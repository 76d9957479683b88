package chattest

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"

	"github.com/pomerium/pomchat/app/chat"
)

// ToolFunc is the work of a tool.
type ToolFunc func(ctx context.Context, arguments json.RawMessage) (chat.ToolResult, error)

// Toolbox is a chat.Toolbox with one server, "desk", whose tools are functions.
type Toolbox struct {
	tools   map[string]ToolFunc
	notices []chat.ServerNotice
	open    atomic.Int64
}

// NewToolbox returns a toolbox with these tools by their own names. The notices
// are told for every turn.
func NewToolbox(tools map[string]ToolFunc, notices ...chat.ServerNotice) *Toolbox {
	return &Toolbox{tools: tools, notices: notices}
}

// StillOpen tells how many opened Tools were not closed.
func (b *Toolbox) StillOpen() int { return int(b.open.Load()) }

// Servers implements chat.Toolbox.
func (b *Toolbox) Servers(context.Context, chat.Caller, bool) ([]chat.Server, error) {
	return []chat.Server{{ID: "desk", Name: "Desk", Status: chat.ServerReady, Tools: b.list()}}, nil
}

// Open implements chat.Toolbox.
func (b *Toolbox) Open(_ context.Context, _ chat.Caller, ids []string) (chat.Tools, error) {
	b.open.Add(1)
	return &tools{box: b, chosen: ids == nil || slices.Contains(ids, "desk")}, nil
}

func (b *Toolbox) list() []chat.Tool {
	var list []chat.Tool
	for name := range b.tools {
		list = append(list, chat.Tool{
			ToolRef:     chat.ToolRef{Name: "desk__" + name, Server: "desk", ServerName: "Desk", Tool: name},
			Description: "A tool for tests.", Schema: json.RawMessage(`{"type":"object"}`), ReadOnly: true,
		})
	}
	slices.SortFunc(list, func(a, b chat.Tool) int { return strings.Compare(a.Name, b.Name) })
	return list
}

type tools struct {
	box    *Toolbox
	chosen bool
}

func (t *tools) List() []chat.Tool {
	if !t.chosen {
		return nil
	}
	return t.box.list()
}

func (t *tools) Call(ctx context.Context, name string, arguments json.RawMessage, _ chat.Watcher) (chat.ToolResult, error) {
	do := t.box.tools[strings.TrimPrefix(name, "desk__")]
	if do == nil || !t.chosen {
		return chat.ToolResult{}, &chat.Error{Kind: chat.KindNotFound, Op: "call tool", Message: fmt.Sprintf("There is no tool called %q.", name)}
	}
	return do(ctx, arguments)
}

func (t *tools) Unavailable() []chat.ServerNotice { return t.box.notices }

func (t *tools) Close() error {
	t.box.open.Add(-1)
	return nil
}
