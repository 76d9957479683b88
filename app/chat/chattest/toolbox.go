package chattest

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/pomerium/pomchat/app/chat"
)

// ToolFunc is the work of a tool.
type ToolFunc func(ctx context.Context, arguments json.RawMessage) (chat.ToolResult, error)

// WatchedFunc is the work of a tool that says something meanwhile.
type WatchedFunc func(ctx context.Context, arguments json.RawMessage, w chat.Watcher) (chat.ToolResult, error)

// Toolbox is a chat.Toolbox, and chat.Resources, with one server, "desk", whose tools are functions.
type Toolbox struct {
	tools   map[string]WatchedFunc
	notices []chat.ServerNotice
	remote  []chat.RemoteServer
	retell  func(*chat.Tool)
	texts   map[string]string // what can be read, by URI
	open    atomic.Int64

	mu       sync.Mutex
	renewals []chat.Caller
}

// NewToolbox returns a toolbox with these tools by their own names. They are trusted
// and only read, but for those whose names begin with "write". The notices are told
// for every turn.
func NewToolbox(tools map[string]ToolFunc, notices ...chat.ServerNotice) *Toolbox {
	b := &Toolbox{tools: map[string]WatchedFunc{}, notices: notices}
	for name, do := range tools {
		b.Watched(name, func(ctx context.Context, arguments json.RawMessage, _ chat.Watcher) (chat.ToolResult, error) {
			return do(ctx, arguments)
		})
	}
	return b
}

// Clone returns another toolbox with the same tools, of which none is open.
func (b *Toolbox) Clone() *Toolbox {
	return &Toolbox{tools: maps.Clone(b.tools), notices: b.notices, remote: b.remote, retell: b.retell, texts: b.texts}
}

// Watched adds a tool; not while others use the toolbox.
func (b *Toolbox) Watched(name string, do WatchedFunc) { b.tools[name] = do }

// ByProvider adds servers that the model's provider calls itself; not while others
// use the toolbox.
func (b *Toolbox) ByProvider(servers ...chat.RemoteServer) { b.remote = append(b.remote, servers...) }

// Retell makes servers describe their tools otherwise from now on; not while others use
// the toolbox.
func (b *Toolbox) Retell(change func(*chat.Tool)) { b.retell = change }

func (b *Toolbox) retold(tools []chat.Tool) []chat.Tool {
	tools = slices.Clone(tools)
	for i := range tools {
		if b.retell != nil {
			b.retell(&tools[i])
		}
	}
	return tools
}

// StillOpen tells how many opened Tools were not closed.
func (b *Toolbox) StillOpen() int { return int(b.open.Load()) }

// Renewals tells with which callers opened Tools were renewed, in order.
func (b *Toolbox) Renewals() []chat.Caller {
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.Clone(b.renewals)
}

// Servers implements chat.Toolbox.
func (b *Toolbox) Servers(context.Context, chat.Caller, bool) ([]chat.Server, error) {
	return []chat.Server{{ID: "desk", Name: "Desk", Status: chat.ServerReady, Tools: b.list()}}, nil
}

// Server implements chat.Toolbox.
func (b *Toolbox) Server(ctx context.Context, c chat.Caller, id string) (chat.Server, error) {
	if id != "desk" {
		return chat.Server{}, &chat.Error{Kind: chat.KindNotFound, Op: "ask server", Message: "There is no such server."}
	}
	all, err := b.Servers(ctx, c, true)
	return all[0], err
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
			Description: "A tool for tests.", Schema: json.RawMessage(`{"type":"object"}`), ReadOnly: !strings.HasPrefix(name, "write"), Trusted: true,
		})
	}
	slices.SortFunc(list, func(a, b chat.Tool) int { return strings.Compare(a.Name, b.Name) })
	return b.retold(list)
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

func (t *tools) Call(ctx context.Context, name string, arguments json.RawMessage, w chat.Watcher) (chat.ToolResult, error) {
	do := t.box.tools[strings.TrimPrefix(name, "desk__")]
	if do == nil || !t.chosen {
		return chat.ToolResult{}, &chat.Error{Kind: chat.KindNotFound, Op: "call tool", Message: fmt.Sprintf("There is no tool called %q.", name)}
	}
	return do(ctx, arguments, w)
}

func (t *tools) Remote() []chat.RemoteServer {
	servers := slices.Clone(t.box.remote)
	for i := range servers {
		servers[i].Tools = t.box.retold(servers[i].Tools)
	}
	return servers
}

func (t *tools) Unavailable() []chat.ServerNotice { return t.box.notices }

func (t *tools) Renew(c chat.Caller) {
	t.box.mu.Lock()
	defer t.box.mu.Unlock()
	t.box.renewals = append(t.box.renewals, c)
}

func (t *tools) Close() error {
	t.box.open.Add(-1)
	return nil
}
