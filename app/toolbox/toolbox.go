// Package toolbox lets a run use the tools of MCP servers, by clients of the
// go-sdk. It implements chat.Toolbox.
//
// A server's status is what really came of listing its tools, remembered for a
// short time. Opening tools costs nothing while that is remembered: a run
// connects to a server at its first call there, and again after the connection
// was lost.
package toolbox

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/pomerium/pomchat/app/chat"
)

// retryAfter is how long an opening run believes that a server is down.
const retryAfter = 5 * time.Second

// Toolbox knows the servers and their statuses. It is safe for concurrent use.
type Toolbox struct {
	cfg     Config
	web     *web
	servers []server
	probes  probes
	history history
	counted atomic.Int64 // calls, for their names
}

// New returns a toolbox for the servers of cfg; it connects to none yet. The
// error is one sentence about a wrong id or URL.
func New(cfg Config) (*Toolbox, error) {
	cfg, err := cfg.complete()
	if err != nil {
		return nil, err
	}
	t := &Toolbox{cfg: cfg, web: newWeb(cfg)}
	t.probes.init()
	for _, b := range cfg.Builtin {
		t.servers = append(t.servers, server{
			id: b.ID, name: b.Name, description: b.Description, trusted: true, connect: inProcess(cfg.Version, b.Server),
		})
	}
	for _, r := range cfg.Remote {
		t.servers = append(t.servers, server{
			id: r.ID, name: r.Name, url: r.URL, connect: t.web.connector(cfg.Version, r.URL),
			trusted: cfg.trusts(r.ID), remote: slices.Contains(cfg.RemoteByProvider, r.ID),
		})
	}
	return t, nil
}

// Close ends what is being found out and drops idle connections. Tools that are
// still open stay so. Afterwards the toolbox answers with errors.
func (t *Toolbox) Close() error {
	t.probes.close()
	t.web.close()
	return nil
}

// Servers implements chat.Toolbox. It asks all servers side by side, so it takes no
// longer than Config.Patience. The error is that ctx has ended.
func (t *Toolbox) Servers(ctx context.Context, c chat.Caller, fresh bool) ([]chat.Server, error) {
	return t.statuses(ctx, c, t.list(c), func(f finding) bool { return !fresh && f.within(f.holds) })
}

// Open implements chat.Toolbox. The error is that ctx has ended.
func (t *Toolbox) Open(ctx context.Context, c chat.Caller, ids []string) (chat.Tools, error) {
	var chosen []server
	for _, s := range t.list(c) {
		if ids == nil || slices.Contains(ids, s.id) {
			chosen = append(chosen, s)
		}
	}
	known, err := t.statuses(ctx, c, chosen, func(f finding) bool {
		return f.within(min(retryAfter, f.holds)) || f.server.Status == chat.ServerReady && f.within(f.holds)
	})
	if err != nil {
		return nil, err
	}
	return newTools(t, c, chosen, known, unknown(ids, chosen)), nil
}

// list returns the servers of a caller. Standing alone, all see the same.
func (t *Toolbox) list(chat.Caller) []server { return t.servers }

// statuses tells how the servers are, asking those of which nothing is remembered
// that suffices.
func (t *Toolbox) statuses(ctx context.Context, c chat.Caller, servers []server, suffices func(finding) bool) ([]chat.Server, error) {
	found, errs := make([]chat.Server, len(servers)), make([]error, len(servers))
	var all sync.WaitGroup
	for i, s := range servers {
		all.Go(func() {
			found[i], errs[i] = t.probes.get(ctx, keyOf(c, s), suffices, func(ctx context.Context) finding {
				return t.probe(ctx, c, s)
			})
		})
	}
	all.Wait()
	if err := errors.Join(errs...); err != nil {
		return nil, fmt.Errorf("ask the MCP servers: %w", err)
	}
	return found, nil
}

// unknown returns notices for ids that are no server's.
func unknown(ids []string, chosen []server) []chat.ServerNotice {
	var notices []chat.ServerNotice
	for _, id := range ids {
		if !slices.ContainsFunc(chosen, func(s server) bool { return s.id == id }) {
			notices = append(notices, chat.ServerNotice{
				Server: id, Name: id, Status: chat.ServerDown, Error: "There is no such server any more.",
			})
		}
	}
	return notices
}
