package toolbox

import (
	"context"
	"fmt"
	"log/slog"
	"net/url"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/pomerium/pomchat/app/chat"
)

// Directory lists the servers that a caller may use, with the caller's own token. It
// stands in place of Config.Remote where a gateway knows the servers.
type Directory interface {
	// Servers returns the list. The error is a *chat.Error, of KindUnauthenticated if
	// the token is not valid any more.
	Servers(ctx context.Context, c chat.Caller) ([]Listed, error)
	// Disconnect makes the gateway forget what lets the caller use the server at that
	// URL.
	Disconnect(ctx context.Context, c chat.Caller, serverURL string) error
}

// Listed is a server as the directory has it. The caller's token is sent to its URL,
// which must be an https one, and to no other host.
type Listed struct {
	Name, Description string
	URL               string
	Logo              string // URL of a picture, if there is one
	Connected         bool   // the gateway keeps an upstream token for the caller
	NeedsOAuth        bool   // the gateway says that it wants one
}

const (
	// listMemory is how long the list of a caller is remembered.
	listMemory = 5 * time.Second
	// listReserve is how long it is used if the directory cannot be asked.
	listReserve = 5 * time.Minute
	// maxListed is how many servers of a directory are used.
	maxListed = 200
)

// listing is what a directory said to a caller.
type listing struct {
	servers []server
	at      time.Time // when it said so; zero if it never did
	looked  time.Time // when it was last asked
	err     error     // why that left nothing to use
}

// within reports whether it was asked no longer ago than that, and can be used.
func (l listing) within(d time.Duration) bool { return l.err == nil && time.Since(l.looked) < d }

// list returns the servers of a caller, the newest there are if they shall be fresh.
// Standing alone, all see the same.
func (t *Toolbox) list(ctx context.Context, c chat.Caller, fresh bool) ([]server, error) {
	if t.cfg.Directory == nil {
		return t.servers, nil
	}
	found, err := t.lists.get(ctx, c.Subject,
		func(l listing) bool { return !fresh && l.within(listMemory) },
		func(ctx context.Context, last listing) listing { return t.look(ctx, c, last) })
	if err != nil {
		return nil, fmt.Errorf("list the MCP servers: %w", err)
	}
	return found.servers, found.err
}

// look asks the directory. If that is in trouble, or the token has grown old, what it
// said not long ago holds; if it does not know the caller any more, nothing does.
func (t *Toolbox) look(ctx context.Context, c chat.Caller, last listing) listing {
	ctx, cancel := context.WithTimeout(ctx, t.cfg.Patience)
	defer cancel()
	listed, err := t.cfg.Directory.Servers(ctx, c)
	now := time.Now()
	if err == nil {
		return listing{servers: slices.Concat(t.servers, t.arrange(ctx, listed)), at: now, looked: now}
	}
	last.looked, last.err = now, err
	ended := chat.KindOf(err) == chat.KindUnauthenticated && !aged(c)
	if ended || last.at.IsZero() || now.Sub(last.at) > listReserve {
		return last
	}
	t.cfg.Log.LogAttrs(ctx, slog.LevelWarn, "list of MCP servers cannot be had, the last one is used",
		slog.Duration("age", now.Sub(last.at).Round(time.Second)), slog.Any("error", err))
	last.err = nil
	return last
}

// arrange makes servers of what was listed: each with an id that depends on its URL
// alone, and a prefix for the names of its tools.
func (t *Toolbox) arrange(ctx context.Context, listed []Listed) []server {
	servers := make([]server, 0, len(listed))
	taken := map[string]bool{}
	for _, one := range listed {
		id, address, err := idOf(one.URL)
		if taken[id] {
			err = errTwice
		}
		if err != nil || len(servers) == maxListed {
			t.cfg.Log.LogAttrs(ctx, slog.LevelWarn, "listed MCP server left out", slog.String("name", one.Name), slog.Any("error", err))
			continue
		}
		taken[id] = true
		names := namesOf(id, one.URL)
		servers = append(servers, server{
			id: id, name: one.Name, description: one.Description, url: one.URL, endpoint: one.URL, logo: one.Logo,
			connected: one.Connected, needsOAuth: one.NeedsOAuth,
			trusted: t.cfg.trusts(names...), remote: t.cfg.byProvider(names...),
			connect: t.web.guardedConnector(t.cfg.Version, address),
		})
	}
	prefixes := prefixesOf(servers, t.cfg.Beside)
	for i := range servers {
		servers[i].prefix = prefixes[i]
	}
	t.tellStrays(ctx, servers)
	return servers
}

