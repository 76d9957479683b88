package toolbox

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/pomerium/pomchat/app/chat"
)

// link is a run's connection to one server: made at the first call, shared by all
// calls, made anew after it was lost. It is safe for concurrent use.
type link struct {
	box    *Toolbox
	server server
	with   *credential
	learn  bool // a session has to list the tools before it can call some

	lock    chan struct{} // a mutex that one can wait for under a context; it guards the rest
	current *session      // nil before the first call and after a loss
	made    []*session    // all of them: calls may still use a lost one

	farewells sync.WaitGroup // notices of cancelled calls on their way
}

func newLink(box *Toolbox, k *credential, s server, tools []chat.Tool) *link {
	// A tool may want arguments repeated as headers, which the SDK does for those
	// that the same session has listed
	// (https://modelcontextprotocol.io/specification/2026-07-28/basic/transports).
	wantsHeaders := func(t chat.Tool) bool { return bytes.Contains(t.Schema, []byte(`"x-mcp-header"`)) }
	return &link{box: box, server: s, with: k, learn: slices.ContainsFunc(tools, wantsHeaders), lock: make(chan struct{}, 1)}
}

// errSent is in the chain where a call went out and was not answered.
var errSent = errors.New("the call was sent")

// call calls a tool. If the server has forgotten the session, which it says before
// it does anything, the call goes out once more on a new one.
func (l *link) call(ctx context.Context, o *ongoing, seen *trace, p mcp.CallToolParams) (*mcp.CallToolResult, error) {
	for attempt := 1; ; attempt++ {
		conn, err := l.open(ctx)
		if err != nil {
			return nil, err
		}
		res, err := conn.converse(ctx, p, o)
		if err == nil {
			return res, nil
		}
		if ctx.Err() != nil {
			if conn.traced && o.wasCut() {
				l.farewells.Go(seen.awaitTold)
			}
			return nil, err
		}
		if _, ok := refusal(seen.see(), err); ok && !seen.see().forgotten || settled(err) {
			return nil, err
		}
		l.lose(conn)
		switch {
		case seen.see().forgotten && attempt == 1:
		case seen.see().turnedAway():
			return nil, err
		default:
			return nil, fmt.Errorf("%w: %w", errSent, err)
		}
	}
}

// open returns the session, connecting if there is none.
func (l *link) open(ctx context.Context) (*session, error) {
	select {
	case l.lock <- struct{}{}:
		defer l.unlock()
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
	if l.current != nil {
		return l.current, nil
	}
	conn, err := l.dial(ofNobody(ctx))
	if err != nil {
		return nil, err
	}
	l.current, l.made = conn, append(l.made, conn)
	return conn, nil
}

// dial connects within the toolbox's patience.
func (l *link) dial(ctx context.Context) (*session, error) {
	ctx, cancel := context.WithTimeout(ctx, l.box.cfg.Patience)
	defer cancel()
	conn, err := l.connect(ctx)
	if err != nil {
		return nil, err
	}
	if err := conn.attend(ctx); err != nil {
		// Who cannot set a level may still be called.
		l.box.hangUp(l.server, conn)
		if conn, err = l.connect(ctx); err != nil {
			return nil, err
		}
	}
	if !l.learn {
		return conn, nil
	}
	if _, _, err := conn.list(ctx); err != nil {
		l.box.hangUp(l.server, conn)
		return nil, err
	}
	return conn, nil
}

func (l *link) connect(ctx context.Context) (*session, error) {
	line := newLine(l.outdated)
	line.offered = func() { l.box.offers.outdate(l.isOurs) }
	return l.server.connect(ctx, l.with, line)
}

// tellsChanges reports whether the server says that it tells when its tools change.
func (l *link) tellsChanges() bool {
	l.lock <- struct{}{}
	defer l.unlock()
	if l.current == nil {
		return false
	}
	can := l.current.InitializeResult().Capabilities
	return can != nil && can.Tools != nil && can.Tools.ListChanged
}

// outdated makes all who know the server's tools look anew.
func (l *link) outdated() { l.box.probes.outdate(l.isOurs) }

// isOurs reports whether that is somebody's view of the link's server.
func (l *link) isOurs(k probeKey) bool { return k.id == l.server.id && k.url == l.server.url }

// lose makes the next call connect anew.
func (l *link) lose(conn *session) {
	l.lock <- struct{}{}
	defer l.unlock()
	if l.current == conn {
		l.current = nil
	}
}

// close hangs up, after the server has got the notices of cancelled calls. There
// must be no call any more.
func (l *link) close() {
	l.farewells.Wait()
	var all sync.WaitGroup
	for _, conn := range l.made {
		all.Go(func() { l.box.hangUp(l.server, conn) })
	}
	all.Wait()
	l.current, l.made = nil, nil
}

func (l *link) unlock() { <-l.lock }
