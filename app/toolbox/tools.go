package toolbox

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync"

	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/pomerium/pomchat/app/chat"
)

var errClosed = errors.New("the tools are closed")

// tools implements chat.Tools for one run.
type tools struct {
	box     *Toolbox
	caller  chat.Caller
	with    *credential // of the caller, renewed
	list    []chat.Tool
	byName  map[string]target
	remote  []chat.RemoteServer
	links   []*link
	notices []chat.ServerNotice

	ctx    context.Context // ends with Close, and with it every call
	cancel context.CancelCauseFunc
	calls  sync.RWMutex // read-locked by every call
}

// target is where a call goes.
type target struct {
	tool chat.Tool
	link *link
}

// newTools returns the tools of the servers that are ready, those apart that the
// provider calls, and notices of the others. The servers and what is known of them are side by side.
func newTools(box *Toolbox, c chat.Caller, servers []server, known []chat.Server, notices []chat.ServerNotice) *tools {
	t := &tools{box: box, caller: c, with: newCredential(c), byName: map[string]target{}}
	t.ctx, t.cancel = context.WithCancelCause(context.Background())
	for i, s := range servers {
		k := known[i]
		if k.Status != chat.ServerReady {
			t.notices = append(t.notices, chat.ServerNotice{Server: k.ID, Name: k.Name, Status: k.Status, Error: k.Error})
			continue
		}
		if s.remote {
			t.remote = append(t.remote, chat.RemoteServer{ID: s.id, Name: s.name, URL: s.endpoint, Tools: k.Tools})
			continue
		}
		l := newLink(box, t.with, s, k.Tools)
		t.links = append(t.links, l)
		for _, tool := range k.Tools {
			if _, taken := t.byName[tool.Name]; !taken {
				t.byName[tool.Name] = target{tool, l}
				t.list = append(t.list, tool)
			}
		}
	}
	t.notices = append(t.notices, notices...)
	return t
}

// List implements chat.Tools: server by server, and by name.
func (t *tools) List() []chat.Tool { return slices.Clone(t.list) }

// Remote implements chat.Tools. Which tools need approval is for others to say.
func (t *tools) Remote() []chat.RemoteServer {
	servers := slices.Clone(t.remote)
	for i := range servers {
		servers[i].Token = t.with.token()
	}
	return servers
}

// Renew implements chat.Tools.
func (t *tools) Renew(c chat.Caller) { t.with.renew(c) }

// Unavailable implements chat.Tools.
func (t *tools) Unavailable() []chat.ServerNotice { return slices.Clone(t.notices) }

// Call implements chat.Tools. What the server refuses in its own words is a result
// with IsError. The error is a *chat.Error: KindNotFound for an unknown tool,
// KindInvalid for arguments that are no object, KindUnauthenticated (with
// chat.ErrTokenRefused if it is the gateway that wants another token) and KindForbidden
// as server or policy say, KindLimit when the time is up or the server is busy,
// KindTooLarge, KindServerDown when the server cannot be asked, else KindInternal. Its
// trace holds what the other side calls the failure. The end of ctx shows in errors.Is.
func (t *tools) Call(ctx context.Context, name string, arguments json.RawMessage, w chat.Watcher) (chat.ToolResult, error) {
	to, ok := t.byName[name]
	if !ok {
		return chat.ToolResult{}, &chat.Error{Kind: chat.KindNotFound, Op: "call tool", Message: fmt.Sprintf("There is no tool called %q.", name)}
	}
	if len(arguments) == 0 {
		arguments = json.RawMessage("{}")
	}
	var object map[string]json.RawMessage
	if err := json.Unmarshal(arguments, &object); err != nil || object == nil {
		return chat.ToolResult{}, &chat.Error{Kind: chat.KindInvalid, Op: "call tool", Message: "The arguments are not a JSON object.", Err: err}
	}
	t.calls.RLock()
	defer t.calls.RUnlock()
	ctx, o := t.begin(ctx, w)
	defer o.finish()
	ctx, seen := withTrace(ctx)
	params := mcp.CallToolParams{Name: to.tool.Tool, Arguments: arguments}
	res, err := to.link.call(ctx, o, seen, params)
	if err != nil {
		return t.failed(ctx, to, seen.see(), err)
	}
	if !to.tool.ReadOnly && to.link.tellsChanges() {
		// What it did may be to the tools, and its notice may come when nobody listens.
		t.outdate(to)
	}
	result, err := convert(res, o.rawResult(), t.box.cfg.MaxOutput)
	if err != nil {
		return chat.ToolResult{}, &chat.Error{Kind: chat.KindInternal, Op: "call tool", Message: "The result could not be read.", Err: err}
	}
	if result.IsError && notKnown(result.Text) {
		t.outdate(to)
		result.Text += changedTools
	}
	return result, nil
}