// tellStrays logs, once, which names of the configuration fit no server. A server is
// trusted by its host or id, never by what people see: a route may be given any name, that
// of another too, and with a name it would take over the trust. Where a name is such a
// one, the log says which hosts may be meant. What has to be asked for may be named by
// that too.
func (t *Toolbox) tellStrays(ctx context.Context, servers []server) {
	var known, demanded []string
	for _, s := range append(servers, t.servers...) {
		known = append(known, namesOf(s.id, s.url)...)
		demanded = append(demanded, chat.DemandedAs(s.id, s.name, s.url)...)
	}
	for _, name := range slices.Concat(t.cfg.Trusted, t.cfg.RemoteByProvider) {
		t.tellStray(ctx, name, name == "*" || named([]string{name}, known), hostsShownAs(servers, name))
	}
	for _, pattern := range t.cfg.AlwaysAsk {
		server, _, _ := strings.Cut(pattern, "/")
		t.tellStray(ctx, pattern, slices.ContainsFunc(demanded, func(n string) bool {
			ok, err := path.Match(strings.ToLower(server), strings.ToLower(n))
			return ok || err != nil
		}), nil)
	}
}

func (t *Toolbox) tellStray(ctx context.Context, name string, fits bool, hosts []string) {
	if fits {
		t.strays.Delete(name)
	} else if _, told := t.strays.LoadOrStore(name, true); !told {
		attrs := []slog.Attr{slog.String("name", name)}
		if len(hosts) > 0 {
			attrs = append(attrs, slog.Any("shown_so", hosts))
		}
		t.cfg.Log.LogAttrs(ctx, slog.LevelWarn, "no MCP server of the gateway has that name", attrs...)
	}
}

// hostsShownAs returns the hosts of the servers that people see under a name.
func hostsShownAs(servers []server, name string) (hosts []string) {
	for _, s := range servers {
		if names := namesOf(s.id, s.url); strings.EqualFold(s.name, name) && len(names) > 1 {
			hosts = append(hosts, names[1])
		}
	}
	return hosts
}

// find returns the server of the caller's list that has an id.
func (t *Toolbox) find(ctx context.Context, c chat.Caller, id string) (server, error) {
	servers, err := t.list(ctx, c, false)
	if err != nil {
		return server{}, err
	}
	return pick(servers, id)
}

func pick(servers []server, id string) (server, error) {
	if i := slices.IndexFunc(servers, func(s server) bool { return s.id == id }); i >= 0 {
		return servers[i], nil
	}
	return server{}, &chat.Error{Kind: chat.KindNotFound, Op: "find MCP server", Message: "There is no such server."}
}

// Logo returns the URL of a server's picture, empty if it has none, and whether a
// server of the caller's list is at its host. KindNotFound says that the caller has no
// such server.
func (t *Toolbox) Logo(ctx context.Context, c chat.Caller, id string) (address string, listed bool, err error) {
	servers, err := t.list(ctx, c, false)
	if err != nil {
		return "", false, err
	}
	s, err := pick(servers, id)
	if err != nil || s.logo == "" {
		return "", false, err
	}
	u, err := url.Parse(s.logo)
	if err != nil {
		return "", false, nil // it cannot be fetched
	}
	return s.logo, slices.ContainsFunc(servers, func(o server) bool {
		return slices.Contains(namesOf(o.id, o.url)[1:], hostOf(u))
	}), nil
}

// Disconnect makes the gateway forget what lets the caller use a server, and tells how
// the server is then. KindNotFound says that the caller has no such server.
func (t *Toolbox) Disconnect(ctx context.Context, c chat.Caller, id string) (chat.Server, error) {
	listed, err := t.list(ctx, c, false)
	if err != nil {
		return chat.Server{}, err
	}
	s, err := pick(listed, id)
	if err != nil {
		return chat.Server{}, err
	}
	if t.cfg.Directory == nil || s.url == "" {
		return chat.Server{}, &chat.Error{Kind: chat.KindInvalid, Op: "disconnect MCP server", Message: "There is no connection to this server that could be ended."}
	}
	if err := t.cfg.Directory.Disconnect(ctx, c, s.url); err != nil {
		return chat.Server{}, err
	}
	// What is being found out at this moment may be from before.
	t.probes.drop(keyOf(c, s))
	t.offers.drop(keyOf(c, s))
	t.lists.drop(c.Subject)
	return t.Server(ctx, c, id)
}
