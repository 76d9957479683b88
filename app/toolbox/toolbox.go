// Package toolbox lets a run use the tools of MCP servers, by clients of the
// go-sdk. It implements chat.Toolbox and chat.Resources.
//
// Which servers there are is fixed, or asked of a Directory for each caller. A
// server's status is what really came of listing its tools, remembered for a
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
	cfg       Config
	web       *web
	servers   []server // that all callers have
	lists     memory[chat.Subject, listing]
	probes    memory[probeKey, finding]
	offers    memory[probeKey, offer] // prompts
	resources memory[probeKey, offered]
	strays    sync.Map // names that fit no server, once that was logged
	history   history
	counted   atomic.Int64 // calls, for their names
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
	t.offers.init()
	t.lists.init()
	t.resources.init()
	for _, b := range cfg.Builtin {
		t.servers = append(t.servers, server{
			id: b.ID, prefix: b.ID, name: b.Name, description: b.Description, trusted: true, connect: inProcess(cfg.Version, b.Server),
		})
	}
	for _, r := range cfg.Remote {
		t.servers = append(t.servers, server{
			id: r.ID, prefix: r.ID, name: r.Name, url: shownURL(r.URL), endpoint: r.URL, connect: t.web.connector(cfg.Version, r.URL),
			trusted: cfg.trusts(r.ID), remote: cfg.byProvider(r.ID),
		})
	}
	return t, nil
}

// Close ends what is being found out and drops idle connections. Tools that are
// still open stay so. Afterwards the toolbox answers with errors.
func (t *Toolbox) Close() error {
	t.lists.close()
	t.probes.close()
	t.offers.close()
	t.resources.close()
	t.web.close()
	return nil
}

// Servers implements chat.Toolbox. It asks all servers side by side, so it takes no
// longer than Config.Wait, or Config.Patience if they are asked anew, and as much for the
// list. The error is that of the directory, or that ctx has ended.
func (t *Toolbox) Servers(ctx context.Context, c chat.Caller, fresh bool) ([]chat.Server, error) {
	servers, err := t.list(ctx, c, fresh)
	if err != nil {
		return nil, err
	}
	wait := t.cfg.Wait
	if fresh {
		wait = forever
	}
	return t.statuses(ctx, c, servers, wait, func(f finding) bool { return !fresh && f.within(f.holds) })
}

// Server implements chat.Toolbox. It takes no longer than Config.Patience, and as much
// for the list.
func (t *Toolbox) Server(ctx context.Context, c chat.Caller, id string) (chat.Server, error) {
	servers, err := t.list(ctx, c, true)
	if err != nil {
		return chat.Server{}, err
	}
	s, err := pick(servers, id)
	if err != nil {
		return chat.Server{}, err
	}
	t.offers.outdate(func(k probeKey) bool { return k == keyOf(c, s) })
	found, err := t.statuses(ctx, c, []server{s}, forever, func(finding) bool { return false })
	if err != nil {
		return chat.Server{}, err
	}
	return found[0], nil
}

// Open implements chat.Toolbox. That the directory cannot be asked is told like a
// server that is down. The error is that it does not know the caller any more, or that
// ctx has ended.
func (t *Toolbox) Open(ctx context.Context, c chat.Caller, ids []string) (chat.Tools, error) {
	all, err := t.list(ctx, c, false)
	if err != nil && (ctx.Err() != nil || chat.KindOf(err) == chat.KindUnauthenticated) {
		return nil, err
	}
	if err != nil {
		return newTools(t, c, nil, nil, []chat.ServerNotice{{
			Server: "gateway", Name: "The gateway", Status: chat.ServerDown, Error: chat.MessageOf(err),
		}}), nil
	}
	var chosen []server
	for _, s := range all {
		if ids == nil || slices.Contains(ids, s.id) {
			chosen = append(chosen, s)
		}
	}
	known, err := t.statuses(ctx, c, chosen, t.cfg.Wait, func(f finding) bool {
		return f.within(min(retryAfter, f.holds)) || f.server.Status == chat.ServerReady && f.within(f.holds)
	})
	if err != nil {
		return nil, err
	}
	return newTools(t, c, chosen, known, unknown(ids, chosen)), nil
}

// forever is longer than anybody waits.
const forever = time.Hour

// statuses tells how the servers are, asking those of which nothing is remembered
// that suffices. Who has connected a server since then has changed how it is. Of one that
// takes longer than wait it tells what is remembered, and goes on asking.
func (t *Toolbox) statuses(ctx context.Context, c chat.Caller, servers []server, wait time.Duration, suffices func(finding) bool) ([]chat.Server, error) {
	soon, cancel := context.WithTimeout(ctx, wait)
	defer cancel()
	found, errs := make([]chat.Server, len(servers)), make([]error, len(servers))
	var all sync.WaitGroup
	for i, s := range servers {
		all.Go(func() {
			f, err := t.probes.get(soon, keyOf(c, s),
				func(f finding) bool { return f.server.Connected == s.connected && suffices(f) },
				func(ctx context.Context, last finding) finding { return t.probe(ctx, c, s, last.server) })
			if ctx.Err() == nil && errors.Is(err, context.DeadlineExceeded) {
				f, err = s.late(f), nil
			}
			found[i], errs[i] = s.asListed(f.server), err
		})
	}
	all.Wait()
	if err := errors.Join(errs...); err != nil {
		return nil, fmt.Errorf("ask the MCP servers: %w", err)
	}
	return found, nil
}

// late returns what there is to say of a server that is still being asked: what it said
// last, if it ever did.
func (s server) late(last finding) finding {
	if last.server.ID != "" {
		return last
	}
	return finding{server: chat.Server{
		ID: s.id, URL: s.url, Status: chat.ServerDown, Error: "It has not answered yet.", Trusted: s.trusted, Remote: s.remote,
	}}
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