// outdate has the server's tools listed anew for the caller's next run.
func (t *tools) outdate(to target) {
	t.box.probes.outdate(func(k probeKey) bool { return k == keyOf(t.caller, to.link.server) })
}

// failed tells a call that brought no result.
func (t *tools) failed(ctx context.Context, to target, seen sight, err error) (chat.ToolResult, error) {
	server := to.tool.ServerName
	fail := func(v verdict, format string, args ...any) (chat.ToolResult, error) {
		return chat.ToolResult{}, &chat.Error{
			Kind: v.kind, Op: "call " + to.tool.Name, Message: fmt.Sprintf(format, args...),
			Trace: v.trace, Err: errors.Join(context.Cause(ctx), err),
		}
	}
	switch context.Cause(ctx) {
	case nil:
	case errSilent:
		return fail(verdict{kind: chat.KindLimit}, "%s said nothing for %s, so the call was cancelled; it may have been carried out.", server, lasting(t.box.cfg.Idle))
	case errTooLong:
		return fail(verdict{kind: chat.KindLimit}, "%s was not done after %s, the longest that a call may take, so it was cancelled; it may have been carried out.", server, lasting(t.box.cfg.CallCap))
	default:
		return fail(verdict{kind: chat.KindInternal}, "The call was cancelled.")
	}
	if errors.Is(err, errUnvisited) {
		return chat.ToolResult{IsError: true, Text: server + " wants a page to be visited first, and it was not."}, nil
	}
	v := judge(ctx, seen, err, 0)
	if v.kind == chat.KindUnauthenticated && t.refused(ctx) {
		err = errors.Join(chat.ErrTokenRefused, err)
	}
	if rpc, ok := refusal(seen, err); ok && v.status == chat.ServerDown {
		refused := chat.ToolResult{IsError: true, Text: cut(server+" refused the call: "+rpc.Message, t.box.cfg.MaxOutput)}
		if rpc.Code == jsonrpc.CodeInvalidParams || rpc.Code == jsonrpc.CodeMethodNotFound || notKnown(rpc.Message) {
			t.outdate(to)
			refused.Text += changedTools
		}
		return refused, nil
	}
	t.outdate(to)
	t.box.cfg.Log.LogAttrs(ctx, slog.LevelWarn, "MCP call failed",
		slog.String("server", to.link.server.id), slog.String("tool", to.tool.Tool), slog.Any("error", err))
	if rpc, ok := refusal(seen, err); ok && v.status == chat.ServerNoAccess && rpc != nil {
		return fail(v, "This call of %s was blocked by policy.", server)
	}
	if errors.Is(err, errSent) {
		return fail(v, "%s was asked, but %s. The call may have been carried out.", server, v.reason)
	}
	return fail(v, "%s could not be asked: %s.", server, v.reason)
}

// refused reports whether it is the gateway that does not take the caller's token, and not
// the server that wants a login of its own: a server's 401 means either.
func (t *tools) refused(ctx context.Context) bool {
	if t.box.cfg.Directory == nil {
		return false
	}
	ctx, cancel := context.WithTimeout(ctx, t.box.cfg.Patience)
	defer cancel()
	_, err := t.box.cfg.Directory.Servers(ctx, t.with.now())
	return chat.KindOf(err) == chat.KindUnauthenticated
}

// Close implements chat.Tools: it cancels the calls that are still going on and
// hangs up. It has no error to tell; a server that does not take leave properly
// is none of the run's business.
func (t *tools) Close() error {
	t.cancel(errClosed)
	t.calls.Lock()
	defer t.calls.Unlock()
	var all sync.WaitGroup
	for _, l := range t.links {
		all.Go(l.close)
	}
	all.Wait()
	return nil
}
