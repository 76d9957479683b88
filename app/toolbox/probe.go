package toolbox

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/pomerium/pomchat/app/chat"
)

// What of one server is listed at most. Each caller's view of it is remembered.
const (
	maxTools = 2000
	maxPages = 200
	maxList  = 8 << 20 // bytes of all pages

	// MCP allows names of 128 characters. They go with each call.
	maxToolName = 256 // bytes
)

// What a server says of how long its list of tools holds is believed within these.
//
// Source: https://modelcontextprotocol.io/specification/2026-07-28/server/utilities/caching
const (
	shortestMemory = time.Second
	longestMemory  = 5 * time.Minute
)

var (
	errTooMany = errors.New("too many tools")
	errEndless = errors.New("the list of tools does not end")
	errVast    = errors.New("the list of tools is too long")
)

// probe lists the tools of a server and tells how that went. Last is how the server was
// before, if that is known: what has not changed began then.
func (t *Toolbox) probe(ctx context.Context, c chat.Caller, s server, last chat.Server) finding {
	ctx, cancel := context.WithTimeout(ctx, t.cfg.Patience)
	defer cancel()
	ctx, seen := withTrace(ctx)
	out := chat.Server{
		ID: s.id, Name: s.name, Description: s.description, URL: s.url, Status: chat.ServerReady,
		Trusted: s.trusted, Remote: s.remote, Connected: s.connected,
	}
	listed, holds, prompts, err := t.listTools(ctx, c, s)
	out.CheckedAt = time.Now()
	if err != nil {
		v := judge(ctx, seen.see(), err, t.cfg.Patience)
		out.Status, out.Error = v.status, sentence(v.reason)
		if out.Since = out.CheckedAt; last.Status == out.Status && !last.Since.IsZero() {
			out.Since = last.Since
		}
		if v.trace != (chat.Trace{}) {
			out.Trace = &v.trace
		}
		t.cfg.Log.LogAttrs(ctx, slog.LevelInfo, "MCP server is not ready",
			slog.String("server", s.id), slog.String("status", string(out.Status)), slog.Any("error", err))
		if v.status == chat.ServerNeedsConnect && aged(c) {
			return finding{out, 0} // that may be all that is wrong
		}
		return finding{out, t.cfg.Memory}
	}
	out.Tools, out.Prompts = t.describe(ctx, s, listed), prompts
	out.Changes = t.history.compare(keyOf(c, s), listed, out.CheckedAt)
	if holds == 0 {
		return finding{out, t.cfg.Memory}
	}
	return finding{out, min(max(holds, shortestMemory), longestMemory)}
}

// listTools lists all tools of a server, as session.list does, and tells whether it
// offers prompts beside them.
func (t *Toolbox) listTools(ctx context.Context, c chat.Caller, s server) (all []*mcp.Tool, holds time.Duration, prompts bool, err error) {
	conn, err := s.connect(ctx, newCredential(c), newLine(nil))
	if err != nil {
		return nil, 0, false, err
	}
	defer t.hangUp(s, conn)
	all, holds, err = conn.list(ctx)
	return all, holds, conn.offersPrompts(), err
}

// list lists all tools of a server, and says how long that holds; 0 if the server
// does not say.
func (s *session) list(ctx context.Context) (all []*mcp.Tool, holds time.Duration, err error) {
	err = guarded(func() error {
		params, heard := &mcp.ListToolsParams{}, s.line.heard()
		for range maxPages {
			page, err := s.ListTools(ctx, params)
			if err != nil {
				return fmt.Errorf("list tools: %w", err)
			}
			all = append(all, page.Tools...)
			switch {
			case len(all) > maxTools:
				return errTooMany
			case s.line.heard()-heard > maxList:
				return errVast
			}
			if ttl := time.Duration(min(page.TTLMs, 1<<30)) * time.Millisecond; ttl > 0 && (holds == 0 || ttl < holds) {
				holds = ttl
			}
			if page.NextCursor == "" {
				return nil
			}
			if page.NextCursor == params.Cursor {
				return errEndless
			}
			params = &mcp.ListToolsParams{Cursor: page.NextCursor}
		}
		return errEndless
	})
	return all, holds, err
}

// hangUp ends a session as well as it can.
func (t *Toolbox) hangUp(s server, conn *session) {
	if err := conn.hangUp(); err != nil {
		t.cfg.Log.Debug("MCP session did not end well", slog.String("server", s.id), slog.Any("error", err))
	}
}

// describe turns listed tools into the core's, in the order of their names. Of
// two with the same name the second is left out.
func (t *Toolbox) describe(ctx context.Context, s server, listed []*mcp.Tool) []chat.Tool {
	tools := make([]chat.Tool, 0, len(listed))
	for _, tool := range listed {
		if len(tool.Name) > maxToolName {
			t.cfg.Log.LogAttrs(ctx, slog.LevelWarn, "tool of an MCP server left out: its name is too long",
				slog.String("server", s.id), slog.String("tool", brief(tool.Name)))
			continue
		}
		schema, err := json.Marshal(tool.InputSchema)
		if err != nil || string(schema) == "null" {
			schema = json.RawMessage(`{"type":"object"}`)
		}
		title, readOnly, addsOnly := tool.Title, false, false
		if a := tool.Annotations; a != nil {
			readOnly, addsOnly = promises(a)
			if title == "" {
				title = a.Title
			}
		}
		tools = append(tools, chat.Tool{
			ToolRef: chat.ToolRef{
				Name: callName(s.prefix, tool.Name), Server: s.id, ServerName: s.name, Tool: tool.Name, Title: brief(title),
			},
			Description: tool.Description, Schema: schema, ReadOnly: readOnly, AddsOnly: addsOnly, Trusted: s.trusted, ServerURL: s.url, Seal: sealOf(s),
		})
	}
	unique := inOrder(tools)
	if n := len(tools) - len(unique); n > 0 {
		t.cfg.Log.LogAttrs(ctx, slog.LevelWarn, "MCP server lists tools twice",
			slog.String("server", s.id), slog.Int("left out", n))
	}
	return unique
}

// promises reads what a server says of a tool. One that reads and destroys is no promise
// of anything.
//
// Source: https://modelcontextprotocol.io/specification/2025-11-25/schema#toolannotations
func promises(a *mcp.ToolAnnotations) (readOnly, addsOnly bool) {
	destroys := a.DestructiveHint != nil && *a.DestructiveHint
	return a.ReadOnlyHint && !destroys, a.DestructiveHint != nil && !destroys
}
